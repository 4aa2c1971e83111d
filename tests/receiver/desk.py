"""A receiver and a consultant who is enrolled there, with a bundle of one assessed firm."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence
from diag_app.operations.keys import import_signers, write_card
from diag_app.operations.workspace import Workspace, open_workspace, signing_key_path
from diag_app.receiver.office import SIGNERS_FILE, Office, create_office, enrol, open_office
from diag_app.receiver.verifying import verify_here
from diag_app.sync.signer_file import load_or_create_signer
from tests.fixed_clock import FixedClock

CITY = "示例市"


@dataclass(kw_only=True)
class Case:
    """Ids of what a test sends back and forth."""

    enterprise_id: str
    assessment_id: str


def make_office(folder: Path) -> Office:
    create_office(folder, city=CITY, name="签收站", clock=FixedClock())
    return open_office(folder, clock=FixedClock(), verify=verify_here)


def laptop(home: Path, name: str = "张宁") -> Workspace:
    return open_workspace(home, actor=Actor(name=name, firm="所", device=f"{name}的笔记本"), clock=FixedClock())


def introduce(office: Office, workspace: Workspace) -> None:
    """The city enrols the consultant by the card; the consultant takes the city's list by its six words."""
    card = workspace.directory.with_name(f"{workspace.directory.name}.card.json")
    write_card(workspace, card, city=CITY)
    enrol(office, card, words=words_of(workspace))
    words = " ".join(fingerprint_words(office.city_key, "en"))
    import_signers(workspace, office.directory / SIGNERS_FILE, fingerprint=words)


def words_of(workspace: Workspace) -> str:
    """Return the six words of a consultant's paper card."""
    key = load_or_create_signer(signing_key_path(workspace.directory), workspace.key).public_key
    return " ".join(fingerprint_words(key, "en"))


def assessed(workspace: Workspace, folder: Path) -> Case:
    enterprise_id = add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id
    assessment_id = start_assessment(workspace, enterprise_id)
    record_answer(workspace, assessment_id, "B1", ("B",))
    photo = folder / "清单.txt"
    photo.write_text("66 台", encoding="utf-8")
    add_evidence(workspace, assessment_id, "B1", (photo,))
    return Case(enterprise_id=enterprise_id, assessment_id=assessment_id)
