"""The tables people read, kept equal to `model.view` at every commit: step by step on a save, whole on an import."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from diag_app.model.deletion import LEVELS, asks_to_go, unseen
from diag_app.model.op_text import canonical_value
from diag_app.model.ops import EntityView, Op, OpKind, RegisterView
from diag_app.model.same import SAME, roots
from diag_app.model.view import in_display_order, view_case, view_register
from diag_app.storage.below import heads_below, line_of
from diag_app.storage.database import Database, decoded
from diag_app.storage.rows import ops_by_id, ops_of_case
from diag_app.storage.search import index_enterprise

PUT_REGISTER = (
    "INSERT INTO register (case_id, entity, register, value, heads, conflict) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET value = excluded.value, heads = excluded.heads, conflict = excluded.conflict"
)
_PUT_ENTITY = (
    "INSERT INTO entity (case_id, entity, kind, parent, is_deleted, lifecycle) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET kind = excluded.kind, parent = excluded.parent, "
    "is_deleted = excluded.is_deleted, lifecycle = excluded.lifecycle"
)
_PUT_LINK = "INSERT INTO link (case_id, entity, register, op_id, value) VALUES (?, ?, ?, ?, ?)"
_DELETE_CASE = "DELETE FROM {} WHERE case_id = ?"
_DELETE_ALL = "DELETE FROM {}"
SEARCHED = frozenset({"name", "uscc"})


def project(database: Database, op: Op, op_id: str, value: str | None, old_heads: tuple[str, ...]) -> None:
    """Bring the tables up to date with one op written here; `old_heads` are its register's heads before it."""
    if op.kind == OpKind.LINK_ADD:
        database.run(_PUT_LINK, (op.case, op.entity, op.register, op_id, value))
    elif op.kind == OpKind.LINK_DEL:
        for pred in op.preds:
            database.run(
                "DELETE FROM link WHERE case_id = ? AND entity = ? AND register = ? AND op_id = ?",
                (op.case, op.entity, op.register, pred),
            )
        _refresh_deletions(database, op.case, op.entity)
    elif op.kind in (OpKind.ENTITY_NEW, OpKind.ENTITY_DEL, OpKind.ENTITY_UNDEL):
        _project_lifecycle(database, op, op_id)
    elif op.kind != OpKind.NOTE:
        _project_register(database, op, op_id, None if op.kind == OpKind.REDACT else value, old_heads)
        if op.kind == OpKind.REDACT:  # the one write that goes into what is deleted, or below it
            _refresh_deletions(database, op.case, op.entity)


def rebuild_case(database: Database, case: str) -> None:
    """Compute a case's tables anew from its ops alone; `refresh_same` after the last case makes them whole."""
    for table in ("link", "register", "entity"):
        database.run(_DELETE_CASE.format(table), (case,))
    views = view_case(ops_of_case(database, case)).values()
    database.run_many(_PUT_ENTITY, [_entity_row(view) for view in views])
    database.run_many(PUT_REGISTER, [row for view in views for row in _register_rows(view)])
    database.run_many(_PUT_LINK, [row for view in views for row in _link_rows(view)])
    index_enterprise(database, case)


def rebuild_all(database: Database) -> None:
    """Compute all tables anew from the op log alone."""
    for table in ("link", "register", "entity", "enterprise"):
        database.run(_DELETE_ALL.format(table))
    database.run("INSERT INTO enterprise_search (enterprise_search) VALUES ('delete-all')")
    for (case,) in database.all("SELECT DISTINCT case_id FROM op ORDER BY case_id"):
        rebuild_case(database, case)
    refresh_same(database)


def refresh_same(database: Database) -> None:
    """Work out anew which enterprises are agreed to be one, and which of them is shown for all."""
    database.run("DELETE FROM shown_by")
    database.run_many("INSERT INTO shown_by VALUES (?, ?)", same_rows(database))


def same_rows(database: Database) -> list[tuple[str, str]]:
    """Return the rows that the table shown_by must hold, sorted."""
    rows = database.all("SELECT entity, register, value FROM register WHERE substr(register, 1, 5) = 'same:'")
    agreed = [
        (entity, register.removeprefix(SAME))
        for entity, register, value in rows
        if value is not None and decoded(value) == {"same": True}
    ]
    here = {entity for (entity,) in database.all("SELECT entity FROM enterprise")} if agreed else set()
    found = roots(pair for pair in agreed if here.issuperset(pair))
    return sorted(pair for pair in found.items() if pair[0] != pair[1])


