"""What 200 changes of section cost in memory, once every question has been seen."""

from __future__ import annotations

import gc
import itertools

from benchmarks.measurement import Measurement
from benchmarks.window import demonstration, go, questions, resident_mb, settle
from diag_app.ui.pages.diagnosis import DiagnosisPage

LIMIT_MB = 20.0
CHANGES = 200


def measure() -> Measurement:
    """Return by how much the process grows; the reference is the page left alone for as long."""
    with demonstration() as window:
        page = go(window, DiagnosisPage, "diagnosis", "B1")
        order = itertools.cycle(questions(page))
        for _ in questions(page):
            _show(page, next(order))
        gc.collect()
        before = resident_mb()
        for _ in range(CHANGES):
            _show(page, "B1")
        still = resident_mb() - before
        before = resident_mb()
        for _ in range(CHANGES):
            _show(page, next(order))
        gc.collect()
        grown = resident_mb() - before
    return Measurement(
        name=f"memory after {CHANGES} changes of section",
        ours_ms=max(0.0, grown),
        reference_ms=None,
        limit=LIMIT_MB,
        unit="MB",
        note=f"the same question shown {CHANGES} times: {still:.1f} MB",
    )


def _show(page: DiagnosisPage, question: str) -> None:
    page.show_question(question)
    page.repaint()
    settle()
