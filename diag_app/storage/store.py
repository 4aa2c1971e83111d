"""A workspace's store: the only door to its data. Reads give frozen dataclasses, writes go through one operation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Self

from diag_app import files
from diag_app.clock import Clock, Progress, Steps, no_progress
from diag_app.errors import DiagError, Problem
from diag_app.model.ops import WORKSPACE_CASE, Changes, EntityView, Op
from diag_app.storage import audit, backup, checking, exchange, projections, reading, redaction, scratch, scrub, search
from diag_app.storage.audit import AuditHead, AuditRow
from diag_app.storage.blobs import EVIDENCE_FOLDER, Blobs
from diag_app.storage.connect import connect
from diag_app.storage.database import BUSY_SECONDS, STORE_FILE, Database
from diag_app.storage.evidence_folder import blobs_at
from diag_app.storage.history import Entry, History, last_name, top
from diag_app.storage.identity import Identity, count_writing, identity_as_it_is, retire, settle
from diag_app.storage.operation import Operation
from diag_app.storage.redaction import Redacted, RedactionPlan
from diag_app.storage.rows import ops_about
from diag_app.storage.search import EnterpriseRow
from diag_app.storage.writer import Writer, came_back, local, put_local


class Store:
    """An open store. Close it, or use it as a context manager; one handle belongs to one thread.

    Everything may raise `DiagError` for what the disk does: `DISK_FULL`, `READ_ONLY`, `STORE_BUSY` (another process
    holds the store), `STORE_DAMAGED`, `STORE_FAILED`. Then nothing of the operation is stored.
    """

    def __init__(
        self, database: Database, directory: Path, *, clock: Clock, actor: str, reading: DiagError | None = None
    ) -> None:
        self.directory = directory
        self.identity = _identity(database, directory, reading)
        self._refusal = reading
        self._is_counted = False
        self._database = database
        self._blobs = blobs_at(directory / EVIDENCE_FOLDER, database.key)
        self._writer = Writer(database, replica=self.replica, clock=clock, actor=actor)
        self._history = History(database, self.replica)

    def __enter__(self) -> Self:
        return self

    @property
    def replica(self) -> str:
        """Return the id that this store writes under; empty where the disk did not let a new one be stored."""
        return self.identity.replica

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def inside(self) -> tuple[Database, Blobs]:
        """Return the connection and the evidence folder, for the modules of this package."""
        return self._database, self._blobs

    def close(self) -> None:
        """Close the connection; what was saved stays saved."""
        try:
            with suppress(DiagError):  # the disk refuses: at worst the next opening takes a new replica id
                if self._is_counted:
                    count_writing(self._database, self.directory)
        finally:
            self._is_counted = False
            self._database.connection.close()

    def require_writable(self) -> None:
        """Return where this handle may write; refuse with the reason that it was opened for reading with."""
        if self._refusal is not None:
            raise self._refusal

    @contextmanager
    def operation(self, name: str, case: str) -> Iterator[Operation]:
        """Give an operation on one case: durable when the block has ended, undone whole when it raises."""
        with self.operations() as begin:
            yield begin(name, case)

    @contextmanager
    def operations(self) -> Iterator[Callable[[str, str], Operation]]:
        """Give what begins operations, each by name and case: all of them durable when the block has ended, or none."""
        with self._transaction():
            yield lambda name, case: Operation(self._writer, self._blobs, name=name, case=case)

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Let all reads in the block see one state, whatever other processes write; it writes nothing itself."""
        self._database.run("BEGIN")
        try:
            yield
        finally:
            self._database.run("ROLLBACK")

    def entity(self, entity_id: str) -> EntityView:
        """Return one entity, deleted or not; an unknown id is refused with `ENTITY_UNKNOWN`."""
        return reading.read_entity(self._database, entity_id)

    def entities(
        self, kind: str, *, case: str | None = None, parent: str | None = None, include_deleted: bool = False
    ) -> tuple[EntityView, ...]:
        """Return the entities of a kind in the order they were made in, of one case or under one parent if given."""
        return reading.read_entities(self._database, kind, case=case, parent=parent, include_deleted=include_deleted)

    def find_enterprises(self, text: str, *, limit: int = 200, offset: int = 0) -> tuple[EnterpriseRow, ...]:
        """Return enterprises whose name, credit code or pinyin initials contain `text`, the newest first."""
        return search.find_enterprises(self._database, text, limit, offset)

    def count_enterprises(self, text: str = "") -> int:
        """Return how many enterprises `find_enterprises` finds without a limit."""
        return search.count_enterprises(self._database, text)

    def head_ids(self, case: str) -> tuple[str, ...]:
        """Return the ids of all heads of a case, sorted."""
        return reading.head_ids(self._database, case)

    def register_ops(self, case: str, register: str) -> tuple[Op, ...]:
        """Return all ops on a register, of whichever entity of a case, in the order they came here."""
        return reading.register_ops(self._database, case, register)

    def state_digest(self, case: str) -> str:
        """Return the SHA-256 over a case's sorted heads; equal op sets give equal digests on every machine."""
        return reading.state_digest(self._database, case)

    def undo(self, scope: str | None = None) -> Changes:
        """Take back the last operation of a case, or of the workspace for null.

        The changes carry the name of the operation taken back. `NOTHING_TO_UNDO` when there is none.
        """
        with self._transaction():
            entry = top(self._history.stacks(scope).undo, "NOTHING_TO_UNDO", scope)
            operation = self._continue("undo", entry)
            self._history.undo(operation, entry)
        return replace(operation.changes, operation=entry.name)

    def redo(self, scope: str | None = None) -> Changes:
        """Do again what was undone last; `NOTHING_TO_REDO` when there is nothing, or something newer was recorded."""
        with self._transaction():
            entry = top(self._history.stacks(scope).redo, "NOTHING_TO_REDO", scope)
            operation = self._continue("redo", entry)
            self._history.redo(operation, entry)
        return replace(operation.changes, operation=entry.name)

    def next_undo(self, scope: str | None = None) -> str | None:
        """Return the name of the operation that `undo` would take back."""
        return last_name(self._history.stacks(scope).undo)

    def next_redo(self, scope: str | None = None) -> str | None:
        """Return the name of the operation that `redo` would do again."""
        return last_name(self._history.stacks(scope).redo)

    def ops(
        self, cases: Iterable[str] | None = None, *, after: Mapping[tuple[str, str], int] | None = None
    ) -> Iterator[Op]:
        """Yield ops by (replica, case, seq): of all cases or of these, above `after`, a version vector, if given."""
        return exchange.read_ops(self._database, cases, after or {})

    def ops_about(
        self, case: str, entities: Sequence[str], registers: Sequence[str], *, newest: int | None = None
    ) -> tuple[Op, ...]:
        """Return every op that wrote one of `registers` of one of `entities`, or the `newest` ones, newest first."""
        return ops_about(self._database, case, entities, registers, newest)

    def version_vector(self) -> Mapping[tuple[str, str], int]:
        """Return for each (replica, case) the highest seq up to which no op is missing."""
        return exchange.version_vector(self._database)

    def import_ops(self, ops: Iterable[Op], *, bundle: str | None = None) -> exchange.ImportResult:
        """Add ops of other machines in one transaction; importing them again changes nothing.

        `bundle` is the id of the bundle they come from, for the audit trail. What they erase is erased here too.
        """
        with self._transaction():
            result = exchange.import_ops(self._database, self._writer, ops)
            if bundle is not None:
                self._add_audit_row("import", {"bundle": bundle, **result.counts})
        if self.replica in result.forked:
            retire(self._database)  # somebody else writes under the same id: go on under another
            self._settle_identity()
        if redaction.is_pending(self._database):
            self._history.forget()
            self._finish_erasure()
        return result

    def plan_redaction(self, entity_id: str, register: str) -> RedactionPlan:
        """Return what erasing a register would take; `ENTITY_UNKNOWN`, `NOT_ERASABLE` or `NOTHING_TO_ERASE`."""
        return redaction.plan_redaction(self._database, entity_id, register)

    def redact(
        self, entity_id: str, register: str, *, reason: str, with_issued: bool, successor: Any = None
    ) -> Redacted:
        """Erase all values of a register, in one transaction, and then from every file; never undone.

        `successor`, where given, takes their place. What could not be cleared yet the next opening goes on with;
        `unfinished` then says why.

        Raises:
            DiagError: as `plan_redaction`, `REASON_MISSING`, `REASON_TELLS`.
        """
        with self._transaction():
            plan = self.plan_redaction(entity_id, register)
            operation = Operation(self._writer, self._blobs, name="redact", case=plan.case)
            redaction.redact(
                self._database, operation, plan, register=register, reason=reason, with_issued=with_issued,
                successor=successor,
            )  # fmt: skip
        self._history.forget()
        copies, unfinished = self._finish_erasure()
        return Redacted(plan=plan, changes=operation.changes, copies=copies, unfinished=unfinished)

    def erased_blobs(self) -> frozenset[str]:
        """Return the files that were erased and that no evidence names again."""
        return redaction.erased_blobs(self._database)

    def unwanted_blobs(self, blobs: Iterable[str], ops: Callable[[], Iterable[Op]]) -> frozenset[str]:
        """Return those of `blobs`, offered with `ops`, that were erased here and must not come back."""
        return redaction.unwanted_blobs(self._database, blobs, ops)

    def audit(self, event: str, details: Mapping[str, Any]) -> None:
        """Add a row to the audit trail. `details` are ids, counts and digests; anything else is a bug.

        The row of a handle that only reads waits beside the store, where the disk can be written to at all.
        """
        if self._refusal is None:
            with self.audited(event, details):
                return
        with suppress(DiagError):
            audit.leave_waiting(self.directory, event, at=self._writer.time(), details=details)

    @contextmanager
    def audited(self, event: str, details: Mapping[str, Any]) -> Iterator[None]:
        """Add a row in the same transaction as the facts of this device that the block sets."""
        with self._transaction():
            yield
            self._add_audit_row(event, details)

    def audit_head(self) -> AuditHead:
        """Return the end of the audit trail, which is begun when there is none."""
        with self._transaction():
            return audit.head(self._database, at=self._writer.now(), actor=self._writer.actor)

    def audit_rows(self) -> tuple[AuditRow, ...]:
        """Return the whole audit trail, the oldest row first."""
        return audit.read_rows(self._database)

    def audit_problems(self, witness: AuditHead, *, location: str, is_own: bool) -> tuple[Problem, ...]:
        """Return in what the audit trail is not the one a bundle saw; `is_own`: sealed with this workspace's key."""
        return tuple(audit.witness_problems(self._database, witness, location=location, is_own=is_own))

    def put_blob(self, data: bytes) -> str:
        """Store evidence bytes, durable when this returns, and return their SHA-256. Call it before the operation."""
        self.require_writable()
        return came_back(self._database, self._blobs.put(data))

    def blob_path(self, sha256: str) -> Path:
        """Return where a blob lies or would lie."""
        return self._blobs.path(sha256)

    def open_blob(self, sha256: str) -> BinaryIO:
        """Return a stream of a blob's plain bytes, whose digest the reader compares; `BLOB_MISSING` or a file code."""
        return self._blobs.open(sha256)

    def blob_size(self, sha256: str) -> int:
        """Return the number of a blob's plain bytes; `BLOB_MISSING`, or `BLOB_DAMAGED` when it cannot be told."""
        return self._blobs.size(sha256)

    def read_blob(self, sha256: str) -> bytes:
        """Return a blob's bytes; `BLOB_MISSING`, or `BLOB_DAMAGED` when they are not what was stored."""
        return self._blobs.read(sha256)

    def has_blob(self, sha256: str) -> bool:
        """Return whether a blob is here."""
        return self._blobs.has(sha256)

    def local(self, name: str) -> str | None:
        """Return a fact of this device that is no part of the op log, or null."""
        return local(self._database, name)

    def set_local(self, name: str, value: str) -> None:
        """Set a fact of this device."""
        self.require_writable()
        put_local(self._database, name, value)

    def backup(self, path: Path, *, progress: Progress = no_progress) -> Path:
        """Write store and evidence into one file, verify it by opening it, and return its path (ending in `.zip`)."""
        step = Steps(progress, 2 * self._blobs.count() + 1).step
        return backup.write_backup(self._database, self._blobs, path, step=step)

    def check(self, *, read_data: bool = False, progress: Progress = no_progress) -> tuple[Problem, ...]:
        """Return everything that is not as it was written; with `read_data` every evidence file is read too."""
        total = checking.PARTS + self._blobs.count() if read_data else checking.PARTS - 1
        step = Steps(progress, total).step
        return checking.check_store(self._database, self._blobs, self.replica, read_data=read_data, step=step)

    def rebuild_projections(self) -> None:
        """Compute all tables that people read anew from the op log."""
        with self._transaction():
            projections.rebuild_all(self._database)

    def settle_waiting(self) -> None:
        """Do what the last process could not: sweep, finish an erasure, fold in what waited for the audit trail."""
        scratch.sweep(self.directory, now=self._writer.clock.now())
        if redaction.is_pending(self._database):
            self._finish_erasure()
        if audit.has_waiting(self.directory):
            with self._transaction():
                folded = audit.fold_waiting(
                    self._database, self.directory, at=self._writer.now(), actor=self._writer.actor
                )
            for path in folded:
                with suppress(OSError):  # it is known not to be folded in again
                    path.unlink(missing_ok=True)

    def _finish_erasure(self) -> tuple[tuple[Path, ...], str]:
        """Return the copies of the store that were removed, and the code of what kept it from being finished."""
        try:
            return scrub.finish(self._database, self._blobs, at=self._writer.clock.now()), ""
        except DiagError as error:
            return (), error.code

    def _add_audit_row(self, event: str, details: Mapping[str, Any]) -> None:
        audit.append(self._database, at=self._writer.now(), actor=self._writer.actor, event=event, details=details)

    def _continue(self, name: str, entry: Entry) -> Operation:
        row = self._database.one("SELECT case_id FROM op WHERE id = ?", (entry.first,))
        return Operation(self._writer, self._blobs, name=name, case=row[0] if row else WORKSPACE_CASE)

    def _begin_writing(self) -> None:
        if not self.replica:  # opening could not store one
            self._settle_identity()
        count_writing(self._database, self.directory)
        files.settle(self.directory / STORE_FILE)  # the log's name: SQLite flushes it, and passes over a failure
        self._is_counted = True

    def _settle_identity(self) -> None:
        self.identity = settle(self._database, self.directory)
        self._writer.write_as(self.replica)
        self._history = History(self._database, self.replica)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.require_writable()
        if not self._is_counted:
            self._begin_writing()
        is_done = False
        try:
            with self._database.transaction():
                self._writer.begin()
                yield
            is_done = True
        finally:
            if not is_done:
                self._writer.forget()
                self._history.forget()


