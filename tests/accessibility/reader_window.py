"""The window on a workspace as a program of its own: `python -m tests.accessibility.reader_window FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from diag_app.ui.app import build_application, open_window
from tests.ui.conftest import SETTINGS

if __name__ == "__main__":
    application = build_application([])
    window = open_window(SETTINGS, Path(sys.argv[1]))
    window.resize(1366, 690)
    window.show()
    window.activateWindow()
    sys.exit(application.exec())
