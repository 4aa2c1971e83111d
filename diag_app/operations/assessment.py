"""Assessments: start one, record answers one by one or from a file, score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from diag_app.errors import DiagError, Problem, Severity, refuse
from diag_app.files import read
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.definition import Language, Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.scoring import score
from diag_app.forms.validation import check_level, check_number, check_option_choice
from diag_app.model.facts import Assessment
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading import answer_registers, assessment_from, pack_reference, scenario_value
from diag_app.operations import texts
from diag_app.operations.carried import carried, unmapped
from diag_app.operations.workspace import ANSWERS_LIMIT, Workspace, known


def start_assessment(workspace: Workspace, enterprise_id: str, *, pack: str | None = None) -> str:
    """Start an assessment with `pack` (default: the newest official one) and return its id; the pack is pinned."""
    chosen = workspace.pack(pack)
    known(workspace, enterprise_id, "enterprise", to_change=True)
    with workspace.store.operation("start_assessment", enterprise_id) as operation:
        assessment_id = operation.create("assessment", parent=enterprise_id)
        operation.set(assessment_id, "pack", {"reference": chosen.reference, "digest": chosen.digest})
        operation.set(assessment_id, "status", "in_progress")
        operation.set(assessment_id, "started_on", workspace.clock.now().date().isoformat())
    return assessment_id


def record_answer(workspace: Workspace, assessment_id: str, question_id: str, options: tuple[str, ...]) -> Changes:
    """Record the chosen options of one question; none clears the answer.

    Raises:
        DiagError: the codes of the answers file (`OPTION_UNKNOWN`, `OPTION_NONE_WITH_OTHERS`, …).
    """
    view = known(workspace, assessment_id, "assessment")  # read once: the next paint waits for it
    pack = _pack_of(workspace, view)
    _known(pack.question, question_id, "QUESTION_UNKNOWN")
    question = pack.question(question_id)
    if options:
        refuse(check_option_choice(question, options))
    ordered = [option.key for option in question.options if option.key in options]
    return _record(workspace, view, f"answer:{question_id}", {"options": ordered} if ordered else None)


def record_number(workspace: Workspace, assessment_id: str, number_id: str, value: Decimal | None) -> Changes:
    """Record one figure of the enterprise; null clears it. An impossible figure is refused and nothing changes."""
    view = known(workspace, assessment_id, "assessment")
    pack = _pack_of(workspace, view)
    _known(pack.number, number_id, "NUMBER_UNKNOWN")
    if value is not None:
        answers = assessment_from(view).answers
        refuse(check_number(pack, {**answers.numbers, number_id: value}, number_id))
    text = None if value is None else format(value, "f")
    return _record(workspace, view, f"number:{number_id}", text)


def record_scenario(
    workspace: Workspace, assessment_id: str, scenario_id: str, answer: ScenarioAnswer | None
) -> Changes:
    """Record a scenario's level or why it does not apply; null clears it."""
    view = known(workspace, assessment_id, "assessment")
    _known(_pack_of(workspace, view).scenario, scenario_id, "SCENARIO_UNKNOWN")
    if answer is not None and answer.level is not None:
        refuse(check_level(answer.level, f"scenarios.{scenario_id}"))
    if answer is not None and answer.not_applicable is not None:
        answer = replace(answer, not_applicable=texts.long(answer.not_applicable, f"scenarios.{scenario_id}"))
    value = None if answer is None else scenario_value(answer)
    return _record(workspace, view, f"scenario:{scenario_id}", value)


def record_note(workspace: Workspace, assessment_id: str, target: str, text: str) -> Changes:
    """Record the note of a question or scenario; an empty text clears it."""
    check_target(workspace, assessment_id, target)
    view = known(workspace, assessment_id, "assessment")
    return _record(workspace, view, f"note:{target}", texts.long(text, f"note:{target}") or None)


def record_visit(workspace: Workspace, assessment_id: str, days: tuple[str, ...]) -> Changes:
    """Record the ISO dates on which the enterprise was visited; `DATE_INVALID` for what is no day."""
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise DiagError("DATE_INVALID", location="visited_on", value=day[:40]) from None
    return _record(workspace, known(workspace, assessment_id, "assessment"), "visited_on", sorted(days) or None)


