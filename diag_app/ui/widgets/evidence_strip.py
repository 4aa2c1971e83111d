"""The evidence of one answer: tiles left to right, and a place to drop, paste or choose more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from diag_app.forms.definition import EvidenceHint
from diag_app.model.facts import Evidence
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.evidence import EvidenceModel, evidence_label, evidence_tiles
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.add_tile import AddTile
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.evidence_delegate import GAP, RING, EvidenceDelegate
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.pressing import Pressing
from diag_app.ui.widgets.scroll import slim_scroll_bars


class TileView(Pressing, QListView):
    """The list of tiles; Enter opens the current one, Delete asks to take it off the answer."""

    removed = Signal(QModelIndex)
    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take off on Delete, move on arrows, leave letters to the page."""
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removed.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class EvidenceStrip(QWidget):
    """Shows the evidence of `target`, opens an item on its page, and starts the watch of a folder.

    Replace `choose_folder` to answer the dialog by program.

    Signals:
        add_requested(): choose files. files_given(list of Path), picture_given(bytes of a PNG): dropped or pasted.
        unlink_requested(evidence id): take one off this answer.
    """

    add_requested = Signal()
    files_given = Signal(object)
    unlink_requested = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, translate = context.theme, context.translate
        self.context, self.theme, self.translate = context, theme, translate
        self.target = Target(page="evidence")
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self.model = EvidenceModel(translate, context.evidence.thumbnails.is_here, self)
        self.delegate = EvidenceDelegate(theme, translate, context.evidence.thumbnails)
        self.view = self._make_view()
        context.evidence.thumbnails.arrived.connect(self.view.viewport().update)
        self.title: QLabel = label("", theme, "dense", bold=True)
        self.hint = ElidedLabel("", theme, "caption", colour="text_2")
        self.add_tile = AddTile(translate("Drop, paste, or press E"), theme)
        self.add_tile.clicked.connect(self.add_requested)
        self.watch_button = Button(translate("Watch a folder"), theme, "text", icon="folder-sync", small=True)
        self.watch_button.clicked.connect(self.watch_folder)
        self.notice = NoticeLine(theme)
        context.evidence.folder.changed.connect(self._show_watch)
        self.setAcceptDrops(True)
        self._arrange()
        self._show_watch()

    def show_evidence(self, case: CaseView, target: str, hints: tuple[EvidenceHint, ...]) -> None:
        """Show the evidence of `target` and what is usually asked."""
        if self.target.item != target:
            self.notice.clear()
        self.target = Target(
            page="evidence",
            enterprise_id=case.assessment.enterprise_id,
            assessment_id=case.assessment.assessment_id,
            item=target,
        )
        if self.isVisible():
            self._point()
        tiles = evidence_tiles(case, target, self.translate)
        self.model.set_rows(tiles)
        self.title.setText(self.translate("Evidence {count}", count=len(tiles)))
        usual = self.translate(", ").join(hint.text.text(self.translate.language) for hint in hints)
        self.hint.set_text(self.translate("Usually: {hints}", hints=usual) if usual else "")
        self._fit()

    def say_known(self, items: Sequence[Evidence]) -> None:
        """Say which files were here already and support this answer too, now."""
        names = self.translate(", ").join(f"{evidence_label(item)} {item.name}" for item in items)
        text = self.translate("Here already, linked to this answer: {names}. Stored once.", names=names)
        self.notice.show_notice("info", text, ((self.translate("Close"), self.notice.clear),))

    def watch_folder(self) -> None:
        """Let the person choose a folder and watch it."""
        folder = self.choose_folder()
        if folder is not None:
            self._point()
            self.context.evidence.folder.start(folder)

    def open_item(self, index: QModelIndex) -> None:
        """Show an item on the page of evidence, among those of this answer."""
        item = self.model.row_at(index).evidence.evidence_id
        self.context.navigate(replace(self.target, item=f"{item}:{self.target.item}"))

    def showEvent(self, event: QShowEvent) -> None:
        """Let new pictures of a watched folder land here."""
        super().showEvent(event)
        self._point()

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
        view.opened.connect(self.open_item)
        view.clicked.connect(self.open_item)
        view.removed.connect(lambda index: self.unlink_requested.emit(self.model.row_at(index).evidence.evidence_id))
        return view

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        head.addWidget(self.watch_button)
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
        column.addWidget(self.notice)

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

    def _point(self) -> None:
        if self.target.assessment_id is not None and self.target.item is not None:
            self.context.evidence.folder.point_at(self.target.assessment_id, self.target.item)

    def _show_watch(self) -> None:
        self.watch_button.setVisible(self.context.evidence.folder.folder is None)

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self.window(), self.translate("Watch a folder"))
        return Path(chosen) if chosen else None
