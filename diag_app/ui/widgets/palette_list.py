"""The list under the search box: what was found, each with its kind and its keys."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.palette import EntryKind, PaletteEntry
from diag_app.ui.models.rows import ROW_ROLE, RowsModel
from diag_app.ui.paint import key_width, paint_frame, paint_key, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.scroll import slim_scroll_bars

_ROW, _SHOWN, _MARGIN, _WIDTH = 36, 10, 4, 560
_RIGHT = Qt.AlignmentFlag.AlignRight
ICONS: Mapping[EntryKind, str] = {
    "page": "arrow-up-right",
    "question": "clipboard-check",
    "scenario": "library",
    "firm": "factory",
    "command": "check",
}


class PaletteModel(RowsModel[PaletteEntry]):
    """Found entries; the accessible text says the kind as well."""

    def __init__(self, kinds: Mapping[EntryKind, str], translate: Translator) -> None:
        super().__init__()
        self._kinds, self._translate = kinds, translate

    def text_of(self, row: PaletteEntry) -> str:
        """Return name and code."""
        return f"{row.code} {row.text}".strip()

    def words_of(self, row: PaletteEntry) -> str:
        """Return kind, name, detail and keys."""
        parts = (self._kinds[row.kind], self.text_of(row), row.detail, " ".join(row.keys))
        return self._translate(", ").join(part for part in parts if part)


class PaletteDelegate(QStyledItemDelegate):
    """Paints one line: the kind's icon, code, name, detail, keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return one row's size."""
        return QSize(100, self._theme.row(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the line; the chosen one on the accent's soft ground with a bar."""
        row: PaletteEntry = index.data(ROW_ROLE)
        theme, rect = self._theme, QRectF(option.rect)
        painter.save()
        view = option.widget
        is_current = isinstance(view, QListView) and view.currentIndex() == index
        if is_current:
            paint_frame(painter, rect, theme, fill="accent_soft", line=None)
            bar = QRectF(rect.left(), rect.top(), 3, rect.height())
            paint_frame(painter, bar, theme, fill="accent", line=None, radius=1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint_frame(painter, rect, theme, fill="hover", line=None)
        place = QPointF(rect.left() + 12, rect.center().y() - 8)
        paint_icon(painter, place, ICONS[row.kind], theme, 16, "accent" if is_current else "text_2")
        right = self._paint_keys(painter, rect, row)
        self._paint_words(painter, QRectF(rect.left() + 40, rect.top(), right - rect.left() - 40, rect.height()), row)
        painter.restore()

    def _paint_keys(self, painter: QPainter, rect: QRectF, row: PaletteEntry) -> float:
        right = rect.right() - 10
        for key in reversed(row.keys):
            right -= key_width(key, self._theme)
            cap = QRectF(right, rect.center().y() - 9.5, key_width(key, self._theme), 19)
            paint_key(painter, cap, key, self._theme)
            right -= 5
        return right

    def _paint_words(self, painter: QPainter, box: QRectF, row: PaletteEntry) -> None:
        metrics, left = self._theme.metrics("body"), box.left()
        if row.code:
            paint_text(painter, box, row.code, self._theme, font="body", bold=True)
            left += self._theme.metrics("body", bold=True).horizontalAdvance(row.code) + 8
        room = QRectF(left, box.top(), box.right() - left, box.height())
        paint_text(painter, room, row.text, self._theme, font="body", elide=Qt.TextElideMode.ElideMiddle)
        used = metrics.horizontalAdvance(row.text) + 16
        if row.detail and used < room.width():
            paint_text(painter, room.adjusted(used, 0, -6, 0), row.detail, self._theme, colour="text_3", align=_RIGHT)


class PaletteList(QWidget):
    """Hangs under the search box over the page. The box keeps the focus; `picked(entry)` on a press or on Enter."""

    picked = Signal(object)

    def __init__(
        self, theme: Theme, translate: Translator, kinds: Mapping[EntryKind, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = PaletteModel(kinds, translate)
        self._delegate = PaletteDelegate(theme)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(translate("Found"))
        slim_scroll_bars(self.view, theme)
        self.view.clicked.connect(lambda index: self.picked.emit(self.model.row_at(index)))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        box.addWidget(self.view)
        self.hide()

    @property
    def current(self) -> PaletteEntry | None:
        """Return the chosen entry."""
        index = self.view.currentIndex()
        return self.model.row_at(index) if index.isValid() else None

    def show_entries(self, entries: tuple[PaletteEntry, ...], place: QPointF, room: QSize) -> None:
        """Show `entries` with the first one chosen, from `place` on, at most as large as `room`."""
        self.model.set_rows(entries)
        rows = min(_SHOWN, len(entries))
        height = rows * self._theme.row(_ROW) + 2 * _MARGIN
        left = max(8, min(int(place.x()), room.width() - _WIDTH - 8))
        width = min(_WIDTH, room.width() - 16)
        self.setGeometry(left, int(place.y()), width, min(height, room.height() - int(place.y()) - 8))
        self.view.setCurrentIndex(self.model.index(0))
        self.setVisible(bool(entries))
        self.raise_()

    def step(self, by: int) -> None:
        """Choose the next or previous entry; after the last comes the first."""
        count = self.model.rowCount()
        if count:
            self.view.setCurrentIndex(self.model.index((self.view.currentIndex().row() + by) % count))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint surface and outline."""
        paint_frame(QPainter(self), QRectF(self.rect()), self._theme, line="border_strong")
