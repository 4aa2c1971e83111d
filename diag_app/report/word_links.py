"""References in a Word file: fields that repeat what the place bears, inside links to its bookmark.

A person who changes the number of a table in Word updates the fields, and every text that names it follows.
"""

from __future__ import annotations

from diag_app.model.content import Document
from diag_app.model.content_references import Anchor, Reference, by_text, parted
from diag_app.model.content_texts import leading
from diag_app.report.word_xml import bookmark, field, run

_FIRST = 200_000  # the table of contents counts from another number


class WordLinks:
    """The references of one document; places that nothing leads to get no bookmark."""

    def __init__(self, document: Document) -> None:
        references = leading(document)
        self._references = by_text(references)
        targets = dict.fromkeys(item.target for item in references)
        self._names = {target: f"_Ref{_FIRST + number}" for number, target in enumerate(targets)}
        self._placed: set[Anchor] = set()

    def run(self, text: str, *, bold: bool = False, colour: str = "") -> str:
        """Return a text as runs; its words that refer to another place lead there."""
        return "".join(
            run(words, bold=bold, colour=colour) if item is None else self._link(item, bold=bold, colour=colour)
            for words, item in parted(text, self._references)
        )

    def place(self, anchor: Anchor, number: int, content: str) -> str:
        """Return what a place bears with the bookmark that references lead to; `number` is free in the file."""
        if anchor not in self._names or anchor in self._placed:
            return content
        self._placed.add(anchor)
        return bookmark(number, self._names[anchor], content)

    def _link(self, item: Reference, *, bold: bool, colour: str) -> str:
        name = self._names[item.target]
        before, _, after = item.words.partition(item.named)
        shown = field(f"REF {name} \\h \\* MERGEFORMAT", run(item.named, bold=bold, colour=colour))
        around = [run(words, bold=bold, colour=colour) if words else "" for words in (before, after)]
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{around[0]}{shown}{around[1]}</w:hyperlink>'
