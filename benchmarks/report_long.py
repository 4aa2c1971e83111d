"""Sixty pages with eighty photos beside WeasyPrint; thirty pages from a cold process; the memory of the long one."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks import report_pdf
from benchmarks.measurement import Measurement, peak_mb, timed_ms
from benchmarks.report_pdf import CHAPTERS, reduced_photo, report
from diag_app.report.fonts import load_faces
from diag_app.report.pdf import render_pdf

LIMIT_COLD_MS, LIMIT_MB = 1200.0, 300.0
LONG_CHAPTERS, LONG_PHOTOS = 20, 80
ROUNDS = 3
_CHILD = "from benchmarks.report_long import child; child({chapters}, {photos})"


def measure() -> Measurement:
    """Return the medians of the long report and of WeasyPrint's, as `report_pdf` takes them."""
    return report_pdf.measure(LONG_CHAPTERS, LONG_PHOTOS)


def measure_cold() -> Measurement:
    """Return the first rendering of thirty pages in a process of its own, after interpreter and fonts are there."""
    ours_ms, pages, _ = _in_child(CHAPTERS, 12)
    return Measurement(
        name=f"first report of {pages:.0f} pages, fonts loaded", ours_ms=ours_ms, reference_ms=None, limit=LIMIT_COLD_MS
    )


def measure_memory() -> Measurement:
    """Return the most memory a process takes that renders the long report."""
    _, pages, peak = _in_child(LONG_CHAPTERS, LONG_PHOTOS)
    return Measurement(
        name=f"peak memory, {pages:.0f} pages with {LONG_PHOTOS} photos",
        ours_ms=peak,
        reference_ms=None,
        limit=LIMIT_MB,
        unit="MB",
    )


def child(chapters: int, photos: int) -> None:
    """Print time (ms), pages and peak memory (MB) of one rendering in this process; photos come from a disk's cache."""
    document = report(chapters, photos)
    load_faces()
    pictures = {photo: reduced_photo(photo) for photo in {f"{number:064x}" for number in range(photos)}}
    pages = 0

    def render() -> None:
        nonlocal pages
        pages = render_pdf(document, pictures.__getitem__).page_count

    taken = timed_ms(render)
    print(json.dumps([taken, pages, peak_mb()]))


def _in_child(chapters: int, photos: int) -> tuple[float, float, float]:
    command = [sys.executable, "-c", _CHILD.format(chapters=chapters, photos=photos)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken, pages, peak = json.loads(answer)
    return float(taken), float(pages), float(peak)
