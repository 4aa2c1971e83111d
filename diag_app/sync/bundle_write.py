"""Seals a bundle: each part written in one pass, read back and verified; all take their names, or none does."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.clock import Progress, no_progress
from diag_app.codec import digest
from diag_app.crypto import age_file
from diag_app.crypto.age_file import AgeWriter
from diag_app.crypto.age_keys import Identity, Recipient
from diag_app.crypto.dsse import seal_envelope
from diag_app.crypto.signing import Signer
from diag_app.errors import DiagError, Problem
from diag_app.sync import bag, names
from diag_app.sync.bundle_check import check_bundle
from diag_app.sync.bundle_contents import BundleContents
from diag_app.sync.canonical_zip import ZipWriter
from diag_app.sync.container import opened
from diag_app.sync.fact_tables import fact_files
from diag_app.sync.limits import LIMITS, MIB, Limits
from diag_app.sync.op_lines import Tally, encode_op, segments
from diag_app.sync.parts import ENTRY_ROOM, TAGS_ROOM, part_paths, planned, set_id
from diag_app.sync.source_files import add_sources, refuse_changed
from diag_app.sync.statement import (
    PAYLOAD_TYPE,
    SEVERAL,
    SINGLE,
    StatedSigner,
    Statement,
    nested,
    statement_bytes,
)

_CHAIN_ROOM = 256  # what a version vector and a digest of heads take in the statement, in base64
_MB = 1_000_000
_FLOW = 32 * MIB


@dataclass(frozen=True, kw_only=True)
class SealedPart:
    """One file of a bundle; size in bytes, `statement_sha256` over the signed statement's bytes."""

    path: Path
    size: int
    blobs: int
    statement_sha256: str


@dataclass(frozen=True, kw_only=True)
class SealedBundle:
    """A bundle that stands on the disk, read back and verified: its parts in order, and counts of what is in it.

    `problems` are warnings of who put its contents together.
    """

    bundle_id: str
    parts: tuple[SealedPart, ...]
    ops: int
    blobs: int
    reports: int
    keyid: str
    problems: tuple[Problem, ...] = ()

    @property
    def path(self) -> Path:
        """Return where the first part lies, which holds everything but evidence."""
        return self.parts[0].path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return where the parts lie, in order."""
        return tuple(part.path for part in self.parts)

    @property
    def size(self) -> int:
        """Return the bytes of all parts."""
        return sum(part.size for part in self.parts)


def write_bundle(
    output: Path,
    *,
    contents: BundleContents,
    signer: Signer,
    recipients: Sequence[Recipient] = (),
    limits: Limits = LIMITS,
    progress: Progress = no_progress,
) -> SealedBundle:
    """Write, read back and verify a bundle; the same contents and key give the same bytes, where not encrypted.

    It becomes `output`, or several files beside it where a part would be larger than `limits.split`. All appear whole
    and verified, or none does. With `recipients` each is an age file that they alone can open: signed first, then
    encrypted. `progress` counts bytes, each once written and once verified.

    Raises:
        DiagError: `SPACE_SHORT` (naming the megabytes needed), `BUNDLE_EMPTY`, `BUNDLE_TOO_LARGE`, `SOURCE_CHANGED`
            (a file no longer has its digest), `BUNDLE_UNVERIFIED`, `MEDIUM_GONE`, or what the disk refused.
    """
    return _Writing(output, contents, signer, recipients, limits, progress).seal()


class _Counter:
    """Adds up bytes for a progress; never more than the total that was announced."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self.done = progress, total, 0

    def add(self, count: int) -> None:
        self.done += count
        self._progress(min(self.done, self._total), self._total)


