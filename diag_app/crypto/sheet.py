"""The recovery sheet: 256 random bits as 24 words (BIP 39 word lists, the last word carries a check)."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from diag_app.errors import DiagError

if TYPE_CHECKING:
    from mnemonic import Mnemonic

SheetLanguage = Literal["zh", "en"]
WORDS = 24
_LISTS: dict[SheetLanguage, str] = {"zh": "chinese_simplified", "en": "english"}


@dataclass(frozen=True, kw_only=True, repr=False)
class RecoverySheet:
    """The 24 words to print and lock away; `key_id` tells which workspace's key they open."""

    words: tuple[str, ...]
    language: SheetLanguage
    key_id: str

    def __repr__(self) -> str:
        return "RecoverySheet(…)"


def new_secret() -> bytes:
    """Return the 32 random bytes of a new sheet."""
    return secrets.token_bytes(32)


def words_of(secret: bytes, language: SheetLanguage) -> tuple[str, ...]:
    """Return the 24 words of a sheet's secret."""
    return tuple(_word_list(language).to_mnemonic(secret).split())


def secret_of(text: str, *, location: str = "") -> bytes:
    """Return the secret behind words typed in, Chinese or English, whatever the spaces, line ends and capitals.

    Raises:
        DiagError: `SHEET_WORD_UNKNOWN` with the word's place, `SHEET_INCOMPLETE`, or `SHEET_WRONG` when the words
            do not belong together.
    """
    words = split_words(text)
    language = next((name for name in _LISTS if words and words[0] in _known(name)), "en")
    for place, word in enumerate(words, start=1):
        if word not in _known(language):
            raise DiagError("SHEET_WORD_UNKNOWN", location=location, number=str(place))
    if len(words) != WORDS:
        raise DiagError("SHEET_INCOMPLETE", location=location, found=str(len(words)), expected=str(WORDS))
    try:
        return bytes(_word_list(language).to_entropy(words))
    except ValueError:
        raise DiagError("SHEET_WRONG", location=location) from None


def split_words(text: str) -> list[str]:
    """Return the words in what was typed: English ones as they are, Chinese ones a character each."""
    plain = unicodedata.normalize("NFKC", text).lower()
    parts = "".join(letter if letter.isalpha() else " " for letter in plain).split()
    return [word for part in parts for word in ([part] if part.isascii() else list(part))]


def word_list(language: SheetLanguage) -> tuple[str, ...]:
    """Return the 2048 words of a language, in the order of their numbers."""
    return tuple(_word_list(language).wordlist)


@cache
def _word_list(language: SheetLanguage) -> Mnemonic:
    from mnemonic import Mnemonic  # noqa: PLC0415

    return Mnemonic(_LISTS[language])


@cache
def _known(language: SheetLanguage) -> frozenset[str]:
    return frozenset(_word_list(language).wordlist)
