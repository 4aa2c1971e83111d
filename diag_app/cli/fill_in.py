"""Commands about the fill-in sheet for the official system."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from diag_app.cli.frame import Frame
from diag_app.forms.definition import Language
from diag_app.i18n import Translator
from diag_app.model.fill_in import FillField
from diag_app.operations.fill_in import load_fill_in, record_entered, write_fill_in

FILE = click.Path(path_type=Path)


@click.group("fill-in")
def fill_in() -> None:
    """The fill-in sheet for the official system."""


@fill_in.command("show")
@click.argument("assessment_id")
@click.pass_obj
def fill_in_show(frame: Frame, assessment_id: str) -> None:
    """List every field in official order with what to type and whether it was entered."""
    with frame.workspace(create=False) as workspace:
        found = load_fill_in(workspace, assessment_id, frame.translate.language)
    fields = tuple(found.sheet.fields())
    frame.answer([_field_json(field) for field in fields], [_line(field, frame.translate) for field in fields])


@fill_in.command("tick")
@click.argument("assessment_id")
@click.argument("fields", nargs=-1, required=True)
@click.option("--off", is_flag=True, help="Take the ticks away.")
@click.pass_obj
def fill_in_tick(frame: Frame, assessment_id: str, fields: tuple[str, ...], off: bool) -> None:
    """Note that these fields are typed into the official system, with the values they have now."""
    with frame.workspace(create=False) as workspace:
        record_entered(workspace, assessment_id, fields, is_entered=not off)
    frame.answer({"fields": list(fields), "entered": not off}, [" ".join(fields)])


@fill_in.command("write")
@click.argument("assessment_id")
@click.argument("file", type=FILE)
@click.option("--sheet-language", type=click.Choice(get_args(Language)), default="zh", show_default=True)
@click.pass_obj
def fill_in_write(frame: Frame, assessment_id: str, file: Path, sheet_language: Language) -> None:
    """Write the sheet as PDF or Excel, by the ending of FILE."""
    with frame.workspace(create=False) as workspace:
        path = write_fill_in(workspace, assessment_id, sheet_language, file)
    frame.answer({"path": str(path)}, [str(path)])


def _field_json(field: FillField) -> dict[str, object]:
    return {
        "field": field.field_id,
        "kind": field.kind,
        "value": field.value,
        "entered_on": None if field.entered is None else field.entered.on,
        "lapsed": field.has_lapsed,
    }


def _line(field: FillField, translate: Translator) -> str:
    mark = translate("changed since") if field.has_lapsed else translate("entered") if field.is_entered else ""
    return f"{field.field_id:36} {field.value:20} {mark}".rstrip()
