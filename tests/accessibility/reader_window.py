"""The window on a workspace as a program of its own: `python -m tests.accessibility.reader_window FOLDER`."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from diag_app.ui.app import build_application, open_window
from tests.ui.conftest import SETTINGS

MANAGED_MS = 100

if __name__ == "__main__":
    application = build_application([])
    window = open_window(SETTINGS, Path(sys.argv[1]))
    window.resize(1366, 690)
    window.show()
    window.activateWindow()
    # Nobody manages windows on that screen: after a dialog the focus comes back because it is asked for here.
    manager = QTimer()
    manager.timeout.connect(lambda: window.activateWindow() if application.focusWindow() is None else None)
    manager.start(MANAGED_MS)
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    sys.exit(application.exec())
