"""Which report of a case is meant: the kind of report, for whom, after which template."""

from __future__ import annotations

from dataclasses import dataclass

PROPOSAL, ENTERPRISE, HOUSE_TEMPLATE = "proposal", "enterprise", "qizhen-report"


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A report asked for; `template` is the id of a report pack, or `id@version`."""

    kind: str = PROPOSAL
    audience: str = ENTERPRISE
    template: str = HOUSE_TEMPLATE
