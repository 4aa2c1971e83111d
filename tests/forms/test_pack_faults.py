"""Every kind of fault in a pack is found, at its place, beside all others."""

from __future__ import annotations

import pytest

from diag_app.errors import DiagError
from diag_app.forms.pack import check_pack, load_pack
from diag_app.i18n import Translator
from tests.forms.packs import SMALL, changed, shipped_files, small_files

# Under each file: what is changed | into what | code | path.
FAULTS = r"""
pack.toml
format = 1 | format = 2 | PACK_FORMAT | format
format = 1 | format = 1\ncolour = 'red' | PACK_KEY_UNKNOWN | colour
format = 1 | format = true | PACK_TYPE | format
id = 'small' | id = '../small' | PACK_ID_SHAPE | id
version = '0.1.0' | version = 'new' | PACK_ID_SHAPE | version
version = '0.1.0' | version = '' | PACK_TEXT_EMPTY | version
version = '0.1.0' |  | PACK_KEY_MISSING | version
title = { zh = '小', en = 'Small' } | title = { zh = '小' } | PACK_LANGUAGE_MISSING | title.en
title = { zh = '小', en = 'Small' } |  | PACK_KEY_MISSING | title
title = { zh = '小', en = 'Small' } | title = 'Small' | PACK_TYPE | title
english = 'authored' |  | PACK_CONFIDENCE_MISSING | confidence.english
english = 'authored' | english = 'certain' | PACK_CONFIDENCE_UNKNOWN | confidence.english
english = 'authored' | english = '' | PACK_TEXT_EMPTY | confidence.english
points = 'exact' | points = 'exact'\nx = 'exact' | PACK_KEY_UNKNOWN | confidence.x
number = '1' | number = 1 | PACK_TYPE | document.number
weight_pct = 100 | weight_pct = 90 | PACK_SUM | dimensions
weight_pct = 100 |  | PACK_KEY_MISSING | dimensions[0].weight_pct
id = 'operation' | id = 'operation'\nweight_pct = 5 | PACK_KEY_MISSING | dimensions[1].max_points
max_points = 100 | max_points = 90 | PACK_SUM | dimensions[0].max_points
max_points = 100 | max_points = -100 | PACK_NUMBER_NEGATIVE | dimensions[0].max_points
max_points = 100 | max_points = 1e999999999 | PACK_NUMBER_TOO_LARGE | dimensions[0].max_points
max_points = 100 | max_points = 100.0000000 | PACK_NUMBER_TOO_LARGE | dimensions[0].max_points
max_points = 100 | max_points = nan | PACK_NUMBER_NEGATIVE | dimensions[0].max_points
id = 'operation' | id = 'basis' | PACK_ID_TWICE | dimensions[1].id
id = 'all' | id = 'a b' | PACK_ID_SHAPE | indicators[0].id
dimension = 'basis' | dimension = 'bass' | PACK_ID_UNKNOWN | indicators[0].dimension
dimension = 'basis' | dimension = 'operation' | PACK_DIMENSION_UNSCORED | indicators[0].dimension
dimension = 'basis' | dimension = 5 | PACK_TYPE | indicators[0].dimension
[document] | indicators_2 = []\n[document] | PACK_KEY_UNKNOWN | confidence.indicators_2
questions.toml
id = 'part_1' | id = 'part' | PACK_ID_TWICE | numbers[2].id
not_above = 'whole' | not_above = 'hole' | PACK_ID_UNKNOWN | numbers[1].not_above
maximum = 1000 | maximum = '1000' | PACK_TYPE | numbers[0].maximum
id = 'Q2' | id = 'Q1' | PACK_ID_TWICE | questions[1].id
indicator = 'all' | indicator = 'none' | PACK_ID_UNKNOWN | questions[0].indicator
kind = 'multiple' | kind = 'several' | PACK_WORD | questions[0].kind
key = 'B', points = 20 | key = 'B', points = 19.5 | PACK_SUM | questions[0].max_points
key = 'B', points = 30 | key = 'B', points = 40 | PACK_SUM | questions[1].max_points
key = 'B', points = 20 | key = 'B', points = '20' | PACK_TYPE | questions[0].options[1].points
key = 'B', points = 20 | key = 'A', points = 20 | PACK_ID_TWICE | questions[0].options[1].key
confidence = 'unknown' | confidence = 'sure' | PACK_CONFIDENCE_UNKNOWN | questions[0].options[2].confidence
none = true | none = 'yes' | PACK_TYPE | questions[0].options[0].none
points = 30, zh = '丙' | points = 30, none = true, zh = '丙' | PACK_NONE | questions[0].options[2].none
points = 0, zh = '低' | points = 0, none = true, zh = '低' | PACK_NONE | questions[1].options[0].none
key = 'A', points = 0, none | points = 0, none | PACK_KEY_MISSING | questions[0].options[0].key
numbers = ['whole', 'part'] | numbers = ['whole', 'prt'] | PACK_ID_UNKNOWN | questions[1].numbers[1]
numbers = ['whole', 'part'] | numbers = ['whole'] | PACK_NUMBER_NOT_ASKED | questions[1].share.numerator
numbers = ['whole', 'part'] | numbers = ['whole', 5] | PACK_TYPE | questions[1].numbers
numerator = 'part' | numerator = 'prt' | PACK_ID_UNKNOWN | questions[1].share.numerator
yearly = [['part_1', 'whole_1']] | yearly = [['part_1']] | PACK_TYPE | questions[1].share.yearly[0]
yearly = [['part_1', 'whole_1']] | yearly = [['part_1', 'hole']] | PACK_ID_UNKNOWN | questions[1].share.yearly[0][1]
{ key = 'A', up_to = 50 } | { key = 'A', above = 5, up_to = 50 } | PACK_BAND_GAP | questions[1].share.bands[0].above
above = 50 | above = 60 | PACK_BAND_GAP | questions[1].share.bands[1].above
above = 50 | above = 40 | PACK_BAND_OVERLAP | questions[1].share.bands[1].above
up_to = 50 | up_to = 0 | PACK_BAND_EMPTY | questions[1].share.bands[0].up_to
up_to = 100 | up_to = 90 | PACK_BAND_END | questions[1].share.bands
{ key = 'A', up_to = 50 } | { key = 'D', up_to = 50 } | PACK_ID_UNKNOWN | questions[1].share.bands[0].key
[questions.share] | [questions.share]\nwide = 1 | PACK_KEY_UNKNOWN | questions[1].share.wide
last = ['part', 'whole'] | last = [] | PACK_TYPE | questions[2].trend.last
last = ['part', 'whole'] | last = ['part_1'] | PACK_NUMBER_NOT_ASKED | questions[2].trend.last[0]
decimals = 2 | decimals = 99 | PACK_NUMBER_TOO_LARGE | questions[2].trend.decimals
decimals = 2 | decimals = -2 | PACK_NUMBER_NEGATIVE | questions[2].trend.decimals
flat = 'B' | flat = 'X' | PACK_ID_UNKNOWN | questions[2].trend.flat
scenarios.toml
group = 'group' | group = 'troop' | PACK_ID_UNKNOWN | scenarios[0].group
id = 'plain' | id = 'starred' | PACK_ID_TWICE | scenarios[1].id
id = 'plain' | id = 'Q1' | PACK_ID_TWICE | scenarios[1].id
kind = 'guiding' | kind = 'guided' | PACK_WORD | scenarios[1].kind
, { zh = '乙', en = 'second' }]\nnote | ]\nnote | PACK_COUNT | scenarios[0].criteria
, { zh = '二', en = 'Two' } |  | PACK_COUNT | level_heads
, { zh = '二', en = 'Two' } | , 'two' | PACK_TYPE | level_heads[1]
level_rule.toml
level = 2 | level = 3 | PACK_RULE_LEVEL | conditions[1].level
min_score = 60 | min_score = 10 | PACK_RULE_FALLS | conditions[1].min_score
min_score = 60 | min_score = 101 | PACK_RULE_REACH | conditions[1].min_score
min_scenarios = 2 | min_scenarios = 3 | PACK_RULE_REACH | conditions[1].min_scenarios
min_constrained = 1 | min_constrained = 2 | PACK_RULE_REACH | conditions[1].min_constrained
1\nmin_constrained = 0 | 0\nmin_constrained = 1 | PACK_RULE_REACH | conditions[0].min_constrained
evidence.toml
demand = 'authored' |  | PACK_CONFIDENCE_MISSING | confidence.demand
question = 1 |  | PACK_KEY_MISSING | demands.question
option = 1 | option = 'one' | PACK_TYPE | demands.option
scenario = 1 | scenario = -1 | PACK_NUMBER_NEGATIVE | demands.scenario
items = { plain = 2 } | items = { plan = 2 } | PACK_ID_UNKNOWN | demands.items.plan
items = { plain = 2 } | items = { plain = 2.5 } | PACK_TYPE | demands.items.plain
items = { plain = 2 } | item = 2 | PACK_KEY_UNKNOWN | demands.item
Q1 = [ | Q9 = [ | PACK_ID_UNKNOWN | questions.Q9
options = ['B'] | options = ['Z'] | PACK_ID_UNKNOWN | questions.Q1[0].options[0]
kind = 'photo', options | kind = 'film', options | PACK_ID_UNKNOWN | questions.Q1[0].kind
[scenarios.starred] | [scenarios.starry] | PACK_ID_UNKNOWN | scenarios.starry
level_1 = [ | level_3 = [ | PACK_ID_UNKNOWN | scenarios.starred.level_3
kind = 'photo', zh | kind = 'film', zh | PACK_ID_UNKNOWN | scenarios.starred.level_1[0].kind
kind = 'photo', zh | kind = 'photo', options = ['B'], zh | PACK_KEY_UNKNOWN | scenarios.starred.level_1[0].options
needs.toml
unit = 'day' | unit = 'year' | PACK_ID_UNKNOWN | metrics[0].unit
better = 'lower' | better = 'less' | PACK_WORD | metrics[0].better
scenario = 'starred' | scenario = 'star' | PACK_ID_UNKNOWN | forms[0].scenario
also_serves = ['plain'] | also_serves = ['plane'] | PACK_ID_UNKNOWN | forms[0].also_serves[0]
metrics = ['wait'] | metrics = ['weight'] | PACK_ID_UNKNOWN | forms[0].metrics[0]
prompts = [{ zh = '问', en = 'ask' }] | prompts = 'ask' | PACK_TYPE | forms[0].prompts
open_items.toml
status = 'unknown' | status = 'open' | PACK_CONFIDENCE_UNKNOWN | items[0].status
status = 'unknown' |  | PACK_KEY_MISSING | items[0].status
"""


