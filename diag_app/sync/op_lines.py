"""Ops as lines of canonical JSON, and the totals a statement gives of them.

A line is `{"id":…,"op":{the hashed header},"salt":…,"value":…,"value_state":…}`; the id is the SHA-256 of the bytes of
`op`. Salt and value are absent where the value was withheld or redacted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from diag_app.codec import canonical_json, load_json
from diag_app.errors import DiagError
from diag_app.model.op_json import op_from_header
from diag_app.model.op_text import canonical_header, canonical_value, digest_value
from diag_app.model.ops import Op, ValueState
from diag_app.sync.json_depth import is_deeper
from diag_app.sync.limits import SEGMENT_BYTES, SEGMENT_OPS, Limits
from diag_app.sync.names import segment_name

_LINE_KEYS = {"id", "op", "salt", "value", "value_state"}


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

    def add(self, op: Op) -> None:
        """Count `op`; one out of order raises `ValueError`."""
        place = (op.replica, op.case, op.seq, op.op_id)
        if self._last is not None and place <= self._last:
            raise ValueError(f"op {op.op_id} is out of order")
        self._root.update(b'%s"%s"' % (b"," if self.count else b"", op.op_id.encode("ascii")))
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


def encode_op(op: Op) -> bytes:
    """Return the op's line, newline included."""
    if op.value_state is not ValueState.PRESENT:
        return _line(op, b"")
    return _line(op, b'"salt":%s,"value":%s,' % (canonical_json(op.salt), canonical_value(op.value).encode()))


def segments(ops: Iterable[Op], tally: Tally) -> Iterator[Segment]:
    """Return the files of `ops` (in bundle order), each small enough to hold in memory; count them in `tally`."""
    lines: list[bytes] = []
    size, first, last = 0, None, None
    for op in ops:
        line = encode_op(op)
        tally.add(op)
        if first and last and not _joins(op, last, len(lines), size + len(line)):
            yield _segment(first, last, lines)
            lines, size, first = [], 0, None
        first, last = first or op, op
        lines.append(line)
        size += len(line)
    if first and last:
        yield _segment(first, last, lines)


def decode_op(line: bytes, *, location: str, limits: Limits) -> Op:
    """Return the op in `line`; fields, kinds and schema numbers of later editions are kept in it.

    Raises:
        DiagError: `OPS_LINE_TOO_LONG`, `OPS_TOO_DEEP`, `OPS_NEWER`, `OPS_INVALID` (not as documented), `OPS_ALTERED`
            (the id is not that of the header), `OPS_VALUE_ALTERED` (nor the digest that of the value).
    """
    if len(line) > limits.op_line:
        raise DiagError("OPS_LINE_TOO_LONG", location=location)
    if is_deeper(line, limits.json_depth):
        raise DiagError("OPS_TOO_DEEP", location=location)
    record = load_json(line, location=location)
    if not isinstance(record, dict) or not isinstance(record.get("op"), dict):
        raise DiagError("OPS_INVALID", location=location)
    if not record.keys() <= _LINE_KEYS:
        raise DiagError("OPS_NEWER", location=location)
    try:
        op = _op_from(record)
        spelt = encode_op(op)
    except (KeyError, TypeError, ValueError, DiagError):
        raise DiagError("OPS_INVALID", location=location) from None
    if record.get("id") != op.op_id:
        raise DiagError("OPS_ALTERED", location=location)
    if spelt != line:
        raise DiagError("OPS_INVALID", location=location)
    if op.salt is not None and digest_value(op.value, op.salt) != op.value_digest:
        raise DiagError("OPS_VALUE_ALTERED", location=location)
    return op


def _op_from(record: dict[str, Any]) -> Op:
    state = ValueState(record["value_state"])
    op = op_from_header(record["op"], value=record.get("value"), salt=record.get("salt"), value_state=state)
    has_value = op.value_digest is not None and state is ValueState.PRESENT
    is_empty = op.salt is None and op.value is None
    if has_value != (op.salt is not None) or not (has_value or is_empty):
        raise ValueError
    return op


def _line(op: Op, value: bytes) -> bytes:
    header = canonical_json(op.header()) if op.extra else canonical_header(op.header())
    parts = (op.op_id.encode("ascii"), header, value, op.value_state.value.encode("ascii"))
    return b'{"id":"%s","op":%s,%s"value_state":"%s"}\n' % parts


def _joins(op: Op, last: Op, count: int, size: int) -> bool:
    if (op.replica, op.case) != (last.replica, last.case) or op.seq > last.seq + 1:
        return False
    return op.seq == last.seq or (count < SEGMENT_OPS and size <= SEGMENT_BYTES)  # a fork stays in one file


def _segment(first: Op, last: Op, lines: list[bytes]) -> Segment:
    name = segment_name(replica=first.replica, case=first.case, first=first.seq, last=last.seq)
    return Segment(name=name, data=b"".join(lines))
