"""Looking after a workspace by command line: snapshot, second copy, drill, status, check, repair."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.journeys.command import diag


def test_copies_drill_damage_and_repair(tmp_path: Path) -> None:
    home, disk = tmp_path / "home", tmp_path / "disk"
    disk.mkdir()
    diag("enterprise", "add", "--name", "备份厂", workspace=home)
    assert [item["code"] for item in diag("backup", "status", workspace=home).json["problems"]] == [
        "NO_BACKUP", "SECOND_COPY_NONE", "DRILL_DUE",
    ]  # fmt: skip
    assert diag("backup", "drill", workspace=home).refusal["code"] == "NO_BACKUP"
    taken = diag("backup", "snapshot", workspace=home).json["path"]
    assert [item["path"] for item in diag("backup", "list", workspace=home).json] == [taken]
    copy = diag("backup", "copy", disk, workspace=home).json
    assert Path(copy["folder"]).parent == disk
    drill = diag("backup", "drill", workspace=home)
    assert (drill.status, drill.json["problems"], drill.json["since"]) == (0, [], 0)
    assert Path(drill.json["source"]).is_relative_to(disk)
    back = tmp_path / "back"
    assert diag("backup", "restore", taken, "--to", back).status == 0
    assert diag("enterprise", "find", "备份", workspace=back).json[0]["name"] == "备份厂"

    store = home / "workspace.db"
    content = store.read_bytes()
    place = content.index('"备份厂"'.encode()) + 2
    store.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    checked = diag("--language", "zh_CN", "check", "--read-data", workspace=home)
    [named] = [item for item in checked.json if item["code"] == "FIRM_RECORD_DAMAGED"]
    assert (checked.status, "备份厂" in named["message"]) == (1, True)
    repaired = diag("repair", "--from", taken, workspace=home)
    assert (repaired.status, repaired.json["left"], len(repaired.json["ops"])) == (0, [], 1)
    assert diag("check", "--read-data", workspace=home).json == []


def test_a_copied_workspace_says_that_it_took_an_identity_of_its_own(tmp_path: Path) -> None:
    diag("enterprise", "add", "--name", "备份厂", workspace=tmp_path / "home")
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    told = diag("--language", "en", "enterprise", "find", "备份", workspace=tmp_path / "copy", as_json=False)
    assert (told.status, "REPLICA_NEW" in told.error, "identity of its own" in told.error) == (0, True, True)
    again = diag("--language", "en", "enterprise", "find", "备份", workspace=tmp_path / "copy", as_json=False)
    assert again.error == ""
