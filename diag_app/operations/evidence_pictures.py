"""Pictures of evidence for the screen, many at a time, and what is not here yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError
from diag_app.images import thumbnail
from diag_app.model.reading import file_of
from diag_app.operations.evidence_versions import find_versions
from diag_app.operations.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What can be shown of an item: a JPEG, null where there is none; `is_here` when its file has arrived."""

    jpeg: bytes | None
    is_here: bool


def evidence_thumbnails(
    workspace: Workspace, evidence_ids: Sequence[str], max_pixels: int, *, progress: Progress = no_progress
) -> dict[str, Shown]:
    """Return for each item what can be shown; a damaged or missing file makes no difference to the others."""
    found = {}
    for done, evidence_id in enumerate(evidence_ids, start=1):
        found[evidence_id] = _shown(workspace, evidence_id, max_pixels)
        progress(done, len(evidence_ids))
    return found


def evidence_view(
    workspace: Workspace,
    evidence_id: str,
    max_pixels: int,
    *,
    version: int | None = None,
    progress: Progress = no_progress,
) -> Shown:
    """Return an item, or one of its earlier versions, large: from the file itself where it is here."""
    progress(0, 1)
    file = file_of(workspace.store.entity(evidence_id))
    if version is not None:
        wanted = next((one for one in find_versions(workspace, evidence_id) if one.number == version), None)
        names = () if wanted is None else (wanted.sha256,)
    elif file is None:
        names = ()
    else:
        is_picture = str(file["media_type"]).startswith("image/")
        names = (*((file["sha256"],) if is_picture else ()), *filter(None, [file.get("picture")]))
    for sha256 in names:
        if workspace.store.has_blob(sha256):
            return Shown(jpeg=thumbnail(workspace.store.read_blob(sha256), max_pixels), is_here=True)
    return Shown(jpeg=None, is_here=not names and _has_file(workspace, evidence_id))


def _shown(workspace: Workspace, evidence_id: str, max_pixels: int) -> Shown:
    try:
        file = file_of(workspace.store.entity(evidence_id)) or {}
        picture = file.get("picture")
        if picture is None or not workspace.store.has_blob(picture):
            return Shown(jpeg=None, is_here=picture is None and _has_file(workspace, evidence_id))
        return Shown(jpeg=thumbnail(workspace.store.read_blob(picture), max_pixels), is_here=True)
    except DiagError:  # damaged: the tile shows its kind, and the check names it
        return Shown(jpeg=None, is_here=True)


def _has_file(workspace: Workspace, evidence_id: str) -> bool:
    file = file_of(workspace.store.entity(evidence_id))
    return file is not None and workspace.store.has_blob(file["sha256"])
