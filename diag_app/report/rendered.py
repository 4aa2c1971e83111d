"""What a rendering leaves: the file, its outline, its pages, and what could not be shown as written."""

from __future__ import annotations

from dataclasses import dataclass, field

from diag_app.errors import Problem
from diag_app.report.page_map import PageMap


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """One chapter in the outline: its number (may be empty), its plain name, and its page counted from 1."""

    number: str
    name: str
    page: int


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A laid-out document; `problems` are warnings: the file is complete, but something stands in another's place."""

    pdf: bytes
    outline: tuple[OutlineEntry, ...]
    page_count: int
    problems: tuple[Problem, ...]
    page_map: PageMap = field(default_factory=PageMap)


@dataclass(frozen=True, kw_only=True)
class RenderedFile:
    """A document as an office file; `problems` are warnings, as those of `Rendered`."""

    data: bytes
    problems: tuple[Problem, ...]
