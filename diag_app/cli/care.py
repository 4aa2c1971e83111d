"""Commands that look after a workspace: create, undo, back up, check, demonstrate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from diag_app.cli.frame import Frame
from diag_app.codec import plain_decimal
from diag_app.model.ops import Changes
from diag_app.operations import history
from diag_app.operations.backup import check_workspace, create_backup, restore_backup
from diag_app.operations.demo import run_demo
from diag_app.operations.workspace import Workspace, open_workspace

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("directory", type=FILE)
@click.pass_obj
def demo(frame: Frame, directory: Path) -> None:
    """Do the whole main job on the demonstration factory, without a screen."""
    result = run_demo(directory)
    answer = {
        "assessment_id": result.assessment_id,
        "level": result.level,
        "score": plain_decimal(result.score),
        "files": [str(path) for path in result.files],
    }
    lines = [
        frame.translate("Level {level}, {score} points", level=result.level, score=plain_decimal(result.score)),
        *map(str, result.files),
    ]
    frame.answer(answer, lines)


@click.group()
def workspace() -> None:
    """Workspaces."""


@workspace.command("create")
@click.argument("directory", type=FILE)
@click.pass_obj
def workspace_create(frame: Frame, directory: Path) -> None:
    """Create a workspace in DIRECTORY."""
    open_workspace(directory, actor=frame.settings.actor).close()
    frame.answer({"workspace": str(directory)}, [str(directory)])


@click.command()
@click.option("--scope", metavar="CASE", help="Only this case.")
@click.pass_obj
def undo(frame: Frame, scope: str | None) -> None:
    """Take back the last operation."""
    _again(frame, history.undo, scope)


@click.command()
@click.option("--scope", metavar="CASE", help="Only this case.")
@click.pass_obj
def redo(frame: Frame, scope: str | None) -> None:
    """Do again what was last taken back."""
    _again(frame, history.redo, scope)


@click.group()
def backup() -> None:
    """Backups."""


@backup.command("create")
@click.argument("directory", type=FILE)
@click.pass_obj
def backup_create(frame: Frame, directory: Path) -> None:
    """Write a verified copy of the workspace into DIRECTORY."""
    with frame.workspace(create=False) as opened:
        path = create_backup(opened, directory)
    frame.answer({"backup": str(path)}, [str(path)])


@backup.command("restore")
@click.argument("file", type=FILE)
@click.option("--to", "directory", type=FILE, required=True, help="Folder without a workspace.")
@click.pass_obj
def backup_restore(frame: Frame, file: Path, directory: Path) -> None:
    """Bring a backup back into a folder of its own."""
    restore_backup(file, directory)
    frame.answer({"workspace": str(directory)}, [str(directory)])


@click.command()
@click.option("--read-data", is_flag=True, help="Read every evidence file too.")
@click.pass_obj
def check(frame: Frame, read_data: bool) -> int:
    """Verify op chains, projections and evidence; name what is wrong."""
    with frame.workspace(create=False) as opened:
        problems = check_workspace(opened, read_data=read_data)
    return frame.check_answer(problems, frame.translate("Everything is as it was written."))


def _again(frame: Frame, operation: Callable[[Workspace, str | None], Changes], scope: str | None) -> None:
    with frame.workspace(create=False) as opened:
        changes = operation(opened, scope)
    frame.answer({"operation": changes.operation}, [changes.operation])
