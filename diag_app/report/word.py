"""The content tree as a Word file: native styles and tables, charts as pictures, the same bytes from the same tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from diag_app.clock import Progress, no_progress
from diag_app.model.content import NO_COVER, Block, Chapter, Document, Figure, SideBySide
from diag_app.report import word_styles as style
from diag_app.report.blocks import draw_chart
from diag_app.report.chart_pictures import chart_pictures
from diag_app.report.content_digest import content_digest
from diag_app.report.contents import is_section
from diag_app.report.drawing import Drawing
from diag_app.report.fonts import REGULAR, load_faces
from diag_app.report.rendered import RenderedFile
from diag_app.report.reportlab_mends import mend
from diag_app.report.same_zip import same_zip
from diag_app.report.styles import MM, TEXT_WIDTH
from diag_app.report.tokens import load_paper
from diag_app.report.typesetter import Typesetter
from diag_app.report.word_blocks import WordBlocks
from diag_app.report.word_cover import cover_xml
from diag_app.report.word_links import WordLinks
from diag_app.report.word_parts import Parts
from diag_app.report.word_xml import NAMESPACES, bookmark, clean, field, paragraph, run

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TAB = "<w:r><w:tab/></w:r>"
_NEW_PAGE = "<w:pageBreakBefore/>"


def render_word(document: Document, photo: Callable[[str], bytes], *, progress: Progress = no_progress) -> RenderedFile:
    """Return `document` as a Word file (OOXML), editable in Word, WPS and LibreOffice.

    Args:
        document: the content tree; its texts are final and are never read as markup.
        photo: gives the reduced picture (JPEG or PNG) of an evidence digest.
        progress: told the number of chapters written so far and in all.

    Photos that cannot be read leave their label and a warning (`PICTURE_UNREADABLE`). Headings, captions, lists and the
    table of contents use Word's native styles; page numbers are fields that Word computes.
    """
    mend(REGULAR)
    setter = Typesetter(document.language, load_faces(), load_paper(document.accent))
    file = docx.Document()
    _without_thumbnail(file)
    style.prepare_styles(file, setter.styles, document.language)
    style.set_page(file)
    _furniture(file, document)
    _properties(file, document)
    parts = Parts(file, photo)
    charts = chart_pictures([_drawing(figure, setter) for figure in _figures(document)])
    links = WordLinks(document)
    blocks = WordBlocks(setter.paper, parts, links, charts)
    has_cover = document.cover != NO_COVER
    written = [cover_xml(document, parts, links, setter.paper, content_digest(document))] if has_cover else []
    names = [f"_Toc{100_000 + number}" for number in range(len(document.chapters))]
    written.append(_contents(document, names))
    for number, (chapter, name) in enumerate(zip(document.chapters, names, strict=True), start=1):
        parts.place = " ".join(part for part in (chapter.number, chapter.name) if part)
        written.append(_opening(chapter, name, parts, links, is_first=not any(written)) + blocks.markup(chapter.blocks))
        progress(number, len(document.chapters))
    _append(file, "".join(written))
    target = BytesIO()
    file.save(target)
    return RenderedFile(data=same_zip(target.getvalue()), problems=tuple(parts.problems))


def _without_thumbnail(file: WordFile) -> None:
    """Take away the picture of somebody's first page that the library's empty file brings along."""
    relations = file.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _opening(chapter: Chapter, name: str, parts: Parts, links: WordLinks, *, is_first: bool) -> str:
    borne = links.place(chapter.anchor, parts.number(), run(chapter.number or chapter.name))
    opening = paragraph(
        bookmark(parts.number(), name, borne + (run(f"\u3000{chapter.name}") if chapter.number else "")),
        style.CHAPTER,
        properties=_NEW_PAGE if chapter.new_page and not is_first else "",
    )
    if chapter.finding.strip() and chapter.finding != chapter.name:
        opening += paragraph(links.run(chapter.finding), style.FINDING)
    if chapter.lead.strip():
        opening += paragraph(links.run(chapter.lead), style.LEAD)
    return opening


def _contents(document: Document, names: Sequence[str]) -> str:
    """Return the contents as a field whose lines stand there already; Word computes their pages when it opens."""
    if not document.contents_title or not document.chapters:
        return ""
    head = paragraph(run(document.contents_title), style.CONTENTS_HEAD, properties=_NEW_PAGE)
    lines = []
    has_parent = False
    for chapter, name in zip(document.chapters, names, strict=True):
        is_below = is_section(chapter) and has_parent
        has_parent = has_parent or not is_section(chapter)
        title = "\u3000".join(part for part in (chapter.number, chapter.name) if part)
        page = field(f"PAGEREF {name} \\h", run(""))
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(title)}{_TAB}{page}</w:hyperlink>'
        lines.append((style.CONTENTS_2 if is_below else style.CONTENTS_1, link))
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{round(TEXT_WIDTH * 20)}"/></w:tabs>'
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    shown = [
        paragraph(
            (begin if number == 0 else "") + link + (end if number == len(lines) - 1 else ""), named, properties=tab
        )
        for number, (named, link) in enumerate(lines)
    ]
    return head + "".join(shown)


def _furniture(file: WordFile, document: Document) -> None:
    """Put head and foot on every page but the cover: firm and number above, pack, mark and page below."""
    section = file.sections[0]
    edge = f'<w:tab w:val="right" w:pos="{round(TEXT_WIDTH * 20)}"/>'
    number = " ".join(part for part in (document.number_label, document.report_number) if part)
    head = run(document.running_head) + _TAB + run(number)
    pages = field("PAGE", run("1")) + run(" / ") + field("NUMPAGES", run("1"))
    mark = run(f"    {document.demonstration_mark}", bold=True) if document.demonstration_mark else ""
    foot = run(document.pack_line) + mark + _TAB + pages
    for part, content, named in ((section.header, head, style.RUNNING_HEAD), (section.footer, foot, style.FOOT)):
        markup = paragraph(content, named, properties=f"<w:tabs>{edge}</w:tabs>")
        element = part._element  # noqa: SLF001 - python-docx gives no other way to the part's XML
        for child in list(element):
            element.remove(child)
        element.extend(_parsed(markup))


def _properties(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    try:
        day = dt.datetime.fromisoformat(document.issued_on)
    except ValueError:
        day = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Word's property has no time zone
    properties.title, properties.author = clean(document.title)[:255], clean(document.author)[:255]
    properties.subject, properties.comments = clean(document.report_number)[:255], ""
    properties.last_modified_by, properties.revision = properties.author, 1
    properties.created = properties.modified = day


def _append(file: WordFile, markup: str) -> None:
    body = file.element.body
    last = body.find(qn("w:sectPr"))
    for child in _parsed(markup):
        last.addprevious(child)


def _parsed(markup: str) -> list[object]:
    return list(parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>"))


def _figures(document: Document) -> Iterator[Figure]:
    for chapter in document.chapters:
        yield from _figures_of(chapter.blocks)


def _figures_of(blocks: Sequence[Block]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, SideBySide):
            yield from _figures_of(block.left)
            yield from _figures_of(block.right)


def _drawing(figure: Figure, setter: Typesetter) -> Drawing:
    return draw_chart(figure.chart, min(figure.width_mm * MM, TEXT_WIDTH), setter)
