"""Distributing flows over pages: first everything is placed, then drawn, so every page number is known in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from diag_app.report.flows import Flow, Shrunk, fits, is_page
from diag_app.report.sheet import Sheet
from diag_app.report.styles import LEFT, TEXT_HEIGHT, TOP


@dataclass(frozen=True, kw_only=True)
class Break:
    """Ends the page where less than `room` points are left; by default always."""

    room: float = TEXT_HEIGHT


@dataclass
class Pages:
    """Pages being filled from the top; `pages[n]` holds each flow with its distance from the top of the text."""

    pages: list[list[tuple[Flow, float]]] = field(default_factory=lambda: [[]])
    used: float = 0.0
    after: float = 0.0

    def fill(self, flows: Iterable[Flow | Break]) -> None:
        """Place `flows` below what is there, parting them where a page ends."""
        for flow in flows:
            if isinstance(flow, Break):
                if self.pages[-1] and TEXT_HEIGHT - self.used < flow.room:
                    self.next_page()
            else:
                self._place(flow)

    def next_page(self) -> None:
        """Begin an empty page."""
        self.pages.append([])
        self.used = self.after = 0.0

    def _place(self, flow: Flow) -> None:
        rest: Flow | None = flow
        while rest is not None:
            top = self.used + max(self.after, rest.before) if self.pages[-1] else 0.0
            room = TEXT_HEIGHT - top
            parts = (rest, None) if fits(rest.height, room) else rest.split(room)
            if parts is None and is_page(room):
                parts = (Shrunk(flow=rest, scale=TEXT_HEIGHT / rest.height), None)
            if parts is not None:
                self._add(parts[0], top)
                rest = parts[1] if parts[1] is not None and parts[1].height > 0 else None
            if rest is not None:
                self.next_page()

    def _add(self, flow: Flow, top: float) -> None:
        self.pages[-1].append((flow, top))
        self.used = top + flow.height
        self.after = flow.after


def draw_page(sheet: Sheet, page: Iterable[tuple[Flow, float]]) -> None:
    """Draw the flows of one page into its text area."""
    for flow, top in page:
        flow.draw(sheet, LEFT, TOP + top)
