"""What is typed and pasted: texts made plain before they are recorded, endless texts and figures refused."""

from __future__ import annotations

import re
from decimal import Decimal

from diag_app.errors import Problem, refuse

NAME_LIMIT = 200  # names, captions, sources: what stands in one line
TEXT_LIMIT = 100_000
FIGURE_LIMIT = Decimal(10) ** 15
MOST_DECIMALS = 15

# Control characters, and signs that turn the direction of what follows: a name must read as it is stored.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    """Return `text` without control characters, its blanks and line ends as single spaces."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def plain_text(text: str) -> str:
    """Return `text` without control characters; lines end in one line feed."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def check_length(text: str, location: str, limit: int = TEXT_LIMIT) -> tuple[Problem, ...]:
    """Return `TEXT_TOO_LONG` where `text` has more than `limit` characters."""
    if len(text) <= limit:
        return ()
    return (
        Problem(code="TEXT_TOO_LONG", location=location, parameters={"length": str(len(text)), "limit": str(limit)}),
    )


def short(text: str, location: str) -> str:
    """Return `text` as one line; `TEXT_TOO_LONG` beyond `NAME_LIMIT` characters."""
    return _within(one_line(text), location, NAME_LIMIT)


def long(text: str, location: str) -> str:
    """Return `text` made plain; `TEXT_TOO_LONG` beyond `TEXT_LIMIT` characters."""
    return _within(plain_text(text), location, TEXT_LIMIT)


def check_figure(figure: int | Decimal | None, location: str, *, may_be_negative: bool = False) -> tuple[Problem, ...]:
    """Return `FIGURE_BEYOND` or `NUMBER_NEGATIVE` for what is a slip of the hand; an exponent would make it endless."""
    if figure is None:
        return ()
    number = Decimal(figure)
    shown = {"value": str(figure)[:40]}
    if not number.is_finite() or abs(number) >= FIGURE_LIMIT or number.adjusted() < -MOST_DECIMALS:
        return (Problem(code="FIGURE_BEYOND", location=location, parameters=shown),)
    if number < 0 and not may_be_negative:
        return (Problem(code="NUMBER_NEGATIVE", location=location, parameters=shown),)
    return ()


def _within(text: str, location: str, limit: int) -> str:
    refuse(check_length(text, location, limit))
    return text
