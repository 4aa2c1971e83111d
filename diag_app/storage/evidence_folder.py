"""The evidence folder of a workspace, plain or encrypted, behind one door."""

from __future__ import annotations

from pathlib import Path

from diag_app.storage.blobs import Blobs


def blobs_at(folder: Path, key: bytes | None) -> Blobs:
    """Return the evidence folder of a workspace, encrypted when there is a key."""
    if key is None:
        return Blobs(folder)
    from diag_app.storage.sealed_blobs import SealedBlobs  # noqa: PLC0415 - a plain workspace never loads a cipher

    return SealedBlobs(folder, key)
