"""What is to do after delivering: what a city sent back, as tasks, and room to make where a city has the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diag_app.errors import DiagError
from diag_app.model.facts import Evidence
from diag_app.model.reading import pack_reference
from diag_app.model.receipt import Refusal
from diag_app.operations.assessment import find_assessments
from diag_app.operations.evidence import find_evidence
from diag_app.operations.workspace import Workspace
from diag_app.storage import deliveries
from diag_app.storage.refusals import find_refusals, is_standing
from diag_app.sync.receipt_file import moment_text

Place = Literal["question", "scenario", "need", "proposal", "profile"]
_PLACES: dict[str, Place] = {"assessment": "question", "need": "need", "proposal": "proposal"}


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something sent back that still stands as it was: what, why, and where it is mended.

    `item` is the question, scenario or need to open; null where there is no one such place.
    """

    refusal: Refusal
    firm: str
    enterprise_id: str
    assessment_id: str | None
    place: Place
    item: str | None
    about: str = ""  # the file of a piece of evidence


@dataclass(frozen=True, kw_only=True)
class FreePlan:
    """Originals of pictures that a receiver has by its receipt, and whose reduced copies stay here."""

    blobs: tuple[str, ...]
    size: int


def find_tasks(workspace: Workspace) -> tuple[Task, ...]:
    """Return what was sent back and nobody has changed since, by receipt or by a return bundle, the newest first."""
    found: dict[tuple[str, str, str], Refusal] = {}
    for kept in deliveries.receipts(workspace.store):
        for refusal in kept.receipt.refused:
            if _is_here(workspace, refusal) and is_standing(workspace.store, refusal):
                found[refusal.entity, refusal.register, refusal.at] = refusal
    for refusal in find_refusals(workspace.store):
        found[refusal.entity, refusal.register, refusal.at] = refusal
    return tuple(_task(workspace, one) for one in sorted(found.values(), key=lambda one: one.at, reverse=True))


def plan_free(workspace: Workspace) -> FreePlan:
    """Return which files could be removed here: a receiver named their digest, and pages go on showing the picture."""
    receipted = deliveries.receipted_blobs(workspace.store)
    found: dict[str, int] = {}
    for view in workspace.store.entities("enterprise") if receipted else ():
        for assessment in find_assessments(workspace, view.case):
            for item in find_evidence(workspace, assessment.assessment_id):
                if item.sha256 in receipted and _has_copy(workspace, item):
                    found[item.sha256] = workspace.store.blob_size(item.sha256)
    return FreePlan(blobs=tuple(sorted(found)), size=sum(found.values()))


def free(workspace: Workspace, plan: FreePlan) -> FreePlan:
    """Remove the files of a plan that a person agreed to, and return what was removed; the city's receipt stays.

    A file that no receipt names any more, because a receiver lost it, is kept.

    Raises:
        DiagError: a file code; what was removed until then is noted.
    """
    still = set(plan_free(workspace).blobs)
    blobs = tuple(blob for blob in plan.blobs if blob in still)
    agreed = FreePlan(blobs=blobs, size=sum(map(workspace.store.blob_size, blobs)))
    with workspace.store.audited("freed", {"files": len(agreed.blobs), "bytes": agreed.size}):
        deliveries.note_freed(workspace.store, agreed.blobs, at=moment_text(workspace.clock.now()))
    deliveries.remove_freed(workspace.store, agreed.blobs)
    return agreed


def _has_copy(workspace: Workspace, item: Evidence) -> bool:
    copy = item.picture_sha256
    return (
        copy not in (None, item.sha256)
        and workspace.store.has_blob(copy or "")
        and workspace.store.has_blob(item.sha256)
    )


def _is_here(workspace: Workspace, refusal: Refusal) -> bool:
    try:
        return workspace.store.entity(refusal.entity).case == refusal.case
    except DiagError:  # of a case that was never here
        return False


def _task(workspace: Workspace, refusal: Refusal) -> Task:
    view = workspace.store.entity(refusal.entity)
    assessment_id, place, about = view.parent, _PLACES.get(view.kind, "profile"), ""
    item: str | None = None
    if view.kind == "assessment":
        kind, _, item = refusal.register.partition(":")
        assessment_id, place = view.entity_id, "scenario" if kind == "scenario" else "question"
        if kind == "number":
            item = _question_of(workspace, view.entity_id, item)
    elif view.kind == "need":
        item = view.entity_id
    elif view.kind == "evidence" and view.parent:
        place, item, about = _evidence_place(workspace, view.parent, view.entity_id)
    firm = workspace.store.entity(view.case).value("name", "") if view.case != "workspace" else ""
    return Task(
        refusal=refusal,
        firm=str(firm),
        enterprise_id=view.case,
        assessment_id=None if place == "profile" else assessment_id,
        place=place,
        item=item or None,
        about=about,
    )


def _evidence_place(workspace: Workspace, assessment_id: str, evidence_id: str) -> tuple[Place, str | None, str]:
    """Return where the first thing is answered that a piece of evidence supports."""
    items = find_evidence(workspace, assessment_id)
    found = next((one for one in items if one.evidence_id == evidence_id), None)
    if found is None or not found.targets:
        return "question", None, found.name if found else ""
    pack = workspace.pack(_reference(workspace, assessment_id))
    is_scenario = found.targets[0] in {scenario.scenario_id for scenario in pack.scenarios}
    return "scenario" if is_scenario else "question", found.targets[0], found.name


def _question_of(workspace: Workspace, assessment_id: str, number_id: str) -> str | None:
    questions = workspace.pack(_reference(workspace, assessment_id)).questions
    asking = (one.question_id for one in questions if number_id in (*one.numbers, *one.more_numbers))
    return next(asking, None)


def _reference(workspace: Workspace, assessment_id: str) -> str:
    return pack_reference(workspace.store.entity(assessment_id))
