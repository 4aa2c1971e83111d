"""After an edit: until the page in view is drawn anew, and what a key costs in a text field meanwhile."""

from __future__ import annotations

import itertools
import statistics
import time

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from benchmarks.measurement import Measurement
from benchmarks.window import demonstration, go, settle
from diag_app.operations.assessment import record_note
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.proposal import ProposalPage

LIMIT_MS, LIMIT_KEY_MS = 1000.0, 16.0
ROUNDS = 5
LONGEST_S = 120.0


def measure() -> Measurement:
    """Return the median time from an edit to the repaint of the page in view, in the demonstration's report."""
    with demonstration() as window:
        page = go(window, ProposalPage, "proposal", None)
        _until_drawn(page)
        taken = []
        for number in range(ROUNDS):
            begun = time.perf_counter()
            _edit(window, number)
            _until_drawn(page)
            page.view.repaint()
            taken.append((time.perf_counter() - begun) * 1000)
        count = page.view.page_count
    return Measurement(
        name=f"page in view refreshed after an edit, {count} pages",
        ours_ms=statistics.median(taken),
        reference_ms=None,
        limit=LIMIT_MS,
    )


def measure_keys() -> Measurement:
    """Return the slowest tenth of the keys typed while the pages are drawn in the background."""
    with demonstration() as window:
        page = go(window, ProposalPage, "proposal", None)
        _until_drawn(page)
        field = QPlainTextEdit()
        field.show()
        field.setFocus()
        settle()
        taken = []
        for number in range(ROUNDS):
            _edit(window, number)
            for letter in itertools.cycle("abcdefgh "):
                if page.job is None:
                    break
                begun = time.perf_counter()
                QTest.keyClicks(field, letter)
                field.repaint()
                taken.append((time.perf_counter() - begun) * 1000)
                QApplication.processEvents()
        field.close()
    return Measurement(
        name="a key while the pages are drawn, nine of ten",
        ours_ms=statistics.quantiles(taken, n=10)[-1],
        reference_ms=None,
        limit=LIMIT_KEY_MS,
        note=f"{len(taken)} keys, the median {statistics.median(taken):.1f} ms",
    )


def _edit(window: MainWindow, number: int) -> None:
    window.session.do(record_note, window.target.assessment_id or "", "B2", f"Counted again, round {number}.")


def _until_drawn(page: ProposalPage) -> None:
    begun = time.perf_counter()
    while (page.job is not None or page.language not in page.rendered) and time.perf_counter() - begun < LONGEST_S:
        QApplication.processEvents()
        time.sleep(0.001)
