"""Encryption of a workspace: create, unlock, recover, change the passphrase, encrypt what is plain, lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from diag_app.clock import Clock, Progress, SystemClock, no_progress, wall_ms
from diag_app.crypto.kdf import KdfCost, require_passphrase
from diag_app.crypto.key_file import (
    SIZE_LIMIT,
    KeyFile,
    key_file_bytes,
    key_file_from,
    rewrap_passphrase,
    unlock_with_identity,
    unlock_with_passphrase,
    unlock_with_sheet,
    with_wrap,
)
from diag_app.crypto.sealing import StoreKey, key_id, new_store_key
from diag_app.crypto.sheet import RecoverySheet, SheetLanguage, new_secret, secret_of, words_of
from diag_app.crypto.wraps import EscrowWrap, PassphraseWrap, wrap_by_escrow, wrap_by_passphrase, wrap_by_sheet
from diag_app.errors import DiagError
from diag_app.files import is_there, read, write
from diag_app.operations.policy import load_policy
from diag_app.operations.workspace import Workspace, is_encrypted, open_workspace, signing_key_path
from diag_app.storage import encrypting, plain_remains
from diag_app.storage.audit import leave_waiting
from diag_app.storage.backup import key_file_of, write_backup
from diag_app.storage.blobs import EVIDENCE_FOLDER, Blobs
from diag_app.storage.database import KEY_FILE, STORE_FILE
from diag_app.storage.encrypting import is_plain
from diag_app.storage.plain_remains import BACKUP_FOLDER
from diag_app.sync.signer_file import seal_signer

__all__ = [
    "Encrypted", "KeyStatus", "RecoverySheet", "StoreKey", "change_passphrase", "confirm_sheet",
    "create_encrypted_workspace", "encrypt_under", "encrypt_workspace", "is_encrypted", "key_status", "lock",
    "plain_copies", "remove_plain_copies", "renew_sheet", "unlock", "unlock_backup",
]  # fmt: skip


_WAYS = {"passphrase": unlock_with_passphrase, "sheet": unlock_with_sheet, "escrow": unlock_with_identity}


@dataclass(frozen=True, kw_only=True)
class Encrypted:
    """What encrypting a plain workspace gave: the sheet to print, and the plain copies that the person decides on.

    `backup` is the verified copy from before, one of `plain_copies`; none of them is removed unless asked.
    """

    sheet: RecoverySheet
    backup: Path
    plain_copies: tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class KeyStatus:
    """The ways into an encrypted workspace, to be shown to the person; `damaged` counts entries nobody can use."""

    has_passphrase: bool
    has_sheet: bool
    is_sheet_confirmed: bool
    escrow_recipients: tuple[str, ...]
    damaged: int


def create_encrypted_workspace(
    directory: Path,
    passphrase: str,
    *,
    escrow: str | None = None,
    language: SheetLanguage = "zh",
    cost: KdfCost | None = None,
) -> RecoverySheet:
    """Create an encrypted workspace in `directory` and return its recovery sheet, which is shown only this once.

    `escrow` is an organisation's age recipient; without one, that of the organisation's policy file is taken.

    Raises:
        DiagError: `PASSPHRASE_SHORT`, `STORE_EXISTS`, `RECIPIENT_INVALID`, `POLICY_INVALID`, or a file code.
    """
    require_passphrase(passphrase)
    if is_there(directory / STORE_FILE) or is_there(directory / KEY_FILE):
        raise DiagError("STORE_EXISTS", location=str(directory))
    key = new_store_key()
    keys, sheet = _new_keys(key, passphrase, escrow, language, cost)
    _save(directory, keys)
    open_workspace(directory, key=key).close()
    return sheet


def key_status(directory: Path) -> KeyStatus:
    """Return the ways into the workspace; `KEYS_MISSING`, `KEY_WRAP_DAMAGED` or `KEY_FILE_NEWER` without any."""
    keys = _load(directory)
    return KeyStatus(
        has_passphrase=bool(keys.of(PassphraseWrap)),
        has_sheet=keys.has_sheet,
        is_sheet_confirmed=keys.has_confirmed_sheet,
        escrow_recipients=tuple(wrap.recipient for wrap in keys.of(EscrowWrap)),
        damaged=keys.damaged,
    )


def unlock(
    directory: Path, *, passphrase: str | None = None, words: str | None = None, identity: str | None = None
) -> StoreKey:
    """Return the store key, given exactly one of passphrase, the sheet's words, or the text of an identity file.

    The attempt is noted for the audit trail; nothing else on the disk is changed, whatever comes of it.

    Raises:
        DiagError: `PASSPHRASE_WRONG`, `SHEET_WRONG`, `SHEET_WORD_UNKNOWN`, `SHEET_INCOMPLETE`, `IDENTITY_WRONG`,
            `IDENTITY_INVALID`, `NO_ESCROW`; `KEY_WRAP_DAMAGED`, `KEY_PARAMETERS_WEAK`, `KEY_PARAMETERS_EXCESSIVE`,
            `KEY_MEMORY_SHORT` (another way in may still open); `KEYS_MISSING`, `KEY_FILE_NEWER`, or a file code.
    """
    given = {"passphrase": passphrase, "sheet": words, "escrow": identity}
    ((way, secret),) = ((way, secret) for way, secret in given.items() if secret is not None)
    keys = _load(directory)
    try:
        key = _WAYS[way](keys, secret, location=str(directory / KEY_FILE))
    except DiagError as error:
        _note(directory, "unlock_failed", by=way, code=error.code)
        raise
    _note(directory, "escrow_used" if way == "escrow" else "unlock", by=way)
    return key


def unlock_backup(backup: Path, passphrase: str) -> StoreKey | None:
    """Return the store key of a backup or snapshot, by the key file that came with it; null for one that needs none.

    Raises:
        DiagError: `PASSPHRASE_WRONG` and the other refusals of `unlock`, `BACKUP_DAMAGED`, or a file code.
    """
    if backup.suffix == ".db" and is_plain(backup):
        return None
    data = key_file_of(backup, limit=SIZE_LIMIT)
    if data is None and backup.suffix == ".db":
        raise DiagError("KEYS_MISSING", location=str(backup.parent.parent / KEY_FILE))
    if data is None:
        return None
    return unlock_with_passphrase(key_file_from(data, location=KEY_FILE), passphrase, location=str(backup))


def confirm_sheet(directory: Path, words: str) -> None:
    """Prove that the paper works: the words are typed back from it; from then on the sheet counts as confirmed.

    Raises:
        DiagError: `SHEET_WRONG`, `SHEET_WORD_UNKNOWN`, `SHEET_INCOMPLETE`, `KEY_WRAP_DAMAGED`, or a file code.
    """
    keys = _load(directory)
    key = unlock_with_sheet(keys, words, location=str(directory / KEY_FILE))
    secret, language = secret_of(words), keys.sheet_language
    _save(directory, with_wrap(keys, wrap_by_sheet(key, secret, language, is_confirmed=True)))


def renew_sheet(directory: Path, key: StoreKey, *, language: SheetLanguage = "zh") -> RecoverySheet:
    """Make a new recovery sheet; the old one opens nothing any more (but opens older backups)."""
    keys, secret = _load(directory), new_secret()
    _save(directory, with_wrap(keys, wrap_by_sheet(key, secret, language)))
    _note(directory, "sheet_renewed")
    return RecoverySheet(words=words_of(secret, language), language=language, key_id=key_id(key))


def change_passphrase(directory: Path, key: StoreKey, passphrase: str, *, cost: KdfCost | None = None) -> None:
    """Let `passphrase` open the workspace instead of the old one; only the key is wrapped anew, no data is written.

    Raises:
        DiagError: `PASSPHRASE_SHORT`, or a file code; then the old passphrase still opens.
    """
    require_passphrase(passphrase)
    _save(directory, rewrap_passphrase(_load(directory), key, passphrase, cost))
    _note(directory, "passphrase_changed")


def encrypt_workspace(
    directory: Path,
    passphrase: str,
    *,
    escrow: str | None = None,
    language: SheetLanguage = "zh",
    cost: KdfCost | None = None,
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> Encrypted:
    """Encrypt the plain workspace in `directory`, after a verified backup of it, and return sheet and plain copies.

    The workspace must be closed. Cut short at any point it opens, plain or encrypted, with everything in it.

    Raises:
        DiagError: `PASSPHRASE_SHORT`, `WORKSPACE_ENCRYPTED`, `WORKSPACE_IN_USE`, `STORE_MISSING`, `ENCRYPTION_FAILED`,
            `BACKUP_DAMAGED`, `DISK_FULL` or another file code; then the workspace is plain as before.
    """
    require_passphrase(passphrase)
    if is_encrypted(directory):
        raise DiagError("WORKSPACE_ENCRYPTED", location=str(directory))
    key = new_store_key()
    keys, sheet = _new_keys(key, passphrase, escrow, language, cost)
    backup = encrypt_under(directory, key, keys, clock=clock or SystemClock(), progress=progress)
    return Encrypted(sheet=sheet, backup=backup, plain_copies=plain_copies(directory))


def encrypt_under(
    directory: Path, key: StoreKey, keys: KeyFile, *, clock: Clock, progress: Progress = no_progress
) -> Path:
    """Do the work of `encrypt_workspace` under a key that is wrapped already; return the verified plain backup."""
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    with encrypting.sole_use(directory) as database:
        blobs = Blobs(directory / EVIDENCE_FOLDER)
        backup = write_backup(database, blobs, directory / BACKUP_FOLDER / f"before-encryption-{stamp}.zip")
        plain_remains.begin(directory)
        _save(directory, keys)
        seal_signer(signing_key_path(directory), key)
        encrypting.seal_evidence(directory, key, progress)
        encrypting.replace_store(database, key)
    _note(directory, "encrypt")
    open_workspace(directory, key=key).close()  # which takes the plain remains away
    return backup


def plain_copies(directory: Path) -> tuple[Path, ...]:
    """Return the backups in the workspace's folder that anyone can read."""
    return plain_remains.plain_backups(directory)


