"""Whatever a person types reaches the paper or is named: nothing is read as markup, nothing raises, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag_app.errors import Problem
from diag_app.i18n.codes import CODES
from diag_app.model.content import (
    BarChart,
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Notice,
    NumberedList,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    SideBySide,
    SignatureBoxes,
    Table,
    TermList,
)
from diag_app.report.pdf import render_pdf
from tests.report.reading import lines_of, run, squeezed, text_of, written
from tests.report.sample import document_of, photo, sample

TEXTS = {
    "a note of 10,000 characters": "注意事项，" * 2000,
    "one word of 10,000 characters": "x" * 10_000,
    "marks only": "，（" * 2000,
    "markup": "<b>粗</b> &amp; &lt;para&gt; <img src='file:///etc/passwd'/> %s {0} \\n " * 20,
    "controls": "\x00\x07\x1b\u200b\u202e\ufeff甲\r\n\t乙\u2028丙" * 20,
    "emoji": "😀👨‍👩‍👧 " * 40,
    "right to left": "مرحبا بالعالم " * 30,
    "empty": "",
    "spaces": " \u3000\u00a0" * 300,
    "combining": "e\u0301" * 500 + "\u0301\u0302" * 20,
}


def blocks(text: str) -> tuple[Block, ...]:
    rows = (
        Row(cells=(Cell(text=text), Cell(text=text), Cell(text="1"))),
        Row(cells=(Cell(text=text),), kind="group"),
        Row(cells=(), kind="total"),
    )
    columns = (
        Column(head=text, width_mm=20),
        Column(head="数", width_mm=100, align="right"),
        Column(head="", width_mm=0.1),
    )
    return (
        Paragraph(text=text),
        Heading(text=text[:300]),
        Paragraph(text=text, style="note"),
        Table(label="表", caption=text[:500], columns=columns, rows=rows, note=text),
        KeyFigures(figures=(KeyFigure(figure=text, label=text),) * 2),
        NumberedList(items=(text,)),
        TermList(items=((text[:200], text),)),
        Figure(label="图", caption="", chart=BarChart(bars=((text, Decimal(1), Decimal(2), text),)), note=text),
        SideBySide(left=(Paragraph(text=text),), right=(), left_mm=80),
        Cards(cards=(Card(title=text, paragraphs=(text,), number="1", source=text),) * 2),
        Notice(title=text, text=text),
        PhotoGrid(photos=(Photo(sha256="1", label=text, caption=text, detail=text),)),
        SignatureBoxes(boxes=((text, True, text, text),)),
    )


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_text_in_any_block_gives_a_valid_file(tmp_path: Path, text: str) -> None:
    base = sample("zh")
    chapter = Chapter(number=text[:50], name=text, finding=text[:400], lead=text[:400], blocks=blocks(text))
    cover = replace(base.cover, title=text, firm=text, facts=((text, text),) * 7, issuer=text, disclaimer=text)
    document = replace(base, title=text, report_number=text, running_head=text, cover=cover, chapters=(chapter,))
    result = render_pdf(document, photo)
    file = written(tmp_path, result.pdf)
    assert "No syntax" in run("qpdf", "--check", file)
    for line in lines_of(file):
        assert line.left >= 53, line  # an opening bracket's blank half may stand out
        assert line.right <= 545, line
        assert line.bottom <= 842, line
    assert {problem.code for problem in result.problems} <= CODES.keys()


def test_markup_is_printed_as_typed(tmp_path: Path) -> None:
    text = "<b>粗</b>&amp;&lt;para&gt;<font color='red'>"
    result = render_pdf(document_of(Paragraph(text=text)), photo)
    assert squeezed(text) in squeezed(text_of(written(tmp_path, result.pdf)))


def test_a_long_note_is_complete(tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + index) for index in range(10_000))
    result = render_pdf(document_of(Paragraph(text=text)), photo)
    file = written(tmp_path, result.pdf)
    printed = "".join(squeezed(line.text) for line in lines_of(file) if line.page > 2 and 75 < line.top < 790)
    assert printed.count(text[:20]) == 1
    assert set(text) <= set(printed)


@pytest.mark.parametrize(
    ("text", "shown", "character"),
    [
        ("好😀", "好□U+1F600", "😀 (U+1F600)"),
        ("مر", "□U+0645□U+0631", "م (U+0645)"),
        ("甲\u0e01", "甲□U+0E01", "ก (U+0E01)"),
    ],
)
def test_a_missing_glyph_is_shown_and_named(tmp_path: Path, text: str, shown: str, character: str) -> None:
    result = render_pdf(document_of(Paragraph(text=text)), photo)
    assert shown in squeezed(text_of(written(tmp_path, result.pdf)))
    assert result.problems[0].code == "MISSING_GLYPH"
    assert result.problems[0].location == "1 正文"
    assert result.problems[0].parameters == {"character": character}


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff\xe0broken", None])
def test_a_picture_that_cannot_be_read_leaves_its_frame_and_a_problem(tmp_path: Path, data: bytes | None) -> None:
    def load(digest: str) -> bytes:
        if data is None:
            raise KeyError(digest)
        return data

    grid = PhotoGrid(photos=(Photo(sha256="a", label="E-001", caption="车间", detail="2026-03-17"),))
    result = render_pdf(document_of(grid), load)
    (problem,) = result.problems
    assert (problem.code, problem.location) == ("PICTURE_UNREADABLE", "1 正文")
    assert "E-001" in text_of(written(tmp_path, result.pdf))


def test_a_label_without_room_is_cut_and_named() -> None:
    chart = BarChart(bars=(("很长的名称" * 30, Decimal(1), Decimal(2), "1"),))
    result = render_pdf(document_of(Figure(label="图 1-1", caption="条", chart=chart)), photo)
    assert [problem.code for problem in result.problems] == ["LABEL_CUT"]


def test_every_problem_has_words() -> None:
    for code in ("MISSING_GLYPH", "LABEL_CUT", "PICTURE_UNREADABLE"):
        problem = Problem(code=code, location="1", parameters={"character": "x", "text": "x", "label": "x"})
        assert CODES[code].message.format(location=problem.location, **problem.parameters)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_raises(text: str) -> None:
    table = Table(
        label=text, caption=text, columns=(Column(head=text, width_mm=166),), rows=(Row(cells=(Cell(text=text),)),)
    )
    result = render_pdf(document_of(Paragraph(text=text), table, finding=text), photo)
    assert result.page_count >= 3
