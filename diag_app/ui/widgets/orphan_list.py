"""Loose ends of the chain, each with a field for the reason why it is left so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.models.path import OrphanRow
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import scroll_area

PAD, WRAPPED_ROW, MOST = 12, 74, 160  # pixels around the rows, of one in a narrow panel, of all before they scroll


class OrphanList(QWidget):
    """Signal `excused(key, reason)` when a reason was typed; hidden while nothing is loose."""

    excused = Signal(str, str)

    def __init__(self, theme: Theme, translate: Translator, *, row_height: int = WRAPPED_ROW) -> None:
        super().__init__()
        self._row_height = row_height
        self._theme, self._translate = theme, translate
        self._rows: tuple[OrphanRow, ...] = ()
        self.fields: dict[str, LineField] = {}
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(14, 6, 14, 6)
        self._column.setSpacing(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll_area(inner, theme))
        self.hide()

    def show_rows(self, rows: tuple[OrphanRow, ...]) -> None:
        """Show the loose ends; a field that is typed in stays as long as the same ends are loose."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            for row in rows:
                self.fields[row.key].load(row.reason)
        else:
            self._build(rows)
        self._rows = rows
        self.setVisible(bool(rows))
        self.setFixedHeight(min(MOST, PAD + self._row_height * len(rows)))

    def flush(self) -> None:
        """Announce what is typed."""
        for field in self.fields.values():
            field.flush()

    def _build(self, rows: tuple[OrphanRow, ...]) -> None:
        clear_layout(self._column)
        self.fields = {}
        for row in rows:
            words = label(row.words, self._theme, "caption", colour="text_2" if row.reason else "warning", wrap=True)
            field = LineField(self._theme, row.words, placeholder=self._translate("reason why it is left so"))
            field.load(row.reason)
            field.setCursorPosition(0)
            field.rested.connect(lambda text, key=row.key: self.excused.emit(key, text))
            self.fields[row.key] = field
            self._column.addWidget(words)
            self._column.addWidget(field)