def case_rows(views: Iterable[EntityView]) -> tuple[frozenset[tuple[Any, ...]], ...]:
    """Return the rows that the tables entity, register and link must hold for these entities."""
    known = tuple(views)
    return (
        frozenset(_entity_row(view) for view in known),
        frozenset(row for view in known for row in _register_rows(view)),
        frozenset(row for view in known for row in _link_rows(view)),
    )


def _project_register(database: Database, op: Op, op_id: str, value: str | None, old_heads: tuple[str, ...]) -> None:
    key = (op.case, op.entity, op.register)
    left = [head for head in old_heads if head not in op.preds]
    if left:
        database.run(PUT_REGISTER, (*key, *_shown(view_register(ops_by_id(database, [*left, op_id])))))
    else:
        database.run(PUT_REGISTER, (*key, value, f'["{op_id}"]', None))
    if op.register in SEARCHED and op.entity == op.case:
        index_enterprise(database, op.case)
    if op.register.startswith(SAME):
        refresh_same(database)


def _project_lifecycle(database: Database, op: Op, op_id: str) -> None:
    row = database.one(
        "SELECT kind, parent, is_deleted, lifecycle FROM entity WHERE case_id = ? AND entity = ?", (op.case, op.entity)
    )
    kind, parent, was_gone, lifecycle = row or (op.value["kind"], op.value["parent"], 0, "[]")
    left = [head for head in decoded(lifecycle) if head not in op.preds]
    heads = in_display_order(ops_by_id(database, [*left, op_id]))
    database.run(_PUT_ENTITY, (op.case, op.entity, kind, parent, was_gone, _ids(head.op_id for head in heads)))
    if op.entity == op.case:
        index_enterprise(database, op.case)
    if op.kind == OpKind.ENTITY_NEW:  # nothing that it is in is deleted
        _refresh_deletion(database, op.case, op.entity)
    else:
        _refresh_deletions(database, op.case, op.entity)


def _refresh_deletions(database: Database, case: str, entity: str) -> None:
    """Work out anew whether an entity is gone, and then each that it is in: what was written there counts for them."""
    line = [place for place, _ in line_of(database, case, entity)]
    if len(set(line)) < len(line) or len(line) > LEVELS:  # a circle: each hangs on all the others at once
        rebuild_case(database, case)
        refresh_same(database)
        return
    for place in line:
        _refresh_deletion(database, case, place)


def _refresh_deletion(database: Database, case: str, entity: str) -> None:
    key = (case, entity)
    row = database.one("SELECT lifecycle, is_deleted FROM entity WHERE case_id = ? AND entity = ?", key)
    if row is None:
        return
    gone = _is_gone(database, case, entity, ops_by_id(database, decoded(row[0])))
    if gone != bool(row[1]):
        database.run("UPDATE entity SET is_deleted = ? WHERE case_id = ? AND entity = ?", (int(gone), *key))
        if case == entity:
            index_enterprise(database, case)
            refresh_same(database)


def _is_gone(database: Database, case: str, entity: str, lifecycle: tuple[Op, ...]) -> bool:
    if not asks_to_go(lifecycle):
        return False
    content = ops_by_id(database, content_heads(database, case, entity))
    return not unseen(lifecycle, content, ops_by_id(database, heads_below(database, case, entity)))


def content_heads(database: Database, case: str, entity: str) -> list[str]:
    """Return the ids of the heads of an entity's registers and links, sorted."""
    rows = database.all(
        "SELECT h.value FROM register r, json_each(r.heads) h WHERE r.case_id = ?1 AND r.entity = ?2 "
        "UNION SELECT op_id FROM link WHERE case_id = ?1 AND entity = ?2 ORDER BY 1",
        (case, entity),
    )
    return [head for (head,) in rows]


def _entity_row(view: EntityView) -> tuple[Any, ...]:
    return view.case, view.entity_id, view.kind, view.parent, int(view.is_deleted), _ids(view.lifecycle)


def _register_rows(view: EntityView) -> list[tuple[Any, ...]]:
    return [(view.case, view.entity_id, name, *_shown(register)) for name, register in view.registers.items()]


def _link_rows(view: EntityView) -> list[tuple[Any, ...]]:
    return [
        (view.case, view.entity_id, name, op_id, canonical_value(value))
        for name, links in view.links.items()
        for op_id, value in links.items()
    ]


def _shown(view: RegisterView) -> tuple[str | None, str, str | None]:
    value = None if view.value is None else canonical_value(view.value)
    conflict = canonical_value(list(view.conflicting)) if view.conflicting else None
    return value, _ids(view.head_ids), conflict


def _ids(op_ids: Iterable[str]) -> str:
    return json.dumps(list(op_ids), separators=(",", ":"))
