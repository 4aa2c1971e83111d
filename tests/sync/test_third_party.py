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

from diag_app.codec import digest
from diag_app.sync.bundle_read import verify_bundle
from tests.sync.forge import Forgery, pack, raw, reseal, true_files
from tests.sync.samples import seal, signer
from tests.sync.test_parts import CITY, COLLEAGUE, sealed_in

DOCUMENT = Path(__file__).parents[2] / "docs" / "bundle-format.md"


def documented_commands(heading: str) -> str:
    text = DOCUMENT.read_text(encoding="utf-8")
    [block] = re.findall(r"(?ms)^```sh\n(.*?)^```$", text.partition(f"## {heading}\n")[2].partition("\n## ")[0])
    return str(block)


def run_documented(bundle: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return run_commands("Verify a bundle", folder, BUNDLE=bundle)


def run_commands(heading: str, folder: Path, **named: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": tools, "LC_ALL": "C", **{name: str(path) for name, path in named.items()}}
    command = ["sh", "-c", documented_commands(heading)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_documented_commands_verify_a_bundle(tmp_path: Path) -> None:
    sealed = seal(tmp_path / "bundle.qzb")
    found = run_documented(sealed.path, tmp_path / "work")
    assert found.returncode == 0, found.stderr
    assert "Signature Verified Successfully" in found.stdout
    fingerprint = found.stdout.splitlines()[-1].split()[0]
    assert signer().public_key.keyid == f"ed25519:{fingerprint}"
    statement = json.loads((tmp_path / "work" / "statement.json").read_bytes())
    assert statement["bundle_set"] == sealed.bundle_id


@pytest.mark.heavy
def test_the_documented_commands_open_an_encrypted_bundle_of_several_parts(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(str(CITY.for_age()))
    sealed = sealed_in(tmp_path, COLLEAGUE, CITY)
    assert len(sealed.paths) > 2
    for number, path in enumerate(sealed.paths):
        work = tmp_path / str(number)
        opened = run_commands("Open an encrypted bundle", work, ENCRYPTED=path, KEY=tmp_path / "key")
        assert opened.returncode == 0, opened.stderr
        found = run_documented(work / "bundle.qzb", work)
        assert found.returncode == 0, found.stderr
    manifests = "".join(
        f"{digest((tmp_path / str(number) / 'bag' / 'manifest-sha256.txt').read_bytes())}\n"
        for number in range(len(sealed.paths))
    )
    assert digest(manifests.encode()) == sealed.bundle_id


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
    path = seal(tmp_path / "bundle.qzb").path
    assert subprocess.run(["unzip", "-tq", str(path)], check=False).returncode == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_an_op_id_is_the_digest_of_the_bytes_in_the_line(tmp_path: Path) -> None:
    """As the document says; with the shell's own tools on a line cut at its documented places."""
    with zipfile.ZipFile(seal(tmp_path / "bundle.qzb").path) as archive:
        line = archive.read(next(name for name in archive.namelist() if "/ops/" in name)).decode().splitlines()[0]
    header = re.fullmatch(r'\{"id":"([0-9a-f]{64})","op":(.*),"salt":"[0-9a-f]{32}","value":.*\}', line)
    assert header is not None
    found = subprocess.run(["sha256sum"], input=header[2], capture_output=True, text=True, check=True).stdout
    assert found.split()[0] == header[1]
