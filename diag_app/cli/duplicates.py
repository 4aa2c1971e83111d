"""Commands about enterprises that were entered twice."""

from __future__ import annotations

import click

from diag_app.cli.frame import Frame
from diag_app.operations.duplicates import agree_same, find_twins


@click.command("twins")
@click.argument("enterprise_id")
@click.pass_obj
def enterprise_twins(frame: Frame, enterprise_id: str) -> None:
    """List the enterprises agreed to be this one, and those with the same credit code."""
    with frame.workspace(create=False) as workspace:
        found = find_twins(workspace, enterprise_id)
    words = {True: frame.translate("the same firm"), False: frame.translate("the same credit code")}
    answer = [{"enterprise_id": twin.enterprise_id, "name": twin.name, "agreed": twin.is_agreed} for twin in found]
    frame.answer(answer, [f"{twin.enterprise_id}  {twin.name}  {words[twin.is_agreed]}" for twin in found])


@click.command("same")
@click.argument("one")
@click.argument("other")
@click.option("--not", "is_not", is_flag=True, help="They are two.")
@click.pass_obj
def enterprise_same(frame: Frame, one: str, other: str, is_not: bool) -> None:
    """Agree that two enterprises are one; both keep all that was recorded."""
    with frame.workspace(create=False) as workspace:
        agree_same(workspace, one, other, is_same=not is_not)
    words = frame.translate("not the same firm") if is_not else frame.translate("the same firm")
    frame.answer({"one": one, "other": other, "same": not is_not}, [f"{one}  {other}  {words}"])
