"""Keystroke to durable: one `set` through the store beside one bare sqlcipher3 commit of a row that size.

Both flush once, on the same disk, turn about, so that the ratio is free of the machine's mood.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from benchmarks.measurement import Measurement, alternate, timed_ms
from diag_app.clock import SystemClock, new_id
from diag_app.model.op_json import op_to_json
from diag_app.storage.store import Store, open_store

LIMIT = 1.5
WARM_UP, ROUNDS = 50, 500
ACTOR = "顾问 · 公司 · 电脑"


def measure() -> Measurement:
    """Return the median time of an answer's save beside that of the bare commit."""
    with TemporaryDirectory() as name, open_store(Path(name), clock=SystemClock(), actor=ACTOR) as store:
        case, assessment = _case(store)
        numbers = itertools.count()
        for _ in range(WARM_UP):
            _save(store, case, assessment, next(numbers))
        row = json.dumps(op_to_json(list(store.ops())[-1]), ensure_ascii=False)
        bare = _bare_store(Path(name, "bare.db"))
        ours_ms, reference_ms = alternate(
            lambda: timed_ms(lambda: _save(store, case, assessment, next(numbers))),
            lambda: timed_ms(lambda: _bare_save(bare, row)),
            rounds=ROUNDS,
        )
        bare.close()
    return Measurement(
        name="an answer, saved and durable",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=LIMIT,
        note=f"reference: one sqlcipher3 commit (WAL, FULL) of a row of {len(row.encode())} bytes",
    )


def _case(store: Store) -> tuple[str, str]:
    case = new_id()
    with store.operation("add_enterprise", case) as operation:
        operation.create("enterprise", entity=case)
        assessment = operation.create("assessment", parent=case)
    return case, assessment


def _save(store: Store, case: str, assessment: str, number: int) -> None:
    with store.operation("record_answer", case) as operation:
        operation.set(assessment, "answer:B1", {"options": ["B", str(number)]}, pack="miit-sme-2024@1.0.0")


def _bare_store(path: Path) -> dbapi2.Connection:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE saved (id INTEGER PRIMARY KEY, row TEXT NOT NULL) STRICT")
    return connection


def _bare_save(connection: dbapi2.Connection, row: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO saved (row) VALUES (?)", (row,))
    connection.execute("COMMIT")
