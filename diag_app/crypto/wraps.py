"""The store key, wrapped: by a passphrase, by a recovery sheet, by an organisation's age recipient.

What a wrap says of itself (cost, salt, language) is bound to what it seals: changing it makes the wrap useless.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import ClassVar

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from diag_app.codec import canonical_json, load_json, unstructure
from diag_app.crypto.kdf import DEFAULT_COST, SMALL_COST, KdfCost, check_cost, derive_key, new_salt
from diag_app.crypto.sealing import KEY_BYTES, NONCE_BYTES, StoreKey, expand, key_id
from diag_app.crypto.sheet import SheetLanguage
from diag_app.errors import DiagError

_SHEET_LABEL = "sheet"


@dataclass(frozen=True, kw_only=True)
class PassphraseWrap:
    """Opened by the passphrase. All bytes are hex."""

    kind: ClassVar[str] = "passphrase"
    key_id: str
    cost: KdfCost
    salt: str
    nonce: str
    sealed: str


@dataclass(frozen=True, kw_only=True)
class SheetWrap:
    """Opened by the 24 words; `is_confirmed` once they have been typed back from the paper."""

    kind: ClassVar[str] = "sheet"
    key_id: str
    language: SheetLanguage
    is_confirmed: bool
    salt: str
    nonce: str
    sealed: str


@dataclass(frozen=True, kw_only=True)
class EscrowWrap:
    """Opened by the organisation's age identity; `sealed` is an age file."""

    kind: ClassVar[str] = "escrow"
    key_id: str
    recipient: str
    sealed: str


Wrap = PassphraseWrap | SheetWrap | EscrowWrap


def wrap_by_passphrase(key: bytes, passphrase: str, cost: KdfCost | None = None) -> PassphraseWrap:
    """Return the key wrapped by a passphrase, at `cost` or at the highest usual cost this machine has memory for."""
    if cost is None:
        try:
            return wrap_by_passphrase(key, passphrase, DEFAULT_COST)
        except DiagError as error:
            if error.code != "KEY_MEMORY_SHORT":
                raise
            return wrap_by_passphrase(key, passphrase, SMALL_COST)
    salt, nonce = new_salt(), secrets.token_bytes(NONCE_BYTES)
    wrap = PassphraseWrap(key_id=key_id(key), cost=cost, salt=salt.hex(), nonce=nonce.hex(), sealed="")
    secret = derive_key(passphrase, salt, cost, location=wrap.kind)
    sealed = ChaCha20Poly1305(secret).encrypt(nonce, bytes(key), bound_bytes(wrap))
    return PassphraseWrap(key_id=wrap.key_id, cost=cost, salt=wrap.salt, nonce=wrap.nonce, sealed=sealed.hex())


def unwrap_by_passphrase(wrap: PassphraseWrap, passphrase: str) -> StoreKey:
    """Return the store key.

    Raises:
        DiagError: `PASSPHRASE_WRONG`, `KEY_PARAMETERS_WEAK`, `KEY_PARAMETERS_EXCESSIVE`, `KEY_MEMORY_SHORT`.
    """
    salt = bytes.fromhex(wrap.salt)
    check_cost(wrap.cost, salt, location=wrap.kind)
    return _opened(wrap, derive_key(passphrase, salt, wrap.cost, location=wrap.kind), "PASSPHRASE_WRONG")


def wrap_by_sheet(key: bytes, secret: bytes, language: SheetLanguage, *, is_confirmed: bool = False) -> SheetWrap:
    """Return the key wrapped by a sheet's secret, which has full strength and needs no slow derivation."""
    salt, nonce = new_salt(), secrets.token_bytes(NONCE_BYTES)
    common = {"key_id": key_id(key), "language": language, "salt": salt.hex(), "nonce": nonce.hex()}
    bare = SheetWrap(**common, is_confirmed=is_confirmed, sealed="")  # type: ignore[arg-type]
    cipher = ChaCha20Poly1305(expand(secret, _SHEET_LABEL, salt=salt))
    sealed = cipher.encrypt(nonce, bytes(key), bound_bytes(bare))
    return SheetWrap(**common, is_confirmed=is_confirmed, sealed=sealed.hex())  # type: ignore[arg-type]


def unwrap_by_sheet(wrap: SheetWrap, secret: bytes) -> StoreKey:
    """Return the store key; `SHEET_WRONG` when the words are those of another sheet."""
    return _opened(wrap, expand(secret, _SHEET_LABEL, salt=bytes.fromhex(wrap.salt)), "SHEET_WRONG")


def wrap_by_escrow(key: bytes, recipient: str) -> EscrowWrap:
    """Return the key wrapped for an age recipient (`age1…`); `RECIPIENT_INVALID` when it is none."""
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise DiagError("RECIPIENT_INVALID", location=recipient) from None
    bare = EscrowWrap(key_id=key_id(key), recipient=recipient, sealed="")
    content = canonical_json({"bound": bound_bytes(bare).decode(), "store_key": key.hex()})
    return EscrowWrap(key_id=bare.key_id, recipient=recipient, sealed=pyrage.encrypt(content, [to]).hex())


def unwrap_by_escrow(wrap: EscrowWrap, identity: str) -> StoreKey:
    """Return the store key, given the text of the organisation's identity file.

    Raises:
        DiagError: `IDENTITY_INVALID` when the text holds no age identity, `IDENTITY_WRONG` when it is another one's.
    """
    try:
        content = pyrage.decrypt(bytes.fromhex(wrap.sealed), [_identity_in(identity)])
    except pyrage.DecryptError:
        raise DiagError("IDENTITY_WRONG", location=wrap.recipient) from None
    found = load_json(content, location=wrap.kind)
    if not isinstance(found, dict) or found.get("bound") != bound_bytes(wrap).decode():
        raise DiagError("KEY_WRAP_DAMAGED", location=wrap.kind)  # sealed to the right hands, but not by this program
    try:
        plain = bytes.fromhex(found["store_key"])
    except (KeyError, TypeError, ValueError):
        raise DiagError("KEY_WRAP_DAMAGED", location=wrap.kind) from None
    return _genuine(plain, wrap, "KEY_WRAP_DAMAGED")


def bound_bytes(wrap: Wrap) -> bytes:
    """Return everything a wrap says but what it seals, as canonical JSON: the additional data of its seal."""
    return canonical_json({**unstructure(wrap), "kind": wrap.kind, "v": 1, "sealed": None})


def _opened(wrap: PassphraseWrap | SheetWrap, secret: bytes, wrong: str) -> StoreKey:
    try:
        plain = ChaCha20Poly1305(secret).decrypt(
            bytes.fromhex(wrap.nonce), bytes.fromhex(wrap.sealed), bound_bytes(wrap)
        )
    except (InvalidTag, ValueError):
        raise DiagError(wrong, location=wrap.kind) from None
    return _genuine(plain, wrap, wrong)


def _genuine(plain: bytes, wrap: Wrap, wrong: str) -> StoreKey:
    if len(plain) != KEY_BYTES or key_id(plain) != wrap.key_id:
        raise DiagError(wrong, location=wrap.kind)
    return StoreKey(plain)


def _identity_in(text: str) -> pyrage.x25519.Identity:
    """An identity file is what `age-keygen` writes: comments and one line with the identity."""
    lines = [line.strip() for line in text.splitlines()]
    for line in lines:
        if line.upper().startswith("AGE-SECRET-KEY-1"):
            try:
                return pyrage.x25519.Identity.from_str(line)
            except pyrage.IdentityError:
                break
    raise DiagError("IDENTITY_INVALID")
