"""Undo and redo: stacks derived from the op log, and new operations that put the old values back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from diag_app.errors import DiagError
from diag_app.model.conflict import TURNED, origin
from diag_app.model.deletion import seen_heads
from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.model.view import LIFECYCLE_KINDS, VALUE_KINDS, in_display_order, sameness, shown_value
from diag_app.storage.below import heads_below
from diag_app.storage.database import Database, decoded
from diag_app.storage.operation import Operation
from diag_app.storage.rows import ops_about, ops_by_id, ops_where

UNDO_REGISTER = "undo"
_REACH = 20_000  # ops looked back over when the whole workspace is the scope
_OPERATIONS = (
    "SELECT operation_id, min(header ->> 'operation'), min(id), max(id), "
    "max(kind IN ('seal', 'redact') OR value_state = 'redacted'), "
    "max(CASE WHEN kind = 'note' AND header ->> 'register' = 'undo' THEN value END) "
    "FROM op WHERE replica = ? AND id > ? {} GROUP BY operation_id ORDER BY min(id)"
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One operation of this replica; its ops lie side by side in the log."""

    operation_id: str
    name: str
    first: int
    last: int


@dataclass(kw_only=True)
class Stacks:
    """What may be undone and redone in one scope, the next one last; `seen` is the last op looked at."""

    seen: int
    undo: list[Entry] = field(default_factory=list)
    redo: list[Entry] = field(default_factory=list)


class History:
    """The stacks of every scope, read from the log as far as they are needed."""

    def __init__(self, database: Database, replica: str) -> None:
        self._database = database
        self._replica = replica
        self._scopes: dict[str | None, Stacks] = {}

    def stacks(self, scope: str | None) -> Stacks:
        """Return the stacks of a case, or of the whole workspace for null, as the log has them now."""
        if scope not in self._scopes:
            self._scopes[scope] = Stacks(seen=0 if scope else max(0, self._last() - _REACH))
        stacks = self._scopes[scope]
        condition, parameters = ("AND case_id = ?", (scope,)) if scope else ("", ())
        rows = self._database.all(_OPERATIONS.format(condition), (self._replica, stacks.seen, *parameters))
        for operation_id, name, first, last, is_final, mark in rows:
            entry = Entry(operation_id=operation_id, name=name, first=first, last=last)
            _advance(stacks, entry, is_final=bool(is_final), mark=decoded(mark) if mark else {})
        return stacks

    def forget(self) -> None:
        """Drop what was read; call it when a transaction was rolled back."""
        self._scopes.clear()

    def undo(self, operation: Operation, entry: Entry) -> None:
        """Write into `operation` what puts the state before `entry` back."""
        operation.note(UNDO_REGISTER, {"undoes": entry.operation_id})
        ops = self._ops(entry)
        for op in reversed(ops):
            if op.kind == OpKind.ENTITY_DEL:
                self._undelete(operation, op)
        for op in _content(ops, once=ops):
            self._restore(operation, op, in_display_order(ops_by_id(self._database, op.preds)), is_undo=True)
        for op in reversed(ops):
            self._restore_link(operation, op, is_undo=True)
        for op in reversed(ops):
            if op.kind in (OpKind.ENTITY_NEW, OpKind.ENTITY_UNDEL):
                self._delete(operation, op, ops_by_id(self._database, op.preds))

    def redo(self, operation: Operation, entry: Entry) -> None:
        """Write into `operation` what puts the state after `entry` back."""
        operation.note(UNDO_REGISTER, {"redoes": entry.operation_id})
        ops = self._ops(entry)
        for op in ops:
            if op.kind in (OpKind.ENTITY_NEW, OpKind.ENTITY_UNDEL):
                operation.undelete(op.entity)
        for op in _content(ops, once=tuple(reversed(ops))):
            self._restore(operation, op, (op,), is_undo=False)
        for op in ops:
            self._restore_link(operation, op, is_undo=False)
        for op in ops:
            if op.kind == OpKind.ENTITY_DEL:
                self._delete(operation, op, (op,))

    def _restore(self, operation: Operation, op: Op, targets: Sequence[Op], *, is_undo: bool) -> None:
        """Put `targets` back over this replica's own heads; what another machine wrote since is left alone.

        Several were a conflict that `op` settled, and are one again. A value that is not here cannot be put back.
        """
        if not operation.is_writable(op.entity):
            return
        heads = operation.heads(op.entity, op.register)
        own = tuple(head.op_id for head in self._own(heads) if not is_undo or self._is_mine(head))
        if not own or any(target.value_state is not ValueState.PRESENT for target in targets):
            return
        back = {sameness(target): (shown_value(target), target.pack) for target in targets} or {"": (None, None)}
        for value, pack in back.values():
            operation.put_back(op.entity, op.register, value, replaces=own, pack=pack)

    def _undelete(self, operation: Operation, op: Op) -> None:
        """Bring back what `op` deleted; where it decided about an edit after a deletion, that is open again."""
        earlier = [before for before in ops_by_id(self._database, op.preds) if before.kind == OpKind.ENTITY_DEL]
        operation.undelete(op.entity)
        if earlier:
            operation.delete(op.entity, seen=self._seen(op, earlier))

    def _delete(self, operation: Operation, op: Op, deletions: Sequence[Op]) -> None:
        """Delete what these deletions had seen and what was written here after `op`; what others wrote stays."""
        heads = ops_by_id(self._database, operation.standing_heads(op.entity))
        later = {head.op_id for head in self._written_here(heads) if head.seq > op.seq}
        operation.delete(op.entity, seen=later | self._seen(op, deletions))

    def _seen(self, op: Op, deletions: Sequence[Op]) -> frozenset[str]:
        return seen_heads(deletions, ops_by_id(self._database, heads_below(self._database, op.case, op.entity)))

    def _restore_link(self, operation: Operation, op: Op, *, is_undo: bool) -> None:
        if op.kind not in (OpKind.LINK_ADD, OpKind.LINK_DEL) or not operation.is_writable(op.entity):
            return
        if (op.kind == OpKind.LINK_ADD) is not is_undo:
            links = (op,) if op.kind == OpKind.LINK_ADD else ops_by_id(self._database, op.preds)
            for link in links:
                operation.link(op.entity, op.register, link.value)
            return
        values = (op,) if op.kind == OpKind.LINK_ADD else ops_by_id(self._database, op.preds)
        for link in values:
            live = operation.links(op.entity, op.register, link.value)
            operation.remove_links(op.entity, op.register, tuple(own.op_id for own in self._own(live)))

    def _own(self, op_ids: Sequence[str]) -> tuple[Op, ...]:
        return self._written_here(ops_by_id(self._database, op_ids))

    def _written_here(self, ops: Iterable[Op]) -> tuple[Op, ...]:
        return tuple(op for op in ops if op.replica == self._replica)

    def _is_mine(self, head: Op) -> bool:
        """Return whether its value was first written here: undoing may have put another machine's value back."""
        if head.operation not in TURNED:
            return True
        about = ops_about(self._database, head.case, (head.entity,), (head.register,), None)
        return origin(head, {op.op_id: op for op in about}).replica == self._replica

    def _ops(self, entry: Entry) -> tuple[Op, ...]:
        found = ops_where(self._database, "id BETWEEN ? AND ? ORDER BY id", (entry.first, entry.last))
        return tuple(op for op in found if op.operation_id == entry.operation_id)

    def _last(self) -> int:
        row = self._database.one("SELECT max(id) FROM op")
        return (row and row[0]) or 0


