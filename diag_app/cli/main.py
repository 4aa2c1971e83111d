"""The root command, its shared options, and how a refusal or a bug leaves the program."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from diag_app import __version__
from diag_app.cli.audit import audit, redact
from diag_app.cli.bundle import bundle
from diag_app.cli.care import backup, check, demo, redo, repair, undo
from diag_app.cli.conflict import conflict
from diag_app.cli.custody import case
from diag_app.cli.delivery import free_command, key, receipt
from diag_app.cli.economics import amount, assumption, calculate_command, economics
from diag_app.cli.encryption import workspace
from diag_app.cli.evidence import evidence
from diag_app.cli.fact import assessment, enterprise
from diag_app.cli.fill_in import fill_in
from diag_app.cli.frame import REFUSED, Frame, prepare_streams, print_refusal
from diag_app.cli.installation import handbook, self_check_command, support_bundle
from diag_app.cli.method import pack, score
from diag_app.cli.need_detail import need
from diag_app.cli.paper import proposal
from diag_app.cli.planning import chain, measure, plan
from diag_app.cli.portal import portal
from diag_app.cli.review import comment
from diag_app.cli.survey import survey
from diag_app.cli.visit import visit
from diag_app.errors import DiagError, bare_trace
from diag_app.files import refusal, write
from diag_app.forms.definition import Language
from diag_app.i18n import Translator, load_translator
from diag_app.paths import data_dir, log_dir
from diag_app.settings import load_settings, settings_path
from diag_app.usage import usage_words

TRUE_WORDS = ("1", "true", "t", "yes", "y", "on")
LANGUAGES: dict[str, Language] = {"zh_CN": "zh", "en": "en"}


@click.group(context_settings={"auto_envvar_prefix": "DIAG", "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="diag")
@click.option("--workspace", type=click.Path(path_type=Path), envvar="DIAG_WORKSPACE", help="Folder.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Language of messages.")
@click.option("--passphrase-file", type=click.Path(path_type=Path), help="File whose first line is the passphrase.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
@click.pass_context
def root(
    context: click.Context, workspace: Path | None, language: str | None, passphrase_file: Path | None, as_json: bool
) -> None:
    """QiZhen: diagnose a small or medium enterprise on site, offline. Without a command the window opens."""
    settings = load_settings(settings_path())
    context.obj = Frame(
        directory=workspace or Path(settings.last_workspace or data_dir() / "workspace"),
        translate=load_translator(LANGUAGES[language] if language else settings.language),
        as_json=as_json,
        settings=settings,
        passphrase_file=passphrase_file,
    )


for command in (
    amount, assessment, assumption, audit, backup, bundle, calculate_command, case, chain, check, comment,
    conflict, demo, economics, enterprise, evidence, fill_in, free_command, handbook, key, measure, need, pack,
    plan, portal, proposal, receipt, redact, redo, repair, score, self_check_command, support_bundle, survey, undo,
    visit, workspace,
):  # fmt: skip
    root.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0 done, 1 a check found problems, 2 refused or wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    prepare_streams(is_json=_is_json(given))
    try:
        status = root.main(given, prog_name="diag", standalone_mode=False)
    except SystemExit:  # whoever read the output has closed it; there is nobody to tell
        return REFUSED
    except Exception as error:  # noqa: BLE001  what is no refusal is a bug: its traceback goes to the log
        return _refused(given, error)
    return status if isinstance(status, int) else 0


def refuse_window(arguments: Sequence[str]) -> int:
    """Say that no window can be shown here and return the exit status."""
    return _refused(arguments, DiagError("NO_DISPLAY"))


def _refused(arguments: Sequence[str], error: Exception) -> int:
    translate = load_translator(_language(arguments))
    print_refusal(translate, _coded(translate, error), as_json=_is_json(arguments))
    return REFUSED


def _is_json(arguments: Sequence[str]) -> bool:
    return "--json" in arguments or os.environ.get("DIAG_JSON", "").lower() in TRUE_WORDS


def _coded(translate: Translator, error: Exception) -> DiagError:
    """Return what a person can cause or mend as its coded error; a bug is written to the log and coded so."""
    match error:
        case DiagError():
            return error
        case click.Abort():
            return DiagError("INTERRUPTED")
        case click.ClickException():
            return DiagError("USAGE", detail=usage_words(translate, error))
        case UnicodeEncodeError():  # an argument whose bytes are no text
            return DiagError("TEXT_INVALID", location=ascii(error.object)[:60])
        case OSError() if error.filename is not None:
            return refusal(error, Path(os.fsdecode(error.filename)))
        case OSError():
            return DiagError("OUTPUT_FAILED", detail=error.strerror or str(error))
        case _:
            return _crash(error)


def _language(arguments: Sequence[str]) -> Language:
    """Return the language asked for; a refusal may come before the options, or the settings, could be read."""
    joined = [value for argument in arguments for value in argument.split("=", 1)]
    for option, value in [*pairwise(joined), ("--language", os.environ.get("DIAG_LANGUAGE", ""))]:
        if option == "--language" and value in LANGUAGES:
            return LANGUAGES[value]
    try:
        return load_settings(settings_path()).language
    except DiagError:
        return "zh"


def _crash(error: Exception) -> DiagError:
    """Write the bare trace where it can be found; a disk that takes none must not hide that there was a bug."""
    text = bare_trace(error).encode(errors="backslashreplace")
    for folder in (log_dir, lambda: Path(tempfile.gettempdir())):
        with contextlib.suppress(DiagError, OSError):
            path = folder() / "crash.txt"
            write(path, text)
            return DiagError("INTERNAL", location=str(path))
    return DiagError("INTERNAL", location=type(error).__name__)
