"""What is brought as evidence, looked at before anything is stored: its kind, its picture, and whether it is whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diag_app.codec import digest
from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.images import Picture, prepare_picture, sniff_media_type, unreadable_picture
from diag_app.operations.rendering import first_page
from diag_app.operations.texts import NAME_LIMIT, one_line
from diag_app.operations.workspace import Workspace

SIZE_LIMIT = 512 * 1024 * 1024
GROUP_LIMIT = 1024 * 1024 * 1024  # files of one group are in memory together: all of them are added, or none
PAGE_LIMIT = 100 * 1024 * 1024  # larger documents get no picture of their first page
READABLE_PICTURES = ("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif")
OTHER_PICTURES = ("heic", "heif", "avif", "svg", "psd", "dng", "cr2", "nef", "arw")
_MB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class NewEvidence:
    """One file to add: its name and bytes, the answers it supports, and what is known of it."""

    name: str
    data: bytes
    targets: tuple[str, ...]
    caption: str = ""
    shows_on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A file that was looked at: kind, digest, and the picture that shows it, null where there is none."""

    file: NewEvidence
    sha256: str
    media_type: str
    picture: Picture | None


def read_files(paths: list[Path], targets: tuple[str, ...], caption: str) -> list[NewEvidence]:
    """Return the files at `paths`.

    Raises:
        DiagError: `EVIDENCE_TOO_LARGE`, `EVIDENCE_GROUP_TOO_LARGE`, or a file code: `NOT_FOUND` for a card pulled out.
    """
    files, total = [], 0
    for path in paths:
        data = _read(path)
        total += len(data)
        if total > GROUP_LIMIT:
            raise DiagError("EVIDENCE_GROUP_TOO_LARGE", location=path.name, limit=str(GROUP_LIMIT // _MB))
        files.append(NewEvidence(name=_name(path), data=data, targets=targets, caption=caption))
    return files


def look_at(file: NewEvidence) -> Seen:
    """Return what a file is; one that promises a picture and is none is refused.

    Raises:
        DiagError: `FILE_EMPTY`, `IMAGE_UNREADABLE`, `IMAGE_KIND`, `IMAGE_TOO_LARGE`, naming the file.
    """
    if not file.data:
        raise DiagError("FILE_EMPTY", location=file.name)
    media_type = sniff_media_type(file.data, file.name)
    picture: Picture | None
    if media_type.startswith("image/"):
        picture = _picture(file)
    else:
        _refuse_broken_promise(file)
        is_drawn = media_type == "application/pdf" and len(file.data) <= PAGE_LIMIT
        picture = first_page(file.data) if is_drawn else None
    return Seen(file=file, sha256=digest(file.data), media_type=media_type, picture=picture)


def store_file(workspace: Workspace, seen: Seen) -> dict[str, Any]:
    """Store the bytes and their picture, and return the value of the item's `file` register."""
    return {
        "picture": None if seen.picture is None else workspace.store.put_blob(seen.picture.jpeg),
        "sha256": workspace.store.put_blob(seen.file.data),
        "name": one_line(seen.file.name)[-NAME_LIMIT:],
        "media_type": seen.media_type,
        "size": len(seen.file.data),
    }


def place_value(seen: Seen) -> dict[str, str] | None:
    """Return where the picture was taken as the item's `place` register holds it."""
    if seen.picture is None or seen.picture.place is None:
        return None
    latitude, longitude = seen.picture.place
    return {"latitude": format(latitude, "f"), "longitude": format(longitude, "f")}


def _refuse_broken_promise(file: NewEvidence) -> None:
    suffix = file.name.rpartition(".")[2].lower()
    kind = unreadable_picture(file.data) or (suffix.upper() if suffix in OTHER_PICTURES else None)
    if kind is not None:
        raise DiagError("IMAGE_KIND", location=file.name, kind=kind)
    if suffix in READABLE_PICTURES:
        raise DiagError("IMAGE_UNREADABLE", location=file.name)


def _picture(file: NewEvidence) -> Picture:
    """Return the reduced picture; a refusal names the file it came from."""
    try:
        return prepare_picture(file.data)
    except DiagError as error:
        error.location = file.name
        raise


def _name(path: Path) -> str:
    """Return the file's name; bytes that are no UTF-8, as old archives leave them, are shown as signs of doubt."""
    return os.fsencode(path.name).decode(errors="replace")


def _read(path: Path) -> bytes:
    try:
        return read(path, limit=SIZE_LIMIT)
    except DiagError as error:
        if error.code == "INPUT_TOO_LARGE":
            raise DiagError("EVIDENCE_TOO_LARGE", location=path.name, limit=error.parameters["limit"]) from None
        raise
