"""The same enterprise entered twice: proposed by its credit code, agreed by a person, undone at any time."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.errors import DiagError, Severity
from diag_app.model.ops import Changes, OpKind
from diag_app.model.same import pair_register
from diag_app.model.uscc import check_uscc
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.workspace import Workspace, known
from diag_app.storage import duplicates


@dataclass(frozen=True, kw_only=True)
class Twin:
    """Another enterprise that is one with this one, or may be."""

    enterprise_id: str
    name: str
    is_agreed: bool


def find_twins(workspace: Workspace, enterprise_id: str) -> tuple[Twin, ...]:
    """Return the enterprises agreed to be this one, then those with the same valid credit code nobody judged yet.

    Equal names alone propose nothing.
    """
    known(workspace, enterprise_id, "enterprise")
    agreed = [other for other in duplicates.group_of(workspace.store, enterprise_id) if other != enterprise_id]
    found = [_twin(workspace, other, is_agreed=True) for other in agreed]
    code = load_enterprise(workspace, enterprise_id).profile.uscc
    if code and not any(problem.severity is Severity.ERROR for problem in check_uscc(code)):
        for other in duplicates.with_same_code(workspace.store, enterprise_id):
            entity, register = pair_register(enterprise_id, other)
            if other not in agreed and workspace.store.entity(entity).value(register) is None:
                found.append(_twin(workspace, other, is_agreed=False))
    return tuple(found)


def agree_same(workspace: Workspace, one: str, other: str, *, is_same: bool = True) -> Changes:
    """Agree that two enterprises are one, or that they are not; both keep all that was recorded.

    Raises:
        DiagError: `SAME_AS_ITSELF`; `ENTITY_UNKNOWN`, `ENTITY_DELETED`.
    """
    if one == other:
        raise DiagError("SAME_AS_ITSELF", location=one)
    for enterprise_id in (one, other):
        known(workspace, enterprise_id, "enterprise", to_change=True)
    entity, register = pair_register(one, other)
    kind, name = (OpKind.SAME_AS, "agree_same") if is_same else (OpKind.NOT_SAME_AS, "agree_not_same")
    with workspace.store.operation(name, entity) as operation:
        operation.agree(entity, register, {"same": is_same}, kind=kind)
    return operation.changes


def _twin(workspace: Workspace, enterprise_id: str, *, is_agreed: bool) -> Twin:
    name = load_enterprise(workspace, enterprise_id).profile.name
    return Twin(enterprise_id=enterprise_id, name=name, is_agreed=is_agreed)
