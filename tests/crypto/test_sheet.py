"""The recovery sheet: 24 words that come back from paper however they are typed, and never as another sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.crypto.sheet import SheetLanguage, secret_of, words_of
from diag_app.errors import DiagError

LANGUAGES: tuple[SheetLanguage, ...] = ("zh", "en")
ZEROS = ["abandon"] * 23 + ["art"]  # published test vector of BIP 39 for 32 zero bytes


@given(st.binary(min_size=32, max_size=32), st.sampled_from(LANGUAGES))
def test_the_words_give_the_secret_back(secret: bytes, language: SheetLanguage) -> None:
    words = words_of(secret, language)
    assert len(words) == 24
    assert secret_of(" ".join(words)) == secret


def test_the_words_are_those_of_the_standard() -> None:
    assert words_of(bytes(32), "en") == tuple(ZEROS)
    assert words_of(bytes(32), "zh") == ("的",) * 23 + ("性",)


@pytest.mark.parametrize(
    "typed",
    [
        "的" * 23 + "性",
        " \n".join("的" * 23 + "性"),
        "、".join("的" * 23 + "性"),
        " ".join(ZEROS).upper(),
        "\n".join(f"{place}. {word}" for place, word in enumerate(ZEROS, start=1)),
        "　".join(ZEROS),
    ],
)
def test_spaces_capitals_and_numbers_do_not_matter(typed: str) -> None:
    assert secret_of(typed) == bytes(32)


@pytest.mark.parametrize(
    ("typed", "code", "parameters"),
    [
        ("", "SHEET_INCOMPLETE", {"found": "0", "expected": "24"}),
        (" ".join(ZEROS[1:]), "SHEET_INCOMPLETE", {"found": "23", "expected": "24"}),
        (" ".join([*ZEROS, "art"]), "SHEET_INCOMPLETE", {"found": "25", "expected": "24"}),
        (" ".join([*ZEROS[:6], "abandom", *ZEROS[7:]]), "SHEET_WORD_UNKNOWN", {"number": "7"}),
        ("的" * 23 + "art", "SHEET_WORD_UNKNOWN", {"number": "24"}),
        (" ".join(["abandon"] * 24), "SHEET_WRONG", {}),
    ],
)
def test_wrong_words_are_refused_with_their_place_and_never_shown(
    typed: str, code: str, parameters: dict[str, str]
) -> None:
    with pytest.raises(DiagError) as refused:
        secret_of(typed)
    assert (refused.value.code, refused.value.parameters) == (code, parameters)
