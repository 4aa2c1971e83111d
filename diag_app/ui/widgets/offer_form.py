"""All measures with their prices as a table, and the form in which the consultant gives one its price and source."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from diag_app.codec import plain_decimal
from diag_app.i18n.translator import Translator
from diag_app.model.economics import Range
from diag_app.model.plan import CaseMeasure, Offer
from diag_app.ui.models.rows import CellsModel
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.fields import LineField, NumberField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.measure_import import state_words
from diag_app.ui.widgets.table import CELL_PAD, FIRST_PAD, Table

TEXTS = ("source", "dated", "owner", "provider", "product")
ENDS = ("low", "likely", "high")


class MeasuresModel(CellsModel[CaseMeasure]):
    """Every measure: name, what the owner says, price, source, weeks."""

    def __init__(self, translate: Translator) -> None:
        headings = (
            translate("Measure"),
            translate("Owner says"),
            translate("Low"),
            translate("Likely"),
            translate("High"),
            translate("Source"),
            translate("Weeks"),
        )
        super().__init__(headings)
        self._translate = translate
        self._states = {**state_words(translate), None: ""}

    def cell(self, row: CaseMeasure, column: int) -> str:
        """Return the text of one cell."""
        cost, offer = row.offer.cost, row.offer
        ends = ("–", "–", "–") if cost is None else tuple(plain_decimal(getattr(cost, end)) for end in ENDS)
        missing = self._translate("no source: enters no plan") if cost is not None and offer.missing else offer.source
        name = row.measure.label.text(self._translate.language)
        return (name, self._states[row.state], *ends, missing, str(row.weeks))[column]

    def is_figure(self, column: int) -> bool:
        """Return whether the column holds figures."""
        return column in (2, 3, 4, 6)


class MeasuresDelegate(QStyledItemDelegate):
    """Cells with room around the text and a hairline under each row."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, hairline and text of one cell."""
        painter.save()
        state, theme = option.state, self._theme
        selected, over = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(option.rect, theme.colour("accent_soft" if selected else "hover" if over else "surface"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        first = FIRST_PAD if index.column() == 0 else 0
        box = QRectF(option.rect).adjusted(CELL_PAD + first, 0, -CELL_PAD, -1)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignHorizontal_Mask
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        paint_text(painter, box, text, theme, bold=index.column() == 0, align=align)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return nothing of its own: rows and columns have fixed sizes."""
        return QSize(0, 0)


class OfferForm(Panel):
    """Signal `offered(measure_id, Offer)` when a price or its source was typed."""

    offered = Signal(str, object)

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__(theme, edge="top", fill="surface_alt")
        self._item: CaseMeasure | None = None
        words = {
            "low": translate("Low"),
            "likely": translate("Likely"),
            "high": translate("High"),
            "source": translate("Source"),
            "dated": translate("Date of the source"),
            "owner": translate("Who answers for it"),
            "provider": translate("Provider"),
            "product": translate("Product"),
        }
        wrong = translate("No number")
        self.title = label("", theme, "dense", bold=True)
        self.error = label("", theme, "caption", colour="error")
        self.ends = {end: NumberField(theme, words[end], error=wrong, unit=translate("10k CNY")) for end in ENDS}
        self.texts = {name: LineField(theme, words[name]) for name in TEXTS}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 16, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0, 1, 5)
        grid.addWidget(self.error, 0, 5, 1, 3, Qt.AlignmentFlag.AlignRight)
        fields: dict[str, LineField] = {**self.ends, **self.texts}
        for column, (name, field) in enumerate(fields.items()):
            grid.addWidget(label(words[name], theme, "caption", colour="text_2"), 1, column)
            grid.addWidget(field, 2, column)
            grid.setColumnStretch(column, 2 if name in ("source", "provider", "product") else 1)
        for end in self.ends.values():
            end.number_rested.connect(self._announce)
        for text in self.texts.values():
            text.rested.connect(self._announce)
        self._translate = translate

    def show_measure(self, item: CaseMeasure | None) -> None:
        """Show what is recorded of a measure."""
        self._item = item
        self.setEnabled(item is not None)
        if item is None:
            return
        self.title.setText(item.measure.label.text(self._translate.language))
        for end, field in self.ends.items():
            field.load_number(None if item.offer.cost is None else getattr(item.offer.cost, end))
        for name, line in self.texts.items():
            line.load(getattr(item.offer, name))
        self.error.setText("")

    def flush(self) -> None:
        """Announce what is typed."""
        for field in (*self.ends.values(), *self.texts.values()):
            field.flush()

    def _announce(self, _value: object) -> None:
        if self._item is None:
            return
        figures = [self.ends[end].value() for end in ENDS]
        known: list[Decimal] = [figure for figure in figures if figure is not None]
        cost = self._item.offer.cost
        if len(known) == len(figures):
            cost = Range(low=known[0], likely=known[1], high=known[2])
        elif not known:
            cost = None
        texts: dict[str, Any] = {name: line.text() for name, line in self.texts.items()}
        self.error.setText(self._translate("Low, likely and high make a price.") if 0 < len(known) < len(ENDS) else "")
        offer: Offer = replace(self._item.offer, cost=cost, **texts)
        if offer != self._item.offer:
            self.offered.emit(self._item.measure_id, offer)


class MeasureTable(QWidget):
    """The table over the form. Signal `offered` of the form; `current` is the measure chosen."""

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.model = MeasuresModel(translate)
        self.table = Table(theme, translate("Measures and prices"), row_height=30)
        self.table.setModel(self.model)
        self.table.setItemDelegate(MeasuresDelegate(theme, self.table))
        self.form = OfferForm(theme, translate)
        header = self.table.horizontalHeader()
        for place, width in enumerate((0, 90, 64, 64, 64, 230, 60)):
            self.table.setColumnWidth(place, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.moved.connect(lambda _index: self._show_current())
        self.table.opened.connect(lambda _index: self.form.ends["low"].setFocus())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.form)

    @property
    def current(self) -> CaseMeasure | None:
        """Return the measure chosen."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def step(self, by: int) -> None:
        """Choose the measure `by` rows further down."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def show_measures(self, measures: tuple[CaseMeasure, ...]) -> None:
        """Show all measures; the choice stays."""
        self.model.set_rows(measures)
        if not self.table.currentIndex().isValid() and measures:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    def _show_current(self) -> None:
        self.form.show_measure(self.current)
