"""The same report as Word file and as PDF: the Word file may take four times as long."""

from __future__ import annotations

from functools import partial

from benchmarks.measurement import Measurement, alternate, timed_ms
from benchmarks.report_pdf import reduced_photo, report
from diag_app.report.line_breaker import forget_lines
from diag_app.report.pdf import render_pdf
from diag_app.report.word import render_word

LIMIT = 4.0
ROUNDS = 3


def measure() -> Measurement:
    """Return the medians of both, taken in turn after one of each that loads fonts and modules."""
    document = report()
    render_word(document, reduced_photo)

    def reference() -> float:
        forget_lines()
        return timed_ms(partial(render_pdf, document, reduced_photo))

    ours_ms, reference_ms = alternate(
        lambda: timed_ms(partial(render_word, document, reduced_photo)), reference, rounds=ROUNDS
    )
    return Measurement(
        name="Word file of 30 pages, beside our PDF", ours_ms=ours_ms, reference_ms=reference_ms, limit=LIMIT
    )
