"""The window and the command line start without the libraries that are slow to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlite_utils", "reportlab", "PIL", "pypinyin", "openpyxl", "docx", "segno", "cattrs", "pypdfium2")
PROBE = "import sys, {module}; print(*[name for name in {heavy} if name in sys.modules])"


@pytest.mark.parametrize("module", ["diag_app.__main__", "diag_app.cli.main", "diag_app.ui.app"])
def test_no_heavy_library_is_loaded_at_the_start(module: str) -> None:
    command = (sys.executable, "-c", PROBE.format(module=module, heavy=HEAVY))
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert loaded == []


def test_the_command_line_starts_without_qt() -> None:
    command = (sys.executable, "-c", PROBE.format(module="diag_app.cli.main", heavy=("PySide6",)))
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []


def test_the_window_is_there_before_what_it_works_with() -> None:
    later = ("diag_app.operations.workspace", "diag_app.storage.store", "diag_app.forms.scoring")
    command = (sys.executable, "-c", PROBE.format(module="diag_app.ui.app", heavy=later))
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []


def test_the_window_does_not_keep_the_source_of_what_it_imports() -> None:
    probe = "import linecache, diag_app.ui.app, diag_app.ui.after_paint; print(*linecache.cache)"
    command = (sys.executable, "-c", probe)
    kept = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "diag_app" not in kept
