"""Report templates: which kinds of report there are, what stands in each, in whose name and look; pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from diag_app.forms.definition import LocalText
from diag_app.forms.logo import Logo


@dataclass(frozen=True, kw_only=True)
class ReportKind:
    """One kind of report: its title, its sections in order, and how it is numbered and bound."""

    kind_id: str
    title: LocalText
    head: LocalText  # names it in the running head
    mark: str  # before its running number: `D` in `…-D3`
    sections: tuple[str, ...]
    formats: tuple[str, ...]
    has_cover: bool = True
    has_contents: bool = True
    most_pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class OwnSection:
    """A section that a template adds; `{field}` in its texts is replaced by a named fact."""

    section_id: str
    number: str
    name: LocalText
    finding: LocalText | None
    lead: LocalText | None
    paragraphs: tuple[LocalText, ...]
    new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class SectionChange:
    """Another number or other words for a section that the program makes; null leaves what it says."""

    number: str | None = None
    name: LocalText | None = None
    finding: LocalText | None = None
    lead: LocalText | None = None


@dataclass(frozen=True, kw_only=True)
class Branding:
    """In whose name and look a report is made; null leaves the house's own."""

    name: LocalText | None = None
    service: LocalText | None = None
    disclaimer: LocalText | None = None
    accent: str | None = None
    logo: Logo | None = None


@dataclass(frozen=True, kw_only=True)
class ReportTemplate:
    """A report pack as read; one that says less than another is laid over it."""

    pack_id: str
    version: str
    digest: str  # SHA-256 over the canonical form of all its files
    title: LocalText
    kinds: tuple[ReportKind, ...]
    branding: Branding = field(default_factory=Branding)
    own: Mapping[str, OwnSection] = field(default_factory=dict)
    changes: Mapping[str, SectionChange] = field(default_factory=dict)
    base: ReportTemplate | None = None

    @property
    def reference(self) -> str:
        """Return `id@version`."""
        return f"{self.pack_id}@{self.version}"

    @property
    def digests(self) -> Mapping[str, str]:
        """Return the digest of this template and of what it is laid over, by reference."""
        below = {} if self.base is None else self.base.digests
        return {self.reference: self.digest, **below}

    def kind(self, kind_id: str) -> ReportKind | None:
        """Return the kind with this id, or null."""
        return next((kind for kind in self.kinds if kind.kind_id == kind_id), None)

    def over(self, base: ReportTemplate) -> ReportTemplate:
        """Return this template laid over `base`: what it does not say is said by `base`."""
        kinds = {kind.kind_id: kind for kind in base.kinds} | {kind.kind_id: kind for kind in self.kinds}
        said = {name: value for name, value in vars(self.branding).items() if value is not None}
        return replace(
            self,
            kinds=tuple(kinds.values()),
            branding=replace(base.branding, **said),
            own={**base.own, **self.own},
            changes={**base.changes, **self.changes},
            base=base,
        )
