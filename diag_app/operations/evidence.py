"""Evidence: immutable files that support answers, found again by their digest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.forms.definition import Language
from diag_app.images import Picture, prepare_picture, sniff_media_type, thumbnail
from diag_app.model.facts import Evidence
from diag_app.model.ops import Changes
from diag_app.model.reading import evidence_from
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.texts import NAME_LIMIT, one_line, short
from diag_app.operations.workspace import Workspace, known

SIZE_LIMIT = 512 * 1024 * 1024
READABLE_PICTURES = ("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif")
OTHER_PICTURES = ("heic", "heif", "avif", "svg", "psd", "dng", "cr2", "nef", "arw")


@dataclass(frozen=True, kw_only=True)
class NewEvidence:
    """One file to add: its name and bytes, the answers it supports, and what is known of it."""

    name: str
    data: bytes
    targets: tuple[str, ...]
    caption: str = ""
    shows_on: str | None = None


def add_evidence(
    workspace: Workspace,
    assessment_id: str,
    target: str,
    paths: Sequence[Path],
    *,
    caption: str = "",
    progress: Progress = no_progress,
) -> tuple[Evidence, ...]:
    """Add files as evidence for a question or scenario; all of them or, when one cannot be read, none.

    Raises:
        DiagError: `TARGET_UNKNOWN`, `FILE_EMPTY`, `EVIDENCE_TOO_LARGE`, `IMAGE_…`, or a file code.
    """
    files = [NewEvidence(name=_name(path), data=_read(path), targets=(target,), caption=caption) for path in paths]
    return add_evidence_files(workspace, assessment_id, files, progress=progress)


def add_evidence_files(
    workspace: Workspace, assessment_id: str, files: Sequence[NewEvidence], *, progress: Progress = no_progress
) -> tuple[Evidence, ...]:
    """Add files given as bytes (a pasted picture, a scan); otherwise as `add_evidence`."""
    case = known(workspace, assessment_id, "assessment", to_change=True).case
    _check_targets(workspace, assessment_id, {target for file in files for target in file.targets})
    received_at = workspace.clock.now().astimezone(UTC).isoformat(timespec="seconds")
    seen = []
    for done, file in enumerate(files, start=1):
        seen.append((file, *_looked_at(file)))
        progress(done, len(files))
    stored = [(file, _store(workspace, file, media_type, picture), picture) for file, media_type, picture in seen]
    added = set()
    with workspace.store.operation("add_evidence", case) as operation:
        for file, description, picture in stored:
            entity = operation.create("evidence", parent=assessment_id)
            captured_at = picture.captured_at if picture else None
            dates = {"shows_on": file.shows_on, "captured_at": captured_at, "received_at": received_at}
            operation.set(entity, "file", description)
            operation.set(entity, "dates", dates)
            if file.caption:
                operation.set(entity, "caption", short(file.caption, "caption"))
            for target in file.targets:
                operation.link(entity, "target", target)
            added.add(entity)
    return tuple(item for item in find_evidence(workspace, assessment_id) if item.evidence_id in added)


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
    """Return the original bytes; `BLOB_MISSING` or `BLOB_DAMAGED` when they are not as they were."""
    return workspace.store.read_blob(workspace.store.entity(evidence_id).value("file")["sha256"])


def evidence_picture(workspace: Workspace, evidence_id: str, max_pixels: int) -> bytes | None:
    """Return a JPEG at most `max_pixels` wide and high, or null where the file is no picture."""
    picture = workspace.store.entity(evidence_id).value("file").get("picture")
    return None if picture is None else thumbnail(workspace.store.read_blob(picture), max_pixels)


def _looked_at(file: NewEvidence) -> tuple[str, Picture | None]:
    """Return the media type, and the reduced picture of a picture; what promises one and is none is refused."""
    if not file.data:
        raise DiagError("FILE_EMPTY", location=file.name)
    media_type = sniff_media_type(file.data, file.name)
    if media_type.startswith("image/"):
        return media_type, _picture(file)
    kind = file.name.rpartition(".")[2].lower()
    if kind in READABLE_PICTURES:
        raise DiagError("IMAGE_UNREADABLE", location=file.name)
    if kind in OTHER_PICTURES:
        raise DiagError("IMAGE_KIND", location=file.name, kind=kind.upper())
    return media_type, None


def _store(workspace: Workspace, file: NewEvidence, media_type: str, picture: Picture | None) -> dict[str, object]:
    return {
        "picture": None if picture is None else workspace.store.put_blob(picture.jpeg),
        "sha256": workspace.store.put_blob(file.data),
        "name": one_line(file.name)[-NAME_LIMIT:],
        "media_type": media_type,
        "size": len(file.data),
    }


def _name(path: Path) -> str:
    """Return the file's name; bytes that are no UTF-8, as old archives leave them, are shown as signs of doubt."""
    return os.fsencode(path.name).decode(errors="replace")


def _picture(file: NewEvidence) -> Picture:
    """Return the reduced picture; a refusal names the file it came from."""
    try:
        return prepare_picture(file.data)
    except DiagError as error:
        error.location = file.name
        raise


def _read(path: Path) -> bytes:
    try:
        return read(path, limit=SIZE_LIMIT)
    except DiagError as error:
        if error.code == "INPUT_TOO_LARGE":
            raise DiagError("EVIDENCE_TOO_LARGE", location=path.name, limit=error.parameters["limit"]) from None
        raise


def _check_targets(workspace: Workspace, assessment_id: str, targets: set[str]) -> None:
    pack = assessment_pack(workspace, assessment_id)
    known = {question.question_id for question in pack.questions}
    known |= {scenario.scenario_id for scenario in pack.scenarios}
    for target in sorted(targets - known):
        raise DiagError("TARGET_UNKNOWN", location=target)
