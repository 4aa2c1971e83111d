"""Scrolling with a finger: what scrolls follows it after a touch, and what lies under it is then not pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QScroller, QScrollerProperties, QWidget

_FOLLOWS = "_follows_a_finger"
_METRIC = QScrollerProperties.ScrollMetric
_PRESS_DELAY_S = 0.12  # a finger that has not moved by then presses


def fit_scrolling(root: QWidget, *, is_touch: bool) -> None:
    """Let everything below `root` that scrolls follow a finger, or no longer."""
    for area in root.findChildren(QAbstractScrollArea):
        if bool(area.property(_FOLLOWS)) == is_touch:
            continue
        area.setProperty(_FOLLOWS, is_touch)
        if is_touch:
            _follow(area)
        else:
            QScroller.ungrabGesture(area.viewport())


def _follow(area: QAbstractScrollArea) -> None:
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        area.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    # Of touches themselves the press cannot be held back until it is known that the finger stays.
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
    scroller = QScroller.scroller(area.viewport())
    properties = scroller.scrollerProperties()
    properties.setScrollMetric(_METRIC.MousePressEventDelay, _PRESS_DELAY_S)
    for metric in (_METRIC.VerticalOvershootPolicy, _METRIC.HorizontalOvershootPolicy):
        properties.setScrollMetric(metric, QScrollerProperties.OvershootPolicy.OvershootAlwaysOff)
    scroller.setScrollerProperties(properties)
