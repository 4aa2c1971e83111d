"""What lies below an entity and above it, by the tables: a deletion counts for both."""

from __future__ import annotations

from diag_app.model.deletion import LEVELS
from diag_app.storage.database import Database

_HEADS = (
    "WITH RECURSIVE below (entity, level) AS ("
    "SELECT entity, 1 FROM entity WHERE case_id = ?1 AND parent = ?2 AND NOT is_deleted "
    "UNION SELECT e.entity, b.level + 1 FROM below b JOIN entity e ON e.case_id = ?1 AND e.parent = b.entity "
    "WHERE NOT e.is_deleted AND b.level < ?3) "
    "SELECT h.value FROM below b JOIN register r ON r.case_id = ?1 AND r.entity = b.entity, json_each(r.heads) h "
    "UNION SELECT l.op_id FROM below b JOIN link l ON l.case_id = ?1 AND l.entity = b.entity "
    "UNION SELECT h.value FROM below b JOIN entity e ON e.case_id = ?1 AND e.entity = b.entity, "
    "json_each(e.lifecycle) h ORDER BY 1"
)
_PLACE = "SELECT parent, is_deleted FROM entity WHERE case_id = ? AND entity = ?"


def heads_below(database: Database, case: str, entity: str) -> list[str]:
    """Return the ids of all heads of what is visible below an entity, sorted."""
    return [head for (head,) in database.all(_HEADS, (case, entity, LEVELS))]


def line_of(database: Database, case: str, entity: str | None) -> list[tuple[str, bool]]:
    """Return an entity and what it is in, nearest first, each with whether it is deleted; a circle is gone round.

    Of null, which is no entity, nothing.
    """
    line: list[tuple[str, bool]] = []
    place = entity
    while place is not None and len(line) < LEVELS + 2:  # one by one: for the two or three there are, the quickest
        row = database.one(_PLACE, (case, place))
        if row is None:
            break
        line.append((place, bool(row[1])))
        place = row[0]
    return line


def deleted_in_line(database: Database, case: str, entity: str | None) -> list[str]:
    """Return which of an entity and what it is in are deleted, nearest first, each once."""
    return list(dict.fromkeys(found for found, is_deleted in line_of(database, case, entity) if is_deleted))
