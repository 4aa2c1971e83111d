"""Every rule proves itself on its own two documents, and every fault in a rule file is found at its place."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from diag_app.errors import Problem
from diag_app.forms.answers_file import read_answers
from diag_app.forms.conditions import situation
from diag_app.forms.definition import Confidence
from diag_app.forms.practice import check_practice, load_part
from diag_app.forms.practice_parts import PARTS
from diag_app.forms.practice_rules import RULES, Rule, RuleSeverity, fired
from diag_app.i18n import Translator
from tests.forms.packs import shipped_pack, small_pack
from tests.forms.practices import shipped_practice, small_practice
from tests.forms.rule_texts import GOOD, changed_rules


@cache
def shipped_rules() -> tuple[Rule, ...]:
    return load_part(shipped_practice(), RULES, shipped_pack()) or ()


def fired_on(document: Any) -> list[str]:
    answers, problems = read_answers(document, shipped_pack())
    assert problems == ()
    return [rule.rule_id for rule in fired(shipped_rules(), situation(shipped_pack(), answers))]


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: str(rule.rule_id))
def test_a_rule_fires_on_its_document_alone_and_is_silent_on_the_other(rule: Rule) -> None:
    assert fired_on(rule.fires_on) == [rule.rule_id]
    assert fired_on(rule.silent_on) == []


def entries(document: Any) -> dict[str, str]:
    return {f"{section}.{key}": str(value) for section, found in document.items() for key, value in found.items()}


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: str(rule.rule_id))
def test_the_two_documents_differ_in_one_entry(rule: Rule) -> None:
    fires, silent = entries(rule.fires_on), entries(rule.silent_on)
    changed = {key for key in fires.keys() | silent.keys() if fires.get(key) != silent.get(key)}
    assert len({key.partition(".")[2] for key in changed}) == 1


def test_the_rules_shipped_are_authored_and_of_three_severities() -> None:
    rules = shipped_rules()
    counts = {severity: sum(rule.severity is severity for rule in rules) for severity in RuleSeverity}
    assert counts == {RuleSeverity.ERROR: 26, RuleSeverity.WARNING: 85, RuleSeverity.HINT: 74}
    assert {rule.confidence for rule in rules} == {rule.text.confidence for rule in rules} == {Confidence.AUTHORED}
    accusing = ("造假", "虚假", "异常", "false", "fraud", "lie ", "cheat")
    texts = [text for rule in rules for text in (rule.text.zh, rule.text.en.lower())]
    assert [text for text in texts if any(word in text for word in accusing)] == []


def test_nothing_answered_fires_nothing() -> None:
    assert fired_on({}) == []


def found_in(text: str) -> tuple[Problem, ...]:
    return check_practice(small_practice({"rules.toml": text}), small_pack(), PARTS)


def test_the_small_rules_are_sound() -> None:
    assert found_in(GOOD) == ()


# old | new | code | path
FAULTS = r"""
severity = 'warning' | severity = 'grave' | PACK_WORD | rules[0].severity
severity = 'warning' | severity = 1 | PACK_TYPE | rules[0].severity
severity = 'warning' |  | PACK_KEY_MISSING | rules[0].severity
severity = 'warning' | severity = 'warning'\ncolour = 1 | PACK_KEY_UNKNOWN | rules[0].colour
id = 'starred_high' | id = 'starred high' | PACK_ID_SHAPE | rules[0].id
id = 'share_low' | id = 'starred_high' | PACK_ID_TWICE | rules[1].id
, en = 'starred_high needs explanation' |  | PACK_LANGUAGE_MISSING | rules[0].text.en
rule = 'authored' |  | PACK_CONFIDENCE_MISSING | confidence.rule
uses = ['Q1', 'starred'] | uses = ['Q1'] | PACK_RULE_USES | rules[0].uses
uses = ['Q1', 'starred'] | uses = ['Q1', 'plain', 'starred'] | PACK_RULE_USES | rules[0].uses
uses = ['Q1', 'starred'] |  | PACK_KEY_MISSING | rules[0].uses
when = { all = [{ chosen = | when = 5 # | PACK_TYPE | rules[0].when
when = { all = [{ chosen = | why = { all = [{ chosen = | PACK_KEY_MISSING | rules[0].when
when = { all = [{ chosen = | when = {} # | PACK_CONDITION | rules[0].when
when = { all = [{ chosen = | when = { every = [{ chosen = | PACK_CONDITION | rules[0].when
{ all = [{ chosen = | { any = [], all = [{ chosen = | PACK_CONDITION | rules[0].when
when = { all = [{ chosen = | when = { all = [] } # | PACK_TYPE | rules[0].when.all
when = { all = [{ chosen = | when = { all = [5] } # | PACK_TYPE | rules[0].when.all[0]
question = 'Q1' | question = 'Q9' | PACK_ID_UNKNOWN | rules[0].when.all[0].chosen.question
question = 'Q1', |  | PACK_KEY_MISSING | rules[0].when.all[0].chosen.question
option = 'B' | option = 'Z' | PACK_ID_UNKNOWN | rules[0].when.all[0].chosen.option
option = 'B' | option = 'B', more = 1 | PACK_KEY_UNKNOWN | rules[0].when.all[0].chosen.more
options = ['A'] | options = ['A', 'Z'] | PACK_ID_UNKNOWN | rules[1].when.all[0].chosen_any.options[1]
options = ['A'] | options = [] | PACK_TYPE | rules[1].when.all[0].chosen_any.options
options = ['A'] | options = 'A' | PACK_TYPE | rules[1].when.all[0].chosen_any.options
scenario = 'starred', at_least = 2 | scenario = 'star', at_least = 2 | PACK_ID_UNKNOWN | rules[0].when.all[1].level.scenario
scenario = 'starred', at_least = 2 | scenario = 'starred' | PACK_CHOICE | rules[0].when.all[1].level.at_least
scenario = 'starred', at_least = 2 | scenario = 'starred', at_least = 3 | PACK_BOUNDS | rules[0].when.all[1].level.at_least
scenario = 'starred', at_least = 2 | scenario = 'starred', at_least = 2, at_most = 1 | PACK_BOUNDS | rules[0].when.all[1].level.at_least
figure = 'part', op | figure = 'port', op | PACK_ID_UNKNOWN | rules[1].when.all[1].number.figure
figure = 'part', op | figure = ['part'], op | PACK_TYPE | rules[1].when.all[1].number.figure
figure = 'part', op | op | PACK_KEY_MISSING | rules[1].when.all[1].number.figure
op = 'gt' | op = '>' | PACK_WORD | rules[1].when.all[1].number.op
op = 'gt', |  | PACK_KEY_MISSING | rules[1].when.all[1].number.op
value = 100 | value = -100 | PACK_NUMBER_NEGATIVE | rules[1].when.all[1].number.value
left = ['part', 'whole'] | left = ['part', 'hole'] | PACK_ID_UNKNOWN | rules[3].when.compare.left[1]
left = ['part', 'whole'] | left = ['port', 'whole'] | PACK_ID_UNKNOWN | rules[3].when.compare.left[0]
not_applicable = 'plain' } | not_applicable = 'plane' } | PACK_ID_UNKNOWN | rules[2].when.all[0].not_applicable
answered = 'Q3' | answered = 'Q9' | PACK_ID_UNKNOWN | rules[2].when.all[1].answered
at_most = 0 } } } | at_most = 4 } } } | PACK_BOUNDS | rules[2].when.all[2].not.count_chosen.at_most
scenarios = 'all' | scenarios = ['starred', 'plane'] | PACK_ID_UNKNOWN | rules[4].when.all[0].count_levels.scenarios[1]
scenarios = 'all' | scenarios = [] | PACK_TYPE | rules[4].when.all[0].count_levels.scenarios
scenarios = 'all' | group = 'grope' | PACK_ID_UNKNOWN | rules[4].when.all[0].count_levels.group
scenarios = 'all' | kind = 'starry' | PACK_WORD | rules[4].when.all[0].count_levels.kind
scenarios = 'all' | kind = 1 | PACK_TYPE | rules[4].when.all[0].count_levels.kind
scenarios = 'all' | kind = 'guiding', group = 'group' | PACK_CHOICE | rules[4].when.all[0].count_levels.scenarios
scenarios = 'all', |  | PACK_CHOICE | rules[4].when.all[0].count_levels.scenarios
level_at_least = 2 | level_at_least = 0 | PACK_BOUNDS | rules[4].when.all[0].count_levels.level_at_least
level_at_least = 2, at_least = 2 | level_at_least = 2, at_least = 3 | PACK_BOUNDS | rules[4].when.all[0].count_levels.at_least
total = true | total = false | PACK_CHOICE | rules[4].when.all[1].score.dimension
total = true | dimension = 'basis', total = true | PACK_CHOICE | rules[4].when.all[1].score.dimension
total = true | dimension = 'operation' | PACK_ID_UNKNOWN | rules[4].when.all[1].score.dimension
total = true, at_most = 0 | total = true, at_least = 101 | PACK_BOUNDS | rules[4].when.all[1].score.at_least
fires_on = { | fires = { | PACK_KEY_MISSING | rules[0].fires_on
silent_on = { | silent = { | PACK_KEY_MISSING | rules[0].silent_on
fires_on = { answers = { Q1 = ['B'] } | fires_on = { answers = { Q1 = ['C'] } | PACK_RULE_QUIET | rules[0].fires_on
fires_on = { answers = { Q1 = ['B'] } | fires_on = { answers = { Q1 = ['B'], Q3 = ['A'], Q2 = ['A'] }, numbers = { part = 101 } | PACK_RULE_FIRES | rules[0].fires_on
starred = 1 } } | starred = 2 } } | PACK_RULE_FIRES | rules[0].silent_on
fires_on = { answers = { Q1 = ['B'] } | fires_on = { answers = { Q7 = ['B'] } | QUESTION_UNKNOWN | rules[0].fires_on.answers.Q7
fires_on = { answers = { Q1 = ['B'] } | fires_on = { answers = { Q1 = ['Z'] } | OPTION_UNKNOWN | rules[0].fires_on.answers.Q1
fires_on = { answers = { Q1 = ['B'] } | fires_on = { answer = { Q1 = ['B'] } | ANSWERS_KEY_UNKNOWN | rules[0].fires_on.answer
starred = 1 } } | starred = 9 } } | LEVEL_UNKNOWN | rules[0].silent_on.scenarios.starred
"""  # noqa: E501  one fault a line


def rows() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in FAULTS.strip().splitlines()]


@pytest.mark.parametrize(("old", "new", "code", "path"), rows())
def test_a_faulty_rule_is_refused_at_its_place(
    old: str, new: str, code: str, path: str, translate_zh: Translator, translate_en: Translator
) -> None:
    found = found_in(changed_rules(old, new.replace(r"\n", "\n")))
    assert (code, f"rules.toml:{path}") in [(problem.code, problem.location) for problem in found]
    for problem in found:
        for translate in (translate_zh, translate_en):
            assert problem.location in translate.problem(problem)
            assert translate.remedy(problem)


def test_a_condition_that_names_nothing_known_is_reported_once() -> None:
    (found,) = found_in(changed_rules("question = 'Q1'", "question = 'Q9'"))
    assert found.code == "PACK_ID_UNKNOWN"


def test_counting_a_group_a_kind_or_a_list_of_scenarios() -> None:
    for scenarios in ("group = 'group'", "scenarios = ['starred', 'plain', 'plain']"):
        assert found_in(changed_rules("scenarios = 'all'", scenarios)) == ()
    (found,) = found_in(changed_rules("scenarios = 'all'", "kind = 'guiding'"))
    assert (found.code, found.parameters["maximum"]) == ("PACK_BOUNDS", "1")
    assert found_in(changed_rules("total = true", "dimension = 'basis'")) == ()


def test_a_condition_nested_beyond_sense_is_refused_not_followed() -> None:
    deep = "{ not = " * 13 + "{ answered = 'Q3' }" + " }" * 13
    (found,) = found_in(changed_rules("{ answered = 'Q3' }", deep))
    assert found.code == "PACK_CONDITION"
    assert found.location.endswith(".not.not")
