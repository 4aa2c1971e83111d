"""Calculators live while typing: from a digit typed into the energy calculator to the end of the repaint.

The working of the whole sum stands there by then. Beside it a bare line field that repaints a label.
"""

from __future__ import annotations

import itertools

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from benchmarks.measurement import Measurement, alternate
from benchmarks.window import demonstration, go, settle, until_painted_ms
from diag_app.ui.pages.needs import NeedsPage

LIMIT_MS = 16.0  # one frame: what a person cannot see as a delay
WARM_UP, ROUNDS = 5, 40


def measure() -> Measurement:
    """Return the medians of one digit typed in each."""
    with demonstration() as window:
        page = go(window, NeedsPage, "needs")
        page.list.view.setCurrentIndex(page.list.model.index(1))
        page.editor.baseline.begin_calculator()
        settle()
        field = page.editor.baseline.calculator.fields["electricity"]
        bare = BareField()
        digits = itertools.cycle("123456789")

        def ours() -> float:
            field.setText("3")
            return until_painted_ms(lambda: QTest.keyClicks(field, next(digits)))

        alternate(ours, bare.type, rounds=WARM_UP)
        ours_ms, reference_ms = alternate(ours, bare.type, rounds=ROUNDS)
        bare.close()
    return Measurement(
        name="digit in the energy calculator to the end of the repaint",
        ours_ms=ours_ms,
        reference_ms=None,
        limit=LIMIT_MS,
        note=f"a bare field that repaints a label {reference_ms:.1f} ms",
    )


class BareField(QWidget):
    """What the least program would do: take the digit, show the text."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.field, self.words = QLineEdit(), QLabel("")
        self.field.textEdited.connect(self.words.setText)
        column.addWidget(self.field)
        column.addWidget(self.words)
        self.resize(400, 200)
        self.show()
        settle()

    def type(self) -> float:
        """Return the time from a digit to the end of the repaint."""
        self.field.setText("3")
        return until_painted_ms(lambda: QTest.keyClicks(self.field, "1"))
