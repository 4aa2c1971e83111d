"""The key file: three ways in, each by itself; weaker, damaged or foreign wraps open nothing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pyrage
import pytest

from diag_app.codec import canonical_json
from diag_app.crypto.kdf import KdfCost
from diag_app.crypto.key_file import (
    KeyFile,
    key_file_bytes,
    key_file_from,
    rewrap_passphrase,
    unlock_with_identity,
    unlock_with_passphrase,
    unlock_with_sheet,
    with_wrap,
    without_escrow,
)
from diag_app.crypto.sealing import new_store_key
from diag_app.crypto.sheet import new_secret, words_of
from diag_app.crypto.wraps import EscrowWrap, PassphraseWrap, SheetWrap, wrap_by_escrow, wrap_by_sheet
from diag_app.errors import DiagError
from tests.crypto.keys import COST, OTHER, PHRASE, sample

WHERE = "keys.json"


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in key_file_bytes(sample().keys).split(b"\n") if line]


def file_of(*values: dict[str, Any]) -> KeyFile:
    """A key file as somebody may write it who knows the format: every line with a fitting digest."""
    return key_file_from(b"\n\n".join(line_of(value) for value in values), location=WHERE)


def line_of(value: dict[str, Any]) -> bytes:
    body = {name: item for name, item in value.items() if name != "check"}
    return canonical_json({**body, "check": hashlib.sha256(canonical_json(body)).hexdigest()})


def refusal_of_passphrase(keys: KeyFile, phrase: str = PHRASE) -> str:
    with pytest.raises(DiagError) as refused:
        unlock_with_passphrase(keys, phrase, location=WHERE)
    return refused.value.code


def test_each_way_in_gives_the_same_key() -> None:
    made = sample()
    keys = key_file_from(key_file_bytes(made.keys), location=WHERE)
    assert keys == made.keys
    assert unlock_with_passphrase(keys, PHRASE, location=WHERE) == made.key
    assert unlock_with_sheet(keys, made.words, location=WHERE) == made.key
    assert unlock_with_identity(keys, made.identity, location=WHERE) == made.key


def test_the_file_holds_neither_key_nor_words_nor_passphrase() -> None:
    made = sample()
    data = key_file_bytes(made.keys)
    for secret in (bytes(made.key), made.key.hex().encode(), PHRASE.encode(), made.words.encode()):
        assert secret not in data


def test_the_wrong_passphrase_sheet_or_identity_is_said_to_be_wrong() -> None:
    made = sample()
    assert refusal_of_passphrase(made.keys, OTHER) == "PASSPHRASE_WRONG"
    with pytest.raises(DiagError, match="SHEET_WRONG"):
        unlock_with_sheet(made.keys, " ".join(words_of(new_secret(), "en")), location=WHERE)
    with pytest.raises(DiagError, match="IDENTITY_WRONG"):
        unlock_with_identity(made.keys, str(pyrage.x25519.Identity.generate()), location=WHERE)
    with pytest.raises(DiagError, match="IDENTITY_INVALID"):
        unlock_with_identity(made.keys, "# no identity here\nAGE-SECRET-KEY-1QQQQ", location=WHERE)
    with pytest.raises(DiagError, match="NO_ESCROW"):
        unlock_with_identity(without_escrow(made.keys, made.recipient), made.identity, location=WHERE)


@pytest.mark.parametrize("cost", [{"memory_kib": 65535}, {"passes": 2}, {"lanes": 0}, {"memory_kib": 8, "passes": 1}])
def test_weakened_parameters_are_refused_before_anything_is_derived(cost: dict[str, int]) -> None:
    passphrase, *others = lines()
    weaker = file_of({**passphrase, "cost": {**passphrase["cost"], **cost}}, *others)
    assert refusal_of_passphrase(weaker) == "KEY_PARAMETERS_WEAK"
    assert unlock_with_sheet(weaker, sample().words, location=WHERE) == sample().key


def test_parameters_that_would_stall_the_machine_are_refused() -> None:
    passphrase, *others = lines()
    endless = file_of({**passphrase, "cost": {**passphrase["cost"], "passes": 1_000_000}}, *others)
    assert refusal_of_passphrase(endless) == "KEY_PARAMETERS_EXCESSIVE"


@pytest.mark.parametrize(
    "change", [{"cost": {"memory_kib": 65536, "passes": 4, "lanes": 1}}, {"key_id": "0" * 32}, {"nonce": "00" * 12}]
)
def test_a_changed_word_about_the_wrap_makes_it_useless(change: dict[str, Any]) -> None:
    passphrase, *others = lines()
    assert refusal_of_passphrase(file_of({**passphrase, **change}, *others)) == "PASSPHRASE_WRONG"


def test_a_sheet_cannot_be_marked_as_typed_back_from_outside() -> None:
    passphrase, sheet, escrow = lines()
    forged = file_of(passphrase, {**sheet, "is_confirmed": True}, escrow)
    with pytest.raises(DiagError, match="SHEET_WRONG"):
        unlock_with_sheet(forged, sample().words, location=WHERE)


def test_any_one_flipped_bit_costs_one_wrap_and_no_more() -> None:
    made = sample()
    data = key_file_bytes(made.keys)
    for place in range(0, len(data), 7):
        damaged = bytearray(data)
        damaged[place] ^= 1 << place % 8
        keys = key_file_from(bytes(damaged), location=WHERE)
        lost = set(made.keys.wraps) - set(keys.wraps)
        assert len(lost) <= 1
        assert set(keys.wraps) < set(made.keys.wraps) or data[place] == ord("\n")


def test_a_damaged_wrap_is_told_from_a_wrong_passphrase_and_another_opens() -> None:
    made = sample()
    data = key_file_bytes(made.keys).replace(b'"passes":3', b'"passes":2')
    keys = key_file_from(data, location=WHERE)
    assert keys.damaged == 1
    assert refusal_of_passphrase(keys) == "KEY_WRAP_DAMAGED"
    assert unlock_with_sheet(keys, made.words, location=WHERE) == made.key
    assert unlock_with_identity(keys, made.identity, location=WHERE) == made.key
    mended = rewrap_passphrase(keys, made.key, OTHER, COST)
    assert unlock_with_passphrase(mended, OTHER, location=WHERE) == made.key


@pytest.mark.parametrize("data", [b"", b"\n\n", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"check":1}'])
def test_a_file_without_one_whole_wrap_is_refused(data: bytes) -> None:
    with pytest.raises(DiagError, match="KEY_WRAP_DAMAGED"):
        key_file_from(data, location=WHERE)


@pytest.mark.parametrize(
    "change", [{"kind": "rot13"}, {"kind": []}, {"salt": "no hex"}, {"more": 1}, {"cost": 3}, {"salt": None}]
)
def test_a_line_of_another_shape_is_no_wrap(change: dict[str, Any]) -> None:
    passphrase, *others = lines()
    keys = file_of({**passphrase, **change}, *others)
    assert (len(keys.wraps), keys.damaged) == (2, 1)


def test_a_later_version_is_told_apart() -> None:
    with pytest.raises(DiagError, match="KEY_FILE_NEWER"):
        file_of({**lines()[0], "v": 2})


def test_a_new_passphrase_seals_nothing_else_anew() -> None:
    made = sample()
    changed = rewrap_passphrase(made.keys, made.key, OTHER, COST)
    assert changed.wraps[1:] == made.keys.wraps[1:]
    assert unlock_with_passphrase(changed, OTHER, location=WHERE) == made.key
    assert refusal_of_passphrase(changed) == "PASSPHRASE_WRONG"


def test_there_is_one_sheet_and_one_wrap_for_each_recipient() -> None:
    made = sample()
    second = wrap_by_escrow(made.key, str(pyrage.x25519.Identity.generate().to_public()))
    sheet = wrap_by_sheet(made.key, new_secret(), "en", is_confirmed=True)
    keys = with_wrap(with_wrap(with_wrap(made.keys, second), sheet), second)
    assert (len(keys.of(PassphraseWrap)), keys.of(SheetWrap), len(keys.of(EscrowWrap))) == (1, (sheet,), 2)
    assert keys.has_confirmed_sheet
    assert not made.keys.has_confirmed_sheet


@pytest.mark.parametrize("content", [b"[]", b'{"bound":"x"}', b"{}"])
def test_an_escrow_wrap_that_this_program_did_not_write_is_damage(content: bytes) -> None:
    made = sample()
    escrow = lines()[2]
    to = pyrage.x25519.Recipient.from_str(made.recipient)
    forged = file_of({**escrow, "sealed": pyrage.encrypt(content, [to]).hex()})
    with pytest.raises(DiagError, match="KEY_WRAP_DAMAGED"):
        unlock_with_identity(forged, made.identity, location=WHERE)


def test_a_recipient_must_be_one() -> None:
    with pytest.raises(DiagError, match="RECIPIENT_INVALID"):
        wrap_by_escrow(new_store_key(), "age1nobody")


def test_the_usual_cost_is_a_quarter_of_a_gibibyte() -> None:
    from_default = KdfCost(memory_kib=262144, passes=3, lanes=4)
    assert rewrap_passphrase(sample().keys, sample().key, OTHER).of(PassphraseWrap)[0].cost == from_default
