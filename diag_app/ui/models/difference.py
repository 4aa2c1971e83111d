"""What differs between two texts, for reading them side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

_TOKEN = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)  # words of Latin letters, single Chinese characters
_MOST = 2_000  # beyond that many tokens whole lines are compared: the time grows with the square


def marked(text: str, other: str, *, ground: str, ink: str) -> str:
    """Return `text` as HTML in which what `other` does not have stands on `ground` in `ink`."""
    parts = []
    for piece, is_same in _pieces(text, other):
        shown = escape(piece).replace("\n", "<br>")
        parts.append(shown if is_same else f'<span style="background-color:{ground};color:{ink}">{shown}</span>')
    return f'<div style="white-space:pre-wrap">{"".join(parts)}</div>'


def _pieces(text: str, other: str) -> Iterator[tuple[str, bool]]:
    mine, theirs = _TOKEN.findall(text), _TOKEN.findall(other)
    if len(mine) + len(theirs) > _MOST:
        mine, theirs = text.splitlines(keepends=True), other.splitlines(keepends=True)
    for kind, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if end > start:
            yield "".join(mine[start:end]), kind == "equal"
