"""The commands about evidence, each as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from diag_app.cli.main import main
from diag_app.operations.workspace import Workspace
from tests.evidence.photos import files_with, photo, pieces


@pytest.fixture
def run(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run `diag --json` on the workspace; give its status, and its answer or its refusal's code."""

    def diag(*arguments: str | Path) -> tuple[int, Any]:
        status = main(["--workspace", str(workspace.directory), "--language", "en", "--json", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, json.loads(captured.out) if captured.out else json.loads(captured.err)["error"]["code"]

    return diag


@pytest.fixture
def item(run: Any, assessment_id: str, tmp_path: Path) -> str:
    path = tmp_path / "a.jpg"
    path.write_bytes(photo())
    _, [added] = run("evidence", "add", assessment_id, "B3", path)
    assert added["linked"] is False
    return str(added["evidence_id"])


def test_a_file_that_is_here_already_is_linked(run: Any, assessment_id: str, item: str, tmp_path: Path) -> None:
    status, [again] = run("evidence", "add", assessment_id, "quality", tmp_path / "a.jpg")
    assert (status, again["evidence_id"], again["linked"]) == (0, item, True)


def test_what_is_recorded_is_listed(run: Any, assessment_id: str, item: str) -> None:
    for arguments in (
        ("caption", item, "设备铭牌"),
        ("date", item, "shows", "2026-01-05"),
        ("link", item, "quality"),
        ("rotate", item, "--left"),
        ("rotate", item),
        ("rotate", item, "--around"),
        ("annotate", item, "--mark", "arrow", "10,10;50.5,50", "", "--mark", "text", "20,20", "这里"),
    ):
        assert run("evidence", *arguments)[0] == 0
    _, [listed] = run("evidence", "list", assessment_id)
    assert {key: listed[key] for key in ("caption", "shows_on", "targets", "version", "number", "captured_at")} == {
        "caption": "设备铭牌",
        "shows_on": "2026-01-05",
        "targets": ["B3", "quality"],
        "version": 5,
        "number": 1,
        "captured_at": "2026-03-12T10:41:05",
    }


def test_a_redacted_picture_is_exported_without_what_was_hidden(
    run: Any, assessment_id: str, item: str, tmp_path: Path
) -> None:
    status, answer = run("evidence", "redact", item, "--box", "0,0,50,100", "--box", "60,60,10.5,10")
    assert (status, answer["erased"]) == (0, False)
    status, answer = run("evidence", "export", assessment_id, tmp_path / "out")
    assert (status, len(answer["files"]), answer["problems"]) == (0, 2, [])
    assert files_with(tmp_path / "out", *pieces(photo())) == []
    for profile in ("full", "client-safe"):
        bundle = tmp_path / f"{profile}.zip"
        assert run("bundle", "export", "--profile", profile, "--output", bundle)[0] == 0
        assert run("bundle", "verify", bundle) == (0, {"ok": True, "problems": []})
        assert files_with(bundle, *pieces(photo())) == []


def test_the_original_can_be_erased_with_a_reason(run: Any, workspace: Workspace, item: str) -> None:
    status, answer = run("evidence", "redact", item, "--box", "0,0,50,100", "--erase-original", "本人要求")
    assert (status, answer["erased"], answer["problems"]) == (0, True, [])
    assert files_with(workspace.directory, *pieces(photo())) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("redact", "ITEM", "--box", "0,0,50"), "BOX_INVALID"),
        (("redact", "ITEM", "--box", "0,0,50,-1"), "BOX_INVALID"),
        (("redact", "ITEM", "--box", "100,0,50,50"), "BOX_INVALID"),
        (("redact", "ITEM", "--box", "0,0,nan,50"), "BOX_INVALID"),
        (("redact", "ITEM"), "USAGE"),
        (("annotate", "ITEM", "--mark", "box", "10,10", ""), "MARK_INVALID"),
        (("annotate", "ITEM", "--mark", "box", "10,10;20", ""), "MARK_INVALID"),
        (("annotate", "ITEM", "--mark", "box", "10,10;120,20", ""), "MARK_INVALID"),
        (("annotate", "ITEM", "--mark", "star", "10,10;20,20", ""), "USAGE"),
        (("date", "ITEM", "shows", "soon"), "DATE_INVALID"),
        (("date", "ITEM", "born", "2026-01-05"), "USAGE"),
        (("caption", "nobody", "x"), "ENTITY_UNKNOWN"),
        (("caption", "ITEM", "字" * 10_000), "TEXT_TOO_LONG"),
        (("list", "nobody"), "ENTITY_UNKNOWN"),
        (("link", "ITEM", "B99"), "TARGET_UNKNOWN"),
    ],
)
def test_what_cannot_be_done_is_refused_by_code(run: Any, item: str, arguments: tuple[str, ...], code: str) -> None:
    assert run("evidence", *(item if one == "ITEM" else one for one in arguments)) == (2, code)
