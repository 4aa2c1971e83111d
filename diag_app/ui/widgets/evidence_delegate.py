"""Paints evidence tiles: picture, name, captured or received date, the answers it supports."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.ui.icons import paint_icon
from diag_app.ui.models.evidence import EvidenceTile
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme, load_tokens

GAP = 8
RING = 4
PICTURE = 62
_NARROW, _LEAST = 460, 136

Picture = Callable[[EvidenceTile], QPixmap | None]


class EvidenceDelegate(QStyledItemDelegate):
    """Delegate of the evidence list; `picture` gives a tile's thumbnail, or null where it is no picture."""

    def __init__(self, theme: Theme, picture: Picture) -> None:
        super().__init__()
        self.theme = theme
        self.picture = picture
        self.is_low = False
        self.width, self.height = tile_size()

    def set_low(self, is_low: bool) -> None:
        """Leave out the second line of the tile in a low window."""
        self.is_low = is_low
        self.height = tile_size()[1] - (18 if is_low else 0)

    def set_width(self, room: int) -> None:
        """Make tiles narrower where only `room` pixels are there, so that two stand side by side."""
        full = tile_size()[0]
        self.width = full if room > _NARROW else max(_LEAST, min(full, (room - 52) // 2 - GAP))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a tile's size with its gaps."""
        return QSize(self.width + GAP, self.height + 2 * RING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one tile."""
        tile: EvidenceTile = index.data(ROW_ROLE)
        rect = QRectF(option.rect).adjusted(RING, RING, -GAP + RING, -RING)
        painter.save()
        is_hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        fill, line = ("hover", "border_strong") if is_hover else ("surface", "border")
        paint_frame(painter, rect, self.theme, fill=fill, line=line)
        self._paint_picture(painter, QRectF(rect.left() + 1, rect.top() + 1, PICTURE, rect.height() - 2), tile)
        self._paint_lines(painter, rect.adjusted(PICTURE + 9, 4, -6, -4), tile)
        view = option.widget
        is_current = isinstance(view, QListView) and view.hasFocus() and view.currentIndex() == index
        if is_current:
            paint_focus_ring(painter, rect, self.theme)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRectF, tile: EvidenceTile) -> None:
        found = self.picture(tile)
        clip = QPainterPath()
        clip.addRoundedRect(box, 5, 5)
        painter.save()
        painter.setClipPath(clip)
        if found is None:
            painter.fillRect(box, self.theme.colour("sunken"))
            name = "image" if tile.is_picture else "file-text"
            paint_icon(painter, box.center() - QPointF(10, 10), name, self.theme, 20, "text_3")
        else:
            side = max(box.width(), box.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            source = found.rect()
            edge = min(source.width(), source.height())
            crop = QRectF((source.width() - edge) / 2, (source.height() - edge) / 2, edge, edge)
            painter.drawPixmap(QRectF(box.left(), box.center().y() - side / 2, side, side), found, crop)
        painter.restore()

    def _paint_lines(self, painter: QPainter, box: QRectF, tile: EvidenceTile) -> None:
        height = 18.0
        name = tile.evidence.name
        first = QRectF(box.left(), box.top() - 1, box.width(), height)
        paint_text(painter, first, name, self.theme, elide=Qt.TextElideMode.ElideMiddle)
        icon = "camera" if tile.date_kind == "captured" else "inbox"
        date = tile.date if self.width == tile_size()[0] else tile.date[:5]
        lines = [(icon, date)] if self.is_low else [(icon, date), ("link", tile.serves)]
        for position, (glyph, text) in enumerate(lines, start=1):
            line = QRectF(box.left(), box.top() - 1 + position * height, box.width(), height)
            paint_icon(painter, QPointF(line.left(), line.center().y() - 7), glyph, self.theme, 14, "text_3")
            paint_text(painter, line.adjusted(18, 0, 0, 0), text, self.theme, font="caption", colour="text_2")


def tile_size() -> tuple[int, int]:
    """Return a tile's width and height from the tokens."""
    width, height = load_tokens()["size"]["evidence_tile"]
    return int(width), int(height)
