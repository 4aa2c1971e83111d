"""The op: its id is the SHA-256 of its canonical header, its value is hashed apart, its journey changes no byte."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.model.op_json import op_from_header, op_from_json, op_to_json, shape_fault
from diag_app.model.op_text import canonical_header, canonical_value, digest_value
from diag_app.model.ops import Op, OpKind, ValueState, heads
from tests.model.op_sets import SALT, Replica

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)


@given(values)
def test_a_value_is_written_as_rfc_8785_says(value: Any) -> None:
    assert canonical_value(value).encode() == rfc8785.dumps(value)


@given(texts, texts, st.lists(texts.map(lambda text: hashlib.sha256(text.encode()).hexdigest()), unique=True))
def test_a_header_is_written_as_rfc_8785_says(actor: str, register: str, preds: list[str]) -> None:
    header = replace(Replica().set("x"), actor=actor, register=register, preds=tuple(sorted(preds))).header()
    assert canonical_header(header) == rfc8785.dumps(header)


def test_the_id_is_the_digest_of_the_fields_of_the_contract() -> None:
    op = Replica().set({"options": ["B"]})
    assert set(op.header()) == {
        "v", "kind", "case", "entity", "register", "value_digest", "preds", "replica", "seq", "prev", "hlc", "actor",
        "operation_id", "operation", "pack",
    }  # fmt: skip
    assert op.op_id == hashlib.sha256(rfc8785.dumps(op.header())).hexdigest()


def test_the_id_does_not_depend_on_whether_the_value_is_here() -> None:
    op = Replica().set("秘密")
    withheld = op.without_value()
    assert (withheld.op_id, withheld.value, withheld.salt) == (op.op_id, None, None)
    assert withheld.value_state is ValueState.WITHHELD


def test_a_value_is_hashed_with_its_salt() -> None:
    assert digest_value("B", SALT) == hashlib.sha256(bytes.fromhex(SALT) + b'"B"').hexdigest()


@pytest.mark.parametrize("value", [1.5, Decimal("1.5"), 2**53, {1: "x"}, {"x"}, b"x", {"deep": [float("nan")]}])
def test_what_is_no_exact_json_is_refused_as_a_mistake_in_the_program(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_value(value)


@pytest.mark.parametrize("value", ["\ud842", {"text": "half \udfb7"}, {"\ud842": 1}])
def test_half_a_character_is_refused_with_its_place(value: Any) -> None:
    with pytest.raises(DiagError) as refused:
        canonical_value(value, location="note:B1")
    assert (refused.value.code, refused.value.location) == ("TEXT_INVALID", "note:B1")


@given(values)
def test_an_op_travels_as_json_and_comes_back_the_same(value: Any) -> None:
    op = Replica().set(value)
    back = op_from_json(json.loads(json.dumps(op_to_json(op))), location="bundle")
    assert (back, back.op_id) == (op, op.op_id)


@pytest.mark.parametrize("state", [ValueState.WITHHELD, ValueState.REDACTED])
def test_a_value_that_is_not_here_does_not_travel(state: ValueState) -> None:
    op = replace(Replica().set("秘密"), value_state=state)
    record = op_to_json(op)
    assert set(record) == {"op", "value_state"}
    assert op_from_json(record, location="bundle").value_state is state


def test_kinds_and_fields_of_a_newer_app_keep_their_bytes() -> None:
    op = Replica().set("x")
    header = {**op.header(), "v": 7, "kind": "translate", "weight": 1.5, "语": {"zh": ["x"]}}
    back = op_from_header(json.loads(json.dumps(header)), value_state=ValueState.WITHHELD)
    assert (back.kind, back.extra) == ("translate", {"weight": 1.5, "语": {"zh": ["x"]}})
    assert back.op_id == hashlib.sha256(rfc8785.dumps(header)).hexdigest()


WRONG_HEADERS: list[tuple[str, Any]] = [
    ("seq", 0), ("seq", -1), ("seq", "1"), ("seq", True), ("seq", 2**53), ("hlc", [1]), ("hlc", [1, 2, 3]),
    ("hlc", 5), ("hlc", [1, -1]), ("preds", ["x"]), ("preds", ["b" * 64, "a" * 64]), ("preds", ["a" * 64] * 2),
    ("preds", None), ("prev", "A" * 64), ("value_digest", 1), ("actor", None), ("actor", "\ud842"), ("pack", 7),
    ("case", 1), ("register", ["x"]), ("kind", 3), ("kind", ["set"]), ("extra field", "\ud842"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG_HEADERS)
def test_an_op_of_a_wrong_shape_is_refused_with_its_place(name: str, value: Any) -> None:
    record = op_to_json(Replica().set("x"))
    record["op"][name] = value
    with pytest.raises(DiagError) as refused:
        op_from_json(record, location="ops.jsonl:3")
    assert (refused.value.code, refused.value.location) == ("OP_INVALID", "ops.jsonl:3")


@pytest.mark.parametrize(
    "record", [None, [], {}, {"op": {}}, {"op": {}, "value_state": "present"}, {"op": 1, "value_state": "present"}]
)
def test_what_is_no_record_is_refused(record: Any) -> None:
    with pytest.raises(DiagError, match="OP_INVALID"):
        op_from_json(record, location="x")


@pytest.mark.parametrize(("field", "value"), [("value_state", "lost"), ("salt", "xyz"), ("salt", 5)])
def test_a_wrong_state_or_salt_is_refused(field: str, value: Any) -> None:
    with pytest.raises(DiagError, match="OP_INVALID"):
        op_from_json({**op_to_json(Replica().set("x")), field: value}, location="x")


def test_an_op_of_the_right_shape_has_no_fault() -> None:
    op = replace(Replica().set("x"), preds=("a" * 64, "b" * 64), prev="c" * 64, pack="miit-sme-2024@1.0.0")
    assert shape_fault(op) == ""


def test_heads_are_the_ops_that_no_other_names() -> None:
    replica, other = Replica("a"), Replica("b", wall=5_000)
    first = replica.set("one")
    second = replica.set("two", replaces=[first])
    rival = other.set("drei", replaces=[first])
    assert heads([rival, second, first]) == {("entity-1", "note"): (second, rival)}


def test_known_kinds_come_back_as_such() -> None:
    assert isinstance(op_from_json(op_to_json(Replica().set("x")), location="x").kind, OpKind)


def test_ops_are_values() -> None:
    assert isinstance(Replica().set("x"), Op)
    assert Replica().set("x") == Replica().set("x")
