"""The envelope: its type and bytes are bound together, and it has one spelling."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.codec import canonical_json
from diag_app.crypto.dsse import open_envelope, pae, seal_envelope
from diag_app.crypto.signing import create_signer
from diag_app.errors import DiagError

KIND = "application/vnd.example.v1+json"
SIGNER = create_signer()


def test_the_signed_bytes_are_those_of_the_protocol_example() -> None:
    # protocol.md of secure-systems-lab/dsse, "Test vectors"
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_lengths_are_of_bytes_not_of_characters() -> None:
    assert pae("型", "包".encode()) == b"DSSEv1 3 \xe5\x9e\x8b 3 \xe5\x8c\x85"


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_again(payload: bytes) -> None:
    sealed = seal_envelope(payload_type=KIND, payload=payload, signer=SIGNER)
    envelope = open_envelope(sealed, payload_type=KIND, location="x")
    assert envelope.payload == payload
    assert envelope.is_signed_by(SIGNER.public_key)
    assert not envelope.is_signed_by(create_signer().public_key)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_changed_byte_passes(position: int, change: int) -> None:
    sealed = bytearray(seal_envelope(payload_type=KIND, payload=b'{"a":1}', signer=SIGNER))
    sealed[position % len(sealed)] ^= change
    try:
        envelope = open_envelope(bytes(sealed), payload_type=KIND, location="x")
    except DiagError:
        return
    assert not envelope.is_signed_by(SIGNER.public_key)


@given(st.recursive(st.none() | st.integers(-9, 9) | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)))
def test_no_envelope_of_another_shape_crashes(value: object) -> None:
    good = json.loads(seal_envelope(payload_type=KIND, payload=b"x", signer=SIGNER))
    signature = good["signatures"][0]
    shapes = [value, *({**good, key: value} for key in good), {**good, "signatures": [value]}]
    shapes += [{**good, "signatures": [{**signature, key: value}]} for key in signature]
    for shape in shapes:
        try:
            envelope = open_envelope(canonical_json(shape), payload_type=KIND, location="x")
        except DiagError:
            continue
        assert not envelope.is_signed_by(SIGNER.public_key)


def test_the_same_json_in_another_spelling_is_refused() -> None:
    sealed = seal_envelope(payload_type=KIND, payload=b"x", signer=SIGNER)
    with pytest.raises(DiagError, match="ENVELOPE_INVALID"):
        open_envelope(sealed + b"\n", payload_type=KIND, location="x")
