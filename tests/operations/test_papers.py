"""Evidence, proposals, bundles and packs: whole or absent, and nothing counts as sent without a receipt."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from diag_app.clock import Cancelled
from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations import history
from diag_app.operations.assessment import record_answer, record_visit
from diag_app.operations.backup import create_backup, restore_backup
from diag_app.operations.bundle import export_bundle, import_bundle, verify_bundle
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.evidence import (
    add_evidence,
    caption_evidence,
    evidence_file,
    evidence_picture,
    find_evidence,
    link_evidence,
    remove_evidence,
    unlink_evidence,
)
from diag_app.operations.export_log import find_exports, undelivered
from diag_app.operations.pack import check_pack_folder, install_pack, list_packs
from diag_app.operations.proposal import find_proposals, issue_proposal, preview_proposal, verify_proposal
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource

PICTURES = sorted(resource("demo", "pictures").iterdir())
SHIPPED = resource("packs", "miit-sme-2024", "1.0.0")


def blobs(workspace: Workspace) -> int:
    return sum(1 for path in (workspace.directory / "evidence").rglob("*") if path.is_file())


def test_one_file_on_two_answers_is_stored_once(workspace: Workspace, assessment_id: str) -> None:
    [item] = add_evidence(workspace, assessment_id, "B3", PICTURES[:1], caption="清单")
    stored = blobs(workspace)
    link_evidence(workspace, item.evidence_id, "quality")
    add_evidence(workspace, assessment_id, "B2", PICTURES[:1])
    assert blobs(workspace) == stored == 2  # the original and the reduced copy
    assert [item.targets for item in find_evidence(workspace, assessment_id)] == [("B2", "B3", "quality")]
    assert evidence_file(workspace, item.evidence_id) == PICTURES[0].read_bytes()


def test_evidence_is_captioned_unlinked_removed_and_brought_back(workspace: Workspace, assessment_id: str) -> None:
    [item] = add_evidence(workspace, assessment_id, "B3", PICTURES[:1])
    caption_evidence(workspace, item.evidence_id, "设备清单")
    unlink_evidence(workspace, item.evidence_id, "B3")
    remove_evidence(workspace, item.evidence_id)
    assert find_evidence(workspace, assessment_id) == ()
    history.undo(workspace)
    [back] = find_evidence(workspace, assessment_id)
    assert (back.caption, back.targets, back.number) == ("设备清单", (), 1)


def test_a_document_is_kept_as_it_is_and_has_no_picture(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    table = tmp_path / "设备清单.csv"
    table.write_text("机床,120\n", encoding="utf-8")
    [item] = add_evidence(workspace, assessment_id, "B3", [table])
    assert (item.name, evidence_picture(workspace, item.evidence_id, 100)) == ("设备清单.csv", None)
    assert evidence_file(workspace, item.evidence_id) == table.read_bytes()


@pytest.mark.parametrize(
    ("data", "target", "code"),
    [
        (b"", "B3", "FILE_EMPTY"),
        (b"\xff\xd8\xff\xe0 torn", "B3", "IMAGE_UNREADABLE"),
        (b"text", "B99", "TARGET_UNKNOWN"),
    ],
)
def test_of_several_files_none_is_added_when_one_is_refused(
    workspace: Workspace, assessment_id: str, tmp_path: Path, data: bytes, target: str, code: str
) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(data)
    with pytest.raises(DiagError) as refused:
        add_evidence(workspace, assessment_id, target, [PICTURES[0], bad])
    assert refused.value.code == code
    assert find_evidence(workspace, assessment_id) == ()


def test_a_damaged_evidence_file_is_named_and_never_shown(workspace: Workspace, assessment_id: str) -> None:
    [item] = add_evidence(workspace, assessment_id, "B3", PICTURES[:1])
    path = workspace.store.blob_path(item.sha256)
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    with pytest.raises(DiagError, match="BLOB_DAMAGED"):
        evidence_file(workspace, item.evidence_id)
    assert [problem.code for problem in workspace.store.check(read_data=True)] == ["BLOB_DAMAGED"]


def test_an_issued_proposal_is_superseded_by_a_later_answer_only(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    record_visit(workspace, assessment_id, ("2026-03-13", "2026-03-12"))
    first = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "out")
    second = issue_proposal(workspace, assessment_id, ("zh", "en"), tmp_path / "out")
    assert [first.proposal.number[-2:], second.proposal.number[-2:]] == ["R1", "R2"]
    assert [item.is_superseded for item in find_proposals(workspace, assessment_id)] == [False, False]
    record_answer(workspace, assessment_id, "B1", ("B",))
    issued, problems = verify_proposal(workspace, first.paths[0])
    assert issued is not None
    assert [problem.code for problem in problems] == ["PROPOSAL_SUPERSEDED"]
    assert [path.name[-7:] for path in second.paths] == ["-zh.pdf", "-en.pdf"]


def test_a_word_file_is_issued_and_verified_beside_the_pdf(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    issued = issue_proposal(workspace, assessment_id, ("zh", "en"), tmp_path, formats=("docx",))
    endings = ["-zh.pdf", "-zh.docx", "-en.pdf", "-en.docx"]
    assert [path.name.removeprefix(issued.proposal.number) for path in issued.paths] == endings
    for path, file in zip(issued.paths, issued.proposal.files, strict=True):
        found, _ = verify_proposal(workspace, path)
        assert found is not None
        assert path.read_bytes() == workspace.store.read_blob(file.sha256)


def test_the_preview_is_the_file(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    shown = preview_proposal(workspace, assessment_id, "zh").pdf
    issued = issue_proposal(workspace, assessment_id, ("zh",), tmp_path)
    assert issued.paths[0].read_bytes() == shown


def test_a_cancelled_issue_leaves_neither_file_nor_record(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "out", progress=cancel)
    assert find_proposals(workspace, assessment_id) == ()
    assert not (tmp_path / "out").exists()


def test_written_is_not_delivered(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    record_answer(workspace, assessment_id, "B1", ("B",))
    add_evidence(workspace, assessment_id, "B1", PICTURES[:1])
    before = undelivered(workspace)
    assert (before.total, before.by_class["answers"], before.by_enterprise[0].is_written) == (2, 1, False)
    sealed = export_bundle(workspace, tmp_path / "a.zip", [assessment_id])
    after = undelivered(workspace)
    assert (after.total, after.by_enterprise[0].is_written) == (2, True)
    assert [export.bundle_id for export in find_exports(workspace)] == [sealed.bundle_id]
    record_answer(workspace, assessment_id, "B1", ("C",))
    assert not undelivered(workspace).by_enterprise[0].is_written


def test_only_the_own_workspace_knows_its_signer(workspace: Workspace, assessment_id: str, tmp_path: Path) -> None:
    export_bundle(workspace, tmp_path / "a.zip")
    assert verify_bundle(tmp_path / "a.zip", home=workspace.directory) == ()
    assert [problem.code for problem in verify_bundle(tmp_path / "a.zip")] == ["SIGNER_UNKNOWN"]


def test_a_bundle_carries_the_cases_asked_for_and_no_other(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    add_enterprise(workspace, EnterpriseProfile(name="别家"))
    export_bundle(workspace, tmp_path / "a.zip", [assessment_id])
    with open_workspace(tmp_path / "other") as other:
        import_bundle(other, tmp_path / "a.zip")
        assert [item.name for item in find_enterprises(other)] == ["试验厂"]


def test_two_laptops_that_changed_one_answer_keep_both_values(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    export_bundle(workspace, tmp_path / "there.zip")
    with open_workspace(tmp_path / "other") as other:
        import_bundle(other, tmp_path / "there.zip")
        record_answer(other, assessment_id, "B5", ("C",))
        export_bundle(other, tmp_path / "back.zip")
    record_answer(workspace, assessment_id, "B5", ("D",))
    [conflict] = import_bundle(workspace, tmp_path / "back.zip").result.conflicts
    assert conflict.register == "answer:B5"
    assert sorted(value["options"][0] for value in conflict.values) == ["C", "D"]


def test_evidence_that_is_gone_stops_the_export_and_leaves_no_file(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    [item] = add_evidence(workspace, assessment_id, "B3", PICTURES[:1])
    workspace.store.blob_path(item.sha256).unlink()
    with pytest.raises(DiagError, match="FILES_ABSENT"):
        export_bundle(workspace, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("damage", ["cut", "flip"])
def test_a_damaged_bundle_is_refused_and_the_workspace_is_as_before(
    workspace: Workspace, assessment_id: str, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "a.zip"
    export_bundle(workspace, path)
    data = bytearray(path.read_bytes())
    data = data[:-200] if damage == "cut" else data
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    assert verify_bundle(path)
    with open_workspace(tmp_path / "other") as other:
        with pytest.raises(DiagError):
            import_bundle(other, path)
        assert find_enterprises(other) == ()


def test_a_backup_is_restored_into_a_folder_of_its_own_only(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    add_evidence(workspace, assessment_id, "B3", PICTURES[:1])
    backup = create_backup(workspace, tmp_path / "backups")
    restore_backup(backup, tmp_path / "restored")
    with open_workspace(tmp_path / "restored") as restored:
        assert len(find_evidence(restored, assessment_id)) == 1
        assert restored.store.check(read_data=True) == ()
    with pytest.raises(DiagError):
        restore_backup(backup, workspace.directory)


def zipped(path: Path, names: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return path


def test_a_pack_is_installed_from_a_zip_and_never_replaced(workspace: Workspace, tmp_path: Path) -> None:
    files = {file.name: file.read_bytes() for file in SHIPPED.glob("*.toml")}
    files["pack.toml"] = files["pack.toml"].replace(b"1.0.0", b"1.0.1")
    installed = install_pack(workspace, zipped(tmp_path / "pack.zip", files))
    assert workspace.pack("miit-sme-2024").reference == installed.reference == "miit-sme-2024@1.0.1"
    assert [pack.version for pack in list_packs(workspace.directory)] == ["1.0.0", "1.0.1"]
    files["pack.toml"] += b"\n# edited\n"
    with pytest.raises(DiagError, match="PACK_VERSION_TAKEN"):
        install_pack(workspace, zipped(tmp_path / "edited.zip", files))


@pytest.mark.parametrize("name", ["../pack.toml", "/pack.toml", "folder/pack.toml", "pack.exe"])
def test_a_zip_that_holds_anything_but_toml_files_is_no_pack(workspace: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(DiagError, match="PACK_FILE_INVALID"):
        install_pack(workspace, zipped(tmp_path / "pack.zip", {name: b""}))
    assert not (workspace.directory / "packs").exists()


def test_what_is_no_zip_and_no_pack_folder_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(os.urandom(100))
    with pytest.raises(DiagError, match="PACK_FILE_INVALID"):
        install_pack(workspace, tmp_path / "pack.zip")
    with pytest.raises(DiagError, match="PACK_UNKNOWN"):
        check_pack_folder(tmp_path)
    with pytest.raises(DiagError, match="PACK_UNKNOWN"):
        workspace.pack("no-such-pack")


def test_an_enterprise_opened_elsewhere_is_neither_exported_nor_issued(
    workspace: Workspace, assessment_id: str, tmp_path: Path
) -> None:
    with open_workspace(workspace.directory, read_only=True) as reader:
        with pytest.raises(DiagError, match="WORKSPACE_OPEN_ELSEWHERE"):
            export_bundle(reader, tmp_path / "a.zip")
        with pytest.raises(DiagError, match="WORKSPACE_OPEN_ELSEWHERE"):
            issue_proposal(reader, assessment_id, ("zh",), tmp_path / "out")
        with pytest.raises(DiagError, match="WORKSPACE_OPEN_ELSEWHERE"):
            install_pack(reader, SHIPPED)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
