"""Edited pictures: each edit is a new version of the item; what a redaction hides never leaves this workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError, Problem
from diag_app.images import Edited, blacked_out, marked, prepare_picture, thumbnail, turned
from diag_app.model.marks import Box, Mark
from diag_app.model.ops import Changes, EntityView
from diag_app.model.reading import file_of, redactions_of
from diag_app.model.view import shown_value
from diag_app.operations.redaction import redact
from diag_app.operations.texts import NAME_LIMIT, one_line
from diag_app.operations.workspace import Workspace, known

MOST_MARKS = 200
_MARK_TEXT = 60


@dataclass(frozen=True, kw_only=True)
class EvidenceVersion:
    """One version of an item; `sha256` names its file, `how` is `brought`, `rotate`, `annotate` or `redact`.

    `is_sealed`: a later version hides a part of it, so that it leaves this workspace with no export.
    """

    number: int
    how: str
    made_at: str  # ISO time in UTC
    actor: str
    sha256: str
    size: int
    is_current: bool
    is_sealed: bool


@dataclass(frozen=True, kw_only=True)
class BlackedOut:
    """What a redaction did; `problems` name where the picture may still be."""

    changes: Changes
    is_erased: bool
    problems: tuple[Problem, ...] = ()


def rotate_evidence(
    workspace: Workspace, evidence_id: str, quarters: int, *, progress: Progress = no_progress
) -> Changes:
    """Turn the picture clockwise by so many quarters, as a new version.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `ENTITY_DELETED`, `EVIDENCE_NO_PICTURE`, `BLOB_…`, `IMAGE_…`.
    """
    progress(0, 1)
    view = known(workspace, evidence_id, "evidence", to_change=True)
    value = _edited(workspace, view, "rotate", lambda data: turned(data, quarters))
    return _record(workspace, view, "rotate_evidence", value)


def annotate_evidence(
    workspace: Workspace, evidence_id: str, marks: Sequence[Mark], *, progress: Progress = no_progress
) -> Changes:
    """Draw marks into the picture, as a new version; `MARK_INVALID`, or the codes of `rotate_evidence`."""
    progress(0, 1)
    view = known(workspace, evidence_id, "evidence", to_change=True)
    drawn = [Mark(kind=mark.kind, points=mark.points, text=one_line(mark.text)[:_MARK_TEXT]) for mark in marks]
    if not 1 <= len(drawn) <= MOST_MARKS or not all(mark.is_sound for mark in drawn):
        raise DiagError("MARK_INVALID", location=evidence_id)
    value = _edited(workspace, view, "annotate", lambda data: marked(data, drawn))
    return _record(workspace, view, "annotate_evidence", value)


def redact_evidence(
    workspace: Workspace,
    evidence_id: str,
    boxes: Sequence[Box],
    *,
    erase_because: str | None = None,
    with_issued: bool = False,
    progress: Progress = no_progress,
) -> BlackedOut:
    """Black boxes out of the picture, as a new version whose file never held what was under them.

    The earlier versions stay in this workspace, sealed: no bundle, report or exported file holds them. With a reason
    in `erase_because` they are erased for good instead, as `redact` does, and the redaction cannot be undone.

    Raises:
        DiagError: `BOX_INVALID`, `REASON_MISSING`, `REASON_TELLS`, or the codes of `rotate_evidence`.
    """
    progress(0, 1)
    view = known(workspace, evidence_id, "evidence", to_change=True)
    if not 1 <= len(boxes) <= MOST_MARKS or not all(box.is_sound for box in boxes):
        raise DiagError("BOX_INVALID", location=evidence_id)
    value = _edited(workspace, view, "redact", lambda data: blacked_out(data, boxes))
    if erase_because is None:
        return BlackedOut(changes=_record(workspace, view, "redact_evidence", value), is_erased=False)
    done = redact(
        workspace, evidence_id, "file", reason=erase_because, with_issued=with_issued, successor=value
    )  # one transaction: there is no moment at which neither picture is here
    return BlackedOut(changes=done.changes, is_erased=True, problems=done.problems)


def find_versions(workspace: Workspace, evidence_id: str) -> tuple[EvidenceVersion, ...]:
    """Return the versions of an item that are here, the oldest first; those taken back or erased are not."""
    view = known(workspace, evidence_id, "evidence")
    current = file_of(view)
    if current is None:
        return ()
    last, found = _number(current), {}
    for op in workspace.store.register_ops(view.case, "file"):
        value = shown_value(op)
        if op.entity != evidence_id or value is None:
            continue
        if _number(value) < last or value == current:
            found[_number(value)] = EvidenceVersion(
                number=_number(value),
                how=str(value.get("how", "brought")),
                made_at=op.at,
                actor=op.actor,
                sha256=value["sha256"],
                size=value["size"],
                is_current=value == current,
                is_sealed=redactions_of(value) < redactions_of(current),
            )
    return tuple(found[number] for number in sorted(found))


def version_picture(workspace: Workspace, version: EvidenceVersion, max_pixels: int) -> bytes:
    """Return a version as a JPEG at most `max_pixels` wide and high; `BLOB_…` or `IMAGE_…`."""
    return thumbnail(workspace.store.read_blob(version.sha256), max_pixels)


def _edited(workspace: Workspace, view: EntityView, how: str, edit: Callable[[bytes], Edited]) -> dict[str, Any]:
    """Store what an edit gives and return it as the value of the item's `file` register."""
    file = file_of(view)
    if file is None:
        raise DiagError("BLOB_MISSING", location=view.entity_id)
    if not str(file["media_type"]).startswith("image/"):
        raise DiagError("EVIDENCE_NO_PICTURE", location=str(file["name"])[:NAME_LIMIT])
    made = edit(workspace.store.read_blob(file["sha256"]))
    return {
        **file,
        "picture": workspace.store.put_blob(prepare_picture(made.data).jpeg),
        "sha256": workspace.store.put_blob(made.data),
        "media_type": made.media_type,
        "size": len(made.data),
        "version": _number(file) + 1,
        "redactions": redactions_of(file) + (how == "redact"),
        "how": how,
    }


def _record(workspace: Workspace, view: EntityView, name: str, value: dict[str, Any]) -> Changes:
    with workspace.store.operation(name, view.case) as operation:
        operation.set(view.entity_id, "file", value)
    return operation.changes


def _number(file: dict[str, Any]) -> int:
    return int(file.get("version", 1))
