"""What the tests of keys share: the lowest cost that is allowed, a passphrase, a file with all three wraps."""

from __future__ import annotations

from functools import cache

import pyrage

from diag_app.crypto.kdf import FLOOR
from diag_app.crypto.key_file import KeyFile
from diag_app.crypto.sealing import StoreKey, new_store_key
from diag_app.crypto.sheet import new_secret, words_of
from diag_app.crypto.wraps import wrap_by_escrow, wrap_by_passphrase, wrap_by_sheet

COST = FLOOR
PHRASE = "四个 互不 相干 的词"
OTHER = "another passphrase"


class Sample:
    """A store key wrapped in all three ways, and what opens each."""

    def __init__(self) -> None:
        secret = new_secret()
        identity = pyrage.x25519.Identity.generate()
        self.key: StoreKey = new_store_key()
        self.words = " ".join(words_of(secret, "zh"))
        self.identity = f"# created for a test\n{identity}\n"
        self.recipient = str(identity.to_public())
        self.keys = KeyFile(
            wraps=(
                wrap_by_passphrase(self.key, PHRASE, COST),
                wrap_by_sheet(self.key, secret, "zh"),
                wrap_by_escrow(self.key, self.recipient),
            )
        )


@cache
def sample() -> Sample:
    """The one sample of a test run: its passphrase costs a fifth of a second each time."""
    return Sample()
