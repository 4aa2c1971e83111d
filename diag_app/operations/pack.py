"""Packs: list, check, install, and score an answers file without storing anything."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from diag_app.codec import load_json
from diag_app.errors import DiagError, Problem
from diag_app.files import BROKEN_ZIP, read, write
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.check import check_pack
from diag_app.forms.definition import Pack
from diag_app.forms.pack import load_pack
from diag_app.forms.pack_parts import METHOD, PACK, REPORT, pack_kind
from diag_app.forms.practice import PracticePack, check_practice, load_practice
from diag_app.forms.practice_parts import PARTS
from diag_app.forms.report_pack import check_template, load_template
from diag_app.forms.report_template import ReportTemplate
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.scoring import score
from diag_app.model.proposal.sections import VOCABULARY
from diag_app.operations.pack_folders import (
    load_pack_from,
    method_folders,
    pack_files,
    pack_roots,
    practice_folders,
    report_folders,
)
from diag_app.operations.workspace import ANSWERS_LIMIT, DEFAULT_PACK, Workspace

ZIP_LIMIT = 16 * 1024 * 1024
AnyPack = Pack | PracticePack | ReportTemplate
_PIECE = 1024 * 1024
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a limit, whatever is declared


def list_packs(directory: Path) -> tuple[Pack, ...]:
    """Return the method packs shipped and those installed in the workspace at `directory`."""
    return tuple(load_pack(pack_files(folder)) for folder in method_folders(pack_roots(directory)))


def list_practice_packs(directory: Path) -> tuple[PracticePack, ...]:
    """Return the practice packs shipped and those installed in the workspace at `directory`."""
    return tuple(load_practice(pack_files(folder)) for folder in practice_folders(pack_roots(directory)))


def list_templates(directory: Path) -> tuple[ReportTemplate, ...]:
    """Return the report packs shipped and those installed in the workspace at `directory`, each by itself."""
    return tuple(load_template(pack_files(folder), VOCABULARY) for folder in report_folders(pack_roots(directory)))


def check_pack_folder(folder: Path, directory: Path | None = None) -> tuple[Problem, ...]:
    """Return every fault of the pack in `folder`; a folder without TOML files is refused with `PACK_UNKNOWN`.

    A practice pack is checked against the newest version of the method that it extends, among those shipped and those
    installed in the workspace at `directory`.
    """
    files = pack_files(folder)
    if not files:
        raise DiagError("PACK_UNKNOWN", location=str(folder))
    return _faults(files, pack_roots(folder if directory is None else directory))


def install_pack(workspace: Workspace, source: Path) -> AnyPack:
    """Copy the pack at `source` (a folder, or a ZIP of its files) into the workspace and return it.

    Raises:
        DiagError: `PACK_INVALID` with every fault, `PACK_FILE_INVALID` for a ZIP that holds anything else,
            `PACK_VERSION_TAKEN` when this version is here with other contents, `PACK_ID_TAKEN` when a pack of the
            another kind has this id.
    """
    workspace.store.require_writable()
    files = pack_files(source) if source.is_dir() else _zipped_files(source)
    pack = _sound(files, pack_roots(workspace.directory))
    presents: tuple[AnyPack, ...] = (
        *list_packs(workspace.directory),
        *list_practice_packs(workspace.directory),
        *list_templates(workspace.directory),
    )
    for present in presents:
        if present.pack_id == pack.pack_id and type(present) is not type(pack):
            raise DiagError("PACK_ID_TAKEN", location=pack.pack_id)
        if present.reference == pack.reference and present.digest != pack.digest:
            raise DiagError("PACK_VERSION_TAKEN", location=pack.reference)
    target = workspace.directory / "packs" / pack.pack_id / pack.version
    # pack.toml last: a folder without it is no pack, so a cut between two files leaves nothing half-installed.
    for name in sorted(files, key=lambda name: name == PACK):
        write(target / name, files[name])
    workspace.store.audit("settings", {"setting": "pack", "digest": pack.digest})
    return pack


def _sound(files: dict[str, bytes], roots: tuple[Path, ...]) -> AnyPack:
    kind = pack_kind(files)
    if kind == METHOD:
        return load_pack(files)
    if kind == REPORT:
        return load_template(files, VOCABULARY)
    problems = _faults(files, roots)
    if problems:
        raise DiagError("PACK_INVALID", location=problems[0].location, problems=problems, count=str(len(problems)))
    return load_practice(files)


def _faults(files: dict[str, bytes], roots: tuple[Path, ...]) -> tuple[Problem, ...]:
    kind = pack_kind(files)
    if kind == METHOD:
        return check_pack(files)
    if kind == REPORT:
        return check_template(files, VOCABULARY)
    method = None
    with suppress(DiagError):  # a faulty head, or a method that is not here, is among the faults found
        method = load_pack_from(roots, load_practice(files).extends)
    return check_practice(files, method, PARTS)


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
            is_plain = all(re.fullmatch(r"[a-z0-9_]+\.toml|logo\.(png|svg)", info.filename) for info in infos)
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
