"""What rules find, as the pages show it: the sentence, the answers to go to, and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from diag_app.forms.definition import Pack
from diag_app.i18n import Translator
from diag_app.model.rule_findings import RuleFinding
from diag_app.ui.models.figures import local_time, target_code, target_name

State = Literal["open", "lapsed", "explained"]


@dataclass(frozen=True, kw_only=True)
class AnswerLink:
    """An answer that a rule compares: its short and its full name, and the question or scenario to open."""

    code: str
    name: str
    target: str


@dataclass(frozen=True, kw_only=True)
class FindingRow:
    """One finding in words. `said` is what explains it, `by` who said so and when; both empty while nobody has."""

    key: str
    severity: str
    text: str
    links: tuple[AnswerLink, ...]
    state: State
    said: str = ""
    by: str = ""


def finding_row(finding: RuleFinding, pack: Pack, translate: Translator) -> FindingRow:
    """Return a finding in words."""
    overruling = finding.overruling
    state: State = "lapsed" if finding.is_lapsed else "open" if finding.is_open else "explained"
    return FindingRow(
        key=finding.key,
        severity=finding.rule.severity.value,
        text=finding.rule.text.text(translate.language),
        links=tuple(_link(used, pack, translate) for used in finding.rule.uses),
        state=state,
        said="" if overruling is None else overruling.reason,
        by="" if overruling is None else f"{overruling.by}  {local_time(overruling.at)}",
    )


def finding_rows(findings: Iterable[RuleFinding], pack: Pack, translate: Translator) -> tuple[FindingRow, ...]:
    """Return findings in words, in their order."""
    return tuple(finding_row(finding, pack, translate) for finding in findings)


def next_compared(findings: Iterable[RuleFinding], pack: Pack, here: str) -> str | None:
    """Return the next answer after `here` that an open finding compares, after the last the first; null for none."""
    compared = {_asked_at(used, pack) for finding in findings if finding.is_open for used in finding.rule.uses}
    order = [question.question_id for question in pack.questions]
    order += [scenario.scenario_id for scenario in pack.scenarios]
    after = order.index(here) + 1 if here in order else 0
    return next((answer for answer in (*order[after:], *order[:after]) if answer in compared), None)


def _link(used: str, pack: Pack, translate: Translator) -> AnswerLink:
    language = translate.language
    for number in pack.numbers:
        if number.number_id == used:
            name = number.label.text(language)
            return AnswerLink(code=name, name=name, target=_asked_at(used, pack))
    return AnswerLink(code=target_code(pack, used, language), name=target_name(pack, used, language), target=used)


def _asked_at(used: str, pack: Pack) -> str:
    """Return the question beside which a figure is asked, or `used` itself where it is no figure."""
    asked = (item.question_id for item in pack.questions if used in (*item.numbers, *item.more_numbers))
    return next(asked, used)
