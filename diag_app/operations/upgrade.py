"""Moving an assessment to another version of its method: whether one is here, what it would change, and the move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from diag_app.errors import DiagError
from diag_app.forms.definition import Pack
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.scoring import score
from diag_app.forms.upgrade import CARRIED, Upgrade, asked_by, carry
from diag_app.model.ops import Changes, EntityView, OpKind, RegisterView
from diag_app.model.reading import assessment_from, pack_reference
from diag_app.operations.carried import carried, way
from diag_app.operations.pack_folders import load_pack_from, newer_versions, pack_roots
from diag_app.operations.workspace import Workspace, known
from diag_app.storage.answered import packs_of

PACK = "pack"


@dataclass(frozen=True, kw_only=True)
class ReadOtherwise:
    """An answer as it is read now, and what the other version reads in it, by register; nothing without a place."""

    register: str
    value: Any
    places: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class UpgradePlan:
    """What moving would change. `otherwise` are the answers that are read otherwise; every other one stays.

    `new` are the questions and scenarios that the other version asks beyond this one.
    """

    here: Pack
    there: Pack
    score_here: Scorecard
    score_there: Scorecard
    otherwise: tuple[ReadOtherwise, ...]
    new: tuple[str, ...]


def newer_method(workspace: Workspace, assessment_id: str) -> str | None:
    """Return the newest version of the assessment's method that is here and says how it is moved to; else null."""
    here = pack_reference(known(workspace, assessment_id, "assessment"))
    newer = newer_versions(pack_roots(workspace.directory), here)
    return next((one for one in newer if way(workspace.directory, here, one) is not None), None)


def plan_upgrade(workspace: Workspace, assessment_id: str, pack: str | None = None) -> UpgradePlan:
    """Return what `upgrade_assessment` would change; nothing is changed by this. It refuses what that refuses."""
    chosen, ways = _chosen(workspace, known(workspace, assessment_id, "assessment"), pack)
    stored = workspace.store.entity(assessment_id)
    here = carried(workspace.store, stored)
    move = RegisterView(value=_value(chosen, here), head_ids=stored.registers[PACK].head_ids)
    there = carried(workspace.store, replace(stored, registers={**stored.registers, PACK: move}))
    now = workspace.pack(pack_reference(here))
    asked_before = asked_by(ways, _asked(now))
    return UpgradePlan(
        here=now,
        there=chosen,
        score_here=score(now, assessment_from(here).answers),
        score_there=score(chosen, assessment_from(there).answers),
        otherwise=tuple(_otherwise(workspace, here, chosen, ways)),
        new=tuple(one for one in _asked(chosen) if one not in asked_before),
    )


def upgrade_assessment(workspace: Workspace, assessment_id: str, pack: str | None = None) -> Changes:
    """Move an assessment to another version of its method (default: the newest); its answers are never rewritten.

    They are read as the newer version says. Those without a place there stay, and scoring names them.

    Raises:
        DiagError: `PACK_UNKNOWN`, `UPGRADE_NO_WAY` where no pack says how, `UPGRADE_SAME` where it has it already.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    chosen, _ = _chosen(workspace, view, pack)
    with workspace.store.operation("upgrade_assessment", view.case) as operation:
        operation.agree(assessment_id, PACK, _value(chosen, view), kind=OpKind.FORM_UPGRADE)
    return operation.changes


def _chosen(workspace: Workspace, view: EntityView, pack: str | None) -> tuple[Pack, tuple[Upgrade, ...]]:
    before = pack_reference(view)
    chosen = load_pack_from(pack_roots(workspace.directory), pack or before.partition("@")[0])
    if chosen.reference == before:
        raise DiagError("UPGRADE_SAME", location=before)
    ways = way(workspace.directory, before, chosen.reference)
    if ways is None:
        raise DiagError("UPGRADE_NO_WAY", location=chosen.reference, earlier=before)
    return chosen, ways


def _value(chosen: Pack, view: EntityView) -> Mapping[str, str]:
    return {"reference": chosen.reference, "digest": chosen.digest, "from": pack_reference(view)}


def _otherwise(
    workspace: Workspace, here: EntityView, there: Pack, ways: tuple[Upgrade, ...]
) -> Iterator[ReadOtherwise]:
    """Yield what is read otherwise; what was given to the other version already, before a move was undone, is not."""
    known_there = {*_asked(there), *(number.number_id for number in there.numbers)}
    given = packs_of(workspace.store, workspace.store.entity(here.entity_id))
    for register, shown in sorted(here.registers.items()):
        if register.partition(":")[0] not in CARRIED or "@" in register or shown.value is None:
            continue
        carried_to = carry(ways, register, shown.value)
        places = {at: value for at, value in carried_to.items() if at.split(":")[1] in known_there}
        if places != {register: shown.value} and given.get(register) != there.reference:
            yield ReadOtherwise(register=register, value=shown.value, places=places)


def _asked(pack: Pack) -> tuple[str, ...]:
    return (*(item.question_id for item in pack.questions), *(item.scenario_id for item in pack.scenarios))
