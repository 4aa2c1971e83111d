"""Nothing of a client is in the support bundle, wherever it stood."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from diag_app.errors import Problem
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_note, start_assessment
from diag_app.operations.enterprise import add_enterprise, save_contact
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.self_check import Checked
from diag_app.operations.support import write_support_bundle
from diag_app.operations.workspace import open_workspace
from diag_app.paths import log_dir
from diag_app.settings import Settings

SEEDED = {
    "firm": "甲子星河精工", "address": "星河路九十九号", "contact": "欧阳星河", "note": "星河的秘密配方",
    "file": "星河合同.txt", "caption": "星河车间照片",
    "person": "顾问星河", "office": "星河服务商", "device": "星河笔记本",
    "folder": "星河的工作区", "typed": "在输入框里打的星河",
}  # fmt: skip


@pytest.fixture
def content(tmp_path: Path) -> dict[str, str]:
    """The files of a support bundle made beside a workspace, settings and traces full of seeded words."""
    directory = tmp_path / SEEDED["folder"]
    with open_workspace(directory) as workspace:
        profile = EnterpriseProfile(name=SEEDED["firm"], address=SEEDED["address"])
        enterprise = add_enterprise(workspace, profile).enterprise_id
        save_contact(workspace, enterprise, name=SEEDED["contact"], role="")
        assessment = start_assessment(workspace, enterprise)
        record_note(workspace, assessment, "B1", SEEDED["note"])
        file = NewEvidence(name=SEEDED["file"], data=b"x", targets=("B1",), caption=SEEDED["caption"])
        add_evidence_files(workspace, assessment, [file])
    settings = Settings(
        name=SEEDED["person"],
        firm=SEEDED["office"],
        device=SEEDED["device"],
        last_workspace=str(directory),
        second_copy=str(directory),
    )
    log_dir().mkdir(parents=True, exist_ok=True)
    trace = f"builtins.ValueError\n  diag_app/ui/app.py:7 in run\nValueError: {SEEDED['typed']}\n"
    (log_dir() / "crash-seeded.txt").write_text(trace, encoding="utf-8")
    checked = Checked(part="store", seconds=1.0, problems=(Problem(code="NO_ACCESS", location=str(directory)),))
    target = tmp_path / "support.zip"
    names = write_support_bundle(target, settings, directory, [checked])
    with zipfile.ZipFile(target) as archive:
        assert set(archive.namelist()) == set(names)
        return {name: archive.read(name).decode() for name in names}


def test_no_seeded_word_is_in_it(content: dict[str, str]) -> None:
    everything = "\n".join((*content, *content.values()))
    assert [word for word in SEEDED.values() if word in everything or ascii(word)[1:-1] in everything] == []
    assert "星河" not in everything


def test_it_says_what_helps(content: dict[str, str]) -> None:
    assert json.loads(content["about.json"])["has_second_copy"] is True
    assert json.loads(content["self-check.json"])[0]["codes"] == ["NO_ACCESS"]
    assert json.loads(content["workspace.json"])["evidence"]["files"] == 1
    (trace,) = [text for name, text in content.items() if name.startswith("faults/")]
    assert trace == "builtins.ValueError\n  diag_app/ui/app.py:7 in run\n(left out)"
