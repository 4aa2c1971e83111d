"""What was written into bundles, and what no receipt has named yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from diag_app.operations.bundle_profile import Profile
from diag_app.operations.workspace import Workspace
from diag_app.storage.counts import CaseItems, case_items
from diag_app.storage.deliveries import acknowledged_cases, open_items

if TYPE_CHECKING:
    from diag_app.sync.bundle_write import SealedBundle

ItemClass = Literal["answers", "evidence", "needs", "proposals"]
CLASSES: tuple[ItemClass, ...] = ("answers", "evidence", "needs", "proposals")
_KINDS: dict[ItemClass, str] = {"answers": "answer", "evidence": "evidence", "needs": "need", "proposals": "proposal"}
_EXPORTS = "exports"


@dataclass(frozen=True, kw_only=True)
class Export:
    """One bundle that was written, read back and verified. It was handed over; that it arrived is not known."""

    bundle_id: str
    path: str
    written_at: str
    ops: int
    blobs: int
    size: int
    state_digests: dict[str, str]  # case -> digest of what it held
    profile: Profile = "full"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UndeliveredCase:
    """One enterprise's items without a receipt; `is_written` when the newest state stands in a written bundle."""

    enterprise_id: str
    name: str
    count: int
    is_written: bool


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """All items without a receipt, and by class how many have one."""

    total: int
    by_class: dict[ItemClass, int]
    by_enterprise: tuple[UndeliveredCase, ...]
    receipted: dict[ItemClass, int]


def record_export(workspace: Workspace, sealed: SealedBundle, states: Mapping[str, str], profile: Profile) -> None:
    """Remember on this machine that a bundle was written with cases in these states; this delivers nothing."""
    entry = {
        "bundle_id": sealed.bundle_id,
        "path": str(sealed.path),
        "written_at": workspace.clock.now().isoformat(timespec="seconds"),
        "ops": sealed.ops,
        "blobs": sealed.blobs,
        "size": sealed.size,
        "state_digests": dict(states),
        "profile": profile,
        "parts": [str(path) for path in sealed.paths],
    }
    details = {
        "bundle": sealed.bundle_id, "cases": len(states), "ops": sealed.ops, "files": sealed.blobs, "profile": profile,
    }  # fmt: skip
    with workspace.store.audited("export", details):  # the lock keeps another export waiting
        workspace.store.set_local(_EXPORTS, json.dumps([*_entries(workspace), entry], ensure_ascii=False))


def find_exports(workspace: Workspace) -> tuple[Export, ...]:
    """Return the bundles written on this machine, the newest first."""
    return tuple(
        Export(**{**entry, "parts": tuple(entry.get("parts", [entry["path"]]))})
        for entry in reversed(_entries(workspace))
    )


def undelivered(workspace: Workspace) -> Undelivered:
    """Return how many items of which class and enterprise no receipt has named."""
    whole = (export for export in find_exports(workspace) if export.profile == "full")
    written = {(case, state) for export in whole for case, state in export.state_digests.items()}
    exported = {case for case, _ in written}
    items = case_items(workspace.store)
    found = tuple(_open_cases(workspace, items))
    cases = [
        UndeliveredCase(
            enterprise_id=case.enterprise_id,
            name=case.name,
            count=sum(case.counts.values()),
            is_written=case.enterprise_id in exported
            and (case.enterprise_id, workspace.store.state_digest(case.enterprise_id)) in written,
        )
        for case in found
    ]
    by_class = _by_class(found)
    return Undelivered(
        total=sum(by_class.values()),
        by_class=by_class,
        by_enterprise=tuple(sorted(cases, key=lambda case: -case.count)),
        receipted={name: count - by_class[name] for name, count in _by_class(items).items()},
    )


def is_delivered(workspace: Workspace, enterprise_id: str) -> bool:
    """Return whether receipts name everything that a case holds now."""
    return enterprise_id in acknowledged_cases(workspace.store) and not open_items(workspace.store, enterprise_id)


def _open_cases(workspace: Workspace, items: Iterable[CaseItems]) -> Iterator[CaseItems]:
    """Yield the cases that hold anything without a receipt, with how much; most of them were never acknowledged."""
    known = acknowledged_cases(workspace.store)
    for case in items:
        counts = open_items(workspace.store, case.enterprise_id) if case.enterprise_id in known else case.counts
        if counts:
            yield replace(case, counts=counts)


def _by_class(cases: Collection[CaseItems]) -> dict[ItemClass, int]:
    return {name: sum(case.counts.get(_KINDS[name], 0) for case in cases) for name in CLASSES}


def _entries(workspace: Workspace) -> list[Any]:
    stored = workspace.store.local(_EXPORTS)
    return [] if stored is None else list(json.loads(stored))
