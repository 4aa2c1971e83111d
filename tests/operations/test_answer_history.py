"""Every value an answer had, who gave it and when; undo and redo across questions and restarts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.forms.answers import ScenarioAnswer
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.ops import ValueState
from diag_app.operations.assessment import (
    load_assessment,
    record_answer,
    record_note,
    record_number,
    record_scenario,
    start_assessment,
)
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import (
    NewEvidence,
    add_evidence_files,
    link_evidence,
    remove_evidence,
    unlink_evidence,
)
from diag_app.operations.history import answer_history, next_redo, redo, undo
from diag_app.operations.review import tick, untick
from diag_app.operations.roles import record_said
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock


def told(workspace: Workspace, assessment_id: str, target: str) -> list[tuple[str, str, object]]:
    """The events as (operation, kind, value), the oldest first."""
    return [
        (item.operation, item.kind, item.value) for item in reversed(answer_history(workspace, assessment_id, target))
    ]


def test_each_value_stands_with_its_author_time_and_operation(workspace: Workspace, assessment_id: str) -> None:
    record_answer(workspace, assessment_id, "B3", ("D",))
    record_number(workspace, assessment_id, "equipment_total", Decimal(120))
    record_note(workspace, assessment_id, "B3", "清点过")
    record_said(workspace, assessment_id, "B3", "owner", ("E",))
    record_answer(workspace, assessment_id, "B3", ())
    record_answer(workspace, assessment_id, "B1", ("B",))  # another question
    undo(workspace)
    undo(workspace)
    assert told(workspace, assessment_id, "B3") == [
        ("record_answer", "answer", {"options": ["D"]}),
        ("record_number", "figure", "120"),
        ("record_note", "note", "清点过"),
        ("record_said", "said", {"options": ["E"]}),
        ("record_answer", "answer", None),
        ("undo", "answer", {"options": ["D"]}),
    ]
    newest, *_, oldest = answer_history(workspace, assessment_id, "B3")
    assert newest.at > oldest.at
    assert oldest.actor == "甲 · 乙 · 丙"
    subjects = {item.kind: item.subject for item in answer_history(workspace, assessment_id, "B3")}
    assert subjects == {"answer": "", "said": "owner", "note": "", "figure": "equipment_total"}


def test_evidence_comes_and_goes_in_the_history(workspace: Workspace, assessment_id: str) -> None:
    record_scenario(workspace, assessment_id, "quality", ScenarioAnswer(level=2))
    first, second = (
        item.evidence_id
        for item in add_evidence_files(
            workspace,
            assessment_id,
            [
                NewEvidence(name="a.txt", data=b"a", targets=("quality",)),
                NewEvidence(name="b.txt", data=b"b", targets=("B1",)),
            ],
        )
    )
    tick(workspace, assessment_id, "quality")
    untick(workspace, assessment_id, "quality")
    link_evidence(workspace, second, "quality")
    unlink_evidence(workspace, second, "quality")
    remove_evidence(workspace, first)
    undo(workspace)
    events = list(reversed(answer_history(workspace, assessment_id, "quality")))
    assert [(item.kind, item.subject) for item in events] == [
        ("level", ""),
        ("evidence_added", first),
        ("tick", ""),
        ("tick", ""),
        ("evidence_added", second),
        ("evidence_removed", second),
        ("evidence_removed", first),
        ("evidence_added", first),
    ]
    assert [item.value is None for item in events if item.kind == "tick"] == [False, True]


def test_a_new_version_of_a_file_is_told(workspace: Workspace, assessment_id: str) -> None:
    (added,) = add_evidence_files(workspace, assessment_id, [NewEvidence(name="a.txt", data=b"a", targets=("B1",))])
    case = workspace.store.entity(assessment_id).case
    sha256 = workspace.store.put_blob(b"turned")
    with workspace.store.operation("rotate", case) as operation:
        file = workspace.store.entity(added.evidence_id).value("file")
        operation.set(added.evidence_id, "file", {**file, "sha256": sha256})
    assert [item.kind for item in answer_history(workspace, assessment_id, "B1")] == ["file", "evidence_added"]


def test_an_erased_value_stays_a_line_without_its_words(workspace: Workspace, assessment_id: str) -> None:
    record_note(workspace, assessment_id, "B1", "secret words")
    workspace.store.redact(assessment_id, "note:B1", reason="asked for", with_issued=False)
    events = answer_history(workspace, assessment_id, "B1")
    assert [(item.kind, item.value_state) for item in events][-1] == ("note", ValueState.REDACTED)
    assert "secret" not in repr(events)


def test_an_unknown_place_has_no_history(workspace: Workspace, assessment_id: str) -> None:
    with pytest.raises(DiagError) as caught:
        answer_history(workspace, assessment_id, "Z9")
    assert caught.value.code == "TARGET_UNKNOWN"


def test_what_a_colleague_recorded_is_told_with_their_name(tmp_path: Path) -> None:
    def laptop(name: str) -> Workspace:
        return open_workspace(tmp_path / name, actor=Actor(name=name, firm="", device=""), clock=FixedClock())

    with laptop("one") as one, laptop("two") as two:
        case = add_enterprise(one, EnterpriseProfile(name="厂")).enterprise_id
        assessment_id = start_assessment(one, case)
        record_answer(one, assessment_id, "B3", ("D",))
        import_bundle(two, export_bundle(one, tmp_path / "a.zip").path)
        record_answer(two, assessment_id, "B3", ("E",))
        import_bundle(one, export_bundle(two, tmp_path / "b.zip").path)
        assert [(item.actor, item.value) for item in answer_history(one, assessment_id, "B3")] == [
            ("two", {"options": ["E"]}),
            ("one", {"options": ["D"]}),
        ]


def test_undo_and_redo_walk_back_over_questions_and_restarts(tmp_path: Path, clock: FixedClock) -> None:
    """Each step is taken by a program started anew; what was undone comes back in the same order."""
    home = tmp_path / "home"

    def opened() -> Workspace:
        return open_workspace(home, clock=clock)

    with opened() as workspace:
        case = add_enterprise(workspace, EnterpriseProfile(name="厂")).enterprise_id
        assessment_id = start_assessment(workspace, case)
        record_answer(workspace, assessment_id, "B1", ("B",))
        record_scenario(workspace, assessment_id, "quality", ScenarioAnswer(level=3))
        record_answer(workspace, assessment_id, "M1", ("D",))
        record_answer(workspace, assessment_id, "B1", ("B", "C"))
    states = []
    for step in (undo, undo, undo, undo, redo, redo, redo, redo):
        with opened() as workspace:
            step(workspace, case)
            answers = load_assessment(workspace, assessment_id).answers
            states.append((dict(answers.options), {key: item.level for key, item in answers.scenarios.items()}))
    before = [
        ({"B1": ("B",), "M1": ("D",)}, {"quality": 3}),
        ({"B1": ("B",)}, {"quality": 3}),
        ({"B1": ("B",)}, {}),
        ({}, {}),
    ]
    after = [*reversed(before[:3]), ({"B1": ("B", "C"), "M1": ("D",)}, {"quality": 3})]
    assert states == before + after
    with opened() as workspace:
        assert next_redo(workspace, case) is None
        assert len(answer_history(workspace, assessment_id, "B1")) == 6
