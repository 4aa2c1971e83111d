"""What a damaged op was, and putting ops back from a copy that has them whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from diag_app.errors import DiagError
from diag_app.model.ops import Op, ValueState
from diag_app.storage.checking import rows_of_ops
from diag_app.storage.database import Database
from diag_app.storage.exchange import value_is_genuine
from diag_app.storage.projections import rebuild_all
from diag_app.storage.rows import op_row

_COLUMNS = ", ".join(f"CAST({name} AS BLOB)" for name in ("op_id", "header", "value", "salt", "value_state"))


@dataclass(frozen=True, kw_only=True)
class DamagedOp:
    """A row of the log that is not as it was written, with the ids it may have had and what it was about, if known."""

    row: int
    ids: frozenset[str]
    case: str
    entity: str = ""
    register: str = ""
    is_redacted: bool = False
    value: str | None = None
    salt: str | None = None


def damaged_rows(database: Database) -> tuple[DamagedOp, ...]:
    """Return the damaged ops; what they were about is read from indexes, tables and later ops that name them."""
    numbers = [row for row, _, is_whole in rows_of_ops(database) if not is_whole]
    if not numbers:
        return ()
    rows = database.all("SELECT id, case_id FROM op INDEXED BY op_chain ORDER BY case_id, replica, seq")
    cases = {int(number): str(case or "") for number, case in rows}  # from the index, which a damaged header left alone
    named = _named(database)
    return tuple(_damaged(database, number, cases.get(number, ""), named) for number in numbers)


def missing_heads(database: Database) -> frozenset[str]:
    """Return the ids of ops that the tables show and the log has not got."""
    rows = database.all(
        "SELECT head.value FROM register, json_each(heads) head WHERE head.value NOT IN (SELECT op_id FROM op) "
        "UNION SELECT op_id FROM link WHERE op_id NOT IN (SELECT op_id FROM op)"
    )
    return frozenset(str(op_id) for (op_id,) in rows)


def mend_rows(database: Database, damaged: Iterable[DamagedOp], whole: Iterable[Op]) -> tuple[str, ...]:
    """Write whole ops over the damaged rows they belong to, in one transaction, and return their ids.

    An erased value stays erased; a value that the copy has not got but the row still has whole is kept.
    """
    rows = {op_id: item for item in damaged for op_id in item.ids}
    found = {op.op_id: (rows[op.op_id], op) for op in whole if op.op_id in rows}
    if found:
        with database.transaction(), _without_indexes(database):
            for item, op in found.values():
                database.run(
                    "UPDATE op SET op_id = ?, header = ?, value = ?, salt = ?, value_state = ? WHERE id = ?",
                    (*op_row(_merged(item, op)), item.row),
                )
    return tuple(sorted(found))


def rebuild_tables(database: Database) -> None:
    """Compute all tables that people read anew from the log."""
    with database.transaction():
        rebuild_all(database)


@contextmanager
def _without_indexes(database: Database) -> Iterator[None]:
    """Take the indexes of the log away for a block: they cannot be kept up where a header is no JSON any more."""
    indexes = database.all(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'op' AND sql IS NOT NULL"
    )
    for name, _ in indexes:
        database.run(f'DROP INDEX "{name}"')
    yield
    for _, sql in indexes:
        database.run(sql)


def _damaged(database: Database, number: int, case: str, named: dict[str, tuple[str, str]]) -> DamagedOp:
    columns = (database.all(f"SELECT {_COLUMNS} FROM op WHERE id = ?", (number,)) or [(b"",) * 5])[0]  # noqa: S608
    op_id, header, value, salt, state = columns
    ids = frozenset((op_id.decode(errors="replace"), hashlib.sha256(header).hexdigest()))
    place = next((named[name] for name in ids if name in named), None)
    if place is None:
        with suppress(ValueError, KeyError, TypeError):
            fields = json.loads(header)
            place = str(fields["entity"]), str(fields["register"])
            case = case or str(fields["case"])
    item = DamagedOp(row=number, ids=ids, case=case, is_redacted=state == b"redacted")
    with suppress(UnicodeDecodeError):
        item = replace(item, value=value and value.decode(), salt=salt and salt.decode())
    return item if place is None else replace(item, entity=place[0], register=place[1])


def _named(database: Database) -> dict[str, tuple[str, str]]:
    """Return (entity, register) of each op that a table or a later op names."""
    found: dict[str, tuple[str, str]] = {}
    with suppress(DiagError):
        for entity, register, heads in database.all("SELECT entity, register, heads FROM register"):
            found.update(dict.fromkeys(_texts(heads), (entity, register)))
        for entity, register, link in database.all("SELECT entity, register, op_id FROM link"):
            found[link] = (entity, register)
    for written, header in _headers(database):
        with suppress(ValueError, KeyError, TypeError):
            fields = json.loads(header)
            if hashlib.sha256(header).hexdigest() == written:
                found.update(dict.fromkeys(fields["preds"], (fields["entity"], fields["register"])))
    return found


def _headers(database: Database) -> Iterator[tuple[str, bytes]]:
    for op_id, header in database.all("SELECT CAST(op_id AS BLOB), CAST(header AS BLOB) FROM op"):
        yield op_id.decode(errors="replace"), header


def _texts(heads: str) -> list[str]:
    with suppress(ValueError):
        return [head for head in json.loads(heads) if isinstance(head, str)]
    return []


def _merged(item: DamagedOp, op: Op) -> Op:
    if item.is_redacted:
        return replace(op, value=None, salt=None, value_state=ValueState.REDACTED)
    if op.value_state is not ValueState.PRESENT and item.value is not None:
        with suppress(ValueError):
            kept = replace(op, value=json.loads(item.value), salt=item.salt, value_state=ValueState.PRESENT)
            if value_is_genuine(kept):
                return kept
    return op
