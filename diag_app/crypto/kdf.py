"""From a passphrase to a key: Argon2id (RFC 9106), its cost stored beside the wrap and held between two bounds."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from diag_app.errors import DiagError

KEY_BYTES = 32
SALT_BYTES = 16
MINIMUM_CHARACTERS = 10


@dataclass(frozen=True, kw_only=True)
class KdfCost:
    """What one guess costs: memory in KiB, passes over it, and lanes computed side by side."""

    memory_kib: int
    passes: int
    lanes: int


DEFAULT_COST = KdfCost(memory_kib=256 * 1024, passes=3, lanes=4)
SMALL_COST = KdfCost(memory_kib=64 * 1024, passes=3, lanes=4)  # where 256 MiB cannot be had
FLOOR = KdfCost(memory_kib=64 * 1024, passes=3, lanes=1)  # below this a stolen laptop is worth guessing at
CEILING = KdfCost(memory_kib=1024 * 1024, passes=16, lanes=16)  # above this a forged file would stall the machine


def check_cost(cost: KdfCost, salt: bytes, *, location: str) -> None:
    """Return when cost and salt are ones this program works with.

    Raises:
        DiagError: `KEY_PARAMETERS_WEAK` below the floor, `KEY_PARAMETERS_EXCESSIVE` above the ceiling.
    """
    given = (cost.memory_kib, cost.passes, cost.lanes, len(salt))
    floor = (FLOOR.memory_kib, FLOOR.passes, FLOOR.lanes, SALT_BYTES)
    ceiling = (CEILING.memory_kib, CEILING.passes, CEILING.lanes, 4 * SALT_BYTES)
    if any(value < least for value, least in zip(given, floor, strict=True)):
        raise DiagError("KEY_PARAMETERS_WEAK", location=location)
    if any(value > most for value, most in zip(given, ceiling, strict=True)):
        raise DiagError("KEY_PARAMETERS_EXCESSIVE", location=location)


def derive_key(passphrase: str, salt: bytes, cost: KdfCost, *, location: str) -> bytes:
    """Return the 32-byte key that a passphrase gives under this salt and cost.

    Raises:
        DiagError: those of `check_cost`; `KEY_MEMORY_SHORT` when the machine has not got the memory.
    """
    check_cost(cost, salt, location=location)
    slow = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    try:
        return slow.derive(_passphrase_bytes(passphrase))
    except MemoryError:
        raise DiagError("KEY_MEMORY_SHORT", location=location, mebibytes=str(cost.memory_kib // 1024)) from None


def new_salt() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def require_passphrase(passphrase: str) -> None:
    """Return when a new passphrase is long enough, else refuse with `PASSPHRASE_SHORT`."""
    if len(_normalised(passphrase)) < MINIMUM_CHARACTERS:
        raise DiagError("PASSPHRASE_SHORT", minimum=str(MINIMUM_CHARACTERS))


def _passphrase_bytes(passphrase: str) -> bytes:
    """Half a character (it can only come from a broken file) is kept, so that it is wrong and not a crash."""
    return _normalised(passphrase).encode("utf-8", "surrogatepass")


def _normalised(passphrase: str) -> str:
    """Full-width and half-width, composed and decomposed forms count as the same: keyboards differ."""
    return unicodedata.normalize("NFKC", passphrase)
