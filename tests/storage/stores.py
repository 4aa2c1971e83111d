"""Small stores for tests, and an independent reader of their files: bare sqlcipher3 and hashlib."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from diag_app.clock import Clock, new_id
from diag_app.storage.store import Store, open_store
from tests.fixed_clock import FixedClock

ACTOR = "顾问 · 公司 · 电脑"


def opened(directory: Path, *, clock: Clock | None = None, **options: Any) -> Store:
    return open_store(directory, clock=clock or FixedClock(), actor=ACTOR, **options)


ISSUED = {"number": "QZ-1", "issued_at": "", "content_digest": "", "pack": "", "files": []}  # a seal with nothing in it


def file_value(sha256: str, **more: Any) -> dict[str, Any]:
    """Return what the register `file` holds of a stored file."""
    return {"name": "a.jpg", "media_type": "image/jpeg", "sha256": sha256, "size": 1, **more}


def add_case(store: Store, name: str = "恒信精密机械有限公司") -> tuple[str, str]:
    """Add an enterprise with one assessment and return both ids."""
    case = new_id()
    with store.operation("add_enterprise", case) as operation:
        operation.create("enterprise", entity=case)
        operation.set(case, "name", name)
        assessment = operation.create("assessment", parent=case)
    return case, assessment


def save(store: Store, case: str, entity: str, register: str, value: Any, *, name: str = "record_answer") -> None:
    with store.operation(name, case) as operation:
        operation.set(entity, register, value)


@contextmanager
def bare(directory: Path) -> Iterator[dbapi2.Connection]:
    """Open the store's file without any of our code."""
    with closing(dbapi2.connect(str(directory / "workspace.db"), isolation_level=None)) as connection:
        yield connection


def bare_values(directory: Path) -> dict[tuple[str, str], Any]:
    """Return what is shown of every register, read from the op log alone, without any of our code.

    Fails when an op's id is not the digest of its header.
    """
    headers: dict[str, dict[str, Any]] = {}
    values: dict[str, Any] = {}
    with bare(directory) as connection:
        for op_id, header, value in connection.execute("SELECT op_id, header, value FROM op").fetchall():
            assert hashlib.sha256(header.encode()).hexdigest() == op_id
            headers[op_id] = json.loads(header)
            values[op_id] = json.loads(value) if value else None
    replaced = {pred for header in headers.values() for pred in header["preds"]}
    heads = sorted((header["hlc"], op_id) for op_id, header in headers.items() if op_id not in replaced)
    return {
        (headers[op_id]["entity"], headers[op_id]["register"]): values[op_id]
        for _, op_id in heads
        if headers[op_id]["kind"] in ("set", "clear")
    }


def bare_registers(directory: Path) -> dict[tuple[str, str], Any]:
    """Return what the projection shows of every register, without any of our code."""
    with bare(directory) as connection:
        rows = connection.execute("SELECT entity, register, value FROM register").fetchall()
    return {(entity, register): json.loads(value) if value else None for entity, register, value in rows}
