"""Numbers of figures and tables, and what texts say of other places: settled once the tree of a report stands.

While chapters are made a text names a place by its anchor, in a mark; only when everything that the template dropped
and the data lack is gone does the mark become words. Marks are written with characters that Unicode keeps for use
inside one program, so that nothing that was typed looks like one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from diag_app.model.content import Block, Chapter, Document, Figure, PhotoGrid, SideBySide, Table
from diag_app.model.content_references import Anchor, Reference
from diag_app.model.content_texts import blocks_of, mapped
from diag_app.model.said import Translate

_REF, _SEE, _IF, _ELSE, _END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_MARKS = "\ufdd0-\ufdef"
_ANCHOR = r"[A-Za-z0-9_]+(?:\.[a-z_]+)?"
_CHOICE = re.compile(f"{_IF}({_ANCHOR}){_ELSE}([^{_IF}]*?){_ELSE}([^{_IF}]*?){_ELSE}{_END}")
_LIST = re.compile(f"{_SEE}({_ANCHOR}(?: {_ANCHOR})*){_END}")
_ONE = re.compile(f"{_REF}({_ANCHOR}){_END}")
_ANY = re.compile(f"[{_MARKS}]")


def ref(anchor: Anchor) -> str:
    """Return the mark of a place that the text needs; where the report lacks it the lint says so."""
    return f"{_REF}{anchor}{_END}"


def see(anchors: Sequence[Anchor]) -> str:
    """Return the mark of an enumeration of places, which names those that the report has."""
    return f"{_SEE}{' '.join(anchors)}{_END}"


def pointing(anchor: Anchor, to_it: str, plain: str) -> str:
    """Return the mark of a wording that points to a place, and of the plain one where the report does not have it."""
    return f"{_IF}{anchor}{_ELSE}{to_it}{_ELSE}{plain}{_ELSE}{_END}"


@dataclass(frozen=True)
class _Place:
    """What a place is called in a text, and the part of it that stands at the place itself."""

    words: str
    named: str


def numbered(chapters: Sequence[Chapter], translate: Translate) -> tuple[Chapter, ...]:
    """Return the chapters with every captioned table, figure and grid of photos numbered within its chapter.

    Sections (`8.1`) go on counting in their chapter; chapters without a number count from 1 together.
    """
    counted: Counter[tuple[str, str]] = Counter()

    def labelled(block: Block, chapter: str) -> Block:
        if isinstance(block, SideBySide):
            left = tuple(labelled(inner, chapter) for inner in block.left)
            return replace(block, left=left, right=tuple(labelled(inner, chapter) for inner in block.right))
        if not isinstance(block, Table | Figure | PhotoGrid) or block.label or not block.caption:
            return block
        kind = "table" if isinstance(block, Table) else "figure"
        counted[chapter, kind] += 1
        return replace(block, label=_label(kind, chapter, counted[chapter, kind], translate))

    return tuple(
        replace(item, blocks=tuple(labelled(block, item.number.partition(".")[0]) for block in item.blocks))
        for item in chapters
    )


def resolved(document: Document, translate: Translate) -> Document:
    """Return the document with words in place of the marks, and in `references` which of them lead where.

    A place that is not in the report leaves its anchor in brackets and a reference that leads nowhere.
    """
    places = _places(document.chapters, translate)
    references: dict[Reference, None] = {}

    def said(text: str) -> str:
        if text.isascii() or not _ANY.search(text):
            return text
        chosen = _CHOICE.sub(lambda found: found[2] if found[1] in places else found[3], text)
        listed = _LIST.sub(lambda found: _listed(found[1].split(" "), places, translate), chosen)
        words, made = _worded(listed, places)
        references.update(dict.fromkeys(made))
        return words

    return replace(mapped(document, said), references=tuple(references))


def _listed(anchors: Sequence[Anchor], places: Mapping[Anchor, _Place], translate: Translate) -> str:
    return translate(", ").join(ref(anchor) for anchor in anchors if anchor in places)


def _worded(text: str, places: Mapping[Anchor, _Place]) -> tuple[str, list[Reference]]:
    """Return a text with the names of its places, and a reference for each."""
    found = list(_ONE.finditer(text))
    named = [places.get(item[1], _Place(f"[{item[1]}]", f"[{item[1]}]")) for item in found]
    pieces: list[str] = []
    end = 0
    for item, place in zip(found, named, strict=True):
        pieces += [text[end : item.start()], place.words]
        end = item.end()
    pieces.append(text[end:])
    references = [
        Reference(
            before="".join(pieces[: 2 * number + 1]),
            words=place.words,
            after="".join(pieces[2 * number + 2 :]),
            named=place.named,
            target=item[1],
        )
        for number, (item, place) in enumerate(zip(found, named, strict=True))
    ]
    return "".join(pieces), references


def _places(chapters: Sequence[Chapter], translate: Translate) -> dict[Anchor, _Place]:
    places = {chapter.anchor: _chapter_place(chapter, translate) for chapter in reversed(chapters) if chapter.anchor}
    for chapter in chapters:
        for block in blocks_of(chapter.blocks):
            if isinstance(block, Table | Figure) and block.anchor:
                places[block.anchor] = _Place(block.label, block.label)
    return places


def _chapter_place(chapter: Chapter, translate: Translate) -> _Place:
    number = chapter.number
    if not number:
        return _Place(translate('"{title}"', title=chapter.name), chapter.name)
    if not number[0].isdecimal():
        return _Place(translate("annex {number}", number=number), number)
    if "." in number:
        return _Place(translate("section {number}", number=number), number)
    return _Place(translate("chapter {number}", number=number), number)


def _label(kind: str, chapter: str, number: int, translate: Translate) -> str:
    if kind == "table":
        if not chapter:
            return translate("Table {number}", number=number)
        return translate("Table {chapter}-{number}", chapter=chapter, number=number)
    if not chapter:
        return translate("Figure {number}", number=number)
    return translate("Figure {chapter}-{number}", chapter=chapter, number=number)
