"""The assumption register: every figure once, with source, date, owner and where it is used; edited in place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.economics import RATE_UNIT, Books, Terms
from diag_app.model.said import number_text
from diag_app.model.unit_words import unit_names
from diag_app.model.units import measures_the_same
from diag_app.ui.models.need_books import RegisterRow, register_rows
from diag_app.ui.models.needs import figure_or_none
from diag_app.ui.models.rows import ROW_ROLE, CellsModel, Index
from diag_app.ui.paint import paint_focus_ring, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.cell_table import CellDelegate, CellTable
from diag_app.ui.widgets.fields import NumberField
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.need_figure_form import FigureForm
from diag_app.ui.widgets.notice import NoticeLine

NUMBER, NAME, LOW, LIKELY, HIGH, UNIT, SOURCE, DATED, OWNER, USES = range(10)
ENDS = {LOW: "low", LIKELY: "likely", HIGH: "high"}
WORDS = {NAME: "label", SOURCE: "source", DATED: "dated", OWNER: "owner"}
EDITABLE = (NAME, LOW, LIKELY, HIGH, SOURCE, DATED, OWNER)
_WIDTHS = {NUMBER: 46, LOW: 72, LIKELY: 78, HIGH: 72, UNIT: 110, DATED: 96, USES: 60}


class RegisterModel(CellsModel[RegisterRow]):
    """Assumptions for a table view. `edited(Assumption)`; `refused(text)` for what is no figure."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            "",
            translate("Figure"),
            translate("Low"),
            translate("Likely"),
            translate("High"),
            translate("Unit"),
            translate("Source"),
            translate("Date"),
            translate("Owner"),
            translate("Used"),
        )
        super().__init__(headings, parent)
        self.translate, self._units = translate, unit_names(translate)

    def is_figure(self, column: int) -> bool:
        """Return true for the figures and the count of uses."""
        return column in ENDS or column == USES

    def cell(self, row: RegisterRow, column: int) -> str:
        """Return the text of one cell; what is missing says so."""
        if column in ENDS:
            return number_text(getattr(row.found.range, ENDS[column]))
        if column in WORDS:
            return getattr(row.found, WORDS[column]) or self.translate("missing")
        texts = {NUMBER: f"A-{row.found.number:02d}", UNIT: self._units[row.found.unit], USES: str(row.uses)}
        return texts[column]

    def words(self, row: RegisterRow, column: int) -> str:
        """Return the cell with the figure's name and the heading."""
        return f"{row.found.label} {self.headings[column]} {self.cell(row, column)}"

    def is_missing(self, row: RegisterRow, column: int) -> bool:
        """Return whether the cell says that something is missing."""
        return column in WORDS and not getattr(row.found, WORDS[column])

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return editable for everything that is typed."""
        flags = super().flags(index)
        is_editable = index.isValid() and index.column() in EDITABLE
        return flags | Qt.ItemFlag.ItemIsEditable if is_editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, or for editing the bare text."""
        if index.isValid() and role == Qt.ItemDataRole.EditRole:
            row, column = self.row_at(index), index.column()
            return "" if self.is_missing(row, column) else self.cell(row, column)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit the assumption changed; a text that is no figure is refused."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or index.column() not in EDITABLE:
            return False
        found, column, text = self.row_at(index).found, index.column(), str(value or "").strip()
        if text == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        if column in WORDS:
            self.edited.emit(replace(found, **{WORDS[column]: text}))  # type: ignore[arg-type]
            return True
        figure = figure_or_none(text)
        if figure is None:
            self.refused.emit(text)
            return False
        ends: dict[str, Decimal] = {ENDS[column]: figure}
        self.edited.emit(replace(found, range=replace(found.range, **ends)))
        return True


class RegisterDelegate(CellDelegate):
    """Paints the cells; what is missing in the colour of a warning."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(60, self.theme.size("table_row"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell with the line below it."""
        rect, row, column = QRectF(option.rect), index.data(ROW_ROLE), index.column()
        painter.save()
        painter.setPen(self.theme.pen("border"))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        model = index.model()
        is_missing = isinstance(model, RegisterModel) and model.is_missing(row, column)
        colour = "warning" if is_missing else "text_2" if column in (NUMBER, UNIT, USES) else "text"
        is_right = column in ENDS or column == USES
        align = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        box = rect.adjusted(6, 0, -6, 0)
        paint_text(painter, box, str(index.data()), self.theme, bold=column == LIKELY, colour=colour, align=align)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, rect, self.theme, inside=True, radius=5)
        painter.restore()


