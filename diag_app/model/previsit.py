"""The pre-visit workbook as an agreement between its writer and its reader: which cells, which words, what they mean.

Every row to fill in carries its id in a hidden first column, so that rows are found wherever a program has put them.
Words are accepted in both languages, letters and digits in any width; what is not surely meant is not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from diag_app.forms.definition import LocalText, Question

FORMAT = "1"
MANIFEST_SHEET, LIST_SHEET = "_qizhen", "_lists"
MANIFEST_KEYS = ("format", "assessment", "pack", "digest", "language")
CONTACT_ROWS = 6
PROFILE_TEXTS = ("name", "uscc", "address", "founded_on", "products", "processes", "equipment", "software")
PROFILE_FIGURES = ("employees", "revenue_10k_cny", "assets_10k_cny")
COVER_FIELDS = ("filled_by", "filled_on")
INPUT_COLUMNS: Mapping[str, tuple[int, ...]] = {  # by kind of row; the first is the answer
    "cover": (4,),
    "profile": (4,),
    "number": (4,),
    "single": (5,),
    "tick": (5,),
    "scenario": (8, 9),  # level, reason why it does not apply
    "contact": (3, 4, 5),  # name, role, phone
    "paper": (5, 6),  # state, remark
}
TICK = "✓"
NOT_APPLICABLE = LocalText(zh="不适用", en="not applicable")
PAPER_STATES: Mapping[str, LocalText] = {
    "ready": LocalText(zh="已备好", en="ready"),
    "partly": LocalText(zh="有一部分", en="partly"),
    "missing": LocalText(zh="没有", en="none"),
}
TICK_WORDS = frozenset({"✓", "✔", "√", "v", "x", "y", "yes", "true", "1", "是", "有", "对", "☑"})
_LETTER = re.compile(r"([A-Z])(?![A-Z0-9])", re.ASCII)
_DIGIT = re.compile(r"([0-4])(?![0-9.,])", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,30}(\.[0-9]{1,12})?", re.ASCII)

CellKind = Literal["text", "number", "date", "flag", "formula", "error", "merged"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands in a workbook."""

    sheet: str
    row: int
    column: str  # a letter, as the person sees it

    def __str__(self) -> str:
        """Return the place as people say it."""
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(frozen=True, kw_only=True)
class RawCell:
    """A filled-in cell as found: the id of its row, which of the row's inputs it is, and what it holds."""

    row_id: str
    slot: int
    place: Place
    kind: CellKind
    text: str


@dataclass(frozen=True, kw_only=True)
class RawWorkbook:
    """What a workbook holds, before anything is understood of it."""

    manifest: Mapping[str, str]
    cells: tuple[RawCell, ...]


def plain(text: str) -> str:
    """Return `text` in plain widths, on one line, without blanks around it."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read_figure(text: str, unit: LocalText) -> Decimal | None:
    """Return the figure in `text`; its own unit may follow, any other word makes it unreadable."""
    short = plain(text).replace(",", "").replace(" ", "")
    for word in (unit.zh, unit.en):
        short = short.removesuffix(plain(word).replace(" ", ""))
    return Decimal(short) if _NUMBER.fullmatch(short) else None


def read_letter(text: str, question: Question) -> str | None:
    """Return the option whose letter begins `text`, or whose words it is; null where it names none."""
    short = plain(text)
    found = _LETTER.match(short.upper())
    keys = {option.key for option in question.options}
    if found is not None and found[1] in keys:
        return found[1]
    named = [option.key for option in question.options if short in (plain(option.label.zh), plain(option.label.en))]
    return named[0] if len(named) == 1 else None


def read_level(text: str) -> int | Literal["not_applicable"] | None:
    """Return the level that begins `text`, or that the scenario does not apply; null where it is neither."""
    short = plain(text)
    if short.lower().startswith((NOT_APPLICABLE.zh, NOT_APPLICABLE.en)):
        return "not_applicable"
    found = _DIGIT.match(short)
    return None if found is None else int(found[1])


def is_tick(text: str) -> bool:
    """Return whether `text` ticks its option."""
    return plain(text).casefold() in TICK_WORDS


def read_state(text: str) -> str | None:
    """Return the state of a paper that `text` names in either language."""
    short = plain(text).casefold()
    return next((state for state, words in PAPER_STATES.items() if short in (words.zh, words.en)), None)
