"""How much a bundle may hold: every bound in one place, checked before anything is read into memory."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one part, in bytes and counts."""

    part: int = 2 * GIB  # many sticks are FAT32, whose largest file is 4 GiB - 1
    entries: int = 100_000
    tag_file: int = 32 * MIB  # manifests, envelope
    segment: int = 16 * MIB  # one file of ops
    op_line: int = 4 * MIB
    ops: int = 2_000_000
    json_depth: int = 32


LIMITS = Limits()
SEGMENT_OPS = 10_000  # the writer begins a new file of ops here
SEGMENT_BYTES = 4 * MIB