def remove_plain_copies(directory: Path, copies: tuple[Path, ...]) -> None:
    """Remove plain backups that the person chose; on a solid-state disk the bytes may outlive their file for a while.

    Raises:
        DiagError: `NOT_FOUND` for a path that is none of `plain_copies`, or a file code.
    """
    known = plain_copies(directory)
    for path in copies:
        if path not in known:
            raise DiagError("NOT_FOUND", location=str(path))
    plain_remains.remove(copies)
    _note(directory, "plain_copies_removed", count=len(copies))


def lock(workspace: Workspace) -> None:
    """Close the workspace and let go of its key; what was saved stays saved."""
    workspace.close()


def _new_keys(
    key: StoreKey, passphrase: str, escrow: str | None, language: SheetLanguage, cost: KdfCost | None
) -> tuple[KeyFile, RecoverySheet]:
    secret = new_secret()
    recipient = escrow or load_policy().escrow_recipient
    deposited = () if recipient is None else (wrap_by_escrow(key, recipient),)
    wraps = (wrap_by_passphrase(key, passphrase, cost), wrap_by_sheet(key, secret, language), *deposited)
    return KeyFile(wraps=wraps), RecoverySheet(words=words_of(secret, language), language=language, key_id=key_id(key))


def _load(directory: Path) -> KeyFile:
    path = directory / KEY_FILE
    if not is_there(path):
        raise DiagError("KEYS_MISSING", location=str(path))
    return key_file_from(read(path, limit=SIZE_LIMIT), location=str(path))


def _save(directory: Path, keys: KeyFile) -> None:
    write(directory / KEY_FILE, key_file_bytes(keys))


def _note(directory: Path, event: str, **details: str | int) -> None:
    """Keep an event for the audit trail until the next opening; a disk that takes none must not keep the person out."""
    with suppress(DiagError):
        leave_waiting(directory, event, at=wall_ms(SystemClock().now()), details=details)
