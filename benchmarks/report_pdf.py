"""Thirty pages with twelve photos: our PDF beside WeasyPrint's of the same content, with the same fonts."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from importlib import import_module
from io import BytesIO

from PIL import Image, ImageFilter

from benchmarks.measurement import Measurement, alternate, timed_ms
from benchmarks.report_html import report_html
from diag_app.model.content import (
    BarChart,
    Cell,
    Chapter,
    Column,
    Cover,
    Document,
    Figure,
    Heading,
    HeatMap,
    HeatRow,
    Paragraph,
    Photo,
    PhotoGrid,
    RadarChart,
    Row,
    Table,
)
from diag_app.report.fonts import load_faces
from diag_app.report.line_breaker import forget_lines
from diag_app.report.pdf import render_pdf
from diag_app.report.preview import page_count
from diag_app.report.typesetter import Typesetter

LIMIT = 0.6
ROUNDS = 3
CHAPTERS = 9
PHOTOS = 12
SEED = 2026
_HAN = (
    "设备联网数据采集系统覆盖信息安全管理机制质量检验能耗排程仓储物流财务人力协同办公决策支持企业现场核对来源台账记录"
)


def measure(chapter_count: int = CHAPTERS, photo_count: int = PHOTOS) -> Measurement:
    """Return the medians of three renderings each, taken in turn after one of each that loads fonts and modules.

    Nothing is remembered from one of ours to the next.
    """
    document = report(chapter_count, photo_count)
    weasyprint = import_module("weasyprint")
    html = report_html(document, reduced_photo, Typesetter("zh", load_faces()))

    def ours() -> float:
        forget_lines()
        return timed_ms(partial(render_pdf, document, reduced_photo))

    def reference() -> float:
        return timed_ms(partial(weasyprint.HTML(string=html, base_url=".").write_pdf))

    pages = render_pdf(document, reduced_photo).page_count
    other_pages = page_count(weasyprint.HTML(string=html, base_url=".").write_pdf())
    ours_ms, reference_ms = alternate(ours, reference, rounds=ROUNDS)
    return Measurement(
        name=f"report of {pages} pages with {photo_count} photos, beside WeasyPrint",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=LIMIT,
        note=f"{pages} pages here, {other_pages} there; {1000 * pages / ours_ms:.0f} pages a second",
    )


def report(chapter_count: int = CHAPTERS, photo_count: int = PHOTOS) -> Document:
    """Return a made-up report: each chapter has text, a long table and a chart, the last ones the photos."""
    chooser = random.Random(SEED)  # noqa: S311
    cover = Cover(
        title="测量用报告", firm="虚构企业", facts=(("编号", "B-1"),), seal_label="盖章处", board=((2, True),) * 16
    )
    chapters = [_chapter(number, chooser) for number in range(1, chapter_count + 1)]
    photos = tuple(
        Photo(sha256=f"{number:064x}", label=f"E-{number:03d}", caption=_text(chooser, 12), detail="2026-03-17")
        for number in range(photo_count)
    )
    last = replace(chapters[-1], blocks=(*chapters[-1].blocks, PhotoGrid(photos=photos)))
    return Document(
        language="zh",
        title="测量用报告",
        author="测量",
        report_number="B-1",
        issued_on="2026-03-27",
        running_head="测量用报告",
        pack_line="题库",
        demonstration_mark="示例",
        contents_title="目录",
        continued="（续）",
        cover=cover,
        chapters=(*chapters[:-1], last),
    )


@cache
def reduced_photo(digest: str) -> bytes:
    """Return a noisy JPEG of 1600 × 1200, as photos are after import."""
    noise = Image.frombytes("L", (400, 300), random.Random(digest).randbytes(120_000))  # noqa: S311
    picture = noise.resize((1600, 1200)).filter(ImageFilter.GaussianBlur(2)).convert("RGB")
    target = BytesIO()
    picture.save(target, "JPEG", quality=82)
    return target.getvalue()


def _text(chooser: random.Random, length: int) -> str:
    return "".join(chooser.choice(_HAN) for _ in range(length))


def _paragraph(chooser: random.Random) -> Paragraph:
    parts = [
        f"{_text(chooser, chooser.randint(6, 18))}，共 {chooser.randint(2, 999)} 台（{_text(chooser, 5)}）"
        for _ in range(9)
    ]
    return Paragraph(text="；".join(parts) + "。")


def _chapter(number: int, chooser: random.Random) -> Chapter:
    columns = (
        Column(head="编号", width_mm=16),
        Column(head="指标", width_mm=40),
        Column(head="得分", width_mm=20, align="right"),
        Column(head="理由与核对", width_mm=90),
    )
    rows = tuple(
        Row(
            cells=tuple(
                Cell(text=text) for text in (f"E-{row:03d}", _text(chooser, 6), f"{row}.50", _text(chooser, 48))
            )
        )
        for row in range(22)
    )
    table = Table(
        label=f"表 {number}-1", caption=_text(chooser, 12), columns=columns, rows=rows, note=_text(chooser, 40)
    )
    chart = (_bars, _radar, _heat_map)[number % 3](chooser)
    figure = Figure(label=f"图 {number}-1", caption=_text(chooser, 12), chart=chart, note=_text(chooser, 40))
    texts = tuple(_paragraph(chooser) for _ in range(4))
    return Chapter(
        number=str(number),
        name=_text(chooser, 6),
        finding=_text(chooser, 20),
        lead=_text(chooser, 50),
        blocks=(*texts[:2], figure, Heading(text=_text(chooser, 8)), *texts[2:], table),
    )


def _bars(chooser: random.Random) -> BarChart:
    return BarChart(
        bars=tuple((_text(chooser, 4), Decimal(chooser.randint(0, 90)), Decimal(100), "90／100") for _ in range(9))
    )


def _radar(chooser: random.Random) -> RadarChart:
    spokes = tuple((_text(chooser, 4), Decimal(chooser.randint(0, 100)) / 100) for _ in range(9))
    return RadarChart(spokes=spokes, weak_below=Decimal("0.45"))


def _heat_map(chooser: random.Random) -> HeatMap:
    rows = tuple(
        HeatRow(
            label=_text(chooser, 4),
            is_constrained=row % 2 == 0,
            level=chooser.randint(1, 4),
            target=None,
            detail=_text(chooser, 18),
            evidence="2 件",
        )
        for row in range(16)
    )
    return HeatMap(level_heads=("1", "2", "3", "4"), rows=rows, foot=(), detail_head="下一级", evidence_head="证据")
