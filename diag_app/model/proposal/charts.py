"""Charts that stand in more than one chapter: the ladder of levels, the conditions of the next one."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from diag_app.model.content import BarChart, LadderChart, LadderStep
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import points_text
from diag_app.model.proposal.voice import Voice
from diag_app.model.said import number_text

State = Literal["reached", "current", "target", "open"]


def ladder(facts: ProposalFacts, voice: Voice) -> LadderChart:
    """Return the levels as steps: those below are reached, the next one is the target."""
    card, translate = facts.scorecard, voice.translate
    steps: list[LadderStep] = []
    for condition in facts.pack.level_rule.conditions:
        flag = ""
        state: State = "open"
        if condition.level < card.level:
            state = "reached"
        elif condition.level == card.level:
            state, flag = "current", translate("now: {points} points", points=points_text(card.score))
        elif condition.level == facts.target_level:
            state, flag = "target", translate("next level")
        steps.append(
            LadderStep(
                level=condition.level,
                label=f"{condition.level} {voice.text(condition.name)}",
                condition=translate("≥ {points} points", points=number_text(condition.min_score)),
                state=state,
                flag=flag,
            )
        )
    return LadderChart(steps=tuple(steps))


def condition_bars(facts: ProposalFacts, voice: Voice, level: int) -> BarChart:
    """Return the three conditions of `level` as bars against what it asks."""
    translate, card = voice.translate, facts.scorecard
    condition = facts.pack.level_rule.conditions[level - 1]
    counts = (Decimal(card.at_or_above[level]), Decimal(card.constrained_at_or_above[level]))
    return BarChart(
        bars=(
            bar(voice, translate("Score"), card.score, condition.min_score),
            bar(
                voice,
                translate("Scenarios at {level}", level=voice.level(level)),
                counts[0],
                Decimal(condition.min_scenarios),
            ),
            bar(voice, translate("Constrained among them"), counts[1], Decimal(condition.min_constrained)),
        )
    )


def bar(voice: Voice, name: str, have: Decimal, asked: Decimal) -> tuple[str, Decimal, Decimal, str]:
    """Return one bar with what is there, asked and missing at its end."""
    show = points_text if have != have.to_integral_value() else number_text
    text = voice.translate("{have} of {asked}", have=show(have), asked=number_text(asked))
    if have < asked:
        text = voice.translate("{text}, short {missing}", text=text, missing=show(asked - have))
    return name, min(have, asked), asked, text
