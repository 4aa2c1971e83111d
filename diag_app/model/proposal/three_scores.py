"""The three scores in the rating, and in the annex what roles said of an answer and how it was ruled."""

from __future__ import annotations

from diag_app.forms.scorecard import Scorecard
from diag_app.model.content import Cell, Column, KeyFigure, KeyFigures, Row, Table
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING, points_text
from diag_app.model.proposal.voice import Voice, cells
from diag_app.model.review import Position, Views


def three_score_figures(facts: ProposalFacts, voice: Voice) -> KeyFigures:
    """Return the scores as claimed, supported and verified, each with its level and what it counts."""
    translate, scores = voice.translate, facts.three_scores
    rows = (
        (translate("Claimed"), scores.claimed, translate("Every answer counts as it was recorded.")),
        (translate("Supported"), scores.supported, _supported(facts, voice, scores.supported)),
        (translate("Verified"), scores.verified, _verified(facts, voice)),
    )
    return KeyFigures(figures=tuple(_figure(facts, voice, name, card, words) for name, card, words in rows))


def ruling_table(facts: ProposalFacts, voice: Voice) -> Table | None:
    """Return what roles said where they differ and how the consultant ruled; null where nobody differs."""
    translate = voice.translate
    differing = [views for views in facts.views if views.differ]
    if not differing:
        return None
    return Table(
        caption=translate("Where roles of the firm differ, and the ruling"),
        columns=(
            Column(head=translate("Answer"), width_mm=34),
            Column(head=translate("What roles say"), width_mm=52),
            Column(head=translate("Agreed"), width_mm=18),
            Column(head=translate("Ruling and reason"), width_mm=62),
        ),
        rows=tuple(_ruling_row(facts, voice, views) for views in differing),
        note=translate("The agreed answer is the one that is scored."),
    )


def _figure(facts: ProposalFacts, voice: Voice, name: str, card: Scorecard, words: str) -> KeyFigure:
    level = voice.named_level(facts.pack, card.level) if card.level else voice.translate("no level")
    label = voice.translate("{name}: {level}. {words}", name=name, level=level, words=words)
    return KeyFigure(figure=points_text(card.score), label=label)


def _supported(facts: ProposalFacts, voice: Voice, card: Scorecard) -> str:
    lacking = len(card.set_aside)
    if not facts.earning_count:
        return voice.translate("No answer earns anything, so none needs evidence.")
    if not lacking:
        return voice.translate("Every answer that earns something has the evidence it needs.")
    return voice.translate.plural(
        "Answers with the evidence they need; {count} answer lacks it.",
        "Answers with the evidence they need; {count} answers lack it.",
        lacking,
    )


def _verified(facts: ProposalFacts, voice: Voice) -> str:
    claimed, verified = facts.three_scores.supported, facts.three_scores.verified
    counted = facts.earning_count - len(verified.set_aside)
    supported = facts.earning_count - len(claimed.set_aside)
    if counted == 0:
        return voice.translate("Nothing has been verified in review yet.")
    return voice.translate(
        "Supported answers that a reviewer verified: {count} of {total}.", count=counted, total=supported
    )


def _ruling_row(facts: ProposalFacts, voice: Voice, views: Views) -> Row:
    translate = voice.translate
    ruling = Cell(text=translate("no ruling yet"), tone="signal")
    if views.ruling is not None and views.ruling.holds:
        by = views.ruling.by or NOTHING
        ruling = Cell(
            text=translate("{reason} ({by}, {day})", reason=views.ruling.reason, by=by, day=views.ruling.at[:10])
        )
    said = views_text(facts, voice, views)
    return Row(cells=(*cells(target_name(facts, voice, views.target), said, position_text(views.agreed)), ruling))


def views_text(facts: ProposalFacts, voice: Voice, views: Views) -> str:
    """Return what each role says of an answer."""
    return voice.listed(
        voice.translate("{role} {answer}", role=_role(facts, voice, item.role_id), answer=position_text(item.position))
        for item in views.said
    )


def _role(facts: ProposalFacts, voice: Voice, role_id: str) -> str:
    return next((voice.text(role.label) for role in facts.roles if role.role_id == role_id), role_id)


def target_name(facts: ProposalFacts, voice: Voice, target: str) -> str:
    """Return the name of a question, with its id, or of a scenario."""
    for question in facts.pack.questions:
        if question.question_id == target:
            return f"{target} {voice.text(question.name)}"
    return voice.text(facts.pack.scenario(target).label)


def position_text(position: Position) -> str:
    """Return an answer as its keys or its level."""
    return " ".join(position) or NOTHING
