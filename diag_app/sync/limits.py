"""How much a bundle may hold: every bound in one place, checked before anything is read into memory."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one part, in bytes and counts."""

    part: int = 4 * GIB - 1  # the largest file of a FAT32 stick
    split: int = 2 * GIB  # the writer begins another part here
    entries: int = 100_000
    tag_file: int = 32 * MIB  # manifests, envelope
    segment: int = 16 * MIB  # one file of ops
    op_line: int = 4 * MIB
    ops: int = 2_000_000
    json_depth: int = 32


LIMITS = Limits()
SEGMENT_OPS = 10_000  # the writer begins a new file of ops here
SEGMENT_BYTES = 4 * MIB
