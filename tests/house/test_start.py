"""The window and the command line start without the libraries that are slow to import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from diag_app.operations.workspace import open_workspace

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
    later = (
        "diag_app.operations.workspace",
        "diag_app.storage.store",
        "diag_app.model.facts",
        "diag_app.forms.definition",
    )
    command = (sys.executable, "-c", PROBE.format(module="diag_app.ui.app", heavy=later))
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []


def test_a_plain_workspace_opens_without_ciphers_network_and_second_processes() -> None:
    dear = ("cryptography", "pyrage", "ssl", "stdnum", "multiprocessing", "uuid6", "diag_app.sync")
    command = (sys.executable, "-c", PROBE.format(module="diag_app.ui.after_paint", heavy=dear))
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() == []


def test_a_window_closed_while_it_is_painted_opens_nothing(tmp_path: Path) -> None:
    closing = (
        "import pathlib, sys; from PySide6.QtWidgets import QApplication; from diag_app.ui import app, frame\n"
        "shown = frame.Frame.paintEvent\n"
        "frame.Frame.paintEvent = lambda *event: (shown(*event), QApplication.closeAllWindows())[0]\n"
        "sys.exit(app.run(pathlib.Path(sys.argv[1])))"
    )
    open_workspace(tmp_path / "workspace").close()
    places = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    command = (sys.executable, "-c", closing, str(tmp_path / "workspace"))
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=os.environ | places)
    assert "RuntimeError" not in done.stderr


def test_the_window_does_not_keep_the_source_of_what_it_imports() -> None:
    probe = "import linecache, diag_app.ui.app, diag_app.ui.after_paint; print(*linecache.cache)"
    command = (sys.executable, "-c", probe)
    kept = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "diag_app" not in kept
