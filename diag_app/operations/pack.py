"""Packs: list, check, install, and score an answers file without storing anything."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from diag_app.codec import load_json
from diag_app.errors import DiagError, Problem
from diag_app.files import BROKEN_ZIP, read, write
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.check import check_pack
from diag_app.forms.definition import Pack
from diag_app.forms.pack import load_pack
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.scoring import score
from diag_app.operations.workspace import (
    ANSWERS_LIMIT,
    DEFAULT_PACK,
    Workspace,
    load_pack_from,
    pack_files,
    pack_folders,
    pack_roots,
)

ZIP_LIMIT = 16 * 1024 * 1024
_PIECE = 1024 * 1024
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a limit, whatever is declared


def list_packs(directory: Path) -> tuple[Pack, ...]:
    """Return the packs shipped and those installed in the workspace at `directory`."""
    return tuple(load_pack(pack_files(folder)) for folder in pack_folders(pack_roots(directory)))


def check_pack_folder(folder: Path) -> tuple[Problem, ...]:
    """Return every fault of the pack in `folder`; a folder without TOML files is refused with `PACK_UNKNOWN`."""
    files = pack_files(folder)
    if not files:
        raise DiagError("PACK_UNKNOWN", location=str(folder))
    return check_pack(files)


def install_pack(workspace: Workspace, source: Path) -> Pack:
    """Copy the pack at `source` (a folder, or a ZIP of its TOML files) into the workspace and return it.

    Raises:
        DiagError: `PACK_INVALID` with every fault, `PACK_FILE_INVALID` for a ZIP that holds anything else,
            `PACK_VERSION_TAKEN` when this version is here with other contents.
    """
    workspace.store.require_writable()
    files = pack_files(source) if source.is_dir() else _zipped_files(source)
    pack = load_pack(files)
    for present in list_packs(workspace.directory):
        if present.reference == pack.reference and present.digest != pack.digest:
            raise DiagError("PACK_VERSION_TAKEN", location=pack.reference)
    target = workspace.directory / "packs" / pack.pack_id / pack.version
    # pack.toml last: a folder without it is no pack, so a cut between two files leaves nothing half-installed.
    for name in sorted(files, key=lambda name: name == "pack.toml"):
        write(target / name, files[name])
    workspace.store.audit("settings", {"setting": "pack", "digest": pack.digest})
    return pack


def score_file(path: Path, directory: Path, *, reference: str | None = None) -> Scorecard:
    """Return the scorecard of an answers file; nothing is stored.

    Raises:
        DiagError: the codes of the answers file, each with its place.
    """
    data = read(path, limit=ANSWERS_LIMIT)
    named = load_json(data, location=path.name)
    wanted = named.get("pack") if isinstance(named, dict) else None
    chosen = reference or (wanted if isinstance(wanted, str) else DEFAULT_PACK)
    pack = load_pack_from(pack_roots(directory), chosen)
    return score(pack, parse_answers(data, pack, location=path.name))


def _zipped_files(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(read(path, limit=ZIP_LIMIT))) as archive:
            infos = archive.infolist()
            is_plain = all(re.fullmatch(r"[a-z0-9_]+\.toml", info.filename) for info in infos)
            is_bounded = all(info.compress_type in _BOUNDED for info in infos)
            if not (is_plain and is_bounded) or sum(info.file_size for info in infos) > ZIP_LIMIT:
                raise DiagError("PACK_FILE_INVALID", location=path.name)
            return {info.filename: _content(archive, info) for info in infos}
    except BROKEN_ZIP:
        raise DiagError("PACK_FILE_INVALID", location=path.name) from None


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return an entry, read piece by piece: read whole, a false size would not bound what is unpacked."""
    with archive.open(info) as file:
        return b"".join(iter(lambda: file.read(_PIECE), b""))
