"""Appending ops: the one place that numbers, chains, dates and hashes what is written here."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from diag_app.clock import Clock, wall_ms
from diag_app.errors import DiagError
from diag_app.model.op_text import canonical_header, canonical_value, digest_text
from diag_app.model.ops import Op, OpKind
from diag_app.model.shapes import is_legible
from diag_app.storage.database import Database, decoded
from diag_app.storage.projections import project
from diag_app.storage.rows import INSERT_OP

NO_VALUE = object()
Stamp = tuple[int, int]
_SHOWN = 80  # characters of a value that a refusal shows


class Writer:
    """Writes ops of one replica inside a transaction that the caller holds.

    The ends of the chains and the clock are remembered between transactions for as long as no other connection
    has written.
    """

    def __init__(self, database: Database, *, replica: str, clock: Clock, actor: str) -> None:
        self.database = database
        self.replica = replica
        self.actor = actor
        self.clock = clock
        self._tails: dict[str, tuple[int, str | None]] = {}
        self._stamp: Stamp = (0, 0)
        self._wall = 0
        self._data_version = -1

    def begin(self) -> None:
        """Take the time, and see what others wrote; call it first in every transaction."""
        row = self.database.one("PRAGMA data_version")
        if row is None or row[0] != self._data_version:
            self._tails.clear()
            self._stamp = max(self._stamp, self._last_stamp())
            self._data_version = row[0] if row else -1
        self._wall = self.time()

    def write_as(self, replica: str) -> None:
        """Go on under another id, whose chains are its own."""
        self.replica = replica
        self._tails.clear()

    def forget(self) -> None:
        """Drop what is remembered; call it when a transaction was rolled back."""
        self._data_version = -1

    def adopt(self, stamp: Stamp) -> None:
        """Let the next ops be later than `stamp`, which came from another machine."""
        self._stamp = max(self._stamp, stamp)
        put_local(self.database, "hlc", json.dumps(self._stamp))

    def time(self) -> int:
        """Return the time of the clock, in milliseconds since 1970."""
        return wall_ms(self.clock.now())

    def now(self) -> int:
        """Return the time taken when the transaction began, in milliseconds since 1970."""
        return self._wall

    def append(
        self,
        kind: OpKind,
        case: str,
        entity: str,
        register: str,
        *,
        operation: tuple[str, str],
        value: Any = NO_VALUE,
        text: str | None = None,
        preds: tuple[str, ...] = (),
        old_heads: tuple[str, ...] = (),
        pack: str | None = None,
    ) -> str:
        """Append one op, bring the projections up to date, and return its id.

        `operation` is (id, name); `text` is `value` in canonical form where known; `preds` are the ops it replaces,
        `old_heads` the register's heads before it.

        Raises:
            DiagError: `SHAPE_INVALID` at the register where nobody could read the value from it.
        """
        salt = value_digest = None
        if value is not NO_VALUE:
            if kind != OpKind.REDACT and not is_legible(register, value):
                raise DiagError("SHAPE_INVALID", location=register, detail=canonical_value(value)[:_SHOWN])
            text, salt = text or canonical_value(value, location=register), os.urandom(16).hex()
            value_digest = digest_text(text, salt)
        seq, prev = self._tail(case)
        op = Op(
            kind=kind,
            case=case,
            entity=entity,
            register=register,
            value_digest=value_digest,
            preds=tuple(sorted(preds)),
            replica=self.replica,
            seq=seq + 1,
            prev=prev,
            hlc=self._tick(),
            actor=self.actor,
            operation_id=operation[0],
            operation=operation[1],
            pack=pack,
            value=None if value is NO_VALUE else value,
            salt=salt,
        )
        header = canonical_header(op.header())
        op_id = hashlib.sha256(header).hexdigest()
        self.database.run(INSERT_OP, (op_id, header.decode(), text, salt, "present"))
        self._tails[case] = (op.seq, op_id)
        project(self.database, op, op_id, text, old_heads)
        return op_id

    def _tick(self) -> Stamp:
        wall, counter = self._stamp
        self._stamp = (self._wall, 0) if self._wall > wall else (wall, counter + 1)
        return self._stamp

    def _tail(self, case: str) -> tuple[int, str | None]:
        if case not in self._tails:
            row = self.database.one(
                "SELECT seq, op_id FROM op WHERE case_id = ? AND replica = ? ORDER BY seq DESC LIMIT 1",
                (case, self.replica),
            )
            self._tails[case] = row or (0, None)
        return self._tails[case]

    def _last_stamp(self) -> Stamp:
        row = self.database.one(
            "SELECT header ->> '$.hlc[0]', header ->> '$.hlc[1]' FROM op WHERE replica = ? ORDER BY id DESC LIMIT 1",
            (self.replica,),
        )
        wall, counter = decoded(local(self.database, "hlc") or "[0, 0]")
        return max((wall, counter), row or (0, 0))


def local(database: Database, name: str) -> str | None:
    """Return a fact of this device that is no part of the op log, or null."""
    row = database.one("SELECT value FROM local WHERE name = ?", (name,))
    return None if row is None else str(row[0])


def put_local(database: Database, name: str, value: str) -> None:
    """Set a fact of this device."""
    database.run("INSERT INTO local VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value))


def came_back(database: Database, sha256: str) -> str:
    """Return the digest of a file that was stored; it is no freed one any more, and is missed when it is lost."""
    if database.one("SELECT 1 FROM freed_blob WHERE sha256 = ?", (sha256,)) is not None:
        database.run("DELETE FROM freed_blob WHERE sha256 = ?", (sha256,))
    return sha256
