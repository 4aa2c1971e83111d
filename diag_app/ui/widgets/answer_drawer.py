"""The drawer beside an answer: its comments and its history."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from diag_app.operations.history import answer_history
from diag_app.operations.review import add_comment, reopen_comment, resolve_comment
from diag_app.ui.models.answer_events import EventLine, event_lines
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import target_name
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.buttons import IconButton
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.comment_thread import CommentThread
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.segmented import Segmented

Tab = Literal["comments", "history"]
_MOST_LINES = 200


class AnswerDrawer(Panel):
    """Shows one answer's comments or history and stores what is commented. `closed` when it is not wanted any more."""

    closed = Signal()

    def __init__(self, context: Context, *, can_close: bool = True) -> None:
        super().__init__(context.theme, edge="left")
        self._session, self._theme, self._translate = context.session, context.theme, context.translate
        self._case: CaseView | None = None
        self.target = ""
        self.setFixedWidth(context.theme.size("live_panel"))
        self.title = ElidedLabel("", context.theme, "body", bold=True)
        translate = context.translate
        self.tabs = Segmented(
            (("comments", translate("Comments"), None), ("history", translate("History"), None)),
            context.theme,
            translate("Comments or history"),
        )
        self.tabs.set_value("comments")
        self.tabs.chosen.connect(self.show_tab)
        self.comments = CommentThread(context.theme, translate)
        self.comments.added.connect(self._add)
        self.comments.settled.connect(self._settle)
        self._history = QVBoxLayout()
        self._history.setSpacing(8)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll_area(self._room(self.comments), context.theme))
        inside = QWidget()
        inside.setLayout(self._history)
        self._stack.addWidget(scroll_area(self._room(inside), context.theme))
        self._arrange(can_close=can_close)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of the history shown."""
        found = (self._history.itemAt(place) for place in range(self._history.count()))
        widgets = (item.widget() for item in found if item is not None)
        return tuple(widget.accessibleName() for widget in widgets if widget is not None)

    def show_answer(self, case: CaseView, target: str) -> None:
        """Show another answer, or the same as it stands now."""
        if target != self.target:
            self.comments.field.load("")
        self._case, self.target = case, target
        self.title.set_text(target_name(case.pack, target, self._translate.language))
        self.comments.show_comments(case.review.comments_of(target))
        if self.tabs.value == "history":
            self._show_history(case)

    def show_tab(self, tab: str) -> None:
        """Show the comments or the history."""
        self.tabs.set_value(tab)
        self._stack.setCurrentIndex(0 if tab == "comments" else 1)
        if self._case is not None:
            self.show_answer(self._case, self.target)

    def focus_comment(self) -> None:
        """Put the focus where a comment is written."""
        self.show_tab("comments")
        self.comments.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, *, can_close: bool) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 0)
        head.addWidget(self.title, 1)
        if can_close:
            close = IconButton("x", self._translate("Close"), self._theme)
            close.clicked.connect(self.closed)
            head.addWidget(close)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 4, 16, 4)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(Rule(self._theme))
        column.addWidget(self._stack, 1)

    def _room(self, inside: QWidget) -> QWidget:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(inside)
        column.addStretch(1)
        return room

    def _show_history(self, case: CaseView) -> None:
        clear_layout(self._history)
        assessment_id = case.assessment.assessment_id
        events = self._session.read(answer_history, assessment_id, self.target, newest=_MOST_LINES) or ()
        lines = event_lines(events[:_MOST_LINES], case, self._session.workspace.roles, self._translate)
        if not lines:
            empty = self._translate("Nothing was recorded here yet.")
            self._history.addWidget(label(empty, self._theme, "dense", colour="text_2", wrap=True))
        for line in lines:
            self._history.addWidget(self._line(line))

    def _line(self, line: EventLine) -> QWidget:
        made = QWidget()
        made.setAccessibleName(f"{line.what}, {line.who}")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        colour = "text_2" if line.is_undo else "text"
        column.addWidget(label(line.what, self._theme, "dense", colour=colour, wrap=True))
        column.addWidget(label(line.who, self._theme, "caption", colour="text_3", wrap=True))
        return made

    def _add(self, text: str) -> None:
        if self._case is not None:
            self._session.do(add_comment, self._case.assessment.assessment_id, self.target, text)

    def _settle(self, comment_id: str, is_settled: bool) -> None:
        self._session.do(resolve_comment if is_settled else reopen_comment, comment_id)
