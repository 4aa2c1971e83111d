"""The three findings of the summary: what is weakest, what the next level lacks, what is not supported."""

from __future__ import annotations

from decimal import Decimal

from diag_app.forms.definition import Indicator, Pack
from diag_app.model.content import Card
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text, share_text
from diag_app.model.proposal.references import see
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import number_text

STANDING_OUT = 2  # indicators that are named as the weakest; more of one share do not stand out


def too_little(pack: Pack, unanswered: int, unrated: int) -> bool:
    """Return whether less than half of the questions, or of the scenarios, have an answer: too little for a level."""
    return 2 * unanswered > len(pack.questions) or 2 * unrated > len(pack.scenarios)


def is_thin(facts: ProposalFacts) -> bool:
    """Return whether the case has too few answers for a level."""
    return too_little(facts.pack, len(facts.unanswered()), len(facts.unrated()))


def weakest(facts: ProposalFacts) -> tuple[Indicator, ...]:
    """Return the indicators with the lowest share of their points, the lowest first; full ones never.

    They are one or two that stand out, or all that share the lowest where more do. One of which no question is
    answered is not known to be weak.
    """
    points = facts.scorecard.indicators
    missing = {question.question_id for question in facts.unanswered()}
    known = {item.indicator_id for item in facts.pack.questions if item.question_id not in missing}
    shares = {
        item.indicator_id: points[item.indicator_id] / item.max_points
        for item in facts.pack.indicators
        if item.indicator_id in known and points[item.indicator_id] < item.max_points
    }
    lost = sorted(
        (item for item in facts.pack.indicators if item.indicator_id in shares),
        key=lambda item: shares[item.indicator_id],
    )
    if len(lost) <= STANDING_OUT:
        return tuple(lost)
    bound = shares[lost[STANDING_OUT - 1].indicator_id]
    low = [item for item in lost if shares[item.indicator_id] <= bound]
    if len(low) > STANDING_OUT and shares[lost[0].indicator_id] < bound:
        return tuple(lost[:1])
    return tuple(low)


def weak_card(facts: ProposalFacts, voice: Voice) -> Card:
    """Return the finding on the weakest indicators."""
    translate = voice.translate
    worst = weakest(facts)
    source = see(("rating.indicators", "answers"))
    if is_thin(facts):
        text = translate("Too few questions are answered to say where the firm is weakest.")
        return Card(number="1", title=translate("Weakness not known yet"), paragraphs=(text,), source=source)
    if not worst:
        return Card(number="1", title=translate("No points lost"), paragraphs=(translate("Every question earns all."),))
    if len(worst) > STANDING_OUT:
        share = share_text(facts.scorecard.indicators[worst[0].indicator_id], worst[0].max_points)
        names = voice.listed(voice.text(item.label) for item in worst)
        text = translate("{names}: {share} of their points each.", names=names, share=share)
        title = translate("{count} indicators are equally low", count=len(worst))
        return Card(number="1", title=title, paragraphs=(text,), source=source)
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
        source=source,
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
        if item.is_constrained
        and item.scenario_id in facts.assessment.answers.scenarios
        and facts.scenario_level(item.scenario_id) == gap.level - 1
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
    if unrated := facts.unrated():
        sentences.append(
            translate.plural(
                "{count} scenario is not rated and counts as level 0.",
                "{count} scenarios are not rated and count as level 0.",
                len(unrated),
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
    missing = len(unanswered) + len(unrated)
    open_items = missing + len(bare) + len(bare_scenarios) + len(facts.disagreeing())
    if not open_items and not facts.earning_count:
        title = translate("Nothing claimed, nothing to support")
        text = translate("All questions are answered; no answer earns a point or a level, so none needs evidence.")
        return Card(number="3", title=title, paragraphs=(text,), source=source)
    if not open_items:
        return Card(
            number="3",
            title=translate("Every answer has evidence"),
            paragraphs=(translate("All questions are answered, and all that earns points or a level is supported."),),
            source=source,
        )
    title = translate.plural("{count} answer needs support", "{count} answers need support", open_items)
    if missing:
        title = translate.plural(
            "{count} answer is missing or unsupported", "{count} answers are missing or unsupported", open_items
        )
    return Card(number="3", title=title, paragraphs=(voice.sentences(sentences),), source=source)
