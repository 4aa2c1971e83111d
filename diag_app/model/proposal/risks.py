"""Chapter 13: network and data security as answered, and what the result depends on."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.definition import Confidence, Question
from diag_app.model.content import Block, Cell, Chapter, Column, Row, Table
from diag_app.model.proposal.explanations import explanation_risk
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, need_number, points_text
from diag_app.model.proposal.needs import barrier_text, baseline_of
from diag_app.model.proposal.voice import Voice, cells

SECURITY_INDICATOR = "information_security"  # packs that ask for network and data security name the indicator so


def risks_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return security in place and missing, then the risks to the result."""
    translate = voice.translate
    questions = security_questions(facts)
    blocks: list[Block] = [security_table(facts, voice, questions)] if questions else []
    blocks.append(risk_table(facts, voice))
    return Chapter(
        number="13",
        origin="diagnosis",
        name=translate("Risks, network and data security"),
        finding=finding(facts, voice, questions),
        lead=translate("From the answers and the evidence only; no test of networks or systems was made."),
        blocks=tuple(blocks),
    )


def security_questions(facts: ProposalFacts) -> tuple[Question, ...]:
    """Return the questions on security, none where the pack does not ask them."""
    return tuple(item for item in facts.pack.questions if item.indicator_id == SECURITY_INDICATOR)


def finding(facts: ProposalFacts, voice: Voice, questions: tuple[Question, ...]) -> str:
    """Return how many security measures are in place, and which question is open."""
    translate = voice.translate
    measures = sum(1 for question in questions for option in question.options if not option.is_none)
    if not measures:
        return translate("Risks, network and data security")
    place = sum(
        1
        for question in questions
        for key in facts.scorecard.question(question.question_id).options
        if not question.option(key).is_none
    )
    plain = translate("{count} of {total} security measures are in place", count=place, total=measures)
    open_names = [
        voice.text(item.name) for item in questions if facts.scorecard.question(item.question_id).state == "missing"
    ]
    if not open_names:
        return plain
    full = translate("{finding}; not answered: {names}", finding=plain, names=voice.listed(open_names))
    return voice.head(full, plain)


def security_table(facts: ProposalFacts, voice: Voice, questions: tuple[Question, ...]) -> Table:
    """Return each measure the method knows: in place, not in place, or not answered."""
    translate = voice.translate
    rows = []
    for question in questions:
        score = facts.scorecard.question(question.question_id)
        head = f"{question.question_id} {voice.text(question.name)}"
        rows.append(Row(cells=cells(head, "", "", tone="bold"), kind="group"))
        for option in question.options:
            if option.is_none:
                continue
            cited = NOTHING
            if score.state == "missing":
                state = Cell(text=translate("not answered"), tone="signal")
            elif option.key in score.options:
                state, cited = Cell(text=translate("in place")), voice.cited(facts.evidence_for(question.question_id))
            else:
                state = Cell(text=translate("not in place"), tone="signal")
            rows.append(Row(cells=(Cell(text=voice.text(option.label)), state, Cell(text=cited))))
    return Table(
        caption=translate("Network and data security: what is in place, what is missing"),
        columns=(
            Column(head=translate("Measure"), width_mm=106),
            Column(head=translate("State"), width_mm=30),
            Column(head=translate("Evidence"), width_mm=30),
        ),
        rows=tuple(rows),
        note=translate("Evidence is cited by question."),
    )


def risk_table(facts: ProposalFacts, voice: Voice) -> Table:
    """Return what the result depends on, each with its fact and its effect."""
    translate = voice.translate
    rows = [
        *answer_risks(facts, voice),
        *explanation_risk(facts, voice),
        *need_risks(facts, voice),
        rule_risk(facts, voice),
    ]
    return Table(
        caption=translate("What the result depends on"),
        columns=(
            Column(head=translate("Subject"), width_mm=36),
            Column(head=translate("Fact"), width_mm=72),
            Column(head=translate("Effect"), width_mm=58),
        ),
        rows=tuple(
            Row(cells=(Cell(text=subject, tone="bold"), *cells(fact, effect))) for subject, fact, effect in rows
        ),
    )


