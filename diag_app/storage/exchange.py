"""What sync carries: ops read out by chain, and ops of other machines taken in. Merge is set union."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from diag_app.errors import DiagError, Problem, Severity
from diag_app.model.op_json import shape_fault
from diag_app.model.op_text import digest_value
from diag_app.model.ops import OP_SCHEMA, Op, OpKind, ValueState
from diag_app.model.view import LIFECYCLE, is_misshapen
from diag_app.storage.below import line_of
from diag_app.storage.contested import contested_deletions, contested_values
from diag_app.storage.database import Database, decoded
from diag_app.storage.projections import rebuild_case, refresh_same
from diag_app.storage.redaction import erase, erased_ops, redactions, set_pending
from diag_app.storage.rows import INSERT_OP, op_row, ops_by_id, ops_where
from diag_app.storage.writer import Writer

DAY_MS = 24 * 60 * 60 * 1000
_KINDS = frozenset(OpKind)


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One register with several different values, as an import left it; or an entity deleted here and edited there.

    The latter has the register `entity` and no values.
    """

    case: str
    entity: str
    register: str
    values: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import did: ops that were new, ops already here, conflicts left in what it touched, and problems."""

    applied: int
    already_here: int
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    erased: int = 0  # values that were here and that the import erased

    @property
    def counts(self) -> dict[str, int]:
        """What the audit trail tells of it."""
        return {
            "applied": self.applied,
            "already_here": self.already_here,
            "conflicts": len(self.conflicts),
            "erased": self.erased,
        }

    @property
    def forked(self) -> frozenset[str]:
        """The replica ids under which two have written."""
        return frozenset(item.location.split(" ")[0] for item in self.problems if item.code == "OP_FORK")


@dataclass(kw_only=True)
class _Import:
    database: Database
    now: int
    applied: int = 0
    already_here: int = 0
    stamp: tuple[int, int] = (0, 0)
    touched: set[tuple[str, str, str]] = field(default_factory=set)
    chains: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    redactions: list[str] = field(default_factory=list)
    gone: dict[str, tuple[str, str, str]] = field(default_factory=dict)


def read_ops(database: Database, cases: Iterable[str] | None, after: Mapping[tuple[str, str], int]) -> Iterator[Op]:
    """Yield the ops of these cases (null: all) above `after`, by (replica, case, seq), a chain at a time."""
    chains = database.all("SELECT DISTINCT replica, case_id FROM op ORDER BY replica, case_id")
    wanted = None if cases is None else frozenset(cases)
    for replica, case in chains:
        if wanted is None or case in wanted:
            floor = after.get((replica, case), 0)
            yield from ops_where(
                database, "case_id = ? AND replica = ? AND seq > ? ORDER BY seq, op_id", (case, replica, floor)
            )


def version_vector(database: Database) -> dict[tuple[str, str], int]:
    """Return for each (replica, case) the highest seq up to which no op is missing."""
    rows = database.all(
        "SELECT replica, case_id, coalesce(max(seq) FILTER (WHERE seq = place), 0) FROM ("
        "SELECT replica, case_id, seq, dense_rank() OVER (PARTITION BY case_id, replica ORDER BY seq) AS place FROM op"
        ") GROUP BY case_id, replica"
    )
    return {(replica, case): highest for replica, case, highest in rows}


def import_ops(database: Database, writer: Writer, ops: Iterable[Op]) -> ImportResult:
    """Add ops inside the caller's transaction, then compute what they touched anew from the log.

    Ids are hashes of what is stored, so a changed op is another op. Problems: `OP_INVALID` (refused),
    `OP_VALUE_ALTERED` (kept without its value), `OP_FORK`, `OP_GAP`, `OP_CHAIN_BROKEN`, `OP_NEWER`, `OP_MISSHAPEN`,
    `OP_CLOCK` (kept as they are).
    """
    state = _Import(database=database, now=writer.now(), gone=erased_ops(redactions(database)))
    for op in ops:
        _take(state, op)
    erased = _erase(state)
    for case in sorted({case for case, _, _ in state.touched}):
        rebuild_case(database, case)
    refresh_same(database)
    if state.applied:
        writer.adopt(state.stamp)
    for replica, case in sorted(state.chains):
        state.problems += chain_problems(database, replica, case)
    return ImportResult(
        applied=state.applied,
        already_here=state.already_here,
        conflicts=tuple(_conflicts(database, state.touched)),
        problems=tuple(state.problems),
        erased=erased,
    )


def chain_problems(database: Database, replica: str, case: str) -> Iterator[Problem]:
    """Yield what is wrong with one chain: forks, gaps, and ops that do not follow the one before."""
    rows = database.all(
        "SELECT seq, op_id, header ->> 'prev' FROM op WHERE case_id = ? AND replica = ? ORDER BY seq, op_id",
        (case, replica),
    )
    location = f"{replica} {case}"
    known: dict[int, set[str | None]] = {0: {None}}
    for seq, op_id, prev in rows:
        if seq in known:
            yield _warning("OP_FORK", location, seq=str(seq), op_id=op_id)
        if seq - 1 not in known:
            yield _warning("OP_GAP", location, seq=str(seq), last=str(max(known)))
        elif prev not in known[seq - 1]:
            yield _warning("OP_CHAIN_BROKEN", location, seq=str(seq), op_id=op_id)
        known.setdefault(seq, set()).add(op_id)


def value_is_genuine(op: Op) -> bool:
    """Return whether a present value is the one that the op's id covers."""
    if op.value_state is not ValueState.PRESENT:
        return True
    if op.value_digest is None:
        return op.value is None
    try:
        return op.salt is not None and digest_value(op.value, op.salt) == op.value_digest
    except (TypeError, DiagError):
        return False


