"""The enterprise list and its search index."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.storage.database import Database, decoded
from diag_app.storage.names import characters, initials, phrases

_LIST = (  # another line stands for those that are `shown_by` it
    "SELECT entity, name, uscc FROM enterprise WHERE {} AND entity NOT IN (SELECT entity FROM shown_by) "
    "ORDER BY entity DESC LIMIT ? OFFSET ?"
)
_COUNT = "SELECT (SELECT count(*) FROM enterprise) - (SELECT count(*) FROM shown_by)"
_COUNT_MATCHING = (
    "SELECT count(*) FROM enterprise_search WHERE enterprise_search MATCH ?1 AND rowid NOT IN "
    "(SELECT e.id FROM shown_by s JOIN enterprise e ON e.entity = s.entity)"
)
_MATCHING = "id IN (SELECT rowid FROM enterprise_search WHERE enterprise_search MATCH ?)"
_AMONG_MANY = "+" + _MATCHING  # the list is walked in its order and tried, instead of all that match being sorted
_MANY = 500
_SOME_MATCHING = "SELECT count(*) FROM (SELECT 1 FROM enterprise_search WHERE enterprise_search MATCH ? LIMIT ?)"
_BREAK = " / alternative / "  # a word that nobody can type as characters: no phrase reaches across it


@dataclass(frozen=True, kw_only=True)
class EnterpriseRow:
    """One enterprise as the list finds it."""

    enterprise_id: str
    name: str
    uscc: str | None


def find_enterprises(database: Database, text: str, limit: int, offset: int) -> tuple[EnterpriseRow, ...]:
    """Return enterprises whose name, credit code or pinyin initials contain `text`, the newest first."""
    query = phrases(text)
    condition = "true" if not query else _AMONG_MANY if _finds_many(database, query) else _MATCHING
    rows = database.all(_LIST.format(condition), (*((query,) if query else ()), limit, offset))
    return tuple(EnterpriseRow(enterprise_id=entity, name=name, uscc=uscc) for entity, name, uscc in rows)


def count_enterprises(database: Database, text: str) -> int:
    """Return how many enterprises `find_enterprises` would find without a limit."""
    query = phrases(text)
    if query:
        return _count_matching(database, query)
    row = database.one(_COUNT)
    return int(row[0]) if row else 0


def _finds_many(database: Database, query: str) -> bool:
    """Tell whether very many match, without counting them all."""
    row = database.one(_SOME_MATCHING, (query, _MANY + 1))
    return row is not None and row[0] > _MANY


def _count_matching(database: Database, query: str) -> int:
    row = database.one(_COUNT_MATCHING, (query,))
    return int(row[0]) if row else 0


def index_enterprise(database: Database, case: str) -> None:
    """Make the enterprise's line and search entry what its registers say now; a deleted one has neither."""
    old = database.one("SELECT id FROM enterprise WHERE entity = ?", (case,))
    if old is not None:
        database.run("DELETE FROM enterprise_search WHERE rowid = ?", old)
        database.run("DELETE FROM enterprise WHERE id = ?", old)
    row = database.one(
        "SELECT (SELECT value FROM register WHERE case_id = ?1 AND entity = ?1 AND register = 'name'), "
        "(SELECT value FROM register WHERE case_id = ?1 AND entity = ?1 AND register = 'uscc') "
        "FROM entity WHERE case_id = ?1 AND entity = ?1 AND kind = 'enterprise' AND NOT is_deleted",
        (case,),
    )
    if row is None:
        return
    name, uscc = (_text(value) for value in row)
    letters = initials(name) if name else ()
    database.run(
        "INSERT INTO enterprise (id, entity, name, uscc, initials) VALUES (?, ?, ?, ?, ?)",
        (old and old[0], case, name, uscc or None, " ".join(letters)),
    )
    spaced = _BREAK.join(characters(reading) for reading in letters)
    database.run(
        "INSERT INTO enterprise_search (rowid, name, uscc, initials) "
        "VALUES ((SELECT id FROM enterprise WHERE entity = ?), ?, ?, ?)",
        (case, characters(name), characters(uscc), spaced),
    )


def rebuild_index(database: Database) -> None:
    """Write the search index anew: deleting a line from it only marks its words, and they would stay on the disk."""
    database.run("INSERT INTO enterprise_search (enterprise_search) VALUES ('delete-all')")
    for (case,) in database.all("SELECT entity FROM enterprise ORDER BY id"):
        index_enterprise(database, case)


def _text(value: str | None) -> str:
    found = None if value is None else decoded(value)
    return found if isinstance(found, str) else ""
