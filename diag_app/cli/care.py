"""Commands that look after a workspace: undo, back up, check, demonstrate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.codec import plain_decimal
from diag_app.errors import Severity
from diag_app.i18n.operation_words import operation_word
from diag_app.model.ops import Changes
from diag_app.operations import history
from diag_app.operations.audit_witness import verify_audit
from diag_app.operations.backup import check_workspace, create_backup, restore_backup
from diag_app.operations.demo import run_demo
from diag_app.operations.drill import run_drill
from diag_app.operations.repair import repair_from
from diag_app.operations.safety import safety
from diag_app.operations.security import unlock_backup
from diag_app.operations.snapshots import find_snapshots, make_second_copy, take_sealed_snapshot, take_snapshot
from diag_app.operations.workspace import Workspace, is_encrypted

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
    """Bring a backup back into a folder of its own, checked; an encrypted one takes --passphrase-file for that."""
    key = unlock_backup(file, frame.passphrase()) if frame.passphrase_file is not None else None
    problems = restore_backup(file, directory, key=key)
    is_checked = key is not None or not is_encrypted(directory)
    unseen = frame.translate("It is encrypted, and was brought back unseen: only the passphrase opens and checks it.")
    answer = {
        "workspace": str(directory),
        "checked": is_checked,
        "problems": [frame.problem_json(problem) for problem in problems],
    }
    frame.answer(answer, [str(directory), *frame.problem_lines(problems), *(() if is_checked else (unseen,))])


@backup.command("list")
@click.pass_obj
def backup_list(frame: Frame) -> None:
    """Snapshots of the workspace, the newest first."""
    found = find_snapshots(frame.directory)
    answer = [{"path": str(item.path), "taken_at": item.taken_at.isoformat(), "reason": item.reason} for item in found]
    frame.answer(answer, [f"{item.taken_at:%Y-%m-%d %H:%M}  {item.reason:10}  {item.path}" for item in found])


@backup.command("snapshot")
@click.option("--without-key", is_flag=True, help="Ask for no passphrase: an encrypted workspace is copied unseen.")
@click.pass_obj
def backup_snapshot(frame: Frame, without_key: bool) -> None:
    """Take a snapshot of the workspace now."""
    if without_key and is_encrypted(frame.directory):
        taken = take_sealed_snapshot(frame.directory, actor=frame.settings.actor)
    else:
        with frame.workspace(create=False) as opened:
            taken = take_snapshot(opened)
    frame.answer({"path": str(taken.path)}, [str(taken.path)])


@backup.command("copy")
@click.argument("directory", type=FILE, required=False)
@click.pass_obj
def backup_copy(frame: Frame, directory: Path | None) -> None:
    """Bring the second copy under DIRECTORY, or the folder of the settings, up to date."""
    chosen = directory or (Path(frame.settings.second_copy) if frame.settings.second_copy else None)
    if chosen is None:
        raise click.UsageError("DIRECTORY")
    with frame.workspace(create=False) as opened:
        copy = make_second_copy(opened, chosen)
    frame.answer({"folder": str(copy.folder), "added": copy.added}, [str(copy.folder)])


@backup.command("drill")
@click.option("--from", "source", type=FILE, help="This copy, not the newest.")
@click.pass_obj
def backup_drill(frame: Frame, source: Path | None) -> int:
    """Bring the newest copy back into a scratch folder and compare it with the workspace."""
    with frame.workspace(create=False) as opened:
        drill = run_drill(opened, source)
    answer = {
        "source": str(drill.source),
        "ops": drill.ops,
        "since": drill.since,
        "problems": [frame.problem_json(problem) for problem in drill.problems],
    }
    good = frame.translate(
        "{source} brings everything back: {ops} records; {since} were recorded since.",
        source=drill.source, ops=drill.ops, since=drill.since,
    )  # fmt: skip
    frame.answer(answer, frame.problem_lines(drill.problems) or [good])
    return CHECK_FOUND_PROBLEMS if drill.problems else 0


@backup.command("status")
@click.pass_obj
def backup_status(frame: Frame) -> None:
    """How safe the data is: last save, copies, drill, what is undelivered."""
    second = frame.settings.second_copy
    with frame.workspace(create=False) as opened:
        report = safety(opened, Path(second) if second else None)
    answer = {
        "last_save": report.last_save and report.last_save.isoformat(timespec="seconds"),
        "last_backup": report.last_backup and str(report.last_backup.path),
        "second_copy": report.second_copy and str(report.second_copy.folder),
        "undelivered": report.undelivered.total,
        "last_drill": report.last_drill and report.last_drill.at.isoformat(timespec="seconds"),
        "problems": [frame.problem_json(problem) for problem in report.problems],
    }
    good = frame.translate("Snapshot, second copy and drill are recent.")
    count = report.undelivered.total
    waiting = frame.translate.plural("{count} item without a receipt", "{count} items without a receipt", count)
    frame.answer(answer, [*(frame.problem_lines(report.problems) or [good]), waiting])


@click.command()
@click.option("--read-data", is_flag=True, help="Read every evidence file too.")
@click.option("--bundle", "bundles", type=FILE, multiple=True, help="Compare the audit trail with what it saw.")
@click.pass_obj
def check(frame: Frame, read_data: bool, bundles: tuple[Path, ...]) -> int:
    """Verify op chains, projections, evidence and the audit trail; name what is wrong."""
    with frame.workspace(create=False) as opened:
        problems = (*check_workspace(opened, read_data=read_data), *verify_audit(opened, bundles))
    return frame.check_answer(problems, frame.translate("Everything is as it was written."))


@click.command()
@click.option("--from", "source", type=FILE, required=True, help="A backup, a snapshot, or a bundle.")
@click.pass_obj
def repair(frame: Frame, source: Path) -> int:
    """Bring damaged and missing records and files back from a backup or a bundle, and say which."""
    with frame.workspace(create=False) as opened:
        repaired = repair_from(opened, source)
    answer = {
        "ops": list(repaired.ops),
        "blobs": list(repaired.blobs),
        "tables": repaired.is_rebuilt,
        "left": [frame.problem_json(problem) for problem in repaired.left],
    }
    lines = [
        *(frame.translate("mended: {what}", what=frame.translate.problem(problem)) for problem in repaired.mended),
        *frame.problem_lines(repaired.left),
    ]
    frame.answer(answer, lines or [frame.translate("Everything is as it was written.")])
    return CHECK_FOUND_PROBLEMS if any(item.severity is Severity.ERROR for item in repaired.left) else 0


def _again(frame: Frame, operation: Callable[[Workspace, str | None], Changes], scope: str | None) -> None:
    with frame.workspace(create=False) as opened:
        changes = operation(opened, scope)
    frame.answer({"operation": changes.operation}, [operation_word(changes.operation, frame.translate)])
