"""Commands about one need in full; they join the group `need`."""

from __future__ import annotations

from pathlib import Path

import click

from diag_app.cli.fact import FILE, need
from diag_app.cli.frame import Frame
from diag_app.codec import plain_decimal, unstructure
from diag_app.operations.need import load_need, set_need_file

__all__ = ["need"]


@need.command("show")
@click.argument("need_id")
@click.pass_obj
def need_show(frame: Frame, need_id: str) -> None:
    """Show one need with its form, baseline and preconditions."""
    with frame.workspace(create=False) as workspace:
        found = load_need(workspace, need_id)
    lines = [f"N-{found.number:02}  {found.title}  {found.scenario_id}"]
    for metric in found.metrics:
        value = frame.translate("not measured") if metric.value is None else plain_decimal(metric.value)
        lines.append(f"{metric.metric_id}  {value}  {metric.period}  {metric.source}")
    frame.answer(unstructure(found), lines)


@need.command("set")
@click.argument("need_id")
@click.argument("file", type=FILE)
@click.pass_obj
def need_set(frame: Frame, need_id: str, file: Path) -> None:
    """Record what FILE says over what is stored of a need; what it does not name stays."""
    with frame.workspace(create=False) as workspace:
        set_need_file(workspace, need_id, file)
    frame.answer({"need_id": need_id}, [need_id])
