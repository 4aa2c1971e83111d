"""Commands about the app itself: does this installation work here, and what to send when it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.errors import Severity
from diag_app.i18n.check_words import figures_line, part_name
from diag_app.operations.self_check import Checked, self_check
from diag_app.operations.support import write_support_bundle
from diag_app.paths import resource

FILE = click.Path(path_type=Path)


@click.command("self-check")
@click.pass_obj
def self_check_command(frame: Frame) -> int:
    """Try the main job in a scratch folder; check installed files, fonts, disk, clock and store."""
    found = self_check()
    frame.answer([_json(frame, part) for part in found], _lines(frame, found))
    errors = [problem for part in found for problem in part.problems if problem.severity is Severity.ERROR]
    return CHECK_FOUND_PROBLEMS if errors else 0


@click.command("support-bundle")
@click.argument("file", type=FILE)
@click.pass_obj
def support_bundle(frame: Frame, file: Path) -> None:
    """Check, and write what helps to find a fault; nothing of a client is in it."""
    names = write_support_bundle(file, frame.settings, frame.directory, self_check())
    frame.answer({"file": str(file), "content": list(names)}, [str(file), *(f"  {name}" for name in names)])


@click.command()
@click.pass_obj
def handbook(frame: Frame) -> None:
    """Say where the handbook lies, as HTML for any browser."""
    folder = resource("handbook", frame.translate.language)
    pages = sorted(str(path) for path in folder.glob("*.html"))
    frame.answer(pages, pages or [frame.translate("The handbook is not here.")])


def _json(frame: Frame, part: Checked) -> dict[str, Any]:
    problems = [frame.problem_json(problem) for problem in part.problems]
    return {"part": part.part, "seconds": round(part.seconds, 2), "figures": dict(part.figures), "problems": problems}


def _lines(frame: Frame, found: tuple[Checked, ...]) -> list[str]:
    lines = []
    for part in found:
        words = figures_line(frame.translate, part.part, part.figures)
        lines.append(f"{part_name(frame.translate, part.part)}: {words}".rstrip(": "))
        lines += [f"  {line}" for line in frame.problem_lines(part.problems)]
    return lines