def load_answers(workspace: Workspace, assessment_id: str, path: Path) -> int:
    """Record an answers file as one operation and return how many answers it held; refused whole when one is wrong."""
    answers = parse_answers(
        read(path, limit=ANSWERS_LIMIT), assessment_pack(workspace, assessment_id), location=path.name
    )
    return record_answers(workspace, assessment_id, answers)


def record_answers(workspace: Workspace, assessment_id: str, answers: Answers) -> int:
    """Record all of `answers` as one operation and return how many there were."""
    view = known(workspace, assessment_id, "assessment")
    reference = pack_reference(view)
    registers = answer_registers(answers)
    with workspace.store.operation("load_answers", view.case) as operation:
        for register, value in registers.items():
            operation.set(assessment_id, register, value, pack=reference)
    return len(registers)


def load_assessment(workspace: Workspace, assessment_id: str, language: Language | None = None) -> Assessment:
    """Return the assessment; an unknown id is refused with `ENTITY_UNKNOWN`."""
    return assessment_from(known(workspace, assessment_id, "assessment"), language)


def load_in_both(workspace: Workspace, assessment_id: str, language: Language) -> tuple[Assessment, Assessment]:
    """Return the assessment with its texts in `language`, and as they were said, from one reading."""
    view = known(workspace, assessment_id, "assessment")
    return assessment_from(view, language), assessment_from(view)


def find_assessments(workspace: Workspace, enterprise_id: str) -> tuple[Assessment, ...]:
    """Return the enterprise's assessments, the oldest first."""
    views = workspace.store.entities("assessment", parent=enterprise_id)
    return tuple(assessment_from(carried(workspace.store, view)) for view in views)


def assessment_pack(workspace: Workspace, assessment_id: str) -> Pack:
    """Return the pack that the assessment was started with."""
    return _pack_of(workspace, known(workspace, assessment_id, "assessment"))


def readable_pack(workspace: Workspace, assessment_id: str) -> Pack | None:
    """Return the pack that the assessment was started with, null where it is not installed or cannot be read."""
    try:
        return assessment_pack(workspace, assessment_id)
    except DiagError as error:
        if error.code not in ("PACK_UNKNOWN", "PACK_INVALID"):
            raise
        return None


def _pack_of(workspace: Workspace, view: EntityView) -> Pack:
    return workspace.pack(pack_reference(view))


def score_assessment(workspace: Workspace, assessment_id: str) -> Scorecard:
    """Return scores, level and reasons as they stand now; a pack that changed under its version is a problem."""
    return score_of(workspace, load_assessment(workspace, assessment_id))


def score_of(workspace: Workspace, assessment: Assessment) -> Scorecard:
    """Return the score of an assessment that was read already."""
    pack = workspace.pack(assessment.pack)
    card = score(pack, assessment.answers)
    problems = [
        Problem(code="ANSWER_EARLIER", location=register, severity=Severity.WARNING)
        for register in unmapped(known(workspace, assessment.assessment_id, "assessment"))
    ]
    if pack.digest != assessment.pack_digest:
        problems.append(Problem(code="PACK_CHANGED", location=assessment.pack, severity=Severity.WARNING))
    return replace(card, problems=(*card.problems, *problems))


def check_target(workspace: Workspace, assessment_id: str, target: str) -> None:
    """Refuse with `TARGET_UNKNOWN` what is neither a question nor a scenario of the assessment's pack."""
    pack = assessment_pack(workspace, assessment_id)
    if target not in {question.question_id for question in pack.questions}:
        _known(pack.scenario, target, "TARGET_UNKNOWN")


def _known(find: Callable[[str], object], wanted: str, code: str) -> None:
    try:
        find(wanted)
    except KeyError:
        raise DiagError(code, location=wanted) from None


def _record(workspace: Workspace, view: EntityView, register: str, value: object) -> Changes:
    pack = pack_reference(view) if register.startswith(("answer:", "number:", "scenario:")) else None
    with workspace.store.operation(_OPERATIONS[register.partition(":")[0]], view.case) as operation:
        if value is None:
            operation.clear(view.entity_id, register)
        else:
            operation.set(view.entity_id, register, value, pack=pack)
    return operation.changes


_OPERATIONS = {
    "answer": "record_answer",
    "number": "record_number",
    "scenario": "record_scenario",
    "note": "record_note",
    "visited_on": "record_visit",
}
