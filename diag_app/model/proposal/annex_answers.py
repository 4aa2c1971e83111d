"""Annex A: every answer with the points it earns and why."""

from __future__ import annotations

from diag_app.forms.definition import Question, QuestionKind, Scenario
from diag_app.forms.scorecard import QuestionScore
from diag_app.model.content import Block, Cell, Chapter, Column, Row, Table
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, points_text
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.three_scores import ruling_table
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.said import number_text


def answers_annex(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return all answers with their reasons."""
    translate = voice.translate
    answered = sum(1 for _, score in facts.scored() if score.state != "missing")
    blocks: list[Block] = [answer_table(facts, voice), scenario_table(facts, voice)]
    if facts.assessment.answers.numbers.keys() - facts.withheld_numbers:
        blocks.append(number_table(facts, voice))
    rulings = ruling_table(facts, voice)
    if rulings is not None:
        blocks.append(rulings)
    return Chapter(
        number="A",
        origin="diagnosis",
        name=translate("All answers with reasons"),
        finding=translate(
            "{answered} of {questions} questions answered, {rated} of {scenarios} scenarios rated",
            answered=answered,
            questions=len(facts.pack.questions),
            rated=len(facts.pack.scenarios) - len(facts.unrated()),
            scenarios=len(facts.pack.scenarios),
        ),
        lead=translate("Every point leads to an answer, a weight and evidence; what was not answered earns nothing."),
        blocks=tuple(blocks),
    )


def answer_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the scored questions."""
    translate = voice.translate
    rows = [answer_row(facts, voice, question, score) for question, score in facts.scored()]
    return Table(
        caption=translate("The scored questions"),
        columns=(
            Column(head="", width_mm=10),
            Column(head=translate("Question"), width_mm=28),
            Column(head=translate("Answer"), width_mm=46),
            Column(head=translate("Why these points"), width_mm=36),
            Column(head=translate("Score"), width_mm=14, align="right"),
            Column(head=translate("Max"), width_mm=11, align="right"),
            Column(head=translate("Evidence"), width_mm=21),
        ),
        rows=tuple(rows),
    )


def answer_row(facts: ProposalFacts, voice: Voice, question: Question, score: QuestionScore) -> Row:
    """Return one question: its answer, the reason for its points, its evidence."""
    answer = Cell(text=voice.joined(voice.option(question.option(key)) for key in score.options))
    if score.state == "missing":
        answer = Cell(text=voice.translate("not answered"), tone="signal")
    return Row(
        cells=(
            *cells(question.question_id, voice.text(question.name)),
            answer,
            Cell(text=reason(voice, question, score)),
            Cell(text=points_text(score.points), tone="bold"),
            *cells(number_text(score.max_points), voice.cited(facts.evidence_for(question.question_id))),
        ),
        origin=f"question:{question.question_id}",
    )


def reason(voice: Voice, question: Question, score: QuestionScore) -> str:
    """Return how the points follow: by figures, by the options added up, or by one choice."""
    if score.state == "missing":
        return voice.translate("no answer, 0 points")
    if score.derived is not None:
        derived = voice.translate("{option}: {working}", option=score.derived.option, working=score.derived.working)
        if score.options == (score.derived.option,):
            return derived
        return voice.translate("{working}; the choice counts", working=derived)
    if question.kind is QuestionKind.MULTIPLE:
        return " + ".join(points_text(question.option(key).points) for key in score.options)
    return voice.translate("one choice")


def scenario_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return the scenarios with the criterion met and the one that is next."""
    translate = voice.translate
    rows = [scenario_row(facts, voice, item) for item in facts.pack.scenarios]
    return Table(
        caption=translate("The scenarios: why this level, and what the next one asks"),
        columns=(
            Column(head="", width_mm=8),
            Column(head=translate("Scenario"), width_mm=30),
            Column(head=translate("Level"), width_mm=12, align="right"),
            Column(head=translate("Criterion met"), width_mm=47),
            Column(head=translate("The next level asks"), width_mm=47),
            Column(head=translate("Evidence"), width_mm=22),
        ),
        rows=tuple(rows),
        note=translate('"Not answered" and "not applicable" are different facts and are kept apart.'),
    )


def scenario_row(facts: ProposalFacts, voice: Voice, scenario: Scenario) -> Row:
    """Return one scenario."""
    translate = voice.translate
    level = facts.scenario_level(scenario.scenario_id)
    answer = facts.assessment.answers.scenarios.get(scenario.scenario_id)
    criteria = {item.level: voice.text(item.text) for item in scenario.criteria}
    shown = Cell(text=str(level), tone="bold")
    following = criteria.get((level or 0) + 1, translate("highest level reached"))
    if answer is None:
        met = Cell(text=translate("not rated, counted as level 0"), tone="signal")
    elif answer.not_applicable is not None:
        shown, following = Cell(text=NOTHING), NOTHING
        met = Cell(text=translate("not applicable: {reason}", reason=answer.not_applicable))
    else:
        met = Cell(text=criteria.get(level or 0, translate("the criterion of level 1 is not met")))
    name = f"{voice.text(scenario.label)}{'★' if scenario.is_constrained else ''}"
    return Row(
        cells=(
            *cells(str(scenario.number), name),
            shown,
            met,
            *cells(following, voice.cited(facts.evidence_for(scenario.scenario_id))),
        ),
        origin=f"scenario:{scenario.scenario_id}",
    )


def number_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return every recorded figure with its unit and the questions it serves, in the pack's order."""
    translate, numbers = voice.translate, facts.assessment.answers.numbers
    used: dict[str, list[str]] = {}
    for question in facts.pack.questions:
        for number_id in question.numbers:
            used.setdefault(number_id, []).append(question.question_id)
    rows = [
        Row(
            cells=cells(
                voice.text(field.label),
                number_text(numbers[field.number_id]),
                voice.text(field.unit),
                " ".join(used.get(field.number_id, ())),
            )
        )
        for field in facts.pack.numbers
        if field.number_id in numbers and field.number_id not in facts.withheld_numbers
    ]
    return Table(
        caption=translate("Figures the firm gave, and the questions they decide"),
        columns=(
            Column(head=translate("Figure"), width_mm=80),
            Column(head=translate("Value"), width_mm=30, align="right"),
            Column(head=translate("Unit"), width_mm=26),
            Column(head=translate("Question"), width_mm=30),
        ),
        rows=tuple(rows),
        note=pointing(
            "evidence",
            translate("Stated by the firm; evidence stands in {annex} where it was shown.", annex=ref("evidence")),
            translate("Stated by the firm."),
        ),
    )
