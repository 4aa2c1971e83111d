"""A report pack: what it may say, every fault at its place, and one laid over another."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.forms.logo import LOGO_PNG, LOGO_SVG, LogoRefused, read_logo
from diag_app.forms.pack_parts import pack_kind, read_parts
from diag_app.forms.pack_table import Findings
from diag_app.forms.report_pack import check_template, contrast_on_white, load_template
from diag_app.model.proposal.sections import FIELDS, SECTIONS, VOCABULARY
from tests.templates import house_files, house_template

PACK = """
format = 1
kind = 'report'
id = 'city-report'
version = '2.0.0'
title = { zh = '市模板', en = 'City template' }
[confidence]
english = 'authored'
title = 'authored'
"""
KINDS = """
[confidence]
title = 'authored'
[[kinds]]
id = 'diagnosis'
title = { zh = '诊断', en = 'Diagnosis' }
head = { zh = '诊断', en = 'Diagnosis' }
mark = 'D'
cover = true
formats = ['pdf']
sections = ['rating', 'notice', 'summary']
most_pages = 40
"""
TEXTS = """
[confidence]
text = 'authored'
[[sections]]
id = 'notice'
number = '15'
name = { zh = '市要求', en = 'What the city asks' }
finding = { zh = '本市要求', en = 'The city asks {firm}' }
lead = { zh = '说明', en = 'Note' }
paragraphs = [{ zh = '编号 {report_number}', en = 'No. {report_number}' }]
[[changes]]
section = 'rating'
name = { zh = '等级', en = 'Level' }
"""
BRANDING = """
accent = '#1F3A93'
name = { zh = '某市', en = 'Some city' }
[confidence]
text = 'authored'
"""
CITY = {"pack.toml": PACK, "kinds.toml": KINDS, "texts.toml": TEXTS, "branding.toml": BRANDING}


def city_files(name: str = "", old: str = "", new: str = "") -> dict[str, bytes]:
    """The city's template, one text in one file replaced."""
    files = dict(CITY)
    if name:
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    return {file: text.encode() for file, text in files.items()}


def test_the_template_shipped_is_sound_and_names_every_section() -> None:
    assert check_template(house_files(), VOCABULARY) == ()
    named = {section for kind in house_template().kinds for section in kind.sections}
    assert named == set(SECTIONS)
    assert pack_kind(house_files()) == "report"


def test_a_city_template_laid_over_the_house_says_what_it_says_and_leaves_the_rest() -> None:
    city = load_template(city_files(), VOCABULARY)
    template = city.over(house_template())
    kind = template.kind("diagnosis")
    assert kind is not None
    assert (kind.sections, kind.most_pages, kind.has_contents) == (("rating", "notice", "summary"), 40, False)
    assert template.kind("visit") == house_template().kind("visit")
    assert template.kind("poem") is None
    assert (template.branding.accent, template.own["notice"].number) == ("#1F3A93", "15")
    assert list(template.digests) == ["city-report@2.0.0", "qizhen-report@1.0.0"]
    assert city.kinds[0].title.en == "Diagnosis"


def test_a_template_may_say_nothing_but_who_it_is() -> None:
    bare = load_template({"pack.toml": PACK.encode()}, VOCABULARY)
    assert (bare.kinds, bare.own, bare.changes) == ((), {}, {})
    assert bare.over(house_template()).kinds == house_template().kinds
    texts = b"[confidence]\ntext = 'authored'\n"
    quiet = load_template({"pack.toml": PACK.encode(), "texts.toml": texts}, VOCABULARY)
    assert (quiet.own, quiet.changes) == ({}, {})


