"""The keys of a workspace: what its bundles are sealed with, and what opens those that are encrypted to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.crypto.age_keys import Identity, identities_in, identity_of, recipients_in
from diag_app.crypto.signing import PublicKey, public_key_from_text
from diag_app.files import read
from diag_app.operations.workspace import Workspace, signing_key_path
from diag_app.storage.deliveries import known_cities
from diag_app.sync.limits import KIB
from diag_app.sync.receipt_file import moment_text
from diag_app.sync.signer_file import has_signer, load_or_create_signer, load_signer

_LIST_LIMIT = 64 * KIB


def own_keys(home: Path, key: bytes | None = None) -> tuple[PublicKey, ...]:
    """Return the key that bundles of the workspace at `home` are sealed with; none before the first.

    An encrypted workspace knows it only by its store `key`.
    """
    return keys_at(home, key).trusted


def own_recipient(workspace: Workspace) -> str:
    """Return the public key (`age1…`) that others encrypt bundles for this workspace to."""
    signer = load_or_create_signer(signing_key_path(workspace.directory), workspace.key)
    return identity_of(signer).recipient.text


def recipients_listed(file: Path) -> tuple[str, ...]:
    """Return the public keys of a list: one a line, `#` begins a comment; `RECIPIENT_INVALID` names what is none."""
    text = read(file, limit=_LIST_LIMIT).decode("utf-8", "replace")
    return tuple(one.text for one in recipients_in(text))


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Whose bundles are known, and what opens encrypted ones."""

    trusted: tuple[PublicKey, ...] = ()
    identities: tuple[Identity, ...] = ()


def listed_keys(workspace: Workspace) -> tuple[PublicKey, ...]:
    """Return the keys on the lists of signers that count here: consultants and receivers, none that was revoked."""
    now = moment_text(workspace.clock.now())
    return tuple(
        public_key_from_text(signer.public_key, location=signer.name)
        for city in known_cities(workspace.store)
        for signer in city.signers.signers
        if city.signers.standing(signer.keyid, signer.role, received_at=now) == "good"
    )


def keys_at(home: Path | None, key: bytes | None, identity_file: Path | None = None) -> Keys:
    """Return whose bundles are known at `home`, and what opens encrypted ones."""
    others: tuple[Identity, ...] = ()
    if identity_file is not None:
        text = read(identity_file, limit=_LIST_LIMIT).decode("utf-8", "replace")
        others = identities_in(text, location=identity_file.name)
    if home is None or not has_signer(signing_key_path(home), key):
        return Keys(identities=others)
    signer = load_signer(signing_key_path(home), key)
    return Keys(trusted=(signer.public_key,), identities=(*others, identity_of(signer)))
