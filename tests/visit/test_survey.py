"""The survey record in the store: consistent with the days visited, undone like everything else, part of the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from diag_app.errors import DiagError
from diag_app.operations.assessment import load_assessment
from diag_app.operations.evidence import find_evidence
from diag_app.operations.guide import load_guide, record_guide_tick, record_paper, render_guide, write_guide
from diag_app.operations.history import undo
from diag_app.operations.proposal import find_proposals, issue_proposal
from diag_app.operations.survey import (
    add_group_photo,
    load_survey,
    record_group_photo,
    record_survey_text,
    record_visit_day,
    remove_participant,
    remove_visit_day,
    save_participant,
)
from diag_app.paths import resource
from tests.visit.conftest import Case

PICTURE = resource("demo", "pictures", "06-cmm-report.jpg")


def test_days_stay_the_days_visited(case: Case) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    record_visit_day(workspace, assessment_id, "2026-03-13", start="9：00", end="11:30", place="会议室")
    record_visit_day(workspace, assessment_id, "2026-03-12")
    assert load_assessment(workspace, assessment_id).visited_on == ("2026-03-12", "2026-03-13")
    day = load_survey(workspace, assessment_id).days[1]
    assert (day.start, day.end, day.place) == ("09:00", "11:30", "会议室")
    remove_visit_day(workspace, assessment_id, "2026-03-13")
    assert load_assessment(workspace, assessment_id).visited_on == ("2026-03-12",)
    undo(workspace, case.enterprise_id)
    assert load_survey(workspace, assessment_id).days[1] == day


def test_people_texts_and_the_group_photo_are_recorded_and_taken_away(case: Case) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    save_participant(workspace, assessment_id, name="王强", role="厂长", side="firm")
    (person,) = load_survey(workspace, assessment_id).people
    save_participant(
        workspace, assessment_id, name="王强", role="总经理", side="firm", participant_id=person.participant_id
    )
    record_survey_text(workspace, assessment_id, "agenda", "开场\n走现场 ")
    add_group_photo(workspace, assessment_id, PICTURE, caption="合影")
    record = load_survey(workspace, assessment_id)
    (photo,) = find_evidence(workspace, assessment_id)
    assert (record.people[0].role, record.agenda, record.photo) == ("总经理", "开场\n走现场", photo.evidence_id)
    assert photo.targets == ()
    remove_participant(workspace, person.participant_id)
    record_group_photo(workspace, assessment_id, None)
    record_survey_text(workspace, assessment_id, "agenda", "")
    record = load_survey(workspace, assessment_id)
    assert (record.people, record.photo, record.agenda) == ((), None, "")


def test_one_undo_takes_the_group_photo_back_whole(case: Case) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    add_group_photo(workspace, assessment_id, PICTURE)
    undo(workspace, case.enterprise_id)
    assert (load_survey(workspace, assessment_id).photo, find_evidence(workspace, assessment_id)) == (None, ())


REFUSED: list[tuple[str, Any]] = [
    ("DATE_INVALID", lambda case: record_visit_day(case.workspace, case.assessment_id, "13.3.")),
    ("TIME_INVALID", lambda case: record_visit_day(case.workspace, case.assessment_id, "2026-03-13", start="25:00")),
    (
        "TIMES_TURNED",
        lambda case: record_visit_day(case.workspace, case.assessment_id, "2026-03-13", start="12:00", end="9:00"),
    ),
    (
        "PERSON_NAMELESS",
        lambda case: save_participant(case.workspace, case.assessment_id, name=" ", role="", side="firm"),
    ),
    (
        "SIDE_UNKNOWN",
        lambda case: save_participant(case.workspace, case.assessment_id, name="x", role="", side="city"),  # type: ignore[arg-type]
    ),
    ("SURVEY_TEXT_UNKNOWN", lambda case: record_survey_text(case.workspace, case.assessment_id, "poem", "x")),
    ("NOT_A_PICTURE", lambda case: record_group_photo(case.workspace, case.assessment_id, "none")),
    ("NOT_A_PICTURE", lambda case: add_group_photo(case.workspace, case.assessment_id, Path(__file__))),
    ("GUIDE_ITEM_UNKNOWN", lambda case: record_guide_tick(case.workspace, case.assessment_id, "nothing")),
    ("GUIDE_ITEM_UNKNOWN", lambda case: record_paper(case.workspace, case.assessment_id, "nothing", "ready")),
    ("GUIDE_ITEM_UNKNOWN", lambda case: render_guide(case.workspace, case.assessment_id, "zh", "a_week")),
    ("PAPER_STATE_UNKNOWN", lambda case: record_paper(case.workspace, case.assessment_id, "paper_licence", "lost")),
]


@pytest.mark.parametrize(("code", "act"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(case: Case, code: str, act: Any) -> None:
    before = case.workspace.store.entity(case.assessment_id)
    with pytest.raises(DiagError) as refused:
        act(case)
    assert refused.value.code == code
    assert case.workspace.store.entity(case.assessment_id) == before


def test_the_record_is_part_of_a_proposal_and_the_ticks_of_the_guide_are_not(case: Case, tmp_path: Path) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    issue_proposal(workspace, assessment_id, ("en",), tmp_path)
    record_guide_tick(workspace, assessment_id, "owner_spend")
    record_paper(workspace, assessment_id, "paper_licence", "ready", "copy")
    assert [item.is_superseded for item in find_proposals(workspace, assessment_id)] == [False]
    save_participant(workspace, assessment_id, name="王强", role="", side="firm")
    assert [item.is_superseded for item in find_proposals(workspace, assessment_id)] == [True]


def test_ticks_and_papers_are_kept_with_the_case_and_the_guide_is_printed(case: Case, tmp_path: Path) -> None:
    workspace, assessment_id = case.workspace, case.assessment_id
    record_guide_tick(workspace, assessment_id, "owner_spend")
    record_paper(workspace, assessment_id, "paper_licence", "ready", "copy")
    found = load_guide(workspace, assessment_id)
    assert found.done == {"owner_spend": "2024-06-03"}
    assert (found.papers["paper_licence"].state, found.papers["paper_licence"].remark) == ("ready", "copy")
    record_guide_tick(workspace, assessment_id, "owner_spend", is_done=False)
    record_paper(workspace, assessment_id, "paper_licence", None)
    assert (load_guide(workspace, assessment_id).done, load_guide(workspace, assessment_id).papers) == ({}, {})
    for language in ("zh", "en"):
        path = write_guide(workspace, assessment_id, language, tmp_path / f"{language}.pdf", "one_day")
        assert path.read_bytes().startswith(b"%PDF")
        assert render_guide(workspace, assessment_id, language).problems == ()
