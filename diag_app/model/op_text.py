"""The bytes of an op that are hashed: RFC 8785 text of its header and of its value, made fast for the save path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from diag_app.codec import canonical_json
from diag_app.errors import DiagError

LARGEST_INTEGER = 2**53 - 1  # RFC 8785: beyond it, JSON numbers are not exact everywhere

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical_header(header: Mapping[str, Any]) -> bytes:
    """Return an op's header as RFC 8785 bytes: names are ASCII and numbers whole, so the C encoder gives the same."""
    return _encode(header).encode()


def canonical_value(value: Any, *, location: str = "") -> str:
    """Return a register's value as RFC 8785 text.

    Raises:
        DiagError: `TEXT_INVALID` at `location` for text that is not Unicode (half of a surrogate pair).
        TypeError: for what a register never holds: floats (decimals are text), huge integers, other types.
    """
    is_plain = _is_plain(value)
    try:
        text = _encode(value) if is_plain else canonical_json(value).decode()
        text.encode()
    except ValueError:
        raise DiagError("TEXT_INVALID", location=location) from None
    return text


def digest_value(value: Any, salt: str) -> str:
    """Return SHA-256 of (salt ‖ canonical value), hex; the salt keeps small values from being guessed."""
    return digest_text(canonical_value(value), salt)


def digest_text(canonical: str, salt: str) -> str:
    """Return SHA-256 of (salt ‖ `canonical`), hex, for a value that is canonical text already."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical.encode()).hexdigest()


def _is_plain(value: Any) -> bool:
    """Return whether all keys are ASCII, so that every encoder sorts them alike; refuse what is no value."""
    if value is None or isinstance(value, (str, bool)):
        return True
    is_plain = True
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                break
            is_plain = _is_plain(item) and key.isascii() and is_plain
        else:
            return is_plain
    elif isinstance(value, (list, tuple)):
        for item in value:
            is_plain = _is_plain(item) and is_plain
        return is_plain
    elif isinstance(value, int) and abs(value) <= LARGEST_INTEGER:
        return True
    raise TypeError(f"a register holds JSON with exact numbers, not the {type(value).__name__} {value!r}")
