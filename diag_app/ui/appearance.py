"""How the whole application looks: style, palette, base font, tool tips."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip

from diag_app.settings import Appearance
from diag_app.ui.theme import Theme, ThemeName


def theme_name(appearance: Appearance) -> ThemeName:
    """Return the theme to use: the one chosen, or the system's where the person leaves it to the system."""
    if appearance == "system":
        return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
    return appearance


def apply_theme(theme: Theme) -> None:
    """Give the application the theme's palette and base font."""
    QApplication.setPalette(theme.palette)
    QApplication.setFont(theme.font("body"))
    QToolTip.setPalette(theme.palette)
    QToolTip.setFont(theme.font("dense"))