FAULTS = [
    ("pack.toml", "format = 1", "format = 2", "PACK_FORMAT", "pack.toml:format"),
    ("pack.toml", "kind = 'report'", "kind = 'method'", "PACK_WORD", "pack.toml:kind"),
    ("pack.toml", "'city-report'", "'../up'", "PACK_ID_SHAPE", "pack.toml:id"),
    ("pack.toml", "format = 1", "format =", "PACK_SYNTAX", "pack.toml"),
    ("kinds.toml", "'summary']", "'rules']", "PACK_ID_UNKNOWN", "kinds.toml:kinds[0].sections[2]"),
    ("kinds.toml", "'summary']", "'rating']", "PACK_ID_TWICE", "kinds.toml:kinds[0].sections[2]"),
    ("kinds.toml", "['rating', 'notice', 'summary']", "[]", "PACK_COUNT", "kinds.toml:kinds[0].sections"),
    ("kinds.toml", "['pdf']", "['pdf', 'exe']", "PACK_WORD", "kinds.toml:kinds[0].formats"),
    ("kinds.toml", "['pdf']", "['docx']", "PACK_WORD", "kinds.toml:kinds[0].formats"),
    ("kinds.toml", "mark = 'D'", "mark = 'DD'", "PACK_ID_SHAPE", "kinds.toml:kinds[0].mark"),
    ("kinds.toml", "mark = 'D'", "mark = ''", "PACK_TEXT_EMPTY", "kinds.toml:kinds[0].mark"),
    (
        "kinds.toml",
        "[[kinds]]",
        KINDS.partition("'authored'")[2] + "[[kinds]]",
        "PACK_ID_TWICE",
        "kinds.toml:kinds[1].id",
    ),
    ("texts.toml", "{report_number}'", "{contacts}'", "PACK_FIELD_UNKNOWN", "texts.toml:sections[0].paragraphs[0]"),
    ("texts.toml", "{firm}", "{firm", "PACK_FIELD_UNKNOWN", "texts.toml:sections[0].finding"),
    ("texts.toml", "'说明'", f"'{'长' * 4001}'", "PACK_TEXT_LONG", "texts.toml:sections[0].lead"),
    ("texts.toml", "number = '15'", "number = '1.5'", "PACK_ID_SHAPE", "texts.toml:sections[0].number"),
    ("texts.toml", "section = 'rating'", "section = 'notice'", "PACK_ID_UNKNOWN", "texts.toml:changes[0].section"),
    ("branding.toml", "'#1F3A93'", "'teal'", "PACK_COLOUR", "branding.toml:accent"),
    ("branding.toml", "'#1F3A93'", "'#8AC6BE'", "PACK_CONTRAST", "branding.toml:accent"),
]


@pytest.mark.parametrize(("name", "old", "new", "code", "place"), FAULTS)
def test_a_fault_is_found_at_its_place(name: str, old: str, new: str, code: str, place: str) -> None:
    files = city_files(name, old, new)
    assert (code, place) in [(problem.code, problem.location) for problem in check_template(files, VOCABULARY)]
    with pytest.raises(DiagError, match="PACK_INVALID"):
        load_template(files, VOCABULARY)


def test_an_own_section_may_not_take_the_id_of_one_of_ours_nor_stand_twice() -> None:
    text = TEXTS.replace("id = 'notice'", "id = 'rating'")
    found = check_template(city_files() | {"texts.toml": text.encode()}, VOCABULARY)
    assert ("PACK_ID_TWICE", "texts.toml:sections[0].id") in [(item.code, item.location) for item in found]
    section = TEXTS.partition("[[changes]]")[0].partition("'authored'")[2]
    changes = TEXTS.partition("[[changes]]")[2]
    twice = f"{TEXTS}{section}[[changes]]{changes}".replace("[[changes]]", "", 0)
    found = check_template(city_files() | {"texts.toml": twice.encode()}, VOCABULARY)
    assert [item.location for item in found] == ["texts.toml:sections[1].id", "texts.toml:changes[1].section"]


def test_a_file_that_has_no_place_in_a_template_is_a_fault_and_a_template_is_no_method() -> None:
    found = check_template(city_files() | {"run.toml": b""}, VOCABULARY)
    assert [(item.code, item.location) for item in found] == [("PACK_FILE_UNKNOWN", "run.toml")]
    assert [item.code for item in check_template({}, VOCABULARY)] == ["PACK_FILE_MISSING"]
    findings = Findings()
    assert read_parts(house_files(), findings) is None
    assert [item.code for item in findings.problems] == ["PACK_KIND_WRONG"]


def test_the_contrast_is_that_of_the_web_rule() -> None:
    assert [round(contrast_on_white(colour), 2) for colour in ("#000000", "#FFFFFF", "#777777")] == [21.0, 1.0, 4.48]
    assert len(FIELDS) == len(set(FIELDS))


# Logos

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 0 40 20"><title>Mark</title><g fill="#0F6B63">'
    '<rect x="10" y="0" width="10" height="20"/><circle cx="30" cy="10" r="5"/><polygon points="10,0 20,0 20,9"/>'
    '<path d="M10 0 20 0l1,1h2v-3H5V4c1 1 2 2 3 3C1 1 2 2 3 3z" fill="none"/>'
    '<path d="M10 0 20 0l1,1h2v-3H5V4c1 1 2 2 3 3C1 1 2 2 3 3z m1 1l1 0l0 1z"/></g></svg>'
)


def png(width: int = 8, height: int = 4, kind: bytes = b"IHDR") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(kind, struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(height * (width + 1)))) + chunk(b"IEND", b"")
    )


