"""From a file to its receipt: received → verified → quarantined, or counted → ingested. Each stage can be taken again.

The bytes move first, then the row; what was under way when the process ended goes on with the next call. One process
takes in at a time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.files import is_there, make_folder, reading, refusal, settle, write, writing
from diag_app.model.ops import Op, OpKind
from diag_app.model.receipt import Receipt, ReceiptFault, class_of, tallies
from diag_app.model.view import birth_facts
from diag_app.receiver.arrivals import Arrival, Counted, add_arrival, all_arrivals, move_arrival, open_arrivals
from diag_app.receiver.office import Office
from diag_app.receiver.state import known_ids, state_of
from diag_app.receiver.verdict import Verdict
from diag_app.storage.lock import waiting_lock
from diag_app.sync.bundle_read import OpenedBundle, read_bundle
from diag_app.sync.receipt_file import RECEIPT, SUFFIX, moment_text

_CHUNK = 1024 * 1024
_BATCH = 500
_LAST_RECEIPT = "receipt_at"
_READ_ONLY = 0o444


@dataclass(frozen=True, kw_only=True)
class Receipted:
    """What became of a file: its receipt, and where that stands; null beside the file where the medium takes none.

    `unfinished` is what refused to come to its end of what had come before.
    """

    receipt: Receipt
    kept: Path
    beside: Path | None
    unfinished: tuple[DiagError, ...] = ()


def take_in(office: Office, path: Path) -> Receipted:
    """Take in the file at `path`, or finish doing so, and write its receipt here and beside it.

    The same file again gives the same receipt. A quarantined one is judged anew: its signer may be listed by now.

    Raises:
        DiagError: a file code, such as `DISK_FULL`; the next call goes on where this one ended.
    """
    with _alone(office):
        unfinished = tuple(_finish(office))
        arrival = receive(office, path)
        return replace(write_receipt(office, advance(office, arrival), path), unfinished=unfinished)


def finish_open(office: Office) -> tuple[DiagError, ...]:
    """Bring everything that is under way to its end; `take_in` does so first. What has no bytes waits for them.

    Returns what refused: each waits for the next call, and none keeps another from being taken in.
    """
    with _alone(office):
        return tuple(_finish(office))


def receive(office: Office, path: Path) -> Arrival:
    """Copy the file into `incoming` and note that it arrived."""
    container = _digest_of(path)
    known = add_arrival(
        office.store, Arrival(container=container, stage="received", received_at=office.now(), names=(path.name,))
    )
    if known.stage == "quarantined":
        quarantined = office.directory / "quarantine" / container
        known = move_arrival(office.store, known, "received", received_at=office.now(), verdict=None)
        _move(quarantined, _incoming(office, known))
    if known.stage == "received" and not is_there(_incoming(office, known)):
        _copy(path, _incoming(office, known), container)
    return known


def advance(office: Office, arrival: Arrival) -> Arrival:
    """Bring one file to its end: ingested, or quarantined."""
    if arrival.stage == "received":
        arrival = _judge(office, arrival)
    if arrival.stage == "quarantined":
        _move(_incoming(office, arrival), office.directory / "quarantine" / arrival.container)
        return arrival
    raw = raw_path(office, arrival)
    _move(_incoming(office, arrival), raw)
    try:
        raw.chmod(_READ_ONLY)
    except OSError as error:
        raise refusal(error, raw) from error
    if arrival.stage != "ingested":
        with read_bundle(raw, identities=(office.identity,)) as opened:
            if arrival.stage == "verified":
                arrival = move_arrival(office.store, arrival, "counted", counted=_count(office, opened))
            _ingest(office, opened)
            receipt = _receipt_of(office, arrival, opened)
        arrival = move_arrival(office.store, arrival, "ingested", receipt=receipt)
    return arrival


def write_receipt(office: Office, arrival: Arrival, path: Path | None = None) -> Receipted:
    """Write the receipt of a finished file into `receipts`, and beside `path` where that can be written to."""
    if arrival.receipt is None:
        raise ValueError(arrival.stage)
    data = RECEIPT.seal(arrival.receipt, office.signer)
    kept = office.directory / "receipts" / f"{arrival.container}{SUFFIX}"
    write(kept, data)
    beside = None
    if path is not None:
        with suppress(DiagError):  # a stick that is locked: the receipt is kept here all the same
            write(path.with_name(path.name + SUFFIX), data)
            beside = path.with_name(path.name + SUFFIX)
    return Receipted(receipt=arrival.receipt, kept=kept, beside=beside)


def raw_path(office: Office, arrival: Arrival) -> Path:
    """Return where the bytes of what was taken in lie, for good."""
    return office.directory / "raw" / arrival.received_at[:4] / arrival.container


@contextmanager
def _alone(office: Office) -> Iterator[None]:
    """Keep another process from taking in or finishing meanwhile."""
    lock = office.directory / "intake.lock"
    with ExitStack() as held:
        try:
            held.enter_context(waiting_lock(lock))
        except OSError as error:
            raise refusal(error, lock) from error
        yield


def _finish(office: Office) -> Iterator[DiagError]:
    ready = (one for one in open_arrivals(office.store) if one.stage != "received" or is_there(_incoming(office, one)))
    for arrival in ready:
        try:
            advance(office, arrival)
        except DiagError as error:
            yield error


def _judge(office: Office, arrival: Arrival) -> Arrival:
    verdict = office.judge(_incoming(office, arrival))
    faults = verdict.faults or tuple(_signer_faults(office, arrival, verdict))
    verdict = replace(verdict, faults=faults)
    if not faults:
        return move_arrival(office.store, arrival, "verified", verdict=verdict)
    same = arrival.receipt if arrival.receipt is not None and arrival.receipt.faults == faults else None
    judged = replace(arrival, verdict=verdict)
    receipt = same or _receipt(office, judged, faults=faults)
    return move_arrival(office.store, judged, "quarantined", receipt=receipt)


def _signer_faults(office: Office, arrival: Arrival, verdict: Verdict) -> Iterator[ReceiptFault]:
    if verdict.city is not None and verdict.city != office.city:
        yield ReceiptFault(code="BUNDLE_OTHER_CITY", location=verdict.city)
    keyid = verdict.key.keyid if verdict.key else ""
    standing = office.signers.standing(keyid, "consultant", received_at=arrival.received_at)
    if standing != "good":
        yield ReceiptFault(code="SIGNER_REVOKED" if standing == "revoked" else "SIGNER_NOT_LISTED", location=keyid)


def _count(office: Office, opened: OpenedBundle) -> Counted:
    """Count the ops by class and by whether they are here, before any of them is taken in."""
    found = {True: Counter[tuple[str, str]](), False: Counter[tuple[str, str]]()}
    kinds: dict[str, str] = {}
    cases: set[str] = set()
    for batch in _batches(opened.ops()):
        known = known_ids(office.store, [op.op_id for op in batch])
        for op in batch:
            cases.add(op.case)
            found[op.op_id in known][op.entity, op.register] += 1
            if op.kind == OpKind.ENTITY_NEW:
                kinds[op.entity] = birth_facts(op.value)[0]
    by_class = {here: _by_class(office, counts, kinds) for here, counts in found.items()}
    return Counted(accepted=by_class[False], duplicate=by_class[True], cases=tuple(sorted(cases)))


def _by_class(office: Office, counts: Counter[tuple[str, str]], kinds: dict[str, str]) -> dict[str, int]:
    def kind_of(entity: str) -> str:
        if entity not in kinds:
            kinds[entity] = ""
            with suppress(DiagError):
                kinds[entity] = office.store.entity(entity).kind
        return kinds[entity]

    found: Counter[str] = Counter()
    for (entity, register), count in counts.items():
        found[class_of(entity, register, kind_of)] += count
    return dict(found)


def _ingest(office: Office, opened: OpenedBundle) -> None:
    store, files = office.store, (*opened.blobs, *opened.reports)
    unwanted = store.unwanted_blobs(files, opened.ops)
    for sha256 in files:
        if sha256 not in unwanted:
            store.put_blob(opened.read_blob(sha256) if sha256 in opened.blobs else opened.read_report(sha256))
    statement = opened.verification.statement
    store.import_ops(opened.ops(), bundle=statement.bundle_set if statement else "")


def _receipt_of(office: Office, arrival: Arrival, opened: OpenedBundle) -> Receipt:
    counted = arrival.counted
    if counted is None:
        raise ValueError(arrival.stage)
    state = state_of(office.store, counted.cases, opened.ops(), (*opened.blobs, *opened.reports))
    return replace(
        _receipt(office, arrival),
        accepted=sum(counted.accepted.values()),
        duplicate=sum(counted.duplicate.values()),
        classes=tallies(counted.accepted, counted.duplicate),
        missing=_missing_parts(office, arrival),
        refused=state.refused,
        conflicts=state.conflicts,
        gaps=state.gaps,
        vv_after=state.vv,
        blobs_have=state.have,
        blobs_missing=state.missing,
    )


def _receipt(office: Office, arrival: Arrival, *, faults: tuple[ReceiptFault, ...] = ()) -> Receipt:
    verdict = arrival.verdict
    return Receipt(
        bundle_set=verdict.bundle_set if verdict else None,
        part=verdict.part if verdict else None,
        container_sha256=arrival.container,
        statement_sha256=verdict.statement_sha256 if verdict else None,
        accepted=0, duplicate=0, classes={}, missing=(), faults=faults, refused=(), conflicts=(), gaps=(),
        vv_after={}, blobs_have=(), blobs_missing=(), receiver=office.stated, at=_next_moment(office),
    )  # fmt: skip


def _missing_parts(office: Office, arrival: Arrival) -> tuple[int, ...]:
    verdict = arrival.verdict
    if verdict is None or verdict.part is None:
        return ()
    here = {verdict.part[0]}
    for other in all_arrivals(office.store):
        if other.stage == "ingested" and other.verdict and other.verdict.part and (
            other.verdict.bundle_set == verdict.bundle_set
        ):  # fmt: skip
            here.add(other.verdict.part[0])
    return tuple(number for number in range(1, verdict.part[1] + 1) if number not in here)


def _next_moment(office: Office) -> str:
    """Return the time of a receipt: later than that of the one before, even where the clock was set back."""
    now, last = office.now(), office.store.local(_LAST_RECEIPT)
    if last is not None and now <= last:
        now = moment_text(datetime.fromisoformat(last) + timedelta(milliseconds=1))
    office.store.set_local(_LAST_RECEIPT, now)
    return now


def _incoming(office: Office, arrival: Arrival) -> Path:
    return office.directory / "incoming" / arrival.container


def _digest_of(path: Path) -> str:
    try:
        with reading(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise refusal(error, path) from error


def _copy(source: Path, target: Path, container: str) -> None:
    sha256 = hashlib.sha256()
    with reading(source) as file, writing(target) as copy:
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
            copy.write(chunk)
        if sha256.hexdigest() != container:  # somebody is still writing to it
            raise DiagError("SOURCE_CHANGED", location=source.name)


def _move(source: Path, target: Path) -> None:
    """Move bytes that may have been moved already; a file named by its digest that is there is the same file."""
    if is_there(source):
        make_folder(target.parent)
        try:
            if target.exists():
                source.unlink()
            else:
                source.replace(target)
        except OSError as error:
            raise refusal(error, target) from error
    settle(target)


def _batches(ops: Iterator[Op]) -> Iterator[list[Op]]:
    batch: list[Op] = []
    for op in ops:
        batch.append(op)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch
