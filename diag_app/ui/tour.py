"""The tour of the demonstration factory: steps that go to a page, point at a control there, and say one thing of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from diag_app.i18n.translator import mark


@dataclass(frozen=True)
class Step:
    """Where a step goes, the control it points at as seen from the page (`window:` from the frame), and its words."""

    page: str
    control: str
    words: str
    item: str | None = None


STEPS: tuple[Step, ...] = (
    Step("firms", "table", mark("This factory is invented. Every firm stands here; Enter goes on where work stopped.")),
    Step("diagnosis", "view.options", mark("One question at a time. A digit chooses an option, stored at once."), "B3"),
    Step("diagnosis", "view.evidence", mark("Evidence stands beside its answer: drop it, paste it, or press E."), "B3"),
    Step("diagnosis", "side", mark("The score so far, what needs explanation, and what the next level asks."), "B3"),
    Step("diagnosis", "window:top_bar.saved", mark("What is saved is said here. U takes back a step."), "B3"),
    Step("board", "board", mark("Sixteen scenarios, each at level 0 to 4; ★ marks the constrained ones."), "quality"),
    Step("why", "tree", mark("Why this level: every point, down to the answer it comes from.")),
    Step("needs", "list", mark("Needs in the owner's words, with a baseline that says when nobody measured it.")),
    Step("path", "middle", mark("The cheapest measures that reach the level, in the order they can start.")),
    Step("proposal", "middle", mark("The real pages. What blocks issuing is listed, with the place that mends it.")),
    Step("delivery", "view.write_card", mark("One sealed file for the city. Only its receipt makes it delivered.")),
    Step("safe", "buttons.backup", mark("Backups, a copy on another disk, and a drill that proves them.")),
)  # fmt: skip


class Tour(QObject):
    """Which step of the tour is shown in this window; null while there is no tour. `changed()` at each step."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.place: int | None = None

    @property
    def step(self) -> Step | None:
        """Return the step shown."""
        return None if self.place is None else STEPS[self.place]

    def start(self) -> None:
        """Begin with the first step."""
        self.place = 0
        self.changed.emit()  # also at the first step already: whoever begins may stand on another page

    def move(self, by: int) -> None:
        """Go on or back by steps; past the last one the tour is over."""
        if self.place is not None:
            place = max(0, self.place + by)
            self._go(place if place < len(STEPS) else None)

    def end(self) -> None:
        """End the tour."""
        self._go(None)

    def _go(self, place: int | None) -> None:
        if place != self.place:
            self.place = place
            self.changed.emit()
