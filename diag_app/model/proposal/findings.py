"""The three findings of the summary: what is weakest, what the next level lacks, what is not supported."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.definition import Indicator
from diag_app.model.content import Card
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text
from diag_app.model.proposal.references import see
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import number_text


def weakest(facts: ProposalFacts) -> tuple[Indicator, ...]:
    """Return the two indicators with the lowest share of their points, the lowest first; full ones never."""
    points = facts.scorecard.indicators
    lost = [item for item in facts.pack.indicators if points[item.indicator_id] < item.max_points]
    lost.sort(key=lambda item: points[item.indicator_id] / item.max_points)
    return tuple(lost[:2])


def weak_card(facts: ProposalFacts, voice: Voice) -> Card:
    """Return the finding on the weakest indicators."""
    translate = voice.translate
    worst = weakest(facts)
    if not worst:
        return Card(number="1", title=translate("No points lost"), paragraphs=(translate("Every question earns all."),))
    lines = [
        translate(
            "{name} has {points} of {maximum} points.",
            name=voice.text(item.label),
            points=points_text(facts.scorecard.indicators[item.indicator_id]),
            maximum=number_text(item.max_points),
        )
        for item in worst
    ]
    ids = {item.indicator_id for item in worst}
    workings = [
        translate("{name}: {working}.", name=voice.text(question.name), working=score.derived.working)
        for question, score in facts.scored()
        if question.indicator_id in ids and score.derived is not None
    ]
    names = voice.both([voice.text(item.label) for item in worst])
    return Card(
        number="1",
        title=translate("Weakest: {names}", names=names),
        paragraphs=(voice.sentences(lines + workings[:1]),),
        source=see(("rating.indicators", "answers")),
    )


def next_level_card(facts: ProposalFacts, voice: Voice) -> Card:
    """Return the finding on what the next level asks."""
    translate, gap = voice.translate, facts.scorecard.to_next
    if gap is None:
        return Card(
            number="2",
            title=translate("No level above this one"),
            paragraphs=(translate("All three conditions of the highest level hold."),),
            source=see(("rating.conditions",)),
        )
    near = [
        voice.text(item.label)
        for item in facts.pack.scenarios
        if item.is_constrained and facts.scenario_level(item.scenario_id) == gap.level - 1
    ]
    condition = facts.pack.level_rule.conditions[gap.level - 1]
    sentences = [
        translate(
            "It asks {scenarios} scenarios at that level, {constrained} constrained; there are {count} and {have}.",
            scenarios=condition.min_scenarios,
            constrained=condition.min_constrained,
            count=facts.scorecard.at_or_above[gap.level],
            have=facts.scorecard.constrained_at_or_above[gap.level],
        )
    ]
    if near:
        sentences.append(translate("Constrained and one level below: {names}.", names=voice.listed(near)))
    return Card(
        number="2",
        title=translate(
            "{level} lacks {gap}", level=voice.translate("Level {level}", level=gap.level), gap=voice.gap(gap)
        ),
        paragraphs=(voice.sentences(sentences),),
        source=see(("rating.conditions", "gap")),
    )


def support_card(facts: ProposalFacts, voice: Voice) -> Card:
    """Return the finding on what is not answered or not supported."""
    translate = voice.translate
    unanswered = facts.unanswered()
    bare = [item.question_id for item in facts.unsupported_questions()]
    bare_scenarios = [voice.text(item.label) for item in facts.unsupported_scenarios()]
    sentences = []
    if unanswered:
        points = sum((item.max_points for item in unanswered), Decimal(0))
        names = voice.listed(f"{item.question_id} {voice.text(item.name)}" for item in unanswered[:3])
        sentences.append(
            translate.plural(
                "{count} question is unanswered ({names}): up to {points} points.",
                "{count} questions are unanswered ({names}): up to {points} points.",
                len(unanswered),
                names=names,
                points=points_text(points),
            )
        )
    if bare:
        sentences.append(translate("Points without evidence: {names}.", names=voice.listed(bare)))
    if bare_scenarios:
        sentences.append(translate("Levels without evidence: {names}.", names=voice.listed(bare_scenarios)))
    if facts.disagreeing():
        names = voice.listed(item.question_id for item in facts.disagreeing())
        sentences.append(translate("Chosen against the figures: {names}.", names=names))
    source = see(("answers", "evidence"))
    open_items = len(unanswered) + len(bare) + len(bare_scenarios) + len(facts.disagreeing())
    if not open_items:
        return Card(
            number="3",
            title=translate("Every answer has evidence"),
            paragraphs=(translate("All questions are answered, and all that earns points or a level is supported."),),
            source=source,
        )
    return Card(
        number="3",
        title=translate.plural("{count} answer needs support", "{count} answers need support", open_items),
        paragraphs=(voice.sentences(sentences),),
        source=source,
    )
