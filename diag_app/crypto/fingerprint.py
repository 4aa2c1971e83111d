"""A key's fingerprint as six words, to be compared by eye or on the telephone: 66 of its bits (BIP 39 word lists)."""

from __future__ import annotations

import hashlib

from diag_app.crypto.sheet import SheetLanguage, split_words, word_list
from diag_app.crypto.signing import PublicKey

WORDS = 6
_BITS = 11  # of one word: a list has 2048


def fingerprint_words(key: PublicKey, language: SheetLanguage) -> tuple[str, ...]:
    """Return the six words of a key's fingerprint; the same bits in either language."""
    bits = int.from_bytes(hashlib.sha256(key.spki).digest()) >> (256 - WORDS * _BITS)
    words = word_list(language)
    places = ((bits >> (_BITS * place)) % 2**_BITS for place in reversed(range(WORDS)))
    return tuple(words[place] for place in places)


def is_fingerprint(text: str, key: PublicKey) -> bool:
    """Return whether `text`, typed in, is the key's six words in either language, or its key id."""
    if text.strip().lower() == key.keyid:
        return True
    typed = tuple(split_words(text))
    return typed in (fingerprint_words(key, "zh"), fingerprint_words(key, "en"))
