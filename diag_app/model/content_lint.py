"""What a report must not say or leave out, found in its content tree before it is issued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diag_app.errors import Problem, Severity
from diag_app.model.content import Block, Chapter, Document, Figure, Heading, PhotoGrid, Table
from diag_app.model.content_references import References, by_text
from diag_app.model.content_texts import blocks_of, leading, texts_of

NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?")
_UNRESOLVED = re.compile(r"\{[a-z_][a-z0-9_]*\}|\b(?:TODO|TBD|FIXME)\b|待补充|待填写|【待[^】]*】")
_FILE_NAME = re.compile(r"^[^\s]{1,80}\.(?:jpe?g|png|heic|webp|tiff?|bmp|pdf)$", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_CHAPTER = re.compile(
    r"\b[Cc]hapter ([1-9][0-9]?)\b|\b[Aa]nnex ([A-Z])\b|第 ?([1-9][0-9]?) ?章|附录 ?([A-Z])(?![A-Za-z0-9])"
)
_LABEL = re.compile(r"(?:\b(?:Table|Figure) |[表图] ?)(?:[1-9][0-9]?|[A-Z][1-9]?)-[1-9][0-9]?(?![0-9])")
_MOST_HAN = 5  # in an English text: a name may stay as it is; and no more than half of the letters, as of a law's title
_SHOWN = 40


def lint(document: Document) -> tuple[Problem, ...]:
    """Return the problems of a content tree in reading order: errors block issuing, warnings ask to be looked at.

    `TEXT_UNRESOLVED` (a placeholder is left), `SECTION_EMPTY` (a chapter or heading without anything below it),
    `TABLE_EMPTY`, `CAPTION_MISSING`, `PHOTO_UNCAPTIONED`, `FINDING_FIGURE_UNKNOWN` (a number in a finding that stands
    nowhere else), `REFERENCE_DANGLES` (a text leads to what the report does not have), `PLACE_UNKNOWN` (it names one
    by a number typed by hand), `NUMBER_TWICE` (two chapters have one number), `TEXT_UNTRANSLATED` (an English
    report says something in Chinese only). Each names its chapter, and by the parameter `origin` where it is recorded.
    """
    texts = (text for chapter in document.chapters for text in (chapter.lead, *texts_of(chapter)))
    printed = {number for text in texts for number in NUMBER.findall(text)}
    printed |= {number for _, text in document.cover.facts for number in NUMBER.findall(text)}
    names = (document.cover.firm, document.author)
    dangling = by_text(leading(document, nowhere=True))
    there = _numbers(document)
    found: list[Problem] = [*_numbered_twice(document)]
    for chapter in document.chapters:
        found += _unresolved(chapter)
        found += _leading_nowhere(chapter, dangling)
        found += _typed_nowhere(chapter, there)
        found += _empty(chapter)
        found += _captions(chapter)
        found += _unknown_figures(chapter, printed)
        if document.language == "en":
            found += _untranslated(chapter, names)
    return tuple(found)


def _unresolved(chapter: Chapter) -> Iterator[Problem]:
    for text in dict.fromkeys((chapter.name, chapter.finding, chapter.lead, *texts_of(chapter))):
        left = _UNRESOLVED.search(text)
        if left is not None:
            yield _problem("TEXT_UNRESOLVED", chapter, Severity.ERROR, text=_around(text, left.start()))


def _numbered_twice(document: Document) -> Iterator[Problem]:
    """Yield each chapter whose number another before it has, as a template may number them."""
    seen: set[str] = set()
    for chapter in document.chapters:
        if chapter.number and chapter.number in seen:
            yield _problem("NUMBER_TWICE", chapter)
        seen.add(chapter.number)


def _leading_nowhere(chapter: Chapter, dangling: References) -> Iterator[Problem]:
    for text in dict.fromkeys((chapter.finding, chapter.lead, *texts_of(chapter))) if dangling else ():
        for reference in dangling.get(text, ()):
            yield _problem("REFERENCE_DANGLES", chapter, Severity.ERROR, name=reference.target)


def _numbers(document: Document) -> frozenset[str]:
    """Return the numbers of chapters and annexes, and the labels of tables and figures without blanks."""
    blocks = (block for chapter in document.chapters for block in blocks_of(chapter.blocks))
    labels = (block.label for block in blocks if isinstance(block, Table | Figure | PhotoGrid))
    return frozenset(chapter.number for chapter in document.chapters) | {label.replace(" ", "") for label in labels}


def _typed_nowhere(chapter: Chapter, there: frozenset[str]) -> Iterator[Problem]:
    """Yield what a text names by a number typed by hand and the report does not have; it may be meant of another."""
    for text in dict.fromkeys((chapter.finding, chapter.lead, *texts_of(chapter))):
        named = [(found[0], next(filter(None, found.groups()))) for found in _CHAPTER.finditer(text)]
        named += [(found[0], found[0].replace(" ", "")) for found in _LABEL.finditer(text)]
        for name, number in named:
            if number not in there:
                yield _problem("PLACE_UNKNOWN", chapter, name=name, text=_around(text, text.index(name)))


def _empty(chapter: Chapter) -> Iterator[Problem]:
    blocks = list(blocks_of(chapter.blocks))
    if not chapter.name.strip() or not blocks:
        yield _problem("SECTION_EMPTY", chapter, Severity.ERROR, name=chapter.name)
    for block, following in zip(blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Heading) and _ends(block, following):
            yield _problem("SECTION_EMPTY", chapter, Severity.ERROR, name=block.text)
        elif isinstance(block, Table) and not block.rows:
            yield _problem("TABLE_EMPTY", chapter, label=block.label)


def _ends(heading: Heading, following: Block | None) -> bool:
    """Return whether nothing stands below a heading: the next block is none, or a heading that is not below it."""
    return following is None or (isinstance(following, Heading) and following.level <= heading.level)


def _captions(chapter: Chapter) -> Iterator[Problem]:
    for block in blocks_of(chapter.blocks):
        if isinstance(block, Table | Figure | PhotoGrid) and bool(block.label) != bool(block.caption.strip()):
            yield _problem("CAPTION_MISSING", chapter, label=block.label or block.caption)
        if isinstance(block, PhotoGrid):
            for photo in block.photos:
                if not photo.caption.strip() or _FILE_NAME.match(photo.caption):
                    yield _problem("PHOTO_UNCAPTIONED", chapter, origin=photo.origin, label=photo.label)


def _unknown_figures(chapter: Chapter, printed: set[str]) -> Iterator[Problem]:
    for number in dict.fromkeys(NUMBER.findall(chapter.finding)):
        if number not in printed:
            yield _problem("FINDING_FIGURE_UNKNOWN", chapter, figure=number, text=chapter.finding[:_SHOWN])


def _untranslated(chapter: Chapter, names: tuple[str, ...]) -> Iterator[Problem]:
    found = []
    for text in texts_of(chapter):
        rest = text
        for name in names:
            rest = rest.replace(name, "") if name else rest
        han = len(_HAN.findall(rest))
        if han > _MOST_HAN and 2 * han > sum(map(str.isalpha, rest)):
            found.append(text)
    if found:
        yield _problem("TEXT_UNTRANSLATED", chapter, text=found[0][:_SHOWN], count=str(len(found)))


def _problem(
    code: str, chapter: Chapter, severity: Severity = Severity.WARNING, *, origin: str = "", **parameters: str
) -> Problem:
    place = " ".join(part for part in (chapter.number, chapter.name) if part)
    source = origin or chapter.origin
    named = {**parameters, "origin": source} if source else parameters
    return Problem(code=code, location=place, severity=severity, parameters=named)


def _around(text: str, place: int) -> str:
    return text[max(0, place - _SHOWN // 2) : place + _SHOWN // 2]
