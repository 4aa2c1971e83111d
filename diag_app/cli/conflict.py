"""Commands about what two laptops disagree on: list it, decide it."""

from __future__ import annotations

from typing import Any

import click

from diag_app.cli.frame import Frame
from diag_app.codec import canonical_json
from diag_app.model.conflict import Conflict, Side
from diag_app.model.ops import ValueState
from diag_app.operations.conflicts import find_conflicts, settle_by_text, settle_conflict


@click.group()
def conflict() -> None:
    """See what two laptops disagree about, and decide it item by item."""


@conflict.command("list")
@click.argument("enterprise_id", required=False)
@click.pass_obj
def conflict_list(frame: Frame, enterprise_id: str | None) -> None:
    """List every open conflict with both sides: who, when, and the op to name in `resolve`."""
    with frame.workspace(create=False) as workspace:
        found = find_conflicts(workspace, enterprise_id)
        firms = {view.entity_id: str(view.value("name", "")) for view in workspace.store.entities("enterprise")}
    lines = [line for item in found for line in _lines(frame, item, firms.get(item.case, ""))]
    frame.answer([_json(item) for item in found], lines or [frame.translate("No conflict is open.")])


@conflict.command("resolve")
@click.argument("entity_id")
@click.argument("register")
@click.option("--take", metavar="OP_ID", help="The op of the side that is to stand.")
@click.option("--text", help="A third text instead, where two texts differ.")
@click.option("--reason", default="", help="Why; it stays on record.")
@click.pass_obj
def conflict_resolve(
    frame: Frame, entity_id: str, register: str, take: str | None, text: str | None, reason: str
) -> None:
    """Let one side stand, or a third text. Undoing makes it a conflict again."""
    if (take is None) == (text is None):
        raise click.MissingParameter(param=click.Option(["--take"]))  # one of the two, never both
    with frame.workspace(create=False) as workspace:
        if take is not None:
            settle_conflict(workspace, entity_id, register, take, reason)
        else:
            settle_by_text(workspace, entity_id, register, text or "", reason)
    answer = {"entity": entity_id, "register": register}
    frame.answer(answer, [frame.translate("Decided: {register}.", register=register)])


def _lines(frame: Frame, item: Conflict, firm: str) -> list[str]:
    nameless = frame.translate("(no name)")
    sides = (f"  {side.op_id}  {side.at}  {side.actor or nameless}  {_said(frame, side)}" for side in item.sides)
    return [f"{item.entity} {item.register}  {firm}".rstrip(), *sides]


def _said(frame: Frame, side: Side) -> str:
    if side.is_deletion:
        return frame.translate("deleted")
    if side.value is None and not (side.registers or side.entities) and side.value_state is ValueState.PRESENT:
        return frame.translate("cleared")
    return " ".join((*side.registers, *side.entities)) or canonical_json(side.value).decode()


def _json(item: Conflict) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "case": item.case,
        "entity": item.entity,
        "entity_kind": item.entity_kind,
        "register": item.register,
        "values": [side.value for side in item.sides],
        "sides": [
            {
                "op_id": side.op_id,
                "value": side.value,
                "value_state": side.value_state.value,
                "is_misshapen": side.is_misshapen,
                "is_deletion": side.is_deletion,
                "registers": list(side.registers),
                "entities": list(side.entities),
                "actor": side.actor,
                "at": side.at,
                "reason": side.reason,
            }
            for side in item.sides
        ],
    }
