"""The root command, its shared options, and how a refusal or a bug leaves the program."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from diag_app import __version__
from diag_app.cli.care import backup, check, demo, redo, undo, workspace
from diag_app.cli.fact import assessment, enterprise, evidence, need
from diag_app.cli.frame import REFUSED, Frame, print_refusal
from diag_app.cli.method import pack, score
from diag_app.cli.paper import bundle, proposal
from diag_app.errors import DiagError
from diag_app.files import write
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.paths import data_dir, log_dir
from diag_app.settings import load_settings, settings_path

LANGUAGES: dict[str, Language] = {"zh_CN": "zh", "en": "en"}


@click.group(context_settings={"auto_envvar_prefix": "DIAG", "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="diag")
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), envvar="DIAG_WORKSPACE", help="Folder.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Language of messages.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@click.pass_context
def root(context: click.Context, workspace: Path | None, language: str | None, as_json: bool) -> None:
    """QiZhen: diagnose a small or medium enterprise on site, offline. Without a command the window opens."""
    settings = load_settings(settings_path())
    context.obj = Frame(
        directory=workspace or Path(settings.last_workspace or data_dir() / "workspace"),
        translate=load_translator(LANGUAGES[language] if language else settings.language),
        as_json=as_json,
        settings=settings,
    )


for command in (
    assessment, backup, bundle, check, demo, enterprise, evidence, need, pack, proposal, redo, score, undo, workspace,
):  # fmt: skip
    root.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 1 a check found problems, 2 refused or wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = root.main(given, prog_name="diag", standalone_mode=False)
    except DiagError as error:
        return _refused(given, error)
    except click.ClickException as error:
        return _refused(given, DiagError("USAGE", detail=error.format_message()))
    except click.Abort:
        return REFUSED
    except Exception:  # noqa: BLE001  a bug: its traceback goes to the log, never to the person
        return _refused(given, _crash())
    return status if isinstance(status, int) else 0


def refuse_window(arguments: Sequence[str]) -> int:
    """Say that no window can be shown here and return the exit status."""
    return _refused(arguments, DiagError("NO_DISPLAY"))


def _refused(arguments: Sequence[str], error: DiagError) -> int:
    print_refusal(load_translator(_language(arguments)), error, as_json="--json" in arguments)
    return REFUSED


def _language(arguments: Sequence[str]) -> Language:
    """Return the language asked for; a refusal may come before the options, or the settings, could be read."""
    for option, value in pairwise(arguments):
        if option == "--language" and value in LANGUAGES:
            return LANGUAGES[value]
    try:
        return load_settings(settings_path()).language
    except DiagError:
        return "zh"


def _crash() -> DiagError:
    path = log_dir() / "crash.txt"
    write(path, traceback.format_exc().encode())
    return DiagError("INTERNAL", location=str(path))
