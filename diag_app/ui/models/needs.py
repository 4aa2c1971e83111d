"""Needs as cards, suggestions from the gap, and the baseline metrics of one need as an editable table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from diag_app.forms.definition import Metric, NeedForm, Scenario
from diag_app.i18n import Translator
from diag_app.model.facts import BaselineMetric, ScenarioNeed
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import plain_text
from diag_app.ui.models.rows import CellsModel, Index, RowsModel

NAME_COLUMN, VALUE_COLUMN, UNIT_COLUMN, FORMULA_COLUMN, PERIOD_COLUMN, SOURCE_COLUMN, STATE_COLUMN = range(7)
EDITABLE_COLUMNS = (VALUE_COLUMN, PERIOD_COLUMN, SOURCE_COLUMN)


@dataclass(frozen=True, kw_only=True)
class NeedCard:
    """What a card shows of a need: the step from the present level to the target, metrics measured of all."""

    need: ScenarioNeed
    scenario: Scenario
    level: int | None
    measured: int
    metrics: int
    is_left_out: bool  # no measure of the plan taken is about it


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A scenario that falls short of the next level and has no need yet."""

    scenario: Scenario
    form: NeedForm
    level: int
    target: int


def need_cards(case: CaseView, left_out: Collection[str]) -> tuple[NeedCard, ...]:
    """Return the recorded needs in their order; `left_out` are those without a measure in the plan."""
    return tuple(
        NeedCard(
            need=need,
            scenario=case.pack.scenario_of_need(need.scenario_id),
            level=case.scenario_level(need.scenario_id),
            measured=sum(
                row.measured is not None and row.measured.value is not None for row in metric_rows(case, need)
            ),
            metrics=len(metric_rows(case, need)),
            is_left_out=need.need_id in left_out,
        )
        for need in case.needs
    )


def suggestions(case: CaseView, limit: int = 3) -> tuple[Suggestion, ...]:
    """Return scenarios short of the next level without a need: constrained first, then nearest to that level."""
    if case.card.to_next is None:
        return ()
    target = case.card.to_next.level
    found: list[Suggestion] = []
    for scenario in case.pack.scenarios:
        level = case.scenario_level(scenario.scenario_id)
        form = first_form(case, scenario.scenario_id)
        if level is not None and level < target and form is not None and not case.needs_of(scenario.scenario_id):
            found.append(Suggestion(scenario=scenario, form=form, level=level, target=target))
    ordered = sorted(found, key=lambda item: (not item.scenario.is_constrained, -item.level, item.scenario.number))
    return tuple(ordered[:limit])


def first_form(case: CaseView, scenario_id: str) -> NeedForm | None:
    """Return the pack's first need form for a scenario, or null when it has none."""
    return next((form for form in case.pack.need_forms if form.scenario_id == scenario_id), None)


class NeedsModel(RowsModel[NeedCard]):
    """Need cards for a list view."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.translate = translate

    def key_of(self, row: NeedCard) -> object:
        """Return the need's id."""
        return row.need.need_id

    def position_of(self, need_id: str | None) -> int:
        """Return the position of a need, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.need.need_id == need_id), -1)

    def text_of(self, row: NeedCard) -> str:
        """Return number and title."""
        return f"N-{row.need.number:02d} {row.need.title}"

    def words_of(self, row: NeedCard) -> str:
        """Return number, title, scenario, how much of the baseline is measured, and whether the plan leaves it out."""
        measured = self.translate("{done} of {all} metrics measured", done=row.measured, all=row.metrics)
        parts = (self.text_of(row), row.scenario.short.text(self.translate.language), measured)
        left_out = (self.translate("no measure in the path"),) if row.is_left_out else ()
        return self.translate(", ").join((*parts, *left_out))


@dataclass(frozen=True, kw_only=True)
class MetricRow:
    """A metric of the need's form with what was recorded of it, null where nothing was."""

    metric: Metric
    measured: BaselineMetric | None

    @property
    def recorded(self) -> BaselineMetric:
        """Return what was recorded, or an empty record."""
        return self.measured or BaselineMetric(metric_id=self.metric.metric_id, value=None)


