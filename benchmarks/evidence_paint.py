"""The first paint of a question with 500 pieces of evidence beside that of one without any; and what they keep."""

from __future__ import annotations

import io
import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from PIL import Image
from PySide6.QtWidgets import QApplication

from benchmarks.measurement import Measurement, alternate
from benchmarks.window import go, resident_mb, settle, shown_window, until_painted_ms
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target

COUNT, QUESTION = 500, "B3"
RATIO_LIMIT, MEMORY_LIMIT_MB = 1.5, 60.0
ROUNDS, LONGEST_S = 7, 120.0


def measure() -> Measurement:
    """Return the medians of opening the question in a fresh window, until everything is painted that is asked for."""
    with TemporaryDirectory() as name:
        full, empty = _workspace(Path(name) / "full", COUNT), _workspace(Path(name) / "empty", 0)
        alternate(lambda: _open_ms(full), lambda: _open_ms(empty), rounds=1)
        ours_ms, reference_ms = alternate(lambda: _open_ms(full), lambda: _open_ms(empty), rounds=ROUNDS)
    return Measurement(
        name=f"first paint of a question with {COUNT} files / none",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=RATIO_LIMIT,
    )


def measure_memory() -> Measurement:
    """Return how much memory grows while every picture is scrolled past, there and back, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        grown, kept = apart.submit(scrolling_costs_mb).result()
    return Measurement(
        name=f"memory after {COUNT} pictures passed by",
        ours_ms=max(0.0, grown),
        reference_ms=None,
        limit=MEMORY_LIMIT_MB,
        unit="MB",
        note=f"{kept} pictures kept",
    )


def scrolling_costs_mb() -> tuple[float, int]:
    """Return by how much the process grows, and how many pictures it keeps in the end."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "full"
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            apart.submit(_workspace, folder, COUNT).result()  # elsewhere, so that what making them costs is not counted
        with shown_window(folder) as window:
            page = go(window, DiagnosisPage, "diagnosis", QUESTION)
            _rest(window)
            before = resident_mb()
            view = page.view.evidence.view
            bar = view.horizontalScrollBar()
            for place in (*range(0, bar.maximum(), view.width()), *range(bar.maximum(), 0, -view.width())):
                bar.setValue(place)
                view.viewport().repaint()
                _rest(window)
            return resident_mb() - before, window.evidence.thumbnails.count


def _open_ms(folder: Path) -> float:
    with shown_window(folder) as window:
        (firm,) = find_enterprises(window.session.workspace)
        target = Target(
            page="diagnosis", enterprise_id=firm.enterprise_id, assessment_id=firm.assessment_id, item=QUESTION
        )
        taken = until_painted_ms(lambda: window.navigate(target))
        _rest(window)
    return taken


def _rest(window: MainWindow) -> None:
    """Let the pictures come in that were asked for."""
    begun = monotonic()
    settle()
    while window.jobs.is_busy and monotonic() - begun < LONGEST_S:
        QApplication.processEvents()
    settle()


def _workspace(folder: Path, count: int) -> Path:
    with open_workspace(folder) as workspace:
        firm = add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id
        assessment = start_assessment(workspace, firm)
        files = [NewEvidence(name=f"IMG_{n:04}.jpg", data=_photo(n), targets=(QUESTION,)) for n in range(count)]
        if files:
            add_evidence_files(workspace, assessment, files)
    return folder


def _photo(number: int) -> bytes:
    chance = random.Random(number)  # noqa: S311  a picture needs no secret
    small = Image.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3))
    written = io.BytesIO()
    small.resize((1200, 900)).save(written, "JPEG", quality=80)
    return written.getvalue()
