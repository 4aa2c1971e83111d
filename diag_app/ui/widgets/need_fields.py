"""The fields of a need's form: figures, choices, texts and tables, each with why it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.need_details import FieldColumn, FieldKind, NeedDetails, NeedField, NeedForms
from diag_app.forms.need_values import Value, value_from
from diag_app.i18n import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField, NumberField, read_number
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.need_section import TagRow, two_columns

Show = Callable[[Value | None], None]


class TableField(QWidget):
    """Rows of cells with one empty row to go on with. `changed(rows)`."""

    changed = Signal(object)

    def __init__(self, field: NeedField, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.field, self.theme, self.translate = field, theme, translate
        self.cells: list[dict[str, LineField | ComboField]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._shown: Value | None = ()

    def show_rows(self, rows: Value | None) -> None:
        """Show the rows recorded, and an empty one."""
        if rows == self._shown and self.cells:
            return
        self._shown = rows
        clear_layout(self._grid)
        self.cells = []
        language = self.translate.language
        for place, column in enumerate(self.field.columns):
            self._grid.addWidget(label(column.label.text(language), self.theme, "caption", colour="text_2"), 0, place)
        for row in (*(rows if isinstance(rows, tuple) else ()), {}):
            if isinstance(row, Mapping):
                self._add_row(row)

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for row in self.cells:
            for cell in row.values():
                if isinstance(cell, LineField):
                    cell.flush()

    def _add_row(self, row: Mapping[str, str | Decimal]) -> None:
        number = len(self.cells) + 1
        made: dict[str, LineField | ComboField] = {}
        for place, column in enumerate(self.field.columns):
            cell = self._cell(column, number, row.get(column.column_id))
            self._grid.addWidget(cell, number, place)
            made[column.column_id] = cell
        self.cells.append(made)

    def _cell(self, column: FieldColumn, number: int, value: str | Decimal | None) -> LineField | ComboField:
        language = self.translate.language
        name = self.translate("{name}, row {number}", name=column.label.text(language), number=number)
        if column.kind is FieldKind.CHOICE:
            options = ((option.option_id, option.label.text(language)) for option in column.options)
            combo = ComboField(self.theme, name, (("", "–"), *options))
            combo.set_key(str(value or ""))
            combo.activated.connect(self._take)
            return combo
        line: LineField = LineField(self.theme, name)
        line.load("" if value is None else format(value, "f") if isinstance(value, Decimal) else value)
        line.rested.connect(self._take)
        return line

    def _take(self, _value: object) -> None:
        rows: list[dict[str, str | Decimal]] = []
        for made in self.cells:
            row: dict[str, str | Decimal] = {}
            for column in self.field.columns:
                cell = made[column.column_id]
                text = cell.key if isinstance(cell, ComboField) else cell.text().strip()
                figure = read_number(text) if column.kind is FieldKind.NUMBER and text else None
                is_wrong = column.kind is FieldKind.NUMBER and bool(text) and figure is None
                if isinstance(cell, LineField):
                    cell.set_error(
                        self.translate("Not a number. Digits and one point, nothing else.") if is_wrong else ""
                    )
                if text and not is_wrong:
                    row[column.column_id] = text if figure is None else figure
            if row:
                rows.append(row)
        self.changed.emit(tuple(rows))


class FormFields(QWidget):
    """All fields of one form. `changed(field id, value or null)`."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.controls: dict[str, QWidget] = {}
        self._fields: dict[str, NeedField] = {}
        self._show: dict[str, Show] = {}
        self._form_id = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_entries(self, details: NeedDetails, forms: NeedForms, entries: Mapping[str, Any], width: int) -> None:
        """Show what is recorded in the form; a field being typed in keeps its text."""
        if details.form_id != self._form_id:
            self._build(details, forms, width)
        for field_id, field in self._fields.items():
            stored = entries.get(field_id)
            self._show[field_id](None if stored is None else value_from(field, stored))

    def filled(self, entries: Mapping[str, Any]) -> int:
        """Return how many of the form's fields are recorded."""
        return sum(1 for field_id in self._fields if field_id in entries)

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for control in self.controls.values():
            if isinstance(control, LineField | TableField):
                control.flush()

    def _build(self, details: NeedDetails, forms: NeedForms, width: int) -> None:
        self.flush()
        self._form_id = details.form_id
        clear_layout(self._column)
        self.controls, self._show = {}, {}
        self._fields = {field.field_id: field for field in details.fields}
        grid = QGridLayout()
        two_columns(grid)
        row = place = 0
        for field in details.fields:
            is_wide = field.kind in (FieldKind.TABLE, FieldKind.MULTIPLE)
            if is_wide and place:
                row, place = row + 1, 0
            grid.addLayout(self._cell(field, forms, width), row, place, 1, 2 if is_wide else 1)
            row, place = (row + 1, 0) if is_wide or place else (row, 1)
        self._column.addLayout(grid)

    def _cell(self, field: NeedField, forms: NeedForms, width: int) -> QVBoxLayout:
        language = self.translate.language
        name, why = field.label.text(language), field.why.text(language)
        unit = forms.units[field.unit].text(language) if field.unit else ""
        control, show = self._control(field, name, unit, width)
        title = label(name, self.theme, "dense")
        title.setBuddy(control)
        because = label(why, self.theme, "caption", colour="text_2", wrap=True)
        control.setToolTip(why)
        control.setAccessibleDescription(why)
        cell = QVBoxLayout()
        cell.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        cell.addLayout(head)
        cell.addWidget(control)
        cell.addWidget(because)
        cell.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.controls[field.field_id], self._show[field.field_id] = control, show
        return cell

    def _control(self, field: NeedField, name: str, unit: str, width: int) -> tuple[QWidget, Show]:
        language, key = self.translate.language, field.field_id
        if field.kind is FieldKind.NUMBER:
            number = NumberField(
                self.theme, name, error=self.translate("Not a number. Digits and one point, nothing else."), unit=unit
            )
            number.number_rested.connect(lambda value: self.changed.emit(key, value))
            return number, lambda value: _load_number(number, value)
        if field.kind is FieldKind.CHOICE:
            options = ((option.option_id, option.label.text(language)) for option in field.options)
            combo = ComboField(self.theme, name, (("", self.translate("not said")), *options))
            combo.activated.connect(lambda _place: self.changed.emit(key, combo.key or None))
            return combo, lambda value: combo.set_key(value if isinstance(value, str) else "")
        if field.kind is FieldKind.MULTIPLE:
            tags = TagRow(self.theme, name)
            tags.set_tags({option.option_id: option.label.text(language) for option in field.options}, width)
            tags.chosen.connect(lambda keys: self.changed.emit(key, keys or None))
            return tags, lambda value: tags.set_value(
                tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()
            )
        if field.kind is FieldKind.TABLE:
            table = TableField(field, self.theme, self.translate)
            table.changed.connect(lambda rows: self.changed.emit(key, rows or None))
            return table, table.show_rows
        line = LineField(self.theme, name)
        line.rested.connect(lambda text: self.changed.emit(key, text or None))
        return line, lambda value: _load_text(line, value)


