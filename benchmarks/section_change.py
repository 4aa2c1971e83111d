"""From the key that goes to another question to the end of the repaint, beside a bare stack of forms."""

from __future__ import annotations

import itertools

from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from benchmarks.measurement import Measurement, alternate
from benchmarks.window import demonstration, go, questions, settle, until_painted_ms
from diag_app.ui.pages.diagnosis import DiagnosisPage

LIMIT_MS = 50.0
ROUNDS = 45  # three times round the questions: the first time each is built


def measure() -> Measurement:
    """Return the slower of both medians: questions seen for the first time, and seen again."""
    with demonstration() as window:
        page = go(window, DiagnosisPage, "diagnosis", "B1")
        order = itertools.cycle(questions(page))
        next(order)
        bare = BareForms(len(questions(page)))

        def ours() -> float:
            question = next(order)
            taken = until_painted_ms(lambda: page.show_question(question))
            settle()
            return taken

        first_ms, _ = alternate(ours, bare.step, rounds=len(questions(page)) - 1)
        again_ms, reference_ms = alternate(ours, bare.step, rounds=ROUNDS)
        bare.close()
    return Measurement(
        name="change of section to the end of the repaint",
        ours_ms=max(first_ms, again_ms),
        reference_ms=None,
        limit=LIMIT_MS,
        note=f"seen first {first_ms:.1f} ms, again {again_ms:.1f} ms; a bare stack of forms {reference_ms:.1f} ms",
    )


class BareForms(QStackedWidget):
    """As many plain forms as there are questions."""

    def __init__(self, count: int) -> None:
        super().__init__()
        for number in range(count):
            form = QWidget()
            column = QVBoxLayout(form)
            column.addWidget(QLabel(f"Question {number}"))
            for option in range(6):
                column.addWidget(QRadioButton(f"Option {option}"))
            column.addWidget(QLineEdit())
            self.addWidget(form)
        self.resize(800, 600)
        self.show()

    def step(self) -> float:
        """Return how long going to the next form takes to the end of the repaint."""
        place = (self.currentIndex() + 1) % self.count()
        return until_painted_ms(lambda: self.setCurrentIndex(place))
