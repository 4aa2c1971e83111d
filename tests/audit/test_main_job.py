"""Trail and erasure through the operations and the command line, from the first answer to the bundle elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from diag_app.clock import SystemClock
from diag_app.codec import digest
from diag_app.errors import DiagError, Severity
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import load_assessment, record_note, start_assessment
from diag_app.operations.audit import export_audit, find_audit_rows, record_settings
from diag_app.operations.audit_witness import verify_audit
from diag_app.operations.backup import check_workspace, create_backup, restore_backup
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.demo import run_demo
from diag_app.operations.drill import run_drill
from diag_app.operations.enterprise import add_enterprise, find_contacts, load_enterprise, save_contact
from diag_app.operations.evidence import NewEvidence, add_evidence_files, caption_evidence, find_evidence
from diag_app.operations.history import next_redo, next_undo
from diag_app.operations.proposal import find_proposals, preview_proposal
from diag_app.operations.redaction import plan_redaction, redact
from diag_app.operations.repair import repair_from
from diag_app.operations.snapshots import make_second_copy
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.settings import Settings
from tests.audit.trails import damage_trail, occurrences, verified
from tests.fixed_clock import FixedClock
from tests.journeys.command import diag

ACTOR = Actor(name="甲", firm="乙", device="丙")
NAME, CONTACT, NOTE, CAPTION = "抹除甲精密-7f3a", "抹除乙女士-91c2", "抹除丙备注-c44d", "抹除丁说明-e05b"
BYTES = b"%PDF-1.4 marker-bytes-of-evidence-5d7e" * 20
REASON = "本人书面要求"


@pytest.fixture
def home(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "home", actor=ACTOR, clock=clock) as workspace:
        yield workspace


def fill(workspace: Workspace) -> dict[str, str]:
    """A case with a marker in a name, a contact, a note, a caption and the bytes of a file: {register: entity}."""
    enterprise = add_enterprise(workspace, EnterpriseProfile(name=NAME)).enterprise_id
    save_contact(workspace, enterprise, name=CONTACT, role="厂长", phone="13800000000")
    contact = find_contacts(workspace, enterprise)[0].contact_id
    assessment = start_assessment(workspace, enterprise)
    record_note(workspace, assessment, "B1", NOTE)
    evidence = add_evidence_files(
        workspace, assessment, [NewEvidence(name=f"{NAME}.pdf", data=BYTES, targets=("B1",), caption="x")]
    )[0].evidence_id
    caption_evidence(workspace, evidence, CAPTION)
    return {"name": enterprise, "contact": contact, "note:B1": assessment, "caption": evidence, "file": evidence}


def test_what_was_asked_to_be_erased_is_in_no_file_and_in_no_later_bundle(home: Workspace, tmp_path: Path) -> None:
    made = fill(home)
    older = export_bundle(home, tmp_path / "older.zip").path
    needles = (NAME, CONTACT, "13800000000", NOTE, CAPTION, BYTES[:30])
    assert occurrences(home.directory, *needles)
    for register, entity in made.items():
        done = redact(home, entity, register, reason=REASON)
        assert {(p.code, p.location) for p in done.problems} == {("EXPORT_HOLDS_ERASED", "older.zip")}
        assert (done.values >= 1, done.files) == (True, int(register == "file"))
    assert occurrences(home.directory, *needles) == {}
    home.close()
    assert occurrences(home.directory, *needles) == {}
    with open_workspace(home.directory, actor=ACTOR, clock=home.clock) as again:
        (tmp_path / "later").mkdir()
        newer = export_bundle(again, tmp_path / "later" / "newer.zip").path
        assert occurrences(newer.parent, *needles) == {}
        import_bundle(again, older)
        assert occurrences(again.directory, *needles) == {}
        assert all(problem.severity is Severity.WARNING for problem in check_workspace(again, read_data=True))
        looks_empty(again, made)
    with open_workspace(tmp_path / "there", actor=ACTOR) as there:
        import_bundle(there, older)
        assert {"ERASED_BY_IMPORT"} <= {problem.code for problem in import_bundle(there, newer).problems}
        live = [path for path in occurrences(there.directory, *needles) if not path.startswith("backups")]
        assert live == []
        import_bundle(there, older)
        looks_empty(there, made)


def looks_empty(workspace: Workspace, made: dict[str, str]) -> None:
    assert load_enterprise(workspace, made["name"]).profile.name == ""
    assert find_contacts(workspace, made["name"]) == ()
    assert load_assessment(workspace, made["note:B1"]).notes == {}
    assert find_evidence(workspace, made["note:B1"]) == ()
    assert next_redo(workspace, made["name"]) is None
    assert next_undo(workspace, made["name"]) in (None, "start_assessment")


def test_the_trail_tells_what_was_done_and_never_what_was_answered(home: Workspace, tmp_path: Path) -> None:
    made = fill(home)
    export_bundle(home, tmp_path / f"{NAME}.zip")
    import_bundle(home, tmp_path / f"{NAME}.zip")
    backup = create_backup(home, tmp_path / NAME)
    redact(home, made["note:B1"], "note:B1", reason=REASON)
    rows = find_audit_rows(home)
    assert [row.event for row in rows] == ["begin", "export", "import", "backup", "redact"]
    path = tmp_path / "out" / "trail.jsonl"
    assert export_audit(home, path) == len(rows)
    assert occurrences(path.parent, NAME, CONTACT, NOTE, CAPTION, REASON, "B1-", ".pdf", ".zip") == {}
    restore_backup(backup, tmp_path / "restored")
    with open_workspace(tmp_path / "restored", actor=ACTOR) as restored:
        assert [row.event for row in find_audit_rows(restored)] == ["begin", "export", "import", "restore"]
        assert check_workspace(restored, read_data=True) == ()


def test_looking_after_the_data_is_on_the_trail(home: Workspace, tmp_path: Path) -> None:
    made = fill(home)
    (tmp_path / NAME).mkdir()
    backup = create_backup(home, tmp_path / NAME)
    make_second_copy(home, tmp_path / NAME)
    run_drill(home)
    home.store.blob_path(find_evidence(home, made["note:B1"])[0].sha256).write_bytes(b"damaged")
    repair_from(home, backup)
    before = Settings()
    record_settings(home, before, replace(before, language="en", theme="dark", name="甲"))  # no matter of safety
    record_settings(home, before, replace(before, auto_lock_minutes=30, second_copy=str(tmp_path / NAME)))
    record_settings(home, replace(before, second_copy=NAME), before)
    rows = find_audit_rows(home)
    assert [(row.event, dict(row.details)) for row in rows[2:]] == [
        ("second_copy", {"added": 1}),
        ("drill", {"ops": len(list(home.store.ops())), "since": 0, "problems": 0}),
        ("repair", {"ops": 0, "files": 1, "tables": False, "left": 0}),
        ("settings", {"setting": "auto_lock_minutes", "value": 30}),
        ("settings", {"setting": "second_copy", "digest": digest(str(tmp_path / NAME).encode())}),
        ("settings", {"setting": "second_copy", "digest": None}),
    ]
    assert occurrences(export_to(home, tmp_path / "trail"), NAME, NOTE) == {}


def export_to(workspace: Workspace, folder: Path) -> Path:
    export_audit(workspace, folder / "trail.jsonl")
    return folder


def test_issuing_is_on_the_trail_and_erasing_names_the_paper(tmp_path: Path) -> None:
    run_demo(tmp_path / "demo")
    directory = next(path.parent for path in (tmp_path / "demo").rglob("workspace.db"))
    with open_workspace(directory, actor=ACTOR) as workspace:
        assessment = workspace.store.entities("assessment")[0]
        issued = find_proposals(workspace, assessment.entity_id)[0]
        row = next(row for row in find_audit_rows(workspace) if row.event == "issue")
        assert row.details["files"] == [file.sha256 for file in issued.files]
        plan = plan_redaction(workspace, assessment.case, "name")
        assert [item.number for item in plan.issued] == [issued.number]
        done = redact(workspace, assessment.case, "name", reason=REASON, with_issued=True)
        assert not any(problem.code == "ISSUED_HOLDS_ERASED" for problem in done.problems)
        trees = len({file.language for file in issued.files})  # each file's content tree lies sealed beside it
        assert done.files == len(issued.files) + trees
        with pytest.raises(DiagError, match="BLOB_MISSING"):
            workspace.store.read_blob(issued.files[0].sha256)
        assert check_workspace(workspace, read_data=True) == ()
        assert preview_proposal(workspace, assessment.entity_id, "zh").page_count > 1
        sealed = export_bundle(workspace, tmp_path / "after.zip")
        assert sealed.reports == 0
    with open_workspace(tmp_path / "there", actor=ACTOR) as there:
        import_bundle(there, tmp_path / "after.zip")
        assert check_workspace(there, read_data=True) == ()


def test_a_bundle_bears_witness_against_whoever_changes_the_trail(home: Workspace, tmp_path: Path) -> None:
    fill(home)
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    export_bundle(home, first)
    create_backup(home, tmp_path)
    export_bundle(home, second)
    trail = tmp_path / "trail.jsonl"
    rows = export_audit(home, trail)
    assert verify_audit(home, [first, second]) == ()
    assert verified(trail, first, second) == (0, f"{rows} rows hold; 2 bundles agree\n")
    assert verified(trail, tmp_path / "none.zip")[0] == 2
    home.close()
    damage_trail(home.directory, "DELETE FROM audit WHERE seq > 2")
    with open_workspace(home.directory, actor=ACTOR) as cut:
        assert check_workspace(cut, read_data=True) == ()
        assert [(p.code, p.location) for p in verify_audit(cut, [first, second])] == [("AUDIT_CUT", "2.zip")]
        export_audit(cut, trail)
        assert verified(trail, first)[0] == 0
        status, said = verified(trail, second)
        assert (status, "missing at the end" in said) == (1, True)
    damage_trail(home.directory, "DELETE FROM audit")
    with open_workspace(home.directory, actor=ACTOR) as anew:
        create_backup(anew, tmp_path / "more")
        assert check_workspace(anew, read_data=True) == ()
        assert [p.code for p in verify_audit(anew, [first, second])] == ["AUDIT_REWRITTEN"] * 2
    with open_workspace(tmp_path / "other", actor=ACTOR) as other:
        assert [(p.code, p.severity) for p in verify_audit(other, [first])] == [("AUDIT_OTHER", Severity.WARNING)]
        broken = tmp_path / "broken.zip"
        broken.write_bytes(first.read_bytes()[:-9])
        assert {p.severity for p in verify_audit(other, [broken])} == {Severity.ERROR}


def test_the_commands(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_workspace(home, actor=ACTOR, clock=SystemClock()) as workspace:
        made = fill(workspace)
    bundle, trail = tmp_path / "b.zip", tmp_path / "trail.jsonl"
    assert diag("bundle", "export", "--output", bundle, workspace=home).status == 0
    refused = diag("redact", made["name"], "pack", "--reason", REASON, workspace=home)
    assert (refused.status, refused.refusal["code"]) == (2, "NOT_ERASABLE")
    erased = diag("redact", made["name"], "name", "--reason", REASON, workspace=home)
    assert (erased.status, erased.json["values"], erased.json["registers"]) == (0, 1, ["name"])
    assert [item["code"] for item in erased.json["problems"]] == ["EXPORT_HOLDS_ERASED"]
    assert diag("check", "--read-data", "--bundle", bundle, workspace=home).json == []
    listed = diag("audit", "list", workspace=home).json
    assert [row["event"] for row in listed] == ["begin", "export", "redact"]
    assert "redact" in diag("audit", "list", workspace=home, as_json=False).output
    assert diag("audit", "export", trail, workspace=home).json == {"file": str(trail), "rows": 3}
    assert [json.loads(line) for line in trail.read_text(encoding="utf-8").splitlines()] == listed
    assert verified(trail, bundle)[0] == 0
    with sqlite3.connect(home / "workspace.db") as connection:
        connection.execute("DROP TRIGGER audit_stays")
        connection.execute("UPDATE audit SET actor = 'somebody' WHERE seq = 2")
    connection.close()
    checked = diag("check", workspace=home)
    assert (checked.status, [item["code"] for item in checked.json]) == (1, ["AUDIT_DAMAGED"])


def test_a_clock_set_back_is_written_down_as_it_is(tmp_path: Path) -> None:
    late = FixedClock()
    with open_workspace(tmp_path, actor=ACTOR, clock=late) as workspace:
        workspace.store.audit("settings", {})
    with open_workspace(
        tmp_path, actor=replace(ACTOR, name="后"), clock=FixedClock(start=late.now() - timedelta(days=900))
    ) as workspace:
        workspace.store.audit("settings", {})
        first, _, last = find_audit_rows(workspace)
        assert (first.at > last.at, last.actor.startswith("后")) == (True, True)
        assert check_workspace(workspace, read_data=False) == ()
