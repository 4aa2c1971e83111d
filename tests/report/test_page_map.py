"""A point on the paper leads back to what stands there: read by the PDF's own coordinates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from diag_app.model.content import Cell, Column, Figure, HeatMap, HeatRow, Paragraph, Row, Table
from diag_app.report.pdf import render_pdf
from tests.model.proposal.cases import demonstration, document
from tests.report.reading import lines_of, written
from tests.report.sample import document_of, photo


def test_every_row_and_picture_of_the_demonstration_is_found_where_it_stands(tmp_path: Path) -> None:
    facts = demonstration("en")
    result = render_pdf(document(facts, "en"), photo)
    lines = lines_of(written(tmp_path, result.pdf))
    wanted = {
        **{f"N-{need.number:02d}": f"need:{need.need_id}" for need in facts.needs},
        **{f"E-{item.number:03d}": f"evidence:{item.evidence_id}" for item in facts.evidence},
    }
    found = set()
    for line in lines:
        if line.text in wanted and line.page > 2:
            point = (line.left + line.right) / 2, (line.top + line.bottom) / 2
            if result.page_map.origin_at(line.page, *point) == wanted[line.text]:
                found.add(line.text)
    assert found == wanted.keys()
    for question in facts.pack.questions:
        place = result.page_map.place_of(f"question:{question.question_id}")
        assert place is not None
        inside = [line for line in lines if place.holds(line.page, line.left + 1, (line.top + line.bottom) / 2)]
        assert any(line.text.startswith(question.question_id) for line in inside), question.question_id


def test_what_has_no_source_of_its_own_is_of_its_chapter() -> None:
    result = render_pdf(document(demonstration("en"), "en"), photo)
    entries = {entry.number: entry.page for entry in result.outline}
    assert result.page_map.origin_at(entries["7"], 300, 90) == "diagnosis"
    assert result.page_map.origin_at(entries["3"], 300, 90) == "enterprise"
    assert result.page_map.origin_at(entries[""], 300, 90) == ""  # the summary
    assert result.page_map.origin_at(1, 300, 300) == ""  # the cover
    assert result.page_map.place_of("need:nobody") is None


def test_a_row_over_two_pages_is_found_on_both() -> None:
    row = Row(cells=(Cell(text="长" * 6000),), origin="need:1")
    table = Table(label="表", caption="长", columns=(Column(head="", width_mm=166),), rows=(row,))
    places = [item for item in render_pdf(document_of(table), photo).page_map.places if item.origin == "need:1"]
    assert len({item.page for item in places}) == len(places) > 1


def test_what_is_drawn_smaller_is_found_where_it_is_drawn() -> None:
    rows = tuple(
        HeatRow(label=f"场景{number}", is_constrained=False, level=1, target=None, detail="", evidence="")
        for number in range(50)
    )
    chart = HeatMap(level_heads=("1", "2", "3", "4"), rows=rows, foot=(), detail_head="", evidence_head="")
    tree = document_of(Figure(label="图 1-1", caption="热图", chart=chart))
    below = replace(tree, chapters=(*tree.chapters, replace(tree.chapters[0], blocks=(Paragraph(text="a"),))))
    result = render_pdf(below, photo)
    assert all(opening.bottom <= 842 for opening in result.page_map.openings)


def test_a_missing_glyph_names_its_row() -> None:
    row = Row(cells=(Cell(text="好😀"),), origin="need:1")
    table = Table(label="表", caption="甲", columns=(Column(head="", width_mm=166),), rows=(row,))
    (problem,) = render_pdf(document_of(table, Paragraph(text="乙")), photo).problems
    assert problem.parameters["origin"] == "need:1"
