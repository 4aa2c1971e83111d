"""The options of one question: rows in a box, in one or two columns, chosen by click, digit or arrow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from diag_app.forms.definition import Question, QuestionKind
from diag_app.forms.scorecard import QuestionScore
from diag_app.i18n import Translator
from diag_app.ui.models.figures import option_columns, option_key, points_text
from diag_app.ui.models.what_if import after_press
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.option_row import CheckRow, OptionContent, OptionRow, RadioRow, Tag


class OptionList(QWidget):
    """Shows one question's options. `chosen` carries the keys of all options chosen after the press."""

    chosen = Signal(object)

    def __init__(self, question: Question, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.theme = theme
        self.translate = translate
        self.rows: dict[str, OptionRow] = {}
        self._selected: tuple[str, ...] = ()
        self._is_tried = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        columns = option_columns(question)
        height = -(-len(question.options) // columns)
        for position, option in enumerate(question.options):
            row = self._make_row(position, height)
            self.rows[option.key] = row
            self._group.addButton(row, position)
            grid.addWidget(row, position % height, position // height)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self._group.idClicked.connect(self._clicked)

    @property
    def is_multiple(self) -> bool:
        """Return whether several options may be chosen."""
        return self.question.kind is QuestionKind.MULTIPLE

    def show_score(self, score: QuestionScore, *, is_tried: bool = False) -> None:
        """Show what is chosen and whence: a derived option counts as chosen until one is picked by hand."""
        self._selected, self._is_tried = score.options, is_tried
        for position, option in enumerate(self.question.options):
            row = self.rows[option.key]
            row.setChecked(option.key in score.options)
            row.show_content(self._content(position, self._tag(option.key, score)))

    def preview(self, keys: tuple[str, ...]) -> None:
        """Show options as chosen before the case is scored anew; `show_score` follows."""
        self._selected = keys
        for key, row in self.rows.items():
            row.setChecked(key in keys)

    def choose_position(self, position: int) -> bool:
        """Choose the option at `position` as a press of its row would; return false when there is none."""
        if not 0 <= position < len(self.question.options):
            return False
        row = self.rows[self.question.options[position].key]
        row.setFocus()
        row.click()
        return True

    def focus_option(self) -> None:
        """Put the focus on the chosen option, or on the first."""
        key = self._selected[0] if self._selected and self._selected[0] in self.rows else self.question.options[0].key
        self.rows[key].setFocus()

    def _clicked(self, position: int) -> None:
        key = self.question.options[position].key
        self.chosen.emit(after_press(self.question, self._selected, key))

    def _make_row(self, position: int, height: int) -> OptionRow:
        content = self._content(position, None, height)
        if self.is_multiple:
            return CheckRow(content, self.theme, self)
        row = RadioRow(content, self.theme, self)
        row.setAutoExclusive(False)
        return row

    def _tag(self, key: str, score: QuestionScore) -> Tag | None:
        if self._is_tried and key in score.options:
            return "tried"
        if score.derived is None:
            return None
        if score.derived.option == key:
            return "derived"
        return "by_hand" if score.state == "chosen" and key in score.options else None

    def _content(self, position: int, tag: Tag | None, height: int = 0) -> OptionContent:
        option = self.question.options[position]
        height = height or -(-len(self.question.options) // option_columns(self.question))
        words: dict[Tag, str] = {
            "derived": self.translate("from the numbers"),
            "by_hand": self.translate("chosen by hand"),
            "tried": self.translate("not stored"),
        }
        return OptionContent(
            key=option.key,
            mark=option_key(position),
            text=option.label.text(self.translate.language),
            points=points_text(option.points, self.translate.language),
            tag=tag,
            tag_text=words[tag] if tag else "",
            is_first=position % height == 0,
            is_last=position % height == height - 1 or position == len(self.question.options) - 1,
            is_one_of_many=option_columns(self.question) > 1,
        )
