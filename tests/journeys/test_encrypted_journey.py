"""The encrypted workspace at the command line: created, used, lost and recovered, encrypted afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from tests.journeys.command import diag

PHRASE, OTHER = "four unrelated words", "another four words"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_bytes(PHRASE.encode() + b"\r\nnot this line\n")
    return path


def file_with(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_created_used_lost_and_recovered(tmp_path: Path, secret: Path) -> None:
    home = tmp_path / "home"
    made = diag("--passphrase-file", secret, "--language", "en", "workspace", "create", home, "--encrypt")
    assert (made.status, len(made.json["recovery_words"])) == (0, 24)
    assert diag("enterprise", "add", "--name", "试验厂", workspace=home).refusal["code"] == "PASSPHRASE_MISSING"
    added = diag("--passphrase-file", secret, "enterprise", "add", "--name", "试验厂", workspace=home)
    assert added.status == 0
    wrong = file_with(tmp_path / "wrong", OTHER)
    refused = diag("--passphrase-file", wrong, "enterprise", "find", "试验", workspace=home)
    assert (refused.status, refused.refusal["code"]) == (2, "PASSPHRASE_WRONG")

    words = file_with(tmp_path / "words", "\n".join(made.json["recovery_words"]))
    assert diag("workspace", "confirm-sheet", "--words-file", words, workspace=home).status == 0
    changed = diag("workspace", "passphrase", "--words-file", words, "--new-passphrase-file", wrong, workspace=home)
    assert changed.status == 0
    found = diag("--passphrase-file", wrong, "enterprise", "find", "试验", workspace=home)
    assert [item["name"] for item in found.json] == ["试验厂"]
    back = diag("--passphrase-file", wrong, "workspace", "passphrase", "--new-passphrase-file", secret, workspace=home)
    assert back.status == 0
    assert diag("--passphrase-file", secret, "check", "--read-data", workspace=home).status == 0


def test_a_plain_workspace_is_encrypted_and_its_copies_are_removed_when_asked(tmp_path: Path, secret: Path) -> None:
    demo = diag("demo", tmp_path)
    assert demo.status == 0
    home = tmp_path / "workspace"
    done = diag("--passphrase-file", secret, "workspace", "encrypt", workspace=home)
    assert done.status == 0
    assert done.json["plain_copies"] == [done.json["backup"]]
    assert diag("workspace", "plain-copies", "--remove", workspace=home).json == done.json["plain_copies"]
    assert diag("workspace", "plain-copies", workspace=home).json == []
    assert diag("--passphrase-file", secret, "check", "--read-data", workspace=home).json == []
    bundle = tmp_path / "out.zip"
    assert diag("--passphrase-file", secret, "bundle", "export", "--output", bundle, workspace=home).status == 0
    assert diag("--passphrase-file", secret, "bundle", "verify", bundle, workspace=home).json["problems"] == []
    again = diag("--passphrase-file", secret, "workspace", "encrypt", workspace=home)
    assert again.refusal["code"] == "WORKSPACE_ENCRYPTED"


def test_the_organisation_opens_what_was_deposited_with_it(tmp_path: Path, secret: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "data" / "QiZhen").mkdir(parents=True)
    policy = f'{{"escrow_recipient": "{identity.to_public()}", "escrow_name": "示例机构"}}'
    (tmp_path / "data" / "QiZhen" / "policy.json").write_text(policy, encoding="utf-8")
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data"), "DIAG_PASSPHRASE_FILE": str(secret)}
    home = tmp_path / "home"
    command = [sys.executable, "-m", "diag_app", "workspace", "create", str(home), "--encrypt"]
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    key = file_with(tmp_path / "identity", f"# organisation\n{identity}\n")
    new = file_with(tmp_path / "new", OTHER)
    recovered = diag("workspace", "passphrase", "--identity-file", key, "--new-passphrase-file", new, workspace=home)
    assert recovered.status == 0
    assert diag("--passphrase-file", new, "enterprise", "find", "", workspace=home).json == []


def test_without_a_terminal_nothing_waits_for_an_answer(tmp_path: Path) -> None:
    for arguments in (["create", str(tmp_path / "home"), "--encrypt"], ["confirm-sheet"], ["encrypt"]):
        assert diag("workspace", *arguments, workspace=tmp_path / "home").refusal["code"] in (
            "PASSPHRASE_MISSING", "KEYS_MISSING", "STORE_MISSING",
        )  # fmt: skip
    assert not (tmp_path / "home").exists()
