"""Forges bundles: a ZIP packer that can lie in every field, and a sealer that signs whatever it is given."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from diag_app.codec import canonical_json
from diag_app.crypto.dsse import seal_envelope
from diag_app.sync.statement import PAYLOAD_TYPE
from tests.sync.samples import seal, signer

UNIX_FILE = 0o100644 << 16
Files = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Raw:
    """One ZIP entry, with every field as a lie may need it."""

    name: bytes
    data: bytes
    flags: int = 0
    method: int = 0
    mode: int = UNIX_FILE
    extra: bytes = b""
    claimed_size: int | None = None
    local_name: bytes | None = None
    before: bytes = b""  # bytes in front of the local header
    offset: int | None = None  # where the directory says the header is


def pack(entries: list[Raw], *, front: bytes = b"", comment: bytes = b"", behind: bytes = b"") -> bytes:
    """Return an archive of `entries`, canonical but for what they ask for."""
    body, directory = bytearray(front), bytearray()
    for entry in entries:
        packed = zlib.compress(entry.data, 9)[2:-4] if entry.method == 8 else entry.data
        size = len(entry.data) if entry.claimed_size is None else entry.claimed_size
        common = struct.pack("<5H3L", 20, entry.flags, entry.method, 0, 33, zlib.crc32(entry.data), len(packed), size)
        name, local_name = entry.name, entry.local_name or entry.name
        body += entry.before
        offset = len(body) if entry.offset is None else entry.offset
        body += b"PK\x03\x04" + common + struct.pack("<2H", len(local_name), len(entry.extra)) + local_name
        body += entry.extra + packed
        lengths = struct.pack("<5H2L", len(name), len(entry.extra), 0, 0, 0, entry.mode, offset)
        directory += b"PK\x01\x02" + struct.pack("<H", 788) + common + lengths + name + entry.extra
    count = len(entries)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body + directory + end + comment + behind)


def raw(files: Mapping[str, bytes]) -> list[Raw]:
    """Return the entries of `files` in the container's order."""
    names = sorted(files, key=lambda name: (not name.startswith("data/"), name))
    return [Raw(name=name.encode(), data=files[name]) for name in names]


def true_files(folder: Path) -> Files:
    """Return the files of a true bundle, read by Python's own ZIP reader."""
    path = folder / "true.zip"
    seal(path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@dataclass(frozen=True, kw_only=True)
class Forgery:
    """What is changed before the manifests are made, in the tag files, in the statement, in the envelope."""

    payload: Callable[[Files], None] = lambda files: None
    tags: Callable[[Files], None] = lambda files: None
    statement: dict[str, Any] = field(default_factory=dict)
    envelope: Callable[[dict[str, Any]], None] = lambda envelope: None
    payload_type: str = PAYLOAD_TYPE


def reseal(files: Files, forgery: Forgery) -> Files:
    """Return `files` forged, with true manifests over them and a true signature, as a hostile signer would make."""
    found = dict(files)
    forgery.payload(found)
    payload = {name: data for name, data in found.items() if name.startswith("data/")}
    found["manifest-sha256.txt"] = _manifest(payload)
    set_id = sha256(found["manifest-sha256.txt"]).hexdigest()
    found["bag-info.txt"] = (
        f"Bag-Count: 1 of 1\nBag-Group-Identifier: {set_id}\nBagIt-Profile-Identifier: urn:qizhen:bagit-profile:1\n"
        f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n"
    ).encode()
    forgery.tags(found)
    covered = {
        name: data
        for name, data in found.items()
        if not name.startswith(("data/", "signature", "tagmanifest")) and "/" not in name
    }
    if "tagmanifest-sha256.txt" in found:
        found["tagmanifest-sha256.txt"] = _manifest(covered)
    statement = read_statement(files) | {"bundle_set": set_id}
    statement["tagmanifest_sha256"] = sha256(found.get("tagmanifest-sha256.txt", b"")).hexdigest()
    statement = {key: value for key, value in (statement | forgery.statement).items() if value is not ...}
    sealed = seal_envelope(payload_type=forgery.payload_type, payload=canonical_json(statement), signer=signer())
    envelope = json.loads(sealed)
    forgery.envelope(envelope)
    if "signature.dsse.json" in found:
        found["signature.dsse.json"] = canonical_json(envelope)
    return found


def read_statement(files: Files) -> dict[str, Any]:
    """Return the statement inside the envelope."""
    envelope = json.loads(files["signature.dsse.json"])
    found: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"]))
    return found


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
