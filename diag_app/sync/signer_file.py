"""The signing key as a file of the workspace: readable by its owner only, sealed in an encrypted workspace."""

from __future__ import annotations

from pathlib import Path

from diag_app import files
from diag_app.crypto.sealing import Purpose, open_bytes, seal_bytes
from diag_app.crypto.signing import Signer, create_signer, signer_from_pem


def load_signer(path: Path, key: bytes | None = None) -> Signer:
    """Return the signer kept at `path`, or sealed beside it when there is a store `key`.

    Raises:
        DiagError: `NOT_FOUND`, `NO_ACCESS`, `KEY_INVALID`, or `SEALED_DAMAGED` for a seal that does not open.
    """
    place = _place(path, key)
    data = files.read(place)
    pem = data if key is None else open_bytes(key, data, Purpose.SIGNING_KEY, location=str(place))
    return signer_from_pem(pem, location=str(place))


def load_or_create_signer(path: Path, key: bytes | None = None) -> Signer:
    """Return the signer kept at `path`, made and stored there the first time; a damaged key is never replaced."""
    if not has_signer(path, key):
        files.write_new(_place(path, key), _stored(create_signer(), key))  # of two processes the first one's counts
    return load_signer(path, key)


def has_signer(path: Path, key: bytes | None = None) -> bool:
    """Return whether a signer is kept at `path`, or sealed beside it when there is a store `key`."""
    return _place(path, key).exists()


def seal_signer(path: Path, key: bytes) -> None:
    """Write the signer kept in clear at `path`, if there is one, sealed beside it; the clear one stays."""
    if has_signer(path):
        files.write(_place(path, key), _stored(load_signer(path), key))


def clear_signer(path: Path, key: bytes) -> None:
    """Take away a signer in clear whose sealed form opens; its folder is flushed also where it is gone already."""
    try:
        if has_signer(path) and has_signer(path, key) and _is_same(load_signer(path, key), load_signer(path)):
            path.unlink()
        if path.parent.exists():
            files.sync_folder(path.parent)
    except OSError as error:
        raise files.refusal(error, path) from error


def _is_same(one: Signer, other: Signer) -> bool:
    return one.public_key == other.public_key


def _place(path: Path, key: bytes | None) -> Path:
    return path if key is None else path.with_suffix(".sealed")


def _stored(signer: Signer, key: bytes | None) -> bytes:
    pem = signer.to_pem()
    return pem if key is None else seal_bytes(key, pem, Purpose.SIGNING_KEY)
