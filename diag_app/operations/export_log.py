"""What was handed over, and what no receipt has named yet: everything, until receipts are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from diag_app.model.ops import EntityView
from diag_app.operations.bundle_profile import Profile
from diag_app.operations.workspace import Workspace
from diag_app.sync.bundle_write import SealedBundle

ItemClass = Literal["answers", "evidence", "needs", "proposals"]
CLASSES: tuple[ItemClass, ...] = ("answers", "evidence", "needs", "proposals")
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


@dataclass(frozen=True, kw_only=True)
class UndeliveredCase:
    """One enterprise's items without a receipt; `is_written` when the newest state stands in a written bundle."""

    enterprise_id: str
    name: str
    count: int
    is_written: bool


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """All items without a receipt."""

    total: int
    by_class: dict[ItemClass, int]
    by_enterprise: tuple[UndeliveredCase, ...]


def record_export(workspace: Workspace, sealed: SealedBundle, cases: Sequence[str], profile: Profile) -> None:
    """Remember on this machine that a bundle was written; this delivers nothing."""
    entry = {
        "bundle_id": sealed.bundle_id,
        "path": str(sealed.path),
        "written_at": workspace.clock.now().isoformat(timespec="seconds"),
        "ops": sealed.ops,
        "blobs": sealed.blobs,
        "size": sealed.size,
        "state_digests": {case: workspace.store.state_digest(case) for case in cases},
        "profile": profile,
    }
    details = {
        "bundle": sealed.bundle_id, "cases": len(cases), "ops": sealed.ops, "files": sealed.blobs, "profile": profile,
    }  # fmt: skip
    with workspace.store.audited("export", details):  # the lock keeps another export waiting
        workspace.store.set_local(_EXPORTS, json.dumps([*_entries(workspace), entry], ensure_ascii=False))


def find_exports(workspace: Workspace) -> tuple[Export, ...]:
    """Return the bundles written on this machine, the newest first."""
    return tuple(Export(**entry) for entry in reversed(_entries(workspace)))


def undelivered(workspace: Workspace) -> Undelivered:
    """Return how many items of which class and enterprise no receipt has named."""
    counts = dict.fromkeys(CLASSES, 0)
    cases = []
    whole = (export for export in find_exports(workspace) if export.profile == "full")
    written = {(case, state) for export in whole for case, state in export.state_digests.items()}
    for view in workspace.store.entities("enterprise"):
        found = _count(workspace, view)
        for name in CLASSES:
            counts[name] += found[name]
        cases.append(
            UndeliveredCase(
                enterprise_id=view.entity_id,
                name=view.value("name", ""),
                count=sum(found.values()),
                is_written=(view.case, workspace.store.state_digest(view.case)) in written,
            )
        )
    listed = tuple(sorted((case for case in cases if case.count), key=lambda case: -case.count))
    return Undelivered(total=sum(counts.values()), by_class=counts, by_enterprise=listed)


def _count(workspace: Workspace, enterprise: EntityView) -> dict[ItemClass, int]:
    entities = workspace.store.entities
    assessments = entities("assessment", parent=enterprise.entity_id)
    answered = sum(
        shown.value is not None and register.startswith(("answer:", "number:", "scenario:", "note:"))
        for view in assessments
        for register, shown in view.registers.items()
    )

    def below(kind: str) -> int:
        return sum(len(entities(kind, parent=view.entity_id)) for view in assessments)

    return {
        "answers": answered,
        "evidence": below("evidence"),
        "needs": below("need"),
        "proposals": below("proposal"),
    }


def _entries(workspace: Workspace) -> list[Any]:
    stored = workspace.store.local(_EXPORTS)
    return [] if stored is None else list(json.loads(stored))
