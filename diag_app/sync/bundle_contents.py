"""What a bundle is made of, before it is packed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.model.ops import Op
from diag_app.sync.fact_tables import FactTables
from diag_app.sync.statement import StatedAudit, VersionVector


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
    """What goes into a bundle. Ops come ascending by replica, case, seq and id, as the store gives them, every time."""

    ops: Callable[[], Iterable[Op]]  # asked twice: to know their size, and to write them
    sender: Sender
    blobs: Mapping[str, Source] = field(default_factory=dict)  # SHA-256 -> evidence
    reports: Mapping[str, Source] = field(default_factory=dict)  # SHA-256 -> issued PDF
    facts: FactTables | None = None
    base_vv: VersionVector = field(default_factory=dict)
    state_digests: Mapping[str, str] = field(default_factory=dict)
    audit: StatedAudit | None = None
    profile: str = "full"


def source_of(data: bytes) -> Source:
    """Return a source of bytes that are at hand."""
    return Source(size=len(data), open=lambda: io.BytesIO(data))


def source_at(path: Path) -> Source:
    """Return a source that reads `path`; a missing or unreadable file is refused with its code."""
    try:
        return Source(size=path.stat().st_size, open=lambda: path.open("rb"))
    except OSError as error:
        raise files.refusal(error, path) from error
