"""How content falls on pages: what stays together, what repeats, what may part."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.model.content import (
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    HeatMap,
    HeatRow,
    Paragraph,
    Row,
    SignatureBoxes,
    Table,
)
from diag_app.report.content_digest import content_digest
from diag_app.report.pdf import render_pdf
from diag_app.report.preview import page_count, page_picture
from tests.report.reading import PrintedLine, lines_of, squeezed, text_of, written
from tests.report.sample import document_of, photo, rendered, sample, simple_table

FILLER = Paragraph(text="正文。" * 22)


def page_of(lines: list[PrintedLine], text: str) -> int:
    return next(line.page for line in lines if text in squeezed(line.text) and line.page > 2)


@pytest.mark.parametrize("count", range(28, 40))
def test_a_heading_never_stands_alone_at_the_end_of_a_page(tmp_path: Path, count: int) -> None:
    result = render_pdf(
        document_of(*[FILLER] * count, Heading(text="标题行"), Paragraph(text="其后正文。" * 40)), photo
    )
    lines = lines_of(written(tmp_path, result.pdf))
    assert page_of(lines, "标题行") == page_of(lines, "其后正文")


@pytest.mark.parametrize("count", range(26, 38))
def test_a_table_begins_with_rows_below_its_head_and_keeps_its_note(tmp_path: Path, count: int) -> None:
    table = replace(
        simple_table("项目|数值", *(f"行{number}|{number}" for number in range(9)), widths=(100, 66)),
        note="来源：台账。",
    )
    lines = lines_of(written(tmp_path, render_pdf(document_of(*[FILLER] * count, table), photo).pdf))
    assert page_of(lines, "清单") == page_of(lines, "行0")
    assert page_of(lines, "来源：台账") == page_of(lines, "行8")


def test_a_long_table_repeats_caption_and_head(tmp_path: Path) -> None:
    table = simple_table(
        "项目|数值", *(f"行{number}号|{number}" for number in range(120)), widths=(100, 66), right=(1,)
    )
    result = render_pdf(document_of(table), photo)
    file = written(tmp_path, result.pdf)
    pages = [squeezed(text_of(file, "-f", str(page), "-l", str(page))) for page in range(3, result.page_count + 1)]
    assert len(pages) >= 3
    assert all("表1-1清单" in page and "项目数值" in page for page in pages)
    assert ["（续）" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert [int(number) for page in pages for number in re.findall(r"行(\d+)号", page)] == list(range(120))


def test_group_rows_keep_the_next_and_totals_the_one_before(tmp_path: Path) -> None:
    for count in range(30, 44):
        rows = [Row(cells=(Cell(text=f"行{number}"),)) for number in range(count)]
        rows += [Row(cells=(Cell(text="组名"),), kind="group"), Row(cells=(Cell(text="组内"),))]
        rows += [Row(cells=(Cell(text="末行"),)), Row(cells=(Cell(text="合计"),), kind="total")]
        table = Table(label="", caption="", columns=(Column(head="项", width_mm=166),), rows=tuple(rows))
        lines = lines_of(written(tmp_path, render_pdf(document_of(table), photo).pdf))
        assert page_of(lines, "组名") == page_of(lines, "组内")
        assert page_of(lines, "末行") == page_of(lines, "合计")


def test_a_cell_taller_than_a_page_parts(tmp_path: Path) -> None:
    text = "".join(f"第{number}句。" for number in range(3000))
    table = simple_table("甲|乙", f"短|{text}", widths=(40, 126))
    result = render_pdf(document_of(table), photo)
    printed = squeezed(text_of(written(tmp_path, result.pdf), "-f", "3"))
    assert all(f"{number}句" in printed for number in range(0, 3000, 97))
    assert result.page_count > 4


def test_a_right_aligned_number_never_breaks(tmp_path: Path) -> None:
    table = simple_table(
        "项目|金额", "设备联网与数据采集|12,345,678.90 万元", "合计|−98,765,432.10", widths=(155, 11), right=(1,)
    )
    lines = [line.text for line in lines_of(written(tmp_path, render_pdf(document_of(table), photo).pdf))]
    assert any("12,345,678.90" in line for line in lines)
    assert any("−98,765,432.10" in line for line in lines)


def test_signatures_stand_below_what_is_signed(tmp_path: Path) -> None:
    boxes = SignatureBoxes(boxes=(("企业代表", True, "签字", "日期"),) * 3, seal_label="盖章处")
    for count in range(26, 34):
        result = render_pdf(document_of(*[FILLER] * count, Paragraph(text="声明内容属实。"), boxes), photo)
        lines = lines_of(written(tmp_path, result.pdf))
        assert page_of(lines, "声明内容属实") == page_of(lines, "企业代表")


def test_a_map_higher_than_a_page_is_drawn_smaller(tmp_path: Path) -> None:
    rows = tuple(
        HeatRow(label=f"场景{number}", is_constrained=False, level=1, target=None, detail="", evidence="")
        for number in range(50)
    )
    chart = HeatMap(level_heads=("1", "2", "3", "4"), rows=rows, foot=(), detail_head="", evidence_head="")
    result = render_pdf(document_of(Figure(label="图 1-1", caption="热图", chart=chart)), photo)
    lines = lines_of(written(tmp_path, result.pdf))
    assert len({line.page for line in lines if "场景" in line.text and line.page > 2}) == 1
    assert max(line.bottom for line in lines) < 842


def test_chapters_that_need_no_new_page_share_one(tmp_path: Path) -> None:
    chapters = tuple(
        Chapter(number=str(number), name=f"章{number}", finding="", lead="", blocks=(FILLER,), new_page=number == 1)
        for number in range(1, 9)
    )
    result = render_pdf(replace(sample("zh"), chapters=chapters), photo)
    assert [entry.page for entry in result.outline] == [3, 3, 3, 3, 3, 4, 4, 4]


@pytest.mark.parametrize(("count", "page"), [(10, 4), (18, 4), (26, 5)])
def test_a_chapter_begins_a_page_unless_the_one_before_would_stay_nearly_empty(count: int, page: int) -> None:
    first = Chapter(number="1", name="甲", finding="", lead="", blocks=(FILLER,) * count)
    second = Chapter(number="2", name="乙", finding="", lead="", blocks=(FILLER,))
    result = render_pdf(replace(sample("zh"), chapters=(first, second)), photo)
    assert [entry.page for entry in result.outline] == [3, page]


def test_a_document_without_chapters_is_a_cover() -> None:
    result = render_pdf(replace(sample("zh"), chapters=()), photo)
    assert (result.page_count, result.outline) == (1, ())


def test_progress_counts_the_pages() -> None:
    seen: list[tuple[int, int]] = []
    result = render_pdf(document_of(FILLER), photo, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(number, result.page_count) for number in range(1, result.page_count + 1)]


def test_a_cancelled_rendering_stops() -> None:
    def cancel(done: int, total: int) -> None:
        raise DiagError("FILE_FAILED", location=f"{done}/{total}")

    with pytest.raises(DiagError):
        render_pdf(document_of(FILLER), photo, progress=cancel)


def test_pages_become_pixels() -> None:
    pdf = rendered("zh").pdf
    assert page_count(pdf) == rendered("zh").page_count
    picture = page_picture(pdf, 0, 0.5)
    assert (picture.width, picture.height) == (298, 421)
    assert len(picture.rgb) == picture.width * picture.height * 3
    assert picture.rgb[:3] == b"\xff\xff\xff"
    accents = {picture.rgb[at : at + 3] for at in range(0, len(picture.rgb), 3)}
    assert b"\x2c\x7d\x77" in accents  # level 3 of the board, red before blue


def test_the_digest_is_that_of_the_content_and_stands_on_the_cover(tmp_path: Path) -> None:
    document = sample("zh")
    digest = content_digest(document)
    assert digest == content_digest(replace(document))
    assert digest != content_digest(replace(document, title="另一个"))
    assert digest in squeezed(text_of(written(tmp_path, rendered("zh").pdf), "-l", "1"))
