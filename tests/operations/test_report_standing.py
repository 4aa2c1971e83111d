"""What is warned of before a report is issued that its case does not bear out."""

from __future__ import annotations

from pathlib import Path

import pytest

from diag_app.clock import SystemClock
from diag_app.errors import DiagError, Problem, Severity
from diag_app.forms.answers import Answers
from diag_app.model.edition import Edition
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answers, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.need import NeedFields, add_need
from diag_app.operations.proposal import check_proposal
from diag_app.operations.workspace import Workspace, open_workspace
from tests.model.proposal.cases import best_answers, pack, rated

WARNED = ("REPORT_THIN", "NEED_TARGET_REACHED")


def warnings(workspace: Workspace, assessment_id: str, kind: str) -> list[Problem]:
    found = check_proposal(workspace, assessment_id, "zh", Edition(kind=kind))
    return [problem for problem in found if problem.code in WARNED]


def test_few_answers_and_needs_that_are_met_are_warned_of_where_they_are_printed(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "home", clock=SystemClock()) as workspace:
        firm = add_enterprise(workspace, EnterpriseProfile(name="新源五金")).enterprise_id
        case = start_assessment(workspace, firm)
        thin = warnings(workspace, case, "summary")
        assert [(item.code, item.severity) for item in thin] == [("REPORT_THIN", Severity.WARNING)]
        assert thin[0].parameters == {
            "unanswered": "15", "questions": "15", "unrated": "16", "scenarios": "16", "origin": "diagnosis",
        }  # fmt: skip
        assert not warnings(workspace, case, "visit")
        with pytest.raises(DiagError, match="REPORT_EMPTY"):
            check_proposal(workspace, case, "zh", Edition(kind="evidence"))
        record_answers(workspace, case, Answers(options=best_answers().options, scenarios=rated(2)))
        assert not warnings(workspace, case, "summary")
        form = pack().need_forms[0].form_id
        for level in (None, 1, 2, 3):
            add_need(workspace, case, form, NeedFields(title=f"到{level}级", target_level=level))
        for kind in ("summary", "proposal"):
            met = warnings(workspace, case, kind)
            assert [item.location for item in met] == ["N-02 到1级", "N-03 到2级"]
            assert {item.severity for item in met} == {Severity.WARNING}
            assert all(item.parameters["origin"].startswith("need:") for item in met)
