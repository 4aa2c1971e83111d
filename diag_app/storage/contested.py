"""Which entities hold something to decide, told by the tables without reading a case."""

from __future__ import annotations

import json
from collections.abc import Iterable

from diag_app.storage.below import deleted_in_line
from diag_app.storage.database import Database

Place = tuple[str, str]  # a case and an entity in it

_VALUES = "SELECT case_id, entity, count(*) FROM register WHERE conflict IS NOT NULL GROUP BY 1, 2"
_DELETIONS = (
    "SELECT DISTINCT e.case_id, e.entity, 1 FROM op d "
    "JOIN entity e ON e.case_id = d.case_id AND e.entity = d.header ->> 'entity' "
    "WHERE d.kind = 'entity_del' AND NOT e.is_deleted "
    "AND EXISTS (SELECT 1 FROM json_each(e.lifecycle) h WHERE h.value = d.op_id)"
)
_MADE = "SELECT value FROM json_each(?) WHERE value IN (SELECT entity FROM entity WHERE kind <> '')"


def contested_values(database: Database) -> dict[Place, int]:
    """Return how many registers of each entity hold values that stand against each other."""
    return _to_decide(database, _VALUES)


def contested_deletions(database: Database) -> dict[Place, int]:
    """Return the entities that one side deleted while another wrote in them or below them, each with 1."""
    return _to_decide(database, _DELETIONS)


def _to_decide(database: Database, query: str) -> dict[Place, int]:
    """Deleted entities and what is below them are left out: that is decided when somebody brings them back."""
    rows = database.all(query)
    made = _made(database, {entity for _, entity, _ in rows})
    return {
        (case, entity): count
        for case, entity, count in rows
        if entity in made and not deleted_in_line(database, case, entity)
    }


def _made(database: Database, entities: Iterable[str]) -> frozenset[str]:
    wanted = json.dumps(sorted(entities))
    return frozenset(entity for (entity,) in database.all(_MADE, (wanted,)))
