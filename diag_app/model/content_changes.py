"""What changed from one issue of a report to the next: two content trees compared as they were sealed.

The trees are taken as plain data, so that an issue made by an earlier edition of the program can still be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tree = Mapping[str, Any]
Kind = Literal["figures", "answers", "needs", "plan", "evidence", "firm", "texts"]
KINDS: tuple[Kind, ...] = ("figures", "answers", "needs", "plan", "evidence", "firm", "texts")
CHANGES = "changes"  # origin of the chapter that says what changed, which is not compared itself
_KIND_OF: Mapping[str, Kind] = {
    "question": "answers",
    "scenario": "answers",
    "diagnosis": "answers",
    "scenarios": "answers",
    "need": "needs",
    "needs": "needs",
    "measure": "plan",
    "plan": "plan",
    "evidence": "evidence",
    "enterprise": "firm",
    "visit": "firm",
}
_NUMBER = "#"  # stands for each issue's own number, which always differs


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing the report says otherwise: `before` is empty where it is new, `after` where it is gone.

    `item` is what it is said of (`B3 Networked share`), `what` the head of the column or the label of the figure.
    """

    kind: Kind
    chapter: str
    item: str
    what: str
    before: str
    after: str
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One row of a table with what it is known by; `cells` by the heads of their columns."""

    chapter: str
    origin: str
    item: str
    cells: Mapping[str, str]


def content_changes(before: Tree, after: Tree) -> tuple[Change, ...]:
    """Return what `after` says otherwise than `before`: key figures, answers, needs, plan, evidence, firm, texts.

    Only what was recorded is told, not the many places that follow from it; and each thing once, where it stands first.
    """
    found = [
        *_figure_changes(before, after),
        *_row_changes(before, after),
        *_text_changes(before, after),
    ]
    told: dict[tuple[str, ...], Change] = {}
    for item in found:
        told.setdefault((item.kind, item.origin or item.item, item.before, item.after), item)
    return tuple(sorted(told.values(), key=lambda item: KINDS.index(item.kind)))


def _figure_changes(before: Tree, after: Tree) -> Iterator[Change]:
    was, now = dict(_figures(before)), dict(_figures(after))
    for key, (chapter, label, figure) in now.items():
        old = was.get(key, ("", "", ""))[-1]
        if old != figure:
            yield Change(kind="figures", chapter=chapter, item=label, what="", before=old, after=figure)


def _figures(tree: Tree) -> Iterator[tuple[tuple[str, int], tuple[str, str, str]]]:
    """Yield the key figures by their places: a label may say what changed itself."""
    counted: Counter[str] = Counter()
    for chapter, block in _blocks(tree):
        for item in block.get("figures", ()):
            counted[chapter["number"]] += 1
            yield (chapter["number"], counted[chapter["number"]]), (_name(chapter), item["label"], item["figure"])


def _row_changes(before: Tree, after: Tree) -> Iterator[Change]:
    was, now = dict(_rows(before)), dict(_rows(after))
    there = _origins(before) & _origins(after)
    told: set[str] = set()  # a thing that came or went is told once
    for key in dict.fromkeys((*now, *was)):
        old, new = was.get(key), now.get(key)
        if old is not None and new is not None:
            yield from _cell_changes(old, new)
            continue
        row = now.get(key) or was[key]
        is_thing = ":" in row.origin
        if not is_thing or (row.origin not in there and row.origin not in told):
            yield _whole(row, is_new=new is not None)
        told.add(row.origin)


def _cell_changes(old: _Row, new: _Row) -> Iterator[Change]:
    for head in new.cells:
        was, now = old.cells.get(head, ""), new.cells[head]
        if was != now:
            yield Change(
                kind=_kind(new.origin),
                chapter=new.chapter,
                item=new.item,
                what=head,
                before=was,
                after=now,
                origin=new.origin,
            )
            if _kind(new.origin) == "answers":
                return  # the points and the reasons beside an answer follow from it


def _rows(tree: Tree) -> Iterator[tuple[tuple[str, ...], _Row]]:
    """Yield the rows that tell what was recorded, each with a key that stays the same from issue to issue."""
    number = tree["report_number"]
    counted: Counter[tuple[str, ...]] = Counter()
    for chapter, block in _blocks(tree):
        heads = [column["head"] for column in block.get("columns", ())]
        for line in block["rows"] if heads else ():
            own = line.get("origin", "")
            origin = own or chapter.get("origin", "")
            said = [cell.get("text", "").replace(number, _NUMBER) for cell in line["cells"]]
            for names, texts in _abreast(heads, said) if _is_recorded(chapter, origin) else ():
                named = own or next((text for text in texts if text), "")
                key = (_place(chapter), *names, named)
                counted[key] += 1
                item = " ".join(text for text in texts[:2] if text) if own else named
                row = _Row(chapter=_name(chapter), origin=origin, item=item, cells=_by_head(names, texts))
                yield (*key, str(counted[key])), row


def _abreast(heads: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield the rows in one line of a table: two where its second half has the heads of the first once more."""
    half = len(heads) // 2
    if not any(heads) or heads[:half] != heads[half:]:
        yield heads, texts
        return
    yield from ((heads[:half], part) for part in (texts[:half], texts[half:]) if any(part))


