"""For whom a copy of a report is made, and what it does not say: a profile of redaction, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from diag_app.forms.definition import Language
from diag_app.model.edition import ENTERPRISE

Pictures = Literal["all", "covered", "none"]


@dataclass(frozen=True, kw_only=True)
class Audience:
    """A profile. `withheld` names groups of facts; `bands` are the bounds that money is said within."""

    audience_id: str = ENTERPRISE
    label: Mapping[str, str] | None = None  # by language, printed on every page; null on the firm's own copy
    withheld: frozenset[str] = frozenset()  # of WITHHOLDABLE
    bands: tuple[Decimal, ...] = ()
    pictures: Pictures = "all"
    leaves_out: frozenset[str] = frozenset()  # ids of sections

    def named(self, language: Language) -> str:
        """Return what stands on every page of the copy; nothing on the firm's own."""
        return "" if self.label is None else self.label[language]

    @property
    def is_own(self) -> bool:
        """Return whether nothing is withheld: the copy of the firm itself."""
        return not (self.withheld or self.bands or self.leaves_out) and self.pictures == "all"


OWN_COPY = Audience()
# The groups of facts that a profile may withhold.
WITHHOLDABLE = frozenset({"firm", "address", "people", "consultant", "words", "offers", "money", "signatures"})


def audiences_from(content: Mapping[str, Any]) -> Mapping[str, Audience]:
    """Return the profiles in the tables of `audiences.toml` by id."""
    found = (
        Audience(
            audience_id=entry["id"],
            label=entry.get("label"),
            withheld=frozenset(entry["withheld"]),
            bands=tuple(Decimal(bound) for bound in entry["bands"]),
            pictures=entry["pictures"],
            leaves_out=frozenset(entry["leaves_out"]),
        )
        for entry in content["audiences"]
    )
    return {audience.audience_id: audience for audience in found}
