"""The signing key as a file of the workspace, readable by its owner only."""

from __future__ import annotations

from pathlib import Path

from diag_app import files
from diag_app.crypto.signing import Signer, create_signer, signer_from_pem


def load_signer(path: Path) -> Signer:
    """Return the signer kept at `path`; `NOT_FOUND`, `NO_ACCESS` or `KEY_INVALID` is raised where there is none."""
    return signer_from_pem(files.read(path), location=str(path))


def load_or_create_signer(path: Path) -> Signer:
    """Return the signer kept at `path`, made and stored there the first time; a damaged key is never replaced."""
    if not path.exists():
        files.write_new(path, create_signer().to_pem())  # another process may be first; then its key is the one
    return load_signer(path)
