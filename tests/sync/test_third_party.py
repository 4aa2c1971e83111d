"""The commands that `docs/bundle-format.md` shows, run as they stand there on a fresh bundle, without our code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from diag_app.sync.bundle_read import verify_bundle
from tests.sync.forge import Forgery, pack, raw, reseal, true_files
from tests.sync.samples import seal, signer

DOCUMENT = Path(__file__).parents[2] / "docs" / "bundle-format.md"


def documented_commands() -> str:
    blocks: list[str] = re.findall(r"(?ms)^```sh\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"))
    assert len(blocks) == 1
    return blocks[0]


def run_documented(bundle: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": tools, "BUNDLE": str(bundle), "LC_ALL": "C"}
    return subprocess.run(
        ["sh", "-c", documented_commands()], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_documented_commands_verify_a_bundle(tmp_path: Path) -> None:
    sealed = seal(tmp_path / "bundle.zip")
    found = run_documented(sealed.path, tmp_path / "work")
    assert found.returncode == 0, found.stderr
    assert "Signature Verified Successfully" in found.stdout
    fingerprint = found.stdout.splitlines()[-1].split()[0]
    assert signer().public_key.keyid == f"ed25519:{fingerprint}"
    statement = json.loads((tmp_path / "work" / "statement.json").read_bytes())
    assert statement["bundle_set"] == sealed.bundle_id


FORGERIES = {
    "payload": Forgery(payload=lambda files: files.update({"data/datapackage.json": b"{}"})),
    "statement": Forgery(statement={"org": "somebody else"}),
}


@pytest.mark.parametrize("place", FORGERIES)
def test_the_documented_commands_refuse_a_bundle_that_was_changed_without_the_key(tmp_path: Path, place: str) -> None:
    true = true_files(tmp_path)
    forged = reseal(true, FORGERIES[place])
    name = {"payload": "data/datapackage.json", "statement": "signature.dsse.json"}[place]
    mixed = {**true, name: forged[name]}
    if place == "statement":  # the forger keeps the old signature
        old, new = (json.loads(files[name]) for files in (true, forged))
        mixed[name] = json.dumps({**old, "payload": new["payload"]}, separators=(",", ":")).encode()
    (tmp_path / "forged.zip").write_bytes(pack(raw(mixed)))
    assert run_documented(tmp_path / "forged.zip", tmp_path / "work").returncode != 0
    assert not verify_bundle(tmp_path / "forged.zip").ok


def test_unzip_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    path = seal(tmp_path / "bundle.zip").path
    assert subprocess.run(["unzip", "-tq", str(path)], check=False).returncode == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_an_op_id_is_the_digest_of_the_bytes_in_the_line(tmp_path: Path) -> None:
    """As the document says; with the shell's own tools on a line cut at its documented places."""
    with zipfile.ZipFile(seal(tmp_path / "bundle.zip").path) as archive:
        line = archive.read(next(name for name in archive.namelist() if "/ops/" in name)).decode().splitlines()[0]
    header = re.fullmatch(r'\{"id":"([0-9a-f]{64})","op":(.*),"salt":"[0-9a-f]{32}","value":.*\}', line)
    assert header is not None
    found = subprocess.run(["sha256sum"], input=header[2], capture_output=True, text=True, check=True).stdout
    assert found.split()[0] == header[1]
