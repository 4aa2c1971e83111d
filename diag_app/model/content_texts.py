"""Every text of a content tree, block by block: for checks that read what a report says."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from diag_app.model.content import (
    Block,
    Cards,
    Chapter,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Notice,
    NumberedList,
    Paragraph,
    PhotoGrid,
    SideBySide,
    SignatureBoxes,
    Table,
    TermList,
)
from diag_app.model.content_references import Reference

T = TypeVar("T")


def mapped(node: T, change: Callable[[str], str]) -> T:
    """Return a part of a tree with `change` made of every text in it; what does not change is the same object."""
    found: Any = node
    if isinstance(node, str):
        found = change(node)
    elif isinstance(node, tuple):
        items = [mapped(item, change) for item in node]
        found = node if all(map(operator.is_, items, node)) else tuple(items)
    else:
        kind: type = type(node)
        new = {}
        for name in _names(kind):
            value = getattr(node, name)
            made = mapped(value, change)
            if made is not value:
                new[name] = made
        found = replace(found, **new) if new else node
    return cast("T", found)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the names of a part's fields; what is no part has none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def leading(document: Document, *, nowhere: bool = False) -> tuple[Reference, ...]:
    """Return the references that lead to a place the document has, or those that lead `nowhere`."""
    anchors = {chapter.anchor for chapter in document.chapters}
    blocks = (block for chapter in document.chapters for block in blocks_of(chapter.blocks))
    anchors |= {block.anchor for block in blocks if isinstance(block, Table | Figure)}
    return tuple(item for item in document.references if (item.target in anchors) != nowhere)


def blocks_of(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks in reading order, those side by side one after the other."""
    for block in blocks:
        if isinstance(block, SideBySide):
            yield from blocks_of(block.left)
            yield from blocks_of(block.right)
        else:
            yield block


def texts_of(chapter: Chapter) -> Iterator[str]:
    """Yield every text of a chapter's blocks that is not empty; what charts are labelled with is left out."""
    for block in chapter.blocks:
        yield from (text for text in block_texts(block) if text.strip())


def block_texts(block: Block) -> Iterator[str]:
    """Yield the texts of one block, empty ones too."""
    match block:
        case Paragraph() | Heading():
            yield block.text
        case Notice():
            yield from (block.title, block.text)
        case NumberedList():
            yield from block.items
        case TermList():
            yield from (text for item in block.items for text in item)
        case Figure():
            yield from (block.label, block.caption, block.note)
        case Table():
            yield from _table_texts(block)
        case _:
            yield from _grouped_texts(block)


def _table_texts(table: Table) -> Iterator[str]:
    yield from (table.label, table.caption)
    yield from (column.head for column in table.columns)
    yield from (cell.text for row in table.rows for cell in row.cells)
    yield table.note


def _grouped_texts(block: KeyFigures | Cards | PhotoGrid | SignatureBoxes | SideBySide) -> Iterator[str]:
    match block:
        case KeyFigures():
            yield from (text for item in block.figures for text in (item.figure, item.label))
        case Cards():
            for card in block.cards:
                yield from (card.title, *card.paragraphs, card.source)
        case PhotoGrid():
            yield from (block.label, block.caption)
            yield from (text for item in block.photos for text in (item.label, item.caption, item.detail))
        case SignatureBoxes():
            yield from (text for head, _, signature, date in block.boxes for text in (head, signature, date))
        case _:
            for inner in (*block.left, *block.right):
                yield from block_texts(inner)
