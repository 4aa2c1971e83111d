"""The design tokens as Qt colours, fonts, pens and one palette, each made once per theme."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetrics, QPalette, QPen, QPixmap

from diag_app.paths import resource

ThemeName = Literal["light", "dark"]
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_REGULAR, _BOLD = 400, 700

_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.AlternateBase, "surface_alt"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "text_3"),
    (QPalette.ColorRole.Highlight, "accent_soft"),
    (QPalette.ColorRole.HighlightedText, "text"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.Midlight, "hover"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Dark, "border_strong"),
    (QPalette.ColorRole.Shadow, "border_strong"),
    (QPalette.ColorRole.BrightText, "error"),
)
_DISABLED_TEXTS = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


@cache
def load_tokens() -> Mapping[str, Any]:
    """Return the tables of `resources/tokens.toml`."""
    return tomllib.loads(resource("tokens.toml").read_text(encoding="utf-8"))


def load_fonts() -> None:
    """Make the bundled font known to Qt, so that no system font is needed."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


class Theme:
    """One appearance of the window. Pages ask it for colours, fonts, pens and sizes; nothing is made while painting."""

    def __init__(self, name: ThemeName) -> None:
        self.name: ThemeName = name
        self.is_touch = False  # after a press of a finger: rows and targets as high as a finger needs
        tokens = load_tokens()
        self._colours = {key: QColor(value) for key, value in tokens[name].items()}
        self._styles: Mapping[str, list[int]] = {
            key: value for key, value in tokens["font"].items() if key not in ("family", "weights")
        }
        self._family: str = tokens["font"]["family"]
        self._sizes: Mapping[str, Any] = tokens["size"]
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._metrics: dict[tuple[str, bool], QFontMetrics] = {}
        self._pens: dict[tuple[str, float, bool], QPen] = {}
        self._brushes = {key: QBrush(value) for key, value in self._colours.items()}
        self.pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}  # filled by `icons`
        self.palette = self._make_palette()

    def colour(self, name: str) -> QColor:
        """Return the colour of a token such as `accent_soft` or `level_2`."""
        return self._colours[name]

    def brush(self, name: str) -> QBrush:
        """Return a solid brush of a token's colour."""
        return self._brushes[name]

    def pen(self, name: str, width: float = 1.0, *, dashed: bool = False) -> QPen:
        """Return a pen of a token's colour, `width` pixels wide."""
        key = (name, width, dashed)
        if key not in self._pens:
            pen = QPen(self._colours[name], width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if dashed:
                pen.setDashPattern([3.0 / width, 2.5 / width])
            self._pens[key] = pen
        return self._pens[key]

    def font(self, name: str = "body", *, bold: bool = False) -> QFont:
        """Return the font of a text style: caption, dense, body, strong, heading, title, hero or badge."""
        key = (name, bold)
        if key not in self._fonts:
            size, _, weight = self._styles[name]
            font = QFont(self._family)
            font.setPixelSize(size)
            font.setWeight(QFont.Weight.Bold if bold or weight == _BOLD else QFont.Weight.Normal)
            self._fonts[key] = font
        return self._fonts[key]

    def metrics(self, name: str = "body", *, bold: bool = False) -> QFontMetrics:
        """Return the metrics of `font(name, bold=bold)`."""
        key = (name, bold)
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(self.font(name, bold=bold))
        return self._metrics[key]

    def line_height(self, name: str) -> int:
        """Return the line height of a text style in pixels, never below what the font needs."""
        return max(self._styles[name][1], self.metrics(name).height())

    def size(self, name: str) -> int:
        """Return a size token such as `rail` or `button`, in pixels."""
        value: int = self._sizes[name]
        return value

    def row(self, height: int) -> int:
        """Return the height of a row or target of `height` pixels, more where it is pressed with a finger."""
        return max(height, self.size("row_touch")) if self.is_touch else height

    def _make_palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES:
            palette.setColor(role, self._colours[token])
        for role in _DISABLED_TEXTS:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colours["text_disabled"])
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Button):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colours["sunken"])
        return palette


def contrast(one: QColor, other: QColor) -> float:
    """Return the WCAG 2 contrast ratio of two opaque colours, from 1 to 21 (W3C, WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(channel / 255) for channel in (colour.red(), colour.green(), colour.blue()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
