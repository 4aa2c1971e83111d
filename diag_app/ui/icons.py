"""Lucide icons, tinted by the theme's colours and kept in the theme's cache."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from diag_app.paths import resource
from diag_app.ui.theme import Theme

_STROKE = 'stroke-width="1.75"'


def icon(name: str, theme: Theme, size: int = 16, *, colour: str = "text_2") -> QIcon:
    """Return the icon at `size` pixels in a token's colour, with its disabled and selected modes."""
    made = QIcon()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made.addPixmap(pixmap(name, theme, size, colour, ratio), QIcon.Mode.Normal)
    made.addPixmap(pixmap(name, theme, size, "text_disabled", ratio), QIcon.Mode.Disabled)
    made.addPixmap(pixmap(name, theme, size, "accent", ratio), QIcon.Mode.Selected)
    return made


def paint_icon(painter: QPainter, place: QPointF, name: str, theme: Theme, size: int, colour: str = "text_2") -> None:
    """Paint the icon with its top left corner at `place`."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(place, pixmap(name, theme, size, colour, ratio))


def pixmap(name: str, theme: Theme, size: int, colour: str, ratio: float) -> QPixmap:
    """Return the icon as a picture of `size` logical pixels for a screen with `ratio` device pixels each."""
    key = (name, size, colour, ratio)
    if key not in theme.pixmaps:
        theme.pixmaps[key] = _render(name, theme.colour(colour).name(), size, ratio)
    return theme.pixmaps[key]


def _render(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="2"', _STROKE)
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")
