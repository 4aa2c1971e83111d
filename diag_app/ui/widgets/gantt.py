"""The roadmap: one bar for each measure, elbows for what waits for what, the trial run as an outline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.i18n.translator import Translator
from diag_app.model.plan import Plan
from diag_app.ui.paint import paint_frame, paint_text
from diag_app.ui.theme import Theme

_HEAD, _ROW, _PAD, _GAP = 24, 22, 10, 6
_MONTH_DAYS, _MONTHS = 30.4375, 12
_DAYS_IN_WEEK = 7


class Gantt(QWidget):
    """Signal `picked(measure_id)` when a bar or its row is pressed."""

    picked = Signal(str)

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._theme, self._translate = theme, translate
        self._plan: Plan | None = None
        self._names: Mapping[str, str] = {}
        self._start: date | None = None
        self._trial = 0
        self._selected = ""
        self.setAccessibleName(translate("Roadmap"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_plan(self, plan: Plan, names: Mapping[str, str], start_on: str, trial_weeks: int) -> None:
        """Show a plan that starts on a day (ISO), or from month 1 where none is set."""
        self._plan, self._names, self._trial = plan, names, trial_weeks
        self._start = date.fromisoformat(start_on) if start_on else None
        self.setFixedHeight(self.sizeHint().height())
        spoken = ", ".join(
            f"{names.get(item.measure_id, '')} {item.start_week}–{item.end_week}" for item in plan.measures
        )
        self.setAccessibleDescription(spoken)
        self.update()

    def select(self, measure_id: str) -> None:
        """Show one bar in the accent."""
        self._selected = measure_id
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        rows = len(self._plan.measures) + 1 if self._plan is not None else 0
        return QSize(400, _HEAD + rows * _ROW + _PAD)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the row that is pressed."""
        row = int((event.position().y() - _HEAD) // _ROW)
        if self._plan is not None and 0 <= row < len(self._plan.measures):
            self.picked.emit(self._plan.measures[row].measure_id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint months, elbows, bars and the trial run."""
        if self._plan is None:
            return
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), self._theme)
        weeks = max(1, self._plan.weeks + self._trial)
        unit = (self.width() - 2 * _PAD) / weeks
        self._paint_months(painter, weeks, unit)
        self._paint_elbows(painter, unit)
        for row, item in enumerate(self._plan.measures):
            bar = self._bar(row, item.start_week, item.end_week, unit)
            fill = "accent" if item.measure_id == self._selected else "level_2"
            paint_frame(painter, bar, self._theme, fill=fill, line=None, radius=3)
            self._paint_label(painter, bar, f"{row + 1} {self._names.get(item.measure_id, '')}")
        if self._trial:
            bar = self._bar(len(self._plan.measures), self._plan.weeks, weeks, unit)
            paint_frame(painter, bar, self._theme, fill=None, line="accent", radius=3)
            self._paint_label(painter, bar, self._translate("Trial run, evidence"))

    def _bar(self, row: int, start: int, end: int, unit: float) -> QRectF:
        top = _HEAD + row * _ROW + 4
        return QRectF(_PAD + start * unit, top, max(4.0, (end - start) * unit - 1), _ROW - 8)

    def _paint_label(self, painter: QPainter, bar: QRectF, text: str) -> None:
        """Paint the name right of the bar, left of it where there is no room."""
        width = self._theme.metrics("caption").horizontalAdvance(text) + 4.0
        row = bar.adjusted(0, -4, 0, 4)
        if bar.right() + _GAP + width <= self.width() - 4:
            box = QRectF(bar.right() + _GAP, row.top(), width, row.height())
            align = Qt.AlignmentFlag.AlignLeft
        else:
            left = max(4.0, bar.left() - _GAP - width)
            box = QRectF(left, row.top(), max(0.0, bar.left() - _GAP - left), row.height())
            align = Qt.AlignmentFlag.AlignRight
        paint_text(painter, box, text, self._theme, font="caption", colour="text_2", align=align)

    def _paint_elbows(self, painter: QPainter, unit: float) -> None:
        if self._plan is None:
            return
        rows = {item.measure_id: row for row, item in enumerate(self._plan.measures)}
        painter.setPen(self._theme.pen("border_strong"))
        for item in self._plan.measures:
            for other in item.waits_for:
                before = self._plan.measures[rows[other]]
                source = self._bar(rows[other], before.start_week, before.end_week, unit)
                target = self._bar(rows[item.measure_id], item.start_week, item.end_week, unit)
                x = round(source.right()) + 0.5
                painter.drawLine(QPointF(x, source.center().y()), QPointF(x, target.center().y()))
                painter.drawLine(QPointF(x, target.center().y()), QPointF(target.left(), target.center().y()))

    def _paint_months(self, painter: QPainter, weeks: int, unit: float) -> None:
        for number, (week, words) in enumerate(self._months(weeks)):
            x = round(_PAD + week * unit) + 0.5
            painter.setPen(self._theme.pen("border"))
            if number:
                painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))
            box = QRectF(x + 4, 2, _MONTH_DAYS / _DAYS_IN_WEEK * unit - 6, _HEAD - 4)
            paint_text(painter, box, words, self._theme, font="caption", colour="text_2")

    def _months(self, weeks: int) -> list[tuple[float, str]]:
        """Return the months as (week of their first day, name); numbers where no day of start is set."""
        if self._start is None:
            count = int(weeks * _DAYS_IN_WEEK / _MONTH_DAYS) + 1
            return [(number * _MONTH_DAYS / _DAYS_IN_WEEK, str(number + 1)) for number in range(count)]
        months: list[tuple[float, str]] = []
        day = self._start
        last = self._start + timedelta(weeks=weeks)
        while day < last:
            words = f"{day.year}-{day.month:02d}" if not months or day.month == 1 else f"{day.month:02d}"
            months.append(((day - self._start).days / _DAYS_IN_WEEK, words))
            day = date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)
        return months
