"""The recovery sheet on the screen: 24 numbered words, and the few that are asked back from the paper."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import FormRow
from diag_app.ui.widgets.labels import label

_COLUMNS, _ASKED = 4, 4


class SheetView(QWidget):
    """Shows the words until `clear`; they are in no file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show the words, numbered from 1, downwards in columns."""
        self.clear()
        rows = -(-len(words) // _COLUMNS)
        for place, word in enumerate(words):
            column, row = 2 * (place // rows), place % rows
            number = label(f"{place + 1}", self._theme, "dense", colour="text_3")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            text = label(word, self._theme, "strong")
            text.setAccessibleName(f"{place + 1}: {word}")
            self._grid.addWidget(number, row, column)
            self._grid.addWidget(text, row, column + 1)
            self._grid.setColumnMinimumWidth(column, 24)
            self._grid.setColumnStretch(column + 1, 1)
            self._words += [number, text]

    def clear(self) -> None:
        """Forget the words."""
        for shown in self._words:
            shown.setText("")
            shown.deleteLater()
        self._words.clear()


class SheetCheck(QWidget):
    """Asks a few words of the sheet, at places chosen by chance; `entered()` on Enter in the last field."""

    entered = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.places: tuple[int, ...] = ()  # of the words asked for, counted from 1
        self._expected: tuple[str, ...] = ()
        self.rows: list[FormRow] = []
        self.fields: list[LineField] = []

    def ask(self, words: tuple[str, ...]) -> None:
        """Ask for some of the words."""
        self.clear()
        self.places = tuple(sorted(secrets.SystemRandom().sample(range(1, len(words) + 1), _ASKED)))
        self._expected = tuple(words[place - 1] for place in self.places)
        for place in self.places:
            name = self._translate("Word {number}", number=place)
            field = LineField(self._theme, name)
            row = FormRow(name, field, self._theme)
            field.textEdited.connect(lambda _text, row=row: row.show_note())
            field.returnPressed.connect(self._on_return)
            self._row.addWidget(row, 1)
            self.fields.append(field)
            self.rows.append(row)

    def check(self) -> bool:
        """Return whether every word is right; else say so at each that is not."""
        wrong = []
        for row, field, word in zip(self.rows, self.fields, self._expected, strict=True):
            if field.text().strip().lower() != word:
                row.show_error(self._translate("Not this word; look at the paper."))
                wrong.append(field)
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def clear(self) -> None:
        """Forget the words and what was typed."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows, self.fields, self._expected = [], [], ()

    def _on_return(self) -> None:
        here = next((place for place, field in enumerate(self.fields) if field.hasFocus()), -1)
        if 0 <= here < len(self.fields) - 1:
            self.fields[here + 1].setFocus()
        else:
            self.entered.emit()
