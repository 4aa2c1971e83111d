"""The support bundle: what helps to find a fault, by a list of what may be in it, so that no client's word is."""

from __future__ import annotations

import io
import json
import platform
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from diag_app import __version__, files
from diag_app.errors import DiagError
from diag_app.operations.self_check import Checked
from diag_app.paths import PORTABLE_MARKER, log_dir, program_dir
from diag_app.settings import Settings
from diag_app.storage.database import KEY_FILE, STORE_FILE, sqlite_version

_TRACES = 20
# A line of a bare trace: a type and a code, or a file and a line; anything else might hold what was typed.
_TRACE_LINE = re.compile(r"[A-Za-z_][\w.]* ?[A-Z_0-9]*|  [\w.<>-]+(/[\w.<>-]+){0,2}:\d+ in [\w<>]+")
_NAMED = (STORE_FILE, f"{STORE_FILE}-wal", KEY_FILE)
_FOLDERS = ("evidence", "backups", "packs", "keys")


def write_support_bundle(
    target: Path, settings: Settings, workspace: Path | None, checked: Iterable[Checked]
) -> tuple[str, ...]:
    """Write the support bundle as a zip to `target` and return the names of what is in it.

    It holds versions, choices without names and folders, the result of the self-check, sizes and counts of files of
    the workspace, and bare traces of faults. The workspace is not opened.
    """
    content = {
        "about.json": _json(_about(settings)),
        "self-check.json": _json([_part(part) for part in checked]),
        "workspace.json": _json({} if workspace is None else _sizes(workspace)),
        **{f"faults/{number:02}.txt": trace for number, trace in enumerate(_traces(), start=1)},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    files.write(target, buffer.getvalue())
    return tuple(content)


def _about(settings: Settings) -> dict[str, Any]:
    folder = program_dir()
    return {
        "version": __version__,
        "is_installed": folder is not None,
        "is_portable": folder is not None and (folder / PORTABLE_MARKER).is_file(),
        "python": platform.python_version(),
        "system": [platform.system(), platform.release(), platform.machine()],
        "sqlite": sqlite_version(),
        "language": settings.language,
        "theme": settings.theme,
        "auto_lock_minutes": settings.auto_lock_minutes,
        "has_second_copy": settings.second_copy is not None,
    }


def _part(part: Checked) -> dict[str, Any]:
    """Return what a part found: its codes, never the places, which name files of the person."""
    codes = [problem.code for problem in part.problems]
    return {"part": part.part, "seconds": round(part.seconds, 2), "figures": dict(part.figures), "codes": codes}


def _sizes(directory: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"is_encrypted": (directory / KEY_FILE).is_file()}
    for name in _NAMED:
        with suppress(OSError):
            found[name] = (directory / name).stat().st_size
    for name in _FOLDERS:
        sizes = list(_file_sizes(directory / name))
        found[name] = {"files": len(sizes), "bytes": sum(sizes)}
    return found


def _file_sizes(folder: Path) -> Iterator[int]:
    with suppress(OSError):
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.stat().st_size


def _traces() -> Iterator[str]:
    """Yield the newest traces, each line of another shape left out."""
    with suppress(DiagError, OSError):
        paths = sorted(log_dir().glob("crash*.txt"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in paths[:_TRACES]:
            lines = files.read(path).decode(errors="replace").splitlines()
            yield "\n".join(line if _TRACE_LINE.fullmatch(line) else "(left out)" for line in lines)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