def answer_risks(facts: ProposalFacts, voice: Voice) -> list[tuple[str, str, str]]:
    """Return what is unanswered, unsupported, or chosen against the figures."""
    translate = voice.translate
    rows = []
    if unanswered := facts.unanswered():
        points = sum((item.max_points for item in unanswered), Decimal(0))
        rows.append(
            (
                translate("Not answered"),
                voice.listed(f"{item.question_id} {voice.text(item.name)}" for item in unanswered),
                translate("counted as 0; up to {points} points more", points=points_text(points)),
            )
        )
    if bare := facts.unsupported_questions():
        resting = sum((facts.scorecard.question(item.question_id).points for item in bare), Decimal(0))
        rows.append(
            (
                translate("Points without evidence"),
                voice.listed(f"{item.question_id} {voice.text(item.name)}" for item in bare),
                translate("{points} points rest on statements alone", points=points_text(resting)),
            )
        )
    if bare_scenarios := facts.unsupported_scenarios():
        names = voice.listed(voice.text(item.label) for item in bare_scenarios)
        rows.append((translate("Levels without evidence"), names, translate("the level rests on statements alone")))
    if unrated := facts.unrated():
        names = voice.listed(voice.text(item.label) for item in unrated)
        rows.append((translate("Scenarios not rated"), names, translate("counted as level 0")))
    if against := facts.disagreeing():
        names = voice.listed(f"{item.question_id} {voice.text(item.name)}" for item in against)
        rows.append((translate("Chosen against the figures"), names, translate("the choice counts; needs explanation")))
    return rows


def need_risks(facts: ProposalFacts, voice: Voice) -> list[tuple[str, str, str]]:
    """Return baselines that were not measured, and barriers the owner named."""
    translate = voice.translate
    rows = []
    for need in facts.needs:
        number = need_number(need.number)
        open_metrics = [
            voice.text(facts.pack.metric(metric_id).label)
            for metric_id, metric in baseline_of(facts, need)
            if metric is None or metric.value is None
        ]
        if open_metrics:
            rows.append(
                (
                    translate("{number} baseline not measured", number=number),
                    voice.listed(open_metrics),
                    translate("no comparison before and after is possible for it"),
                )
            )
        if need.barrier_reason:
            barrier = translate("{number} barrier: {barrier}", number=number, barrier=barrier_text(need, voice))
            rows.append((barrier, need.barrier_reason, translate("stated by the firm; what meets it is not agreed")))
    return rows


def rule_risk(facts: ProposalFacts, voice: Voice) -> tuple[str, str, str]:
    """Return how far the level stands above its own conditions, and how far the rule can be trusted."""
    translate = voice.translate
    effect = translate("the rule agrees with the official text")
    if facts.pack.level_rule.confidence is not Confidence.EXACT:
        status = voice.confidence(facts.pack.level_rule.confidence)
        effect = translate("the rule is {status}: other official bounds may change the level", status=status)
    return translate("Level rule"), margin(facts, voice), effect


def margin(facts: ProposalFacts, voice: Voice) -> str:
    """Return by how much each condition of the reached level is exceeded."""
    card = facts.scorecard
    if card.level == 0:
        return voice.translate("No level is reached, so there is no margin.")
    condition = facts.pack.level_rule.conditions[card.level - 1]
    return voice.translate(
        "{level} holds with a margin of {points} points, {scenarios} scenarios, {constrained} constrained.",
        level=voice.translate("Level {level}", level=card.level),
        points=points_text(card.score - condition.min_score),
        scenarios=card.at_or_above[card.level] - condition.min_scenarios,
        constrained=card.constrained_at_or_above[card.level] - condition.min_constrained,
    )
