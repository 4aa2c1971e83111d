"""A practice pack: its head, its parts, and every fault in them at its place."""

from __future__ import annotations

import re

import pytest

from diag_app.errors import DiagError
from diag_app.forms.check import check_pack
from diag_app.forms.definition import Confidence, Pack
from diag_app.forms.pack import load_pack
from diag_app.forms.pack_parts import pack_kind
from diag_app.forms.pack_table import Table
from diag_app.forms.practice import Part, check_practice, load_part, load_practice
from diag_app.forms.practice_parts import PARTS
from diag_app.i18n import Translator
from tests.forms.packs import shipped_pack, small_files, small_pack
from tests.forms.practices import changed_practice, shipped_practice, small_practice


def read_words(table: Table, method: Pack) -> tuple[str, ...]:
    """A reader as each part has one: texts of its own, ids of the method."""
    words = []
    for entry in table.tables("words"):
        words.append(entry.local("text", "text").en)
        question = entry.text("question")
        if question not in {item.question_id for item in method.questions}:
            table.findings.unlawful("PACK_ID_UNKNOWN", table.file, entry.at("question"), value=question)
    return tuple(words)


WORDS = Part(file="words.toml", marks=frozenset({"text"}), read=read_words)
GOOD = """
[confidence]
text = 'authored'
[[words]]
question = 'Q1'
text = { zh = '词', en = 'word' }
"""


def test_the_head_says_who_the_pack_is_and_what_it_extends() -> None:
    pack = load_practice(small_practice())
    assert (pack.reference, pack.extends, pack.title.en) == ("small-practice@0.1.0", "small", "Small practice")
    assert pack.title.en_confidence is Confidence.AUTHORED
    assert pack.digest != load_practice(changed_practice("pack.toml", "小实务", "大实务")).digest


def test_a_part_is_read_against_the_method() -> None:
    assert load_part(small_practice({"words.toml": GOOD}), WORDS, small_pack()) == ("word",)
    assert load_part(small_practice(), WORDS, small_pack()) is None


def test_the_pack_shipped_is_sound() -> None:
    assert check_practice(shipped_practice(), shipped_pack(), PARTS) == ()
    assert load_practice(shipped_practice()).extends == shipped_pack().pack_id


FAULTS = [
    ("format = 1", "format = 2", "PACK_FORMAT", "pack.toml:format"),
    ("kind = 'practice'", "kind = 'method'", "PACK_WORD", "pack.toml:kind"),
    ("kind = 'practice'", "kind = 'practice'\ncolour = 1", "PACK_KEY_UNKNOWN", "pack.toml:colour"),
    ("extends = 'small'", "", "PACK_KEY_MISSING", "pack.toml:extends"),
    ("'small-practice'", "'../small'", "PACK_ID_SHAPE", "pack.toml:id"),
    ("'0.1.0'", "'new'", "PACK_ID_SHAPE", "pack.toml:version"),
    ("en = 'Small practice'", "en = ''", "PACK_TEXT_EMPTY", "pack.toml:title.en"),
    ("english = 'authored'", "english = 'sure'", "PACK_CONFIDENCE_UNKNOWN", "pack.toml:confidence.english"),
    ("format = 1", "format =", "PACK_SYNTAX", "pack.toml"),
]


@pytest.mark.parametrize(("old", "new", "code", "place"), FAULTS)
def test_a_fault_of_the_head_is_found_at_its_place(old: str, new: str, code: str, place: str) -> None:
    files = changed_practice("pack.toml", old, new)
    found = check_practice(files, small_pack(), PARTS)
    assert [(problem.code, problem.location) for problem in found] == [(code, place)]
    with pytest.raises(DiagError, match=re.escape(f"PACK_INVALID {place}")):
        load_practice(files)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("words = ", "PACK_SYNTAX", "words.toml"),
        (GOOD.replace("'Q1'", "'Q9'"), "PACK_ID_UNKNOWN", "words.toml:words[0].question"),
        (GOOD.replace(", en = 'word'", ""), "PACK_LANGUAGE_MISSING", "words.toml:words[0].text.en"),
        (GOOD + "more = 1\n", "PACK_KEY_UNKNOWN", "words.toml:words[0].more"),
        ("x = 1\n" + GOOD, "PACK_KEY_UNKNOWN", "words.toml:x"),
        (GOOD.replace("text = 'authored'", ""), "PACK_CONFIDENCE_MISSING", "words.toml:confidence.text"),
    ],
)
def test_a_fault_of_a_part_is_found_at_its_place(text: str, code: str, place: str) -> None:
    files = small_practice({"words.toml": text})
    found = check_practice(files, small_pack(), [WORDS])
    assert [(problem.code, problem.location) for problem in found] == [(code, place)]
    with pytest.raises(DiagError, match=re.escape(f"PACK_INVALID {place}")):
        load_part(files, WORDS, small_pack())


def test_a_file_that_is_no_part_does_not_belong_in_the_pack() -> None:
    (found,) = check_practice(small_practice({"words.toml": GOOD}), small_pack(), ())
    assert (found.code, found.location) == ("PACK_FILE_UNKNOWN", "words.toml")


def test_a_pack_without_a_head_is_no_pack() -> None:
    (found,) = check_practice({"words.toml": GOOD.encode()}, small_pack(), [WORDS])
    assert (found.code, found.location) == ("PACK_FILE_MISSING", "pack.toml")


def test_a_method_that_is_not_here_cannot_be_extended(translate_zh: Translator, translate_en: Translator) -> None:
    (found,) = check_practice(small_practice(), None, PARTS)
    assert (found.code, found.location) == ("PACK_EXTENDS_UNKNOWN", "pack.toml:extends")
    for translate in (translate_zh, translate_en):
        assert "small" in translate.problem(found)
        assert translate.remedy(found)


def test_the_kind_tells_the_two_apart() -> None:
    assert pack_kind(small_practice()) == "practice"
    assert pack_kind(small_files()) == "method"
    assert pack_kind({"pack.toml": b"kind ="}) == "method"
    assert [problem.code for problem in check_pack(small_practice())] == ["PACK_KIND_WRONG"]
    with pytest.raises(DiagError, match="PACK_INVALID"):
        load_pack(small_practice())
