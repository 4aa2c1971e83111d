"""A case goes to a colleague and comes back: each step is a bundle, and everybody sees who has the case."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError, Problem, Severity
from diag_app.model.custody import Custody, custody_from
from diag_app.model.ops import WORKSPACE_CASE, Changes
from diag_app.model.reading import CUSTODY
from diag_app.operations.bundle import Imported, SealedBundle, export_bundle, import_bundle
from diag_app.operations.texts import long, short
from diag_app.operations.workspace import Workspace, known, signed_now


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """What came with a bundle, and the cases that are here now because of it."""

    imported: Imported
    enterprise_ids: tuple[str, ...]


def find_custody(workspace: Workspace, enterprise_id: str) -> Custody | None:
    """Return who has the case, or null where it was never handed over."""
    return custody_from(known(workspace, enterprise_id, "enterprise"))


def custody_problems(workspace: Workspace, entity_id: str) -> tuple[Problem, ...]:
    """Return the warning that somebody else has the case of an enterprise, assessment or piece of evidence.

    Writing is never blocked: both sides are kept and merged.
    """
    view = workspace.store.entity(entity_id)
    if view.case not in (entity_id, WORKSPACE_CASE):
        view = workspace.store.entity(view.case)
    custody = custody_from(view)
    if custody is None or not custody.is_away(workspace.actor):
        return ()
    code = "CASE_HANDED_OVER" if custody.step == "handed_over" else "CASE_WITH_ANOTHER"
    who = {"holder": custody.holder, "day": custody.at[:10]}
    return (Problem(code=code, location=view.entity_id, severity=Severity.WARNING, parameters=who),)


def hand_over(
    workspace: Workspace,
    enterprise_id: str,
    holder: str,
    output: Path,
    *,
    note: str = "",
    without_absent: bool = False,
    progress: Progress = no_progress,
) -> SealedBundle:
    """Give the case to `holder`: a sealed bundle in `output` that says so. Nothing is said where none was written.

    `without_absent` is as for `export_bundle`.

    Raises:
        DiagError: `HOLDER_MISSING`, or what `export_bundle` refuses.
    """
    name = short(holder, "holder").strip()
    if not name:
        raise DiagError("HOLDER_MISSING", location=enterprise_id)
    before = known(workspace, enterprise_id, "enterprise", to_change=True).value(CUSTODY)
    signed = signed_now(workspace)
    custody = Custody(
        step="handed_over",
        giver=signed["by"],
        giver_device=workspace.actor.device,
        holder=name,
        at=signed["at"],
        note=long(note, "note").strip(),
    )
    _record(workspace, enterprise_id, "hand_over", custody)
    try:
        return export_bundle(workspace, output, [enterprise_id], without_absent=without_absent, progress=progress)
    except BaseException:
        with workspace.store.operation("hand_over", enterprise_id) as operation:
            operation.set(enterprise_id, CUSTODY, before)
        raise


def take_over(workspace: Workspace, enterprise_id: str) -> Changes:
    """Say that the case is here now; `NOT_OFFERED` where nobody else handed it over."""
    custody = find_custody(workspace, enterprise_id)
    if custody is None or not custody.is_offered_to(workspace.actor):
        raise DiagError("NOT_OFFERED", location=enterprise_id)
    signed = signed_now(workspace)
    taken = replace(
        custody, step="taken_over", holder=signed["by"], holder_device=workspace.actor.device, at=signed["at"]
    )
    return _record(workspace, enterprise_id, "take_over", taken)


def take_over_bundle(workspace: Workspace, path: Path, *, progress: Progress = no_progress) -> TakenOver:
    """Import the bundle and take over the cases in it that were handed over; `NOT_OFFERED` names none.

    Raises:
        DiagError: what `import_bundle` refuses.
    """
    imported = import_bundle(workspace, path, progress=progress)
    taken = tuple(enterprise_id for enterprise_id in offered(workspace) if enterprise_id in imported.cases)
    for enterprise_id in taken:
        take_over(workspace, enterprise_id)
    return TakenOver(imported=imported, enterprise_ids=taken)


def offered(workspace: Workspace) -> tuple[str, ...]:
    """Return the cases that others handed over and nobody took yet."""
    views = workspace.store.entities("enterprise")
    found = ((view.entity_id, custody_from(view)) for view in views)
    return tuple(key for key, custody in found if custody is not None and custody.is_offered_to(workspace.actor))


def _record(workspace: Workspace, enterprise_id: str, name: str, custody: Custody) -> Changes:
    with workspace.store.operation(name, enterprise_id) as operation:
        operation.set(enterprise_id, CUSTODY, asdict(custody))
    return operation.changes
