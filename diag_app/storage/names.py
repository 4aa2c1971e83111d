"""Enterprise names as they are searched: character by character, and by pinyin initials."""

from __future__ import annotations

import unicodedata
from functools import cache
from types import ModuleType

# Characters that read otherwise as a family name; a name that begins with one is found by either reading.
SURNAMES = {
    "单": "s", "曾": "z", "仇": "q", "区": "o", "查": "z", "解": "x", "翟": "z", "缪": "m", "尉": "y", "乐": "y",
    "折": "s", "繁": "p", "种": "c", "召": "s", "覃": "q", "冼": "x", "逄": "p", "郇": "x", "逯": "l", "员": "y",
}  # fmt: skip


def characters(text: str) -> str:
    """Return the searchable characters of `text` parted by spaces; marks and blanks are left out.

    Full-width letters and capitals fold, so that Ａ, A and a find each other.
    """
    return " ".join(c for c in unicodedata.normalize("NFKC", text).casefold() if _is_searchable(c))


def initials(name: str) -> tuple[str, ...]:
    """Return the first pinyin letter of every character of `name`; other letters and digits stand for themselves.

    A name that begins with a family name of a reading of its own gives both readings, the common one first.
    """
    pinyin = _pypinyin()
    folded = characters(name).replace(" ", "")
    letters = "".join(pinyin.lazy_pinyin(folded, style=pinyin.Style.FIRST_LETTER, errors=list))
    surname = SURNAMES.get(folded[:1], letters[:1])
    return tuple(dict.fromkeys((letters, surname + letters[1:])))


def phrases(text: str) -> str:
    """Return the full-text query for `text`: each part between blanks must stand somewhere as it is written."""
    parts = (characters(part) for part in text.split())
    return " ".join(f'"{part}"' for part in parts if part)


def _is_searchable(character: str) -> bool:
    # Unassigned code points stay: an older Unicode table must not make a newer character unfindable.
    category = unicodedata.category(character)
    return category[0] not in "PZS" and category not in ("Cc", "Cf")


@cache
def _pypinyin() -> ModuleType:
    import pypinyin  # noqa: PLC0415

    return pypinyin
