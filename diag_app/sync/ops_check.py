"""Checks files of ops against their names, their ids and each other, and adds them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diag_app.errors import DiagError, Problem
from diag_app.model.ops import Op
from diag_app.sync.limits import Limits
from diag_app.sync.names import segment_name
from diag_app.sync.op_lines import Tally, decode_op


class OpsCheck:
    """Goes through the files of ops in the container's order."""

    def __init__(self, base_vv: Mapping[tuple[str, str], int], limits: Limits) -> None:
        self.tally = Tally(base_vv)
        self._limits = limits

    def problems_in(self, name: str, data: bytes) -> Iterator[Problem]:
        """Return the first fault of the file `name`, located by its line; the ops before it are counted."""
        first: Op | None = None
        last: Op | None = None
        try:
            for number, op in enumerate(decode_segment(data, name=name, limits=self._limits), start=1):
                self._count(op, last, location=f"{name}:{number}")
                first, last = first or op, op
        except DiagError as error:
            yield Problem(code=error.code, location=error.location, parameters=error.parameters)
            return
        if first is None or last is None or _name_of(first, last) != name:
            yield Problem(code="OPS_MISPLACED", location=name)

    def _count(self, op: Op, last: Op | None, *, location: str) -> None:
        if self.tally.count >= self._limits.ops:
            raise DiagError("OPS_TOO_MANY", location=location, limit=str(self._limits.ops))
        if last is not None and not _follows(op, last):
            raise DiagError("OPS_MISPLACED", location=location)
        try:
            self.tally.add(op)
        except ValueError:
            raise DiagError("OPS_MISPLACED", location=location) from None


def decode_segment(data: bytes, *, name: str, limits: Limits) -> Iterator[Op]:
    """Return the op of every line; a fault is refused with its code, located `name:line`."""
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        yield decode_op(line, location=f"{name}:{number}", limits=limits)


def _follows(op: Op, last: Op) -> bool:
    return (op.replica, op.case) == (last.replica, last.case) and last.seq <= op.seq <= last.seq + 1


def _name_of(first: Op, last: Op) -> str:
    return segment_name(replica=first.replica, case=first.case, first=first.seq, last=last.seq)
