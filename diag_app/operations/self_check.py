"""Whether this installation does its work on this machine: tried on the demonstration in a scratch folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter

from diag_app import files
from diag_app.clock import Clock, Progress, SystemClock, no_progress
from diag_app.codec import plain_decimal
from diag_app.errors import DiagError, Problem, Severity
from diag_app.operations.backup import check_workspace
from diag_app.operations.demo import run_demo
from diag_app.operations.workspace import open_workspace
from diag_app.paths import data_dir, program_dir, resource
from diag_app.storage.database import sqlite_version

Result = tuple[dict[str, str], tuple[Problem, ...]]

DIGESTS = "installed.sha256"
PARTS = ("integrity", "libraries", "fonts", "disk", "clock", "main_job", "store", "printer")
LATE_LIBRARIES = (  # what is imported inside functions, and what those modules of ours stand on
    "PIL", "cattrs", "concurrent.futures", "docx", "highspy", "lxml.etree", "mnemonic", "multiprocessing", "numpy",
    "openpyxl", "openpyxl.utils",
    "pyhanko.pdf_utils.images", "pyhanko.pdf_utils.incremental_writer", "pyhanko.pdf_utils.misc",
    "pyhanko.pdf_utils.reader", "pyhanko.sign",
    "pyhanko.sign.validation", "pyhanko.stamp", "pyhanko_certvalidator", "pypdfium2", "pypinyin", "pyrage",
    "reportlab.graphics.shapes", "reportlab.pdfgen.canvas", "segno", "sqlite_utils", "sqlite_utils.migrations",
    "stdnum.cn", "uuid6",
)  # fmt: skip
FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
LEVEL, SCORE = 2, "50.7"  # the demonstration factory's
SMALL_SAVES, SLOW_SAVE_MS = 16, 250.0
FREE_LEAST = 500 * 1024**2


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One part of the check: which, how long it took, what was measured, and what is wrong."""

    part: str
    seconds: float
    figures: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def self_check(
    printers: tuple[str, ...] | None = None,
    *,
    home: Path | None = None,
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> tuple[Checked, ...]:
    """Check every part and return what was found; a fault of one part does not end the check.

    `printers` are the names the window sees, null where there is no window to ask; `home` is the folder whose disk is
    measured, the person's data folder unless named. Nothing is left on the disk.
    """
    place = home or data_dir()
    moment = (clock or SystemClock()).now()
    files.make_folder(place)
    with files.scratch_folder("self-check-", place) as scratch:
        acts: dict[str, Callable[[], Result]] = {
            "integrity": _integrity,
            "libraries": _libraries,
            "fonts": _fonts,
            "disk": lambda: _disk(scratch),
            "clock": lambda: _clock(moment),
            "main_job": lambda: _main_job(scratch / "job"),
            "store": lambda: _store(scratch / "job" / "workspace"),
            "printer": lambda: _printer(printers),
        }
        found = []
        for done, part in enumerate(PARTS):
            progress(done, len(PARTS))
            found.append(_checked(part, acts[part]))
    progress(len(PARTS), len(PARTS))
    return tuple(found)


def changed_files(folder: Path) -> tuple[int, tuple[str, ...]]:
    """Return how many files the list of an installed folder names, and which are gone or other than listed."""
    lines = files.read(folder / DIGESTS).decode().splitlines()
    listed = [(digest, name) for digest, _, name in (line.partition("  ") for line in lines)]
    return len(listed), tuple(name for digest, name in listed if _digest_of(folder / name) != digest)


def _checked(part: str, act: Callable[[], Result]) -> Checked:
    begun = perf_counter()
    try:
        figures, problems = act()
    except DiagError as error:
        refused = Problem(code=error.code, location=error.location, parameters=error.parameters)
        figures, problems = {}, error.problems or (refused,)
    return Checked(part=part, seconds=perf_counter() - begun, figures=figures, problems=problems)


def _integrity() -> Result:
    folder = program_dir()
    if folder is None or not files.is_there(folder / DIGESTS):
        return {"files": "0"}, ()
    count, changed = changed_files(folder)
    return {"files": str(count)}, tuple(Problem(code="INSTALLED_FILE_CHANGED", location=name) for name in changed)


def _libraries() -> Result:
    """Load what is loaded late: a frozen app could lack any of it, and nobody would see before it is wanted."""
    problems = []
    for name in LATE_LIBRARIES:
        try:
            import_module(name)
        except ImportError:
            problems.append(Problem(code="LIBRARY_MISSING", location=name))
    return {"libraries": str(len(LATE_LIBRARIES))}, tuple(problems)


def _fonts() -> Result:
    from diag_app.report.fonts import load_faces  # noqa: PLC0415 - reportlab is slow to import

    missing = [name for name in FONTS if not files.is_there(resource("fonts", name))]
    if missing:
        return {}, tuple(Problem(code="FONT_MISSING", location=name) for name in missing)
    faces = load_faces()
    return {"characters": str(len(faces.regular.widths))}, ()


def _disk(scratch: Path) -> Result:
    """Save small files as an answer is saved, each flushed, and look at the room that is left."""
    begun = perf_counter()
    for number in range(SMALL_SAVES):
        files.write(scratch / f"save-{number}", b"x" * 4096)
    save_ms = (perf_counter() - begun) * 1000 / SMALL_SAVES
    free = shutil.disk_usage(scratch).free
    problems = []
    if free < FREE_LEAST:
        problems.append(_warning("DISK_NEARLY_FULL", free=str(free // 1024**2)))
    if save_ms > SLOW_SAVE_MS:
        problems.append(_warning("DISK_SLOW", milliseconds=f"{save_ms:.0f}"))
    return {"save_ms": f"{save_ms:.1f}", "free_gb": f"{free / 1e9:.1f}"}, tuple(problems)


def _clock(now: datetime) -> Result:
    """A clock that stands before the day the app was made is wrong, and so would be every date in a report."""
    folder = program_dir()
    made = (resource("roles.toml") if folder is None else folder / DIGESTS).stat().st_mtime
    problems = (_warning("CLOCK_BEHIND", location=f"{now:%Y-%m-%d}"),) if now.timestamp() < made else ()
    return {"time": now.astimezone().isoformat(sep=" ", timespec="minutes")}, problems


def _main_job(folder: Path) -> Result:
    files.make_folder(folder)
    result = run_demo(folder)
    got = (result.level, plain_decimal(result.score))
    problems = () if got == (LEVEL, SCORE) else (Problem(code="SCORE_WRONG", location=f"{got[0]}, {got[1]}"),)
    return {"level": str(result.level), "score": got[1]}, problems


def _store(workspace: Path) -> Result:
    """Read back all that the main job wrote."""
    with open_workspace(workspace, create=False) as opened:
        return {"sqlite": sqlite_version()}, check_workspace(opened, read_data=True)


def _printer(printers: tuple[str, ...] | None) -> Result:
    if printers is None:
        return {}, ()
    return {"printers": str(len(printers))}, () if printers else (_warning("NO_PRINTER"),)


def _warning(code: str, *, location: str = "", **parameters: str) -> Problem:
    return Problem(code=code, location=location, severity=Severity.WARNING, parameters=parameters)


def _digest_of(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
