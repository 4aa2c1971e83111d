"""The left pane of the needs page: the recorded needs as cards, and what the gap suggests."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QListView, QSizePolicy, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import scenario_name
from diag_app.ui.models.needs import NeedsModel, Suggestion, need_cards, suggestions
from diag_app.ui.paint import paint_badge, paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.need_delegate import NeedDelegate
from diag_app.ui.widgets.pressing import Pressing
from diag_app.ui.widgets.scroll import slim_scroll_bars

_WIDTH = 312
_STEP = 60


class NeedView(Pressing, QListView):
    """The cards; Enter goes into the editor, letters are left to the page."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class SuggestionLine(QAbstractButton):
    """A scenario short of the next level; a press makes it a need."""

    def __init__(self, suggestion: Suggestion, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.ring_radius = 6.0
        self._suggestion, self._theme, self._translate = suggestion, theme, translate
        scenario = suggestion.scenario
        self._name = scenario_name(scenario, translate.language)
        self._short = scenario.short.text(translate.language)
        self._gap = translate("{level} to {target}", level=suggestion.level, target=suggestion.target)
        self._action = translate("Make a need")
        self.setAccessibleName(f"{self._action}: {self._name}, {self._gap}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return one line's size."""
        return QSize(200, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, badge, gap and what a press does."""
        painter = QPainter(self)
        theme, rect = self._theme, QRectF(self.rect())
        fill = "hover" if self.underMouse() else None
        paint_frame(painter, rect, theme, fill=fill, line="border_strong", dashed=True)
        metrics = theme.metrics("dense")
        action = metrics.horizontalAdvance(self._action) + 2
        end = QRectF(rect.right() - 10 - action, 0, action, rect.height())
        paint_text(painter, end, self._action, theme, colour="accent")
        paint_icon(painter, QPointF(end.left() - 18, rect.center().y() - 7), "plus", theme, 14, "accent")
        room = end.left() - 24 - 10 - _STEP
        name = self._name if metrics.horizontalAdvance(self._name) < room else self._short
        width = min(float(metrics.horizontalAdvance(name) + 4), room)
        paint_text(painter, QRectF(10, 0, width, rect.height()), name, theme)
        top = rect.center().y() - 9
        paint_badge(painter, QRectF(12 + width, top, 18, 18), self._suggestion.level, theme)
        arrow = QRectF(30 + width, 0, 16, rect.height())
        paint_text(painter, arrow, "→", theme, colour="text_3", align=Qt.AlignmentFlag.AlignHCenter)
        paint_badge(painter, QRectF(46 + width, top, 18, 18), self._suggestion.target, theme, target=True)
        painter.end()


class NeedList(Panel):
    """Shows the needs of a case.

    Signals:
        moved(need id), opened(): go into the editor, new_requested(), taken(Suggestion).
    """

    moved = Signal(str)
    opened = Signal()
    new_requested = Signal()
    taken = Signal(object)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="right", fill="window", parent=parent)
        self.theme, self.translate = theme, translate
        self.setFixedWidth(_WIDTH)
        self.model = NeedsModel(translate, self)
        self._delegate = NeedDelegate(theme, translate)
        self.view = NeedView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(translate("Needs"))
        self.view.viewport().setAutoFillBackground(False)
        slim_scroll_bars(self.view, theme)
        self.view.selectionModel().currentChanged.connect(self._on_moved)
        self.view.opened.connect(self.opened)
        self.title = label("", theme, "strong")
        self.new_button = Button(translate("New need"), theme, icon="plus", small=True)
        self.new_button.clicked.connect(self.new_requested)
        self._suggest_title = label(
            translate("Suggested by the gap, not needs yet"), theme, "caption", colour="text_2", wrap=True
        )
        self._suggestions = QVBoxLayout()
        self._suggestions.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.new_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self._suggest_title)
        foot.addLayout(self._suggestions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(4)
        head.setContentsMargins(12, 10, 12, 4)
        column.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addWidget(self.view)
        column.addLayout(inner, 1)
        column.addLayout(foot)

    def show_case(self, case: CaseView, need_id: str | None, left_out: Collection[str]) -> None:
        """Show the needs with the cursor on `need_id`, and up to three suggestions."""
        self.model.set_rows(need_cards(case, left_out))
        self.title.setText(self.translate("Needs {count}", count=len(self.model.rows)))
        place = self.model.position_of(need_id)
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place))
        clear_layout(self._suggestions)
        found = suggestions(case)
        self._suggest_title.setVisible(bool(found))
        for suggestion in found:
            line = SuggestionLine(suggestion, self.theme, self.translate)
            line.clicked.connect(lambda _checked=False, taken=suggestion: self.taken.emit(taken))
            self._suggestions.addWidget(line)

    def step(self, by: int) -> None:
        """Put the cursor on the next or previous need."""
        place = self.view.currentIndex().row() + by
        if 0 <= place < len(self.model.rows):
            self.view.setCurrentIndex(self.model.index(place))

    def _on_moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.moved.emit(self.model.row_at(index).need.need_id)
