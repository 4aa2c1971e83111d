"""Ops as lines of canonical JSON, and the totals a statement gives of them.

A line is `{"id":…,"op":{the hashed header},"salt":…,"state":…,"value":…}`; the id is the SHA-256 of the bytes of `op`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from diag_app.codec import canonical_json, digest, load_json
from diag_app.errors import DiagError
from diag_app.model.ops import OP_SCHEMA, Op, OpKind, ValueState, digest_value
from diag_app.sync.json_depth import is_deeper
from diag_app.sync.limits import SEGMENT_BYTES, SEGMENT_OPS, Limits
from diag_app.sync.names import segment_name

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SALT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LINE_KEYS = {"id", "op", "salt", "state", "value"}
_TEXTS = ("case", "entity", "register", "replica", "actor", "operation_id", "operation")
_HEADER_KEYS = {"v", "kind", "value_digest", "preds", "seq", "prev", "hlc", "pack", *_TEXTS}


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One file of ops: lines of one replica and case, numbers without a gap."""

    name: str
    data: bytes


class Tally:
    """Totals over ops in bundle order: ascending by replica, case, seq, id."""

    def __init__(self, base_vv: Mapping[tuple[str, str], int]) -> None:
        self.count = 0
        self.vv = dict(base_vv)
        self.packs: set[str] = set()
        self.created_hlc = (0, 0)
        self._last: tuple[str, str, int, str] | None = None
        self._root = hashlib.sha256(b"[")

    def add(self, op: Op, op_id: str) -> None:
        """Count `op`; one out of order raises `ValueError`."""
        place = (op.replica, op.case, op.seq, op_id)
        if self._last is not None and place <= self._last:
            raise ValueError(f"op {op_id} is out of order")
        self._root.update(b'%s"%s"' % (b"," if self.count else b"", op_id.encode("ascii")))
        self._last, self.count = place, self.count + 1
        key = (op.replica, op.case)
        if op.seq == self.vv.get(key, 0) + 1:
            self.vv[key] = op.seq
        if op.pack is not None:
            self.packs.add(op.pack)
        self.created_hlc = max(self.created_hlc, op.hlc)

    @property
    def root(self) -> str:
        """Return the SHA-256 of the canonical JSON array of all op ids in bundle order."""
        whole = self._root.copy()
        whole.update(b"]")
        return whole.hexdigest()


def encode_op(op: Op) -> tuple[str, bytes]:
    """Return the op's id and its line, newline included."""
    header = canonical_json(op.header())
    op_id = digest(header)
    return op_id, _line(op_id, header, op.salt, op.value_state, op.value)


def segments(ops: Iterable[Op], tally: Tally) -> Iterator[Segment]:
    """Return the files of `ops` (in bundle order), each small enough to hold in memory; count them in `tally`."""
    lines: list[bytes] = []
    size, first, last = 0, None, None
    for op in ops:
        op_id, line = encode_op(op)
        tally.add(op, op_id)
        if first and last and not _joins(op, last, len(lines), size + len(line)):
            yield _segment(first, last, lines)
            lines, size, first = [], 0, None
        first, last = first or op, op
        lines.append(line)
        size += len(line)
    if first and last:
        yield _segment(first, last, lines)


