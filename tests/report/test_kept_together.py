"""What is low stays whole, and no row is left alone where the table has others as low."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.forms.definition import Language
from diag_app.model.content import KeyFigure, KeyFigures, Notice, PhotoGrid, TermList
from diag_app.report.blocks import BlockLayout
from diag_app.report.boxes import Hung
from diag_app.report.flows import Stack, Tail
from diag_app.report.fonts import REGULAR, load_faces
from diag_app.report.pdf import render_pdf
from diag_app.report.report_workbook import render_workbook
from diag_app.report.reportlab_mends import mend
from diag_app.report.styles import KEPT, TEXT_HEIGHT, TEXT_WIDTH
from diag_app.report.tables import FEWEST, LAST_ROWS, TableFlow, lay_table
from diag_app.report.typesetter import Typesetter
from diag_app.report.word import render_word
from tests.model.proposal.cases import LANGUAGES, demonstration
from tests.report.reading import lines_of, squeezed, text_of, written
from tests.report.sample import document_of, photo, simple_table
from tests.report.test_parity import sheet_rows
from tests.report.word_reading import paragraphs
from tests.templates import built


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    mend(REGULAR)
    return Typesetter("zh", load_faces())


def rows_of(flow: object) -> int:
    assert isinstance(flow, TableFlow)
    return len(flow.rows)


@pytest.mark.parametrize("lines", [1, 3])
def test_no_row_stands_alone_unless_much_would_stay_empty_for_it(setter: Typesetter, lines: int) -> None:
    """Also where each row has several lines; a table as high as a fifth of the page is not parted at all."""
    for count in range(2, 16):
        rows = [f"行{number}|{'甲' * 60 * (lines - 1) or '一'}" for number in range(count)]
        flow = lay_table(simple_table("项|值", *rows, widths=(60, 106)), setter, TEXT_WIDTH, "")
        assert isinstance(flow, TableFlow)
        for room in range(5, int(flow.height), 7):
            parts = flow.split(room)
            if parts is None:
                continue
            first, rest = (rows_of(part) for part in parts)
            assert flow.height > KEPT
            assert min(first, rest) >= FEWEST or parts[0].height > KEPT
            assert rest >= LAST_ROWS or first <= 2 * LAST_ROWS
            assert first + rest == count


def test_on_an_empty_page_a_table_parts_wherever_it_must(setter: Typesetter) -> None:
    tall = "甲" * 2400
    flow = lay_table(simple_table("项|值", f"一|{tall}", f"二|{tall}", widths=(60, 106)), setter, TEXT_WIDTH, "")
    parts = flow.split(TEXT_HEIGHT)
    assert parts is not None
    assert rows_of(parts[0]) in (1, 2)


def test_a_short_list_of_terms_stays_whole_and_a_long_one_parts(setter: Typesetter) -> None:
    layout = BlockLayout(setter, photo, "")
    (whole,) = layout.flows((TermList(items=(("词", "义"),) * 4),), TEXT_WIDTH)
    assert whole.split(whole.height - 1) is None
    assert len(layout.flows((TermList(items=(("词", "义" * 300),) * 4),), TEXT_WIDTH)) == 4


def test_what_warns_of_a_table_stands_with_its_end(setter: Typesetter) -> None:
    table = simple_table("项|值", *(f"行{number}|一" for number in range(20)), widths=(60, 106))
    notice = Notice(title="注", text="意", kind="estimate")
    (whole,) = BlockLayout(setter, photo, "").flows((table, notice), TEXT_WIDTH)
    parts = whole.split(whole.height - 3)
    assert parts is not None
    assert isinstance(parts[1], Tail)
    assert rows_of(parts[1].body) >= LAST_ROWS


def test_a_term_takes_a_second_line_only_where_it_is_very_long(setter: Typesetter) -> None:
    layout = BlockLayout(Typesetter("en", load_faces()), photo, "")
    for term, lines in (("Training needed", 1), ("Training needed by everybody who is there", 3)):
        (whole,) = layout.flows((TermList(items=((term, "x"),)),), TEXT_WIDTH)
        assert isinstance(whole, Stack)
        (hung,) = whole.flows
        assert isinstance(hung, Hung)
        assert hung.mark is not None
        assert len(hung.mark.lines) in range(1, lines + 1)
        assert (len(hung.mark.lines) > 1) == (lines > 1)


def test_a_key_figure_is_set_a_little_smaller_before_it_takes_a_second_line(tmp_path: Path) -> None:
    figures = tuple(KeyFigure(figure=text, label="项") for text in ("1.1 / 1.86 / 4.29", "8", "9", "1 / 2 " * 9))
    lines = lines_of(written(tmp_path, render_pdf(document_of(KeyFigures(figures=figures)), photo).pdf))
    texts = [squeezed(line.text) for line in lines]
    assert any("1.1/1.86/4.29" in text for text in texts)
    assert not any("1/2" * 9 in text for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_stand_under_one_number_in_every_file(tmp_path: Path, language: Language) -> None:
    tree = built(demonstration(language), language, "evidence")
    (grid,) = [block for chapter in tree.chapters for block in chapter.blocks if isinstance(block, PhotoGrid)]
    caption = squeezed(f"{grid.label}{grid.caption}")
    assert grid.label in ("图 1", "Figure 1")
    paper = squeezed(text_of(written(tmp_path, render_pdf(tree, photo).pdf)))
    assert caption in paper
    assert caption in {squeezed(item.text) for item in paragraphs(render_word(tree, photo).data)}
    assert caption in {text for row in sheet_rows(render_workbook(tree).data) for text in row}
