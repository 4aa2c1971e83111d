"""Whether what is here is what another laptop has, and whether this version of the program reads all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from diag_app.errors import Problem, Severity
from diag_app.operations.workspace import Workspace
from diag_app.storage.newer import needed_format

if TYPE_CHECKING:
    from diag_app.sync.statement import Statement


def state_problems(workspace: Workspace, statement: Statement) -> Iterator[Problem]:
    """Yield `STATE_DIFFERS` for each case of which both have the same records by their numbers, yet not the same state.

    Only a fault does that: two who wrote under one identity, or a program that lost something. Both are kept.
    A part after the first has no ops and states the numbers that were there before: of the state it tells nothing.
    """
    if statement.part[0] > 1:
        return
    ours = workspace.store.version_vector()
    for case, state in statement.state_digests.items():
        theirs = {replica: seqs[case] for replica, seqs in statement.vv.items() if case in seqs}
        mine = {replica: seq for (replica, owner), seq in ours.items() if owner == case}
        if mine == theirs and workspace.store.state_digest(case) != state:
            yield Problem(code="STATE_DIFFERS", location=case, severity=Severity.WARNING)


def newer_problems(workspace: Workspace, entity_id: str) -> tuple[Problem, ...]:
    """Return `NEEDS_NEWER` where the case holds what only a newer version reads: nothing may be issued from it here."""
    found = needed_format(workspace.store, workspace.store.entity(entity_id).case)
    if found is None:
        return ()
    return (Problem(code="NEEDS_NEWER", location=entity_id, parameters={"format": str(found)}),)
