"""Chinese and Latin lines: what may begin and end one, what stays whole, what is drawn between."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.report.faces import Face
from diag_app.report.line_breaker import MOST_SPREAD, Line, Run, break_lines

FORBIDDEN_START = set("，。；：！？、）》」』】〕”")
FORBIDDEN_END = set("（《「『【〔“")
SQUARES = 10.0  # points; one em in these tests


class Grid(Face):
    """A face in which a square is one em wide and a Latin letter half an em."""

    def __init__(self) -> None:
        super().__init__("grid", "half", dict.fromkeys(range(32, 0x250), 500.0))


def lines(text: str, ems: float, *, justify: bool = False) -> tuple[Line, ...]:
    return break_lines((Run(text, Grid(), SQUARES, "#000000"),), ems * SQUARES, justify=justify)


def texts(text: str, ems: float) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in lines(text, ems)]


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("一二三四五六", 3, ["一二三", "四五六"]),
        ("一二三四，五六七八", 4, ["一二三", "四，五六", "七八"]),  # a mark takes along what it follows
        ("一二三，四五六", 3.5, ["一二三，", "四五六"]),  # a closing mark at the end counts as half
        ("一二三（四五六）", 4, ["一二三", "（四五六）"]),
        ("共有120台设备", 3, ["共有", "120台", "设备"]),  # number and unit stay together
        ("投入 163—241 万元", 6.5, ["投入", "163—241万元"]),
        ("第 12 章以后", 3.5, ["第12章", "以后"]),
        ("现为三级企业", 3, ["现为", "三级", "企业"]),
        ("one twenty three", 4, ["one", "twenty", "three"]),
        ("at level 2, then", 5.5, ["at level 2,", "then"]),
        ("a 25.8% share", 3, ["a", "25.8%", "share"]),
        ("中文ABC中文", 3, ["中文", "ABC中", "文"]),
        ("", 5, [""]),
        ("一\n\n二", 5, ["一", "", "二"]),
        ("值≥ 60 分", 4, ["值", "≥ 60分"]),
        ("up to 12 abcdefghi", 4, ["up to", "12", "abcdefgh", "i"]),  # too wide together: words before characters
        ("abcdefghijkl", 3, ["abcdef", "ghijkl"]),  # only a token wider than the line breaks by character
        ('他说"好的，是"了', 3, ["他说", '"好的，', '是"了']),
    ],
)
def test_lines(text: str, ems: float, expected: list[str]) -> None:
    assert texts(text, ems) == expected


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("中A", 1 + 0.2 + 0.5),  # room between ideograph and letter
        ("中 A", 1 + 0.2 + 0.5),  # the same where it was typed
        ("好），好", 1 + 0.5 + 1 + 1),  # two marks in a row give up half a square
        ("好（《好", 1 + 0.5 + 1 + 1),
        ("《好", 1.5),  # a bracket at the line's start hangs out its blank half
        ("好。", 1.5),
    ],
)
def test_width(text: str, width: float) -> None:
    (line,) = lines(text, 20)
    assert line.width == pytest.approx(width * SQUARES)


def test_a_single_last_character_gets_company() -> None:
    assert texts("一二三四五六七八九十一", 10) == ["一二三四五六七八九", "十一"]


def test_justified_lines_fill_the_width_and_the_last_does_not() -> None:
    broken = lines("一二三四五六七八九十，" * 9, 20.3, justify=True)
    assert all(line.width == pytest.approx(203) for line in broken[:-1])
    assert all(
        0 < piece.spread <= MOST_SPREAD * SQUARES for line in broken[:-1] for piece in line.pieces if piece.spread
    )
    assert broken[-1].width < 203


han = st.text(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动", min_size=1, max_size=8
)
latin = st.from_regex(r"[A-Za-z]{1,9}|[0-9]{1,4}(\.[0-9]{1,2})?%?", fullmatch=True)
mark = st.sampled_from(sorted(FORBIDDEN_START - set("”")))
bracketed = st.tuples(st.sampled_from(["（）", "《》", "「」", "“”", "【】"]), han).map(
    lambda it: it[0][0] + it[1] + it[0][1]
)
sentence = st.lists(st.one_of(han, han, latin, bracketed, st.just("，"), st.just("；"), mark), min_size=1, max_size=60)


@given(sentence, st.floats(8, 60))
def test_no_line_begins_or_ends_wrongly_and_no_word_is_split(parts: list[str], ems: float) -> None:
    text = "".join(parts)
    broken = texts(text, ems)
    assert "".join(broken) == text
    for line in lines(text, ems):
        assert line.width <= ems * SQUARES + 0.1
    for before, after in pairwise(broken):
        longest = max(map(len, re.findall(r"[^一-鿿]+", text)), default=0)
        if longest / 2 < ems - 4:  # chains of marks and letters that fit a line at all
            assert after[0] not in FORBIDDEN_START
            assert before[-1] not in FORBIDDEN_END
            assert not (before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum())


@given(st.text(max_size=300), st.floats(0.1, 40))
def test_any_text_breaks_into_lines_that_lose_nothing_but_spaces(text: str, ems: float) -> None:
    drawn = "".join(texts(text, ems))
    assert re.sub(r"[ \n\u3000]", "", drawn) == re.sub(r"[ \n\u3000]", "", text)


def test_what_names_another_place_is_not_broken_unless_it_is_long() -> None:
    def broken(words: str, link: str) -> list[str]:
        runs = [
            Run(text, Grid(), SQUARES, "#000000", leads) for text, leads in (("证据见", ""), (words, link), ("。", ""))
        ]
        return ["".join(piece.text for piece in line.pieces) for line in break_lines(runs, 4 * SQUARES)]

    assert broken("附录B", "evidence") == ["证据见", "附录B。"]
    assert broken("附录B", "") == ["证据见附", "录B。"]
    assert len(broken("甲" * 17, "evidence")) == 6


def test_ten_thousand_marks_break_by_character() -> None:
    text = "，（。》，，（（》。" * 1000
    assert "".join(texts(text, 20)) == text
