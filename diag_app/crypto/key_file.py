"""The key file of an encrypted workspace: one wrap a line, each whole in itself, so that damage costs one wrap.

A line is canonical JSON with its own digest under `check`; an empty line stands between two. Lines that are damaged
are told apart from a wrong passphrase by that digest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from diag_app.codec import canonical_json, digest, load_json, structure, unstructure
from diag_app.crypto.kdf import KdfCost
from diag_app.crypto.sealing import StoreKey
from diag_app.crypto.sheet import SheetLanguage, secret_of
from diag_app.crypto.wraps import (
    EscrowWrap,
    PassphraseWrap,
    SheetWrap,
    Wrap,
    unwrap_by_escrow,
    unwrap_by_passphrase,
    unwrap_by_sheet,
    wrap_by_passphrase,
)
from diag_app.errors import DiagError

VERSION = 1
SIZE_LIMIT = 256 * 1024
_KINDS: dict[str, type[PassphraseWrap | SheetWrap | EscrowWrap]] = {
    kind.kind: kind for kind in (PassphraseWrap, SheetWrap, EscrowWrap)
}
_HEX_FIELDS = {"salt", "nonce", "sealed"}
W = TypeVar("W", PassphraseWrap, SheetWrap, EscrowWrap)


@dataclass(frozen=True, kw_only=True)
class KeyFile:
    """The wraps that can be read, and how many lines cannot."""

    wraps: tuple[Wrap, ...]
    damaged: int = 0

    def of(self, kind: type[W]) -> tuple[W, ...]:
        """Return the wraps of one kind."""
        return tuple(wrap for wrap in self.wraps if isinstance(wrap, kind))

    @property
    def has_sheet(self) -> bool:
        """Tell whether there is a recovery sheet."""
        return bool(self.of(SheetWrap))

    @property
    def sheet_language(self) -> SheetLanguage:
        """Return the language of the recovery sheet's words; Chinese where there is none."""
        return next((wrap.language for wrap in self.of(SheetWrap)), "zh")

    @property
    def has_confirmed_sheet(self) -> bool:
        """Tell whether a recovery sheet was typed back."""
        return any(wrap.is_confirmed for wrap in self.of(SheetWrap))


def key_file_from(data: bytes, *, location: str) -> KeyFile:
    """Return what the bytes of a key file hold.

    Raises:
        DiagError: `KEY_FILE_NEWER` for a later version, `KEY_WRAP_DAMAGED` when not one wrap can be read.
    """
    lines = [line for line in data[:SIZE_LIMIT].split(b"\n") if line]
    found = [_wrap_from(line, location) for line in lines]
    wraps = tuple(wrap for wrap in found if wrap is not None)
    if not wraps:
        raise DiagError("KEY_WRAP_DAMAGED", location=location)
    return KeyFile(wraps=wraps, damaged=len(lines) - len(wraps))


def key_file_bytes(keys: KeyFile) -> bytes:
    """Return the bytes of a key file with the readable wraps."""
    return b"\n\n".join(_line(wrap) for wrap in keys.wraps) + b"\n"


def unlock_with_passphrase(keys: KeyFile, passphrase: str, *, location: str) -> StoreKey:
    """Return the store key.

    Raises:
        DiagError: `PASSPHRASE_WRONG`; `KEY_WRAP_DAMAGED` when the passphrase's wrap cannot be read (the sheet or
            the organisation still opens); `KEY_PARAMETERS_WEAK`, `KEY_PARAMETERS_EXCESSIVE`, `KEY_MEMORY_SHORT`.
    """
    return unwrap_by_passphrase(_only(keys, PassphraseWrap, location), passphrase)


def unlock_with_sheet(keys: KeyFile, words: str, *, location: str) -> StoreKey:
    """Return the store key; `SHEET_WRONG`, `SHEET_WORD_UNKNOWN`, `SHEET_INCOMPLETE` or `KEY_WRAP_DAMAGED`."""
    secret = secret_of(words)
    return unwrap_by_sheet(_only(keys, SheetWrap, location), secret)


def unlock_with_identity(keys: KeyFile, identity: str, *, location: str) -> StoreKey:
    """Return the store key; `IDENTITY_INVALID`, `IDENTITY_WRONG`, or `NO_ESCROW` where the key is not deposited."""
    if not keys.of(EscrowWrap) and not keys.damaged:
        raise DiagError("NO_ESCROW", location=location)
    _only(keys, EscrowWrap, location)
    for wrap in keys.of(EscrowWrap):
        try:
            return unwrap_by_escrow(wrap, identity)
        except DiagError as error:
            if error.code != "IDENTITY_WRONG":
                raise
    raise DiagError("IDENTITY_WRONG", location=location)


def rewrap_passphrase(keys: KeyFile, key: bytes, passphrase: str, cost: KdfCost | None = None) -> KeyFile:
    """Return the key file with a new passphrase instead of the old one; nothing else is sealed anew."""
    return with_wrap(keys, wrap_by_passphrase(key, passphrase, cost))


def with_wrap(keys: KeyFile, wrap: Wrap) -> KeyFile:
    """Return the key file with `wrap` instead of the one it replaces: of its kind, for escrow of its recipient."""
    kept = tuple(other for other in keys.wraps if _place(other) != _place(wrap))
    return replace(keys, wraps=tuple(sorted((*kept, wrap), key=lambda item: list(_KINDS).index(item.kind))))


def without_escrow(keys: KeyFile, recipient: str) -> KeyFile:
    """Return the key file without the wrap for an age recipient."""
    kept = tuple(wrap for wrap in keys.wraps if not (isinstance(wrap, EscrowWrap) and wrap.recipient == recipient))
    return replace(keys, wraps=kept)


def _place(wrap: Wrap) -> tuple[str, str]:
    return (wrap.kind, wrap.recipient if isinstance(wrap, EscrowWrap) else "")


def _only(keys: KeyFile, kind: type[W], location: str) -> W:
    found = keys.of(kind)
    if not found:
        raise DiagError("KEY_WRAP_DAMAGED", location=location)
    return found[0]


def _line(wrap: Wrap) -> bytes:
    body: dict[str, Any] = {**unstructure(wrap), "kind": wrap.kind, "v": VERSION}
    return canonical_json({**body, "check": digest(canonical_json(body))})


def _wrap_from(line: bytes, location: str) -> Wrap | None:
    """Return the wrap in a line, or null when the line is not byte for byte what was written."""
    body = _whole(line, location)
    if body is None:
        return None
    if body.pop("v", None) != VERSION:
        raise DiagError("KEY_FILE_NEWER", location=location)
    kind = _KINDS.get(str(body.pop("kind", None)))
    if kind is None:
        return None
    try:
        wrap: Wrap = structure(body, kind, location=location)
        for name in _HEX_FIELDS & set(body):
            bytes.fromhex(getattr(wrap, name))
    except (DiagError, ValueError):
        return None
    return wrap if _line(wrap) == line else None


def _whole(line: bytes, location: str) -> dict[str, Any] | None:
    try:
        value = load_json(line, location=location)
        is_whole = isinstance(value, dict) and value.pop("check", None) == digest(canonical_json(value))
    except (DiagError, TypeError, ValueError):
        return None
    return value if is_whole else None
