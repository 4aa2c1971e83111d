"""Commands about evidence files."""

from __future__ import annotations

import re
from pathlib import Path

import click

from diag_app.cli.frame import CHECK_FOUND_PROBLEMS, Frame
from diag_app.errors import DiagError
from diag_app.i18n.operation_words import operation_word
from diag_app.model.facts import Evidence
from diag_app.model.marks import MARK_KINDS, WHOLE, Box, Mark, MarkKind, Point
from diag_app.model.ops import Changes
from diag_app.operations.evidence import bring_evidence, caption_evidence, find_evidence, link_evidence
from diag_app.operations.evidence_export import export_evidence
from diag_app.operations.evidence_facts import DateKind, date_evidence
from diag_app.operations.evidence_versions import annotate_evidence, redact_evidence, rotate_evidence
from diag_app.operations.workspace import known

FILE = click.Path(path_type=Path)
_DATES: dict[str, DateKind] = {"shows": "shows_on", "captured": "captured_at", "received": "received_at"}
_PER_CENT = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


@click.group()
def evidence() -> None:
    """Evidence files."""


@evidence.command("add")
@click.argument("assessment_id")
@click.argument("target")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--caption", default="")
@click.pass_obj
def evidence_add(frame: Frame, assessment_id: str, target: str, files: tuple[Path, ...], caption: str) -> None:
    """Add files as evidence for TARGET, a question or scenario id; a file that is here already is linked."""
    with frame.workspace(create=False) as workspace:
        brought = bring_evidence(workspace, assessment_id, target, files, caption=caption)
        frame.warn_custody(workspace, assessment_id)
    here = {item.evidence_id for item in brought.known}
    frame.answer(
        [
            {"evidence_id": item.evidence_id, "sha256": item.sha256, "linked": item.evidence_id in here}
            for item in brought.items
        ],
        [
            f"{item.evidence_id}  {item.sha256[:12]}  {item.name}"
            + (f"  {frame.translate('here already, linked')}" if item.evidence_id in here else "")
            for item in brought.items
        ],
    )


@evidence.command("list")
@click.argument("assessment_id")
@click.pass_obj
def evidence_list(frame: Frame, assessment_id: str) -> None:
    """List the evidence of an assessment in order of entry."""
    with frame.workspace(create=False) as workspace:
        known(workspace, assessment_id, "assessment")
        items = find_evidence(workspace, assessment_id)
    frame.answer([_item_json(item) for item in items], [_line(item) for item in items])


@evidence.command("caption")
@click.argument("evidence_id")
@click.argument("text")
@click.pass_obj
def evidence_caption(frame: Frame, evidence_id: str, text: str) -> None:
    """Record what the file shows; an empty TEXT takes the caption away."""
    with frame.workspace(create=False) as workspace:
        _done(frame, caption_evidence(workspace, evidence_id, text))


@evidence.command("date")
@click.argument("evidence_id")
@click.argument("kind", type=click.Choice(tuple(_DATES)))
@click.argument("moment")
@click.pass_obj
def evidence_date(frame: Frame, evidence_id: str, kind: str, moment: str) -> None:
    """Record when the content is from, was captured or received: MOMENT is a day, or a day and a minute."""
    with frame.workspace(create=False) as workspace:
        _done(frame, date_evidence(workspace, evidence_id, _DATES[kind], moment))


@evidence.command("link")
@click.argument("evidence_id")
@click.argument("target")
@click.pass_obj
def evidence_link(frame: Frame, evidence_id: str, target: str) -> None:
    """Let a file support one more answer."""
    with frame.workspace(create=False) as workspace:
        _done(frame, link_evidence(workspace, evidence_id, target))


@evidence.command("rotate")
@click.argument("evidence_id")
@click.option("--left", "quarters", flag_value=-1, type=int)
@click.option("--right", "quarters", flag_value=1, type=int, default=1)
@click.option("--around", "quarters", flag_value=2, type=int)
@click.pass_obj
def evidence_rotate(frame: Frame, evidence_id: str, quarters: int) -> None:
    """Turn a picture by a quarter, or upside down, as a new version."""
    with frame.workspace(create=False) as workspace:
        _done(frame, rotate_evidence(workspace, evidence_id, quarters))