def fault_rows() -> list[tuple[str, str, str, str, str]]:
    rows, file = [], ""
    for line in FAULTS.strip().splitlines():
        cells = [cell.strip().replace("\\n", "\n") for cell in line.split("|")]
        if len(cells) == 1:
            file = cells[0]
        else:
            old, new, code, path = cells
            rows.append((file, old, new, code, path))
    return rows


@pytest.mark.parametrize(("file", "old", "new", "code", "path"), fault_rows())
def test_a_fault_is_found_where_it_is(
    file: str, old: str, new: str, code: str, path: str, translate_zh: Translator, translate_en: Translator
) -> None:
    problems = check_pack(changed(file, old, new))
    assert (code, f"{file}:{path}") in [(problem.code, problem.location) for problem in problems]
    for problem in problems:
        for translate in (translate_zh, translate_en):
            assert problem.location in translate.problem(problem)
            assert translate.remedy(problem)


@pytest.mark.parametrize("row", [row for row in fault_rows() if row[3] in {"PACK_TYPE", "PACK_NUMBER_NEGATIVE"}])
def test_what_follows_from_an_unreadable_value_is_no_second_fault(row: tuple[str, str, str, str, str]) -> None:
    file, old, new, code, _ = row
    assert [problem.code for problem in check_pack(changed(file, old, new))] == [code]


