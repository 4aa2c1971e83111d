"""What a practice pack's rules find in an assessment, and how a person ruled on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from diag_app.forms.answers import Answers
from diag_app.forms.conditions import situation
from diag_app.forms.definition import Pack, ShareDerivation, TrendDerivation
from diag_app.forms.pack_laws import derived_from
from diag_app.forms.practice_rules import Rule, RuleSeverity, fired
from diag_app.model.facts import Assessment, Overruling

_ORDER = tuple(RuleSeverity)


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """The rules of one practice pack."""

    pack: str  # id@version
    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class RuleFinding:
    """Answers that need explanation: the rule, the practice pack it stands in, and the ruling on it."""

    pack: str  # id@version of the practice pack
    rule: Rule
    overruling: Overruling | None = None
    is_lapsed: bool = False  # it was overruled, and an answer that it compares has changed since

    @property
    def key(self) -> str:
        """Return `pack id:rule id`, by which a ruling is recorded whatever the pack's version."""
        return finding_key(self.pack.partition("@")[0], self.rule.rule_id)

    @property
    def is_open(self) -> bool:
        """Return whether it still needs an explanation."""
        return self.overruling is None or self.is_lapsed


def finding_key(pack_id: str, rule_id: str) -> str:
    """Return the name of what a rule finds, the same in every version of its pack."""
    return f"{pack_id}:{rule_id}"


def find_by_rules(
    method: Pack, rule_sets: Iterable[RuleSet], assessment: Assessment, stands: Callable[[Rule, Overruling], bool]
) -> tuple[RuleFinding, ...]:
    """Return what the rules find: open ones first, errors before warnings before hints, else in the packs' order.

    `stands` says whether a ruling was made on the answers as they are now.
    """
    now, found = situation(method, assessment.answers), []
    for rules in rule_sets:
        for rule in fired(rules.rules, now):
            overruling = assessment.overrulings.get(finding_key(rules.pack.partition("@")[0], rule.rule_id))
            is_lapsed = overruling is not None and not stands(rule, overruling)
            found.append(RuleFinding(pack=rules.pack, rule=rule, overruling=overruling, is_lapsed=is_lapsed))
    return tuple(sorted(found, key=lambda item: (not item.is_open, _ORDER.index(item.rule.severity))))


def compared_registers(pack: Pack, uses: Iterable[str]) -> tuple[str, ...]:
    """Return the registers that decide the answers which a rule compares, figures behind derived options with them."""
    numbers = {item.number_id for item in pack.numbers}
    derivations = {item.question_id: item.derivation for item in pack.questions}
    registers: dict[str, None] = {}
    for used in uses:
        if used in numbers:
            registers[f"number:{used}"] = None
        elif used in derivations:
            registers[f"answer:{used}"] = None
            registers |= dict.fromkeys(f"number:{number}" for number in _figures_behind(derivations[used]))
        else:
            registers[f"scenario:{used}"] = None
    return tuple(registers)


def compared_answers(pack: Pack, uses: Iterable[str], answers: Answers) -> dict[str, Any]:
    """Return what a rule compares as it counts: options chosen or derived, figures, levels; null without an answer."""
    counted = situation(pack, answers).counted
    options = {key: tuple(option.key for option in found) for key, found in counted.items()}
    known: dict[str, Any] = {**answers.numbers, **answers.scenarios, **options}
    return {used: known.get(used) for used in uses}


def _figures_behind(derivation: ShareDerivation | TrendDerivation | None) -> Iterable[str]:
    return () if derivation is None else (number for _, number in derived_from(derivation))
