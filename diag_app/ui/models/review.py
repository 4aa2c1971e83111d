"""Every answer as a reviewer looks at it: what is claimed, on what evidence, what is open, whether it is verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject

from diag_app.forms.three_scores import demanded
from diag_app.i18n import Translator
from diag_app.model.review import agreed_positions
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import score_text, target_code, target_name
from diag_app.ui.models.opinions import position_text
from diag_app.ui.models.problems import problem_target
from diag_app.ui.models.rows import CellsModel

NAME, ANSWER, POINTS, EVIDENCE, OPEN, COMMENTS, VERIFIED = range(7)
TickState = Literal["verified", "lapsed", "ready", "lacking", "nothing"]


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """One answer; `evidence` of `needed` pieces, `points` as text, `open_points` in words."""

    target: str
    code: str
    name: str
    answer: str
    points: str
    evidence: int
    needed: int
    open_points: tuple[str, ...]
    comments: int
    state: TickState


def review_rows(case: CaseView, translate: Translator) -> tuple[ReviewRow, ...]:
    """Return the questions, then the scenarios, in the order of the pack."""
    language = translate.language
    answers = case.assessment.answers
    agreed = agreed_positions(case.card, answers)
    needed = demanded(case.pack, answers, case.card)
    targets = [question.question_id for question in case.pack.questions]
    points = {target: score_text(case.card.question(target).points) for target in targets}
    targets += [scenario.scenario_id for scenario in case.pack.scenarios]
    rows = []
    for target in targets:
        has_answer = target in agreed or target in answers.scenarios
        count = len(case.evidence_of(target))
        rows.append(
            ReviewRow(
                target=target,
                code=target_code(case.pack, target, language) if target in points else "",
                name=target_name(case.pack, target, language),
                answer=_answer(case, target, agreed.get(target, ()), translate),
                points=points.get(target, ""),
                evidence=count,
                needed=needed.get(target, 0),
                open_points=_open_points(case, target, translate),
                comments=sum(not comment.is_resolved for comment in case.review.comments_of(target)),
                state=_state(case, target, has_answer=has_answer, lacks=count < needed.get(target, 0)),
            )
        )
    return tuple(rows)


def _answer(case: CaseView, target: str, agreed: tuple[str, ...], translate: Translator) -> str:
    rated = case.assessment.answers.scenarios.get(target)
    if rated is not None and rated.level is None:
        return translate("not applicable")
    if not agreed:
        return "–"
    return translate("level {figure}", figure=agreed[0]) if rated is not None else position_text(agreed)


def _open_points(case: CaseView, target: str, translate: Translator) -> tuple[str, ...]:
    views = case.review.views_of(target)
    found = [translate("roles differ")] if views is not None and views.is_open else []
    found += [translate("rule") for finding in case.findings if finding.is_open and target in finding.rule.uses]
    problems = [problem for problem in case.card.problems if problem_target(problem, case.pack) == target]
    return (*found, *(translate("by hand") for _ in problems))


def _state(case: CaseView, target: str, *, has_answer: bool, lacks: bool) -> TickState:
    tick = case.review.tick_of(target)
    if tick is not None:
        return "verified" if tick.holds else "lapsed"
    if not has_answer:
        return "nothing"
    return "lacking" if lacks else "ready"


class ReviewModel(CellsModel[ReviewRow]):
    """The answers for a table view."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            translate("Question or scenario"),
            translate("Answer"),
            translate("Score"),
            translate("Evidence"),
            translate("Needs explanation"),
            translate("Comments"),
            translate("Verified"),
        )
        super().__init__(headings, parent)
        self.translate = translate

    def cell(self, row: ReviewRow, column: int) -> str:
        """Return the text of one cell."""
        if column == VERIFIED:
            return self.state_words(row)
        texts = {
            NAME: row.name,
            ANSWER: row.answer,
            POINTS: row.points,
            EVIDENCE: f"{row.evidence} / {row.needed}" if row.needed else str(row.evidence or "–"),
            OPEN: ", ".join(dict.fromkeys(row.open_points)),
            COMMENTS: str(row.comments) if row.comments else "",
        }
        return texts[column]

    def state_words(self, row: ReviewRow) -> str:
        """Return whether it is verified, in words."""
        words = {
            "verified": self.translate("verified"),
            "lapsed": self.translate("changed since then"),
            "ready": self.translate("to verify"),
            "lacking": self.translate("lacks evidence"),
            "nothing": "–",
        }
        return words[row.state]

    def words(self, row: ReviewRow, column: int) -> str:
        """Return the cell with its heading for a screen reader."""
        return f"{self.headings[column]}: {self.cell(row, column) or '–'}" if column else row.name

    def is_figure(self, column: int) -> bool:
        """Return whether the column holds figures."""
        return column in (POINTS, EVIDENCE, COMMENTS)
