"""A file is read back before it is issued: a number or name that is not what the tree says is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diag_app.model.content import Cell, Column, Document, KeyFigure, KeyFigures, Row, Table
from diag_app.report.pdf import render_pdf
from diag_app.report.read_back import Kind, differences
from diag_app.report.report_workbook import render_workbook
from diag_app.report.word import render_word
from tests.report.sample import document_of, photo

KINDS: tuple[Kind, ...] = ("pdf", "docx", "xlsx")
HOSTILE = ("好😀厂", "مصنع", "e\u0301toile “厂”", "a\u200bb<i>&", "𬭎𠅤", "x" * 900, "")


def data_of(document: Document, kind: Kind) -> bytes:
    if kind == "pdf":
        return render_pdf(document, photo).pdf
    return (render_word(document, photo) if kind == "docx" else render_workbook(document)).data


def tree(figure: str = "41.67", name: str = "正文") -> Document:
    columns = (Column(head="指标", width_mm=100), Column(head="值", width_mm=66, align="right"))
    rows = (Row(cells=(Cell(text="联网率"), Cell(text=f"{figure}%"))),)
    made = document_of(
        Table(label="表 1-1", caption="清单", columns=columns, rows=rows),
        KeyFigures(figures=(KeyFigure(figure="126.5—187.0", label="万元"),)),
    )
    return replace(made, chapters=(replace(made.chapters[0], name=name),))


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_what_the_tree_says(kind: Kind) -> None:
    data = data_of(tree(), kind)
    assert differences(tree(), data, kind) == ()
    (number,) = differences(tree(figure="41.76"), data, kind)
    assert (number.code, number.location, number.parameters["text"]) == ("OUTPUT_DIFFERS", "1 正文", "41.76")
    (name,) = differences(tree(name="正义"), data, kind)
    assert name.parameters["text"] == "正义"
    (other,) = differences(replace(tree(), report_number="QZ-9"), data, kind)
    assert other.parameters["text"] == "QZ-9"


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_no_font_can_show_is_no_difference(kind: Kind) -> None:
    for text in HOSTILE:
        made = tree()
        named = replace(made, cover=replace(made.cover, firm=text), chapters=(replace(made.chapters[0], name=text),))
        assert differences(named, data_of(named, kind), kind) == (), text