RULE_HEAD = SMALL["level_rule.toml"].split("[[")[0]
WHOLE_FILES = [
    ({"needs.toml": None}, "PACK_FILE_MISSING", "needs.toml"),
    ({"readme.toml": ""}, "PACK_FILE_UNKNOWN", "readme.toml"),
    ({"needs.toml": "a = "}, "PACK_SYNTAX", "needs.toml"),
    ({"needs.toml": "a = 1\na = 2"}, "PACK_SYNTAX", "needs.toml"),
    ({"needs.toml": "a = " + "[" * 5000}, "PACK_SYNTAX", "needs.toml"),
    ({"level_rule.toml": "conditions = []\n" + RULE_HEAD}, "PACK_COUNT", "level_rule.toml:conditions"),
    ({"level_rule.toml": "conditions = 5\n" + RULE_HEAD}, "PACK_TYPE", "level_rule.toml:conditions"),
]


@pytest.mark.parametrize(("changes", "code", "location"), WHOLE_FILES)
def test_a_file_that_is_missing_strange_or_broken_is_named(
    changes: dict[str, str | None], code: str, location: str
) -> None:
    assert (code, location) in {(problem.code, problem.location) for problem in check_pack(small_files(changes))}


def test_a_file_in_another_encoding_is_named() -> None:
    files = {**small_files(), "needs.toml": "名 = '值'".encode("gb18030")}
    assert [(problem.code, problem.location) for problem in check_pack(files)] == [("PACK_SYNTAX", "needs.toml")]