def _take(state: _Import, op: Op) -> None:
    fault = shape_fault(op)
    if fault:
        state.problems.append(
            Problem(code="OP_INVALID", location=f"{op.replica} {op.case}", parameters={"detail": fault})
        )
        return
    if not value_is_genuine(op):
        state.problems.append(Problem(code="OP_VALUE_ALTERED", location=op.op_id))
        op = op.without_value()
    if state.gone.get(op.op_id) == (op.case, op.entity, op.register):
        op = replace(op, value=None, salt=None, value_state=ValueState.REDACTED)
    row = op_row(op)
    if state.database.run(f"{INSERT_OP} ON CONFLICT DO NOTHING", row) == 1:
        state.applied += 1
        _note_new(state, op)
    elif op.value_state is ValueState.PRESENT and _fill(state.database, row):
        state.applied += 1
        state.touched.add((op.case, op.entity, op.register))
        _note_erasing(state, op)
        _note_misshapen(state, op)
    else:
        state.already_here += 1


def _note_erasing(state: _Import, op: Op) -> None:
    if op.kind == OpKind.REDACT:  # one that came without its value says only later what it erases
        state.redactions.append(op.op_id)


def _note_misshapen(state: _Import, op: Op) -> None:
    if is_misshapen(op):
        state.problems.append(
            _warning("OP_MISSHAPEN", op.op_id, case=op.case, entity=op.entity, register=op.register, actor=op.actor)
        )


def _note_new(state: _Import, op: Op) -> None:
    state.touched.add((op.case, op.entity, op.register))
    state.chains.add((op.replica, op.case))
    _note_erasing(state, op)
    if op.v > OP_SCHEMA or op.kind not in _KINDS:
        state.problems.append(_warning("OP_NEWER", op.op_id, kind=op.kind, version=str(op.v)))
    _note_misshapen(state, op)
    if op.hlc[0] > state.now + DAY_MS:
        state.problems.append(_warning("OP_CLOCK", op.op_id, actor=op.actor))
    else:
        state.stamp = max(state.stamp, op.hlc)


def _erase(state: _Import) -> int:
    """Honour the erasures that came in: what they name is gone from this copy too."""
    found = ops_by_id(state.database, state.redactions)
    erased = erase(state.database, found)
    if found:
        set_pending(state.database, with_copies=False)
    for op in found:
        state.problems.append(_warning("ERASED_BY_IMPORT", f"{op.entity} {op.register}", actor=op.actor))
    return erased


def _fill(database: Database, row: tuple[str, str, str | None, str | None, str]) -> bool:
    """Give a withheld value that has arrived; a redacted one never comes back."""
    op_id, _, value, salt, _ = row
    return (
        database.run(
            "UPDATE op SET value = ?, salt = ?, value_state = 'present' WHERE op_id = ? AND value_state = 'withheld'",
            (value, salt, op_id),
        )
        == 1
    )


def _conflicts(database: Database, touched: Collection[tuple[str, str, str]]) -> Iterator[Conflict]:
    if not touched:
        return
    values, deletions = contested_values(database), contested_deletions(database)
    for case, entity, register in sorted(touched):
        if (case, entity) not in values:
            continue
        row = database.one(
            "SELECT conflict FROM register WHERE case_id = ? AND entity = ? AND register = ? AND conflict IS NOT NULL",
            (case, entity, register),
        )
        if row is not None:
            yield Conflict(case=case, entity=entity, register=register, values=tuple(decoded(row[0])))
    if deletions:
        places = {(case, entity) for case, entity, _ in touched}
        lines = {(case, above) for case, entity in places for above, _ in line_of(database, case, entity)}
        for case, entity in sorted(lines.intersection(deletions)):
            yield Conflict(case=case, entity=entity, register=LIFECYCLE, values=())


def _warning(code: str, location: str, **parameters: str) -> Problem:
    return Problem(code=code, location=location, severity=Severity.WARNING, parameters=parameters)
