"""Workspaces for the tests of encryption: a small case with evidence, and what must be in it whatever happens."""

from __future__ import annotations

import hashlib
from pathlib import Path

from diag_app.clock import SystemClock
from diag_app.crypto.kdf import FLOOR
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, record_note, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.sync.signer_file import load_or_create_signer

COST = FLOOR
PHRASE = "four unrelated words"
OTHER = "another four words"
NAME = "澄湖精密试验厂"
NOTE = "备注里的一句话"
FILE = b"%PDF-1.7 evidence " * 9_000


def fill(workspace: Workspace) -> str:
    """Put one enterprise with an answer, a note and a file into the workspace, and return its assessment."""
    enterprise = add_enterprise(workspace, EnterpriseProfile(name=NAME)).enterprise_id
    assessment = start_assessment(workspace, enterprise)
    record_answer(workspace, assessment, "B1", ("A",))
    record_note(workspace, assessment, "B1", NOTE)
    add_evidence_files(workspace, assessment, [NewEvidence(name="proof.pdf", data=FILE, targets=("B1",))])
    return assessment


def plain_workspace(directory: Path) -> None:
    """Create a plain workspace with the case and a signing key."""
    with open_workspace(directory) as workspace:
        fill(workspace)
    load_or_create_signer(directory / "keys" / "signing.pem")


def everything_is_there(directory: Path, key: bytes | None) -> bool:
    """Tell whether the case is in the workspace, whole, and can be written to."""
    with open_workspace(directory, key=key, clock=SystemClock()) as workspace:
        (enterprise,) = workspace.store.find_enterprises(NAME)
        (assessment,) = workspace.store.entities("assessment", parent=enterprise.enterprise_id)
        record_note(workspace, assessment.entity_id, "B1", NOTE)
        file = workspace.store.read_blob(hashlib.sha256(FILE).hexdigest())
        return (workspace.store.check(read_data=True), file) == ((), FILE)


def files_holding(marker: bytes, *folders: Path) -> list[str]:
    """Return the files below the folders that hold a marker, in their bytes or in their names."""
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if marker in str(path.name).encode() or (path.is_file() and marker in path.read_bytes())
    ]
