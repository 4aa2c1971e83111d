"""Text is one form only: canonical JSON out, strict JSON in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.codec import canonical_json, digest, load_json, plain_decimal, structure, unstructure
from diag_app.errors import DiagError


@dataclass(frozen=True, kw_only=True)
class Shape:
    name: str
    amount: Decimal


def test_an_escaped_pair_is_one_character() -> None:
    assert load_json(r'"\ud842\udd64"', location="") == "𠥤"


def test_canonical_json_sorts_keys_and_keeps_rare_characters() -> None:
    assert canonical_json({"b": 1, "a": "𠅤"}) == '{"a":"𠅤","b":1}'.encode()


def test_a_digest_is_sha256_in_hex() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        "{",
        "NaN",
        "[Infinity]",
        "[" * 100_000,
        r'"\ud800"',
        '"\ud800"'.encode("utf-8", "surrogatepass"),
    ],
)
def test_what_is_not_plain_json_is_refused_with_its_place(text: str | bytes) -> None:
    with pytest.raises(DiagError, match="JSON_INVALID") as refused:
        load_json(text, location="answers.json")
    assert refused.value.location == "answers.json"


@pytest.mark.parametrize(
    "value", [{"name": "a", "amount": "1", "more": 1}, {"name": "a"}, {"name": "a", "amount": "x"}, 3]
)
def test_a_wrong_shape_is_refused(value: object) -> None:
    with pytest.raises(DiagError, match="SHAPE_INVALID"):
        structure(value, Shape, location="need.json")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_a_plain_decimal_is_exact_and_short(value: Decimal) -> None:
    text = plain_decimal(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert "." not in text or text[-1] not in "0."


def test_a_shape_makes_the_round_trip() -> None:
    shape = Shape(name="轴", amount=Decimal("1.50"))
    assert unstructure(shape) == {"name": "轴", "amount": "1.5"}
    assert structure(unstructure(shape), Shape, location="") == Shape(name="轴", amount=Decimal("1.5"))
