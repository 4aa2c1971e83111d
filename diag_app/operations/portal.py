"""The portal profile: a folder laid out as a city platform's firm file asks for it, for a person to look through.

Nothing is sent. What is written is named below, item by item; nothing else of the case goes along.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.codec import digest, plain_decimal
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import fresh_folder, read, write
from diag_app.model.facts import Evidence
from diag_app.model.ops import Changes
from diag_app.model.portal import (
    FINAL,
    Portal,
    PortalFacts,
    PortalFile,
    PortalRow,
    portal_from,
    portal_rows,
    result_figures,
)
from diag_app.model.reading import PORTAL
from diag_app.operations.assessment import load_assessment, score_assessment
from diag_app.operations.enterprise import find_contacts, load_enterprise
from diag_app.operations.evidence import find_evidence
from diag_app.operations.evidence_export import outgoing, refuse_folder
from diag_app.operations.texts import short
from diag_app.operations.workspace import Workspace, known
from diag_app.paths import resource
from diag_app.sync.csv_files import csv_table, protected

FIRM_FILE, RESULTS, FILES = "firm-file.csv", "before-results.csv", "files.csv"
_SUFFIX_LENGTH = 5
_EXTENSION = {"image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, kw_only=True)
class PortalExport:
    """The files written, the tables last; every item as it stands; and what a person has to look at."""

    paths: tuple[Path, ...]
    rows: tuple[PortalRow, ...]
    problems: tuple[Problem, ...]


@cache
def load_portal() -> Portal:
    """Return what the platform asks for."""
    return portal_from(tomllib.loads(read(resource("portal.toml")).decode()))


def portal_items(workspace: Workspace, assessment_id: str) -> tuple[PortalRow, ...]:
    """Return every item of the firm file with what is known of it."""
    view = known(workspace, assessment_id, "assessment")
    assessment = load_assessment(workspace, assessment_id)
    typed = {
        register.removeprefix(PORTAL): str(shown.value)
        for register, shown in view.registers.items()
        if register.startswith(PORTAL) and shown.value is not None
    }
    files: dict[str, list[PortalFile]] = {}
    for item in find_evidence(workspace, assessment_id):
        code = workspace.store.entity(item.evidence_id).value(FINAL)
        if code is not None:
            found = PortalFile(evidence_id=item.evidence_id, name=item.name, sha256=item.sha256)
            files.setdefault(str(code), []).append(found)
    facts = PortalFacts(
        enterprise=load_enterprise(workspace, assessment.enterprise_id),
        contacts=find_contacts(workspace, assessment.enterprise_id),
        answers=assessment.answers,
        scorecard=score_assessment(workspace, assessment_id),
        typed=typed,
        files=files,
    )
    return portal_rows(load_portal(), facts)


def type_portal_item(workspace: Workspace, assessment_id: str, code: str, text: str) -> Changes:
    """Record the words for an item, in place of what is known otherwise; an empty text takes them away.

    Raises:
        DiagError: `PORTAL_ITEM_UNKNOWN`, `PORTAL_NEVER_SENT` for what is not handed on, `PORTAL_SECRET` for words that
            look like a password.
    """
    item = load_portal().item(code)
    if item is not None and item.kind == "never":
        raise DiagError("PORTAL_NEVER_SENT", location=code)
    if item is None or item.kind != "value":
        raise DiagError("PORTAL_ITEM_UNKNOWN", location=code[:20])
    words = short(text, code).strip()
    if load_portal().looks_secret(words):
        raise DiagError("PORTAL_SECRET", location=code)
    view = known(workspace, assessment_id, "assessment", to_change=True)
    with workspace.store.operation("type_portal_item", view.case) as operation:
        operation.set(assessment_id, f"{PORTAL}{code}", words or None)
    return operation.changes


def mark_final(workspace: Workspace, evidence_id: str, code: str | None) -> Changes:
    """Mark a file as final for an item, or take the mark away; only what is marked leaves.

    Raises:
        DiagError: `PORTAL_ITEM_UNKNOWN`, `PORTAL_NEVER_SENT`.
    """
    item = load_portal().item(code) if code is not None else None
    if item is not None and item.kind == "never":
        raise DiagError("PORTAL_NEVER_SENT", location=str(code))
    if code is not None and (item is None or item.kind != "files"):
        raise DiagError("PORTAL_ITEM_UNKNOWN", location=code[:20])
    view = known(workspace, evidence_id, "evidence", to_change=True)
    with workspace.store.operation("mark_final", view.case) as operation:
        operation.set(evidence_id, FINAL, code)
    return operation.changes


def export_portal(
    workspace: Workspace, assessment_id: str, folder: Path, *, progress: Progress = no_progress
) -> PortalExport:
    """Lay out the firm file in `folder`, which is made, or is there and empty: all of it, or nothing.

    Pictures leave without place and camera data. A file above the platform's limit is cut into parts.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `FOLDER_NOT_EMPTY`, `OUTPUT_IN_WORKSPACE`, `BLOB_DAMAGED`, or a file code.
    """
    case = known(workspace, assessment_id, "assessment").case
    refuse_folder(workspace, folder)
    rows = portal_items(workspace, assessment_id)
    items = {item.evidence_id: item for item in find_evidence(workspace, assessment_id)}
    problems, listed, names = list(_problems(rows)), list[tuple[str, ...]](), list[str]()
    total = sum(len(row.files) for row in rows)
    with fresh_folder(folder) as made:
        for row in rows:
            for number, file in enumerate(row.files, start=1):
                progress(len(listed), max(total, len(listed)))
                if not workspace.store.has_blob(file.sha256):
                    problems.append(_warning("EVIDENCE_NOT_HERE", file.name))
                    continue
                if _tells_secret(workspace, items[file.evidence_id]):
                    problems.append(_warning("PORTAL_HELD_BACK", row.item.code))
                    continue
                for line, data in _parts(workspace, row, number, items[file.evidence_id]):
                    write(made / line[1], data)
                    names.append(line[1])
                    listed.append(line)
        figures = result_figures(score_assessment(workspace, assessment_id))
        results = ((name, plain_decimal(figure)) for name, figure in figures.items())
        for name, table in (
            (FIRM_FILE, _firm_file(rows)),
            (RESULTS, csv_table(("result", "value"), results)),
            (FILES, csv_table(("item", "file", "name", "part", "of", "size", "sha256"), listed)),
        ):
            write(made / name, table)
            names.append(name)
    workspace.store.audit("export", {"case": case, "files": len(names)})
    return PortalExport(paths=tuple(folder / name for name in names), rows=rows, problems=tuple(problems))


def _parts(
    workspace: Workspace, row: PortalRow, number: int, item: Evidence
) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Yield each part of a file: its line in the list, item and name first, and its bytes."""
    data, media_type = outgoing(workspace, item)
    extension = _EXTENSION.get(media_type) or _extension(item.name)
    cuts = load_portal().cuts(len(data))
    for part, (start, end) in enumerate(cuts, start=1):
        tail = f".part{part}of{len(cuts)}" if len(cuts) > 1 else ""
        piece = data[start:end]
        name = f"{row.item.code}-{number:02d}{extension and '.'}{extension}{tail}"
        shown = "" if load_portal().looks_secret(item.name) else protected(item.name)
        yield (row.item.code, name, shown, str(part), str(len(cuts)), str(len(piece)), digest(piece)), piece


