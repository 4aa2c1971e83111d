"""The section list of the diagnosis page: dimensions, their indicators, the questions of the open indicator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from PySide6.QtCore import QModelIndex, QObject

from diag_app.forms.definition import Dimension, Indicator, Question
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import plain_text, score_text
from diag_app.ui.models.rows import RowsModel

SectionState = Literal["done", "begun", "untouched"]


@dataclass(frozen=True, kw_only=True)
class SectionRow:
    """One line of the list. `kind` is dimension, indicator, question or board; `target` is what opening it shows."""

    kind: Literal["dimension", "indicator", "question", "board"]
    text: str
    right: str
    target: str = ""
    code: str = ""
    state: SectionState | None = None
    lacks_evidence: bool = False
    warns: bool = False
    is_current: bool = False


def section_rows(case: CaseView, current: str, translate: Translator) -> tuple[SectionRow, ...]:
    """Return the lines in the pack's order; only the indicator that holds `current` shows its questions."""
    rows: list[SectionRow] = []
    for dimension in case.pack.dimensions:
        rows.append(_dimension_row(case, dimension, translate))
        if dimension.max_points is None:
            rows.append(_board_row(case, current, translate))
        for indicator in case.pack.indicators:
            if indicator.dimension_id == dimension.dimension_id:
                rows += _indicator_rows(case, indicator, current, translate)
    return tuple(rows)


def answered_count(case: CaseView) -> int:
    """Return how many questions have an answer, chosen or derived."""
    return sum(score.state != "missing" for score in case.card.questions)


def _dimension_row(case: CaseView, dimension: Dimension, translate: Translator) -> SectionRow:
    right = translate("by level")
    if dimension.max_points is not None:
        score = case.card.dimensions.get(dimension.dimension_id, Decimal(0))
        right = f"{score_text(score)}/{plain_text(dimension.max_points)}"
    return SectionRow(kind="dimension", text=dimension.label.text(translate.language), right=right)


def _board_row(case: CaseView, current: str, translate: Translator) -> SectionRow:
    total = len(case.pack.scenarios)
    done = len(case.assessment.answers.scenarios)
    return SectionRow(
        kind="board",
        text=translate("{count} scenarios", count=total),
        right=f"{done}/{total}",
        target="board",
        state=_state(done, total),
        is_current=current == "board",
    )


def _indicator_rows(case: CaseView, indicator: Indicator, current: str, translate: Translator) -> list[SectionRow]:
    questions = [question for question in case.pack.questions if question.indicator_id == indicator.indicator_id]
    done = [question for question in questions if case.card.question(question.question_id).state != "missing"]
    is_open = any(question.question_id == current for question in questions)
    rows = [
        SectionRow(
            kind="indicator",
            text=indicator.label.text(translate.language),
            right=f"{len(done)}/{len(questions)}",
            target=questions[0].question_id if questions else "",
            state=_state(len(done), len(questions)),
            lacks_evidence=any(not case.evidence_of(question.question_id) for question in done),
            is_current=is_open,
        )
    ]
    if is_open:
        rows += [_question_row(case, question, current, translate) for question in questions]
    return rows


def _question_row(case: CaseView, question: Question, current: str, translate: Translator) -> SectionRow:
    score = case.card.question(question.question_id)
    location = f"answers.{question.question_id}"
    return SectionRow(
        kind="question",
        text=question.name.text(translate.language),
        code=question.question_id,
        right="–" if score.state == "missing" else score_text(score.points),
        target=question.question_id,
        warns=any(problem.location == location for problem in case.card.problems),
        is_current=question.question_id == current,
    )


def _state(done: int, total: int) -> SectionState:
    if done == 0:
        return "untouched"
    return "done" if done >= total else "begun"


class SectionsModel(RowsModel[SectionRow]):
    """Section rows for a list view; the accessible text says state and count in words."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.translate = translate

    def index_of(self, target: str, kinds: tuple[str, ...] = ("question", "board")) -> QModelIndex:
        """Return the line that opens `target`, or an invalid index."""
        for position, row in enumerate(self.rows):
            if row.target == target and row.kind in kinds:
                return self.index(position)
        return QModelIndex()

    def key_of(self, row: SectionRow) -> object:
        """Return kind and target: the rest are figures."""
        return row.kind, row.target, row.text

    def is_selectable(self, row: SectionRow) -> bool:
        """Return false for dimension headings."""
        return row.kind != "dimension"

    def text_of(self, row: SectionRow) -> str:
        """Return the name."""
        return row.text

    def words_of(self, row: SectionRow) -> str:
        """Return name, count and state."""
        states = {
            "done": self.translate("all answered"),
            "begun": self.translate("begun"),
            "untouched": self.translate("not begun"),
        }
        parts = [f"{row.code} {row.text}".strip(), row.right]
        if row.state is not None:
            parts.append(states[row.state])
        if row.lacks_evidence:
            parts.append(self.translate("without evidence"))
        if row.warns:
            parts.append(self.translate("needs explanation"))
        return self.translate(", ").join(parts)
