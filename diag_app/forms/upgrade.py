"""From the answers of one version of a method to the next: a pure mapping that the newer pack brings as data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from diag_app.forms.definition import Confidence
from diag_app.forms.pack_parts import UPGRADE, toml_content
from diag_app.forms.pack_table import Findings, Table

CARRIED = ("answer", "number", "scenario", "note")  # what stands under the id of a question, figure or scenario


@dataclass(frozen=True, kw_only=True)
class Upgrade:
    """How answers given to the version `earlier` are read in this one; what is not named is the same.

    Attributes:
        moved: id in the earlier version -> ids in this one; none where it was dropped, several where it was split.
        options: question in the earlier version -> option there -> options here; none where it is no longer there.
        factors: figure in the earlier version -> what it is multiplied by to be in the unit of this one.
    """

    earlier: str
    moved: Mapping[str, tuple[str, ...]]
    options: Mapping[str, Mapping[str, tuple[str, ...]]]
    factors: Mapping[str, Decimal]


def read_upgrade(files: Mapping[str, bytes], known: Collection[str], findings: Findings) -> Upgrade | None:
    """Return the mapping in a pack's files, or null where it has none; `known` are the ids of this version."""
    content = toml_content(UPGRADE, files, findings) if UPGRADE in files else None
    if content is None:
        return None
    table = Table(
        file=UPGRADE, path="", content=content, findings=findings, marks={}, english=Confidence.UNKNOWN, taken=set()
    )
    moved: dict[str, tuple[str, ...]] = dict.fromkeys(table.texts("dropped"), ()) | _lists(table, "moved")
    for key, ids in moved.items():
        for place, found in enumerate(ids):
            if found not in known:
                findings.unlawful("PACK_ID_UNKNOWN", UPGRADE, f"moved.{key}[{place}]", value=found)
    options: dict[str, Mapping[str, tuple[str, ...]]] = {}
    if table.has("options"):
        outer = table.table("options")
        options = {question: _lists(outer, question) for question in outer.content}
    factors: dict[str, Decimal] = {}
    if table.has("factors"):
        inner = table.table("factors")
        factors = {number: inner.decimal(number) for number in inner.content}
    upgrade = Upgrade(earlier=table.text("from"), moved=moved, options=options, factors=factors)
    table.close()
    return upgrade


def asked_by(upgrades: Iterable[Upgrade], ids: Iterable[str]) -> frozenset[str]:
    """Return what the questions and scenarios of an earlier version are called in this one; what was dropped is not."""
    asked = frozenset(ids)
    for upgrade in upgrades:
        asked = frozenset(there for one in asked for there in upgrade.moved.get(one, (one,)))
    return asked


def carry(upgrades: Iterable[Upgrade], register: str, value: Any) -> dict[str, Any]:
    """Return what an answer of an earlier version is in this one, by register; nothing where it has no place.

    `upgrades` lead from its version to this one, the oldest first. The answer itself is never rewritten.
    """
    found = {register: value}
    for upgrade in upgrades:
        found = {to: new for at, old in found.items() for to, new in _carried(upgrade, at, old).items()}
    return found


def _carried(upgrade: Upgrade, register: str, value: Any) -> dict[str, Any]:
    kind, _, target = register.partition(":")
    if kind == "answer" and target in upgrade.options:
        table = upgrade.options[target]
        lists = [table.get(option, (option,)) for option in value["options"]]
        if not all(lists):
            return {}  # an option that is no longer there: half an answer would be another answer
        value = {"options": sorted({option for keys in lists for option in keys})}
    if kind == "number" and target in upgrade.factors:
        value = f"{Decimal(value) * upgrade.factors[target]:f}"
    return {f"{kind}:{to}": value for to in upgrade.moved.get(target, (target,))}


def _lists(table: Table, key: str) -> dict[str, tuple[str, ...]]:
    if not table.has(key):
        return {}
    inner = table.table(key)
    return {name: inner.texts(name) for name in inner.content}
