"""Leads through the tour in one frame: goes to each step's page and rings the control it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from diag_app.ui.commands import CASE_PLACES
from diag_app.ui.pages.page import Target
from diag_app.ui.tour import Step
from diag_app.ui.widgets.focus_ring import Ring
from diag_app.ui.widgets.tour_strip import TourStrip

if TYPE_CHECKING:
    from diag_app.ui.frame import Frame

_WINDOW = "window:"


class TourGuide(QObject):
    """One for each frame; the tour itself outlives it when language or look change."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        context = frame.context
        self._frame, self._tour = frame, context.tour
        self.strip = TourStrip(self._tour, context.theme, context.translate)
        self.ring = Ring(frame, context.theme)
        self._soon = QTimer(self)  # the page lays itself out first
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._point)
        self._tour.changed.connect(self.show_step)
        self._point_later()

    def show_step(self) -> None:
        """Go to the page of the step and point at its control; without a tour take the ring away."""
        self.strip.show_step()
        step = self._tour.step
        if step is not None:
            self._frame.context.navigate(self._target(step))
        self._point_later()

    def _point_later(self) -> None:
        self._soon.start(0)

    def _point(self) -> None:
        step, page = self._tour.step, self._frame.page
        here = step is not None and page is not None and page.target.page == step.page
        self.ring.point_at(control_of(self._frame, step) if here and step is not None else None)

    def _target(self, step: Step) -> Target:
        if step.page not in CASE_PLACES and step.page != "delivery":
            return Target(page=step.page)
        from diag_app.ui.after_paint import find_enterprises  # noqa: PLC0415 - the first paint does not wait for it

        firms = self._frame.context.session.read(find_enterprises) or ()
        firm = firms[0].enterprise_id if firms else None
        return Target(page=step.page, enterprise_id=firm, item=step.item)


def control_of(frame: Frame, step: Step) -> QWidget | None:
    """Return the control that a step points at; null where this page has none, as a page that could not be read."""
    found: Any = frame if step.control.startswith(_WINDOW) else frame.page
    for name in step.control.removeprefix(_WINDOW).split("."):
        found = found.get(name) if isinstance(found, Mapping) else getattr(found, name, None)
    return found if isinstance(found, QWidget) else None
