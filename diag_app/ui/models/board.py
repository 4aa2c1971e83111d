"""The scenario board: sixteen scenarios by five levels, with what is missing to each level in the footer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.definition import Scenario
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import without_shared_word
from diag_app.ui.models.rows import ROOT, ROW_ROLE, Index

NAME_COLUMN = 0
FIRST_LEVEL_COLUMN = 1
LEVELS = 5
EVIDENCE_COLUMN = FIRST_LEVEL_COLUMN + LEVELS
NEED_COLUMN = EVIDENCE_COLUMN + 1
COLUMNS = NEED_COLUMN + 1


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One scenario as it stands. `starts_group` is true for the first of a family."""

    scenario: Scenario
    answer: ScenarioAnswer | None
    evidence: int
    needs: tuple[str, ...]
    group: str
    starts_group: bool
    is_tried: bool = False

    @property
    def level(self) -> int | None:
        """Return the recorded level, null where none is recorded or it does not apply."""
        return None if self.answer is None else self.answer.level

    @property
    def is_not_applicable(self) -> bool:
        """Return whether it was recorded as not applicable."""
        return self.answer is not None and self.answer.not_applicable is not None


@dataclass(frozen=True, kw_only=True)
class LevelTally:
    """How many scenarios stand at or above a level, how many the rule asks, and the same for the constrained."""

    level: int
    have: int
    need: int
    constrained_have: int
    constrained_need: int


def board_rows(case: CaseView, translate: Translator) -> tuple[BoardRow, ...]:
    """Return one row for each scenario, in the pack's order."""
    groups = {
        group.group_id: without_shared_word(group.label.text(translate.language)) for group in case.pack.scenario_groups
    }
    rows: list[BoardRow] = []
    for scenario in case.pack.scenarios:
        rows.append(
            BoardRow(
                scenario=scenario,
                answer=case.assessment.answers.scenarios.get(scenario.scenario_id),
                evidence=len(case.evidence_of(scenario.scenario_id)),
                needs=tuple(f"N-{need.number:02d}" for need in case.needs_of(scenario.scenario_id)),
                group=groups.get(scenario.group_id, ""),
                is_tried=scenario.scenario_id in case.tried,
                starts_group=not rows or rows[-1].scenario.group_id != scenario.group_id,
            )
        )
    return tuple(rows)


def level_tallies(case: CaseView) -> tuple[LevelTally, ...]:
    """Return for each level of the pack's rule how many scenarios it has and asks."""
    return tuple(
        LevelTally(
            level=condition.level,
            have=case.card.at_or_above.get(condition.level, 0),
            need=condition.min_scenarios,
            constrained_have=case.card.constrained_at_or_above.get(condition.level, 0),
            constrained_need=condition.min_constrained,
        )
        for condition in case.pack.level_rule.conditions
    )


class BoardModel(QAbstractTableModel):
    """The board's cells: name, levels 0 to 4, evidence, need. The cell's row is under `ROW_ROLE`."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.translate = translate
        self.rows: tuple[BoardRow, ...] = ()

    def set_rows(self, rows: tuple[BoardRow, ...]) -> None:
        """Show `rows`; the cursor stays when the scenarios are the same."""
        if rows and len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, COLUMNS - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def level_of_column(self, column: int) -> int | None:
        """Return the level a column stands for, or null for the other columns."""
        level = column - FIRST_LEVEL_COLUMN
        return level if 0 <= level < LEVELS else None

    def index_of(self, scenario_id: str, level: int = 0) -> QModelIndex:
        """Return the cell of a scenario and level, or an invalid index."""
        for position, row in enumerate(self.rows):
            if row.scenario.scenario_id == scenario_id:
                return self.index(position, FIRST_LEVEL_COLUMN + level)
        return QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of scenarios."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a column stands for."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        level = self.level_of_column(section)
        if level is not None:
            return str(level)
        return {
            NAME_COLUMN: self.translate("Scenario"),
            EVIDENCE_COLUMN: self.translate("Evidence"),
            NEED_COLUMN: self.translate("Need"),
        }.get(section)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the cell's text, its words for a screen reader, or the row."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and row.answer is not None:
            return row.answer.not_applicable
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        return None

    def _text(self, row: BoardRow, column: int) -> str:
        level = self.level_of_column(column)
        if level is not None:
            return str(level)
        if column == NAME_COLUMN:
            return row.scenario.label.text(self.translate.language)
        if column == EVIDENCE_COLUMN:
            return str(row.evidence) if row.evidence else ""
        return " ".join(row.needs)

    def _words(self, row: BoardRow, column: int) -> str:
        comma = self.translate(", ")
        if column == EVIDENCE_COLUMN:
            return self.translate.plural("{count} piece of evidence", "{count} pieces of evidence", row.evidence)
        if column == NEED_COLUMN:
            return comma.join(row.needs) or self.translate("no need recorded")
        parts = [row.scenario.label.text(self.translate.language)]
        if row.scenario.is_constrained:
            parts.append(self.translate("constrained"))
        if row.is_not_applicable:
            parts.append(self.translate("not applicable"))
        elif row.level is None:
            parts.append(self.translate("no level recorded"))
        else:
            parts.append(self.translate("level {level} of {highest}", level=row.level, highest=LEVELS - 1))
        cell = self.level_of_column(column)
        if cell is not None:
            parts.append(self.translate("cell {level}", level=cell))
        return comma.join(parts)
