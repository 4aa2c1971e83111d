"""A day's work on an encrypted workspace, as a process of its own that is looked at from outside.

`python -m tests.security.seeded FOLDER` reads key and values from its standard input, so that neither stands in the
arguments; says `open` when everything was recorded, shown and backed up, and `closed` after the next line.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

from diag_app.model.facts import EnterpriseProfile
from diag_app.model.marks import Box, Mark
from diag_app.operations.assessment import record_answer, record_note, start_assessment
from diag_app.operations.backup import check_workspace, create_backup
from diag_app.operations.bundle import export_bundle
from diag_app.operations.enterprise import add_enterprise, find_enterprises, save_contact
from diag_app.operations.evidence import NewEvidence, add_evidence_files, evidence_picture, find_evidence
from diag_app.operations.evidence_versions import annotate_evidence, redact_evidence, rotate_evidence
from diag_app.operations.history import redo, undo
from diag_app.operations.previsit import write_previsit
from diag_app.operations.proposal import preview_proposal
from diag_app.operations.rendering import page_picture
from diag_app.operations.review import add_comment
from diag_app.operations.roles import record_said, rule
from diag_app.operations.survey import record_survey_text, record_visit_day, save_participant
from diag_app.operations.workspace import Workspace, open_workspace


def main(directory: Path) -> None:
    told = json.loads(sys.stdin.readline())
    with open_workspace(directory, key=bytes.fromhex(told["key"])) as workspace:
        work(workspace, told, directory)
        say("open")
    say("closed")


def work(workspace: Workspace, told: dict[str, Any], directory: Path) -> None:
    """Use each way in which a value reaches the disk or a library that might put it there."""
    pictures = [base64.b64decode(text) for text in told["pictures"]]
    for place, name in enumerate(told["names"]):
        profile = EnterpriseProfile(name=name, address=told["addresses"][place], products=told["products"][place])
        enterprise = add_enterprise(workspace, profile).enterprise_id
        save_contact(workspace, enterprise, name=told["contacts"][place], role="厂长")
        assessment = start_assessment(workspace, enterprise)
        record_answer(workspace, assessment, "B1", ("A",))
        record_note(workspace, assessment, "B1", told["notes"][place])
        evidence = NewEvidence(
            name=told["files"][place], data=pictures[place], targets=("B1",), caption=told["captions"][place]
        )
        add_evidence_files(workspace, assessment, [evidence])
        (item,) = find_evidence(workspace, assessment)
        assert evidence_picture(workspace, item.evidence_id, 200)
        review(workspace, assessment, told, place)
        rotate_evidence(workspace, item.evidence_id, 1)
        annotate_evidence(
            workspace, item.evidence_id, [Mark(kind="text", points=((10, 10),), text=told["marks"][place])]
        )
        redact_evidence(workspace, item.evidence_id, [Box(left=0, top=0, right=200, bottom=200)])
        undo(workspace, enterprise)
        redo(workspace, enterprise)
        assert find_enterprises(workspace, name[2:5])
    assert page_picture(preview_proposal(workspace, assessment, "zh").pdf, 0, 1.0).rgb
    write_previsit(workspace, assessment, "zh", Path(told["bundle"]).with_name("handed-over.xlsx"))
    export_bundle(workspace, Path(told["bundle"]))
    create_backup(workspace, directory / "backups")
    assert check_workspace(workspace, read_data=True) == ()


def review(workspace: Workspace, assessment: str, told: dict[str, Any], place: int) -> None:
    """What others say: a comment, a role's answer and the ruling on it, who was there, what was found."""
    add_comment(workspace, assessment, "B1", told["comments"][place])
    record_said(workspace, assessment, "B1", workspace.roles[0].role_id, ("B",))
    rule(workspace, assessment, "B1", told["rulings"][place])
    save_participant(workspace, assessment, name=told["people"][place], role=told["roles"][place], side="firm")
    record_visit_day(workspace, assessment, "2026-03-09", place=told["places"][place])
    for which in ("agenda", "summary"):
        record_survey_text(workspace, assessment, which, told["visits"][place])


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
