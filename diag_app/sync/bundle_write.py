"""Seals a bundle: one part, written in one pass, read back and verified before it takes its name."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.clock import Progress, no_progress
from diag_app.codec import digest
from diag_app.crypto.dsse import seal_envelope
from diag_app.crypto.signing import Signer
from diag_app.errors import DiagError
from diag_app.model.ops import Op
from diag_app.sync import bag, names
from diag_app.sync.bundle_check import check_bundle
from diag_app.sync.canonical_zip import WrongLengthError, ZipWriter
from diag_app.sync.fact_tables import FactTables, fact_files
from diag_app.sync.limits import LIMITS, MIB, Limits
from diag_app.sync.op_lines import Tally, segments
from diag_app.sync.statement import (
    PAYLOAD_TYPE,
    StatedAudit,
    StatedSigner,
    Statement,
    VersionVector,
    nested,
    statement_bytes,
)

_ENTRY_OVERHEAD = 1024  # headers and manifest lines of one entry, generous
_MB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file to put into a bundle: its size in bytes, and how to open it when its turn comes."""

    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends, and for which city; stated and signed."""

    name: str
    org: str
    device: str
    city: str | None = None


@dataclass(frozen=True, kw_only=True)
class BundleContents:
    """What goes into a bundle. Ops come ascending by replica, case, seq and id, as the store gives them."""

    ops: Iterable[Op]
    sender: Sender
    blobs: Mapping[str, Source] = field(default_factory=dict)  # SHA-256 -> evidence
    reports: Mapping[str, Source] = field(default_factory=dict)  # SHA-256 -> issued PDF
    facts: FactTables | None = None
    base_vv: VersionVector = field(default_factory=dict)
    state_digests: Mapping[str, str] = field(default_factory=dict)
    audit: StatedAudit | None = None


@dataclass(frozen=True, kw_only=True)
class SealedBundle:
    """A bundle that stands on the disk under `path`, read back and verified. Sizes in bytes, the rest are counts."""

    bundle_id: str
    path: Path
    ops: int
    blobs: int
    reports: int
    size: int
    keyid: str


def source_of(data: bytes) -> Source:
    """Return a source of bytes that are at hand."""
    return Source(size=len(data), open=lambda: io.BytesIO(data))


def source_at(path: Path) -> Source:
    """Return a source that reads `path`; a missing or unreadable file is refused with its code."""
    try:
        return Source(size=path.stat().st_size, open=lambda: path.open("rb"))
    except OSError as error:
        raise files.refusal(error, path) from error


def write_bundle(
    output: Path,
    *,
    contents: BundleContents,
    signer: Signer,
    limits: Limits = LIMITS,
    progress: Progress = no_progress,
) -> SealedBundle:
    """Write, read back and verify a bundle; the same contents and key give the same bytes.

    `output` appears whole and verified, or not at all. `progress` counts bytes, each once written and once verified.

    Raises:
        DiagError: `SPACE_SHORT` (naming the megabytes needed), `BUNDLE_EMPTY`, `BUNDLE_TOO_LARGE`, `SOURCE_CHANGED`
            (a file no longer has its digest), `BUNDLE_UNVERIFIED`, or what the disk refused.
    """
    tables = fact_files(contents.facts) if contents.facts is not None else {}
    expected = _expected_size(contents, tables)
    _refuse_size(output, expected, limits)
    _refuse_short_space(output, expected)
    written = _Counter(progress, 2 * expected)
    try:
        with files.writing(output) as file:
            statement, size = _write(file, contents, tables, signer, written)
            _refuse_size(output, size, limits)
            _verify_on_disk(file, output, signer, limits, written)
    except DiagError as error:
        if error.code != "DISK_FULL":
            raise
        raise _short_space(output, max(expected, written.done)) from error
    return SealedBundle(
        bundle_id=statement.bundle_set,
        path=output,
        ops=statement.op_count,
        blobs=statement.blob_count,
        reports=len(contents.reports),
        size=size,
        keyid=signer.public_key.keyid,
    )


class _Counter:
    """Adds up bytes for a progress; never more than the total that was announced."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self.done = progress, total, 0

    def add(self, count: int) -> None:
        self.done += count
        self._progress(min(self.done, self._total), self._total)


