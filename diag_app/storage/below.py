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
_LINE = (
    "WITH RECURSIVE line (entity, parent, is_deleted, level) AS ("
    "SELECT entity, parent, is_deleted, 0 FROM entity WHERE case_id = ?1 AND entity = ?2 "
    "UNION ALL SELECT e.entity, e.parent, e.is_deleted, l.level + 1 "
    "FROM line l JOIN entity e ON e.case_id = ?1 AND e.entity = l.parent WHERE l.level < ?3) "
    "SELECT entity, is_deleted FROM line ORDER BY level"
)


def heads_below(database: Database, case: str, entity: str) -> list[str]:
    """Return the ids of all heads of what is visible below an entity, sorted."""
    return [head for (head,) in database.all(_HEADS, (case, entity, LEVELS))]


def line_of(database: Database, case: str, entity: str) -> list[tuple[str, bool]]:
    """Return an entity and what it is in, nearest first, each with whether it is deleted; a circle is gone round."""
    return [(found, bool(is_deleted)) for found, is_deleted in database.all(_LINE, (case, entity, LEVELS + 1))]


def deleted_in_line(database: Database, case: str, entity: str) -> list[str]:
    """Return which of an entity and what it is in are deleted, nearest first, each once."""
    return list(dict.fromkeys(found for found, is_deleted in line_of(database, case, entity) if is_deleted))
