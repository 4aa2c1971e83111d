"""The baseline of a need: metrics as measured, a calculator beside them, and the evidence they stand on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.forms.need_details import NeedForms
from diag_app.i18n import Translator
from diag_app.model.calculators.definition import Working
from diag_app.model.calculators.words import working_lines
from diag_app.model.facts import BaselineMetric, ScenarioNeed
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.needs import VALUE_COLUMN, MetricsModel, metric_rows
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.metric_table import MetricTable
from diag_app.ui.widgets.need_calculator import CalculatorPanel
from diag_app.ui.widgets.need_section import Section, TagRow
from diag_app.ui.widgets.notice import NoticeLine

_BRIEF = 18


class BaselinePanel(QWidget):
    """Shows a need's metrics. `measured(BaselineMetric)` carries what is to be recorded."""

    measured = Signal(object)
    opened = Signal(QWidget)  # a part that the page scrolls to

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.forms = NeedForms()
        self.case: CaseView | None = None
        self.model = MetricsModel(translate, self)
        self.model.edited.connect(self.measured)
        self.model.refused.connect(self._refuse)
        self.table = MetricTable(self.model, theme, translate("Baseline metrics"))
        self.table.moved.connect(self._on_moved)
        self.working = label("", theme, "caption", colour="text_2", wrap=True)
        self.evidence = TagRow(theme, translate("Evidence of the metric"))
        self.evidence.chosen.connect(self._cite)
        self.evidence.hide()
        self.calculator = CalculatorPanel(theme, translate)
        self.calculator.taken.connect(self._take)
        self.calculator.closed.connect(self.end_calculator)
        self.notice = NoticeLine(theme)
        self.calculate_button = Button(translate("Work it out"), theme, "text", icon="calculator", small=True)
        self.calculate_button.clicked.connect(self.begin_calculator)
        self.evidence_button = Button(translate("Evidence"), theme, "text", icon="paperclip", small=True)
        self.evidence_button.clicked.connect(self.toggle_evidence)
        self.more = ComboField(theme, translate("Metric to add"), ())
        self.more.setFixedWidth(170)
        self.add_button = Button(translate("Add metric"), theme, "text", icon="plus", small=True)
        self.add_button.clicked.connect(self._add_metric)
        section = Section(
            translate("Baseline metrics"), theme, hint=translate("What was not measured says so, never 0")
        )
        for tool in (self.calculate_button, self.evidence_button, self.more, self.add_button):
            section.tools.addWidget(tool)
        for part in (self.table, self.working, self.evidence, self.calculator, self.notice):
            section.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)

    def show_need(self, case: CaseView, forms: NeedForms, need: ScenarioNeed, *, is_other: bool) -> None:
        """Show the metrics of a need; another need closes what was open."""
        self.case, self.forms = case, forms
        rows = metric_rows(case, need)
        self.model.set_rows(rows)
        if is_other:
            self.notice.clear()
            self.calculator.hide()
            self.evidence.hide()
            self.table.setCurrentIndex(self.model.index(0, VALUE_COLUMN))
        shown = {row.metric.metric_id for row in rows}
        self.more.clear()
        for metric in case.pack.metrics:
            if metric.metric_id not in shown:
                self.more.addItem(metric.label.text(self.translate.language), metric.metric_id)
        self._show_current()

    @property
    def current(self) -> BaselineMetric | None:
        """Return what is recorded of the metric under the cursor."""
        index = self.table.currentIndex()
        return self.model.row_at(index).recorded if index.isValid() else None

    def mark_not_measured(self) -> None:
        """Record the metric under the cursor as not measured."""
        if self.current is not None:
            self.measured.emit(replace(self.current, value=None, working=None))

    def choose_metric(self) -> None:
        """Go to the field for another metric, or add the one chosen there."""
        if self.more.hasFocus():
            self._add_metric()
        elif self.more.count():
            self.more.setFocus()

    def begin_calculator(self) -> None:
        """Open the calculator of the metric under the cursor."""
        name = self._calculator_id()
        if self.current is not None and name is not None:
            self.calculator.show_calculator(name, self.current.working)
            self.opened.emit(self.calculator)

    def end_calculator(self) -> None:
        """Close the calculator and go back to the table."""
        self.calculator.hide()
        self.table.setFocus()

    def toggle_evidence(self) -> None:
        """Offer the evidence of the case for the metric under the cursor, or stop offering it."""
        self.evidence.setVisible(self.evidence.isHidden())
        self._show_current()
        if not self.evidence.isHidden() and self.evidence.chips:
            next(iter(self.evidence.chips.values())).setFocus()
            self.opened.emit(self.evidence)

    def fit(self, width: int, row_height: int) -> None:
        """Give the table the room there is."""
        self.table.fit(width, row_height)

    def _on_moved(self, _index: QModelIndex) -> None:
        self.calculator.hide()
        self._show_current()

    def _show_current(self) -> None:
        metric = self.current
        self.calculate_button.setEnabled(self._calculator_id() is not None)
        working = None if metric is None else metric.working
        lines = () if working is None else working_lines(working, self.translate)
        self.working.setText("\n".join(lines))
        self.working.setVisible(bool(lines))
        items = () if self.case is None else self.case.evidence
        self.evidence_button.setEnabled(bool(items) and metric is not None)
        if not self.evidence.isHidden():
            tags = {item.evidence_id: f"E-{item.number:03d} {_brief(item.caption or item.name)}" for item in items}
            self.evidence.set_tags(tags, max(300, self.width() - 20))
            self.evidence.set_value(() if metric is None else metric.evidence)

    def _calculator_id(self) -> str | None:
        use = None if self.current is None else self.forms.metrics.get(self.current.metric_id)
        return None if use is None else use.calculator

    def _cite(self, keys: tuple[str, ...]) -> None:
        if self.current is not None:
            self.measured.emit(replace(self.current, evidence=keys))

    def _take(self, working: Working) -> None:
        if self.current is not None:
            self.measured.emit(replace(self.current, value=None, working=working))
            self.end_calculator()

    def _add_metric(self) -> None:
        if self.more.key:
            self.measured.emit(BaselineMetric(metric_id=self.more.key, value=None))

    def _refuse(self, text: str) -> None:
        words = self.translate("“{text}” is no figure of 0 or more. Nothing was changed.", text=text)
        self.notice.show_notice("error", words)


def _brief(text: str) -> str:
    """Return the beginning of a caption, as much as a chip takes."""
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 1]}…"
