"""Counts and stamps of many cases at once, for lists that must not read every case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diag_app.storage.store import Store

_BELOW = (
    "SELECT f.entity, f.name, e.kind, count(*) FROM entity a "
    "JOIN entity e ON e.kind IN ('evidence', 'need', 'proposal') AND e.parent = a.entity AND e.case_id = a.case_id "
    "JOIN enterprise f ON f.entity = a.case_id "
    "WHERE a.kind = 'assessment' AND a.parent = a.case_id AND NOT a.is_deleted AND NOT e.is_deleted GROUP BY 1, 3"
)
_ANSWERS = (
    "SELECT f.entity, f.name, 'answer', count(*) FROM entity a "
    "JOIN register r ON r.case_id = a.case_id AND r.entity = a.entity "
    "JOIN enterprise f ON f.entity = a.case_id "
    "WHERE a.kind = 'assessment' AND a.parent = a.case_id AND NOT a.is_deleted AND r.value IS NOT NULL "
    "AND substr(r.register, 1, instr(r.register, ':')) IN ('answer:', 'number:', 'scenario:', 'note:') GROUP BY 1"
)
_STAMPS = "SELECT case_id, max(id) FROM op WHERE case_id IN ({}) GROUP BY case_id"


@dataclass(frozen=True, kw_only=True)
class CaseItems:
    """What the assessments of one enterprise hold: how many of each kind (answer, evidence, need, proposal)."""

    enterprise_id: str
    name: str
    counts: Mapping[str, int]


def case_items(store: Store) -> tuple[CaseItems, ...]:
    """Return the enterprises that hold anything, in the order they were made in."""
    database, _ = store.inside
    names: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for query in (_ANSWERS, _BELOW):
        for case, name, kind, count in database.all(query):
            names[case] = name
            counts.setdefault(case, {})[kind] = count
    return tuple(CaseItems(enterprise_id=case, name=names[case], counts=counts[case]) for case in sorted(counts))


def case_stamps(store: Store, cases: Sequence[str]) -> Mapping[str, int]:
    """Return for each case a number that grows with everything recorded in it."""
    database, _ = store.inside
    return dict(database.all(_STAMPS.format(", ".join("?" * len(cases))), tuple(cases)))