def test_a_logo_of_plain_shapes_is_read_from_its_own_corner() -> None:
    logo = read_logo(LOGO_SVG, SVG.encode())
    assert (logo.width, logo.height, len(logo.shapes)) == (40.0, 20.0, 4)
    assert {shape.fill for shape in logo.shapes} == {"#0F6B63"}
    assert logo.shapes[0].segments[:2] == (("M", (0.0, 0.0)), ("L", (10.0, 0.0)))
    kinds = "".join(kind for kind, _ in logo.shapes[3].segments)
    assert kinds == "MLLLLLLCCZMLLZ"
    assert read_logo(LOGO_PNG, png()).width == 8.0
    empty = SVG.replace("<title>Mark</title>", "<path/>")
    assert read_logo(LOGO_SVG, empty.encode()).shapes[0].segments == ()


HOSTILE = [
    (LOGO_SVG, SVG.replace("<title>Mark</title>", "<script>alert(1)</script>"), "element"),
    (LOGO_SVG, SVG.replace("<title>Mark</title>", '<image href="http://example.com/a.png"/>'), "element"),
    (LOGO_SVG, SVG.replace('<g fill="#0F6B63">', '<g fill="#0F6B63" onload="x()">'), "attribute"),
    (LOGO_SVG, SVG.replace('<g fill="#0F6B63">', '<g fill="url(#x)">'), "fill"),
    (LOGO_SVG, f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}', "entities"),
    (LOGO_SVG, SVG.replace('viewBox="10 0 40 20"', 'viewBox="0 0 0 20"'), "viewBox"),
    (LOGO_SVG, SVG.replace("10,0 20,0 20,9", "1,2 3"), "points"),
    (LOGO_SVG, SVG.replace("10,0 20,0 20,9", "1,2 3 x 4 5 6"), "numbers"),
    (LOGO_SVG, SVG.replace('r="5"', 'r="5 5"'), "numbers"),
    (LOGO_SVG, SVG.replace('r="5"', 'r="1e9"'), "numbers"),
    (LOGO_SVG, SVG.replace("M10 0 20 0l1,1", "10 0"), "path"),
    (LOGO_SVG, SVG.replace("M10 0 20 0l1,1", "M10 0A1 1 1 1 1 1 1"), "path"),
    (LOGO_SVG, SVG.replace("M10 0 20 0l1,1", "M10 0;"), "path"),
    (LOGO_SVG, SVG.replace("M10 0 20 0l1,1", "M10"), "path"),
    (LOGO_SVG, SVG.replace("z m1", "z 1 m1"), "path"),
    (LOGO_SVG, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "shapes"),
    (LOGO_SVG, SVG.replace("</g>", '<rect width="1" height="1"/>' * 300 + "</g>"), "shapes"),
    (LOGO_SVG, SVG.replace("http://www.w3.org/2000/svg", "urn:x"), "no SVG"),
    (LOGO_SVG, "<svg", "no SVG"),
    (LOGO_SVG, SVG.encode("utf-16").decode("latin-1"), "encoding"),
    (LOGO_SVG, " " * 300_000, "size"),
    (LOGO_PNG, "GIF89a", "no PNG"),
]


@pytest.mark.parametrize(("name", "text", "reason"), HOSTILE)
def test_a_hostile_logo_is_refused_with_its_reason(name: str, text: str, reason: str) -> None:
    data = text.encode("latin-1") if reason == "encoding" else text.encode()
    with pytest.raises(LogoRefused, match=re.escape(reason)):
        read_logo(name, data)
    files = city_files() | {name: data}
    found = [item for item in check_template(files, VOCABULARY) if item.code == "PACK_LOGO"]
    assert [item.location for item in found] == [name]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(2000, 4), "pixels"),
        (png(0, 4), "pixels"),
        (png()[:-4], "torn"),
        (png()[:-16], "torn"),
        (png()[:-12], "pixels"),
        (png().replace(b"IEND", b"IENX"), "torn"),
        (png(kind=b"IDAT"), "torn"),
    ],
)
def test_a_damaged_or_huge_png_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(LogoRefused, match=reason):
        read_logo(LOGO_PNG, data)


def test_two_logos_are_one_too_many() -> None:
    files = city_files() | {LOGO_SVG: SVG.encode(), LOGO_PNG: png()}
    assert [item.parameters["reason"] for item in check_template(files, VOCABULARY)] == ["two logos"]
    assert load_template(city_files() | {LOGO_PNG: png()}, VOCABULARY).branding.logo is not None


@given(st.sampled_from((LOGO_SVG, LOGO_PNG)), st.binary(max_size=200), st.integers(0, 300))
def test_whatever_a_logo_file_holds_it_is_read_or_refused(name: str, data: bytes, place: int) -> None:
    whole = SVG.encode() if name == LOGO_SVG else png()
    for candidate in (data, whole[:place] + data + whole[place:]):
        try:
            read_logo(name, candidate)
        except LogoRefused:
            continue
