"""Rules of a practice pack: which answers together need explanation, each proven by two documents of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from diag_app.forms.answers_file import read_answers
from diag_app.forms.condition_reader import NOTHING, ConditionReader
from diag_app.forms.conditions import Condition, Situation, situation
from diag_app.forms.definition import Confidence, LocalText, Pack
from diag_app.forms.pack_laws import ID_SHAPE
from diag_app.forms.pack_table import Findings, Table
from diag_app.forms.practice import Part

FILE = "rules.toml"
FIRES, SILENT = "fires_on", "silent_on"


class RuleSeverity(StrEnum):
    """How much a rule that fires weighs: both cannot be true; unlikely; worth asking."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Answers that together need explanation. Ids are those of the method; the documents have the answers file's shape.

    `fires_on` fires this rule and no other of its file, `silent_on` fires none.
    """

    rule_id: str
    severity: RuleSeverity
    text: LocalText
    uses: tuple[str, ...]  # the questions, scenarios and figures compared, in the order to look at them
    when: Condition
    confidence: Confidence  # of the condition and its bounds
    fires_on: Mapping[str, Any]
    silent_on: Mapping[str, Any]


def fired(rules: Iterable[Rule], now: Situation) -> Iterator[Rule]:
    """Yield the rules whose condition is true; unknown is silent."""
    return (rule for rule in rules if rule.when.truth(now))


def _read_rules(table: Table, method: Pack) -> tuple[Rule, ...]:
    reader = ConditionReader(method=method)
    rules = tuple(_rule(entry, reader) for entry in table.tables("rules"))
    seen: set[str] = set()
    for index, rule in enumerate(rules):
        place = f"rules[{index}].id"
        if not ID_SHAPE.fullmatch(rule.rule_id):
            table.findings.unlawful("PACK_ID_SHAPE", FILE, place, value=rule.rule_id)
        elif rule.rule_id in seen:
            table.findings.unlawful("PACK_ID_TWICE", FILE, place, value=rule.rule_id)
        seen.add(rule.rule_id)
    return rules


def _rule(entry: Table, reader: ConditionReader) -> Rule:
    when = entry.table("when")
    return Rule(
        rule_id=entry.text("id"),
        severity=_severity(entry),
        text=entry.local("text", "text"),
        uses=entry.texts("uses", required=True),
        # What is no table has been reported as such.
        when=reader.read(when) if entry.findings.can_judge(entry.file, when.path) else NOTHING,
        confidence=entry.confidence("rule"),
        fires_on=entry.take(FIRES, dict, "table", {}, required=True),
        silent_on=entry.take(SILENT, dict, "table", {}, required=True),
    )


def _severity(entry: Table) -> RuleSeverity:
    word = entry.text("severity")
    if word in set(RuleSeverity):
        return RuleSeverity(word)
    if word:
        entry.fault("PACK_WORD", "severity", value=word, expected=", ".join(RuleSeverity))
    return RuleSeverity.HINT


def _check_rules(rules: tuple[Rule, ...], method: Pack, findings: Findings) -> None:
    for index, rule in enumerate(rules):
        place = f"rules[{index}]"
        compared = set(rule.when.compared())
        if compared != set(rule.uses):
            named = {"found": ", ".join(sorted(compared)), "value": ", ".join(rule.uses)}
            findings.unlawful("PACK_RULE_USES", FILE, f"{place}.uses", over=place, **named)
        for key, document in ((FIRES, rule.fires_on), (SILENT, rule.silent_on)):
            answers, problems = read_answers(document, method)
            for problem in problems:
                at = f"{place}.{key}.{problem.location}"
                findings.unlawful(problem.code, FILE, at, over=place, **problem.parameters)
            if not problems:
                _check_document(rules, rule, key, place, situation(method, answers), findings)


def _check_document(
    rules: tuple[Rule, ...], rule: Rule, key: str, place: str, now: Situation, findings: Findings
) -> None:
    found = {item.rule_id for item in fired(rules, now)}
    if key == FIRES and rule.rule_id not in found:
        findings.unlawful("PACK_RULE_QUIET", FILE, f"{place}.{key}", over=place, value=rule.rule_id)
    for other in sorted(found - ({rule.rule_id} if key == FIRES else set())):
        findings.unlawful("PACK_RULE_FIRES", FILE, f"{place}.{key}", over=place, value=other)


RULES: Part[tuple[Rule, ...]] = Part(file=FILE, marks=frozenset({"text", "rule"}), read=_read_rules, check=_check_rules)
