"""Keys and cards: who signs here, which city is trusted, and whom its list of signers names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.crypto.fingerprint import fingerprint_words, is_fingerprint
from diag_app.crypto.sheet import SheetLanguage
from diag_app.crypto.signing import PublicKey, public_key_from_text
from diag_app.errors import DiagError
from diag_app.files import read, write
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.key_card import CODE, KeyCard, key_card_document
from diag_app.model.proposal.voice import Voice
from diag_app.model.signers import SignerList, require_follows
from diag_app.operations.workspace import Workspace, signing_key_path
from diag_app.storage import deliveries
from diag_app.sync.receipt_file import CARD, SIZE_LIMIT, Card, moment_text, read_signers
from diag_app.sync.signer_file import load_or_create_signer


@dataclass(frozen=True, kw_only=True)
class OwnKey:
    """The key that bundles are sealed with here; what a person compares is the words."""

    keyid: str
    public_key: PublicKey
    card: bytes

    def words(self, language: SheetLanguage) -> tuple[str, ...]:
        """Return the six words of the fingerprint."""
        return fingerprint_words(self.public_key, language)


@dataclass(frozen=True, kw_only=True)
class TrustedCity:
    """A city whose list of signers counts here."""

    key: PublicKey
    signers: SignerList

    def words(self, language: SheetLanguage) -> tuple[str, ...]:
        """Return the six words of the city's own fingerprint."""
        return fingerprint_words(self.key, language)


def own_key(workspace: Workspace, *, city: str = "") -> OwnKey:
    """Return the key of this person on this device, made the first time, with a card for `city` to enrol."""
    signer = load_or_create_signer(signing_key_path(workspace.directory), workspace.key)
    card = Card(
        name=workspace.actor.name,
        org=workspace.actor.firm,
        city=city,
        device=workspace.actor.device,
        public_key=signer.public_key.text,
        made_at=moment_text(workspace.clock.now()),
    )
    return OwnKey(keyid=signer.public_key.keyid, public_key=signer.public_key, card=CARD.seal(card, signer))


def write_card(workspace: Workspace, path: Path, *, city: str = "", language: Language = "zh") -> OwnKey:
    """Write the card of this person on this device to a file, on paper where it ends in `.pdf`, and return the key."""
    key = own_key(workspace, city=city)
    write(path, _card_paper(workspace, key, city, language) if path.suffix.lower() == ".pdf" else key.card)
    return key


def _card_paper(workspace: Workspace, key: OwnKey, city: str, language: Language) -> bytes:
    from diag_app.report.square_code import square_code_picture  # noqa: PLC0415

    card = KeyCard(
        name=workspace.actor.name, org=workspace.actor.firm, device=workspace.actor.device, city=city, keyid=key.keyid,
        words_zh=key.words("zh"), words_en=key.words("en"), made_on=workspace.clock.now().date().isoformat(),
    )  # fmt: skip
    voice = Voice(language=language, translate=load_translator(language))
    return workspace.renderer(key_card_document(card, voice), {CODE: square_code_picture(key.card)}).pdf


def import_signers(workspace: Workspace, path: Path, *, fingerprint: str = "") -> bool:
    """Take in a city's list of signers and return whether it is a later edition.

    The first list of a city takes the six words of the city's fingerprint, as the city gave them to the person by
    another way than this file; every later list is signed with that same key.

    Raises:
        DiagError: `FINGERPRINT_NEEDED`, `FINGERPRINT_WRONG`, `SIGNERS_OLDER`, `SIGNERS_FORKED`, `SIGNERS_OTHER_KEY`,
            or what `read_signers` refuses; the list known before stays.
    """
    signed = read_signers(read(path, limit=SIZE_LIMIT), location=path.name)
    new = signed.value.signers
    with workspace.store.audited("signers", {"version": new.version, "key": signed.key.keyid}):
        known = deliveries.known_city(workspace.store, new.city)
        if known is None:
            _require_words(fingerprint, signed.key, path)
        elif signed.key.text != known.city_key:
            raise DiagError("SIGNERS_OTHER_KEY", location=path.name)
        is_new = require_follows(known.signers if known else None, new)
        deliveries.keep_signers(
            workspace.store,
            deliveries.KnownCity(city_key=signed.key.text, signers=new),
            imported_at=moment_text(workspace.clock.now()),
        )
    return is_new


def trusted_cities(workspace: Workspace) -> tuple[TrustedCity, ...]:
    """Return the cities known here, by name."""
    return tuple(
        TrustedCity(key=public_key_from_text(city.city_key, location=city.signers.city), signers=city.signers)
        for city in deliveries.known_cities(workspace.store)
    )


def _require_words(fingerprint: str, key: PublicKey, path: Path) -> None:
    if not fingerprint.strip():
        raise DiagError("FINGERPRINT_NEEDED", location=path.name)
    if not is_fingerprint(fingerprint, key):
        raise DiagError("FINGERPRINT_WRONG", location=path.name)
