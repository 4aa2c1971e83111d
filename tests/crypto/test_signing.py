"""Keys: one algorithm, one spelling, nothing shown."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from diag_app.crypto.signing import create_signer, public_key_from_text, signer_from_pem
from diag_app.errors import DiagError


def test_a_signer_survives_its_pem() -> None:
    signer = create_signer()
    again = signer_from_pem(signer.to_pem(), location="key")
    assert again.public_key == signer.public_key
    assert again.sign(b"x") == signer.sign(b"x")


def test_a_signature_holds_for_its_key_and_bytes_only() -> None:
    signer, other = create_signer(), create_signer()
    signature = signer.sign(b"bytes")
    assert signer.public_key.verifies(signature, b"bytes")
    assert not signer.public_key.verifies(signature, b"Bytes")
    assert not other.public_key.verifies(signature, b"bytes")


def test_the_private_key_does_not_show() -> None:
    assert repr(create_signer()) == "Signer(…)"


def test_the_fingerprint_is_what_openssl_gives(tmp_path: Path) -> None:
    signer = create_signer()
    (tmp_path / "key.pem").write_bytes(signer.to_pem())
    command = f"openssl pkey -in {tmp_path}/key.pem -pubout -outform DER | sha256sum"
    found = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
    assert signer.public_key.keyid == f"ed25519:{found.split()[0]}"


@pytest.mark.parametrize("kind", ["rsa", "x25519", "ed448"])
def test_a_key_of_another_algorithm_is_refused(kind: str) -> None:
    pem = subprocess.run(["openssl", "genpkey", "-algorithm", kind], capture_output=True, check=True).stdout
    with pytest.raises(DiagError, match="KEY_INVALID"):
        signer_from_pem(pem, location="key")


@pytest.mark.parametrize("data", [b"", b"noise", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_refused(data: bytes) -> None:
    with pytest.raises(DiagError, match="KEY_INVALID key"):
        signer_from_pem(data, location="key")


def test_a_public_key_survives_its_text() -> None:
    key = create_signer().public_key
    assert public_key_from_text(key.text, location="key") == key


def test_a_public_key_has_one_spelling() -> None:
    text = create_signer().public_key.text
    for other in (
        "",
        "é",
        text[:-1],
        text + "\n",
        text[:-4],
        "AAAA" + text,
        text[:-2] + ("x=" if text[-2] != "x" else "y="),
    ):
        with pytest.raises(DiagError, match="KEY_INVALID"):
            public_key_from_text(other, location="key")
