"""Chinese typesetting read back from the paper: long made-up texts in columns of many widths."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

from diag_app.model.content import (
    Block,
    Card,
    Cards,
    Cell,
    Column,
    Notice,
    NumberedList,
    Paragraph,
    Row,
    SideBySide,
    Table,
    TermList,
)
from diag_app.report.pdf import render_pdf
from tests.report.reading import lines_of, squeezed, text_of, written
from tests.report.sample import document_of, photo

FORBIDDEN_START = "，。；：！？、）》」』】〕”"
FORBIDDEN_END = "（《「『【〔“"
HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"
    "就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)
WORDS = ("OEE", "5G", "ERP", "miit-sme-2024@1.2.0", "kgce", "CAPP", "Python", "205-1", "E-021")
UNITS = ("个", "台", "分", "万元", "%", "级", "件", "个月", " 个", " 万元")
SEED = 20260327


def sentence(chooser: random.Random) -> str:
    parts = []
    for _ in range(chooser.randint(4, 14)):
        text = "".join(chooser.choice(HAN) for _ in range(chooser.randint(1, 9)))
        number = f"{chooser.randint(1, 9999)}{chooser.choice(('', '.5', '.25'))}{chooser.choice(UNITS)}"
        bracketed = (f"（{text}）", f"《{text}》", f"“{text}”；", f"「{text}」")
        parts.append(chooser.choice((text, text, number, chooser.choice(WORDS), *bracketed)))
        parts.append(chooser.choice(("", "", "，", "、", "；", "：", "！", "？", "——", "…")))
    return "".join(parts) + "。"


def paragraphs(chooser: random.Random, count: int) -> list[str]:
    return ["".join(sentence(chooser) for _ in range(chooser.randint(1, 4))) for _ in range(count)]


def blocks(chooser: random.Random) -> list[Block]:
    """Return the texts in every kind of column: page, table cells, halves, cards, boxes, lists."""
    texts = paragraphs(chooser, 120)
    made: list[Block] = [Paragraph(text=text, style=chooser.choice(("body", "lead", "note"))) for text in texts[:30]]
    for start in range(30, 70, 4):
        widths = [chooser.uniform(24, 60) for _ in range(4)]
        columns = tuple(Column(head="", width_mm=width * 166 / sum(widths)) for width in widths)
        row = Row(cells=tuple(Cell(text=text) for text in texts[start : start + 4]))
        made.append(Table(label="", caption="", columns=columns, rows=(row,)))
    for start in range(70, 90, 2):
        left, right = (Paragraph(text=text) for text in texts[start : start + 2])
        made.append(SideBySide(left=(left,), right=(right,), left_mm=chooser.uniform(40, 120)))
    made += [
        Cards(cards=tuple(Card(title="", paragraphs=(text,)) for text in texts[start : start + 3]))
        for start in range(90, 105, 3)
    ]
    made += [Notice(title="", text=text) for text in texts[105:110]]
    return [
        *made,
        NumberedList(items=tuple(texts[110:115])),
        TermList(items=tuple(("词", text) for text in texts[115:])),
    ]


def test_no_line_on_paper_begins_or_ends_wrongly(tmp_path: Path) -> None:
    chooser = random.Random(SEED)  # noqa: S311
    result = render_pdf(document_of(*blocks(chooser)), photo)
    lines = [line.text for line in lines_of(written(tmp_path, result.pdf)) if line.page > 2]
    assert len(lines) > 500
    assert [line for line in lines if line[0] in FORBIDDEN_START] == []
    assert [line for line in lines if line[-1] in FORBIDDEN_END] == []


def test_no_word_or_number_on_paper_is_split(tmp_path: Path) -> None:
    chooser = random.Random(SEED + 1)  # noqa: S311
    texts = paragraphs(chooser, 40)
    result = render_pdf(document_of(*(Paragraph(text=text) for text in texts)), photo)
    file = written(tmp_path, result.pdf)
    lines = [squeezed(line) for line in text_of(file, "-f", "3").splitlines() if squeezed(line)]
    for before, after in pairwise(lines):
        assert not (re.search(r"[A-Za-z0-9.@-]$", before) and re.match(r"[A-Za-z0-9]", after)) or _furniture(
            after, before
        )
        assert not (before[-1].isdecimal() and after.startswith(("个", "台", "万元", "%", "级", "件"))), (before, after)


def _furniture(*lines: str) -> bool:
    return any("QZ-2026" in line or "miit" in line or re.fullmatch(r"\d+/\d+", line) for line in lines)