class FormSection(QWidget):
    """The form, folded until wanted: a button says how much of it is filled."""

    opened = Signal(QWidget)  # a part that the page scrolls to

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.translate = translate
        self.fields = FormFields(theme, translate)
        self.fields.hide()
        self.button = Button("", theme, "text", icon="chevron-right", small=True)
        self.button.clicked.connect(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.button)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.fields)
        self._counts = (0, 0)

    def show_entries(self, details: NeedDetails, forms: NeedForms, entries: Mapping[str, Any], width: int) -> None:
        """Show what is recorded in the form."""
        self.setVisible(bool(details.fields))
        self.fields.show_entries(details, forms, entries, width)
        self._counts = (self.fields.filled(entries), len(details.fields))
        self._show_button()

    def toggle(self) -> None:
        """Unfold the form, or fold it."""
        self.fields.setVisible(self.fields.isHidden())
        self._show_button()
        if not self.fields.isHidden():
            self.opened.emit(self.button)
            next(iter(self.fields.controls.values())).setFocus()

    def _show_button(self) -> None:
        icon = "chevron-right" if self.fields.isHidden() else "chevron-down"
        words = self.translate("Form: {done} of {all} recorded", done=self._counts[0], all=self._counts[1])
        self.button.set_content(words, icon=icon)
        self.button.setAccessibleName(words)


def _load_number(field: NumberField, value: Value | None) -> None:
    if not (field.hasFocus() and field.error):
        field.load_number(value if isinstance(value, Decimal) else None)


def _load_text(field: LineField, value: Value | None) -> None:
    if not field.is_typed_in:
        field.load(value if isinstance(value, str) else "")
        field.setCursorPosition(0)
