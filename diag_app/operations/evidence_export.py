"""Evidence as files in a folder: readable names, an index, nothing of place and camera unless kept on purpose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import is_there, refusal, write
from diag_app.images import bare_copy
from diag_app.model.facts import Evidence
from diag_app.operations.evidence import find_evidence
from diag_app.operations.texts import one_line
from diag_app.operations.workspace import Workspace, known
from diag_app.sync.csv_files import csv_table, protected

INDEX = "index.csv"
_NAME_BYTES = 120  # with its number: well below what any file system takes
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_HEAD = (
    "number", "file", "name", "caption", "supports", "shows_on", "captured_at", "received_at", "media_type", "size",
    "version", "blacked_out", "latitude", "longitude", "sha256_in_workspace",
)  # fmt: skip
_SUFFIX_OF = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, kw_only=True)
class ExportedEvidence:
    """The files written, the index last, and what is not among them because it is not here."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def export_evidence(
    workspace: Workspace, assessment_id: str, folder: Path, *, progress: Progress = no_progress
) -> ExportedEvidence:
    """Write the newest version of each item and `index.csv` into `folder`, which is made, or is there and empty.

    Pictures are written as they look, without place, camera data and embedded preview, unless an item keeps them.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `FOLDER_NOT_EMPTY`, `OUTPUT_IN_WORKSPACE`, `BLOB_DAMAGED`, or a file code.
    """
    view = known(workspace, assessment_id, "assessment")
    refuse_folder(workspace, folder)
    items, written, problems, rows = find_evidence(workspace, assessment_id), [], [], []
    for done, item in enumerate(items, start=1):
        if workspace.store.has_blob(item.sha256):
            data, media_type = outgoing(workspace, item)
            name = readable_name(item, media_type)
            write(folder / name, data)
            written.append(folder / name)
            rows.append(_row(item, name, media_type, len(data)))
        else:
            problems.append(Problem(code="EVIDENCE_NOT_HERE", location=_label(item), severity=Severity.WARNING))
        progress(done, len(items))
    write(folder / INDEX, csv_table(_HEAD, rows))
    workspace.store.audit("export", {"case": view.case, "files": len(written)})
    return ExportedEvidence(paths=(*written, folder / INDEX), problems=tuple(problems))


def readable_name(item: Evidence, media_type: str) -> str:
    """Return `E-003 B3 quality 设备铭牌.jpg`: a name that every system takes and that no other item has."""
    suffix = _SUFFIX_OF.get(media_type, item.name.rpartition(".")[2] if "." in item.name else "")
    stem = item.caption or item.name.rpartition(".")[0] or item.name
    words = _plain(" ".join((_label(item), *item.targets, stem)))
    tail = f".{_plain(suffix)}" if _plain(suffix) else ""
    room = _NAME_BYTES - len(tail.encode())
    cut = words.encode()[:room].decode(errors="ignore").rstrip(" .")
    return f"{cut}{tail}"


def refuse_folder(workspace: Workspace, folder: Path) -> None:
    """Refuse a folder that holds something, or that lies in the workspace."""
    try:
        if folder.resolve().is_relative_to(workspace.directory.resolve()):
            raise DiagError("OUTPUT_IN_WORKSPACE", location=str(folder))
        if is_there(folder) and any(folder.iterdir()):
            raise DiagError("FOLDER_NOT_EMPTY", location=str(folder))
    except OSError as error:
        raise refusal(error, folder) from error


def outgoing(workspace: Workspace, item: Evidence) -> tuple[bytes, str]:
    """Return the bytes that leave, and their kind; an edited picture has no metadata already."""
    data = workspace.store.read_blob(item.sha256)
    if not item.media_type.startswith("image/") or item.keeps_place or item.version > 1:
        return data, item.media_type
    made = bare_copy(data)
    return made.data, made.media_type


def _row(item: Evidence, name: str, media_type: str, size: int) -> tuple[str, ...]:
    place = item.place if item.keeps_place else None
    return (
        _label(item), protected(name), protected(item.name), protected(item.caption), ";".join(item.targets),
        item.shows_on or "", item.captured_at or "", item.received_at, media_type, str(size), str(item.version),
        "yes" if item.redactions else "no", str(place.latitude) if place else "", str(place.longitude) if place else "",
        item.sha256,
    )  # fmt: skip


def _label(item: Evidence) -> str:
    return f"E-{item.number:03d}"


def _plain(text: str) -> str:
    """Return `text` without what a file system refuses or a person cannot see."""
    return " ".join("".join(_visible(_FORBIDDEN.sub(" ", one_line(text)))).split()).strip(" .")


def _visible(text: str) -> Iterator[str]:
    """Yield the signs of `text` that have a shape; a lone surrogate has none and no file system takes it."""
    for sign in unicodedata.normalize("NFC", text):
        if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"):
            yield sign
