"""A city platform's firm file: its items, what is known of each, and what never leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from diag_app.codec import plain_decimal
from diag_app.forms.answers import Answers
from diag_app.forms.definition import Confidence, LocalText
from diag_app.forms.scorecard import Scorecard
from diag_app.model.facts import Contact, Enterprise
from diag_app.model.reading import PORTAL

FINAL = f"{PORTAL}final"  # register of evidence
ItemKind = Literal["value", "files", "never"]
State = Literal["filled", "open", "held_back", "never"]
_MIB = 1024 * 1024
_KEY_IN_ADDRESS = re.compile(r"://[^\s/@]*:[^\s/@]+@")


@dataclass(frozen=True, kw_only=True)
class PortalItem:
    """One item that the platform asks for; without a `source` a person types it."""

    code: str
    label: LocalText
    kind: ItemKind
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Portal:
    """What one platform asks for. A file above `whole_mb` goes in parts of `part_mb` megabytes."""

    id: str
    confidence: Confidence
    whole_mb: Decimal
    part_mb: int
    items: tuple[PortalItem, ...]
    words: Mapping[str, str]  # of classes and scales
    secrets: tuple[str, ...]  # words that tell of a password

    def looks_secret(self, text: str) -> bool:
        """Return whether `text` speaks of a password, key or code; rather too often than too seldom."""
        squeezed = "".join(text.casefold().split())
        told = any("".join(word.split()) in squeezed for word in self.secrets)
        return told or _KEY_IN_ADDRESS.search(text) is not None

    def item(self, code: str) -> PortalItem | None:
        """Return the item with this code, or null."""
        return next((one for one in self.items if one.code == code), None)

    def cuts(self, size: int) -> tuple[tuple[int, int], ...]:
        """Return start and end of each part of a file of `size` bytes: one part where it is taken whole."""
        part = self.part_mb * _MIB
        if size <= self.whole_mb * _MIB:
            return ((0, size),)
        return tuple((start, min(start + part, size)) for start in range(0, size, part))


@dataclass(frozen=True, kw_only=True)
class PortalFile:
    """A file that was marked as final for an item."""

    evidence_id: str
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PortalRow:
    """One item as it would be handed in."""

    item: PortalItem
    state: State
    value: str = ""
    files: tuple[PortalFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PortalFacts:
    """What is known of a firm that the platform asks for."""

    enterprise: Enterprise
    contacts: tuple[Contact, ...]
    answers: Answers
    scorecard: Scorecard
    typed: Mapping[str, str]
    files: Mapping[str, Sequence[PortalFile]]


def portal_rows(portal: Portal, facts: PortalFacts) -> tuple[PortalRow, ...]:
    """Return every item with what is known of it; words that look like a password are held back."""
    return tuple(_row(portal, item, facts) for item in portal.items)


def portal_from(table: Mapping[str, Any]) -> Portal:
    """Return the platform in the tables of `portal.toml`."""
    return Portal(
        id=table["id"],
        confidence=Confidence(table["confidence"]),
        whole_mb=Decimal(str(table["whole_mb"])),
        part_mb=table["part_mb"],
        items=tuple(PortalItem(**{**row, "label": LocalText(**row["label"])}) for row in table["items"]),
        words=table["words"],
        secrets=tuple(table["secrets"]),
    )


def result_figures(card: Scorecard) -> dict[str, Decimal]:
    """Return the block of results by name: level, score, each dimension, scenes at the level or (below 1) at 1."""
    reached = max(card.level, 1)
    constrained = card.constrained_at_or_above.get(reached, 0)
    return {
        "level": Decimal(card.level),
        "score": card.score,
        **card.dimensions,
        "constrained_scenes": Decimal(constrained),
        "guiding_scenes": Decimal(card.at_or_above.get(reached, 0) - constrained),
    }


def _row(portal: Portal, item: PortalItem, facts: PortalFacts) -> PortalRow:
    if item.kind == "never":
        return PortalRow(item=item, state="never")
    if item.kind == "files":
        files = tuple(facts.files.get(item.code, ()))
        return PortalRow(item=item, state="filled" if files else "open", files=files)
    known = _KNOWN[item.source](facts) if item.source else ()
    named = (portal.words.get(part, part) for part in known if part)
    value = facts.typed.get(item.code) or "; ".join(named)
    if portal.looks_secret(value):
        return PortalRow(item=item, state="held_back")
    return PortalRow(item=item, state="filled" if value else "open", value=value)


def _contacts(facts: PortalFacts) -> Iterator[str]:
    for contact in facts.contacts:
        yield " ".join(part for part in (contact.name, contact.role, contact.phone) if part)


def _staff(facts: PortalFacts) -> Iterator[str]:
    for name in ("staff_previous", "staff_last"):
        value = facts.answers.numbers.get(name)
        yield "" if value is None else f"{value:f}"


def _rating(facts: PortalFacts) -> Iterator[str]:
    yield str(facts.scorecard.level)
    yield plain_decimal(facts.scorecard.score)


_SCALE = {True: "above", False: "below", None: None}
_KNOWN: Mapping[str, Callable[[PortalFacts], Iterable[str | None]]] = {
    "name": lambda facts: (facts.enterprise.profile.name, facts.enterprise.profile.uscc),
    "address": lambda facts: (facts.enterprise.profile.address, facts.enterprise.profile.founded_on),
    "contact": _contacts,
    "products": lambda facts: (facts.enterprise.profile.products, facts.enterprise.profile.industry),
    "staff": _staff,
    "size": lambda facts: (facts.enterprise.size_class,),
    "scale": lambda facts: (_SCALE[facts.enterprise.is_above_scale],),
    "rating": _rating,
}
