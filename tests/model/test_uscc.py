"""Unified social credit codes: what is accepted, what is wrong with the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import Severity
from diag_app.i18n import Translator
from diag_app.model.uscc import ALPHABET, check_uscc, normalise_uscc, organisation_check

VALID = [
    "914403001922038216",
    "9144030071526726XG",
    "91330100799655058B",
    "91110108551385082Q",
    "91440300192317458F",
    "91350900587527783P",
    "9152000071430580XT",
    "91440400192548256N",
    "91440300708461136T",
]

INVALID = [
    ("914403001922038217", "USCC_CHECK", {"found": "7", "expected": "6"}),
    ("9144030019220382I6", "USCC_ALPHABET", {"characters": "I"}),
    ("91440300192203821", "USCC_LENGTH", {"length": "17", "expected": "18"}),
    ("", "USCC_LENGTH", {"length": "0", "expected": "18"}),
    ("91A403001922038216", "USCC_DIVISION", {"division": "A40300"}),
    ("９１４４０３００１９２２０３８２１号", "USCC_ALPHABET", {"characters": "号"}),
    ("SOZV03001922038SS6", "USCC_ALPHABET", {"characters": "S O Z V"}),
]


@pytest.mark.parametrize("code", VALID)
def test_valid_codes(code: str) -> None:
    assert check_uscc(code) == ()
    assert organisation_check(code[8:16]) == code[16]


@pytest.mark.parametrize(("code", "expected", "parameters"), INVALID)
def test_what_is_wrong(
    code: str, expected: str, parameters: dict[str, str], translate_zh: Translator, translate_en: Translator
) -> None:
    (problem,) = check_uscc(code)
    assert (problem.code, problem.location, problem.severity) == (expected, "uscc", Severity.ERROR)
    assert problem.parameters == parameters
    assert all(translate.problem(problem) and translate.remedy(problem) for translate in (translate_zh, translate_en))


def test_wrong_length_and_wrong_letters_are_told_together() -> None:
    assert [problem.code for problem in check_uscc("914403OO19220382")] == ["USCC_LENGTH", "USCC_ALPHABET"]


@pytest.mark.parametrize(
    "typed",
    [
        " 9144030071526726xg ",
        "9144 0300 7152 6726 XG",
        "914403-00715267-26XG",
        "９１４４０３００７１５２６７２６ＸＧ",
        "914403\u300000715267－26XG\ufeff",
        "914403–0071526726XG\n",
    ],
)
def test_what_people_type_is_normalised(typed: str) -> None:
    assert normalise_uscc(typed) == "9144030071526726XG"
    assert check_uscc(typed) == ()


# Codes of agricultural (N) and other (Y) bodies, which python-stdnum alone refuses; division 000000, so of nobody.
@pytest.mark.parametrize("head", ["N1", "Y1", "A9", "9A"])
def test_letters_in_the_first_two_places(head: str) -> None:
    stem = f"{head}00000012345678{organisation_check('12345678')}"
    found = [last for last in ALPHABET if not check_uscc(stem + last)]
    assert len(found) == 1


def test_the_inner_check_only_warns() -> None:
    stem = "910000001234567" + "80"
    codes = [stem + last for last in ALPHABET if all(p.code != "USCC_CHECK" for p in check_uscc(stem + last))]
    (problem,) = check_uscc(codes[0], "row 3")
    assert (problem.code, problem.location) == ("USCC_ORGANISATION_CHECK", "row 3")
    assert problem.severity is Severity.WARNING


@given(st.sampled_from(VALID), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, place: int, character: str) -> None:
    changed = code[:place] + character + code[place + 1 :]
    assert bool(check_uscc(changed)) == (changed != code)


@given(st.sampled_from(VALID), st.integers(8, 15))
def test_two_swapped_characters_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert bool(check_uscc(swapped)) == (swapped != code)


@given(st.text(max_size=40))
def test_anything_typed_is_judged_and_normalising_twice_changes_nothing(text: str) -> None:
    check_uscc(text)
    assert normalise_uscc(normalise_uscc(text)) == normalise_uscc(text)
