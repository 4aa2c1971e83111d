"""The firm file laid out in a folder: every item once, only what was marked as final, no password anywhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from diag_app.cli.main import root
from diag_app.codec import digest
from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, record_note
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.enterprise import save_contact, update_enterprise
from diag_app.operations.evidence import add_evidence
from diag_app.operations.portal import export_portal, load_portal, mark_final, portal_items, type_portal_item
from diag_app.operations.review import add_comment, find_comments, tick
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

SEED = "hunter2-Wx9"


def read_table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def add_file(workspace: Workspace, assessment_id: str, folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    [item] = add_evidence(workspace, assessment_id, "B1", [folder / name])
    return item.evidence_id


@pytest.fixture
def seeded(workspace: Workspace, enterprise_id: str, assessment_id: str, tmp_path: Path) -> str:
    """A case with a password at every place where a person may have put one."""
    profile = EnterpriseProfile(name="试验厂", address="示例路 1 号", products=f"阀体，MES 密码 {SEED}")
    update_enterprise(workspace, enterprise_id, profile)
    save_contact(workspace, enterprise_id, name="王工", role="", phone="13800000000")
    record_note(workspace, assessment_id, "B1", f"后台 admin/{SEED}")
    add_comment(workspace, assessment_id, "B1", f"密码 {SEED}")
    contract = b"%PDF-1.7 " + bytes(range(256)) * 80_000
    mark_final(workspace, add_file(workspace, assessment_id, tmp_path, "合同.pdf", contract), "C5")
    mark_final(workspace, add_file(workspace, assessment_id, tmp_path, f"密码 {SEED}.pdf", b"%PDF-1.7 x"), "C6")
    mark_final(workspace, add_file(workspace, assessment_id, tmp_path, "明细.csv", f"口令;{SEED}".encode()), "C7")
    add_file(workspace, assessment_id, tmp_path, "草稿.csv", f"draft {SEED}".encode())
    return assessment_id


def test_every_item_stands_in_the_list_and_no_password_in_any_file(
    workspace: Workspace, seeded: str, tmp_path: Path
) -> None:
    done = export_portal(workspace, seeded, tmp_path / "out")
    table = {row["item"]: row for row in read_table(tmp_path / "out" / "firm-file.csv")}
    assert list(table) == [item.code for item in load_portal().items]
    states = {code: row["state"] for code, row in table.items()}
    assert (states["A1"], states["A4"], states["A9"], states["C5"], states["H1"]) == (
        "filled", "held_back", "never", "filled", "open",
    )  # fmt: skip
    assert table["A3"]["value"] == "王工 13800000000"
    found = [problem.code for problem in done.problems]
    assert found.count("PORTAL_HELD_BACK") == 2
    for path in done.paths:
        data = path.read_bytes()
        assert SEED.encode() not in data + path.name.encode(), path
        assert b"draft" not in data
    assert {path.name for path in done.paths} == {path.name for path in (tmp_path / "out").iterdir()}


def test_a_large_file_comes_in_parts_that_join_to_the_file(workspace: Workspace, seeded: str, tmp_path: Path) -> None:
    export_portal(workspace, seeded, tmp_path / "out")
    parts = [row for row in read_table(tmp_path / "out" / "files.csv") if row["item"] == "C5"]
    assert [row["file"] for row in parts] == [f"C5-01.pdf.part{part}of3" for part in (1, 2, 3)]
    pieces = [(tmp_path / "out" / row["file"]).read_bytes() for row in parts]
    assert b"".join(pieces) == (tmp_path / "合同.pdf").read_bytes()
    assert [row["sha256"] for row in parts] == [digest(piece) for piece in pieces]


def test_passwords_are_never_taken_and_items_are_those_of_the_list(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    evidence = add_file(workspace, assessment_id, tmp_path, "a.csv", b"x")
    for code, text, refused in (
        ("A9", "x", "PORTAL_NEVER_SENT"),
        ("A8", f"密码 {SEED}", "PORTAL_SECRET"),
        ("Z1", "x", "PORTAL_ITEM_UNKNOWN"),
        ("C5", "x", "PORTAL_ITEM_UNKNOWN"),
    ):
        with pytest.raises(DiagError, match=refused):
            type_portal_item(workspace, assessment_id, code, text)
    for code, refused in (("A9", "PORTAL_NEVER_SENT"), ("A8", "PORTAL_ITEM_UNKNOWN"), ("Z1", "PORTAL_ITEM_UNKNOWN")):
        with pytest.raises(DiagError, match=refused):
            mark_final(workspace, evidence, code)
    type_portal_item(workspace, assessment_id, "A8", "质检")
    mark_final(workspace, evidence, "C5")
    told = {row.item.code: row.value or row.files for row in portal_items(workspace, assessment_id)}
    assert (told["A8"], len(told["C5"])) == ("质检", 1)
    mark_final(workspace, evidence, None)
    type_portal_item(workspace, assessment_id, "A8", "")
    assert {row.state for row in portal_items(workspace, assessment_id) if row.item.code in ("A8", "C5")} == {"open"}


def test_a_folder_is_laid_out_whole_or_not_at_all(workspace: Workspace, seeded: str, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise RuntimeError("pulled out")

    with pytest.raises(RuntimeError):
        export_portal(workspace, seeded, tmp_path / "stick" / "out", progress=stop)
    assert list((tmp_path / "stick").iterdir()) == []
    export_portal(workspace, seeded, tmp_path / "stick" / "out")
    with pytest.raises(DiagError, match="FOLDER_NOT_EMPTY"):
        export_portal(workspace, seeded, tmp_path / "stick" / "out")


def test_a_city_gets_the_case_without_what_is_said_inside_the_firm(
    workspace: Workspace, seeded: str, tmp_path: Path, clock: FixedClock
) -> None:
    record_answer(workspace, seeded, "B1", ("B",))
    tick(workspace, seeded, "B1")
    bundle = export_bundle(workspace, tmp_path / "city.zip", profile="city").path
    assert SEED.encode() not in b"".join(row for row in bundle.read_bytes().split(b"\n") if b"tick" in row)
    with open_workspace(tmp_path / "city", clock=clock) as city:
        import_bundle(city, bundle)
        assert [comment.text for comment in find_comments(city, seeded)] == [""]
        view = city.store.entity(seeded)
        assert (view.value("tick:B1"), view.value("note:B1")) == (None, f"后台 admin/{SEED}")
        import_bundle(city, export_bundle(workspace, tmp_path / "full.zip").path)
        assert [comment.text for comment in find_comments(city, seeded)] == [f"密码 {SEED}"]
        case = view.case
        assert city.store.state_digest(case) == workspace.store.state_digest(case)


def test_the_firm_file_by_command(workspace: Workspace, seeded: str, tmp_path: Path) -> None:
    home = workspace.directory
    workspace.close()

    def run(*arguments: object) -> object:
        found = CliRunner().invoke(root, ["--workspace", str(home), "--json", *map(str, arguments)])
        return found.exception or json.loads(found.stdout)

    assert run("portal", "set", seeded, "A10", "示例区") == {"item": "A10"}
    shown = run("portal", "show", seeded)
    assert isinstance(shown, list)
    assert {row["item"]: row["value"] for row in shown}["A10"] == "示例区"
    told = run("portal", "export", seeded, "--output", tmp_path / "out")
    assert isinstance(told, dict)
    assert {Path(path).name for path in told["files"]} >= {"firm-file.csv", "before-results.csv", "files.csv"}
    refused = run("portal", "set", seeded, "A8", f"pwd={SEED}")
    assert isinstance(refused, DiagError)
    assert refused.code == "PORTAL_SECRET"