@evidence.command("annotate")
@click.argument("evidence_id")
@click.option(
    "--mark",
    "marks",
    multiple=True,
    required=True,
    type=(click.Choice(MARK_KINDS), str, str),
    metavar="KIND X,Y[;X,Y…] TEXT",
    help="In per cent from the left and from the top; TEXT is '' where the kind has none.",
)
@click.pass_obj
def evidence_annotate(frame: Frame, evidence_id: str, marks: tuple[tuple[MarkKind, str, str], ...]) -> None:
    """Draw arrows, boxes, pen lines, texts and numbers into a picture, as a new version."""
    drawn = [Mark(kind=kind, points=_points(points), text=text) for kind, points, text in marks]
    with frame.workspace(create=False) as workspace:
        _done(frame, annotate_evidence(workspace, evidence_id, drawn))


@evidence.command("redact")
@click.argument("evidence_id")
@click.option("--box", "boxes", multiple=True, required=True, metavar="LEFT,TOP,WIDTH,HEIGHT", help="In per cent.")
@click.option("--erase-original", metavar="REASON", help="Erase the earlier versions for good; else they stay, sealed.")
@click.option("--with-issued", is_flag=True, help="With --erase-original: files of issued proposals that show it, too.")
@click.pass_obj
def evidence_redact(
    frame: Frame, evidence_id: str, boxes: tuple[str, ...], erase_original: str | None, with_issued: bool
) -> None:
    """Black boxes out of a picture, as a new version whose file never held what was under them."""
    given = [_box(text) for text in boxes]
    with frame.workspace(create=False) as workspace:
        done = redact_evidence(workspace, evidence_id, given, erase_because=erase_original, with_issued=with_issued)
    answer = {
        "operation": done.changes.operation,
        "erased": done.is_erased,
        "problems": [frame.problem_json(problem) for problem in done.problems],
    }
    words = (
        frame.translate("Blacked out; the earlier versions are erased.")
        if done.is_erased
        else frame.translate("Blacked out; the earlier versions stay here, sealed.")
    )
    frame.answer(answer, [words, *frame.problem_lines(done.problems)])


@evidence.command("export")
@click.argument("assessment_id")
@click.argument("directory", type=FILE)
@click.pass_obj
def evidence_export(frame: Frame, assessment_id: str, directory: Path) -> int:
    """Write the evidence into DIRECTORY with readable names and an index, without place and camera data."""
    with frame.workspace(create=False) as workspace:
        exported = export_evidence(workspace, assessment_id, directory)
    answer = {
        "files": [str(path) for path in exported.paths],
        "problems": [frame.problem_json(problem) for problem in exported.problems],
    }
    frame.answer(answer, [*map(str, exported.paths), *frame.problem_lines(exported.problems)])
    return CHECK_FOUND_PROBLEMS if exported.problems else 0


def _done(frame: Frame, changes: Changes) -> None:
    frame.answer({"operation": changes.operation}, [operation_word(changes.operation, frame.translate)])


def _box(text: str) -> Box:
    """Return the box that `10,20,30,15.5` names in per cent of the picture; `BOX_INVALID`."""
    parts = _shares(text)
    if len(parts) != 4:
        raise DiagError("BOX_INVALID", location=text[:40])
    left, top, width, height = parts
    return Box(left=left, top=top, right=min(WHOLE, left + width), bottom=min(WHOLE, top + height))


def _points(text: str) -> tuple[Point, ...]:
    """Return the points that `10,20;30,15.5` names in per cent of the picture; `MARK_INVALID`."""
    points = [_shares(part) for part in text.split(";")]
    if not all(len(point) == 2 for point in points):
        raise DiagError("MARK_INVALID", location=text[:40])
    return tuple((across, down) for across, down in points)


def _shares(text: str) -> list[int]:
    """Return comma-separated per cents in ten-thousandths, or none where one of them is no figure."""
    parts = text.split(",")
    is_sound = all(_PER_CENT.fullmatch(part.strip()) for part in parts)
    return [round(float(part) * WHOLE / 100) for part in parts] if is_sound else []


def _item_json(item: Evidence) -> dict[str, object]:
    return {
        "evidence_id": item.evidence_id,
        "number": item.number,
        "name": item.name,
        "caption": item.caption,
        "sha256": item.sha256,
        "media_type": item.media_type,
        "size": item.size,
        "targets": list(item.targets),
        "shows_on": item.shows_on,
        "captured_at": item.captured_at,
        "received_at": item.received_at,
        "version": item.version,
        "redactions": item.redactions,
        "place": item.place and {"latitude": str(item.place.latitude), "longitude": str(item.place.longitude)},
        "keeps_place": item.keeps_place,
    }


def _line(item: Evidence) -> str:
    when = (item.captured_at or item.received_at)[:10]
    return f"E-{item.number:03d}  {item.evidence_id}  {when}  {','.join(item.targets)}  {item.caption or item.name}"
