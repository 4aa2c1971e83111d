"""One named, all-or-nothing change while it is being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.deletion import deletion_value
from diag_app.model.op_text import canonical_value
from diag_app.model.ops import Changes, OpKind
from diag_app.model.view import LIFECYCLE
from diag_app.storage import audit
from diag_app.storage.below import deleted_in_line, heads_below
from diag_app.storage.blobs import BLOB_REGISTERS, Blobs, blobs_named
from diag_app.storage.database import decoded
from diag_app.storage.projections import content_heads
from diag_app.storage.rows import ops_by_id
from diag_app.storage.writer import NO_VALUE, Writer

_READ_REGISTER = (
    "SELECT e.is_deleted, r.value, r.heads, e.parent FROM entity e "
    "LEFT JOIN register r ON r.case_id = e.case_id AND r.entity = e.entity AND r.register = ? "
    "WHERE e.case_id = ? AND e.entity = ? AND e.kind <> ''"
)


class Operation:
    """Writes to one case. Every write reads the heads it replaces in the same transaction.

    Values are JSON types; decimals are text. Writing to an entity that is not there is refused with
    `ENTITY_UNKNOWN`, to a deleted one, or below one, with `ENTITY_DELETED`.
    """

    def __init__(self, writer: Writer, blobs: Blobs, *, name: str, case: str) -> None:
        self.name = name
        self.case = case
        self.operation_id = new_id()
        self._writer = writer
        self._blobs = blobs
        self._touched: set[tuple[str, str]] = set()

    @property
    def changes(self) -> Changes:
        """What was touched; final when the operation has ended."""
        return Changes(
            operation=self.name, operation_id=self.operation_id, case=self.case, touched=frozenset(self._touched)
        )

    def create(self, kind: str, *, entity: str | None = None, parent: str | None = None) -> str:
        """Make an entity and return its id, `entity` where given."""
        entity = entity or new_id()
        if self._read(entity, LIFECYCLE) is not None:
            raise ValueError(f"{entity} exists")
        self._require_open(parent)
        self._append(OpKind.ENTITY_NEW, entity, LIFECYCLE, value={"kind": kind, "parent": parent})
        return entity

    def set(self, entity: str, register: str, value: Any, *, pack: str | None = None) -> None:
        """Record a value, settling a conflict; null clears. Nothing is written where it stands of this pack."""
        if value is None:
            self.clear(entity, register)
            return
        text = canonical_value(value, location=register)
        shown, heads = self._register(entity, register)
        if len(heads) == 1 and shown == text and self._is_under(heads, pack):
            return
        self._check_blobs(register, value)
        self._append(OpKind.SET, entity, register, value=value, text=text, preds=heads, old_heads=heads, pack=pack)

    def clear(self, entity: str, register: str) -> None:
        """Empty a register; nothing is written where it is empty already."""
        shown, heads = self._register(entity, register)
        if not heads or (len(heads) == 1 and shown is None and self._is_cleared(heads)):
            return
        self._append(OpKind.CLEAR, entity, register, preds=heads, old_heads=heads)

    def agree(self, entity: str, register: str, value: Any, *, kind: OpKind) -> None:
        """Record what somebody agreed to, settling a conflict: that two entities are the same, or another pack."""
        _, heads = self._register(entity, register)
        self._append(kind, entity, register, value=value, preds=heads, old_heads=heads)

    def put_back(self, entity: str, register: str, value: Any, *, replaces: tuple[str, ...], pack: str | None) -> None:
        """Write an earlier value over some heads only; null clears. What others wrote beside them stays."""
        _, heads = self._register(entity, register)
        kind, given = (OpKind.CLEAR, NO_VALUE) if value is None else (OpKind.SET, value)
        self._append(kind, entity, register, value=given, preds=replaces, old_heads=heads, pack=pack)

    def link(self, entity: str, register: str, value: Any) -> str:
        """Add a value to a set of links and return the op that holds it; one already there is not added twice."""
        self._register(entity, register)
        live = self.links(entity, register, value)
        if live:
            return live[0]
        return self._append(OpKind.LINK_ADD, entity, register, value=value)

    def unlink(self, entity: str, register: str, value: Any) -> None:
        """Remove a value from a set of links; nothing is written where it is not there."""
        self._register(entity, register)
        self.remove_links(entity, register, self.links(entity, register, value))

    def links(self, entity: str, register: str, value: Any) -> tuple[str, ...]:
        """Return the ops by which a value stands in a set of links."""
        rows = self._writer.database.all(
            "SELECT op_id FROM link WHERE case_id = ? AND entity = ? AND register = ? AND value = ? ORDER BY op_id",
            (self.case, entity, register, canonical_value(value, location=register)),
        )
        return tuple(op_id for (op_id,) in rows)

    def remove_links(self, entity: str, register: str, op_ids: tuple[str, ...]) -> None:
        """Remove the links that these ops added."""
        if op_ids:
            self._append(OpKind.LINK_DEL, entity, register, preds=op_ids)

    def delete(self, entity: str, *, seen: Iterable[str] | None = None) -> None:
        """Delete an entity with all below it as it is seen now; an edit elsewhere that was not seen keeps it visible.

        Where given, `seen` are the heads that the deletion is to have seen, and no others.
        """
        if self._is_deleted(entity):
            return
        heads = self.standing_heads(entity) if seen is None else seen
        self._append(OpKind.ENTITY_DEL, entity, LIFECYCLE, value=deletion_value(heads), preds=self._lifecycle(entity))

    def undelete(self, entity: str) -> None:
        """Bring a deleted entity back with all it held, or decide that one stays which an edit kept visible."""
        is_deleted, lifecycle = self._is_deleted(entity), self._lifecycle(entity)
        if is_deleted or any(op.kind == OpKind.ENTITY_DEL for op in ops_by_id(self._writer.database, lifecycle)):
            self._append(OpKind.ENTITY_UNDEL, entity, LIFECYCLE, preds=lifecycle)

    def seal(self, entity: str, value: Mapping[str, Any], heads: tuple[str, ...]) -> None:
        """Record under `issued` what was issued and from which heads; never undone."""
        _, old = self._register(entity, "issued")
        self._check_blobs("issued", value)
        sealed = {**value, "heads": sorted(heads)}
        self._append(OpKind.SEAL, entity, "issued", value=sealed, preds=old, old_heads=old)

    def redact(self, entity: str, register: str, value: Mapping[str, Any]) -> str:
        """Record over all heads that a register's values were erased, and return the op; never undone.

        The entity may be deleted. Taking the values away is the caller's part, in the same transaction.
        """
        row = self._read(entity, register)
        if row is None:
            raise DiagError("ENTITY_UNKNOWN", location=entity)
        old = tuple(decoded(row[2])) if row[2] else ()
        links = self._writer.database.all(
            "SELECT op_id FROM link WHERE case_id = ? AND entity = ? AND register = ?", (self.case, entity, register)
        )
        preds = (*old, *(op_id for (op_id,) in links))
        return self._append(OpKind.REDACT, entity, register, value=dict(value), preds=preds, old_heads=old)

    def audit(self, event: str, details: Mapping[str, Any]) -> None:
        """Add a row to the audit trail, which is there when the operation is, and only then."""
        audit.append(
            self._writer.database, at=self._writer.now(), actor=self._writer.actor, event=event, details=details
        )

    def note(self, register: str, value: Any) -> None:
        """Remark something on the case; a note is part of the log and of no view."""
        self._append(OpKind.NOTE, self.case, register, value=value)
        self._touched.discard((self.case, register))

    def is_writable(self, entity: str) -> bool:
        """Return whether the entity is here and neither deleted nor below what is."""
        is_here = self._read(entity, LIFECYCLE) is not None
        return is_here and not deleted_in_line(self._writer.database, self.case, entity)

    def heads(self, entity: str, register: str) -> tuple[str, ...]:
        """Return the ids of a register's heads; the last is the one shown."""
        return self._register(entity, register)[1]

    def standing_heads(self, entity: str) -> list[str]:
        """Return the ids of the heads that stand in an entity and in what is visible below it."""
        database = self._writer.database
        return [*content_heads(database, self.case, entity), *heads_below(database, self.case, entity)]

    def _append(self, kind: OpKind, entity: str, register: str, **written: Any) -> str:
        op_id = self._writer.append(
            kind, self.case, entity, register, operation=(self.operation_id, self.name), **written
        )
        self._touched.add((entity, register))
        return op_id

    def _read(self, entity: str, register: str) -> tuple[Any, ...] | None:
        return self._writer.database.one(_READ_REGISTER, (register, self.case, entity))

    def _register(self, entity: str, register: str) -> tuple[str | None, tuple[str, ...]]:
        row = self._read(entity, register)
        if row is None:
            raise DiagError("ENTITY_UNKNOWN", location=entity)
        is_deleted, value, heads, parent = row
        self._require_open(entity if is_deleted else parent)
        return value, tuple(decoded(heads)) if heads else ()

    def _require_open(self, entity: str | None) -> None:
        """Refuse an entity that is deleted or below what is: nobody would see what is written there."""
        for place in deleted_in_line(self._writer.database, self.case, entity):
            raise DiagError("ENTITY_DELETED", location=place)

    def _is_deleted(self, entity: str) -> bool:
        row = self._read(entity, LIFECYCLE)
        if row is None:
            raise DiagError("ENTITY_UNKNOWN", location=entity)
        return bool(row[0])

    def _lifecycle(self, entity: str) -> tuple[str, ...]:
        row = self._writer.database.one(
            "SELECT lifecycle FROM entity WHERE case_id = ? AND entity = ?", (self.case, entity)
        )
        return tuple(decoded(row[0])) if row else ()

    def _is_under(self, heads: tuple[str, ...], pack: str | None) -> bool:
        """Return whether what stands was given under this pack: the same letter means another thing in another."""
        return all(op.pack == pack for op in ops_by_id(self._writer.database, heads))

    def _is_cleared(self, heads: tuple[str, ...]) -> bool:
        return all(op.kind == OpKind.CLEAR for op in ops_by_id(self._writer.database, heads))

    def _check_blobs(self, register: str, value: Any) -> None:
        if register in BLOB_REGISTERS:
            for sha256 in blobs_named(value):
                self._blobs.require(sha256)
