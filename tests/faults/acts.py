"""What a person does, through the application's own operations, and what must lie there before."""

from __future__ import annotations

from diag_app.crypto.sealing import StoreKey
from diag_app.errors import Severity
from diag_app.model.ops import EntityView
from diag_app.operations.assessment import record_answer, record_note
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.drill import bring_back, run_drill
from diag_app.operations.evidence import NewEvidence, add_evidence, add_evidence_files, find_evidence
from diag_app.operations.history import next_undo, undo
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.redaction import redact
from diag_app.operations.repair import repair_from
from diag_app.operations.security import change_passphrase, encrypt_under, renew_sheet
from diag_app.operations.snapshots import make_second_copy, reach_second_copies, take_sealed_snapshot, take_snapshot
from diag_app.operations.workspace import Workspace
from diag_app.storage.backup import restore_backup
from diag_app.storage.redaction import is_pending
from tests.faults.sites import BACKUP, BUNDLE, PHOTO, Site
from tests.faults.workspaces import COST, KEY, NEW_PHRASE, key_file

MARKER, MARKED = "抹除甲乙-7f3a", "marked.txt"
REASON = "本人书面要求"


def save(site: Site, workspace: Workspace) -> None:
    record_answer(workspace, site.assessment, "B4", ("A",))


def put_evidence(site: Site, workspace: Workspace) -> None:
    add_evidence(workspace, site.assessment, "B2", [site.inputs / PHOTO], caption="车间")


def take_in(site: Site, workspace: Workspace) -> None:
    import_bundle(workspace, site.inputs / BUNDLE)


def hand_over(site: Site, workspace: Workspace) -> None:
    export_bundle(workspace, site.out / "handed" / BUNDLE)


def issue(site: Site, workspace: Workspace) -> None:
    issue_proposal(workspace, site.assessment, ("zh", "en"), site.out / "papers")


def back_up(site: Site, workspace: Workspace) -> None:
    create_backup(workspace, site.out)


def take_back(_: Site, workspace: Workspace) -> bool:
    """Undo, once though it may be tried twice; a store that took a new id over a failing disk has nothing to undo."""
    if next_undo(workspace) != "add_evidence":
        return False
    undo(workspace)
    return True


def restore(site: Site) -> None:
    restore_backup(site.inputs / BACKUP, site.home, key=site.opener.key)


def go_on(site: Site, workspace: Workspace, text: str) -> None:
    """What a person does next: one more save."""
    record_note(workspace, site.assessment, "B5", text)


# --- care -------------------------------------------------------------------------------------------------------------


def snapshot(_: Site, workspace: Workspace) -> None:
    take_snapshot(workspace)


def snapshot_unseen(site: Site) -> None:
    take_sealed_snapshot(site.home, clock=site.opener.clock)


def copy_elsewhere(site: Site, workspace: Workspace) -> None:
    make_second_copy(workspace, site.disk)


def with_a_stick(site: Site) -> None:
    """Make the folder that a bundle goes into: it makes none itself."""
    (site.out / "handed").mkdir(parents=True)


def with_a_disk(site: Site) -> None:
    site.disk.mkdir(parents=True)


def drill(_: Site, workspace: Workspace) -> bool:
    return not run_drill(workspace).problems


def with_a_copy(site: Site) -> None:
    """A second copy on its disk, and a snapshot beside the data."""
    with_a_disk(site)
    with site.opener.open(site.home) as workspace:
        take_snapshot(workspace)
        make_second_copy(workspace, site.disk)


def restore_copy(site: Site) -> None:
    (newest,) = site.disk.glob("*/backups/*.db")
    bring_back(newest, site.home, key=site.opener.key)


def repair(site: Site, workspace: Workspace) -> bool:
    left = repair_from(workspace, site.inputs / BACKUP).left
    return not any(problem.severity is Severity.ERROR for problem in left)


def damaged(site: Site) -> None:
    """An answer and an evidence file that are no longer as they were written."""
    with site.opener.open(site.home) as workspace:
        database, _ = workspace.store.inside
        changed = database.run("UPDATE op SET value = '\"x\"' WHERE header ->> 'register' = 'answer:B2'")
        assert changed == 1
        (item,) = find_evidence(workspace, site.assessment)
        path = workspace.store.blob_path(item.sha256)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


# --- erasing ----------------------------------------------------------------------------------------------------------


def erase(site: Site, workspace: Workspace) -> bool:
    """Erase a note and a file; tried again, go on with what was broken off."""
    views = (*workspace.store.entities("assessment"), *workspace.store.entities("evidence"))
    left = [(view.entity_id, register) for view in views for register in _marked_in(view)]
    for entity, register in left:
        redact(workspace, entity, register, reason=REASON)
    if not left:
        workspace.store.settle_waiting()
    return not reach_second_copies(workspace) and not is_pending(workspace.store.inside[0])


def _marked_in(view: EntityView) -> tuple[str, ...]:
    is_marked = {"note:B3": view.value("note:B3") == MARKER, "file": view.value("file", {}).get("name") == MARKED}
    return tuple(register for register, found in is_marked.items() if found)


def marked(site: Site) -> None:
    """A marker in a note, in a file, in copies here and elsewhere, and in what a killed process left."""
    with_a_disk(site)
    with site.opener.open(site.home) as workspace:
        record_note(workspace, site.assessment, "B3", MARKER)
        file = NewEvidence(name=MARKED, data=MARKER.encode() * 30, targets=("B3",))
        add_evidence_files(workspace, site.assessment, [file])
        take_snapshot(workspace)
        make_second_copy(workspace, site.disk)
    (site.home / "backups" / ".part-abcdefgh").write_text(MARKER)


# --- keys -------------------------------------------------------------------------------------------------------------


def change_words(site: Site, _: Workspace) -> None:
    change_passphrase(site.home, StoreKey(KEY), NEW_PHRASE, cost=COST)


def renew(site: Site, _: Workspace) -> None:
    renew_sheet(site.home, StoreKey(KEY))


def encrypt(site: Site) -> None:
    encrypt_under(site.home, StoreKey(KEY), key_file(), clock=site.opener.clock)


def with_a_signer(site: Site) -> None:
    """A signing key, which exists from the first bundle on."""
    with site.opener.open(site.home) as workspace:
        export_bundle(workspace, site.inputs / "first.zip")