def _write(
    file: BinaryIO, contents: BundleContents, tables: Mapping[str, bytes], signer: Signer, written: _Counter
) -> tuple[Statement, int]:
    archive, tally, digests = ZipWriter(file), Tally(contents.base_vv), dict[str, str]()
    blobs = {names.blob_name(sha256): (sha256, source) for sha256, source in contents.blobs.items()}
    reports = {names.report_name(sha256): (sha256, source) for sha256, source in contents.reports.items()}
    _add_sources(archive, blobs, digests, written)
    for name in sorted(tables):
        digests[name] = archive.add(name, tables[name])
    for segment in segments(contents.ops, tally):
        digests[segment.name] = archive.add(segment.name, segment.data)
        written.add(len(segment.data))
    if not tally.count:
        raise DiagError("BUNDLE_EMPTY")
    _add_sources(archive, reports, digests, written)
    payload = bag.manifest(digests)
    info = bag.bag_info(
        bundle_set=digest(payload),
        part=(1, 1),
        payload_bytes=sum(entry.size for entry in archive.entries),
        payload_files=len(archive.entries),
    )
    tags = {names.BAG_INFO: info, names.BAGIT: bag.BAGIT_TXT, names.MANIFEST: payload}
    tags[names.TAGMANIFEST] = bag.manifest({name: digest(data) for name, data in tags.items()})
    statement = _statement(contents, signer, tally, digest(payload), digest(tags[names.TAGMANIFEST]))
    tags[names.SIGNATURE] = seal_envelope(payload_type=PAYLOAD_TYPE, payload=statement_bytes(statement), signer=signer)
    for name in sorted(tags):
        archive.add(name, tags[name])
    return statement, archive.finish()


def _statement(contents: BundleContents, signer: Signer, tally: Tally, bundle_set: str, tagmanifest: str) -> Statement:
    key, sender = signer.public_key, contents.sender
    return Statement(
        bundle_set=bundle_set,
        part=(1, 1),
        city=sender.city,
        org=sender.org,
        signer=StatedSigner(name=sender.name, device=sender.device, keyid=key.keyid, public_key=key.text),
        created_hlc=tally.created_hlc,
        base_vv=nested(contents.base_vv),
        vv=nested(tally.vv),
        op_count=tally.count,
        op_root=tally.root,
        blob_count=len(contents.blobs),
        blob_bytes=sum(source.size for source in contents.blobs.values()),
        tagmanifest_sha256=tagmanifest,
        form_versions=tuple(sorted(tally.packs)),
        state_digests=dict(contents.state_digests),
        audit=contents.audit,
    )


def _add_sources(
    archive: ZipWriter, sources: Mapping[str, tuple[str, Source]], digests: dict[str, str], written: _Counter
) -> None:
    for name in sorted(sources):
        sha256, source = sources[name]
        with source.open() as stream:
            try:
                digests[name] = archive.add_stream(name, source.size, _blocks(stream, written))
            except WrongLengthError:
                raise DiagError("SOURCE_CHANGED", location=sha256) from None
        if digests[name] != sha256:
            raise DiagError("SOURCE_CHANGED", location=sha256)


def _blocks(stream: BinaryIO, written: _Counter) -> Iterator[bytes]:
    while block := stream.read(MIB):
        yield block
        written.add(len(block))


def _verify_on_disk(file: BinaryIO, output: Path, signer: Signer, limits: Limits, written: _Counter) -> None:
    """Read the file back, from the disk rather than from memory where the system lets us ask for it."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with os.fdopen(os.dup(file.fileno()), "rb") as back:
        found = check_bundle(back, trusted_keys=(signer.public_key,), limits=limits, count=written.add)
    if not found.verification.ok:
        problems = found.verification.problems
        raise DiagError("BUNDLE_UNVERIFIED", location=output.name, problems=problems, found=problems[0].code)


def _expected_size(contents: BundleContents, tables: Mapping[str, bytes]) -> int:
    """Return the bytes needed but for the ops, whose share is small beside the evidence."""
    sizes = [source.size for source in (*contents.blobs.values(), *contents.reports.values())]
    sizes += [len(data) for data in tables.values()]
    return sum(sizes) + _ENTRY_OVERHEAD * (len(sizes) + len(names.TAG_NAMES))


def _refuse_size(output: Path, size: int, limits: Limits) -> None:
    if size > limits.part:
        raise DiagError("BUNDLE_TOO_LARGE", location=output.name, limit=str(limits.part // MIB))


def _refuse_short_space(output: Path, needed: int) -> None:
    folder = next((one for one in output.absolute().parents if one.is_dir()), None)
    if folder is not None and shutil.disk_usage(folder).free < needed:
        raise _short_space(output, needed)


def _short_space(output: Path, needed: int) -> DiagError:
    folder = next(one for one in output.absolute().parents if one.is_dir())
    free = shutil.disk_usage(folder).free
    return DiagError("SPACE_SHORT", location=output.name, needed=str(-(-needed // _MB)), free=str(free // _MB))
