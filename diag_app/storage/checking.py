"""Is everything as it was written: hashes, chains, projections against full recomputation, evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from diag_app import files
from diag_app.clock import no_step
from diag_app.errors import DiagError, Problem, Severity
from diag_app.model.op_text import canonical_value
from diag_app.model.ops import Op, ValueState
from diag_app.model.view import view_case
from diag_app.storage.audit import trail_problems
from diag_app.storage.blobs import Blobs, blobs_named
from diag_app.storage.database import Database, Row
from diag_app.storage.exchange import chain_problems, value_is_genuine
from diag_app.storage.identity import own_replicas
from diag_app.storage.projections import case_rows, same_rows
from diag_app.storage.redaction import erased_blobs, is_pending
from diag_app.storage.rows import op_of, ops_of_case

Step = Callable[[], None]
PARTS = 9  # steps of a check with `read_data`, besides one for each file
_BATCH = 5_000
_OP_BYTES = (
    "SELECT id, CAST(op_id AS BLOB), CAST(header AS BLOB), CAST(value AS BLOB), CAST(salt AS BLOB), "
    "CAST(value_state AS BLOB) FROM op WHERE id > ? ORDER BY id LIMIT ?"
)
_CASE_ROWS = "SELECT * FROM {} WHERE case_id = ?"


def check_store(
    database: Database, blobs: Blobs, replica: str, *, read_data: bool, step: Step = no_step
) -> tuple[Problem, ...]:
    """Return all problems found; damage in one part does not keep the others from being looked at.

    `step` is called for each of `PARTS` and each evidence file that is read.
    """
    steps: list[Callable[[], Iterator[Problem]]] = [
        lambda: _pages(database),
        lambda: damaged_ops(database),
        lambda: _chains(database),
        lambda: _projections(database),
        lambda: _enterprises(database),
        lambda: _blobs_here(database, blobs, own_replicas(database) | {replica}),
        lambda: trail_problems(database),
        lambda: _unfinished(database),
    ]
    if read_data:
        steps.append(lambda: _blob_digests(database, blobs, step))
    found: list[Problem] = []
    for part in steps:
        found += _guarded(part, database)
        step()
    return tuple(found)


def damaged_files(blobs: Blobs, step: Step = no_step) -> Iterator[Problem]:
    """Yield a problem for each evidence file whose bytes are not those its name says; `step` is called for each."""
    for path in blobs.all():
        if not blobs.is_whole(path):
            yield Problem(code="BLOB_DAMAGED", location=path.name)
        step()


def _guarded(step: Callable[[], Iterator[Problem]], database: Database) -> list[Problem]:
    found: list[Problem] = []
    try:
        found.extend(step())
    except DiagError as error:
        found.append(Problem(code=error.code, location=error.location, parameters=error.parameters))
    except OSError as error:
        refused = files.refusal(error, Path(error.filename or database.path))
        found.append(Problem(code=refused.code, location=refused.location, parameters=refused.parameters))
    return found


def _pages(database: Database) -> Iterator[Problem]:
    for (finding,) in database.all("PRAGMA integrity_check"):
        if finding != "ok":
            yield Problem(code="STORE_DAMAGED", location=str(database.path), parameters={"detail": finding})


def damaged_ops(database: Database) -> Iterator[Problem]:
    """Yield a problem for each op whose header, value or salt is not, bit for bit, what was written."""
    for row, op_id, is_whole in rows_of_ops(database):
        if not is_whole:
            yield Problem(code="OP_DAMAGED", location=op_id, parameters={"row": str(row)})


def rows_of_ops(database: Database) -> Iterator[tuple[int, str, bool]]:
    """Yield row number, stored id and whether the op is whole; read as bytes, for a flipped bit may leave no text."""
    last = 0
    while rows := database.all(_OP_BYTES, (last, _BATCH)):
        last = rows[-1][0]
        for number, *columns in rows:
            try:
                texts = tuple(None if column is None else column.decode() for column in columns)
            except UnicodeDecodeError:
                texts = None
            yield number, columns[0].decode(errors="replace"), texts is not None and _is_genuine(texts)


def _is_genuine(row: Row) -> bool:
    op_id, header, value, salt, _ = row
    try:
        op = op_of(row)
    except DiagError:
        return False
    if not isinstance(header, str) or hashlib.sha256(header.encode()).hexdigest() != op_id:
        return False
    return value_is_genuine(op) and _is_as_written(op, value, salt)


def _is_as_written(op: Op, value: object, salt: object) -> bool:
    """Return whether the text itself is whole: `1e2` and `1E2`, `0a` and `0A` mean the same and are not the same."""
    if op.value_state is not ValueState.PRESENT or op.value_digest is None:
        return value is None and salt is None
    return isinstance(salt, str) and salt == salt.lower() and canonical_value(op.value) == value


def _chains(database: Database) -> Iterator[Problem]:
    for replica, case in database.all("SELECT DISTINCT replica, case_id FROM op ORDER BY replica, case_id"):
        yield from chain_problems(database, replica, case)


def _projections(database: Database) -> Iterator[Problem]:
    for (case,) in database.all("SELECT case_id FROM op UNION SELECT case_id FROM entity ORDER BY 1"):
        stored = tuple(
            frozenset(database.all(_CASE_ROWS.format(table), (case,))) for table in ("entity", "register", "link")
        )
        if stored != case_rows(view_case(ops_of_case(database, case)).values()):
            yield Problem(code="PROJECTION_DIFFERS", location=case)


def _enterprises(database: Database) -> Iterator[Problem]:
    rows = database.all(
        "SELECT coalesce(listed.entity, e.entity) FROM "
        "(SELECT entity FROM entity WHERE kind = 'enterprise' AND case_id = entity AND NOT is_deleted) e "
        "FULL JOIN enterprise listed ON listed.entity = e.entity "
        "LEFT JOIN register n ON n.case_id = e.entity AND n.entity = e.entity AND n.register = 'name' "
        "LEFT JOIN register u ON u.case_id = e.entity AND u.entity = e.entity AND u.register = 'uscc' "
        "LEFT JOIN enterprise_search s ON s.rowid = listed.id "
        "WHERE listed.name IS NOT coalesce(n.value ->> '$', '') OR listed.uscc IS NOT nullif(u.value ->> '$', '') "
        "OR e.entity IS NULL OR s.rowid IS NULL"
    )
    for (entity,) in rows:
        yield Problem(code="PROJECTION_DIFFERS", location=entity)
    shown = {*database.all("SELECT entity, root FROM shown_by")}
    for entity in sorted({entity for entity, _ in shown.symmetric_difference(same_rows(database))}):
        yield Problem(code="PROJECTION_DIFFERS", location=entity)


def _blobs_here(database: Database, blobs: Blobs, replicas: frozenset[str]) -> Iterator[Problem]:
    """A file that another machine has not delivered yet is a warning; one that was saved here is an error."""
    erased = erased_blobs(database)
    freed = {sha256 for (sha256,) in database.all("SELECT sha256 FROM freed_blob")}
    for op in _ops_with_blobs(database):
        severity = Severity.ERROR if op.replica in replicas else Severity.WARNING
        for sha256 in blobs_named(op.value):
            if not blobs.has(sha256) and sha256 not in erased and sha256 not in freed:
                yield Problem(code="BLOB_MISSING", location=sha256, severity=severity)


def _unfinished(database: Database) -> Iterator[Problem]:
    if is_pending(database):
        yield Problem(code="ERASURE_UNFINISHED", location=database.path.name, severity=Severity.WARNING)


def _blob_digests(database: Database, blobs: Blobs, step: Step) -> Iterator[Problem]:
    """A sealed file's name tells nothing: it is named by the digest that the ops know it under."""
    problems = list(damaged_files(blobs, step))
    if problems:
        known = {blobs.path(name).name: name for op in _ops_with_blobs(database) for name in blobs_named(op.value)}
        yield from (replace(item, location=known.get(item.location, item.location)) for item in problems)


def _ops_with_blobs(database: Database) -> Iterator[Op]:
    rows = database.all(
        "SELECT op_id, header, value, salt, value_state FROM op "
        "WHERE header ->> 'register' IN ('file', 'issued') AND value IS NOT NULL ORDER BY id"
    )
    return map(op_of, rows)
