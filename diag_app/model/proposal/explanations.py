"""What needs explanation by the rules of the practice packs: in the method note, and counted among the risks."""

from __future__ import annotations

from diag_app.forms.definition import Pack
from diag_app.model.content import Cell, Column, Row, Table, Tone
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.proposal.references import pointing, ref
from diag_app.model.proposal.voice import Voice
from diag_app.model.rule_findings import RuleFinding

MOST_NAMED = 4  # answers named in a row; a rule may compare all of them


def explanation_table(facts: ProposalFacts, voice: Voice) -> tuple[Table, ...]:
    """Return the findings with what explains them; nothing where no rule found anything."""
    translate = voice.translate
    if not facts.findings:
        return ()
    table = Table(
        caption=translate("Answers that need explanation, and what explains them"),
        columns=(
            Column(head=translate("Weight"), width_mm=24),
            Column(head=translate("What does not go together"), width_mm=68),
            Column(head=translate("Answers"), width_mm=24),
            Column(head=translate("Explanation"), width_mm=50),
        ),
        rows=tuple(_row(facts.pack, voice, item) for item in facts.findings),
        note=translate(
            "Source: the rules of {packs}, written for this tool and no part of the method; they change no points.",
            packs=voice.listed(rules.pack for rules in facts.rule_sets),
        ),
    )
    return (table,)


def rules_term(facts: ProposalFacts, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Return what the method note says of the rules; nothing where no practice pack has any."""
    translate = voice.translate
    count = sum(len(rules.rules) for rules in facts.rule_sets)
    if not count:
        return ()
    still_open = sum(item.is_open for item in facts.findings)
    text = translate(
        "{count} rules of {packs}, written for this tool, compare answers; unknown counts as neither true nor false. "
        "Found here: {found}, of them {open} without explanation.",
        count=count,
        packs=voice.listed(rules.pack for rules in facts.rule_sets),
        found=len(facts.findings),
        open=still_open,
    )
    return ((translate("Rules"), text),)


def explanation_risk(facts: ProposalFacts, voice: Voice) -> list[tuple[str, str, str]]:
    """Return how many answers need explanation as a thing the result depends on; nothing where none do."""
    still_open = sum(item.is_open for item in facts.findings)
    if not still_open:
        return []
    fact = voice.translate.plural(
        "{count} finding of the rules without explanation",
        "{count} findings of the rules without explanation",
        still_open,
    )
    effect = pointing(
        "method",
        voice.translate("changes no points; a reviewer may ask ({annex})", annex=ref("method")),
        voice.translate("changes no points; a reviewer may ask"),
    )
    return [(voice.translate("Needs explanation"), fact, effect)]


def _row(pack: Pack, voice: Voice, item: RuleFinding) -> Row:
    names = [_name(pack, voice, used) for used in item.rule.uses]
    named = voice.listed(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        named = voice.translate("{names} and {count} more", names=named, count=len(names) - MOST_NAMED)
    tone: Tone = "signal" if item.is_open else "plain"
    return Row(
        cells=(
            Cell(text=_weight(item, voice), tone=tone),
            Cell(text=voice.text(item.rule.text)),
            Cell(text=named),
            _explanation(item, voice),
        )
    )


def _explanation(item: RuleFinding, voice: Voice) -> Cell:
    translate, overruling = voice.translate, item.overruling
    if overruling is None:
        return Cell(text=translate("none given"), tone="signal")
    who, day = overruling.by.split(" · ")[0], voice.day(overruling.at[:10])
    text = translate("{reason} ({who}, {day})", reason=overruling.reason, who=who, day=day)
    if item.is_lapsed:
        return Cell(text=translate("given before an answer changed: {words}", words=text), tone="signal")
    return Cell(text=text)


def _weight(item: RuleFinding, voice: Voice) -> str:
    words = {
        "error": voice.translate("cannot both be true"),
        "warning": voice.translate("unlikely together"),
        "hint": voice.translate("worth asking"),
    }
    return words[item.rule.severity.value]


def _name(pack: Pack, voice: Voice, used: str) -> str:
    labels = {item.scenario_id: item.short for item in pack.scenarios}
    labels |= {item.number_id: item.label for item in pack.numbers}
    return voice.text(labels[used]) if used in labels else used
