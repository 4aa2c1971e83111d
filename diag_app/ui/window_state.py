"""Size and place of the window; what may be lost."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from diag_app.ui.theme import load_tokens


def saved_geometry(window: QMainWindow) -> bytes:
    """Return size and place in Qt's own form."""
    return bytes(window.saveGeometry().data())


def restore_geometry(window: QMainWindow, path: Path | None) -> None:
    """Give the window the size and place it had; else the design size, as far as the screen has room."""
    found = b""
    if path is not None:
        with contextlib.suppress(OSError):
            found = path.read_bytes()
    if not found or not window.restoreGeometry(QByteArray(found)):
        width, height = load_tokens()["size"]["design_client"]
        room = QGuiApplication.primaryScreen().availableSize()
        window.resize(min(width, room.width()), min(height, room.height()))
