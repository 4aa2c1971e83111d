"""What lies sealed on the disk: opened by its key and purpose only, read by any age, told apart from damage."""

from __future__ import annotations

import hashlib
import io

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.crypto.age_file import HEAD_BYTES, plain_size
from diag_app.crypto.evidence_seal import EvidenceSeal
from diag_app.crypto.sealing import Purpose, StoreKey, key_id, new_store_key, open_bytes, seal_bytes, subkey
from diag_app.errors import DiagError

KEY = StoreKey(bytes(range(32)))
IDENTITY = "AGE-SECRET-KEY-1"
CHUNK = 65536


def test_a_key_does_not_show() -> None:
    key = new_store_key()
    assert (repr(key), str(key), f"{key}", repr(EvidenceSeal(key))) == (*["StoreKey(…)"] * 3, "EvidenceSeal(…)")


def test_no_two_purposes_share_a_key() -> None:
    keys = {subkey(KEY, purpose) for purpose in Purpose}
    assert len(keys) == len(Purpose)
    assert key_id(KEY) != key_id(new_store_key())


@given(st.binary(max_size=300))
def test_what_is_sealed_is_opened_by_its_key_and_purpose_only(data: bytes) -> None:
    sealed = seal_bytes(KEY, data, Purpose.SIGNING_KEY)
    assert open_bytes(KEY, sealed, Purpose.SIGNING_KEY, location="key") == data
    for key, purpose in ((new_store_key(), Purpose.SIGNING_KEY), (KEY, Purpose.AUDIT)):
        with pytest.raises(DiagError, match="SEALED_DAMAGED"):
            open_bytes(key, sealed, purpose, location="key")


def test_one_flipped_bit_or_a_missing_end_is_damage() -> None:
    sealed = seal_bytes(KEY, b"secret", Purpose.SIGNING_KEY)
    flipped = [sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :] for place in range(len(sealed))]
    for data in (*flipped, *(sealed[:end] for end in range(len(sealed)))):
        with pytest.raises(DiagError, match="SEALED_DAMAGED"):
            open_bytes(KEY, data, Purpose.SIGNING_KEY, location="key")


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 500_000])
def test_evidence_comes_back_whole_and_in_a_stream_and_its_size_is_known(size: int) -> None:
    seal = EvidenceSeal(KEY)
    data = (b"picture " * (size // 8 + 1))[:size]
    sealed = seal.seal(data)
    assert seal.open(sealed, location="x") == data
    with seal.open_stream(io.BytesIO(sealed), location="x") as stream:
        assert stream.read() == data
    assert plain_size(sealed[:HEAD_BYTES], len(sealed)) == size


@given(st.binary(min_size=32, max_size=32))
def test_every_store_key_gives_an_identity_that_age_takes(key: bytes) -> None:
    assert EvidenceSeal(key).open(EvidenceSeal(key).seal(b"x"), location="x") == b"x"


def test_the_names_tell_nothing_without_the_key() -> None:
    sha256 = hashlib.sha256(b"picture").hexdigest()
    name = EvidenceSeal(KEY).name(sha256)
    assert len(name) == 64
    assert name == EvidenceSeal(KEY).name(sha256)
    assert name not in (sha256, EvidenceSeal(new_store_key()).name(sha256))


def test_another_workspace_cannot_open_it() -> None:
    sealed = EvidenceSeal(new_store_key()).seal(b"picture")
    with pytest.raises(DiagError, match="BLOB_DAMAGED"):
        EvidenceSeal(KEY).open(sealed, location="x")


@pytest.mark.parametrize("place", [5, 100, -1, -70_000])
def test_damage_is_met_while_streaming_and_the_file_is_closed(place: int) -> None:
    sealed = bytearray(EvidenceSeal(KEY).seal(bytes(200_000)))
    sealed[place] ^= 1
    source = io.BytesIO(bytes(sealed))
    with (
        pytest.raises(DiagError, match="BLOB_DAMAGED"),
        EvidenceSeal(KEY).open_stream(source, location="x") as stream,
    ):
        stream.read()
    assert source.closed


def test_a_file_cut_off_between_two_chunks_is_damage() -> None:
    sealed = EvidenceSeal(KEY).seal(bytes(2 * CHUNK))
    with (
        pytest.raises(DiagError, match="BLOB_DAMAGED"),
        EvidenceSeal(KEY).open_stream(io.BytesIO(sealed[: -(CHUNK + 16)]), location="x") as stream,
    ):
        stream.read()


def test_a_stream_may_be_left_in_the_middle() -> None:
    source = io.BytesIO(EvidenceSeal(KEY).seal(bytes(5_000_000)))
    with EvidenceSeal(KEY).open_stream(source, location="x") as stream:
        assert stream.read(10) == bytes(10)
    assert source.closed


@pytest.mark.parametrize("head", [b"", b"age", b"x" * 9000, b"age-encryption.org/v1\n--- "])
def test_what_is_no_age_file_has_no_size(head: bytes) -> None:
    assert plain_size(head[:HEAD_BYTES], len(head)) is None


def test_pyrage_knows_the_kind_of_identity_we_write() -> None:
    assert str(pyrage.x25519.Identity.generate()).startswith(IDENTITY)
