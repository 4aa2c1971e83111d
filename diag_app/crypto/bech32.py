"""Bech32 (BIP 173): how age writes its keys as text."""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECKSUM = 6


def encode(prefix: str, data: bytes) -> str:
    """Return `data` under the lower-case `prefix`."""
    groups = _regrouped(data, 8, 5)
    rest = _polymod([*_expanded(prefix), *groups, *[0] * _CHECKSUM]) ^ 1
    checksum = [(rest >> 5 * (5 - place)) & 31 for place in range(_CHECKSUM)]
    return f"{prefix}1{''.join(_LETTERS[group] for group in [*groups, *checksum])}"


def decode(prefix: str, text: str) -> bytes:
    """Return what `encode` wrote; anything else, even by one letter, raises `ValueError`."""
    head, body = f"{prefix}1", text.lower()
    if text not in (body, text.upper()) or not body.startswith(head):
        raise ValueError("not Bech32 of this kind")
    groups = [_LETTERS.index(letter) for letter in body[len(head) :]]
    if _polymod([*_expanded(prefix), *groups]) != 1:
        raise ValueError("a letter is wrong")
    data = bytes(_regrouped(groups[:-_CHECKSUM], 5, 8))[: (len(groups) - _CHECKSUM) * 5 // 8]
    if encode(prefix, data) != body:
        raise ValueError("bits to spare")
    return data


def _regrouped(values: Iterable[int], width: int, into: int) -> list[int]:
    """Return the bits of `values` in groups of another width, the last one filled with zeroes."""
    bits = "".join(f"{value:0{width}b}" for value in values)
    return [int(bits[start : start + into].ljust(into, "0"), 2) for start in range(0, len(bits), into)]


def _expanded(prefix: str) -> list[int]:
    letters = [ord(letter) for letter in prefix]
    return [letter >> 5 for letter in letters] + [0] + [letter & 31 for letter in letters]


def _polymod(values: list[int]) -> int:
    rest = 1
    for value in values:
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> place & 1:
                rest ^= generator
    return rest