def _is_recorded(chapter: Tree, origin: str) -> bool:
    """Return whether a row tells what was recorded; an answer does in its annex, elsewhere it is looked at anew."""
    if _kind(origin) == "answers":
        return ":" in origin and bool(chapter["number"].isalpha())
    return origin != ""


def _by_head(heads: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """Return the cells by the heads of their columns; the column without one is by its place."""
    return {head or str(place): text for place, (head, text) in enumerate(zip(heads, texts, strict=False))}


def _text_changes(before: Tree, after: Tree) -> Iterator[Change]:
    was, now = _texts(before), _texts(after)
    there = _origins(before) & _origins(after)
    for key, chapter in {**was, **now}.items():
        origin, text = key
        if (key in was) != (key in now) and (":" not in origin or origin in there):
            yield Change(
                kind="texts",
                chapter=_name(chapter),
                item="",
                what="",
                before=text if key in was else "",
                after=text if key in now else "",
                origin=origin,
            )


def _texts(tree: Tree) -> dict[tuple[str, str], Tree]:
    """Return the running texts of chapters in which something is recorded: paragraphs, cards, lists."""
    number = tree["report_number"]
    found: dict[tuple[str, str], Tree] = {}
    for chapter, block in _blocks(tree):
        texts = [block["text"]] if "text" in block else []
        texts += [text for text in block.get("items", ()) if isinstance(text, str)]
        texts += [text for card in block.get("cards", ()) for text in card["paragraphs"]]
        origin = chapter.get("origin", "")
        if origin and _kind(origin) != "answers":
            found |= {(origin, text.replace(number, _NUMBER)): chapter for text in texts if text.strip()}
    return found


def _origins(tree: Tree) -> set[str]:
    """Return everything recorded that stands in a tree."""
    lines = {line.get("origin", "") for _, block in _blocks(tree) for line in block.get("rows", ())}
    return lines | {chapter.get("origin", "") for chapter in tree["chapters"]}


def _blocks(tree: Tree) -> Iterator[tuple[Tree, Tree]]:
    for chapter in tree["chapters"]:
        if chapter.get("origin") != CHANGES:
            yield from ((chapter, block) for block in _flat(chapter["blocks"]))


def _flat(blocks: Sequence[Tree]) -> Iterator[Tree]:
    for block in blocks:
        if "left_mm" in block:
            yield from _flat(block["left"])
            yield from _flat(block["right"])
        else:
            yield block


def _whole(row: _Row, *, is_new: bool) -> Change:
    summary = " | ".join(text for text in row.cells.values() if text)
    return Change(
        kind=_kind(row.origin),
        chapter=row.chapter,
        item=row.item,
        what="",
        before="" if is_new else summary,
        after=summary if is_new else "",
        origin=row.origin,
    )


def _kind(origin: str) -> Kind:
    return _KIND_OF.get(origin.partition(":")[0], "figures")


def _place(chapter: Tree) -> str:
    """Return what a chapter is known by: the one thing it is about, else its number."""
    origin: str = chapter.get("origin", "")
    return origin if ":" in origin else chapter["number"]


def _name(chapter: Tree) -> str:
    return " ".join(part for part in (chapter["number"], chapter["name"]) if part)
