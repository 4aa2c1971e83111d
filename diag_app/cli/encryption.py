"""Commands about whole workspaces: create, encrypt, change the passphrase, prove the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from diag_app.cli.frame import Frame
from diag_app.operations.security import (
    RecoverySheet,
    change_passphrase,
    confirm_sheet,
    create_encrypted_workspace,
    encrypt_workspace,
    plain_copies,
    remove_plain_copies,
    unlock,
)
from diag_app.operations.workspace import open_workspace

FILE = click.Path(path_type=Path)
WORDS_IN_A_LINE = 6


@click.group()
def workspace() -> None:
    """Workspaces."""


@workspace.command("create")
@click.argument("directory", type=FILE)
@click.option("--encrypt", is_flag=True, help="Encrypt it under a passphrase.")
@click.pass_obj
def workspace_create(frame: Frame, directory: Path, encrypt: bool) -> None:
    """Create a workspace in DIRECTORY."""
    if not encrypt:
        open_workspace(directory, actor=frame.settings.actor).close()
        frame.answer({"workspace": str(directory)}, [str(directory)])
        return
    sheet = create_encrypted_workspace(
        directory, frame.new_passphrase(frame.passphrase_file), language=frame.translate.language
    )
    frame.answer({"workspace": str(directory), **_sheet_json(sheet)}, [str(directory), *_sheet_lines(frame, sheet)])


@workspace.command("encrypt")
@click.pass_obj
def workspace_encrypt(frame: Frame) -> None:
    """Encrypt the workspace, after a verified backup of it."""
    done = encrypt_workspace(
        frame.directory, frame.new_passphrase(frame.passphrase_file), language=frame.translate.language
    )
    copies = [str(path) for path in done.plain_copies]
    answer = {"workspace": str(frame.directory), "backup": str(done.backup), "plain_copies": copies}
    named = frame.translate("These copies from before are not encrypted; keep them apart, or remove them:")
    frame.answer({**answer, **_sheet_json(done.sheet)}, [*_sheet_lines(frame, done.sheet), "", named, *copies])


@workspace.command("passphrase")
@click.option("--new-passphrase-file", type=FILE, help="File whose first line is the new passphrase.")
@click.option("--words-file", type=FILE, help="File with the recovery sheet's words, in place of the old passphrase.")
@click.option("--identity-file", type=FILE, help="The organisation's identity, in place of the old passphrase.")
@click.pass_obj
def workspace_passphrase(
    frame: Frame, new_passphrase_file: Path | None, words_file: Path | None, identity_file: Path | None
) -> None:
    """Change the passphrase; data is not written anew."""
    if words_file is not None:
        key = unlock(frame.directory, words=frame.secret_in(words_file))
    elif identity_file is not None:
        key = unlock(frame.directory, identity=frame.secret_in(identity_file))
    else:
        key = unlock(frame.directory, passphrase=frame.passphrase())
    change_passphrase(frame.directory, key, frame.new_passphrase(new_passphrase_file))
    frame.answer({"workspace": str(frame.directory)}, [frame.translate("The new passphrase is in force.")])


@workspace.command("confirm-sheet")
@click.option("--words-file", type=FILE, help="File with the words as they stand on the paper.")
@click.pass_obj
def workspace_confirm_sheet(frame: Frame, words_file: Path | None) -> None:
    """Prove the recovery sheet by typing its words back from the paper."""
    asked = frame.translate("The 24 words")
    confirm_sheet(frame.directory, frame.secret_in(words_file) if words_file else frame.ask_secret(asked))
    frame.answer({"workspace": str(frame.directory)}, [frame.translate("The recovery sheet opens this workspace.")])


@workspace.command("plain-copies")
@click.option("--remove", is_flag=True, help="Remove them.")
@click.pass_obj
def workspace_plain_copies(frame: Frame, remove: bool) -> None:
    """List backups in the workspace's folder that anyone can read."""
    copies = plain_copies(frame.directory)
    if remove:
        remove_plain_copies(frame.directory, copies)
    frame.answer([str(path) for path in copies], [str(path) for path in copies])


def _sheet_json(sheet: RecoverySheet) -> dict[str, Any]:
    return {"is_encrypted": True, "recovery_words": list(sheet.words), "key_id": sheet.key_id}


def _sheet_lines(frame: Frame, sheet: RecoverySheet) -> list[str]:
    """Return the words by number, six to a line: they are shown once and kept nowhere."""
    numbered = [f"{place:2} {word}" for place, word in enumerate(sheet.words, start=1)]
    rows = [numbered[start : start + WORDS_IN_A_LINE] for start in range(0, len(numbered), WORDS_IN_A_LINE)]
    told = frame.translate("Recovery sheet: write these words on paper now; without paper and passphrase all is lost.")
    return ["", told, *("   ".join(row) for row in rows)]