def decode_op(line: bytes, *, location: str, limits: Limits) -> tuple[str, Op]:
    """Return the id and the op in `line`.

    Raises:
        DiagError: `OPS_LINE_TOO_LONG`, `OPS_TOO_DEEP`, `OP_NEWER`, `OP_INVALID` (not as documented), `OP_ALTERED`
            (the id is not that of the header), `OP_VALUE_ALTERED` (nor the digest that of the value).
    """
    if len(line) > limits.op_line:
        raise DiagError("OPS_LINE_TOO_LONG", location=location)
    if is_deeper(line, limits.json_depth):
        raise DiagError("OPS_TOO_DEEP", location=location)
    value = load_json(line, location=location)
    if not isinstance(value, dict) or not isinstance(value.get("op"), dict):
        raise DiagError("OP_INVALID", location=location)
    _refuse_newer(value, location)
    try:
        op = _op_from(value["op"], value["salt"], value["state"], value["value"])
        header = canonical_json(value["op"])
        spelt = _line(value["id"], header, op.salt, op.value_state, op.value)
    except (KeyError, TypeError, ValueError):
        raise DiagError("OP_INVALID", location=location) from None
    if value["id"] != digest(header):
        raise DiagError("OP_ALTERED", location=location)
    if spelt != line:
        raise DiagError("OP_INVALID", location=location)
    if op.salt is not None and digest_value(op.value, op.salt) != op.value_digest:
        raise DiagError("OP_VALUE_ALTERED", location=location)
    return value["id"], op


def _refuse_newer(value: dict[str, Any], location: str) -> None:
    header = value["op"]
    is_newer = (
        not value.keys() <= _LINE_KEYS
        or not header.keys() <= _HEADER_KEYS
        or (isinstance(header.get("v"), int) and header["v"] > OP_SCHEMA)
        or (isinstance(header.get("kind"), str) and header["kind"] not in set(OpKind))
    )
    if is_newer:
        raise DiagError("OP_NEWER", location=location)


def _op_from(header: dict[str, Any], salt: Any, state: Any, value: Any) -> Op:
    """Return the op, or raise `KeyError`, `TypeError` or `ValueError` where it is not as documented."""
    wall, counter = header["hlc"]
    numbers = (header["v"], header["seq"], wall, counter)
    ids = (*header["preds"], *(one for one in (header["value_digest"], header["prev"]) if one is not None))
    is_right = (
        all(type(number) is int and number >= 0 for number in numbers)
        and all(isinstance(header[name], str) for name in _TEXTS)
        and all(isinstance(one, str) and _SHA256.fullmatch(one) for one in ids)
        and isinstance(header["preds"], list)
        and header["preds"] == sorted(set(header["preds"]))
        and (header["pack"] is None or isinstance(header["pack"], str))
        and header["v"] == OP_SCHEMA
        and header["seq"] >= 1
    )
    if not is_right or not _value_fits(header["value_digest"], salt, ValueState(state), value):
        raise ValueError
    texts = {name: header[name] for name in (*_TEXTS, "value_digest", "seq", "prev", "pack", "v")}
    return Op(
        kind=OpKind(header["kind"]),
        preds=tuple(header["preds"]),
        hlc=(wall, counter),
        value=value,
        salt=salt,
        value_state=ValueState(state),
        **texts,
    )


def _value_fits(value_digest: str | None, salt: Any, state: ValueState, value: Any) -> bool:
    """Return whether salt and value are there exactly when the op has a value and it is present."""
    if value_digest is not None and state is ValueState.PRESENT:
        return isinstance(salt, str) and _SALT.fullmatch(salt) is not None
    return salt is None and value is None and (value_digest is not None or state is ValueState.PRESENT)


def _line(op_id: str, header: bytes, salt: str | None, state: ValueState, value: Any) -> bytes:
    parts = (canonical_json(op_id), header, canonical_json(salt), canonical_json(state.value), canonical_json(value))
    return b'{"id":%s,"op":%s,"salt":%s,"state":%s,"value":%s}\n' % parts


def _joins(op: Op, last: Op, count: int, size: int) -> bool:
    if (op.replica, op.case) != (last.replica, last.case) or op.seq > last.seq + 1:
        return False
    return op.seq == last.seq or (count < SEGMENT_OPS and size <= SEGMENT_BYTES)  # a fork stays in one file


def _segment(first: Op, last: Op, lines: list[bytes]) -> Segment:
    name = segment_name(replica=first.replica, case=first.case, first=first.seq, last=last.seq)
    return Segment(name=name, data=b"".join(lines))
