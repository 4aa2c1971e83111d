"""Tables as CSV that a spreadsheet in any language opens as it is, and takes no text of for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# Signs that make a spreadsheet take a text for a formula, their full-width forms, and the apostrophe that protects.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_BOM = "\ufeff"  # without it Excel on a Chinese Windows reads GBK


def csv_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file of CSV; texts of other people are `protected` before."""
    text = io.StringIO(newline="")
    text.write(_BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def protected(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula; undone by dropping one leading apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
