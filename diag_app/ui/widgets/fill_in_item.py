"""One question or scenario of the fill-in sheet: each field with its value, a copy button and a tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from diag_app.forms.definition import Pack
from diag_app.model.fill_in import FillField, FillItem
from diag_app.model.fill_in_document import entered_words, field_label, field_texts, field_unit, item_lines, item_title
from diag_app.model.proposal.voice import Voice
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button, IconButton
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.labels import label, set_colour
from diag_app.ui.widgets.tick_box import TickBox

_NAMES, _VALUES, _TICKS = 230, 150, 190


class FillItemCard(Card):
    """Shows one item. `ticked(field id, on)`, `copied(text, what)`."""

    ticked = Signal(str, bool)
    copied = Signal(str, str)

    def __init__(self, item: FillItem, pack: Pack, voice: Voice, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=12, parent=parent)
        self._theme, self._voice, self._pack = theme, voice, pack
        self.item = item
        self.title = item_title(item, pack, voice)
        self.ticks: dict[str, TickBox] = {}
        self.values: dict[str, QLabel] = {}
        self._words: dict[str, QLabel] = {}
        self._copies: dict[str, IconButton] = {}
        translate = voice.translate
        head = QHBoxLayout()
        head.addWidget(label(self.title, theme, "body", bold=True), 1)
        self.copy_all = Button(translate("Copy all of it"), theme, "text", icon="copy", small=True)
        self.copy_all.setAccessibleName(translate("Copy all of {what}", what=self.title))
        self.copy_all.clicked.connect(self.copy_item)
        head.addWidget(self.copy_all)
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for row, field in enumerate(item.fields):
            self._add_row(grid, row, field)
        self.body.addLayout(grid)
        self.show_item(item)

    def show_item(self, item: FillItem) -> None:
        """Show the values and ticks of the same fields as they stand now."""
        self.item = item
        translate = self._voice.translate
        for field in item.fields:
            value = self.values[field.field_id]
            value.setText(field.value or translate("no answer"))
            lines = list(field_texts(field, self._pack, self._voice))
            if field.is_derived:
                lines.append(translate("from the figures above"))
            self._words[field.field_id].setText("\n".join(lines))
            self._copies[field.field_id].setEnabled(bool(field.value))
            tick = self.ticks[field.field_id]
            tick.setEnabled(bool(field.value) or field.entered is not None)
            tick.setText(entered_words(field, self._voice) or translate("entered"))
            tick.setAccessibleName(f"{self._name(field)}: {tick.text()}")
            tick.show_tick(field.is_entered, translate("type it in again") if field.has_lapsed else "")
            set_colour(value, self._theme, "warning" if field.has_lapsed else "text" if field.value else "text_3")

    def copy_field(self, field_id: str) -> None:
        """Copy one value as it is typed."""
        field = next(field for field in self.item.fields if field.field_id == field_id)
        if field.value:
            self.copied.emit(field.value, self._name(field))

    def copy_item(self) -> None:
        """Copy every field that has a value, with its name and words."""
        self.copied.emit(item_lines(self.item, self._pack, self._voice), self.title)

    def _add_row(self, grid: QGridLayout, row: int, field: FillField) -> None:
        theme, translate = self._theme, self._voice.translate
        unit = field_unit(field, self._pack, self._voice)
        words = label("", theme, "dense", colour="text_2", wrap=True)
        name = label(self._short(field), theme, "dense", colour="text_2", wrap=True)
        name.setFixedWidth(_NAMES)
        for text in (name, words):
            text.setContentsMargins(0, 4, 0, 0)
        value = label("", theme, "body", bold=True, wrap=True)
        copy = IconButton("copy", translate("Copy {what}", what=self._name(field)), theme)
        copy.clicked.connect(lambda: self.copy_field(field.field_id))
        tick = TickBox("", theme)
        tick.setFixedWidth(_TICKS)
        tick.clicked.connect(lambda on: self.ticked.emit(field.field_id, on))
        figure = QHBoxLayout()
        figure.setSpacing(6)
        figure.addWidget(value)
        if unit:
            figure.addWidget(label(unit, theme, "caption", colour="text_3"))
        figure.addStretch(1)
        cell = QWidget()
        cell.setFixedWidth(_VALUES)
        cell.setLayout(figure)
        figure.setContentsMargins(0, 3, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(name, row, 0, top)
        grid.addWidget(cell, row, 1, top)
        grid.addWidget(words, row, 2, top)
        grid.addWidget(copy, row, 3, top)
        grid.addWidget(tick, row, 4, top)
        key = field.field_id
        self.values[key], self._words[key], self._copies[key], self.ticks[key] = value, words, copy, tick

    def _short(self, field: FillField) -> str:
        return field_label(field, self._pack, self._voice)

    def _name(self, field: FillField) -> str:
        return f"{self.title} {self._short(field)}"