class RegisterTable(CellTable):
    """Shows a `RegisterModel`; Del takes a figure off the register."""

    removed = Signal(str)

    def __init__(self, model: RegisterModel, theme: Theme, name: str) -> None:
        super().__init__(model, theme, name, editable=EDITABLE, main=LIKELY)
        self._model = model
        self._delegate = RegisterDelegate(theme)
        self.setItemDelegate(self._delegate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the texts."""
        super().resizeEvent(event)
        rest = max(0, self.viewport().width() - sum(_WIDTHS.values()))
        for column, pixels in _WIDTHS.items():
            self.setColumnWidth(column, pixels)
        for column, share in ((NAME, 0.38), (SOURCE, 0.38), (OWNER, 0.24)):
            self.setColumnWidth(column, int(rest * share))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes the figure under the cursor."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removed.emit(self._model.row_at(index).found.assumption_id)
            return
        super().keyPressEvent(event)


class RegisterPanel(QWidget):
    """The register of an assessment with the terms the owner reckons by.

    Signals:
        edited(Assumption), entered(EnteredFigure), removed(assumption id), terms_changed(Terms), closed().
    """

    edited = Signal(object)
    entered = Signal(object)
    removed = Signal(str)
    terms_changed = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.books: Books | None = None
        self.model = RegisterModel(translate, self)
        self.model.edited.connect(self.edited)
        self.model.refused.connect(self._refuse)
        self.table = RegisterTable(self.model, theme, translate("Assumption register"))
        self.table.removed.connect(self.removed)
        self.notice = NoticeLine(theme)
        self.form = FigureForm(theme, translate)
        self.form.entered.connect(self.entered)
        self.form.closed.connect(self.end_figure)
        self.add_button = Button(translate("Add a figure"), theme, icon="plus", small=True)
        self.add_button.clicked.connect(self.begin_figure)
        self.close_button = Button(translate("Back to the needs"), theme, "text", small=True)
        self.close_button.clicked.connect(self.closed)
        self.rate = ComboField(theme, translate("Discount rate"), ())
        self.rate.activated.connect(self._take_terms)
        error = translate("Not a number. Digits and one point, nothing else.")
        self.years = NumberField(theme, translate("Years looked at"), error=error)
        self.years.setFixedWidth(80)
        self.years.number_rested.connect(self._take_terms)
        self._arrange()

    def show_books(self, books: Books) -> None:
        """Show the register and the terms."""
        self.books = books
        self.model.set_rows(register_rows(books))
        self.notice.clear()
        self.rate.clear()
        self.rate.addItem(self.translate("none: nothing is discounted"), "")
        for key, found in books.assumptions.items():
            if measures_the_same(found.unit, RATE_UNIT):
                self.rate.addItem(f"A-{found.number:02d} {found.label}", key)
        self.rate.set_key(books.terms.rate_id or "")
        self.years.load_number(books.terms.years)

    def begin_figure(self) -> None:
        """Open the form for a figure of the register alone."""
        if self.books is not None:
            self.form.begin(None, self.books)

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        self.years.flush()

    def end_figure(self) -> None:
        """Close the form."""
        self.form.hide()
        self.add_button.setFocus()

    def _take_terms(self, _value: object) -> None:
        years = self.years.value()
        whole = None if years is None or years != int(years) else int(years)
        self.terms_changed.emit(Terms(rate_id=self.rate.key or None, years=whole))

    def _refuse(self, text: str) -> None:
        words = self.translate("“{text}” is no figure of 0 or more. Nothing was changed.", text=text)
        self.notice.show_notice("error", words)

    def _arrange(self) -> None:
        translate = self.translate
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(translate("Assumption register"), self.theme, "heading"), 1)
        head.addWidget(self.close_button)
        head.addWidget(self.add_button)
        hint = translate(
            "Each figure once, however often it is used. Without source, date and owner it enters no proposal."
        )
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for field in (self.rate, self.years):
            title = label(field.accessibleName(), self.theme, "dense", colour="text_2")
            title.setBuddy(field)
            foot.addWidget(title)
            foot.addWidget(field)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(label(hint, self.theme, "dense", colour="text_2", wrap=True))
        column.addWidget(self.table, 1)
        for part in (self.notice, self.form):
            column.addWidget(part)
        column.addLayout(foot)
