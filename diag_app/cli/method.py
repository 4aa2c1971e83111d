"""Commands about the method: score answers files, list, check and install packs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from diag_app.cli.frame import REFUSED, Frame, error_json, print_refusal
from diag_app.codec import plain_decimal
from diag_app.errors import DiagError
from diag_app.forms.pack_parts import METHOD, PRACTICE, REPORT
from diag_app.forms.score_json import scorecard_to_json
from diag_app.forms.scorecard import Scorecard
from diag_app.forms.three_scores import ThreeScores
from diag_app.i18n import Translator
from diag_app.operations.pack import (
    AnyPack,
    check_pack_folder,
    install_pack,
    list_packs,
    list_practice_packs,
    list_templates,
    score_file,
)

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--pack", "reference", help="Pack id, or id@version; else the one the file names.")
@click.pass_obj
def score(frame: Frame, files: tuple[Path, ...], reference: str | None) -> int:
    """Score answers files; nothing is stored."""
    status = 0
    for path in files:
        try:
            card = score_file(path, frame.directory, reference=reference)
        except DiagError as error:
            status = REFUSED
            if frame.as_json:
                click.echo(json.dumps(error_json(frame.translate, error), ensure_ascii=False))
            print_refusal(frame.translate, error, as_json=frame.as_json)
            continue
        frame.answer(scorecard_to_json(card), [f"{path.name}  {line}" for line in score_lines(frame.translate, card)])
    return status


@click.group()
def pack() -> None:
    """Packs: the method as data."""


@pack.command("list")
@click.pass_obj
def pack_list(frame: Frame) -> None:
    """List the packs shipped and installed."""
    methods, practices = list_packs(frame.directory), list_practice_packs(frame.directory)
    templates = list_templates(frame.directory)
    found: tuple[AnyPack, ...] = (*methods, *practices, *templates)
    frame.answer(
        [
            *({**_pack_json(item), "kind": METHOD} for item in methods),
            *({**_pack_json(item), "kind": PRACTICE, "extends": item.extends} for item in practices),
            *({**_pack_json(item), "kind": REPORT} for item in templates),
        ],
        [f"{item.reference}  {item.digest[:12]}  {item.title.text(frame.translate.language)}" for item in found],
    )


@pack.command("check")
@click.argument("directory", type=FILE)
@click.pass_obj
def pack_check(frame: Frame, directory: Path) -> int:
    """Report every fault of a pack folder at once."""
    return frame.check_answer(check_pack_folder(directory, frame.directory), frame.translate("The pack has no fault."))


@pack.command("install")
@click.argument("directory", type=FILE)
@click.pass_obj
def pack_install(frame: Frame, directory: Path) -> None:
    """Install a pack folder or ZIP file into the workspace."""
    with frame.workspace() as workspace:
        installed = install_pack(workspace, directory)
    frame.answer(
        _pack_json(installed),
        [frame.translate("Installed {pack}.", pack=installed.reference)],
    )


def _pack_json(pack: AnyPack) -> dict[str, str]:
    return {"id": pack.pack_id, "version": pack.version, "digest": pack.digest}


def score_lines(translate: Translator, card: Scorecard) -> list[str]:
    """Return level, score and what is missing, for a person."""
    lines = [translate("Level {level}, {score} points", level=card.level, score=plain_decimal(card.score))]
    if card.to_next is not None:
        lines.append(
            translate(
                "To level {level}: {points} points and {scenarios} scenarios, {constrained} of them constrained.",
                level=card.to_next.level,
                points=plain_decimal(card.to_next.points),
                scenarios=card.to_next.scenarios,
                constrained=card.to_next.constrained,
            )
        )
    if card.missing:
        lines.append(translate("Not answered: {questions}", questions=", ".join(card.missing)))
    return lines + [f"{problem.location}: {translate.problem(problem)}" for problem in card.problems]


def three_score_lines(translate: Translator, scores: ThreeScores) -> list[str]:
    """Return the lines of what is claimed, then score and level of what is supported and of what is verified."""
    rows = (
        (translate("With evidence"), scores.supported),
        (translate("Verified by a reviewer"), scores.verified),
    )
    figures = [
        translate("{kind}: level {level}, {score} points", kind=kind, level=card.level, score=plain_decimal(card.score))
        for kind, card in rows
    ]
    lines = score_lines(translate, scores.claimed)
    return [lines[0], *figures, *lines[1:]]