TWO_TRENDS = """
trend = { last = ['part'], previous = ['whole'], decimals = 1, up = 'A', flat = 'A', down = 'B', \
unit = { zh = '%', en = '%' }, formula = { zh = '比', en = 'compare' } }
"""
QUESTION_FAULTS = [
    ("kind = 'single'\nmax_points = 30", "kind = 'multiple'\nmax_points = 30", "PACK_DERIVES_MULTIPLE", "kind"),
    (
        "[questions.share]",
        TWO_TRENDS + "[questions.share]",
        "PACK_TWO_DERIVATIONS",
        "trend",
    ),
    (
        "options = [{ key = 'A', points = 0, zh = '低', en = 'Low' }, { key = 'B',",
        "options = [{ key = 'B',",
        "PACK_COUNT",
        "options",
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "key"), QUESTION_FAULTS)
def test_a_question_that_makes_no_sense_is_named(old: str, new: str, code: str, key: str) -> None:
    found = [(problem.code, problem.location) for problem in check_pack(changed("questions.toml", old, new))]
    assert (code, f"questions.toml:questions[1].{key}") in found


def test_all_faults_are_reported_at_once() -> None:
    files = small_files(
        {
            "pack.toml": SMALL["pack.toml"].replace("format = 1", "format = 7"),
            "questions.toml": SMALL["questions.toml"]
            .replace("'B', points = 20", "'B', points = 21")
            .replace("'Q3'", "'Q2'"),
            "needs.toml": SMALL["needs.toml"].replace("better = 'lower'", "better = 'less'"),
        }
    )
    assert {(problem.code, problem.location) for problem in check_pack(files)} == {
        ("PACK_FORMAT", "pack.toml:format"),
        ("PACK_SUM", "questions.toml:questions[0].max_points"),
        ("PACK_ID_TWICE", "questions.toml:questions[2].id"),
        ("PACK_WORD", "needs.toml:metrics[0].better"),
    }


def test_a_faulty_pack_is_not_loaded_and_every_fault_comes_with_the_refusal() -> None:
    files = changed("pack.toml", "format = 1", "format = 2\ncolour = 'red'")
    with pytest.raises(DiagError) as refused:
        load_pack(files)
    assert refused.value.code == "PACK_INVALID"
    assert refused.value.parameters["count"] == "2"
    assert refused.value.problems == check_pack(files)


def test_sound_packs_have_no_fault() -> None:
    assert check_pack(small_files()) == ()
    assert check_pack(shipped_files()) == ()


@pytest.mark.parametrize("changes", [{"pack.toml": None}, {"pack.toml": "format = 2"}, {"x.toml": "a = "}])
def test_every_fault_has_words_in_both_languages(
    changes: dict[str, str | None], translate_zh: Translator, translate_en: Translator
) -> None:
    for problem in check_pack(small_files(changes)):
        for translate in (translate_zh, translate_en):
            assert problem.location.split(":")[0] in translate.problem(problem)
            assert translate.remedy(problem)
