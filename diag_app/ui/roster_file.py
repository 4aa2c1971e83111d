"""The question for a roster's file, which two pages ask."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from diag_app.i18n import Translator

_PATTERNS = "*.xlsx *.csv *.txt"


def ask_roster(page: QWidget, translate: Translator) -> Path | None:
    """Return the file that a person chooses, or null."""
    names = translate("Rosters ({patterns})", patterns=_PATTERNS)
    name, _ = QFileDialog.getOpenFileName(page.window(), translate("Choose the roster"), "", names)
    return Path(name) if name else None
