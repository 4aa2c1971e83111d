"""The signing key of a workspace: made once, read by its owner only, never replaced in silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.sync.signer_file import load_or_create_signer, load_signer


def test_the_key_is_made_once(tmp_path: Path) -> None:
    first = load_or_create_signer(tmp_path / "signing.pem")
    assert load_or_create_signer(tmp_path / "signing.pem").public_key == first.public_key
    assert load_signer(tmp_path / "signing.pem").public_key == first.public_key


@pytest.mark.skipif(os.name == "nt", reason="files of Windows have no such mode")
def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_signer(tmp_path / "signing.pem")
    finally:
        os.umask(before)
    assert (tmp_path / "signing.pem").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_named_and_stays(tmp_path: Path) -> None:
    (tmp_path / "signing.pem").write_bytes(b"damaged")
    with pytest.raises(DiagError, match=r"KEY_INVALID .*signing\.pem"):
        load_or_create_signer(tmp_path / "signing.pem")
    assert (tmp_path / "signing.pem").read_bytes() == b"damaged"


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiagError, match="NOT_FOUND"):
        load_signer(tmp_path / "signing.pem")
