"""Costs and benefits of a need: low, likely, high with their source, what follows from them, and what moves it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.economics import Books
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.need_books import (
    HIGH,
    ITEM,
    LIKELY,
    LOW,
    RANGE,
    SOURCE,
    UNIT,
    EconomicsModel,
    EconomicsRow,
    economics_rows,
)
from diag_app.ui.models.rows import ROW_ROLE
from diag_app.ui.paint import paint_range, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.need_figure_form import FigureForm
from diag_app.ui.widgets.need_section import Section
from diag_app.ui.widgets.need_tornado import Tornado, tornado_view
from diag_app.ui.widgets.quiet_header import HEIGHT, QuietHeader
from diag_app.ui.widgets.table import Table

_RIGHT = Qt.AlignmentFlag.AlignRight
_WIDTHS = {RANGE: 150, LOW: 68, LIKELY: 76, HIGH: 68, UNIT: 104}


class EconomicsDelegate(QStyledItemDelegate):
    """Paints a row: the range drawn, figures right, what has no source in the colour of a warning with its glyph."""

    def __init__(self, model: EconomicsModel, theme: Theme) -> None:
        super().__init__()
        self.model, self.theme = model, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a cell's size; the view fixes rows and columns."""
        return QSize(60, self.theme.size("table_row"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell with the line below it."""
        row: EconomicsRow = index.data(ROW_ROLE)
        rect, column = QRectF(option.rect), index.column()
        painter.save()
        if row.amount is None:
            painter.fillRect(rect, self.theme.brush("surface_alt"))
        painter.setPen(self.theme.pen("border"))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        text, is_derived = str(index.data()), row.amount is None
        if column == RANGE:
            if row.ends is not None:
                paint_range(painter, rect.adjusted(8, 0, -8, 0), self.model.scale(row), row.ends, self.theme)
        elif column in (LOW, LIKELY, HIGH):
            box = rect.adjusted(2, 0, -6, 0)
            paint_text(painter, box, text, self.theme, bold=column == LIKELY, align=_RIGHT)
        elif column == SOURCE and row.missing:
            paint_icon(
                painter, QPointF(rect.left() + 6, rect.center().y() - 7), "triangle-alert", self.theme, 14, "warning"
            )
            paint_text(painter, rect.adjusted(25, 0, -6, 0), text, self.theme, colour="warning")
        else:
            colour = "text" if column == ITEM else "text_2"
            paint_text(
                painter, rect.adjusted(6, 0, -6, 0), text, self.theme, bold=column == ITEM and is_derived, colour=colour
            )
        painter.restore()


class EconomicsTable(Table):
    """Shows an `EconomicsModel`; Del takes a cost or benefit away."""

    removed = Signal(str)

    def __init__(self, model: EconomicsModel, theme: Theme, name: str) -> None:
        super().__init__(theme, name, row_height=theme.size("table_row"))
        self._model = model
        self._delegate = EconomicsDelegate(model, theme)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalHeader(QuietHeader(theme, "window", self))

    def fit(self, width: int, row_height: int) -> None:
        """Give the columns their share of `width` and the table the height of its rows."""
        self.set_row_height(row_height)
        rest = max(0, width - sum(_WIDTHS.values()))
        for column, pixels in _WIDTHS.items():
            self.setColumnWidth(column, pixels)
        self.setColumnWidth(ITEM, int(rest * 0.42))
        self.setColumnWidth(SOURCE, rest - int(rest * 0.42))
        self.setFixedHeight(HEIGHT + row_height * max(1, self._model.rowCount()) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes the row under the cursor when it is a cost or a benefit."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            amount = self._model.row_at(index).amount
            if amount is not None:
                self.removed.emit(amount.amount_id)
            return
        super().keyPressEvent(event)


class EconomicsPanel(QWidget):
    """The section of a need's money.

    Signals:
        entered(EnteredFigure), removed(amount id), register_requested().
    """

    entered = Signal(object)
    removed = Signal(str)
    register_requested = Signal()
    opened = Signal(QWidget)  # a part that the page scrolls to

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.books: Books | None = None
        self.model = EconomicsModel(translate, self)
        self.table = EconomicsTable(self.model, theme, translate("Costs and benefits"))
        self.table.removed.connect(self.removed)
        self.nothing = label(
            translate("No figures yet. Nothing is reckoned until somebody answers for a figure."),
            theme,
            "dense",
            colour="text_2",
            wrap=True,
        )
        self.form = FigureForm(theme, translate)
        self.form.entered.connect(self.entered)
        self.form.closed.connect(self.end_figure)
        self.form.times.picked.connect(lambda: self.opened.emit(self.form))
        self.tornado = Tornado(theme, translate)
        self.add_button = Button(translate("Add a figure"), theme, "text", icon="plus", small=True)
        self.add_button.clicked.connect(self.begin_figure)
        self.register = Button("", theme, "text", icon="clipboard-list", small=True)
        self.register.clicked.connect(self.register_requested)
        section = Section(
            translate("Economics"),
            theme,
            hint=translate("Low / likely / high. A figure without source enters no proposal"),
        )
        section.tools.addWidget(self.add_button)
        section.tools.addWidget(self.register)
        for part in (self.table, self.nothing, self.form, self.tornado):
            section.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)

    def show_books(self, books: Books, need_id: str) -> None:
        """Show the costs and benefits of a need."""
        self.books = books
        self.model.set_rows(economics_rows(books, need_id, self.translate))
        has_rows = bool(self.model.rows)
        self.table.setVisible(has_rows)
        self.nothing.setVisible(not has_rows and self.form.isHidden())
        self.register.set_content(
            self.translate("Assumption register {count}", count=len(books.assumptions)), icon="clipboard-list"
        )
        self.tornado.show_view(tornado_view(books.of(need_id)))

    def begin_figure(self) -> None:
        """Open the form for a figure: the cost first, then a benefit."""
        if self.books is not None:
            has_cost = any(row.amount is not None and row.amount.role == "investment" for row in self.model.rows)
            self.nothing.hide()
            self.form.begin("benefit" if has_cost else "investment", self.books)
            self.opened.emit(self.form)

    def end_figure(self) -> None:
        """Close the form."""
        self.form.hide()
        self.nothing.setVisible(not self.model.rows)
        self.add_button.setFocus()

    def fit(self, width: int, row_height: int) -> None:
        """Give the table the room there is."""
        self.table.fit(width, row_height)
