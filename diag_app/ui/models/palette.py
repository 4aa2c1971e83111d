"""What the palette finds, and in which order: by text, by initials, by letters in their order; what was used first."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["page", "question", "scenario", "firm", "command"]
KINDS: tuple[EntryKind, ...] = ("page", "question", "scenario", "firm", "command")
Abbreviate = Callable[[str], tuple[str, ...]]
FOUND, LAST = 7, 9  # ranks of what the store found by something else than its name, and of what always stands last
_LEAST_SPREAD = 2  # one letter that stands somewhere in the middle says nothing


@dataclass(frozen=True, kw_only=True)
class PaletteEntry:
    """One line of the palette. `code` is a short name such as B3; `else_rank` keeps a line that was found elsewhere."""

    entry_id: str
    kind: EntryKind
    text: str
    detail: str = ""
    code: str = ""
    keys: tuple[str, ...] = ()
    else_rank: int | None = None


def ranked(
    query: str, entries: Sequence[PaletteEntry], recent: Sequence[str], abbreviate: Abbreviate
) -> tuple[PaletteEntry, ...]:
    """Return the entries that fit `query`, the best first; of equals what was used last, then pages before others.

    Each part of the query between blanks must fit. An empty query gives everything, what was used last first.
    """
    parts = folded(query).split()
    found = []
    for place, entry in enumerate(entries):
        worst = _worst([_rank(part, entry, abbreviate) for part in parts], entry)
        if worst is None:
            continue
        used = recent.index(entry.entry_id) if entry.entry_id in recent else len(recent)
        found.append(((worst, used, KINDS.index(entry.kind), place), entry))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def folded(text: str) -> str:
    """Return `text` as it is compared: full-width letters and capitals fold."""
    return unicodedata.normalize("NFKC", text).casefold()


def _worst(ranks: Sequence[int | None], entry: PaletteEntry) -> int | None:
    fitting = [rank for rank in ranks if rank is not None]
    if len(fitting) < len(ranks) or entry.else_rank == LAST:
        return entry.else_rank
    return max(fitting, default=0)


def _rank(part: str, entry: PaletteEntry, abbreviate: Abbreviate) -> int | None:
    """Return how well `part` fits, 0 best: code, beginning, inside, initials, letters in their order."""
    text, code = folded(entry.text), folded(entry.code)
    if part == code:
        return 0
    if text.startswith(part) or (code and code.startswith(part)):
        return 1
    if f" {part}" in text:
        return 2
    if part in text:
        return 3
    letters = abbreviate(entry.text)
    if any(word.startswith(part) for word in letters):
        return 4
    if any(part in word for word in letters):
        return 5
    spread = len(part) >= _LEAST_SPREAD and any(_is_spread(part, word) for word in (text, *letters))
    return 6 if spread else None


def _is_spread(part: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in part)
