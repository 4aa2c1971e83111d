"""The content tree as PDF: everything is laid out first, then drawn once, so two renderings give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from diag_app.clock import Progress, no_progress
from diag_app.errors import Problem
from diag_app.model.content import NO_COVER, Chapter, Document
from diag_app.model.content_texts import leading
from diag_app.report.blocks import BlockLayout
from diag_app.report.content_digest import content_digest
from diag_app.report.contents import Opening, is_section, lay_contents, lay_opening
from diag_app.report.cover import draw_cover
from diag_app.report.flows import Flow, Lead
from diag_app.report.fonts import REGULAR, load_faces
from diag_app.report.furniture import Furniture
from diag_app.report.pages import Break, Pages, draw_page
from diag_app.report.rendered import OutlineEntry, Rendered
from diag_app.report.reportlab_mends import mend, new_canvas
from diag_app.report.sheet import Sheet
from diag_app.report.styles import MM, PAGE_HEIGHT, PAGE_WIDTH, TEXT_HEIGHT, TEXT_WIDTH
from diag_app.report.tokens import load_paper
from diag_app.report.typesetter import Typesetter

_OPENING_ROOM = 60 * MM  # a chapter that does not start a page begins only where this much is left
_LEAST_TAIL = 0.35 * TEXT_HEIGHT  # a page on which a chapter ends with less takes the next chapter in
_LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}

Placed = list[tuple[Flow, float]]


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """All pages after the cover, where there is one, and the page (counted from 1) each chapter begins on."""

    pages: tuple[Placed, ...]
    chapter_pages: tuple[int, ...]


def render_pdf(document: Document, photo: Callable[[str], bytes], *, progress: Progress = no_progress) -> Rendered:
    """Return `document` laid out as PDF on A4.

    Args:
        document: the content tree; its texts are final and are never read as markup.
        photo: gives the reduced picture (JPEG or PNG) of an evidence digest.
        progress: told the number of pages drawn so far and in all.

    Characters without a glyph, labels that had to be cut, and pictures that cannot be read leave a visible mark in the
    file and a warning in `problems` (`MISSING_GLYPH`, `LABEL_CUT`, `PICTURE_UNREADABLE`). The same tree and pictures
    give the same bytes in any process; the only date in the file is `document.issued_on`.
    """
    mend(REGULAR)
    setter = Typesetter(document.language, load_faces(), load_paper(document.accent), leading(document))
    layout = _lay_out(document, setter, photo)
    covers = _covers(document)
    page_count = len(layout.pages) + covers
    target = BytesIO()
    canvas = new_canvas(
        target,
        size=(PAGE_WIDTH, PAGE_HEIGHT),
        language=_LANGUAGE_TAGS[document.language],
        issued_on=document.issued_on,
    )
    canvas.setTitle(setter.clean(document.title))
    canvas.setAuthor(setter.clean(document.author))
    canvas.setSubject(setter.clean(document.report_number))
    canvas.setCreator("QiZhen")
    canvas.showOutline()
    sheet = Sheet(canvas)
    if covers:
        setter.place = setter.clean(document.cover.title)
        draw_cover(sheet, document, setter, content_digest(document), photo)
        sheet.end_page()
        progress(1, page_count)
    furniture = Furniture(document, setter)
    for number, page in enumerate(layout.pages, start=covers + 1):
        draw_page(sheet, page)
        furniture.draw(sheet, number, page_count)
        sheet.end_page()
        progress(number, page_count)
    canvas.save()
    return Rendered(
        pdf=target.getvalue(),
        outline=_outline(document, layout),
        page_count=page_count,
        problems=(*_too_long(document, page_count), *setter.problems),
        page_map=sheet.page_map,
    )


def _too_long(document: Document, page_count: int) -> tuple[Problem, ...]:
    """Return that a report has more pages than its kind may have."""
    if not document.most_pages or page_count <= document.most_pages:
        return ()
    counts = {"pages": str(page_count), "most": str(document.most_pages)}
    return (Problem(code="REPORT_TOO_LONG", location=document.title, parameters=counts),)


def _covers(document: Document) -> int:
    """Return how many pages the cover takes; a working paper has none."""
    return 0 if document.cover == NO_COVER else 1


def _lay_out(document: Document, setter: Typesetter, photo: Callable[[str], bytes]) -> _Layout:
    layout = BlockLayout(setter, photo, document.continued)
    body = Pages()
    starts: list[int] = []
    has_parent = False
    for index, chapter in enumerate(document.chapters):
        level = 1 if is_section(chapter) and has_parent else 0
        has_parent = has_parent or not is_section(chapter)
        setter.place = " ".join(part for part in (chapter.number, chapter.name) if part)
        setter.origin = chapter.origin
        flows = _chapter(chapter, lay_opening(chapter, index, level, setter), layout)
        is_tail = bool(starts) and starts[-1] < len(body.pages) - 1 and body.used < _LEAST_TAIL
        body.fill([Break(room=Break().room if chapter.new_page and not is_tail else _OPENING_ROOM)])
        before = len(body.pages[-1])
        page = len(body.pages) - 1
        body.fill(flows)
        starts.append(page if len(body.pages[page]) > before else page + 1)
    contents = _contents(document, starts, setter)
    first = _covers(document) + 1 + len(contents)
    body_pages = [page for page in body.pages if page]
    return _Layout(
        pages=(*contents, *body_pages),
        chapter_pages=tuple(first + start for start in starts),
    )


def _chapter(chapter: Chapter, opening: Opening, layout: BlockLayout) -> list[Flow]:
    flows = layout.flows(chapter.blocks, TEXT_WIDTH)
    return [Lead(head=opening, body=flows[0]), *flows[1:]] if flows else [opening]


def _contents(document: Document, starts: list[int], setter: Typesetter) -> list[Placed]:
    """Return the contents pages; their number is found first, because it moves every other page."""
    if not document.chapters or not document.contents_title:
        return []
    setter.place = document.contents_title
    tried = Pages()
    tried.fill(lay_contents(document.contents_title, document.chapters, starts, setter))
    first = _covers(document) + 1 + len(tried.pages)
    pages = Pages()
    pages.fill(lay_contents(document.contents_title, document.chapters, [first + start for start in starts], setter))
    return pages.pages


def _outline(document: Document, layout: _Layout) -> tuple[OutlineEntry, ...]:
    return tuple(
        OutlineEntry(number=chapter.number, name=chapter.name, page=page)
        for chapter, page in zip(document.chapters, layout.chapter_pages, strict=True)
    )
