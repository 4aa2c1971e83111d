"""The files that commands.md shows are read by the commands that it names, and what a command did is said in words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from diag_app.cli.main import main
from diag_app.i18n.operation_words import OPERATIONS
from tests.house.sources import ROOT

TEXT = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^`(diag [a-z -]+)`.*?```json\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\.operation\(\s*\"(\w+)\"|_record\(workspace, \w+, \"(\w+)\"")


@pytest.fixture
def assessment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    firm = said(tmp_path, capsys, "enterprise", "add", "--name", "一家")["enterprise_id"]
    return str(said(tmp_path, capsys, "assessment", "start", firm)["assessment_id"])


def said(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    status = main(["--json", "--workspace", str(home), *words])
    told = capsys.readouterr()
    assert status == 0, told.err
    return json.loads(told.out)


def test_every_file_shown_is_read(tmp_path: Path, assessment: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = {
        "diag need add": ("need", "add", assessment, "energy", "FILE"),
        "diag measure add": ("measure", "add", assessment, "FILE"),
        "diag calculate": ("calculate", "FILE"),
        "diag survey sign --strokes": ("survey", "sign", assessment, "firm", "--name", "李工", "--strokes", "FILE"),
    }
    assert [command for command, _ in SHOWN] == list(arguments)
    for command, text in SHOWN:
        file = tmp_path / "shown.json"
        file.write_text(text, encoding="utf-8")
        words = (str(file) if word == "FILE" else word for word in arguments[command])
        assert said(tmp_path, capsys, *words), command


def test_a_command_says_in_words_what_was_taken_back(
    tmp_path: Path, assessment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assessment
    assert main(["--language", "en", "--workspace", str(tmp_path), "undo"]) == 0
    assert capsys.readouterr().out == "diagnosis started\n"


def test_every_operation_has_words() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "diag_app").rglob("*.py"))
    found = {one or other for one, other in NAMED.findall(sources)}
    assert len(found) > 50
    assert found - set(OPERATIONS) == set()