class _Flowing:
    """A file whose bytes begin to go to the disk while later ones are still being read, so that flushing is short."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._waiting, self._begun = file, 0, 0

    def write(self, data: bytes | memoryview, /) -> int:
        written = self._file.write(data)
        self._waiting += written
        if self._waiting >= _FLOW and hasattr(os, "posix_fadvise"):
            self._file.flush()
            os.posix_fadvise(self._file.fileno(), self._begun, self._waiting, os.POSIX_FADV_DONTNEED)
            self._begun, self._waiting = self._begun + self._waiting, 0
        return written


class _Writing:
    """One bundle on its way to the disk."""

    def __init__(
        self,
        output: Path,
        contents: BundleContents,
        signer: Signer,
        recipients: Sequence[Recipient],
        limits: Limits,
        progress: Progress,
    ) -> None:
        self._output, self._contents, self._signer, self._limits = output, contents, signer, limits
        self._recipients = tuple(sorted(recipients, key=lambda one: one.text))
        self._tables = fact_files(contents.facts) if contents.facts is not None else {}
        ops_size, statement_room = _measured(contents)
        others = [source.size for source in contents.reports.values()]
        others += [len(data) for data in self._tables.values()]
        fixed = sum(others) + ENTRY_ROOM * len(others) + ops_size + statement_room + TAGS_ROOM
        blobs = {sha256: source.size for sha256, source in contents.blobs.items()}
        self._plan = planned(
            blobs, others=fixed, other_entries=len(others), room=_room(limits.split, self._recipients), limits=limits
        )
        self._expected = fixed + sum(blobs.values()) + ENTRY_ROOM * len(blobs)
        self._written = _Counter(progress, 2 * self._expected)
        self._tally = Tally(contents.base_vv)
        self._set = ""

    def seal(self) -> SealedBundle:
        paths = part_paths(self._output, len(self._plan))
        _refuse_short_space(self._output, self._expected)
        try:
            with _all_or_none(paths) as targets, ThreadPoolExecutor(1) as worker:
                parts = tuple(
                    self._part(number, path, file, worker) for number, (path, file) in enumerate(targets, start=1)
                )
            _refuse_gone(parts)
        except DiagError as error:
            if error.code == "DISK_FULL":
                raise _short_space(self._output, max(self._expected, self._written.done)) from error
            if error.code == "NOT_FOUND":  # what was just written
                raise DiagError("MEDIUM_GONE", location=self._output.name) from error
            raise
        return SealedBundle(
            bundle_id=self._set,
            parts=parts,
            ops=self._tally.count,
            blobs=len(self._contents.blobs),
            reports=len(self._contents.reports),
            keyid=self._signer.public_key.keyid,
        )

    def _part(self, number: int, path: Path, file: BinaryIO, worker: Executor) -> SealedPart:
        blobs = self._plan[number - 1]
        flowing = _Flowing(file)
        age = AgeWriter(flowing, self._recipients) if self._recipients else None
        archive, digests = ZipWriter(age or flowing, self._written.add), dict[str, str]()
        named = {names.blob_name(sha256): sha256 for sha256 in blobs}
        add_sources(archive, named, self._contents.blobs, worker)
        digests |= named
        if number == 1:
            self._add_the_rest(archive, digests, worker)
        statement = self._add_tags(archive, digests, number)
        archive.finish()
        if age is not None:
            age.finish()
        size = file.tell()
        if size > self._limits.split:
            raise DiagError("BUNDLE_TOO_LARGE", location=path.name, limit=str(self._limits.split // MIB))
        self._verify(file, path, () if age is None else (age.witness,))
        return SealedPart(path=path, size=size, blobs=len(blobs), statement_sha256=digest(statement))

    def _add_the_rest(self, archive: ZipWriter, digests: dict[str, str], worker: Executor) -> None:
        for name in sorted(self._tables):
            digests[name] = archive.add(name, self._tables[name])
        for segment in segments(self._contents.ops(), self._tally):
            digests[segment.name] = archive.add(segment.name, segment.data)
        reports = self._contents.reports
        named = {names.report_name(sha256): sha256 for sha256 in reports}
        add_sources(archive, named, reports, worker)
        digests |= named
        if not (self._tally.count or self._contents.blobs or reports):
            raise DiagError("BUNDLE_EMPTY")

    def _add_tags(self, archive: ZipWriter, digests: Mapping[str, str], number: int) -> bytes:
        """Write the tag files and return the signed statement."""
        payload = bag.manifest(digests)
        if number == 1:
            later = (bag.manifest({names.blob_name(one): one for one in blobs}) for blobs in self._plan[1:])
            self._set = set_id([digest(payload), *map(digest, later)])
        info = bag.bag_info(
            bundle_set=self._set,
            part=(number, len(self._plan)),
            payload_bytes=sum(entry.size for entry in archive.entries),
            payload_files=len(archive.entries),
        )
        tags = {names.BAG_INFO: info, names.BAGIT: bag.BAGIT_TXT, names.MANIFEST: payload}
        tags[names.TAGMANIFEST] = bag.manifest({name: digest(data) for name, data in tags.items()})
        statement = statement_bytes(self._statement(number, digest(tags[names.TAGMANIFEST])))
        tags[names.SIGNATURE] = seal_envelope(payload_type=PAYLOAD_TYPE, payload=statement, signer=self._signer)
        for name in sorted(tags):
            archive.add(name, tags[name])
        return statement

    def _statement(self, number: int, tagmanifest: str) -> Statement:
        key, contents = self._signer.public_key, self._contents
        sender, blobs = contents.sender, self._plan[number - 1]
        tally = self._tally if number == 1 else Tally(contents.base_vv)
        return Statement(
            bundle_set=self._set,
            part=(number, len(self._plan)),
            city=sender.city,
            org=sender.org,
            signer=StatedSigner(name=sender.name, device=sender.device, keyid=key.keyid, public_key=key.text),
            created_hlc=tally.created_hlc,
            base_vv=nested(contents.base_vv),
            vv=nested(tally.vv),
            op_count=tally.count,
            op_root=tally.root,
            blob_count=len(blobs),
            blob_bytes=sum(contents.blobs[sha256].size for sha256 in blobs),
            tagmanifest_sha256=tagmanifest,
            form_versions=tuple(sorted(tally.packs)),
            state_digests=dict(contents.state_digests),
            recipients_hint=tuple(one.text for one in self._recipients),
            audit=contents.audit,
            profile=contents.profile,
            set_blob_count=len(contents.blobs),
            min_reader=SINGLE if len(self._plan) == 1 else SEVERAL,
        )

    def _verify(self, file: BinaryIO, path: Path, witness: tuple[Identity, ...]) -> None:
        """Read the file back, from the disk rather than from memory where the system lets us ask for it."""
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        with os.fdopen(os.dup(file.fileno()), "rb") as back:
            plain = opened(back, witness, location=path.name)
            keys = (self._signer.public_key,)
            found = check_bundle(plain, trusted_keys=keys, limits=self._limits, count=self._written.add)
        if not found.verification.ok:
            problems = found.verification.problems
            refuse_changed(problems, self._contents)
            raise DiagError("BUNDLE_UNVERIFIED", location=path.name, problems=problems, found=problems[0].code)


@contextlib.contextmanager
def _all_or_none(paths: Sequence[Path]) -> Iterator[Iterator[tuple[Path, BinaryIO]]]:
    """Give each path with a file that becomes it when the block ends; the first takes its name last."""
    there: list[Path] = []
    try:
        with contextlib.ExitStack() as stack:
            targets = []
            for path in paths:
                stack.push(partial(_note, there, path))
                targets.append((path, stack.enter_context(files.writing(path))))
            yield iter(targets)
    except BaseException:
        for path in there:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _refuse_gone(parts: Sequence[SealedPart]) -> None:
    """A stick that was pulled out takes what was written along, though the file could still be read."""
    for part in parts:
        if not part.path.is_file() or part.path.stat().st_size != part.size:
            raise DiagError("MEDIUM_GONE", location=part.path.name)


def _note(there: list[Path], path: Path, kind: type[BaseException] | None, *_: object) -> None:
    if kind is None:
        there.append(path)


def _measured(contents: BundleContents) -> tuple[int, int]:
    """Return the bytes of the ops' files, and of what the statement says of them."""
    size, chains = 0, set[tuple[str, str]]()
    for op in contents.ops():
        size += len(encode_op(op))
        chains.add((op.replica, op.case))
    known = len(chains) + len(contents.base_vv) + len(contents.state_digests)
    return size + ENTRY_ROOM * len(chains), _CHAIN_ROOM * known


def _room(split: int, recipients: Sequence[Recipient]) -> int:
    """Return what a part may hold before it is encrypted."""
    if not recipients:
        return split
    return split - age_file.ROOM - (split // age_file.CHUNK + 1) * age_file.TAG


def _refuse_short_space(output: Path, needed: int) -> None:
    folder = next((one for one in output.absolute().parents if one.is_dir()), None)
    if folder is not None and shutil.disk_usage(folder).free < needed:
        raise _short_space(output, needed)


def _short_space(output: Path, needed: int) -> DiagError:
    folder = next(one for one in output.absolute().parents if one.is_dir())
    free = shutil.disk_usage(folder).free
    return DiagError("SPACE_SHORT", location=output.name, needed=str(-(-needed // _MB)), free=str(free // _MB))
