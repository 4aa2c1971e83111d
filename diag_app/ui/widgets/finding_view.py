"""What a rule found: glyph, sentence, the answers to go to, and a line in which a reason explains it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.i18n.rule_words import SEVERITIES
from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.models.findings import AnswerLink, FindingRow
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.flow import FlowLayout
from diag_app.ui.widgets.labels import label, set_colour

GLYPHS = {  # by severity: what cannot be, what is unlikely, what is worth asking
    "error": ("octagon-alert", "error"),
    "warning": ("triangle-alert", "warning"),
    "hint": ("circle-question-mark", "text_2"),
}
_GLYPH = 14


class FindingView(QWidget):
    """Shows one `FindingRow`. It stores nothing; its signals say what the person did.

    Signals:
        open_target(id), explained(key, reason), taken_back(key).
    """

    open_target = Signal(str)
    explained = Signal(str, str)
    taken_back = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, *, links: int = 0) -> None:
        """`links` is how many answers are named, by their short names; 0 names all in full."""
        super().__init__()
        self.theme, self.translate, self._links = theme, translate, links
        self.row: FindingRow | None = None
        self._is_trial = False
        self.glyph = QLabel()
        self.glyph.setFixedWidth(_GLYPH)
        self.glyph.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.sentence = label("", theme, "dense", wrap=True)
        self.said = label("", theme, "caption", colour="text_2", wrap=True)
        self._flow = FlowLayout()
        self.buttons: dict[str, Button] = {}
        self.explain_button = Button(translate("Explain…"), theme, "text", small=True)
        self.explain_button.clicked.connect(self.ask_reason)
        self.back_button = Button(translate("Take back"), theme, "text", small=True)
        self.back_button.clicked.connect(self._take_back)
        self.reason = LineField(theme, translate("What explains it"), placeholder=translate("What explains it"))
        self.reason.installEventFilter(self)
        self.hint = label(translate("Enter stores it, Esc leaves it."), theme, "caption", colour="text_3", wrap=True)
        self._arrange()

    def show_row(self, row: FindingRow, *, is_trial: bool = False) -> None:
        """Show a finding; a reason that is being typed stays. In a trial nothing is explained."""
        if (row, is_trial) == (self.row, self._is_trial):
            return  # laying out wrapped text again costs more than all rules
        if self.row is None or self.row.links != row.links:
            self._make_links(row.links)
        self.row, self._is_trial = row, is_trial
        icon, colour = ("circle-check", "text_2") if row.state == "explained" else GLYPHS[row.severity]
        self.glyph.setPixmap(themed_icon(icon, self.theme, _GLYPH, colour=colour).pixmap(_GLYPH, _GLYPH))
        self.glyph.setAccessibleName(self.translate(SEVERITIES[row.severity]))
        self.sentence.setText(row.text)
        set_colour(self.sentence, self.theme, "text_2" if row.state == "explained" else "text")
        self.said.setText(self._said(row))
        self.said.setVisible(bool(row.said))
        self.explain_button.setVisible(not is_trial and row.state != "explained")
        self.back_button.setVisible(not is_trial and row.state == "explained")
        self.explain_button.setAccessibleName(f"{self.translate('Explain…')} {row.text}")
        self.back_button.setAccessibleName(f"{self.translate('Take back')} {row.text}")
        if is_trial or row.state == "explained":
            self.close_reason()

    def ask_reason(self) -> None:
        """Show the line for the reason."""
        self._show_reason(is_shown=True)
        self.reason.setFocus()
        QTimer.singleShot(0, self, self._scroll_to_reason)  # once the line has its place

    def close_reason(self) -> None:
        """Hide the line and forget what was typed."""
        self._show_reason(is_shown=False)
        self.reason.load("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store the reason on Enter, leave it on Esc."""
        if watched is self.reason and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._explain()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_reason()
                self.explain_button.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _scroll_to_reason(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and self.hint.isVisible():
            area.ensureWidgetVisible(self.hint)

    def _explain(self) -> None:
        text = self.reason.text().strip()
        if not text:
            self._say(self.translate("Without a reason nothing is stored."), "error")
            self.reason.set_error(self.hint.text())
        elif self.row is not None:
            self.explained.emit(self.row.key, text)

    def _take_back(self) -> None:
        if self.row is not None:
            self.taken_back.emit(self.row.key)

    def _show_reason(self, *, is_shown: bool) -> None:
        self.reason.set_error("")
        self._say(self.translate("Enter stores it, Esc leaves it."), "text_3")
        self.reason.setVisible(is_shown)
        self.hint.setVisible(is_shown)

    def _say(self, text: str, colour: str) -> None:
        self.hint.setText(text)
        set_colour(self.hint, self.theme, colour)

    def _said(self, row: FindingRow) -> str:
        words = f"{row.said}  ({row.by})"
        if row.state == "lapsed":
            return self.translate("Explained before an answer changed: {words}", words=words)
        return self.translate("Explained: {words}", words=words)

    def _make_links(self, links: tuple[AnswerLink, ...]) -> None:
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for link in links[: self._links or None]:
            name = link.code if self._links else link.name
            button = Button(f"{name} →", self.theme, "text", small=True)
            button.setAccessibleName(self.translate("Open {answer}", answer=link.name))
            button.clicked.connect(self._opener(link.target))
            self.buttons[link.name] = button
        for widget in (self.explain_button, self.back_button):
            self._flow.removeWidget(widget)
        for widget in (*self.buttons.values(), self.explain_button, self.back_button):
            self._flow.add(widget)

    def _opener(self, target: str) -> Callable[[], None]:
        def open_it() -> None:
            self.open_target.emit(target)

        return open_it

    def _arrange(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self.sentence)
        column.addWidget(self.said)
        column.addLayout(self._flow)
        column.addWidget(self.reason)
        column.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self.glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.glyph.setContentsMargins(0, 2, 0, 0)
        self._show_reason(is_shown=False)


class FindingList(QWidget):
    """Findings below each other; each keeps its line while it is shown. Its signals are those of the lines."""

    open_target = Signal(str)
    explained = Signal(str, str)
    taken_back = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, *, links: int = 0, gap: int = 6) -> None:
        super().__init__()
        self.theme, self.translate, self._links = theme, translate, links
        self.views: dict[str, FindingView] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)

    def show_rows(self, rows: tuple[FindingRow, ...], *, is_trial: bool = False) -> None:
        """Show these findings in this order."""
        wanted = {row.key for row in rows}
        for key in [key for key in self.views if key not in wanted]:
            view = self.views.pop(key)
            self._column.removeWidget(view)
            view.hide()
            view.deleteLater()
        for place, row in enumerate(rows):
            view = self.views.get(row.key) or self._made(row.key)
            view.show_row(row, is_trial=is_trial)
            if self._column.indexOf(view) != place:
                self._column.removeWidget(view)
                self._column.insertWidget(place, view)
        self.setVisible(bool(rows))

    def _made(self, key: str) -> FindingView:
        view = FindingView(self.theme, self.translate, links=self._links)
        view.open_target.connect(self.open_target)
        view.explained.connect(self.explained)
        view.taken_back.connect(self.taken_back)
        self.views[key] = view
        return view