def top(entries: Sequence[Entry], code: str, scope: str | None) -> Entry:
    """Return the entry that is next, or refuse with `code`."""
    if not entries:
        raise DiagError(code, location=scope or "")
    return entries[-1]


def last_name(entries: Sequence[Entry]) -> str | None:
    """Return the name of the entry that is next, or null."""
    return entries[-1].name if entries else None


def _advance(stacks: Stacks, entry: Entry, *, is_final: bool, mark: dict[str, str]) -> None:
    stacks.seen = entry.last
    if "undoes" in mark:
        _move(mark["undoes"], stacks.undo, stacks.redo)
    elif "redoes" in mark:
        _move(mark["redoes"], stacks.redo, stacks.undo)
    else:
        stacks.redo.clear()
        if not is_final:
            stacks.undo.append(entry)


def _move(operation_id: str, source: list[Entry], destination: list[Entry]) -> None:
    for entry in reversed(source):
        if entry.operation_id == operation_id:
            source.remove(entry)
            destination.append(entry)
            return


def _content(ops: Sequence[Op], *, once: Sequence[Op]) -> list[Op]:
    """Return the first op in `once` for every register, leaving out entities that `ops` made: they return whole."""
    made = {op.entity for op in ops if op.kind in LIFECYCLE_KINDS and op.kind == OpKind.ENTITY_NEW}
    chosen: dict[tuple[str, str], Op] = {}
    for op in once:
        if op.kind in VALUE_KINDS and op.entity not in made:
            chosen.setdefault((op.entity, op.register), op)
    return list(chosen.values())
