"""A receiver's folder: its keys, its list of signers, its store, and where the bytes of bundles lie."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from diag_app.clock import Clock, SystemClock
from diag_app.codec import canonical_json, load_json
from diag_app.crypto.age_keys import Identity, identity_of
from diag_app.crypto.fingerprint import is_fingerprint
from diag_app.crypto.signing import PublicKey, Signer
from diag_app.errors import DiagError
from diag_app.files import is_there, make_folder, read, write
from diag_app.model.receipt import StatedReceiver
from diag_app.model.signers import ListedSigner, SignerList, require_follows
from diag_app.receiver.verdict import Verdict
from diag_app.receiver.verifying import verify_apart
from diag_app.storage.store import Store, open_store
from diag_app.sync.receipt_file import CARD, SIGNERS, SIZE_LIMIT, SignedList, moment_text, read_signers
from diag_app.sync.signer_file import load_or_create_signer, load_signer

SIGNERS_FILE = "signers.json"
_OFFICE_FILE = "receiver.json"
_RECEIVER_KEY = ("keys", "receiver.pem")
_CITY_KEY = ("keys", "city.pem")

Verify = Callable[[Path, Path], Verdict]  # of a bundle, with the receiver's key file


@dataclass(kw_only=True)
class Office:
    """An open receiver. Close it, or use it as a context manager.

    Folders: `incoming` (not judged yet), `raw` (taken in; written once), `quarantine`, `receipts`, `store` with the
    ops and, under `store/evidence`, the files.
    """

    directory: Path
    city: str
    name: str
    store: Store
    signer: Signer
    clock: Clock
    verify: Verify = field(default=verify_apart)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; every stage that was reached stays reached."""
        self.store.close()

    @property
    def stated(self) -> StatedReceiver:
        """Return what the receipts say of this receiver."""
        key = self.signer.public_key
        return StatedReceiver(name=self.name, city=self.city, keyid=key.keyid, public_key=key.text)

    @property
    def signers(self) -> SignerList:
        """Return the city's list of signers as it stands on the disk."""
        path = self.directory / SIGNERS_FILE
        return read_signers(read(path, limit=SIZE_LIMIT), location=path.name, key=self.city_key).value.signers

    @property
    def city_key(self) -> PublicKey:
        """Return the city's key, whose fingerprint consultants compare."""
        return load_signer(self.directory.joinpath(*_CITY_KEY)).public_key

    @property
    def identity(self) -> Identity:
        """Return what opens bundles that are encrypted to this receiver."""
        return identity_of(self.signer)

    def judge(self, path: Path) -> Verdict:
        """Return the verdict over the bundle at `path`."""
        return self.verify(path, self.directory.joinpath(*_RECEIVER_KEY))

    def now(self) -> str:
        """Return the receiver's time as it stands in signed files."""
        return moment_text(self.clock.now())


def create_office(directory: Path, *, city: str, name: str, clock: Clock | None = None) -> None:
    """Make a receiver in `directory`: its key, the city's key, and a list of signers that names the receiver.

    Raises:
        DiagError: `OFFICE_THERE` where one is there already, or a file code.
    """
    if is_there(directory / _OFFICE_FILE):
        raise DiagError("OFFICE_THERE", location=str(directory))
    now = moment_text((clock or SystemClock()).now())
    make_folder(directory)
    signer = load_or_create_signer(directory.joinpath(*_RECEIVER_KEY))
    listed = ListedSigner(
        name=name, org=city, device="", keyid=signer.public_key.keyid, public_key=signer.public_key.text,
        role="receiver", since=now, recipient=identity_of(signer).recipient.text,
    )  # fmt: skip
    _publish(directory, SignerList(city=city, version=1, at=now, signers=(listed,)), None)
    write(directory / _OFFICE_FILE, canonical_json({"city": city, "name": name}))


def open_office(directory: Path, *, clock: Clock | None = None, verify: Verify = verify_apart) -> Office:
    """Return the receiver in `directory`; `OFFICE_MISSING` where there is none."""
    path = directory / _OFFICE_FILE
    if not is_there(path):
        raise DiagError("OFFICE_MISSING", location=str(directory))
    facts = load_json(read(path, limit=SIZE_LIMIT), location=path.name)
    clock = clock or SystemClock()
    with ExitStack() as on_failure:
        store = open_store(directory / "store", clock=clock, actor=facts["name"])
        on_failure.callback(store.close)
        signer = load_signer(directory.joinpath(*_RECEIVER_KEY))
        on_failure.pop_all()
    return Office(
        directory=directory, city=facts["city"], name=facts["name"], store=store, signer=signer, clock=clock,
        verify=verify,
    )  # fmt: skip


def enrol(office: Office, card: Path, *, words: str) -> ListedSigner:
    """Take the person on a card into the list of signers and return them; `words` are the six on their paper card.

    Raises:
        DiagError: `FINGERPRINT_WRONG` where the words are not the key's, `CARD_REVOKED` for a key that no longer
            counts, or what reading the card refuses.
    """
    signed = CARD.read(read(card, limit=SIZE_LIMIT), location=card.name)
    if not is_fingerprint(words, signed.key):
        raise DiagError("FINGERPRINT_WRONG", location=card.name)
    old, now = office.signers, office.now()
    known = old.find(signed.key.keyid)
    if known is not None and known.revoked_at is not None:
        raise DiagError("CARD_REVOKED", location=card.name)
    person = ListedSigner(
        name=signed.value.name, org=signed.value.org, device=signed.value.device, keyid=signed.key.keyid,
        public_key=signed.key.text, role="consultant", since=known.since if known else now,
    )  # fmt: skip
    others = tuple(signer for signer in old.signers if signer.keyid != person.keyid)
    _publish(office.directory, replace(old, version=old.version + 1, at=now, signers=(*others, person)), old)
    return person


def revoke(office: Office, keyid: str, *, reason: str, at: str | None = None) -> ListedSigner:
    """Let a key count no longer from `at` on, or from now; what was receipted before stays good.

    Raises:
        DiagError: `SIGNER_NOT_LISTED`, or `SIGNERS_FORKED` for a key that was revoked earlier already.
    """
    old, now = office.signers, office.now()
    found = old.find(keyid)
    if found is None:
        raise DiagError("SIGNER_NOT_LISTED", location=keyid)
    gone = replace(found, revoked_at=at or now, reason=reason)
    signers = tuple(gone if signer.keyid == keyid else signer for signer in old.signers)
    _publish(office.directory, replace(old, version=old.version + 1, at=now, signers=signers), old)
    return gone


def _publish(directory: Path, signers: SignerList, old: SignerList | None) -> None:
    require_follows(old, signers)
    city = load_or_create_signer(directory.joinpath(*_CITY_KEY))
    signed = SignedList(city_key=city.public_key.text, signers=signers)
    write(directory / SIGNERS_FILE, SIGNERS.seal(signed, city))
