"""Evidence: immutable files that support answers, found again by their digest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from diag_app.clock import Progress, no_progress
from diag_app.codec import digest
from diag_app.errors import DiagError
from diag_app.forms.definition import Language
from diag_app.images import thumbnail
from diag_app.model.facts import Evidence
from diag_app.model.ops import Changes
from diag_app.model.reading import evidence_from, file_of
from diag_app.model.view import shown_value
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.evidence_intake import NewEvidence, Seen, look_at, place_value, read_files, store_file
from diag_app.operations.texts import short
from diag_app.operations.workspace import Workspace, known
from diag_app.storage.operation import Operation

__all__ = [
    "Brought", "NewEvidence", "add_evidence", "add_evidence_files", "bring_evidence", "bring_evidence_files",
    "caption_evidence", "evidence_file", "evidence_picture", "find_evidence", "link_evidence", "remove_evidence",
    "unlink_evidence",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What came of the files brought, in their order: items, those of them that were here already, and the changes."""

    items: tuple[Evidence, ...]
    known: tuple[Evidence, ...]
    changes: Changes


def _nothing_more(_operation: Operation, _item: str) -> None:
    """Do no more with an item that was brought."""


def bring_evidence(
    workspace: Workspace,
    assessment_id: str,
    target: str,
    paths: Sequence[Path],
    *,
    caption: str = "",
    progress: Progress = no_progress,
) -> Brought:
    """Add files as evidence for a question or scenario; all of them or, when one cannot be read, none.

    Bytes that are here already, in whichever version of an item, are linked to the answer and not stored again.

    Raises:
        DiagError: `TARGET_UNKNOWN`, `FILE_EMPTY`, `EVIDENCE_TOO_LARGE`, `EVIDENCE_GROUP_TOO_LARGE`, `IMAGE_…`, or a
            file code.
    """
    files = read_files(list(paths), (target,), caption)
    return bring_evidence_files(workspace, assessment_id, files, progress=progress)


def bring_evidence_files(
    workspace: Workspace,
    assessment_id: str,
    files: Sequence[NewEvidence],
    *,
    also: Callable[[Operation, str], None] = _nothing_more,
    progress: Progress = no_progress,
) -> Brought:
    """Add files given as bytes (a pasted picture, a scan); otherwise as `bring_evidence`.

    What `also` does with an item's id is part of the same operation, and undone with it.
    """
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    _check_targets(workspace, assessment_id, {target for file in files for target in file.targets})
    here = _digests_here(workspace, case, assessment_id)
    seen: list[tuple[NewEvidence, str, Seen | None]] = []
    for done, file in enumerate(files, start=1):
        sha256 = digest(file.data)
        seen.append((file, sha256, None if sha256 in here else look_at(file)))
        progress(done, len(files))
    stored = [(file, sha256, look, store_file(workspace, look) if look else None) for file, sha256, look in seen]
    received_at = workspace.clock.now().astimezone(UTC).isoformat(timespec="seconds")
    entities, found_here = [], set()
    with workspace.store.operation("add_evidence", case) as operation:
        for file, sha256, look, description in stored:
            if look is None or description is None:
                found_here.add(here[sha256])
            elif sha256 not in here:
                here[sha256] = _create(operation, assessment_id, look, description, received_at)
            for target in file.targets:
                operation.link(here[sha256], "target", target)
            also(operation, here[sha256])
            entities.append(here[sha256])
    items = {item.evidence_id: item for item in find_evidence(workspace, assessment_id)}
    return Brought(
        items=tuple(items[entity] for entity in entities),
        known=tuple(item for entity, item in items.items() if entity in found_here),
        changes=operation.changes,
    )


def add_evidence(
    workspace: Workspace,
    assessment_id: str,
    target: str,
    paths: Sequence[Path],
    *,
    caption: str = "",
    progress: Progress = no_progress,
) -> tuple[Evidence, ...]:
    """Return the items of `bring_evidence`, one for each file."""
    return bring_evidence(workspace, assessment_id, target, paths, caption=caption, progress=progress).items


