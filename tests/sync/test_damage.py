"""Bits that flip, ends that are lost, sectors that read as zeroes: all refused, none crashes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from diag_app.sync.bundle_check import check_bundle
from diag_app.sync.bundle_read import verify_bundle
from diag_app.sync.limits import LIMITS
from tests.sync.samples import make_ops, seal

SEED = int(os.environ.get("QIZHEN_FAULT_SEED", "20241"))
MANY_FLIPS, MANY = 100_000, 6_000  # of the one kind, and of each other


class Dice:
    """Numbers that look thrown and are the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._seed, self._throws = seed, 0

    def below(self, limit: int) -> int:
        self._throws += 1
        return int.from_bytes(sha256(f"{self._seed}:{self._throws}".encode()).digest()[:8], "big") % limit


def flipped(data: bytes, chance: Dice) -> bytes:
    position = chance.below(len(data))
    return data[:position] + bytes([data[position] ^ 1 << chance.below(8)]) + data[position + 1 :]


def truncated(data: bytes, chance: Dice) -> bytes:
    return data[: chance.below(len(data))]


def zeroed(data: bytes, chance: Dice) -> bytes:
    """Return `data` with a sector of zeroes where it was not zero before."""
    while True:
        start = chance.below(len(data)) // 512 * 512
        found = data[:start] + bytes(len(data[start : start + 512])) + data[start + 512 :]
        if found != data:
            return found


def swapped(data: bytes, chance: Dice) -> bytes:
    """Return `data` with two different stretches exchanged."""
    while True:
        first, second = sorted(chance.below(len(data) - 64) for _ in range(2))
        a, b = data[first : first + 32], data[second : second + 32]
        found = data[:first] + b + data[first + 32 : second] + a + data[second + 32 :]
        if second - first > 32 and found != data:
            return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small bundle that has everything; most of the time goes into its ops."""
    return seal(tmp_path_factory.mktemp("whole") / "x.zip", ops=make_ops()[:4]).path.read_bytes()


def torn_in(data: bytes, chance: Dice) -> bytes:
    """Return `data` without a stretch in the middle, as a dropped block leaves it."""
    start = chance.below(len(data) - 64)
    return data[:start] + data[start + 1 + chance.below(63) :]


def doubled(data: bytes, chance: Dice) -> bytes:
    """Return `data` with a stretch in it twice."""
    start = chance.below(len(data) - 64)
    return data[: start + 1 + chance.below(63)] + data[start:]


def is_accepted(data: bytes) -> bool:
    found = check_bundle(io.BytesIO(data), trusted_keys=(), limits=LIMITS, count=lambda _: None)
    return found.verification.ok


def accepted(data: bytes, damage: Callable[[bytes, Dice], bytes], times: int) -> list[int]:
    chance = Dice(SEED)
    return [number for number in range(times) if is_accepted(damage(data, chance))]


DAMAGES: dict[Callable[[bytes, Dice], bytes], int] = {
    flipped: 1500,
    truncated: 300,
    zeroed: 300,
    swapped: 300,
    torn_in: 250,
    doubled: 250,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damage_is_accepted(whole: bytes, damage: Callable[[bytes, Dice], bytes]) -> None:
    assert is_accepted(whole)
    assert accepted(whole, damage, DAMAGES[damage]) == []


def test_the_gate_damages_more_than_two_thousand_bundles() -> None:
    assert sum(DAMAGES.values()) >= 2000


def test_no_damage_of_a_file_with_everything_is_accepted(tmp_path: Path) -> None:
    path = seal(tmp_path / "x.zip").path
    data, chance = path.read_bytes(), Dice(SEED)
    assert verify_bundle(path).ok
    for number in range(60):
        path.write_bytes(list(DAMAGES)[number % len(DAMAGES)](data, chance))
        assert not verify_bundle(path).ok, number


@pytest.mark.heavy
@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damage_of_many_is_accepted(whole: bytes, damage: Callable[[bytes, Dice], bytes]) -> None:
    assert accepted(whole, damage, MANY_FLIPS if damage is flipped else MANY) == []


def test_every_bit_of_every_header_counts(whole: bytes) -> None:
    """Go through all bits outside the payload's bytes: those that other ZIP readers ignore are among them."""
    end = whole.index(b"PK\x01\x02")
    spans = [*range(30), *range(end, end + 46), *range(len(whole) - 22, len(whole))]
    for position in spans:
        for bit in range(8):
            spoilt = whole[:position] + bytes([whole[position] ^ 1 << bit]) + whole[position + 1 :]
            assert not is_accepted(spoilt), f"byte {position}, bit {bit}"
