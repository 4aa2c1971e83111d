"""Age files are read and written by every age, at any place, by the right key only."""

from __future__ import annotations

import io
import secrets

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.crypto.age_file import CHUNK, TAG, AgeWriter, open_age
from diag_app.crypto.age_keys import (
    Identity,
    Recipient,
    identities_in,
    identity_of,
    recipient_from_text,
    recipients_in,
)
from diag_app.crypto.signing import create_signer
from diag_app.errors import DiagError

OURS, THEIRS, NOBODY = (Identity(bytes([number]) * 32) for number in (1, 2, 3))
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 77)


def sealed(data: bytes, *to: Identity) -> bytes:
    file = io.BytesIO()
    writer = AgeWriter(file, [one.recipient for one in to])
    for start in range(0, len(data), 10_007):
        writer.write(data[start : start + 10_007])
    writer.finish()
    return file.getvalue()


def unsealed(data: bytes, *by: Identity) -> bytes:
    return open_age(io.BytesIO(data), by, location="x").read()


@pytest.mark.parametrize("size", SIZES)
def test_we_and_an_independent_age_open_what_the_other_sealed(size: int) -> None:
    data = secrets.token_bytes(size)
    for identity in (OURS, THEIRS):
        assert pyrage.decrypt(sealed(data, OURS, THEIRS), [identity.for_age()]) == data
    to = pyrage.x25519.Recipient.from_str(OURS.recipient.text)
    assert unsealed(pyrage.encrypt(data, [to]), NOBODY, OURS) == data


@given(st.integers(0, 3 * CHUNK + 100), st.integers(0, CHUNK + 5))
def test_any_place_is_read_as_it_was_written(start: int, length: int) -> None:
    with open_age(io.BytesIO(FILE), [THEIRS], location="x") as stream:
        stream.seek(start)
        assert stream.read(length) == DATA[start : start + length]


DATA = bytes(range(256)) * (3 * CHUNK // 256) + b"end"
FILE = sealed(DATA, OURS, THEIRS)


def test_the_writer_can_read_back_what_it_wrote_and_nobody_else_can() -> None:
    file = io.BytesIO()
    writer = AgeWriter(file, [OURS.recipient])
    writer.write(b"case")
    writer.finish()
    assert unsealed(file.getvalue(), writer.witness) == b"case"
    with pytest.raises(DiagError, match="AGE_NOT_FOR_US"):
        unsealed(file.getvalue(), NOBODY, THEIRS)


def test_no_flipped_bit_and_no_missing_end_is_read() -> None:
    whole = sealed(b"case " * 30, OURS)
    spoilt = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(len(whole))]
    for data in (*spoilt, *(whole[:end] for end in range(len(whole)))):
        with pytest.raises(DiagError, match=r"AGE_DAMAGED|AGE_NOT_FOR_US"):
            unsealed(data, OURS)
    chunk = CHUNK + TAG
    payload = FILE.index(b"\n--- ") + 49 + 16
    first, second = FILE[payload : payload + chunk], FILE[payload + chunk : payload + 2 * chunk]
    for data in (
        FILE[:payload] + second + first + FILE[payload + 2 * chunk :],
        FILE[: payload + 2 * chunk],
        FILE + FILE[-20:],
    ):
        with pytest.raises(DiagError, match="AGE_DAMAGED"):
            unsealed(data, OURS)


def test_keys_read_back_from_the_text_that_age_keygen_writes() -> None:
    made = pyrage.x25519.Identity.generate()
    text = f"# created: 2026\n# public key: {made.to_public()}\n{made}\n"
    [identity] = identities_in(text, location="key")
    assert identity.recipient.text == str(made.to_public())
    assert recipients_in(f"# 市平台\n\n{identity.recipient.text}\n") == (Recipient(text=str(made.to_public())),)
    assert repr(identity) == "Identity(…)"


@pytest.mark.parametrize("text", ["", "age1", "age1qqqq", str(OURS.recipient.text)[:-1] + "q", "ssh-ed25519 AAAA"])
def test_what_is_no_public_key_is_named(text: str) -> None:
    with pytest.raises(DiagError, match="RECIPIENT_INVALID"):
        recipient_from_text(text)


@pytest.mark.parametrize("text", ["", "# nothing", "AGE-SECRET-KEY-1QQQ", OURS.recipient.text])
def test_what_is_no_secret_key_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(DiagError) as caught:
        identities_in(text, location="key.txt")
    assert (caught.value.code, caught.value.location) == ("IDENTITY_INVALID", "key.txt")


def test_a_signing_key_has_one_identity_of_its_own() -> None:
    signer = create_signer()
    assert identity_of(signer).recipient == identity_of(signer).recipient
    assert identity_of(signer).recipient != identity_of(create_signer()).recipient
