"""The tag files of a BagIt 1.0 bag (RFC 8493): written, and read back strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diag_app.errors import DiagError
from diag_app.sync.names import SIGNATURE, TAGMANIFEST

PROFILE = "urn:qizhen:bagit-profile:1"
BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)", re.ASCII)


def bag_info(*, bundle_set: str, part: tuple[int, int], payload_bytes: int, payload_files: int) -> bytes:
    """Return `bag-info.txt`; no clock and no machine in it."""
    number, of = part
    return (
        f"Bag-Count: {number} of {of}\n"
        f"Bag-Group-Identifier: {bundle_set}\n"
        f"BagIt-Profile-Identifier: {PROFILE}\n"
        f"Payload-Oxum: {payload_bytes}.{payload_files}\n"
    ).encode("ascii")


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest of {name: SHA-256}, by name, in the form `sha256sum -c` reads."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("ascii")


def parse_manifest(data: bytes, *, location: str) -> dict[str, str]:
    """Return {name: SHA-256} of a manifest in our own spelling; any other is refused with `TAG_INVALID`."""
    found: dict[str, str] = {}
    for line in data.decode("ascii", "replace").split("\n")[:-1]:
        match = _LINE.fullmatch(line)
        if match is None or match[2] in found:
            raise DiagError("TAG_INVALID", location=location)
        found[match[2]] = match[1]
    if manifest(found) != data:
        raise DiagError("TAG_INVALID", location=location)
    return found


def tag_digests(tags: Mapping[str, str]) -> dict[str, str]:
    """Return those of the tag files {name: SHA-256} that the tag manifest covers."""
    return {name: found for name, found in tags.items() if name not in (TAGMANIFEST, SIGNATURE)}
