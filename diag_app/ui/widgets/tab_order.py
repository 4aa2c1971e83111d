"""Tab in the order of reading, where lines are made anew: Qt puts what was made last at the end."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

_SAME_ROW = 12  # centres nearer than this stand in one row


def read_in_order(pane: QWidget) -> None:
    """Let Tab go through `pane` from left to right and down, once its lines have found their places."""
    QTimer.singleShot(0, pane, partial(_order, pane))


def _order(pane: QWidget) -> None:
    stops = [
        widget
        for widget in pane.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and widget.isVisibleTo(pane)
    ]
    rows: list[list[QWidget]] = []
    for stop in sorted(stops, key=partial(_height, pane)):
        if rows and _height(pane, stop) - _height(pane, rows[-1][0]) < _SAME_ROW:
            rows[-1].append(stop)
        else:
            rows.append([stop])
    read = [stop for row in rows for stop in sorted(row, key=partial(_left, pane))]
    for before, after in pairwise(read):
        if before.nextInFocusChain() is not after:
            QWidget.setTabOrder(before, after)


def _height(pane: QWidget, stop: QWidget) -> int:
    return stop.mapTo(pane, stop.rect().center()).y()


def _left(pane: QWidget, stop: QWidget) -> int:
    return stop.mapTo(pane, stop.rect().center()).x()
