"""What the journeys through a whole diagnosis share: what is shown by what, and what must be on the disk afterwards."""

from __future__ import annotations

from diag_app.operations.assessment import score_assessment
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.evidence import find_evidence
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.ui.conftest import ACTOR

SHOWN_BY = {  # question -> how many of the demonstration's pictures are added there
    "B1": 1, "B2": 1, "B3": 2, "B4": 2, "B5": 1, "B7": 1, "M1": 1, "M4": 1, "R1": 1, "R2": 1,
}  # fmt: skip


def check_on_disk(window: MainWindow) -> None:
    """Close the window; everything is there for somebody who opens the workspace later."""
    directory, assessment = window.session.workspace.directory, window.target.assessment_id
    assert assessment is not None
    window.close()
    with open_workspace(directory, actor=ACTOR, create=False) as workspace:
        card = score_assessment(workspace, assessment)
        assert (card.missing, card.level, card.completeness.rated) == ((), 2, 16)
        assert len(find_evidence(workspace, assessment)) == sum(SHOWN_BY.values()) == 12
        assert len(find_enterprises(workspace)) == 1


def has_evidence(page: DiagnosisPage, question: str, count: int) -> bool:
    """Return whether a question shows so many files."""
    return page.case is not None and len(page.case.evidence_of(question)) == count
