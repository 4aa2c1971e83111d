"""The file itself: valid, all fonts inside, the same bytes each time, an outline, nothing off the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from diag_app.forms.definition import Language
from diag_app.model.content import Paragraph
from diag_app.report.pdf import render_pdf
from tests.report.reading import lines_of, run, squeezed, text_of, written
from tests.report.sample import LANGUAGES, document_of, photo, rendered, sample

ONE_PROCESS = """
import sys
from tests.report.sample import rendered
import hashlib
print(hashlib.sha256(rendered(sys.argv[1]).pdf).hexdigest())
"""


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return "zh" if request.param == "zh" else "en"


def test_qpdf_finds_nothing_wrong(tmp_path: Path, language: Language) -> None:
    assert "No syntax or stream encoding errors found" in run(
        "qpdf", "--check", written(tmp_path, rendered(language).pdf)
    )


def test_every_font_is_embedded_and_maps_to_text(tmp_path: Path, language: Language) -> None:
    _, _, *fonts = run("pdffonts", written(tmp_path, rendered(language).pdf)).splitlines()
    names = {font.split()[0][7:].removesuffix("-Half") for font in fonts}
    assert names == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all(re.search(r" yes +yes +yes +\d+ +0$", font) for font in fonts)


def test_two_renderings_are_byte_equal(language: Language) -> None:
    assert render_pdf(sample(language), photo).pdf == rendered(language).pdf


def test_another_process_with_another_hash_seed_writes_the_same_bytes(language: Language) -> None:
    digests = set()
    for seed, epoch in (("1", ""), ("2", "86400")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch, "TZ": "Asia/Shanghai"}
        command = [sys.executable, "-c", ONE_PROCESS, language]
        result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        digests.add(result.stdout.strip())
    assert len(digests) == 1


def test_the_outline_names_the_chapters_and_their_pages(tmp_path: Path, language: Language) -> None:
    result = rendered(language)
    reader = PdfReader(written(tmp_path, result.pdf))
    found = []
    for item in _flat(reader.outline):
        page = reader.get_destination_page_number(item)
        found.append((item.title, (page or 0) + 1))
    assert found == [(f"{entry.number}  {entry.name}".strip(), entry.page) for entry in result.outline]
    for entry in result.outline:
        assert squeezed(entry.name) in squeezed(reader.pages[entry.page - 1].extract_text())
    assert len(reader.pages) == result.page_count


def test_the_contents_lead_to_the_chapters(tmp_path: Path, language: Language) -> None:
    result = rendered(language)
    reader = PdfReader(written(tmp_path, result.pdf))
    annotations: Any = reader.pages[1]["/Annots"]
    links = [link.get_object() for link in annotations]
    pages = [(reader.get_page_number(link["/Dest"][0].get_object()) or 0) + 1 for link in links]
    assert pages == [entry.page for entry in result.outline]
    rows = text_of(tmp_path / "report.pdf", "-layout", "-f", "2", "-l", "2").splitlines()[2:-3]
    numbers = [int(row.split()[-1]) for row in rows if re.search(r"\S {3,}\d+$", row)]
    assert numbers == pages


def test_metadata_come_from_the_document_alone(tmp_path: Path, language: Language) -> None:
    document = sample(language)
    reader = PdfReader(written(tmp_path, rendered(language).pdf))
    information: Any = reader.metadata
    assert (information.title, information.author) == (document.title, document.author)
    assert information["/CreationDate"] == information["/ModDate"] == "D:20260327000000Z"
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.parametrize("issued_on", ["", "2026-3-1", "2026-03-01\n", "\x00"])
def test_without_a_date_of_issue_no_other_date_slips_in(tmp_path: Path, issued_on: str) -> None:
    result = render_pdf(replace(document_of(), issued_on=issued_on), photo)
    information: Any = PdfReader(written(tmp_path, result.pdf)).metadata
    assert information["/CreationDate"] == "D:20000101000000Z"


def test_nothing_stands_off_the_page(tmp_path: Path, language: Language) -> None:
    lines = lines_of(written(tmp_path, rendered(language).pdf))
    assert lines
    for line in lines:
        assert 62 - 5 <= line.left <= line.right <= 533 + 5, line  # a closing mark's blank half may stand out
        assert 30 <= line.top <= line.bottom <= 815, line


def test_every_page_but_the_cover_says_where_it_is_and_what_it_is(tmp_path: Path, language: Language) -> None:
    result = rendered(language)
    file = written(tmp_path, result.pdf)
    for page in range(1, result.page_count + 1):
        text = squeezed(text_of(file, "-f", str(page), "-l", str(page)))
        assert squeezed(sample(language).demonstration_mark) in text
        assert (f"{page}/{result.page_count}" in text) == (page > 1)


def test_rare_names_and_a_sample_beyond_the_bmp_can_be_copied_out(tmp_path: Path) -> None:
    names = "䶮㛃𬭎𠅤㑇㸌䥺𬭚𫘝𬘭𬴊𫓧鿍𪨰𫍽𬶋𬶐𬸘𬹼"
    result = render_pdf(document_of(Paragraph(text=names), Paragraph(text=f"姓名：{names}。", style="note")), photo)
    assert result.problems == ()
    assert squeezed(text_of(written(tmp_path, result.pdf))).count(names) == 2


def test_all_text_of_a_paragraph_comes_back(tmp_path: Path) -> None:
    text = "现场核对：设备 120 台（其中数字化设备 66 台），联网率 25.8%；“未测量”不按零计。See annex A, figure 6-1."
    result = render_pdf(document_of(Paragraph(text=text * 20)), photo)
    assert squeezed(text * 20) in squeezed(text_of(written(tmp_path, result.pdf), "-f", "3")).replace(
        squeezed(sample("zh").demonstration_mark), ""
    )


def _flat(items: Any) -> list[Any]:
    return [leaf for item in items for leaf in (_flat(item) if isinstance(item, list) else [item])]