def add_evidence_files(
    workspace: Workspace, assessment_id: str, files: Sequence[NewEvidence], *, progress: Progress = no_progress
) -> tuple[Evidence, ...]:
    """Return the items of `bring_evidence_files`, one for each file."""
    return bring_evidence_files(workspace, assessment_id, files, progress=progress).items


def link_evidence(workspace: Workspace, evidence_id: str, target: str) -> Changes:
    """Let a file support one more answer; it is stored once."""
    view = known(workspace, evidence_id, "evidence")
    _check_targets(workspace, view.parent or "", {target})
    with workspace.store.operation("link_evidence", view.case) as operation:
        operation.link(evidence_id, "target", target)
    return operation.changes


def unlink_evidence(workspace: Workspace, evidence_id: str, target: str) -> Changes:
    """Stop a file from supporting an answer; the file stays with the assessment."""
    view = known(workspace, evidence_id, "evidence")
    with workspace.store.operation("unlink_evidence", view.case) as operation:
        operation.unlink(evidence_id, "target", target)
    return operation.changes


def caption_evidence(workspace: Workspace, evidence_id: str, caption: str) -> Changes:
    """Record what the file shows."""
    view = known(workspace, evidence_id, "evidence")
    with workspace.store.operation("caption_evidence", view.case) as operation:
        operation.set(evidence_id, "caption", short(caption, "caption") or None)
    return operation.changes


def remove_evidence(workspace: Workspace, evidence_id: str) -> Changes:
    """Take a file off the assessment; its bytes stay, and undo brings it back."""
    view = known(workspace, evidence_id, "evidence")
    with workspace.store.operation("remove_evidence", view.case) as operation:
        operation.delete(evidence_id)
    return operation.changes


def find_evidence(workspace: Workspace, assessment_id: str, language: Language | None = None) -> tuple[Evidence, ...]:
    """Return the assessment's evidence in order of entry."""
    return evidence_from(workspace.store.entities("evidence", parent=assessment_id, include_deleted=True), language)


def evidence_file(workspace: Workspace, evidence_id: str) -> bytes:
    """Return the newest version's bytes; `BLOB_MISSING` or `BLOB_DAMAGED` when they are not as they were."""
    return workspace.store.read_blob(_file(workspace, evidence_id)["sha256"])


def evidence_picture(workspace: Workspace, evidence_id: str, max_pixels: int) -> bytes | None:
    """Return a JPEG at most `max_pixels` wide and high, or null where there is no picture of the file."""
    picture = _file(workspace, evidence_id).get("picture")
    return None if picture is None else thumbnail(workspace.store.read_blob(picture), max_pixels)


def _file(workspace: Workspace, evidence_id: str) -> dict[str, Any]:
    file = file_of(workspace.store.entity(evidence_id))
    if file is None:
        raise DiagError("BLOB_MISSING", location=evidence_id)
    return file


def _digests_here(workspace: Workspace, case: str, assessment_id: str) -> dict[str, str]:
    """Return {digest: item} of every version of every item of the assessment; deleted items do not count."""
    live = {view.entity_id for view in workspace.store.entities("evidence", parent=assessment_id)}
    ops = workspace.store.register_ops(case, "file")
    files = ((op.entity, shown_value(op)) for op in ops if op.entity in live)
    return {file["sha256"]: entity for entity, file in files if file is not None}


def _create(operation: Operation, assessment_id: str, seen: Seen, description: dict[str, Any], received_at: str) -> str:
    entity = operation.create("evidence", parent=assessment_id)
    captured_at = seen.picture.captured_at if seen.picture else None
    dates = {"shows_on": seen.file.shows_on, "captured_at": captured_at, "received_at": received_at}
    operation.set(entity, "file", description)
    operation.set(entity, "dates", dates)
    place = place_value(seen)
    if place is not None:
        operation.set(entity, "place", place)
    if seen.file.caption:
        operation.set(entity, "caption", short(seen.file.caption, "caption"))
    return entity


def _check_targets(workspace: Workspace, assessment_id: str, targets: set[str]) -> None:
    pack = assessment_pack(workspace, assessment_id)
    known = {question.question_id for question in pack.questions}
    known |= {scenario.scenario_id for scenario in pack.scenarios}
    for target in sorted(targets - known):
        raise DiagError("TARGET_UNKNOWN", location=target)