def open_store(
    directory: Path,
    *,
    clock: Clock,
    actor: str,
    key: bytes | None = None,
    create: bool = True,
    busy_seconds: float = BUSY_SECONDS,
    reading: DiagError | None = None,
) -> Store:
    """Return the store in `directory`, made when missing and `create` is true.

    `actor` (name · firm · device) stands in every op; `key` is the raw 32-byte key of an encrypted store;
    a store held by another process is waited for `busy_seconds`; `reading` is what every write is refused with.

    Raises:
        DiagError: `STORE_MISSING`, `STORE_NEWER`, `STORE_UNREADABLE`, `STORE_BUSY`, `STORE_UNSAFE`, or a file code.
    """
    database = connect(directory / STORE_FILE, key=key, create=create, busy_seconds=busy_seconds, reading=reading)
    with ExitStack() as on_failure:
        on_failure.callback(database.connection.close)
        store = Store(database, directory, clock=clock, actor=actor, reading=reading)
        if reading is None:
            store.settle_waiting()
        on_failure.pop_all()
    return store


def _identity(database: Database, directory: Path, reading: DiagError | None) -> Identity:
    """Return whom the store writes as; a disk that takes nothing still lets it be read, and the first write tell."""
    if reading is not None:
        return identity_as_it_is(database)
    try:
        return settle(database, directory)
    except DiagError as error:
        if error.code not in ("DISK_FULL", "READ_ONLY", "STORE_BUSY"):
            raise
        return Identity(replica="")
