"""Paints evidence tiles: picture, name, captured or received date, the answers it supports."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.evidence import EvidenceTile
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_focus_ring, paint_frame, paint_text
from diag_app.ui.theme import Theme, load_tokens
from diag_app.ui.thumbnails import Thumbnails

GAP = 8
RING = 4
PICTURE = 62
_NARROW, _LEAST = 460, 136

_MARK = 18


class EvidenceDelegate(QStyledItemDelegate):
    """Delegate of the evidence list; pictures come in as they are read."""

    def __init__(self, theme: Theme, translate: Translator, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.theme, self.translate = theme, translate
        self.thumbnails = thumbnails
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
        is_here = self.thumbnails.is_here(tile.evidence)
        fill, line = ("hover", "border_strong") if is_hover else ("surface", "border" if is_here else "border_strong")
        paint_frame(painter, rect, self.theme, fill=fill if is_here else None, line=line, dashed=not is_here)
        self._paint_picture(painter, QRectF(rect.left() + 1, rect.top() + 1, PICTURE, rect.height() - 2), tile)
        self._paint_marks(painter, QPointF(rect.left() + 4, rect.bottom() - _MARK - 4), tile)
        self._paint_lines(painter, rect.adjusted(PICTURE + 9, 4, -6, -4), tile, is_here=is_here)
        view = option.widget
        is_current = isinstance(view, QListView) and view.hasFocus() and view.currentIndex() == index
        if is_current:
            paint_focus_ring(painter, rect, self.theme)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRectF, tile: EvidenceTile) -> None:
        found = self.thumbnails.picture(tile.evidence)
        clip = QPainterPath()
        clip.addRoundedRect(box, 5, 5)
        painter.save()
        painter.setClipPath(clip)
        if found is None:
            painter.fillRect(box, self.theme.colour("sunken"))
            paint_icon(painter, box.center() - QPointF(10, 10), tile.icon, self.theme, 20, "text_3")
        else:
            side = max(box.width(), box.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            source = found.rect()
            edge = min(source.width(), source.height())
            crop = QRectF((source.width() - edge) / 2, (source.height() - edge) / 2, edge, edge)
            painter.drawPixmap(QRectF(box.left(), box.center().y() - side / 2, side, side), found, crop)
        painter.restore()

    def _paint_marks(self, painter: QPainter, place: QPointF, tile: EvidenceTile) -> None:
        """Paint over the picture which version it is, and that a part of it is hidden."""
        if tile.evidence.redactions:
            spot = QRectF(place.x(), place.y(), _MARK, _MARK)
            paint_frame(painter, spot, self.theme, fill="surface", line="border_strong", radius=4)
            paint_icon(painter, spot.topLeft() + QPointF(2, 2), "eye-off", self.theme, 14, "text")
            place = place + QPointF(_MARK + 3, 0)
        if tile.evidence.version > 1:
            text = str(tile.evidence.version)
            spot = QRectF(place.x(), place.y(), _MARK + 8 + 7 * len(text), _MARK)
            paint_frame(painter, spot, self.theme, fill="surface", line="border_strong", radius=4)
            paint_icon(painter, spot.topLeft() + QPointF(3, 2), "layers", self.theme, 14, "text")
            paint_text(painter, spot.adjusted(20, 0, 0, 0), text, self.theme, font="caption")

    def _paint_lines(self, painter: QPainter, box: QRectF, tile: EvidenceTile, *, is_here: bool) -> None:
        height = 18.0
        name = tile.evidence.name
        first = QRectF(box.left(), box.top() - 1, box.width(), height)
        paint_text(painter, first, name, self.theme, elide=Qt.TextElideMode.ElideMiddle)
        icon = "camera" if tile.date_kind == "captured" else "inbox"
        date = tile.date if self.width == tile_size()[0] else tile.date[:5]
        when = (icon, date) if is_here else ("circle-dashed", self.translate("not here yet"))
        lines = [when] if self.is_low else [when, ("link", tile.serves)]
        for position, (glyph, text) in enumerate(lines, start=1):
            line = QRectF(box.left(), box.top() - 1 + position * height, box.width(), height)
            paint_icon(painter, QPointF(line.left(), line.center().y() - 7), glyph, self.theme, 14, "text_3")
            paint_text(painter, line.adjusted(18, 0, 0, 0), text, self.theme, font="caption", colour="text_2")


def tile_size() -> tuple[int, int]:
    """Return a tile's width and height from the tokens."""
    width, height = load_tokens()["size"]["evidence_tile"]
    return int(width), int(height)