def _tells_secret(workspace: Workspace, item: Evidence) -> bool:
    """Return whether a text file speaks of a password; what other files say only a person sees."""
    if not item.media_type.startswith("text/"):
        return False
    return load_portal().looks_secret(workspace.store.read_blob(item.sha256).decode("utf-8", "replace"))


def _extension(name: str) -> str:
    found = name.rpartition(".")[2].lower() if "." in name else ""
    return found if found.isascii() and found.isalnum() and len(found) <= _SUFFIX_LENGTH else ""


def _problems(rows: Iterable[PortalRow]) -> Iterator[Problem]:
    for row in rows:
        if row.state == "open":
            yield _warning("PORTAL_ITEM_OPEN", row.item.code)
        elif row.state == "held_back":
            yield _warning("PORTAL_HELD_BACK", row.item.code)


def _warning(code: str, location: str) -> Problem:
    return Problem(code=code, location=location, severity=Severity.WARNING)


def _firm_file(rows: Iterable[PortalRow]) -> bytes:
    head = ("item", "label_zh", "label_en", "state", "value", "files", "confidence_of_list")
    confidence = load_portal().confidence.value
    return csv_table(
        head,
        (
            (
                row.item.code,
                row.item.label.zh,
                row.item.label.en,
                row.state,
                protected(row.value),
                str(len(row.files)),
                confidence,
            )
            for row in rows
        ),
    )
