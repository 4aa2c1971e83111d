"""How names are abbreviated when people look for them: the first letters of words and of Chinese characters."""

from __future__ import annotations

from functools import lru_cache

from diag_app.storage.names import initials

_KEPT = 4096


@lru_cache(maxsize=_KEPT)
def abbreviations(name: str) -> tuple[str, ...]:
    """Return the abbreviations of `name` in small letters: pinyin initials, and the first letters of its words."""
    words = "".join(word[0] for word in name.casefold().split() if word[0].isalnum())
    return tuple(dict.fromkeys((*initials(name), words)))
