"""The evidence of one answer: tiles left to right, and a place to drop, paste or choose more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from diag_app.forms.definition import EvidenceHint
from diag_app.i18n import Translator
from diag_app.operations.evidence import evidence_picture
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.evidence import EvidenceModel, EvidenceTile, evidence_tiles
from diag_app.ui.session import Session
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.add_tile import AddTile
from diag_app.ui.widgets.evidence_delegate import GAP, RING, EvidenceDelegate
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.scroll import slim_scroll_bars

_THUMBNAIL = 160


class TileView(QListView):
    """The list of tiles; Delete asks to take the current one off the answer."""

    removed = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take off on Delete, move on arrows, leave letters to the page."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removed.emit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class EvidenceStrip(QWidget):
    """Shows the evidence of `target`.

    Signals:
        add_requested(): choose files. files_given(list of Path), picture_given(bytes of a PNG): dropped or pasted.
        unlink_requested(evidence id): take one off this answer.
    """

    add_requested = Signal()
    files_given = Signal(object)
    unlink_requested = Signal(str)

    def __init__(self, session: Session, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.theme, self.translate = session, theme, translate
        self._pictures: dict[str, QPixmap | None] = {}
        self.model = EvidenceModel(translate, self)
        self.delegate = EvidenceDelegate(theme, self._picture)
        self.view = self._make_view()
        self.title: QLabel = label("", theme, "dense", bold=True)
        self.hint = ElidedLabel("", theme, "caption", colour="text_2")
        self.add_tile = AddTile(translate("Drop, paste, or press E"), theme)
        self.add_tile.clicked.connect(self.add_requested)
        self.setAcceptDrops(True)
        self._arrange()

    def show_evidence(self, case: CaseView, target: str, hints: tuple[EvidenceHint, ...]) -> None:
        """Show the evidence of `target` and what is usually asked."""
        tiles = evidence_tiles(case, target, self.translate)
        self.model.set_rows(tiles)
        self.title.setText(self.translate("Evidence {count}", count=len(tiles)))
        usual = self.translate(", ").join(hint.text.text(self.translate.language) for hint in hints)
        self.hint.set_text(self.translate("Usually: {hints}", hints=usual) if usual else "")
        self._fit()

    def set_low(self, is_low: bool) -> None:
        """Use the lower tiles of a low window."""
        self.delegate.set_low(is_low)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._mark(is_target=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show the tile as before."""
        self._mark(is_target=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the dropped files."""
        self._mark(is_target=False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_given.emit(paths)

    def _mark(self, *, is_target: bool) -> None:
        self.add_tile.is_target = is_target
        self.add_tile.update()

    def _make_view(self) -> TileView:
        view = TileView(self)
        view.setModel(self.model)
        view.setItemDelegate(self.delegate)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(False)
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setAccessibleName(self.translate("Evidence"))
        view.viewport().setAutoFillBackground(False)
        slim_scroll_bars(view, self.theme)
        view.removed.connect(lambda index: self.unlink_requested.emit(self.model.row_at(index).evidence.evidence_id))
        return view

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        tiles = QHBoxLayout()
        tiles.setSpacing(0)
        tiles.addWidget(self.view, 50)
        tiles.addWidget(self.add_tile, 1)
        tiles.setAlignment(self.add_tile, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(tiles)

    def _fit(self) -> None:
        count = len(self.model.rows)
        self.delegate.set_width(self.width())
        wanted = count * (self.delegate.width + GAP)
        needs_bar = wanted > self.width() - 56
        self.view.setVisible(count > 0)
        self.view.setMinimumWidth(min(wanted, self.delegate.width + GAP))
        self.view.setMaximumWidth(wanted)
        self.view.setFixedHeight(self.delegate.height + 2 * RING + (10 if needs_bar else 0))
        self.add_tile.setFixedHeight(self.delegate.height)
        self.view.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the tiles the room there is."""
        self._fit()

    def _picture(self, tile: EvidenceTile) -> QPixmap | None:
        key = tile.evidence.evidence_id
        if key not in self._pictures:
            data = self.session.read(evidence_picture, key, _THUMBNAIL) if tile.is_picture else None
            pixmap = QPixmap()
            self._pictures[key] = pixmap if data and pixmap.loadFromData(data) else None
        return self._pictures[key]
