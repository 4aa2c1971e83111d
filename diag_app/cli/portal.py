"""Commands about the firm file of a city platform: what it asks for, and a folder laid out for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from diag_app.cli.frame import Frame
from diag_app.model.portal import PortalRow
from diag_app.operations.portal import export_portal, mark_final, portal_items, type_portal_item

FILE = click.Path(path_type=Path)


@click.group()
def portal() -> None:
    """The firm file of a city platform."""


@portal.command("show")
@click.argument("assessment_id")
@click.pass_obj
def portal_show(frame: Frame, assessment_id: str) -> None:
    """Show every item that the platform asks for, with what is known of it."""
    with frame.workspace(create=False) as workspace:
        rows = portal_items(workspace, assessment_id)
    frame.answer([_json(row) for row in rows], [_line(frame, row) for row in rows])


@portal.command("set")
@click.argument("assessment_id")
@click.argument("code")
@click.argument("text")
@click.pass_obj
def portal_set(frame: Frame, assessment_id: str, code: str, text: str) -> None:
    """Record the words for an item; an empty TEXT takes them away. Passwords are refused."""
    with frame.workspace(create=False) as workspace:
        type_portal_item(workspace, assessment_id, code, text)
    frame.answer({"item": code}, [])


@portal.command("mark")
@click.argument("evidence_id")
@click.argument("code", required=False)
@click.pass_obj
def portal_mark(frame: Frame, evidence_id: str, code: str | None) -> None:
    """Mark a file as final for an item; without CODE take the mark away. Only marked files leave."""
    with frame.workspace(create=False) as workspace:
        mark_final(workspace, evidence_id, code)
    frame.answer({"item": code}, [])


@portal.command("export")
@click.argument("assessment_id")
@click.option("--output", type=FILE, required=True, help="Folder to make; nothing is sent anywhere.")
@click.pass_obj
def portal_export(frame: Frame, assessment_id: str, output: Path) -> None:
    """Lay out the firm file in a folder, for a person to look through and upload."""
    with frame.workspace(create=False) as workspace:
        done = export_portal(workspace, assessment_id, output)
    answer = {
        "files": [str(path) for path in done.paths],
        "items": [_json(row) for row in done.rows],
        "problems": [frame.problem_json(problem) for problem in done.problems],
    }
    frame.answer(answer, [str(path) for path in done.paths] + frame.problem_lines(done.problems))


def _json(row: PortalRow) -> dict[str, Any]:
    return {"item": row.item.code, "state": row.state, "value": row.value, "files": [one.name for one in row.files]}


def _line(frame: Frame, row: PortalRow) -> str:
    label = row.item.label.zh if frame.translate.language == "zh" else row.item.label.en
    said = row.value or ", ".join(file.name for file in row.files) or "-"
    return f"{row.item.code:<4}{label}: {said}"
