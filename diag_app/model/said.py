"""What all words of the model are said by: messages in one language, and figures as recorded."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol


class Translate(Protocol):
    """Messages in one language; English source strings are the message ids."""

    def __call__(self, message: str, /, **parameters: object) -> str:
        """Return `message` with its places filled."""

    def plural(self, one: str, many: str, count: int, /, **parameters: object) -> str:
        """Return the form that fits `count`."""


def number_text(number: Decimal | int) -> str:
    """Return a figure as recorded: thousands apart, no exponent, no trailing zeros."""
    text = f"{Decimal(number):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