def metric_rows(case: CaseView, need: ScenarioNeed) -> tuple[MetricRow, ...]:
    """Return the metrics the need's form asks, then those recorded beyond it."""
    recorded = {metric.metric_id: metric for metric in need.metrics}
    asked = case.pack.asked_metrics(need.form_id)
    extra = tuple(key for key in recorded if key not in asked)
    return tuple(MetricRow(metric=case.pack.metric(key), measured=recorded.get(key)) for key in asked + extra)


class MetricsModel(CellsModel[MetricRow]):
    """The baseline table. Editing emits `edited` with the new record, or `refused` with the text that is no figure."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            translate("Metric"),
            translate("Value"),
            translate("Unit"),
            translate("Formula"),
            translate("Period"),
            translate("Source"),
            "",
        )
        super().__init__(headings, parent)
        self.translate = translate

    def is_figure(self, column: int) -> bool:
        """Return true for the value."""
        return column == VALUE_COLUMN

    def cell(self, row: MetricRow, column: int) -> str:
        """Return the text of one cell; a value that is not there reads "not measured", never zero."""
        language = self.translate.language
        if column == VALUE_COLUMN:
            value = row.recorded.value
            return self.translate("Not measured") if value is None else plain_text(value)
        texts = {
            NAME_COLUMN: row.metric.label.text(language),
            UNIT_COLUMN: row.metric.unit.text(language),
            FORMULA_COLUMN: row.metric.formula.text(language),
            PERIOD_COLUMN: row.recorded.period or "—",
            SOURCE_COLUMN: row.recorded.source or "—",
            STATE_COLUMN: "",
        }
        return texts[column]

    def words(self, row: MetricRow, column: int) -> str:
        """Return the cell with its metric and heading; of the last one, what the value stands on."""
        if column == STATE_COLUMN:
            basis = [self.translate("worked out")] if row.recorded.working is not None else []
            basis += [self.translate("with evidence")] if row.recorded.evidence else []
            return " ".join((row.metric.label.text(self.translate.language), *basis))
        return f"{row.metric.label.text(self.translate.language)} {self.headings[column]} {self.cell(row, column)}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return editable for value, period and source."""
        flags = super().flags(index)
        if index.isValid() and index.column() in EDITABLE_COLUMNS:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell, its tooltip, or for editing the bare text."""
        if index.isValid() and role == Qt.ItemDataRole.EditRole:
            return self._bare(self.row_at(index), index.column())
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return self.row_at(index).metric.method.text(self.translate.language)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emit the new record; an empty value is "not measured", a text that is no figure ≥ 0 is refused."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or index.column() not in EDITABLE_COLUMNS:
            return False
        row = self.row_at(index)
        text = str(value or "").strip()
        if text == self._bare(row, index.column()):
            return False
        if index.column() == VALUE_COLUMN:
            figure = figure_or_none(text)
            if text and figure is None:
                self.refused.emit(text)
                return False
            self.edited.emit(replace(row.recorded, value=figure, working=None))
        elif index.column() == PERIOD_COLUMN:
            self.edited.emit(replace(row.recorded, period=text))
        else:
            self.edited.emit(replace(row.recorded, source=text))
        return True

    def _bare(self, row: MetricRow, column: int) -> str:
        if column == VALUE_COLUMN:
            return "" if row.recorded.value is None else plain_text(row.recorded.value)
        return row.recorded.period if column == PERIOD_COLUMN else row.recorded.source


def figure_or_none(text: str) -> Decimal | None:
    """Return the finite figure ≥ 0 that `text` writes (full-width digits and thousands commas allowed), or null."""
    try:
        value = Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and value >= 0 and "e" not in text.lower() else None
