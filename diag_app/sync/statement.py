"""What the sender states about a part and signs; the payload of the DSSE envelope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from diag_app.codec import canonical_json, load_json, structure, unstructure
from diag_app.crypto.signing import PublicKey, public_key_from_text
from diag_app.errors import DiagError
from diag_app.sync.json_depth import is_deeper
from diag_app.sync.limits import LIMITS

PAYLOAD_TYPE = "application/vnd.qizhen.bundle-statement.v1+json"
SCHEMA = "1.2"
READER = 2  # what this edition can read
SINGLE, SEVERAL = 1, 2  # what a bundle of one part takes, and one of several

VersionVector = Mapping[tuple[str, str], int]  # (replica, case) -> highest contiguous seq


@dataclass(frozen=True, kw_only=True)
class StatedSigner:
    """Who signs, with the key; whether the key is theirs is for the receiver's own list to say."""

    name: str
    device: str
    keyid: str
    public_key: str


@dataclass(frozen=True, kw_only=True)
class StatedAudit:
    """Where the sender's audit trail ended before this bundle: id of its first row, number and id of its last."""

    trail: str
    seq: int
    head: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One part's statement. `base_vv` is what the receiver is believed to have, `vv` what it has after this part."""

    bundle_set: str
    part: tuple[int, int]
    city: str | None
    org: str
    signer: StatedSigner
    created_hlc: tuple[int, int]
    base_vv: Mapping[str, Mapping[str, int]]
    vv: Mapping[str, Mapping[str, int]]
    op_count: int
    op_root: str
    blob_count: int
    blob_bytes: int
    tagmanifest_sha256: str
    form_versions: tuple[str, ...]
    state_digests: Mapping[str, str] = field(default_factory=dict)  # case -> digest of its heads at `vv`
    recipients_hint: tuple[str, ...] = ()
    audit: StatedAudit | None = None  # since 1.1
    profile: str = "full"  # since 1.2: what was left out on purpose
    set_blob_count: int | None = None  # since 1.2: the evidence of all parts together
    schema: str = SCHEMA
    min_reader: int = SINGLE


def nested(vector: VersionVector) -> dict[str, dict[str, int]]:
    """Return a version vector as {replica: {case: seq}}."""
    found: dict[str, dict[str, int]] = {}
    for (replica, case), seq in sorted(vector.items()):
        found.setdefault(replica, {})[case] = seq
    return found


def flat(vector: Mapping[str, Mapping[str, int]]) -> dict[tuple[str, str], int]:
    """Return {replica: {case: seq}} as a version vector."""
    return {(replica, case): seq for replica, cases in vector.items() for case, seq in cases.items()}


def statement_bytes(statement: Statement) -> bytes:
    """Return the canonical JSON that is signed."""
    return canonical_json(unstructure(statement))


def parse_statement(data: bytes, *, location: str) -> tuple[Statement, PublicKey]:
    """Return the statement and the key it names; fields of later minor editions are passed over.

    Raises:
        DiagError: `BUNDLE_NEWER` when a later program is needed, `STATEMENT_INVALID` for anything not as documented.
    """
    if is_deeper(data, LIMITS.json_depth):
        raise DiagError("STATEMENT_INVALID", location=location)
    value = load_json(data, location=location)
    if not isinstance(value, dict):
        raise DiagError("STATEMENT_INVALID", location=location)
    major = str(value.get("schema", "")).partition(".")[0]
    needed = value.get("min_reader")
    if (major.isdecimal() and major != "1") or (isinstance(needed, int) and needed > READER):
        raise DiagError("BUNDLE_NEWER", location=location, needed=str(needed))
    known = {one.name: value[one.name] for one in fields(Statement) if one.name in value}
    known = {"audit": None, "profile": "full", "set_blob_count": None} | known
    statement = _strict(known, location=location)
    if len(known) != len(fields(Statement)) or not _is_canonical(value, data):
        raise DiagError("STATEMENT_INVALID", location=location)
    number, of = statement.part
    if not 1 <= number <= of:
        raise DiagError("STATEMENT_INVALID", location=location)
    return statement, _stated_key(statement.signer, location=location)


def _is_canonical(value: dict[str, Any], data: bytes) -> bool:
    try:
        return canonical_json(value) == data
    except ValueError:  # a fraction, or a number too large, in a field that is not known here
        return False


def _stated_key(signer: StatedSigner, *, location: str) -> PublicKey:
    try:
        key = public_key_from_text(signer.public_key, location=location)
    except DiagError:
        raise DiagError("STATEMENT_INVALID", location=location) from None
    if key.keyid != signer.keyid:
        raise DiagError("STATEMENT_INVALID", location=location)
    return key


def _strict(value: dict[str, Any], *, location: str) -> Statement:
    """Return the statement in `value`; the converter alone would take a number for a text."""
    try:
        statement = structure(value, Statement, location=location)
        if canonical_json(unstructure(statement)) == canonical_json(value):
            return statement
    except (DiagError, ValueError):
        pass
    raise DiagError("STATEMENT_INVALID", location=location)
