"""From the press of an option to the end of the repaint, with the answer stored durably and the case scored anew.

Beside it a bare form of as many radio buttons whose press commits one row to the same kind of store and repaints.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QLabel, QRadioButton, QVBoxLayout, QWidget
from sqlcipher3 import dbapi2

from benchmarks.measurement import Measurement, alternate
from benchmarks.window import demonstration, go, settle, settled_ms, until_painted_ms
from diag_app.ui.pages.diagnosis import DiagnosisPage

LIMIT_MS = 5.0
WARM_UP, ROUNDS = 5, 40


def measure() -> Measurement:
    """Return the medians of presses on two options in turn."""
    with demonstration() as window, TemporaryDirectory() as scratch:
        page = go(window, DiagnosisPage, "diagnosis", "B5")
        rows = itertools.cycle(list(page.view.options.rows.values())[1:3])
        bare = BareForm(Path(scratch) / "bare.db")

        def ours() -> float:
            taken = until_painted_ms(next(rows).click)
            settle()
            return taken

        alternate(ours, bare.press, rounds=WARM_UP)
        whole_ms, _ = alternate(lambda: settled_ms(next(rows).click), bare.press, rounds=ROUNDS)
        ours_ms, reference_ms = alternate(ours, bare.press, rounds=ROUNDS)
        bare.close()
    return Measurement(
        name="press of an option to the end of the repaint",
        ours_ms=ours_ms,
        reference_ms=None,
        limit=LIMIT_MS,
        note=f"with all that follows {whole_ms:.1f} ms; bare radio buttons over a committed row {reference_ms:.1f} ms",
    )


class BareForm(QWidget):
    """What the least program would do: radio buttons, one row stored, a label changed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.database = dbapi2.connect(str(path), isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute("CREATE TABLE answer (question TEXT PRIMARY KEY, option TEXT)")
        column = QVBoxLayout(self)
        self.words = QLabel("")
        self.buttons = [QRadioButton(f"Option {number}") for number in range(5)]
        for button in self.buttons:
            button.clicked.connect(self._store)
            column.addWidget(button)
        column.addWidget(self.words)
        self.turn = itertools.cycle(self.buttons[1:3])
        self.resize(800, 500)
        self.show()

    def press(self) -> float:
        """Return how long one press takes to the end of the repaint."""
        return until_painted_ms(next(self.turn).click)

    def close(self) -> bool:
        """Close form and store."""
        self.database.close()
        return super().close()

    def _store(self) -> None:
        chosen = next(button.text() for button in self.buttons if button.isChecked())
        self.database.execute("REPLACE INTO answer VALUES ('B5', ?)", (chosen,))
        self.words.setText(chosen)
