"""Verifies a bundle: every fault it can reach is collected, and ops are read only when the signature holds."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from diag_app.codec import digest
from diag_app.crypto.dsse import open_envelope
from diag_app.crypto.signing import PublicKey
from diag_app.errors import DiagError, Problem, Severity
from diag_app.sync import bag, names
from diag_app.sync.canonical_zip import Entry
from diag_app.sync.limits import KIB, Limits
from diag_app.sync.ops_check import OpsCheck
from diag_app.sync.statement import PAYLOAD_TYPE, Statement, flat, nested, parse_statement
from diag_app.sync.zip_reader import chunks, read_entries

Count = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a check found: faults in order, and who states what, null where that could not be read."""

    problems: tuple[Problem, ...]
    statement: Statement | None
    signer: PublicKey | None
    manifest_sha256: str = ""

    @property
    def ok(self) -> bool:
        """Return whether nothing was found that refuses the bundle; warnings do not."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, kw_only=True)
class CheckedBundle:
    """A verification with the entries it was made over."""

    verification: Verification
    entries: tuple[Entry, ...]


def check_bundle(file: BinaryIO, *, trusted_keys: Collection[PublicKey], limits: Limits, count: Count) -> CheckedBundle:
    """Return what is wrong with the part in `file`; `count` hears of the payload bytes as they are read."""
    try:
        return _checked(file, trusted_keys, limits, count)
    except DiagError as error:
        found = error.problems or (_problem(error),)
        return CheckedBundle(verification=Verification(problems=found, statement=None, signer=None), entries=())


def _checked(file: BinaryIO, trusted_keys: Collection[PublicKey], limits: Limits, count: Count) -> CheckedBundle:
    entries = read_entries(file, limits=limits)
    tags = _read_tags(file, entries, limits)
    problems: list[Problem] = []
    statement, signer = _read_statement(tags[names.SIGNATURE], trusted_keys, problems)
    listed = _read_manifests(tags, entries, statement, problems)
    payload = [entry for entry in entries if names.is_payload(entry.name)]
    ops = OpsCheck(flat(statement.base_vv), limits) if statement else None
    for entry in payload:
        problems += _payload_problems(file, entry, listed.get(entry.name), ops, limits, count)
    if statement and ops and not problems_refuse(problems):
        problems += _disagreements(statement, tags, payload, ops)
    found = Verification(
        problems=tuple(problems), statement=statement, signer=signer, manifest_sha256=digest(tags[names.MANIFEST])
    )
    return CheckedBundle(verification=found, entries=entries)


def problems_refuse(problems: Collection[Problem]) -> bool:
    """Return whether one of `problems` is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def _problem(error: DiagError) -> Problem:
    return Problem(code=error.code, location=error.location, parameters=error.parameters)


