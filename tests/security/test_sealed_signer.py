"""The signing key of an encrypted workspace: sealed like the store, the same key for bundles, never in clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.operations.bundle import export_bundle, verify_bundle
from diag_app.operations.security import create_encrypted_workspace, unlock
from diag_app.operations.workspace import open_workspace
from diag_app.sync.signer_file import clear_signer, has_signer, load_or_create_signer, load_signer, seal_signer
from tests.security.cases import COST, PHRASE, files_holding, fill

KEY = bytes(range(32))


def test_it_is_made_once_and_lies_sealed(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "signing.pem"
    signer = load_or_create_signer(path, KEY)
    assert load_or_create_signer(path, KEY).public_key == signer.public_key
    assert [item.name for item in path.parent.iterdir()] == ["signing.sealed"]
    assert files_holding(b"PRIVATE", tmp_path) == []
    with pytest.raises(DiagError, match="SEALED_DAMAGED"):
        load_signer(path, bytes(32))


def test_a_clear_one_goes_only_when_its_seal_opens(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    signer = load_or_create_signer(path)
    clear_signer(path, KEY)
    assert path.exists()
    seal_signer(path, KEY)
    clear_signer(path, KEY)
    assert not path.exists()
    assert load_signer(path, KEY).public_key == signer.public_key
    seal_signer(path, KEY)  # with nothing in clear there is nothing to seal
    assert has_signer(path, KEY)


def test_bundles_of_an_encrypted_workspace_are_signed_and_known_by_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    create_encrypted_workspace(home, PHRASE, cost=COST)
    key = unlock(home, passphrase=PHRASE)
    with open_workspace(home, key=key) as workspace:
        fill(workspace)
        bundle = export_bundle(workspace, tmp_path / "out.zip")
    assert verify_bundle(bundle.path, home=home, key=key) == ()
    assert [item.code for item in verify_bundle(bundle.path, home=home)] == ["SIGNER_UNKNOWN"]
