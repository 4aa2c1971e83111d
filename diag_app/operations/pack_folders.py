"""Where packs lie: those shipped with the program, then those installed in a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import read
from diag_app.forms.definition import Pack
from diag_app.forms.logo import LOGO_FILES
from diag_app.forms.pack import load_pack
from diag_app.forms.pack_parts import METHOD, PACK, PRACTICE, REPORT, pack_kind
from diag_app.forms.practice import Part, PracticePack, load_part, load_practice
from diag_app.forms.report_pack import load_template
from diag_app.forms.report_template import ReportTemplate
from diag_app.model.edition import HOUSE_TEMPLATE
from diag_app.model.proposal.sections import VOCABULARY
from diag_app.paths import resource

T = TypeVar("T")
PACK_FILE_LIMIT = 16 * 1024**2
Roots = tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class FromPractice(Generic[T]):
    """What one practice pack says in one of its parts."""

    pack: PracticePack
    content: T


PartRead = tuple[tuple[FromPractice[T], ...], tuple[Problem, ...]]  # what was read, and what could not be


def pack_roots(directory: Path) -> Roots:
    """Return the folders that hold packs: those shipped, then those installed in the workspace at `directory`."""
    return (resource("packs"), directory / "packs")


def load_pack_from(roots: Roots, wanted: str) -> Pack:
    """Return the pack `id` (its newest version) or `id@version` found under `roots`; else `PACK_UNKNOWN`."""
    return load_pack(pack_files(_newest(roots, wanted)))


def method_files(roots: Roots, wanted: str) -> dict[str, bytes]:
    """Return the files of the pack `id@version` found under `roots`; else `PACK_UNKNOWN`."""
    return pack_files(_newest(roots, wanted))


def newer_versions(roots: Roots, reference: str) -> tuple[str, ...]:
    """Return the later versions (`id@version`) of a pack that are found under `roots`, the newest first."""
    pack_id, _, version = reference.partition("@")
    found = {folder.name for folder in _folders(roots) if folder.parent.name == pack_id}
    later = (one for one in found if _version_key(one) > _version_key(version))
    return tuple(f"{pack_id}@{one}" for one in sorted(later, key=_version_key, reverse=True))


def pack_files(folder: Path) -> dict[str, bytes]:
    """Return the TOML files of a pack folder by name, and its logo where there is one."""
    logos = (folder / name for name in LOGO_FILES)
    paths = [*sorted(folder.glob("*.toml")), *(path for path in logos if path.is_file())]
    return {path.name: read(path, limit=PACK_FILE_LIMIT) for path in paths}


def method_folders(roots: Roots) -> Iterator[Path]:
    """Yield each method pack version's folder, `<root>/<id>/<version>`."""
    return (folder for folder in _folders(roots) if _kind(folder) == METHOD)


def practice_folders(roots: Roots) -> Iterator[Path]:
    """Yield each practice pack version's folder, `<root>/<id>/<version>`."""
    return (folder for folder in _folders(roots) if _kind(folder) == PRACTICE)


def report_folders(roots: Roots) -> Iterator[Path]:
    """Yield each report pack version's folder, `<root>/<id>/<version>`."""
    return (folder for folder in _folders(roots) if _kind(folder) == REPORT)


def load_template_from(roots: Roots, wanted: str) -> ReportTemplate:
    """Return the report template `id` (its newest version) or `id@version`, laid over the house's own.

    Raises:
        DiagError: `TEMPLATE_UNKNOWN`, or `PACK_INVALID` with everything wrong in it.
    """
    try:
        folder = _newest(roots, wanted)
    except DiagError:
        raise DiagError("TEMPLATE_UNKNOWN", location=wanted[:80]) from None
    if _kind(folder) != REPORT:
        raise DiagError("TEMPLATE_UNKNOWN", location=wanted[:80])
    template = load_template(pack_files(folder), VOCABULARY)
    if template.pack_id == HOUSE_TEMPLATE:
        return template
    return template.over(load_template(pack_files(_newest(roots, HOUSE_TEMPLATE)), VOCABULARY))


def read_part(roots: Roots, method: Pack, part: Part[T]) -> PartRead[T]:
    """Return what the practice packs that extend `method` say in `part`, and what of it cannot be read.

    Each pack is taken in its newest version. One that does not fit the method takes none of the others away; it is a
    problem `PRACTICE_UNREADABLE`.
    """
    found, problems = [], []
    for pack_id in sorted({folder.parent.name for folder in practice_folders(roots)}):
        folder = _newest(roots, pack_id)
        try:
            files = pack_files(folder)
            pack = load_practice(files)
            content = load_part(files, part, method) if pack.extends == method.pack_id else None
        except DiagError as error:
            parameters = {"place": error.location or part.file, "method": method.reference}
            location = f"{folder.parent.name}@{folder.name}"
            problems.append(
                Problem(code="PRACTICE_UNREADABLE", location=location, severity=Severity.WARNING, parameters=parameters)
            )
            continue
        if content is not None:
            found.append(FromPractice(pack=pack, content=content))
    return tuple(found), tuple(problems)


def _folders(roots: Roots) -> Iterator[Path]:
    for root in roots:
        if root.is_dir():
            yield from sorted(path.parent for path in root.glob("*/*/pack.toml"))


def _kind(folder: Path) -> str:
    return pack_kind({PACK: read(folder / PACK, limit=PACK_FILE_LIMIT)})


def _newest(roots: Roots, wanted: str) -> Path:
    pack_id, _, version = wanted.partition("@")
    found = [folder for folder in _folders(roots) if folder.parent.name == pack_id and version in ("", folder.name)]
    if not found:
        raise DiagError("PACK_UNKNOWN", location=wanted)
    return max(found, key=lambda folder: _version_key(folder.name))


def _version_key(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in version.split("."))
