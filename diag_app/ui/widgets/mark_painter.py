"""Marks as they lie over a picture while they are drawn; applied, they look alike in the pixels."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from diag_app.model.marks import WHOLE, Point
from diag_app.ui.models.drafts import Draft, Drafts
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme

_INK, _EDGE, _HIDDEN = QColor(200, 40, 30), QColor(255, 255, 255), QColor(0, 0, 0, 225)
_HEAD, _HEAD_ANGLE = 6, math.radians(26)
_WORDS, _NO_WORDS = "strong", "…"


def paint_drafts(painter: QPainter, rect: QRectF, drafts: Drafts, theme: Theme) -> None:
    """Paint every mark onto the picture that lies in `rect`, and a frame around the one that keys act on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = max(2.0, max(rect.width(), rect.height()) / 240)
    for place, draft in enumerate(drafts.items):
        points = [_placed(point, rect) for point in draft.points]
        _paint(painter, draft, points, stroke, theme)
        if place == drafts.current:
            box = (_room(draft, points[0], theme) or QPolygonF(points).boundingRect()).adjusted(-6, -6, 6, 6)
            paint_frame(painter, box, theme, fill=None, line="focus", width=2.0, dashed=True, radius=2)


def _paint(painter: QPainter, draft: Draft, points: list[QPointF], stroke: float, theme: Theme) -> None:
    match draft.tool:
        case "redact":
            painter.fillRect(QRectF(points[0], points[-1]).normalized(), _HIDDEN)
        case "arrow":
            _line(painter, [points[0], points[-1]], stroke)
            _line(painter, _head(points[0], points[-1], stroke), stroke)
        case "box":
            box = QRectF(points[0], points[-1]).normalized()
            corners = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft(), box.topLeft()]
            _line(painter, corners, stroke)
        case "pen":
            _line(painter, points, stroke)
        case _:
            _words(painter, draft, points[0], theme)


def _line(painter: QPainter, points: list[QPointF], stroke: float) -> None:
    for colour, width in ((_EDGE, stroke * 1.7), (_INK, stroke)):
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)


def _head(start: QPointF, end: QPointF, stroke: float) -> list[QPointF]:
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    reach = stroke * _HEAD
    one, other = (
        end - QPointF(reach * math.cos(angle + turn), reach * math.sin(angle + turn))
        for turn in (_HEAD_ANGLE, -_HEAD_ANGLE)
    )
    return [one, end, other]


def _words(painter: QPainter, draft: Draft, at: QPointF, theme: Theme) -> None:
    painter.setFont(theme.font(_WORDS, bold=True))
    room = _room(draft, at, theme) or QRectF()
    if draft.tool == "number":
        painter.setPen(QPen(_EDGE, 2))
        painter.setBrush(_INK)
        painter.drawEllipse(room)
        painter.setPen(_EDGE)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), draft.text)
        return
    painter.fillRect(room, QColor(255, 255, 255, 220))
    painter.setPen(_INK)
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine)
    painter.drawText(room.adjusted(4, 2, 0, 0), flags, draft.text or _NO_WORDS)


def _room(draft: Draft, at: QPointF, theme: Theme) -> QRectF | None:
    """Return what a text or a number takes up; null for what its points tell."""
    metrics = theme.metrics(_WORDS, bold=True)
    if draft.tool == "number":
        radius = metrics.height() * 0.7
        return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    if draft.tool == "text":
        return QRectF(at.x(), at.y(), metrics.horizontalAdvance(draft.text or _NO_WORDS) + 8, metrics.height() + 4)
    return None


def _placed(point: Point, rect: QRectF) -> QPointF:
    return QPointF(rect.left() + point[0] * rect.width() / WHOLE, rect.top() + point[1] * rect.height() / WHOLE)
