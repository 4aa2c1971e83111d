"""What two machines disagree about, found without reading every case."""

from __future__ import annotations

import json
from collections.abc import Iterable

from diag_app.model.conflict import SETTLED, Conflict, conflicts_of
from diag_app.model.ops import OpKind
from diag_app.model.view import LIFECYCLE, content_heads
from diag_app.storage.below import deleted_in_line, heads_below
from diag_app.storage.database import Database
from diag_app.storage.reading import read_entity
from diag_app.storage.rows import ops_about, ops_by_id
from diag_app.storage.store import Store

_VALUES = "SELECT case_id, entity, count(*) FROM register WHERE conflict IS NOT NULL GROUP BY 1, 2"
_DELETIONS = (
    "SELECT DISTINCT e.case_id, e.entity, 1 FROM op d "
    "JOIN entity e ON e.case_id = d.case_id AND e.entity = d.header ->> 'entity' "
    "WHERE d.kind = 'entity_del' AND NOT e.is_deleted "
    "AND EXISTS (SELECT 1 FROM json_each(e.lifecycle) h WHERE h.value = d.op_id)"
)
_MADE = "SELECT value FROM json_each(?) WHERE value IN (SELECT entity FROM entity WHERE kind <> '')"


def find_conflicts(store: Store, case: str | None = None) -> tuple[Conflict, ...]:
    """Return what is to decide, of one case or of all, in the order the entities were made.

    Deleted entities and what is below them are left out: that is decided when somebody brings them back.
    """
    database, _ = store.inside
    found: list[Conflict] = []
    for entity in sorted(entity for owner, entity in _contested(database) if case in (None, owner)):
        view = read_entity(database, entity)
        registers = [name for name, shown in view.registers.items() if shown.conflicting]
        ops = ops_about(database, view.case, [entity], [*registers, LIFECYCLE, SETTLED], None)
        is_deleted = any(op.kind == OpKind.ENTITY_DEL and op.op_id in view.lifecycle for op in ops)
        below = ops_by_id(database, heads_below(database, view.case, entity)) if is_deleted else ()
        found += conflicts_of(view, [*ops, *ops_by_id(database, content_heads(view))], below)
    return tuple(found)


def count_conflicts(store: Store) -> dict[str, int]:
    """Return how many decisions are open in each case that has any."""
    database, _ = store.inside
    counts: dict[str, int] = {}
    for (case, _entity), count in _contested(database).items():
        counts[case] = counts.get(case, 0) + count
    return counts


def _contested(database: Database) -> dict[tuple[str, str], int]:
    rows = [*database.all(_VALUES), *database.all(_DELETIONS)]
    made = _made(database, {entity for _, entity, _ in rows})
    found: dict[tuple[str, str], int] = {}
    for case, entity, count in rows:
        if entity in made:
            found[case, entity] = found.get((case, entity), 0) + count
    return {
        (case, entity): count for (case, entity), count in found.items() if not deleted_in_line(database, case, entity)
    }


def _made(database: Database, entities: Iterable[str]) -> frozenset[str]:
    wanted = json.dumps(sorted(entities))
    return frozenset(entity for (entity,) in database.all(_MADE, (wanted,)))
