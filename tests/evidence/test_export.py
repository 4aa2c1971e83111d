"""Evidence written into a folder: readable names, an index that agrees, and nothing of the camera."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.model.facts import Evidence
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.evidence_export import export_evidence, readable_name
from diag_app.operations.workspace import Workspace
from tests.evidence.photos import CAMERA, files_with, likeness, metadata, photo, pieces, pixels, preview


def new(name: str, data: bytes, caption: str = "") -> NewEvidence:
    return NewEvidence(name=name, data=data, targets=("B3", "quality"), caption=caption)


def evidence(name: str, caption: str = "") -> Evidence:
    return Evidence(
        evidence_id="x", assessment_id="y", number=7, sha256="0" * 64, name=name, media_type="", size=1,
        caption=caption, shows_on=None, captured_at=None, received_at="2026-01-01", targets=("B3",),
    )  # fmt: skip


def test_files_have_readable_names_and_an_index(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    files = [new("IMG_1.jpg", photo(), "设备铭牌"), new("IMG_1.jpg", photo(2), "设备铭牌"), new("=清单.csv", b"1,2")]
    add_evidence_files(workspace, assessment_id, files)
    written = export_evidence(workspace, assessment_id, tmp_path / "out")
    names = [path.name for path in written.paths]
    assert names == [
        "E-001 B3 quality 设备铭牌.jpg",
        "E-002 B3 quality 设备铭牌.jpg",
        "E-003 B3 quality =清单.csv",
        "index.csv",
    ]
    with (tmp_path / "out" / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["number"], row["file"], row["name"]) for row in rows] == [
        ("E-001", names[0], "IMG_1.jpg"),
        ("E-002", names[1], "IMG_1.jpg"),
        ("E-003", names[2], "'=清单.csv"),
    ]
    assert [row["latitude"] for row in rows] == ["", "", ""]
    assert written.problems == ()


def test_a_camera_picture_leaves_as_it_looks_and_says_nothing(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    add_evidence_files(workspace, assessment_id, [new("a.jpg", photo())])
    file, _ = export_evidence(workspace, assessment_id, tmp_path / "out").paths
    assert likeness(pixels(file.read_bytes()), pixels(photo())) < 6
    assert metadata(file.read_bytes()) == {}
    assert files_with(tmp_path / "out", CAMERA.encode(), *pieces(preview(), step=101)) == []


def test_a_document_leaves_byte_for_byte(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    add_evidence_files(workspace, assessment_id, [new("a.docx", b"PK\x03\x04 words")])
    file, _ = export_evidence(workspace, assessment_id, tmp_path / "out").paths
    assert file.read_bytes() == b"PK\x03\x04 words"


def test_what_is_not_here_is_named_and_the_rest_is_written(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    first, _ = add_evidence_files(workspace, assessment_id, [new("a.csv", b"1"), new("b.csv", b"2")])
    workspace.store.blob_path(first.sha256).unlink()
    written = export_evidence(workspace, assessment_id, tmp_path / "out")
    assert [path.name for path in written.paths] == ["E-002 B3 quality b.csv", "index.csv"]
    assert [(problem.code, problem.location) for problem in written.problems] == [("EVIDENCE_NOT_HERE", "E-001")]


def test_a_folder_with_files_in_it_or_in_the_workspace_is_refused(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.txt").write_text("mine")
    for folder, code in (
        (tmp_path / "used", "FOLDER_NOT_EMPTY"),
        (workspace.directory / "out", "OUTPUT_IN_WORKSPACE"),
        (tmp_path / "used" / "mine.txt", "NOT_A_FOLDER"),
    ):
        with pytest.raises(DiagError) as refused:
            export_evidence(workspace, assessment_id, folder)
        assert refused.value.code == code


@given(st.text(max_size=400), st.text(max_size=300))
def test_every_name_is_one_that_every_system_takes(name: str, caption: str) -> None:
    made = readable_name(evidence(name, caption), "application/octet-stream")
    assert made.startswith("E-007 B3")
    assert len(made.encode()) <= 120
    assert not set('<>:"/\\|?*\n\t\0') & set(made)
    assert made == made.strip(" .")


def test_rare_characters_stay(tmp_path: Path) -> None:
    made = readable_name(evidence("䶮𬭎.jpg"), "image/jpeg")
    (tmp_path / made).write_bytes(b"")
    assert made == "E-007 B3 䶮𬭎.jpg"
    assert [path.name for path in tmp_path.iterdir()] == [made]
