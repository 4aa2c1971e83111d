"""The left pane of the diagnosis page: how much is answered, and the sections to go to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.sections import SectionsModel, answered_count, section_rows
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.pressing import Pressing
from diag_app.ui.widgets.scroll import slim_scroll_bars
from diag_app.ui.widgets.section_delegate import SectionDelegate

_LONGER = 52  # English names of questions are longer than the width the Chinese ones need


class SectionView(Pressing, QListView):
    """The list; Enter opens, letters are left to the page."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class SectionPanel(Panel):
    """Shows the sections of a case. `opened` carries a question id, or `board`."""

    opened = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="right", parent=parent)
        self.translate = translate
        self.setFixedWidth(theme.size("section_list") + (_LONGER if translate.language == "en" else 0))
        self.model = SectionsModel(translate, self)
        self._delegate = SectionDelegate(theme)
        self.view = SectionView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(translate("Sections"))
        self.view.viewport().setAutoFillBackground(False)
        slim_scroll_bars(self.view, theme)
        self.view.clicked.connect(self._open)
        self.view.opened.connect(self._open)
        self._count: QLabel = label("", theme, "caption", colour="text_2")
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 10)
        head.addWidget(label(translate("Diagnosis"), theme, "body", bold=True))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(theme))
        column.addWidget(self.view, 1)

    def show_case(self, case: CaseView, current: str) -> None:
        """Show the sections with `current` open."""
        self.model.set_rows(section_rows(case, current, self.translate))
        done, total = answered_count(case), len(case.pack.questions)
        self._count.setText(self.translate("{done}/{total} questions", done=done, total=total))
        index = self.model.index_of(current)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row.target:
            self.opened.emit(row.target)
