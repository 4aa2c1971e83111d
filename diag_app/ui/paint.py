"""Painting shared by delegates and widgets: badge, chip, status, meter, range, key cap, focus ring.

Every function leaves the painter's pen, brush and font as it likes; callers set what they need themselves.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from diag_app.ui.icons import paint_icon
from diag_app.ui.theme import Theme

Status = Literal["undelivered", "sent", "receipted", "refused", "conflict", "nothing"]
ChipStyle = Literal["plain", "accent", "dashed", "accent_line", "warning"]

CHIP_PADDING = 9.0
_LARGE_BADGE = 40.0
_ICON = 14
_STATUS_ICONS: dict[Status, tuple[str, str]] = {
    "undelivered": ("circle", "text_2"),
    "receipted": ("circle-check", "accent"),
    "refused": ("octagon-alert", "error"),
    "conflict": ("git-compare", "warning"),
    "nothing": ("minus", "text_2"),
}
_CHIP_COLOURS: dict[ChipStyle, tuple[str | None, str, str]] = {  # fill, line, text
    "plain": ("surface", "border", "text_2"),
    "accent": ("accent_soft", "accent", "accent"),
    "accent_line": ("surface", "accent", "accent"),
    "dashed": (None, "border_strong", "text_2"),
    "warning": ("warning_soft", "warning_mark", "warning"),
}


def paint_frame(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    *,
    fill: str | None = "surface",
    line: str | None = "border",
    width: float = 1.0,
    radius: float = 6.0,
    dashed: bool = False,
) -> None:
    """Paint a rounded box whose line lies wholly inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.brush(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(theme.pen(line, width, dashed=dashed) if line else Qt.PenStyle.NoPen)
    half = width / 2 if line else 0.0
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    *,
    font: str = "dense",
    bold: bool = False,
    colour: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Paint one line of text, vertically centred, elided when it does not fit."""
    painter.setFont(theme.font(font, bold=bold))
    painter.setPen(theme.colour(colour))
    shown = theme.metrics(font, bold=bold).elidedText(text, elide, max(0, int(rect.width() + 0.5)))
    painter.drawText(rect, _one_line(align), shown)


@cache
def _one_line(align: Qt.AlignmentFlag) -> int:
    return int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)


def paint_badge(painter: QPainter, rect: QRectF, level: int | None, theme: Theme, *, target: bool = False) -> None:
    """Paint a level badge filling `rect`; no level is a dash on level 0, a target has a dashed outline and no fill."""
    large = rect.width() > _LARGE_BADGE
    shown = level or 0
    radius = 8.0 if large else 5.0
    if target:
        paint_frame(painter, rect, theme, fill=None, line="border_strong", radius=radius, dashed=True)
    else:
        paint_frame(painter, rect, theme, fill=f"level_{shown}", line=None, radius=radius)
    paint_text(
        painter,
        rect,
        str(shown) if shown else "–",
        theme,
        font="badge" if large else "dense",
        bold=True,
        colour="text_2" if target else f"on_level_{shown}",
        align=Qt.AlignmentFlag.AlignHCenter,
        elide=Qt.TextElideMode.ElideNone,
    )


def chip_width(text: str, theme: Theme, *, icon: str | None = None) -> int:
    """Return how wide a chip with `text` is, in pixels."""
    room = theme.metrics("dense").horizontalAdvance(text) + 2 * CHIP_PADDING + 1
    return int(room + (_ICON + 4 if icon else 0))


def paint_chip(
    painter: QPainter, rect: QRectF, text: str, theme: Theme, *, style: ChipStyle = "plain", icon: str | None = None
) -> None:
    """Paint a pill with one line of text and, when named, an icon before it."""
    fill, line, colour = _CHIP_COLOURS[style]
    paint_frame(painter, rect, theme, fill=fill, line=line, radius=rect.height() / 2, dashed=style == "dashed")
    left = rect.left() + CHIP_PADDING
    if icon:
        paint_icon(painter, QPointF(left, rect.center().y() - _ICON / 2), icon, theme, _ICON, colour)
        left += _ICON + 4
    box = QRectF(left, rect.top(), rect.right() - CHIP_PADDING + 1 - left, rect.height())
    paint_text(painter, box, text, theme, colour=colour, bold=style == "accent")


def paint_status(
    painter: QPainter, rect: QRectF, status: Status, text: str, theme: Theme, *, bold: bool = False
) -> None:
    """Paint a delivery status: its glyph and always its words."""
    top = rect.center().y() - _ICON / 2
    if status == "sent":
        _paint_half_disc(painter, QRectF(rect.left() + 1, top + 1, _ICON - 2, _ICON - 2), theme)
    else:
        name, colour = _STATUS_ICONS[status]
        paint_icon(painter, QPointF(rect.left(), top), name, theme, _ICON, colour)
    words = {"refused": "error", "conflict": "warning"}.get(status, "text")
    paint_text(painter, rect.adjusted(_ICON + 5, 0, 0, 0), text, theme, colour=words, bold=bold)


def paint_meter(
    painter: QPainter,
    rect: QRectF,
    value: Decimal | float,
    maximum: Decimal | float,
    theme: Theme,
    colour: str = "accent",
) -> None:
    """Paint a bar filled to `value / maximum`; the figures stand beside it, painted by the caller."""
    radius = rect.height() / 2
    paint_frame(painter, rect, theme, fill="sunken", line=None, radius=radius)
    share = min(1.0, max(0.0, float(value) / float(maximum))) if maximum else 0.0
    if share > 0:
        width = max(rect.height(), rect.width() * share)
        paint_frame(
            painter, QRectF(rect.left(), rect.top(), width, rect.height()), theme, fill=colour, line=None, radius=radius
        )


def paint_range(
    painter: QPainter, rect: QRectF, scale: tuple[float, float], figures: tuple[float, float, float], theme: Theme
) -> None:
    """Paint low, likely and high `figures` on a `scale` from start to end: hairline, band and tick."""
    start, end = scale
    unit = rect.width() / (end - start) if end > start else 0.0
    low, likely, high = (rect.left() + (figure - start) * unit for figure in figures)
    middle = round(rect.center().y()) + 0.5
    painter.setPen(theme.pen("border"))
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    paint_frame(painter, QRectF(low, middle - 3, high - low, 6), theme, fill="level_2", line=None, radius=3)
    painter.setPen(theme.pen("text", 2))
    painter.drawLine(QPointF(likely, middle - 6), QPointF(likely, middle + 6))


def key_width(key: str, theme: Theme) -> int:
    """Return how wide a key cap is, in pixels."""
    return max(20, theme.metrics("caption").horizontalAdvance(key) + 11)


def paint_key(painter: QPainter, rect: QRectF, key: str, theme: Theme, *, on_accent: bool = False) -> None:
    """Paint a key cap, as in the hint bar."""
    colour = "on_accent" if on_accent else "text_2"
    fill, line = (None, "on_accent") if on_accent else ("surface", "border")
    paint_frame(painter, rect, theme, fill=fill, line=line, radius=4)
    centre = Qt.AlignmentFlag.AlignHCenter
    none = Qt.TextElideMode.ElideNone
    paint_text(painter, rect, key, theme, font="caption", colour=colour, align=centre, elide=none)


def paint_dots(painter: QPainter, rect: QRectF, done: int, begun: bool, total: int, theme: Theme) -> None:
    """Paint `total` step dots: `done` filled, the next one outlined in the accent when `begun`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = rect.center().y()
    for step in range(total):
        is_done = step < done
        is_next = step == done and begun
        painter.setBrush(theme.brush("accent") if is_done else Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("accent" if is_done or is_next else "border_strong"))
        painter.drawEllipse(QPointF(rect.left() + 4.5 + 13 * step, middle), 4.0, 4.0)


def paint_focus_ring(
    painter: QPainter, shape: QRectF, theme: Theme, *, radius: float = 6.0, inside: bool = False
) -> None:
    """Paint the 2 px focus ring 2 px outside `shape`, or inside it for rows of tables and trees."""
    if inside:
        paint_frame(painter, shape.adjusted(1, 1, -1, -1), theme, fill=None, line="focus", width=2, radius=radius - 2)
    else:
        paint_frame(painter, shape.adjusted(-4, -4, 4, 4), theme, fill=None, line="focus", width=2, radius=radius + 3)


def _paint_half_disc(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.pen("text_2", 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("text_2"))
    painter.drawPie(rect, 90 * 16, 180 * 16)
