"""The board: a table of scenarios by levels with its headings, its groups at the left, and the tallies below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from diag_app.forms.definition import Pack
from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.board import (
    EVIDENCE_COLUMN,
    FIRST_LEVEL_COLUMN,
    LEVELS,
    NAME_COLUMN,
    NEED_COLUMN,
    BoardModel,
    LevelTally,
    board_rows,
    level_tallies,
)
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import level_name
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.board_delegate import BoardDelegate
from diag_app.ui.widgets.compact import compact_size
from diag_app.ui.widgets.table import Table

_GROUPS = 36
_HEADER = 44
_FOOTER_ROW = 26
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_NO_ELIDE = Qt.TextElideMode.ElideNone


class BoardTable(Table):
    """The cells; digits are left to the page, arrows move one cell at a time."""

    rings_rows = False
    selects = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on arrows, choose the cell on Enter or Space, leave letters and digits to the page."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class BoardView(QWidget):
    """Shows a case's scenarios. `moved(scenario id)` when the cursor goes to another, `level_chosen(id, level)`."""

    moved = Signal(str)
    level_chosen = Signal(str, int)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.model = BoardModel(translate, self)
        self._delegate = BoardDelegate(theme, translate)
        self.table = BoardTable(theme, translate("Scenario board"), row_height=theme.size("board_row"))
        self.table.setModel(self.model)
        self.table.setItemDelegate(self._delegate)
        self.table.horizontalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.viewport().setAutoFillBackground(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.table.clicked.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self.update)
        self._pack: Pack | None = None
        self._tallies: tuple[LevelTally, ...] = ()
        self._next_words = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(_GROUPS, _HEADER, 0, 2 * _FOOTER_ROW + 8)
        column.addWidget(self.table)

    @property
    def scenario_id(self) -> str:
        """Return the scenario the cursor is on, or an empty text."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()].scenario.scenario_id if index.isValid() else ""

    def show_case(self, case: CaseView) -> None:
        """Show the scenarios as they stand; the cursor keeps its place."""
        self._pack = case.pack
        self.model.set_rows(board_rows(case, self.translate))
        self._tallies = level_tallies(case)
        to_next = case.card.to_next
        self._next_words = ""
        if to_next is not None and (to_next.scenarios or to_next.constrained):
            self._next_words = self.translate(
                "Level {level}: {scenarios} short, ★ {constrained}",
                level=to_next.level,
                scenarios=to_next.scenarios,
                constrained=to_next.constrained,
            )
        self.update()

    def go_to(self, scenario_id: str) -> None:
        """Put the cursor on a scenario, at its recorded level."""
        index = self.model.index_of(scenario_id)
        if index.isValid():
            level = self.model.rows[index.row()].level or 0
            self.table.setCurrentIndex(self.model.index_of(scenario_id, level))
            self.table.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to the next or previous scenario."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self.model.rows):
            self.go_to(self.model.rows[row].scenario.scenario_id)

    def fit(self) -> None:
        """Give rows and columns the sizes of the window."""
        height = compact_size(self, self.theme, "board_row")
        room = self.height() - _HEADER - 2 * _FOOTER_ROW - 8
        count = max(1, len(self.model.rows))
        self.table.set_row_height(max(25, min(height, room // count)))
        name = max(
            [
                self.theme.metrics("dense", bold=True).horizontalAdvance(str(self.model.index(row, 0).data())) + 30
                for row in range(len(self.model.rows))
            ]
            or [100]
        )
        evidence, need = 68, 66
        zero = 46
        level = max(52, (self.width() - _GROUPS - name - evidence - need - zero) // (LEVELS - 1))
        self.table.setColumnWidth(NAME_COLUMN, name)
        self.table.setColumnWidth(FIRST_LEVEL_COLUMN, zero)
        for column in range(FIRST_LEVEL_COLUMN + 1, EVIDENCE_COLUMN):
            self.table.setColumnWidth(column, level)
        self.table.setColumnWidth(EVIDENCE_COLUMN, evidence)
        self.table.setColumnWidth(NEED_COLUMN, need)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table to the new size."""
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, groups and tallies around the table."""
        painter = QPainter(self)
        if self._pack is not None:
            self._paint_headings(painter, self._pack)
            self._paint_groups(painter)
            self._paint_tallies(painter)
        painter.end()

    def _column(self, column: int) -> QRectF:
        left = self.table.columnViewportPosition(column) + _GROUPS
        return QRectF(left, 0, self.table.columnWidth(column), _HEADER)

    def _paint_headings(self, painter: QPainter, pack: Pack) -> None:
        translate, theme = self.translate, self.theme
        name = self._column(NAME_COLUMN)
        paint_text(painter, name, translate("Scenario"), theme, bold=True)
        for level in range(LEVELS):
            box = self._column(FIRST_LEVEL_COLUMN + level)
            if level == 0:
                paint_text(painter, box, translate("not yet"), theme, font="caption", colour="text_2", align=_CENTRE)
                continue
            upper, lower = box.adjusted(0, 4, 0, -20), box.adjusted(2, 22, -2, -2)
            paint_text(painter, upper, str(level), theme, bold=True, align=_CENTRE)
            words = level_name(pack, level, translate.language)
            paint_text(painter, lower, words, theme, font="caption", colour="text_2", align=_CENTRE)
        evidence = self._column(EVIDENCE_COLUMN).adjusted(8, 0, 0, 0)
        paint_text(painter, evidence, translate("Evidence"), theme, font="caption", colour="text_2")
        need = self._column(NEED_COLUMN).adjusted(6, 0, 0, 0)
        paint_text(painter, need, translate("Need"), theme, font="caption", colour="text_2")
        painter.setPen(theme.pen("border"))
        painter.drawLine(QPointF(0, _HEADER - 0.5), QPointF(self.width(), _HEADER - 0.5))

    def _paint_groups(self, painter: QPainter) -> None:
        painter.save()
        painter.setClipRect(QRectF(0, _HEADER, _GROUPS, self.table.height()))
        first = 0
        rows = self.model.rows
        for position in range(1, len(rows) + 1):
            if position == len(rows) or rows[position].starts_group:
                top = self.table.rowViewportPosition(first) + _HEADER
                bottom = self.table.rowViewportPosition(position - 1) + self.table.rowHeight(position - 1) + _HEADER
                self._paint_group(painter, QRectF(0, top, _GROUPS - 4, bottom - top), rows[first].group, first > 0)
                first = position
        painter.restore()

    def _paint_group(self, painter: QPainter, box: QRectF, name: str, has_line: bool) -> None:
        if has_line:
            painter.setPen(self.theme.pen("border"))
            painter.drawLine(QPointF(0, box.top() + 0.5), QPointF(_GROUPS, box.top() + 0.5))
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.colour("text_2"))
        if self.translate.language == "zh":
            step = min(15.0, (box.height() - 4) / max(1, len(name)))
            top = box.center().y() - step * len(name) / 2
            for place, character in enumerate(name):
                line = QRectF(box.left(), top + place * step, box.width(), step)
                painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), character)
            return
        painter.save()
        painter.translate(box.center())
        painter.rotate(-90)
        turned = QRectF(-box.height() / 2, -box.width() / 2, box.height(), box.width())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
        painter.drawText(turned, int(flags), name)
        painter.restore()

    def _paint_tallies(self, painter: QPainter) -> None:
        theme, translate = self.theme, self.translate
        top = min(self.height() - 2 * _FOOTER_ROW - 8, _HEADER + self.table.rowHeight(0) * len(self.model.rows)) + 4.0
        painter.setPen(theme.pen("border_strong"))
        painter.drawLine(QPointF(0, top + 0.5), QPointF(self.width(), top + 0.5))
        rows = ((translate("At or above"), False), (translate("of them ★"), True))
        for place, (words, starred) in enumerate(rows):
            line = top + 2 + place * _FOOTER_ROW
            room = self._column(NAME_COLUMN)
            zero = self._column(FIRST_LEVEL_COLUMN)
            name = QRectF(room.left(), line, zero.right() - room.left(), _FOOTER_ROW)
            paint_text(painter, name, words, theme)
            for tally in self._tallies:
                have = tally.constrained_have if starred else tally.have
                need = tally.constrained_need if starred else tally.need
                column = self._column(FIRST_LEVEL_COLUMN + tally.level)
                self._paint_tally(painter, QRectF(column.left(), line, column.width(), _FOOTER_ROW), have, need)
        foot = QRectF(self._column(EVIDENCE_COLUMN).left() + 8, top + 2, 130, _FOOTER_ROW)
        paint_text(painter, foot, translate("have / need"), theme, font="caption", colour="text_2")
        paint_text(painter, foot.translated(0, _FOOTER_ROW), self._next_words, theme, font="caption", colour="text_2")

    def _paint_tally(self, painter: QPainter, box: QRectF, have: int, need: int) -> None:
        is_met = have >= need
        tail = f" / {need}"
        bold, plain = self.theme.metrics("dense", bold=True), self.theme.metrics("dense")
        width = bold.horizontalAdvance(str(have)) + plain.horizontalAdvance(tail) + (18 if is_met else 0)
        left = box.center().x() - width / 2
        colour = "accent" if is_met else "text"
        first = QRectF(left, box.top(), bold.horizontalAdvance(str(have)) + 1, box.height())
        paint_text(painter, first, str(have), self.theme, bold=True, colour=colour, elide=_NO_ELIDE)
        rest = QRectF(first.right(), box.top(), plain.horizontalAdvance(tail) + 2, box.height())
        paint_text(painter, rest, tail, self.theme, colour="text_2", elide=_NO_ELIDE)
        if is_met:
            paint_icon(painter, QPointF(rest.right() + 2, box.center().y() - 7), "check", self.theme, 14, "accent")

    def _on_moved(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self._delegate.current_row = index.row()
            self.table.viewport().update()
            self.moved.emit(self.model.rows[index.row()].scenario.scenario_id)

    def _on_opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        level = self.model.level_of_column(index.column())
        if level is not None:
            self.level_chosen.emit(self.model.rows[index.row()].scenario.scenario_id, level)
