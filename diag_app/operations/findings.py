"""What a check found, said by what it is to the person: which firm, which answer, file, need or report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from diag_app.errors import DiagError, Problem
from diag_app.model.ops import EntityView
from diag_app.operations.workspace import Workspace
from diag_app.storage.blobs import blobs_named
from diag_app.storage.mending import DamagedOp, damaged_rows

_ANSWERS = ("answer:", "number:", "scenario:", "note:")
_KINDS = {"evidence": "EVIDENCE_RECORD_DAMAGED", "need": "NEED_DAMAGED", "proposal": "REPORT_RECORD_DAMAGED"}
_FILES = {
    ("BLOB_DAMAGED", "evidence"): "EVIDENCE_DAMAGED",
    ("BLOB_MISSING", "evidence"): "EVIDENCE_MISSING",
    ("BLOB_DAMAGED", "proposal"): "REPORT_DAMAGED",
    ("BLOB_MISSING", "proposal"): "REPORT_MISSING",
}


def explained(workspace: Workspace, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems with `firm` and `item` in words where they can be told; places stay ids and digests."""
    codes = {problem.code for problem in problems}
    damaged: dict[str, DamagedOp] = {}
    owners: dict[str, EntityView] = {}
    if "OP_DAMAGED" in codes:
        damaged = {str(item.row): item for item in damaged_rows(workspace.store.inside[0])}
    if codes & {"BLOB_DAMAGED", "BLOB_MISSING"}:
        owners = {sha256: view for view in _with_files(workspace) for sha256 in _files_of(view)}
    return tuple(_explained(workspace, problem, damaged, owners) for problem in problems)


def _explained(
    workspace: Workspace, problem: Problem, damaged: dict[str, DamagedOp], owners: dict[str, EntityView]
) -> Problem:
    if problem.code == "OP_DAMAGED" and (item := damaged.get(problem.parameters.get("row", ""))) is not None:
        return _about_op(workspace, problem, item)
    view = owners.get(problem.location)
    code = _FILES.get((problem.code, view.kind)) if view is not None else None
    if view is None or code is None:
        return problem
    targets = ", ".join(sorted(str(value) for value in view.links.get("target", {}).values()))
    named = {"firm": _firm(workspace, view.case), "item": _file_name(view, problem.location), "targets": targets or "–"}
    return replace(problem, code=code, parameters={**problem.parameters, **named})


def _about_op(workspace: Workspace, problem: Problem, item: DamagedOp) -> Problem:
    if not item.case:
        return problem
    view = _view(workspace, item.entity)
    kind = view.kind if view is not None else ""
    if item.register.startswith(_ANSWERS):
        code, name = "ANSWER_DAMAGED", item.register.partition(":")[2]
    else:
        code, name = _KINDS.get(kind, "FIRM_RECORD_DAMAGED"), _name(view) if kind in _KINDS else item.register
    named = {"firm": _firm(workspace, item.case), "item": name or "–"}
    return replace(problem, code=code, parameters={**problem.parameters, **named})


def _with_files(workspace: Workspace) -> Iterator[EntityView]:
    for kind in ("evidence", "proposal"):
        with suppress(DiagError):
            yield from workspace.store.entities(kind, include_deleted=True)


def _files_of(view: EntityView) -> tuple[str, ...]:
    return blobs_named([view.value("file"), view.value("issued")])


def _file_name(view: EntityView, sha256: str) -> str:
    issued: Any = view.value("issued")
    if isinstance(issued, dict):
        return next((str(file.get("name")) for file in issued.get("files", ()) if file.get("sha256") == sha256), "–")
    return _name(view)


def _name(view: EntityView | None) -> str:
    if view is None:
        return ""
    file, issued = view.value("file"), view.value("issued")
    if isinstance(file, dict):
        return str(file.get("name", ""))
    if isinstance(issued, dict):
        return str(issued.get("number", ""))
    return str(view.value("title") or view.value("form_id") or view.value("scenario_id") or "")


def _firm(workspace: Workspace, case: str) -> str:
    view = _view(workspace, case)
    return str(view.value("name") or case) if view is not None else case


def _view(workspace: Workspace, entity_id: str) -> EntityView | None:
    with suppress(DiagError):
        return workspace.store.entity(entity_id)
    return None
