"""Bits that flip, ends that are lost, sectors that read as zeroes: all refused, none crashes."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from diag_app.sync.bundle_read import verify_bundle
from tests.sync.samples import seal

SEED = int(os.environ.get("QIZHEN_FAULT_SEED", "20241"))
FLIPS, TRUNCATIONS, ZEROED = 1500, 300, 300
HEAVY_FLIPS = 100_000


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
    return seal(tmp_path_factory.mktemp("whole") / "x.zip").path.read_bytes()


def count_accepted(data: bytes, damage: Callable[[bytes, Dice], bytes], path: Path, times: int) -> int:
    chance, accepted = Dice(SEED), 0
    for _ in range(times):
        path.write_bytes(damage(data, chance))
        accepted += verify_bundle(path).ok
    return accepted


@pytest.mark.parametrize(
    ("damage", "times"), [(flipped, FLIPS), (truncated, TRUNCATIONS), (zeroed, ZEROED), (swapped, ZEROED)]
)
def test_no_damage_is_accepted(
    whole: bytes, tmp_path: Path, damage: Callable[[bytes, Dice], bytes], times: int
) -> None:
    assert count_accepted(whole, damage, tmp_path / "x.zip", times) == 0


@pytest.mark.heavy
def test_no_flip_of_many_is_accepted(whole: bytes, tmp_path: Path) -> None:
    assert count_accepted(whole, flipped, tmp_path / "x.zip", HEAVY_FLIPS) == 0


def test_every_bit_of_every_header_counts(whole: bytes, tmp_path: Path) -> None:
    """Go through all bits outside the payload's bytes: those that other ZIP readers ignore are among them."""
    path = tmp_path / "x.zip"
    end = whole.index(b"PK\x01\x02")
    spans = [*range(30), *range(end, end + 46), *range(len(whole) - 22, len(whole))]
    for position in spans:
        for bit in range(8):
            path.write_bytes(whole[:position] + bytes([whole[position] ^ 1 << bit]) + whole[position + 1 :])
            assert not verify_bundle(path).ok, f"byte {position}, bit {bit}"
