"""The quiet strip of the tour above the page: which step it is, its words, on and back, and the way out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from diag_app.i18n.translator import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.tour import STEPS, Tour
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.labels import label


class TourStrip(Panel):
    """Hidden while there is no tour. It never takes the focus by itself: the page's keys go on working."""

    def __init__(self, tour: Tour, theme: Theme, translate: Translator) -> None:
        super().__init__(theme, edge="bottom", fill="accent_soft")
        self._tour, self._translate = tour, translate
        self.place = label("", theme, "dense", bold=True)
        self.words = label("", theme, "dense", wrap=True)
        self.back = Button(translate("Back"), theme, "text", small=True)
        self.next = Button(translate("Next step"), theme, small=True)
        self.end = Button(translate("End the tour"), theme, "text", small=True)
        self.back.clicked.connect(lambda: tour.move(-1))
        self.next.clicked.connect(lambda: tour.move(1))
        self.end.clicked.connect(tour.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 12, 6)
        row.setSpacing(12)
        row.addWidget(self.place)
        row.addWidget(self.words, 1)
        for button in (self.back, self.next, self.end):
            row.addWidget(button)
        self.setAccessibleName(translate("Tour"))
        self.show_step()

    def show_step(self) -> None:
        """Show the step the tour is at, or nothing."""
        step = self._tour.step
        self.setVisible(step is not None)
        if step is not None and self._tour.place is not None:
            number = self._tour.place + 1
            self.place.setText(self._translate("{number} of {count}", number=number, count=len(STEPS)))
            self.words.setText(self._translate(step.words))
            self.back.setEnabled(number > 1)
            is_last = number == len(STEPS)
            self.next.set_content(self._translate("Finish") if is_last else self._translate("Next step"))
            self.end.setVisible(not is_last)
