"""A bundle's file as it lies on the disk: plain, or encrypted to some recipients."""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO

from diag_app.crypto.age_file import AGE_MAGIC, is_age, open_age
from diag_app.crypto.age_keys import Identity
from diag_app.errors import DiagError


def opened(file: BinaryIO, identities: Collection[Identity], *, location: str) -> BinaryIO:
    """Return the plain bytes of the bundle in `file`, at any place, never on a disk.

    Raises:
        DiagError: `BUNDLE_ENCRYPTED` where it is and nothing is at hand to open it, `AGE_NOT_FOR_US` where it was
            encrypted to others, `AGE_DAMAGED`.
    """
    file.seek(0)
    if not is_age(file.read(len(AGE_MAGIC))):
        return file
    if not identities:
        raise DiagError("BUNDLE_ENCRYPTED", location=location)
    return open_age(file, identities, location=location)
