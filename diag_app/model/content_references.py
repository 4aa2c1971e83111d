"""References in the texts of a content tree: words that lead to another place of the report.

Texts stay plain, so that whoever reads, compares or prints one needs to know nothing of links; which of their words
lead where stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What texts refer to: a section by the id that templates name it by (`rating`), a table or figure in it as
# `rating.conditions`. It stays the same however a template orders and words the report.
Anchor = str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Words in a text that lead to another place of the report: the text is `before`, `words` and `after` together.

    `named` is the part of the words that the place bears itself: `7` of `chapter 7`, all of `Table 6-1`.
    """

    before: str
    words: str
    after: str
    named: str
    target: Anchor

    @property
    def text(self) -> str:
        """The whole text."""
        return self.before + self.words + self.after


References = Mapping[str, tuple[Reference, ...]]


def by_text(references: Iterable[Reference]) -> References:
    """Return the references by the whole text they stand in, those of one text in its order."""
    found: dict[str, list[Reference]] = {}
    for reference in references:
        found.setdefault(reference.text, []).append(reference)
    return {text: tuple(sorted(items, key=lambda item: len(item.before))) for text, items in found.items()}


def parted(text: str, references: References) -> tuple[tuple[str, Reference | None], ...]:
    """Return a text in the parts that lead nowhere and those that are the words of a reference."""
    parts: list[tuple[str, Reference | None]] = []
    place = 0
    for reference in references.get(text, ()):
        start = len(reference.before)
        if start >= place:
            parts += [(text[place:start], None), (reference.words, reference)]
            place = start + len(reference.words)
    return tuple(part for part in (*parts, (text[place:], None)) if part[0]) or (("", None),)
