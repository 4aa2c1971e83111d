"""Commands about the survey record: days, people, texts, group photo."""

from __future__ import annotations

from pathlib import Path

import click

from diag_app.cli.frame import Frame
from diag_app.codec import load_json, unstructure
from diag_app.files import read
from diag_app.model.drawn_signature import SIGNERS
from diag_app.model.survey import Side
from diag_app.operations.report_facts import find_signatures
from diag_app.operations.survey import (
    SIDES,
    TEXTS,
    add_group_photo,
    load_survey,
    record_survey_text,
    record_visit_day,
    remove_visit_day,
    save_participant,
)
from diag_app.operations.visit_signature import erase_signature, record_signature

STROKES_LIMIT = 4 * 1024**2


@click.group()
def survey() -> None:
    """The survey record: when, where, who, what."""


@survey.command("show")
@click.argument("assessment_id")
@click.pass_obj
def survey_show(frame: Frame, assessment_id: str) -> None:
    """Show the survey record of an assessment."""
    with frame.workspace(create=False) as workspace:
        found = load_survey(workspace, assessment_id, frame.translate.language)
    days = [f"{day.day} {day.start}–{day.end} {day.place}".strip(" –") for day in found.days]
    people = [f"{person.side:10} {person.name}  {person.role}".rstrip() for person in found.people]
    frame.answer(unstructure(found), [*days, *people, *(text for text in (found.agenda, found.summary) if text)])


@survey.command("day")
@click.argument("assessment_id")
@click.argument("day")
@click.option("--start", default="", help="HH:MM")
@click.option("--end", default="", help="HH:MM")
@click.option("--place", default="")
@click.option("--remove", is_flag=True, help="Take the day off the record.")
@click.pass_obj
def survey_day(frame: Frame, assessment_id: str, day: str, start: str, end: str, place: str, remove: bool) -> None:
    """Record a day on site, year-month-day, with its times and place."""
    with frame.workspace(create=False) as workspace:
        if remove:
            remove_visit_day(workspace, assessment_id, day)
        else:
            record_visit_day(workspace, assessment_id, day, start=start, end=end, place=place)
    frame.answer({"day": day, "removed": remove}, [day])


@survey.command("person")
@click.argument("assessment_id")
@click.argument("name")
@click.option("--role", default="")
@click.option("--side", type=click.Choice(SIDES), default="firm", show_default=True)
@click.pass_obj
def survey_person(frame: Frame, assessment_id: str, name: str, role: str, side: Side) -> None:
    """Record a person who took part."""
    with frame.workspace(create=False) as workspace:
        save_participant(workspace, assessment_id, name=name, role=role, side=side)
    frame.answer({"name": name}, [name])


@survey.command("text")
@click.argument("assessment_id")
@click.argument("which", type=click.Choice(sorted(TEXTS)))
@click.argument("text")
@click.pass_obj
def survey_text(frame: Frame, assessment_id: str, which: str, text: str) -> None:
    """Record the agenda, or the summary of what came of the visit."""
    with frame.workspace(create=False) as workspace:
        record_survey_text(workspace, assessment_id, which, text)
    frame.answer({which: text}, [text])


@survey.command("sign")
@click.argument("assessment_id")
@click.argument("signer", type=click.Choice(SIGNERS))
@click.option("--name", default="")
@click.option("--strokes", type=click.Path(path_type=Path), help="JSON: strokes of [x, y] on an area of 1000 by 400.")
@click.option("--erase", is_flag=True, help="Take the signature off.")
@click.pass_obj
def survey_sign(frame: Frame, assessment_id: str, signer: str, name: str, strokes: Path | None, erase: bool) -> None:
    """Keep a signature drawn on the visit record, or take it off."""
    with frame.workspace(create=False) as workspace:
        if erase:
            erase_signature(workspace, assessment_id, signer)
        elif strokes is not None:
            drawn = load_json(read(strokes, limit=STROKES_LIMIT), location=strokes.name)
            record_signature(workspace, assessment_id, signer, name=name, strokes=drawn)
        found = find_signatures(workspace, assessment_id)
    signed = [{"signer": item.signer, "name": item.name, "at": item.at, "holds": item.holds} for item in found]
    frame.answer(signed, [f"{item.signer:10} {item.name}  {item.at}" for item in found])


@survey.command("photo")
@click.argument("assessment_id")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--caption", default="")
@click.pass_obj
def survey_photo(frame: Frame, assessment_id: str, file: Path, caption: str) -> None:
    """Add the group photo."""
    with frame.workspace(create=False) as workspace:
        add_group_photo(workspace, assessment_id, file, caption=caption)
    frame.answer({"file": file.name}, [file.name])
