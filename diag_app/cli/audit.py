"""Commands about what was done with a workspace, and about erasing on request."""

from __future__ import annotations

from pathlib import Path

import click

from diag_app.cli.frame import Frame
from diag_app.operations.audit import AuditRow, export_audit, find_audit_rows
from diag_app.operations.redaction import redact as erase

FILE = click.Path(path_type=Path)


@click.group()
def audit() -> None:
    """The audit trail: what was done with the workspace as a whole."""


@audit.command("list")
@click.pass_obj
def audit_list(frame: Frame) -> None:
    """List the rows, the oldest first."""
    with frame.workspace(create=False) as workspace:
        rows = find_audit_rows(workspace)
    frame.answer([{"id": row.row_id, **row.covered()} for row in rows], map(_line, rows))


@audit.command("export")
@click.argument("file", type=FILE)
@click.pass_obj
def audit_export(frame: Frame, file: Path) -> None:
    """Write the trail to FILE as JSON lines; docs/tools/verify_audit.py verifies it without this program."""
    with frame.workspace(create=False) as workspace:
        count = export_audit(workspace, file)
    frame.answer({"file": str(file), "rows": count}, [str(file)])


@click.command()
@click.argument("entity_id")
@click.argument("register")
@click.option("--reason", required=True, help="Who asked for it, and why; it stays on record.")
@click.option("--with-issued", is_flag=True, help="Remove the files of issued proposals that show it, too.")
@click.pass_obj
def redact(frame: Frame, entity_id: str, register: str, reason: str, with_issued: bool) -> None:
    """Erase all values of REGISTER for good; this cannot be undone."""
    with frame.workspace(create=False) as workspace:
        done = erase(workspace, entity_id, register, reason=reason, with_issued=with_issued)
    answer = {
        "entity": done.entity,
        "registers": list(done.registers),
        "values": done.values,
        "files": done.files,
        "issued": [{"proposal_id": item.proposal_id, "number": item.number} for item in done.issued],
        "copies": [path.name for path in done.copies],
        "problems": [frame.problem_json(problem) for problem in done.problems],
    }
    counts = frame.translate(
        "{values} values and {files} files erased; this cannot be undone.", values=done.values, files=done.files
    )
    frame.answer(answer, [counts, *frame.problem_lines(done.problems)])


def _line(row: AuditRow) -> str:
    details = " ".join(f"{name}={_shown(value)}" for name, value in row.details.items())
    return f"{row.seq}  {row.at}  {row.event}  {details}".rstrip()


def _shown(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