def _read_tags(file: BinaryIO, entries: tuple[Entry, ...], limits: Limits) -> dict[str, bytes]:
    tags = {entry.name: entry for entry in entries if not names.is_payload(entry.name)}
    problems = [
        Problem(code="SIGNATURE_MISSING" if name == names.SIGNATURE else "ENTRY_MISSING", location=name)
        for name in names.TAG_NAMES
        if name not in tags
    ]
    problems += [
        Problem(code="ENTRY_TOO_LARGE", location=name, parameters={"limit": str(limits.tag_file // KIB)})
        for name, entry in tags.items()
        if entry.size > limits.tag_file
    ]
    if problems:
        raise DiagError(problems[0].code, problems=tuple(problems))
    found = {name: b"".join(chunks(file, entry)) for name, entry in tags.items()}
    for name, data in found.items():
        if zlib.crc32(data) != tags[name].crc:
            raise DiagError("ENTRY_CHANGED", location=name)
    return found


def _read_statement(
    envelope_bytes: bytes, trusted_keys: Collection[PublicKey], problems: list[Problem]
) -> tuple[Statement | None, PublicKey | None]:
    """Return statement and key when the signature holds; otherwise add why not."""
    try:
        envelope = open_envelope(envelope_bytes, payload_type=PAYLOAD_TYPE, location=names.SIGNATURE)
        statement, key = parse_statement(envelope.payload, location=names.SIGNATURE)
    except DiagError as error:
        problems.append(_problem(error))
        return None, None
    if not envelope.is_signed_by(key):
        problems.append(Problem(code="SIGNATURE_INVALID", location=names.SIGNATURE))
        return None, None
    if key not in trusted_keys:
        problems.append(
            Problem(
                code="SIGNER_UNKNOWN",
                location=names.SIGNATURE,
                severity=Severity.WARNING,
                parameters={"name": names.shown(statement.signer.name), "keyid": key.keyid},
            )
        )
    return statement, key


def _read_manifests(
    tags: Mapping[str, bytes], entries: tuple[Entry, ...], statement: Statement | None, problems: list[Problem]
) -> dict[str, str]:
    """Return {payload name: SHA-256}; add what the manifests and the archive do not have in common."""
    if tags[names.BAGIT] != bag.BAGIT_TXT:
        problems.append(Problem(code="TAG_INVALID", location=names.BAGIT))
    if statement and statement.tagmanifest_sha256 != digest(tags[names.TAGMANIFEST]):
        problems.append(Problem(code="ENTRY_CHANGED", location=names.TAGMANIFEST))
    try:
        covered = bag.parse_manifest(tags[names.TAGMANIFEST], location=names.TAGMANIFEST)
        listed = bag.parse_manifest(tags[names.MANIFEST], location=names.MANIFEST)
    except DiagError as error:
        problems.append(_problem(error))
        return {}
    actual = bag.tag_digests({name: digest(data) for name, data in tags.items()})
    problems += _set_problems(covered, actual)
    problems += [
        Problem(code="ENTRY_CHANGED", location=name)
        for name in actual
        if name in covered and covered[name] != actual[name]
    ]
    problems += _set_problems(listed, {entry.name for entry in entries if names.is_payload(entry.name)})
    return listed


def _set_problems(listed: Collection[str], actual: Collection[str]) -> Iterator[Problem]:
    for name in sorted(set(listed) - set(actual)):
        yield Problem(code="ENTRY_MISSING", location=names.shown(name))
    for name in sorted(set(actual) - set(listed)):
        yield Problem(code="ENTRY_UNLISTED", location=names.shown(name))


def _payload_problems(
    file: BinaryIO, entry: Entry, listed: str | None, ops: OpsCheck | None, limits: Limits, count: Count
) -> Iterator[Problem]:
    is_segment = entry.name.startswith("data/ops/")
    if is_segment and entry.size > limits.segment:
        limit = str(limits.segment // KIB)
        yield Problem(code="ENTRY_TOO_LARGE", location=entry.name, parameters={"limit": limit})
        return
    crc, sha256, kept = 0, hashlib.sha256(), list[bytes]()
    for chunk in chunks(file, entry):
        crc = zlib.crc32(chunk, crc)
        sha256.update(chunk)
        if is_segment:
            kept.append(chunk)
        count(len(chunk))
    actual = sha256.hexdigest()
    is_whole = crc == entry.crc and listed in (None, actual) and names.digest_in(entry.name) in (None, actual)
    if not is_whole:
        yield Problem(code="ENTRY_CHANGED", location=entry.name)
    elif is_segment and ops and listed is not None:
        yield from ops.problems_in(entry.name, b"".join(kept))


def _disagreements(
    statement: Statement, tags: Mapping[str, bytes], payload: list[Entry], ops: OpsCheck
) -> Iterator[Problem]:
    """Compare what is stated with what is there; nothing else is wrong when this is asked."""
    blobs = [entry for entry in payload if entry.name.startswith("data/blobs/")]
    bundle_set = digest(tags[names.MANIFEST]) if statement.part == (1, 1) else statement.bundle_set
    facts = {
        "bundle_set": bundle_set,
        "created_hlc": ops.tally.created_hlc,
        "vv": nested(ops.tally.vv),
        "op_count": ops.tally.count,
        "op_root": ops.tally.root,
        "blob_count": len(blobs),
        "blob_bytes": sum(entry.size for entry in blobs),
        "form_versions": tuple(sorted(ops.tally.packs)),
    }
    for name, fact in facts.items():
        if getattr(statement, name) != fact:
            yield Problem(code="STATEMENT_DISAGREES", location=names.SIGNATURE, parameters={"field": name})
    if statement.part[0] > 1:
        yield from (Problem(code="ENTRY_FOREIGN", location=entry.name) for entry in payload if entry not in blobs)
    info = bag.bag_info(
        bundle_set=bundle_set,
        part=statement.part,
        payload_bytes=sum(entry.size for entry in payload),
        payload_files=len(payload),
    )
    if tags[names.BAG_INFO] != info:
        yield Problem(code="TAG_INVALID", location=names.BAG_INFO)
