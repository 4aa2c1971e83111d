"""Chapter 6.1: the scenario board."""

from __future__ import annotations

from diag_app.forms.definition import Scenario
from diag_app.model.content import Chapter, Figure, HeatMap, HeatRow
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.figures import NOTHING
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice

HEAD_LETTERS = 11  # that a column of the board holds


def scenarios_chapter(facts: ProposalFacts, voice: Voice) -> Chapter:
    """Return the heat map of all scenarios with what the next level asks of each."""
    translate = voice.translate
    return Chapter(
        number="6.1",
        origin="scenarios",
        name=translate("Scenario levels"),
        finding=finding(facts, voice),
        lead=lead(facts, voice),
        blocks=(
            Figure(
                caption=translate(
                    "Scenario levels: {count} scenarios × {levels} levels",
                    count=len(facts.pack.scenarios),
                    levels=len(facts.pack.level_rule.conditions),
                ),
                chart=heat_map(facts, voice),
                note=note(facts, voice),
            ),
        ),
    )


def finding(facts: ProposalFacts, voice: Voice) -> str:
    """Return how many scenarios stand at the next level, or at the highest."""
    level = facts.target_level or facts.scorecard.level
    total = len(facts.pack.scenarios)
    count = facts.scorecard.at_or_above[level]
    text = voice.translate(
        "{count} of {total} scenarios stand at {level}", count=count, total=total, level=voice.level(level)
    )
    worst = weakest_group(facts, voice)
    if not worst:
        return text
    return voice.head(voice.translate("{finding}; {group} is furthest away", finding=text, group=worst), text)


def weakest_group(facts: ProposalFacts, voice: Voice) -> str:
    """Return the one group whose applicable scenarios have the lowest mean level; empty when several share it."""
    means = {}
    for group in facts.pack.scenario_groups:
        levels = [
            level
            for item in facts.pack.scenarios
            if item.group_id == group.group_id and (level := facts.scenario_level(item.scenario_id)) is not None
        ]
        if levels:
            means[voice.text(group.label)] = sum(levels) / len(levels)
    lowest = [name for name, mean in means.items() if mean == min(means.values())]
    return lowest[0] if len(lowest) == 1 and len(means) > 1 else ""


def lead(facts: ProposalFacts, voice: Voice) -> str:
    """Return what the next level asks of the board."""
    translate, level = voice.translate, facts.target_level
    if level is None:
        return translate("The highest level asks nothing more of the board.")
    condition = facts.pack.level_rule.conditions[level - 1]
    return translate(
        "{level} asks {scenarios} scenarios, {constrained} of them constrained (★); there are {count} and {have}.",
        level=translate("Level {level}", level=level),
        scenarios=condition.min_scenarios,
        constrained=condition.min_constrained,
        count=facts.scorecard.at_or_above[level],
        have=facts.scorecard.constrained_at_or_above[level],
    )


def heat_map(facts: ProposalFacts, voice: Voice) -> HeatMap:
    """Return the board: every scenario with level, target, next criterion and evidence."""
    translate = voice.translate
    conditions = facts.pack.level_rule.conditions
    rows: list[HeatRow] = []
    previous = ""
    groups = {group.group_id: voice.text(group.label) for group in facts.pack.scenario_groups}
    for scenario in facts.pack.scenarios:
        head = groups[scenario.group_id] if scenario.group_id != previous else ""
        rows.append(heat_row(facts, voice, scenario, head))
        previous = scenario.group_id
    card = facts.scorecard
    return HeatMap(
        level_heads=level_heads(facts, voice),
        rows=tuple(rows),
        foot=(
            foot(
                voice,
                translate("At or above / required"),
                [(card.at_or_above[c.level], c.min_scenarios) for c in conditions],
            ),
            foot(
                voice,
                translate("Constrained ★ / required"),
                [(card.constrained_at_or_above[c.level], c.min_constrained) for c in conditions],
            ),
        ),
        detail_head=translate("What the next level asks"),
        evidence_head=translate("Files"),
        label_head=translate("Scenario (★ constrained)"),
        not_applicable=translate("not applicable"),
    )


def level_heads(facts: ProposalFacts, voice: Voice) -> tuple[str, ...]:
    """Return the levels with their names where all fit a column, else their numbers alone."""
    conditions = facts.pack.level_rule.conditions
    named = tuple(f"{condition.level} {voice.text(condition.name)}" for condition in conditions)
    if all(len(head) <= HEAD_LETTERS for head in named):
        return named
    return tuple(voice.translate("Level {level}", level=condition.level) for condition in conditions)


def heat_row(facts: ProposalFacts, voice: Voice, scenario: Scenario, group: str) -> HeatRow:
    """Return one scenario of the board."""
    translate = voice.translate
    level = facts.scenario_level(scenario.scenario_id)
    targets = [need.target_level for need in facts.needs_for(scenario.scenario_id) if need.target_level is not None]
    target = max(targets, default=None)
    if level is None:
        answer = facts.assessment.answers.scenarios[scenario.scenario_id]
        detail = translate("Reason: {reason}", reason=answer.not_applicable)
    else:
        following = [item for item in scenario.criteria if item.level == level + 1]
        detail = voice.text(following[0].text) if following else translate("highest level reached")
    count = len(facts.evidence_for(scenario.scenario_id))
    return HeatRow(
        label=voice.text(scenario.label),
        is_constrained=scenario.is_constrained,
        level=level,
        target=target,
        detail=detail,
        evidence=str(count) if count else NOTHING,
        group=group,
        number=str(scenario.number),
        flag=translate("target {level}", level=target) if target is not None else "",
    )


def foot(voice: Voice, label: str, pairs: list[tuple[int, int]]) -> tuple[str, tuple[str, ...], tuple[bool, ...]]:
    """Return one foot row: there and required at each level, with what is missing."""
    texts = tuple(
        f"{have}/{asked}"
        if have >= asked
        else voice.translate("{have}/{asked} −{missing}", have=have, asked=asked, missing=asked - have)
        for have, asked in pairs
    )
    return label, texts, tuple(have >= asked for have, asked in pairs)


def note(facts: ProposalFacts, voice: Voice) -> str:
    """Return how to read the board, and what was not rated or does not apply."""
    translate = voice.translate
    sentences = [
        translate("Filled cells are reached, the figure is the level; a dashed cell is the target of a need."),
        translate("Foot rows: there / required, then what is missing."),
        pointing(
            "evidence",
            translate(
                "Rated by the consultant after the criteria of the pack; evidence is listed in {annex}.",
                annex=ref("evidence"),
            ),
            translate("Rated by the consultant after the criteria of the pack."),
        ),
    ]
    if facts.unrated():
        names = voice.listed(voice.text(item.label) for item in facts.unrated())
        sentences.append(translate("Not rated and counted as level 0: {names}.", names=names))
    if facts.not_applicable():
        names = voice.listed(voice.text(item.label) for item in facts.not_applicable())
        sentences.append(
            translate("Not applicable and counted as level 0, no official rule is known: {names}.", names=names)
        )
    return voice.sentences(sentences)
