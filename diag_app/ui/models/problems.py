"""Problems found by a check, in words, with where to mend them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from diag_app.errors import Problem, Severity
from diag_app.forms.definition import Pack
from diag_app.i18n import Translator
from diag_app.ui.models.figures import target_code
from diag_app.ui.models.rows import CellsModel

PLAN, NEEDS = "plan", "needs"  # where problems of the plan taken are, and of figures
TEXT_COLUMN, PLACE_COLUMN, EFFECT_COLUMN = range(3)


@dataclass(frozen=True, kw_only=True)
class ProblemRow:
    """One problem: what, where, what it does; `target` is the question, scenario or origin that mends it, or empty."""

    text: str
    remedy: str
    place: str
    target: str
    blocks: bool


def problem_rows(problems: tuple[Problem, ...], pack: Pack, translate: Translator) -> tuple[ProblemRow, ...]:
    """Return the problems in words, refusals first."""
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    return tuple(_row(problem, pack, translate) for problem in ordered)


def problem_target(problem: Problem, pack: Pack) -> str:
    """Return the question or scenario a problem's location names, `plan` or another origin, or an empty text."""
    if problem.location.partition(".")[0] == PLAN:
        return PLAN
    if problem.parameters.get("origin"):
        return problem.parameters["origin"]
    if problem.code == "FIGURE_WITHOUT_SOURCE":  # of the assumption register, which the page of needs opens
        return NEEDS
    known = {question.question_id for question in pack.questions}
    known |= {scenario.scenario_id for scenario in pack.scenarios}
    for part in reversed(problem.location.replace("/", ".").split(".")):
        if part in known:
            return part
    return ""


def _row(problem: Problem, pack: Pack, translate: Translator) -> ProblemRow:
    target = problem_target(problem, pack)
    return ProblemRow(
        text=translate.problem(problem),
        remedy=translate.remedy(problem),
        place=_place(problem, target, pack, translate),
        target=target,
        blocks=problem.severity is Severity.ERROR,
    )


def _place(problem: Problem, target: str, pack: Pack, translate: Translator) -> str:
    if problem.parameters.get("origin") or target == NEEDS:
        return problem.location
    if target == PLAN:
        return translate("Path")
    return target_code(pack, target, translate.language) if target else problem.location


class ProblemsModel(CellsModel[ProblemRow]):
    """Problems for a table view."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__((translate("Problem"), translate("Place"), translate("Effect")), parent)
        self.translate = translate

    def cell(self, row: ProblemRow, column: int) -> str:
        """Return the text of one cell."""
        if column == TEXT_COLUMN:
            return row.text
        if column == PLACE_COLUMN:
            return row.place
        return self.translate("blocks issuing") if row.blocks else self.translate("printed in the report")

    def words(self, row: ProblemRow, column: int) -> str:
        """Return the whole line with its remedy in the first cell."""
        return f"{row.text} {row.remedy}" if column == TEXT_COLUMN else self.cell(row, column)
