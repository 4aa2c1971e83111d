"""Every kind of fault in a pack is found, at its place, beside all others."""

from __future__ import annotations

import pytest

from diag_app.errors import DiagError
from diag_app.forms.pack import check_pack, load_pack
from diag_app.i18n import Translator
from tests.forms.packs import SMALL, changed, shipped_files, small_files

# file · what is changed · into what · code · path. An empty path is the file itself.
FAULTS = r"""
pack.toml      | format = 1                     | format = 2                | PACK_FORMAT             | format
pack.toml      | format = 1                     | format = 1\ncolour = 'red'| PACK_KEY_UNKNOWN        | colour
pack.toml      | format = 1                     | format = true             | PACK_TYPE               | format
pack.toml      | id = 'small'                   | id = '../small'           | PACK_ID_SHAPE           | id
pack.toml      | version = '0.1.0'              | version = 'new'           | PACK_ID_SHAPE           | version
pack.toml      | version = '0.1.0'              | version = ''              | PACK_TEXT_EMPTY         | version
pack.toml      | version = '0.1.0'              |                           | PACK_KEY_MISSING        | version
pack.toml      | title = { zh = '小', en = 'Small' } | title = { zh = '小' } | PACK_LANGUAGE_MISSING   | title.en
pack.toml      | title = { zh = '小', en = 'Small' } |                      | PACK_KEY_MISSING        | title
pack.toml      | title = { zh = '小', en = 'Small' } | title = 'Small'      | PACK_TYPE               | title
pack.toml      | english = 'authored'           |                           | PACK_CONFIDENCE_MISSING | confidence.english
pack.toml      | english = 'authored'           | english = 'certain'       | PACK_CONFIDENCE_UNKNOWN | confidence.english
pack.toml      | english = 'authored'           | english = ''              | PACK_TEXT_EMPTY         | confidence.english
pack.toml      | points = 'exact'               | points = 'exact'\nx = 'exact' | PACK_KEY_UNKNOWN    | confidence.x
pack.toml      | number = '1'                   | number = 1                | PACK_TYPE               | document.number
pack.toml      | weight_pct = 100               | weight_pct = 90           | PACK_SUM                | dimensions
pack.toml      | weight_pct = 100               |                           | PACK_KEY_MISSING        | dimensions[0].weight_pct
pack.toml      | id = 'operation'               | id = 'operation'\nweight_pct = 5 | PACK_KEY_MISSING | dimensions[1].max_points
pack.toml      | max_points = 100               | max_points = 90           | PACK_SUM                | dimensions[0].max_points
pack.toml      | max_points = 100               | max_points = -100         | PACK_NUMBER_NEGATIVE    | dimensions[0].max_points
pack.toml      | max_points = 100               | max_points = nan          | PACK_NUMBER_NEGATIVE    | dimensions[0].max_points
pack.toml      | id = 'operation'               | id = 'basis'              | PACK_ID_TWICE           | dimensions[1].id
pack.toml      | id = 'all'                     | id = 'a b'                | PACK_ID_SHAPE           | indicators[0].id
pack.toml      | dimension = 'basis'            | dimension = 'bass'        | PACK_ID_UNKNOWN         | indicators[0].dimension
pack.toml      | dimension = 'basis'            | dimension = 'operation'   | PACK_DIMENSION_UNSCORED | indicators[0].dimension
pack.toml      | dimension = 'basis'            | dimension = 5             | PACK_TYPE               | indicators[0].dimension
pack.toml      | [document]                     | indicators_2 = []\n[document] | PACK_KEY_UNKNOWN    | confidence.indicators_2
questions.toml | id = 'part_1'                  | id = 'part'               | PACK_ID_TWICE           | numbers[2].id
questions.toml | not_above = 'whole'            | not_above = 'hole'        | PACK_ID_UNKNOWN         | numbers[1].not_above
questions.toml | maximum = 1000                 | maximum = '1000'          | PACK_TYPE               | numbers[0].maximum
questions.toml | id = 'Q2'                      | id = 'Q1'                 | PACK_ID_TWICE           | questions[1].id
questions.toml | indicator = 'all'              | indicator = 'none'        | PACK_ID_UNKNOWN         | questions[0].indicator
questions.toml | kind = 'multiple'              | kind = 'several'          | PACK_WORD               | questions[0].kind
questions.toml | key = 'B', points = 20         | key = 'B', points = 19.5  | PACK_SUM                | questions[0].max_points
questions.toml | key = 'B', points = 30         | key = 'B', points = 40    | PACK_SUM                | questions[1].max_points
questions.toml | key = 'B', points = 20         | key = 'B', points = '20'  | PACK_TYPE               | questions[0].options[1].points
questions.toml | key = 'B', points = 20         | key = 'A', points = 20    | PACK_ID_TWICE           | questions[0].options[1].key
questions.toml | confidence = 'unknown'         | confidence = 'sure'       | PACK_CONFIDENCE_UNKNOWN | questions[0].options[2].confidence
questions.toml | none = true                    | none = 'yes'              | PACK_TYPE               | questions[0].options[0].none
questions.toml | points = 30, zh = '丙'         | points = 30, none = true, zh = '丙' | PACK_NONE     | questions[0].options[2].none
questions.toml | key = 'A', points = 0, zh = '低' | key = 'A', points = 0, none = true, zh = '低' | PACK_NONE | questions[1].options[0].none
questions.toml | key = 'A', points = 0, none = true, zh = '无' | points = 0, none = true, zh = '无' | PACK_KEY_MISSING | questions[0].options[0].key
questions.toml | numbers = ['whole', 'part']    | numbers = ['whole', 'prt'] | PACK_ID_UNKNOWN        | questions[1].numbers[1]
questions.toml | numbers = ['whole', 'part']    | numbers = ['whole']       | PACK_NUMBER_NOT_ASKED   | questions[1].share.numerator
questions.toml | numbers = ['whole', 'part']    | numbers = ['whole', 5]    | PACK_TYPE               | questions[1].numbers
questions.toml | numerator = 'part'             | numerator = 'prt'         | PACK_ID_UNKNOWN         | questions[1].share.numerator
questions.toml | yearly = [['part_1', 'whole_1']] | yearly = [['part_1']]   | PACK_TYPE               | questions[1].share.yearly[0]
questions.toml | yearly = [['part_1', 'whole_1']] | yearly = [['part_1', 'hole']] | PACK_ID_UNKNOWN   | questions[1].share.yearly[0][1]
questions.toml | { key = 'A', up_to = 50 }      | { key = 'A', above = 5, up_to = 50 } | PACK_BAND_GAP | questions[1].share.bands[0].above
questions.toml | above = 50                     | above = 60                | PACK_BAND_GAP           | questions[1].share.bands[1].above
questions.toml | above = 50                     | above = 40                | PACK_BAND_OVERLAP       | questions[1].share.bands[1].above
questions.toml | up_to = 50                     | up_to = 0                 | PACK_BAND_EMPTY         | questions[1].share.bands[0].up_to
questions.toml | up_to = 100                    | up_to = 90                | PACK_BAND_END           | questions[1].share.bands
questions.toml | { key = 'A', up_to = 50 }      | { key = 'D', up_to = 50 } | PACK_ID_UNKNOWN         | questions[1].share.bands[0].key
questions.toml | [questions.share]              | [questions.share]\nwide = 1 | PACK_KEY_UNKNOWN      | questions[1].share.wide
questions.toml | last = ['part', 'whole']       | last = []                 | PACK_TYPE               | questions[2].trend.last
questions.toml | last = ['part', 'whole']       | last = ['part_1']         | PACK_NUMBER_NOT_ASKED   | questions[2].trend.last[0]
questions.toml | decimals = 2                   | decimals = 99             | PACK_NUMBER_TOO_LARGE   | questions[2].trend.decimals
questions.toml | decimals = 2                   | decimals = -2             | PACK_NUMBER_NEGATIVE    | questions[2].trend.decimals
questions.toml | flat = 'B'                     | flat = 'X'                | PACK_ID_UNKNOWN         | questions[2].trend.flat
scenarios.toml | group = 'group'                | group = 'troop'           | PACK_ID_UNKNOWN         | scenarios[0].group
scenarios.toml | id = 'plain'                   | id = 'starred'            | PACK_ID_TWICE           | scenarios[1].id
scenarios.toml | id = 'plain'                   | id = 'Q1'                 | PACK_ID_TWICE           | scenarios[1].id
scenarios.toml | kind = 'guiding'               | kind = 'guided'           | PACK_WORD               | scenarios[1].kind
scenarios.toml | , { zh = '乙', en = 'second' }]\nnote | ]\nnote            | PACK_COUNT              | scenarios[0].criteria
scenarios.toml | , { zh = '二', en = 'Two' }    |                           | PACK_COUNT              | level_heads
scenarios.toml | , { zh = '二', en = 'Two' }    | , 'two'                   | PACK_TYPE               | level_heads[1]
level_rule.toml| level = 2                      | level = 3                 | PACK_RULE_LEVEL         | conditions[1].level
level_rule.toml| min_score = 60                 | min_score = 10            | PACK_RULE_FALLS         | conditions[1].min_score
level_rule.toml| min_score = 60                 | min_score = 101           | PACK_RULE_REACH         | conditions[1].min_score
level_rule.toml| min_scenarios = 2              | min_scenarios = 3         | PACK_RULE_REACH         | conditions[1].min_scenarios
level_rule.toml| min_constrained = 1            | min_constrained = 2       | PACK_RULE_REACH         | conditions[1].min_constrained
level_rule.toml| min_scenarios = 1\nmin_constrained = 0 | min_scenarios = 0\nmin_constrained = 1 | PACK_RULE_REACH | conditions[0].min_constrained
evidence.toml  | Q1 = [                         | Q9 = [                    | PACK_ID_UNKNOWN         | questions.Q9
evidence.toml  | options = ['B']                | options = ['Z']           | PACK_ID_UNKNOWN         | questions.Q1[0].options[0]
evidence.toml  | kind = 'photo', options        | kind = 'film', options    | PACK_ID_UNKNOWN         | questions.Q1[0].kind
evidence.toml  | [scenarios.starred]            | [scenarios.starry]        | PACK_ID_UNKNOWN         | scenarios.starry
evidence.toml  | level_1 = [                    | level_3 = [               | PACK_ID_UNKNOWN         | scenarios.starred.level_3
evidence.toml  | kind = 'photo', zh             | kind = 'film', zh         | PACK_ID_UNKNOWN         | scenarios.starred.level_1[0].kind
evidence.toml  | kind = 'photo', zh             | kind = 'photo', options = ['B'], zh | PACK_KEY_UNKNOWN | scenarios.starred.level_1[0].options
needs.toml     | unit = 'day'                   | unit = 'year'             | PACK_ID_UNKNOWN         | metrics[0].unit
needs.toml     | better = 'lower'               | better = 'less'           | PACK_WORD               | metrics[0].better
needs.toml     | scenario = 'starred'           | scenario = 'star'         | PACK_ID_UNKNOWN         | forms[0].scenario
needs.toml     | also_serves = ['plain']        | also_serves = ['plane']   | PACK_ID_UNKNOWN         | forms[0].also_serves[0]
needs.toml     | metrics = ['wait']             | metrics = ['weight']      | PACK_ID_UNKNOWN         | forms[0].metrics[0]
needs.toml     | prompts = [{ zh = '问', en = 'ask' }] | prompts = 'ask'    | PACK_TYPE               | forms[0].prompts
open_items.toml| status = 'unknown'             | status = 'open'           | PACK_CONFIDENCE_UNKNOWN | items[0].status
open_items.toml| status = 'unknown'             |                           | PACK_KEY_MISSING        | items[0].status
"""


def fault_rows() -> list[tuple[str, str, str, str, str]]:
    rows = []
    for line in FAULTS.strip().splitlines():
        file, old, new, code, path = (cell.strip() for cell in line.split("|"))
        rows.append((file, old.replace("\\n", "\n"), new.replace("\\n", "\n"), code, path))
    return rows


@pytest.mark.parametrize(("file", "old", "new", "code", "path"), fault_rows())
def test_a_fault_is_found_where_it_is(file: str, old: str, new: str, code: str, path: str) -> None:
    found = [(problem.code, problem.location) for problem in check_pack(changed(file, old, new))]
    assert (code, f"{file}:{path}") in found


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


QUESTION_FAULTS = [
    ("kind = 'single'\nmax_points = 30", "kind = 'multiple'\nmax_points = 30", "PACK_DERIVES_MULTIPLE", "kind"),
    (
        "[questions.share]",
        "trend = { last = ['part'], previous = ['whole'], decimals = 1, unit = { zh = '%', en = '%' }, "
        "up = 'A', flat = 'A', down = 'B', formula = { zh = '比', en = 'compare' } }\n[questions.share]",
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
