"""Enterprises entered twice and agreed to be one: kept as a small table, so that lists and counts show one line."""

from __future__ import annotations

from diag_app.storage.store import Store

_SAME_CODE = (
    "SELECT one.entity, other.entity FROM enterprise one JOIN enterprise other "
    "ON other.uscc = one.uscc AND other.entity <> one.entity WHERE one.entity = ? ORDER BY other.entity"
)


def group_of(store: Store, enterprise_id: str) -> tuple[str, ...]:
    """Return all enterprises that are one with this one, itself included, the one shown first."""
    database, _ = store.inside
    row = database.one("SELECT root FROM shown_by WHERE entity = ?", (enterprise_id,))
    root = enterprise_id if row is None else str(row[0])
    rows = database.all("SELECT entity FROM shown_by WHERE root = ? ORDER BY entity", (root,))
    return (root, *(entity for (entity,) in rows))


def with_same_code(store: Store, enterprise_id: str) -> tuple[str, ...]:
    """Return the other enterprises with the same credit code, whoever entered them."""
    database, _ = store.inside
    return tuple(other for _, other in database.all(_SAME_CODE, (enterprise_id,)))
