"""Ways into an encrypted workspace: passphrase, sheet, the organisation; wrong ones change nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyrage
import pytest

from diag_app.codec import canonical_json
from diag_app.crypto.kdf import MINIMUM_CHARACTERS
from diag_app.errors import DiagError
from diag_app.i18n import Translator
from diag_app.operations.policy import load_policy, policy_path
from diag_app.operations.security import (
    change_passphrase,
    confirm_sheet,
    create_encrypted_workspace,
    is_encrypted,
    key_status,
    lock,
    renew_sheet,
    unlock,
)
from diag_app.operations.workspace import open_workspace
from diag_app.storage.audit import WAITING_FOLDER
from tests.security.cases import COST, OTHER, PHRASE, everything_is_there, fill


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def state(directory: Path) -> dict[str, bytes]:
    """The bytes of all files but the notes for the audit trail."""
    return {
        str(path): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.parent.name != WAITING_FOLDER
    }


def refusal(directory: Path, **ways: str) -> str:
    with pytest.raises(DiagError) as refused:
        unlock(directory, **ways)
    return refused.value.code


def test_a_workspace_is_created_filled_locked_and_unlocked(home: Path) -> None:
    sheet = create_encrypted_workspace(home, PHRASE, cost=COST)
    assert is_encrypted(home)
    assert len(sheet.words) == 24
    key = unlock(home, passphrase=PHRASE)
    workspace = open_workspace(home, key=key)
    fill(workspace)
    lock(workspace)
    assert workspace.key is None
    assert everything_is_there(home, key)
    assert repr(key) not in repr(workspace)
    assert key.hex() not in repr(workspace)


def test_without_its_key_it_does_not_open_and_with_one_a_plain_one_does_not(home: Path, tmp_path: Path) -> None:
    create_encrypted_workspace(home, PHRASE, cost=COST)
    open_workspace(tmp_path / "plain").close()
    with pytest.raises(DiagError, match="WORKSPACE_LOCKED"):
        open_workspace(home)
    with pytest.raises(DiagError, match="WORKSPACE_NOT_ENCRYPTED"):
        open_workspace(tmp_path / "plain", key=bytes(32))
    with pytest.raises(DiagError, match="STORE_UNREADABLE"):
        open_workspace(home, key=bytes(32))
    assert not is_encrypted(tmp_path / "nowhere")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wrong_passphrase_is_said_in_the_users_language_and_nothing_changes(
    home: Path, language: str, translate_zh: Translator, translate_en: Translator
) -> None:
    create_encrypted_workspace(home, PHRASE, cost=COST)
    before = state(home)
    with pytest.raises(DiagError) as refused:
        unlock(home, passphrase=OTHER)
    translate = translate_zh if language == "zh" else translate_en
    assert (
        translate.problem(refused.value)
        == {
            "zh": "口令不对，打不开这个工作区。什么都没改动。",
            "en": "The passphrase does not fit this workspace. Nothing was changed.",
        }[language]
    )
    assert state(home) == before


def test_a_lost_passphrase_is_replaced_by_the_sheet(home: Path) -> None:
    sheet = create_encrypted_workspace(home, PHRASE, cost=COST)
    key = unlock(home, words="".join(sheet.words))
    change_passphrase(home, key, OTHER, cost=COST)
    assert unlock(home, passphrase=OTHER) == key
    assert refusal(home, passphrase=PHRASE) == "PASSPHRASE_WRONG"


def test_a_lost_passphrase_is_replaced_by_the_organisation(home: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    create_encrypted_workspace(home, PHRASE, escrow=str(identity.to_public()), cost=COST)
    assert key_status(home).escrow_recipients == (str(identity.to_public()),)
    key = unlock(home, identity=f"# the organisation's key\n{identity}\n")
    change_passphrase(home, key, OTHER, cost=COST)
    assert unlock(home, passphrase=OTHER) == key
    assert refusal(home, identity=str(pyrage.x25519.Identity.generate())) == "IDENTITY_WRONG"


def test_the_organisations_policy_deposits_the_key_unasked(home: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    path = policy_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"escrow_recipient": str(identity.to_public()), "escrow_name": "示例机构"}))
    try:
        create_encrypted_workspace(home, PHRASE, cost=COST)
    finally:
        path.unlink()
    assert unlock(home, identity=str(identity)) == unlock(home, passphrase=PHRASE)


@pytest.mark.parametrize("text", ["", "[]", '{"escrow": 1}', '{"forbids_keyring": true, "more": 1}', "\xff"])
def test_a_policy_that_cannot_be_read_stops_rather_than_being_guessed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "policy.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(DiagError, match="POLICY_INVALID"):
        load_policy(path)


def test_a_damaged_passphrase_wrap_is_named_and_the_sheet_opens(home: Path) -> None:
    sheet = create_encrypted_workspace(home, PHRASE, cost=COST)
    path = home / "keys.json"
    path.write_bytes(path.read_bytes().replace(b'"kind":"passphrase"', b'"kind":"pasSphrase"'))
    assert refusal(home, passphrase=PHRASE) == "KEY_WRAP_DAMAGED"
    assert (key_status(home).damaged, key_status(home).has_passphrase) == (1, False)
    key = unlock(home, words=" ".join(sheet.words))
    change_passphrase(home, key, PHRASE, cost=COST)
    assert (unlock(home, passphrase=PHRASE), key_status(home).damaged) == (key, 0)


def test_parameters_made_weaker_are_refused_and_the_sheet_opens(home: Path) -> None:
    sheet = create_encrypted_workspace(home, PHRASE, cost=COST)
    path = home / "keys.json"
    passphrase, other = (json.loads(line) for line in path.read_bytes().split(b"\n") if line)
    passphrase["cost"] |= {"memory_kib": 1024, "passes": 1}
    del passphrase["check"]
    passphrase["check"] = hashlib.sha256(canonical_json(passphrase)).hexdigest()
    path.write_bytes(canonical_json(passphrase) + b"\n\n" + canonical_json(other))
    assert refusal(home, passphrase=PHRASE) == "KEY_PARAMETERS_WEAK"
    assert open_workspace(home, key=unlock(home, words=" ".join(sheet.words))).key is not None


def test_a_changed_passphrase_writes_no_byte_of_the_data(home: Path) -> None:
    create_encrypted_workspace(home, PHRASE, cost=COST)
    key = unlock(home, passphrase=PHRASE)
    with open_workspace(home, key=key) as workspace:
        fill(workspace)
    before = state(home)
    change_passphrase(home, key, OTHER, cost=COST)
    after = state(home)
    assert {name for name in before if before[name] != after[name]} == {str(home / "keys.json")}
    assert before.keys() == after.keys()


def test_the_sheet_is_confirmed_by_typing_it_back_and_a_new_one_replaces_it(home: Path) -> None:
    sheet = create_encrypted_workspace(home, PHRASE, language="en", cost=COST)
    key = unlock(home, passphrase=PHRASE)
    assert not key_status(home).is_sheet_confirmed
    with pytest.raises(DiagError, match="SHEET_WRONG"):
        confirm_sheet(home, " ".join(["abandon"] * 23 + ["art"]))
    confirm_sheet(home, " ".join(sheet.words))
    assert key_status(home).is_sheet_confirmed
    assert unlock(home, words=" ".join(sheet.words)) == key
    renewed = renew_sheet(home, key)
    assert not key_status(home).is_sheet_confirmed
    assert refusal(home, words=" ".join(sheet.words)) == "SHEET_WRONG"
    assert unlock(home, words=" ".join(renewed.words)) == key


def test_what_cannot_be_created_or_opened_is_said(home: Path, tmp_path: Path) -> None:
    with pytest.raises(DiagError, match="PASSPHRASE_SHORT"):
        create_encrypted_workspace(home, "x" * (MINIMUM_CHARACTERS - 1))
    with pytest.raises(DiagError, match="RECIPIENT_INVALID"):
        create_encrypted_workspace(home, PHRASE, escrow="age1nobody", cost=COST)
    assert not home.exists()
    create_encrypted_workspace(home, PHRASE, cost=COST)
    with pytest.raises(DiagError, match="STORE_EXISTS"):
        create_encrypted_workspace(home, PHRASE, cost=COST)
    with pytest.raises(ValueError, match="unpack"):
        unlock(home, passphrase=PHRASE, words="words")
    (home / "keys.json").unlink()
    assert refusal(home, passphrase=PHRASE) == "KEYS_MISSING"


def test_every_way_in_and_every_failed_one_stands_in_the_audit_trail(home: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    sheet = create_encrypted_workspace(home, PHRASE, escrow=str(identity.to_public()), cost=COST)
    assert refusal(home, passphrase=OTHER) == "PASSPHRASE_WRONG"
    unlock(home, words=" ".join(sheet.words))
    key = unlock(home, identity=str(identity))
    change_passphrase(home, key, OTHER, cost=COST)
    unlock(home, passphrase=OTHER)
    renew_sheet(home, key)
    with open_workspace(home, key=key) as workspace:
        fill(workspace)
        rows = [(row.event, row.details.get("by"), row.details.get("code")) for row in workspace.store.audit_rows()]
    assert rows[1:] == [
        ("unlock_failed", "passphrase", "PASSPHRASE_WRONG"),
        ("unlock", "sheet", None),
        ("escrow_used", "escrow", None),
        ("passphrase_changed", None, None),
        ("unlock", "passphrase", None),
        ("sheet_renewed", None, None),
    ]
