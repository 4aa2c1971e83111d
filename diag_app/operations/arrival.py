"""What has come of a case: its evidence may be on the way in other parts of a bundle."""

from __future__ import annotations

from collections.abc import Iterable

from diag_app.errors import Problem, Severity
from diag_app.model.ops import EntityView
from diag_app.model.reading import file_of
from diag_app.operations.workspace import Workspace


def waiting(workspace: Workspace, cases: Iterable[str]) -> tuple[Problem, ...]:
    """Return what is still to come, as warnings.

    `FILES_WAITING` (37 of 60 are here), `PART_FIRST_MISSING` (its answers are not), `CASE_BASE_MISSING` (only what was
    written later is).
    """
    known = {view.entity_id: view for view in workspace.store.entities("enterprise", include_deleted=True)}
    found = []
    for case in cases:
        if case not in known:
            has_ops = any(case == other for _, other in workspace.store.version_vector())
            code = "CASE_BASE_MISSING" if has_ops else "PART_FIRST_MISSING"
            found.append(Problem(code=code, location=case, severity=Severity.WARNING))
            continue
        items = [view for view in workspace.store.entities("evidence", case=case) if file_of(view) is not None]
        here = sum(_is_here(workspace, view) for view in items)
        if here < len(items):
            counts = {"here": str(here), "all": str(len(items)), "firm": str(known[case].value("name"))}
            found.append(Problem(code="FILES_WAITING", location=case, severity=Severity.WARNING, parameters=counts))
    return tuple(found)


def _is_here(workspace: Workspace, view: EntityView) -> bool:
    """Return whether the file, or the reduced copy that goes in its place, is here."""
    value = file_of(view) or {}
    return any(workspace.store.has_blob(value[name]) for name in ("sha256", "picture") if value.get(name))
