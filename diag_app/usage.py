"""What is wrong with the words of a command, said in the person's language: click speaks English only."""

from __future__ import annotations

import click

from diag_app.i18n import Translator


def usage_words(translate: Translator, error: click.ClickException) -> str:
    """Return one sentence about a command that click does not accept."""
    match error:
        case click.NoSuchOption():
            return translate("There is no option {name}.", name=error.option_name)
        case click.exceptions.NoSuchCommand():
            return translate("There is no command {name}.", name=error.command_name)
        case click.MissingParameter() if error.param is not None:
            return translate("{name} is missing.", name=_name(error.param))
        case click.BadParameter() if error.param is not None:
            return translate("{name} takes {kind}.", name=_name(error.param), kind=_kind(translate, error.param.type))
        case _:
            return translate("The command is not understood ({detail}).", detail=error.format_message().rstrip("."))


def _name(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def _kind(translate: Translator, kind: object) -> str:
    match kind:
        case click.Choice():
            return ", ".join(map(str, kind.choices))
        case click.types.IntParamType():
            return translate("a whole number")
        case click.types.BoolParamType():
            return "true, false"
        case _:
            return translate("another value")
