"""Practice packs in a workspace: installed beside those shipped, read once, refused with their faults."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from diag_app.cli import main
from diag_app.errors import DiagError
from diag_app.forms.definition import Pack
from diag_app.forms.pack_table import Table
from diag_app.forms.practice import Part
from diag_app.forms.practice_rules import RULES
from diag_app.operations.assessment import start_assessment
from diag_app.operations.contradictions import rule_problems
from diag_app.operations.pack import check_pack_folder, install_pack, list_packs, list_practice_packs
from diag_app.operations.pack_folders import read_part
from diag_app.operations.proposal import preview_proposal
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.case import load_case
from tests.forms.packs import small_files
from tests.forms.practices import changed_practice, small_practice
from tests.forms.rule_texts import GOOD


def folder(path: Path, files: dict[str, bytes]) -> Path:
    path.mkdir()
    for name, data in files.items():
        (path / name).write_bytes(data)
    return path


def install_small(workspace: Workspace, tmp_path: Path) -> None:
    install_pack(workspace, folder(tmp_path / "method", small_files()))
    install_pack(workspace, folder(tmp_path / "practice", small_practice()))


def test_both_kinds_are_installed_and_listed_apart(workspace: Workspace, tmp_path: Path) -> None:
    install_small(workspace, tmp_path)
    assert [pack.pack_id for pack in list_packs(workspace.directory)] == ["miit-sme-2024", "small"]
    practices = [pack.pack_id for pack in list_practice_packs(workspace.directory)]
    assert practices == ["miit-sme-2024-practice", "small-practice"]


def test_a_practice_pack_without_its_method_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    source = folder(tmp_path / "practice", small_practice())
    assert [problem.code for problem in check_pack_folder(source, workspace.directory)] == ["PACK_EXTENDS_UNKNOWN"]
    with pytest.raises(DiagError, match="PACK_INVALID"):
        install_pack(workspace, source)
    assert not (workspace.directory / "packs").exists()


def test_a_sound_practice_pack_has_no_fault(workspace: Workspace, tmp_path: Path) -> None:
    install_small(workspace, tmp_path)
    assert check_pack_folder(tmp_path / "practice", workspace.directory) == ()
    shipped = Path("resources/packs/miit-sme-2024-practice/1.0.0")
    assert check_pack_folder(shipped) == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("'small-practice'", "'small'", "PACK_ID_TAKEN"), ("小实务", "大实务", "PACK_VERSION_TAKEN")],
)
def test_ids_and_versions_are_not_taken_twice(
    workspace: Workspace, tmp_path: Path, old: str, new: str, code: str
) -> None:
    install_small(workspace, tmp_path)
    with pytest.raises(DiagError, match=code):
        install_pack(workspace, folder(tmp_path / "other", changed_practice("pack.toml", old, new)))


def test_a_practice_pack_is_no_method(workspace: Workspace, enterprise_id: str) -> None:
    with pytest.raises(DiagError, match=r"PACK_INVALID pack\.toml:kind"):
        start_assessment(workspace, enterprise_id, pack="miit-sme-2024-practice")


@dataclass
class Counted:
    """A reader that knows how often it was asked."""

    calls: int = 0

    def read(self, table: Table, method: Pack) -> str:
        self.calls += 1
        return table.text("word")


def test_a_part_is_read_once_and_of_each_pack_the_newest(workspace: Workspace, tmp_path: Path) -> None:
    install_small(workspace, tmp_path)
    counted = Counted()
    part = Part(file="words.toml", marks=frozenset(), read=counted.read)
    for version in ("0.2.0", "0.10.0"):
        target = workspace.directory / "packs" / "small-practice" / version
        target.mkdir()
        for name, data in changed_practice("pack.toml", "0.1.0", version).items():
            (target / name).write_bytes(data)
        (target / "words.toml").write_text(f"word = '{version}'\n[confidence]\n")
    method = workspace.pack("small")
    for _ in range(2):
        (found,) = workspace.practice(method, part)
        assert (found.pack.reference, found.content) == ("small-practice@0.10.0", "0.10.0")
    assert counted.calls == 1
    assert read_part((workspace.directory / "packs",), workspace.pack(), part) == ((), ())


def test_a_pack_that_does_not_fit_takes_none_of_the_others_away(workspace: Workspace, assessment_id: str) -> None:
    target = workspace.directory / "packs" / "small-practice" / "0.1.0"
    target.mkdir(parents=True)
    files = changed_practice("pack.toml", "extends = 'small'", "extends = 'miit-sme-2024'")
    for name, data in {**files, "rules.toml": GOOD.encode()}.items():  # its questions are those of another method
        (target / name).write_bytes(data)
    method = workspace.pack()
    assert [found.pack.pack_id for found in workspace.practice(method, RULES)] == ["miit-sme-2024-practice"]
    (problem,) = rule_problems(workspace, method)
    assert (problem.code, problem.location) == ("PRACTICE_UNREADABLE", "small-practice@0.1.0")
    assert problem.parameters["place"].startswith("rules.toml:rules[0]")
    assert problem in load_case(workspace, assessment_id, "en").card.problems
    assert problem in preview_proposal(workspace, assessment_id, "en").problems


def test_the_command_line_lists_checks_and_installs_both_kinds(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ("--workspace", str(workspace.directory), "--json")
    method, practice = folder(tmp_path / "method", small_files()), folder(tmp_path / "practice", small_practice())

    def told(*arguments: str, status: int = 0) -> Any:
        capsys.readouterr()
        assert main([*home, "pack", *arguments]) == status
        return json.loads(capsys.readouterr().out)

    assert [item["code"] for item in told("check", str(practice), status=1)] == ["PACK_EXTENDS_UNKNOWN"]
    told("install", str(method))
    assert told("check", str(practice)) == []
    assert told("install", str(practice))["id"] == "small-practice"
    assert [(item["id"], item["kind"], item.get("extends")) for item in told("list")] == [
        ("miit-sme-2024", "method", None),
        ("small", "method", None),
        ("miit-sme-2024-practice", "practice", "miit-sme-2024"),
        ("small-practice", "practice", "small"),
        ("qizhen-report", "report", None),
    ]
