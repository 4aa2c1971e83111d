"""What reviewers and roles say of answers: what holds, what lapses, and when an assessment is complete."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from diag_app.errors import DiagError
from diag_app.forms.answers import ScenarioAnswer
from diag_app.forms.answers_file import parse_answers
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.review import ReviewState, Ruling, Said
from diag_app.operations import history
from diag_app.operations.assessment import (
    load_assessment,
    record_answer,
    record_answers,
    record_number,
    record_scenario,
    start_assessment,
)
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.completion import complete_assessment, open_points
from diag_app.operations.contradictions import overrule_finding, rule_sets
from diag_app.operations.demo import fill_demo
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import (
    NewEvidence,
    add_evidence_files,
    find_evidence,
    link_evidence,
    remove_evidence,
    unlink_evidence,
)
from diag_app.operations.review import (
    add_comment,
    find_comments,
    load_review,
    reopen_comment,
    report_correction,
    resolve_comment,
    return_for_correction,
    score_three_ways,
    tick,
    untick,
)
from diag_app.operations.roles import find_views, record_said, rule
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

ALL_EVIDENCE = ("B1", "B2", "B3", "quality")


def picture(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 90, 90)).save(file, "PNG")
    return file.getvalue()


def answer_all(workspace: Workspace, assessment_id: str) -> str:
    """Answer four with one picture for all of them, and return the picture's id."""
    record_answer(workspace, assessment_id, "B1", ("B", "C"))
    for number_id, value in (("equipment_total", "120"), ("equipment_digital", "66"), ("equipment_networked", "50")):
        record_number(workspace, assessment_id, number_id, Decimal(value))
    record_scenario(workspace, assessment_id, "quality", ScenarioAnswer(level=3))
    (added,) = add_evidence_files(
        workspace, assessment_id, [NewEvidence(name="one.png", data=picture(1), targets=ALL_EVIDENCE)]
    )
    return added.evidence_id


def held(workspace: Workspace, assessment_id: str) -> set[str]:
    return {item.target for item in load_review(workspace, assessment_id).ticks if item.holds}


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(DiagError) as caught:
        call()
    return caught.value.code


def test_a_tick_names_who_gave_it_and_counts_in_the_verified_score(workspace: Workspace, assessment_id: str) -> None:
    answer_all(workspace, assessment_id)
    before = score_three_ways(workspace, assessment_id)
    tick(workspace, assessment_id, "B3")
    after = score_three_ways(workspace, assessment_id)
    given_tick = load_review(workspace, assessment_id).tick_of("B3")
    assert given_tick is not None
    assert (given_tick.by, given_tick.at[:10], given_tick.holds) == ("甲", "2024-06-03", True)
    assert (before.verified.score, after.verified.score) == (Decimal(0), Decimal("4.5"))
    assert after.claimed == before.claimed
    untick(workspace, assessment_id, "B3")
    assert score_three_ways(workspace, assessment_id).verified.score == 0


@pytest.mark.parametrize(("change", "lapsed", "back"), [
    (lambda w, a, e: record_answer(w, a, "B1", ("B",)), {"B1"}, {"B1"}),
    (lambda w, a, e: record_answer(w, a, "B3", ("E",)), {"B3"}, {"B3"}),
    (lambda w, a, e: record_scenario(w, a, "quality", ScenarioAnswer(level=2)), {"quality"}, {"quality"}),
    (lambda w, a, e: record_scenario(w, a, "quality", ScenarioAnswer(not_applicable="no")), {"quality"}, {"quality"}),
    (lambda w, a, e: unlink_evidence(w, e, "B2"), {"B2"}, {"B2"}),
    (lambda w, a, e: remove_evidence(w, e), {*ALL_EVIDENCE}, {*ALL_EVIDENCE}),
    (lambda w, a, e: add_evidence_files(w, a, [NewEvidence(name="b", data=b"2", targets=("B1",))]), {"B1"}, {"B1"}),
    # A figure put back is recorded anew, and is looked at again.
    (lambda w, a, e: record_number(w, a, "equipment_networked", Decimal(51)), {"B3"}, set()),
    (lambda w, a, e: record_number(w, a, "equipment_total", Decimal(121)), {"B2", "B3"}, set()),
    (lambda w, a, e: record_answer(w, a, "M1", ("D",)), set(), set()),
])  # fmt: skip
def test_a_tick_lapses_when_its_answer_or_evidence_changes(
    workspace: Workspace, assessment_id: str, change: Callable[..., object], lapsed: set[str], back: set[str]
) -> None:
    evidence_id = answer_all(workspace, assessment_id)
    for target in ALL_EVIDENCE:
        tick(workspace, assessment_id, target)
    change(workspace, assessment_id, evidence_id)
    assert held(workspace, assessment_id) == {*ALL_EVIDENCE} - lapsed
    history.undo(workspace)
    assert held(workspace, assessment_id) == {*ALL_EVIDENCE} - (lapsed - back)


def test_a_lapsed_tick_can_be_given_again(workspace: Workspace, assessment_id: str) -> None:
    answer_all(workspace, assessment_id)
    tick(workspace, assessment_id, "B1")
    record_answer(workspace, assessment_id, "B1", ("B",))
    assert held(workspace, assessment_id) == set()
    tick(workspace, assessment_id, "B1")
    assert held(workspace, assessment_id) == {"B1"}


def test_only_an_answer_with_the_evidence_it_needs_is_ticked(workspace: Workspace, assessment_id: str) -> None:
    evidence_id = answer_all(workspace, assessment_id)
    record_answer(workspace, assessment_id, "M1", ("D",))
    record_answer(workspace, assessment_id, "M2", ("A",))
    assert refused(lambda: tick(workspace, assessment_id, "B6")) == "TICK_NO_ANSWER"
    assert refused(lambda: tick(workspace, assessment_id, "safety")) == "TICK_NO_ANSWER"
    assert refused(lambda: tick(workspace, assessment_id, "M1")) == "TICK_NO_EVIDENCE"
    assert refused(lambda: tick(workspace, assessment_id, "Z9")) == "TARGET_UNKNOWN"
    tick(workspace, assessment_id, "M2")  # earns nothing: nothing to prove
    link_evidence(workspace, evidence_id, "M1")
    tick(workspace, assessment_id, "M1")
    assert held(workspace, assessment_id) == {"M1", "M2"}


def test_roles_that_differ_need_a_ruling_with_a_reason(workspace: Workspace, assessment_id: str) -> None:
    answer_all(workspace, assessment_id)
    record_said(workspace, assessment_id, "B3", "production", ("D",))
    assert find_views(workspace, assessment_id)[0].differ is False
    assert refused(lambda: rule(workspace, assessment_id, "B3", "why")) == "NOTHING_TO_RULE"
    record_said(workspace, assessment_id, "B3", "owner", ("E",))
    (views,) = find_views(workspace, assessment_id)
    assert (views.agreed, views.agreeing, views.is_open) == (("D",), 1, True)
    assert views.said == (Said(role_id="owner", position=("E",)), Said(role_id="production", position=("D",)))
    assert refused(lambda: rule(workspace, assessment_id, "B3", "  ")) == "REASON_NEEDED"
    rule(workspace, assessment_id, "B3", "以现场清点为准")
    (views,) = find_views(workspace, assessment_id)
    assert views.ruling is not None
    assert (views.ruling.reason, views.ruling.by, views.is_open) == ("以现场清点为准", "甲", False)
    assert load_assessment(workspace, assessment_id).answers.options == {
        "B1": ("B", "C")
    }  # D still follows from figures


@pytest.mark.parametrize("change", [
    lambda w, a: record_said(w, a, "B3", "quality", ("C",)),
    lambda w, a: record_said(w, a, "B3", "owner", ("C",)),
    lambda w, a: record_answer(w, a, "B3", ("C",)),
    lambda w, a: record_number(w, a, "equipment_networked", Decimal(120)),
])  # fmt: skip
def test_a_ruling_lapses_when_somebody_says_something_else(
    workspace: Workspace, assessment_id: str, change: Callable[..., object]
) -> None:
    answer_all(workspace, assessment_id)
    record_said(workspace, assessment_id, "B3", "owner", ("B",))
    rule(workspace, assessment_id, "B3", "counted")
    change(workspace, assessment_id)
    assert find_views(workspace, assessment_id)[0].is_open
    history.undo(workspace)
    assert not find_views(workspace, assessment_id)[0].is_open


def test_a_ruling_may_settle_on_another_answer_in_the_same_step(workspace: Workspace, assessment_id: str) -> None:
    record_said(workspace, assessment_id, "quality", "owner", ("3",))
    record_said(workspace, assessment_id, "quality", "quality", ("2",))
    assert refused(lambda: rule(workspace, assessment_id, "quality", "seen")) == "RULING_NO_ANSWER"
    rule(workspace, assessment_id, "quality", "seen", position=("2",))
    assert load_assessment(workspace, assessment_id).answers.scenarios == {"quality": ScenarioAnswer(level=2)}
    history.undo(workspace)
    assert load_assessment(workspace, assessment_id).answers.scenarios == {}
    record_said(workspace, assessment_id, "B1", "owner", ("C", "B"))
    rule(workspace, assessment_id, "B1", "seen", position=("B",))
    assert load_assessment(workspace, assessment_id).answers.options == {"B1": ("B",)}


@pytest.mark.parametrize(("say", "code"), [
    (("B3", "baker", ("D",)), "ROLE_UNKNOWN"),
    (("Z9", "owner", ("D",)), "TARGET_UNKNOWN"),
    (("B3", "owner", ("Z",)), "OPTION_UNKNOWN"),
    (("B3", "owner", ("A", "B")), "OPTION_ONE_ONLY"),
    (("quality", "owner", ("5",)), "LEVEL_UNKNOWN"),
    (("quality", "owner", ("high",)), "LEVEL_UNKNOWN"),
    (("quality", "owner", ("1", "2")), "LEVEL_UNKNOWN"),
])  # fmt: skip
def test_what_nobody_can_have_said_is_refused(
    workspace: Workspace, assessment_id: str, say: tuple[str, str, tuple[str, ...]], code: str
) -> None:
    before = workspace.store.version_vector()
    assert refused(lambda: record_said(workspace, assessment_id, *say)) == code
    assert workspace.store.version_vector() == before


def test_what_a_role_said_can_be_taken_back(workspace: Workspace, assessment_id: str) -> None:
    record_said(workspace, assessment_id, "B3", "owner", ("E",))
    record_said(workspace, assessment_id, "B3", "owner", ())
    record_said(workspace, assessment_id, "quality", "owner", ("2",))
    record_said(workspace, assessment_id, "quality", "owner", ())
    assert find_views(workspace, assessment_id) == ()


def test_comments_are_settled_opened_again_and_undone(workspace: Workspace, assessment_id: str) -> None:
    first = add_comment(workspace, assessment_id, "B4", "哪天的数据？")
    add_comment(workspace, assessment_id, "quality", "报告呢？")
    resolve_comment(workspace, first)
    one, two = find_comments(workspace, assessment_id)
    assert (one.target, one.text, one.by, one.is_resolved, one.resolved_by) == ("B4", "哪天的数据？", "甲", True, "甲")
    assert (two.is_resolved, load_review(workspace, assessment_id).comments_of("quality")) == (False, (two,))
    reopen_comment(workspace, first)
    assert not find_comments(workspace, assessment_id)[0].is_resolved
    for _ in range(3):
        history.undo(workspace)
    assert [item.text for item in find_comments(workspace, assessment_id)] == ["哪天的数据？"]
    assert refused(lambda: add_comment(workspace, assessment_id, "B4", " \n")) == "COMMENT_EMPTY"
    assert refused(lambda: add_comment(workspace, assessment_id, "Z9", "x")) == "TARGET_UNKNOWN"


def test_completing_is_refused_with_every_open_point_and_changes_nothing(
    workspace: Workspace, assessment_id: str
) -> None:
    answer_all(workspace, assessment_id)
    record_said(workspace, assessment_id, "B3", "owner", ("E",))
    record_said(workspace, assessment_id, "quality", "owner", ("4",))
    return_for_correction(workspace, assessment_id, "B4 has no evidence")
    with pytest.raises(DiagError) as caught:
        complete_assessment(workspace, assessment_id)
    assert (caught.value.code, caught.value.location) == ("COMPLETION_BLOCKED", "B3, quality")
    assert [(item.code, item.location) for item in caught.value.problems] == [
        ("DISAGREEMENT_OPEN", "B3"),
        ("DISAGREEMENT_OPEN", "quality"),
        ("CORRECTION_OPEN", assessment_id),
    ]
    assert load_assessment(workspace, assessment_id).status == "in_progress"
    rule(workspace, assessment_id, "B3", "counted")
    rule(workspace, assessment_id, "quality", "seen")
    report_correction(workspace, assessment_id, "added")
    assert open_points(workspace, assessment_id) == ()
    complete_assessment(workspace, assessment_id)
    assert load_assessment(workspace, assessment_id).status == "completed"


def test_a_completed_assessment_that_is_returned_is_in_progress_again(workspace: Workspace, assessment_id: str) -> None:
    assert load_review(workspace, assessment_id).state == ReviewState()
    complete_assessment(workspace, assessment_id)
    assert refused(lambda: report_correction(workspace, assessment_id)) == "NOT_RETURNED"
    assert refused(lambda: return_for_correction(workspace, assessment_id, "")) == "REASON_NEEDED"
    return_for_correction(workspace, assessment_id, "B4")
    state = load_review(workspace, assessment_id).state
    assert (state.step, state.note, state.by) == ("returned", "B4", "甲")
    assert load_assessment(workspace, assessment_id).status == "in_progress"
    assert refused(lambda: complete_assessment(workspace, assessment_id)) == "COMPLETION_BLOCKED"
    report_correction(workspace, assessment_id)
    assert load_review(workspace, assessment_id).state.step == "corrected"


def test_the_demonstration_factory_is_reviewed_ruled_and_can_be_completed(workspace: Workspace) -> None:
    assessment_id = fill_demo(workspace)
    review = load_review(workspace, assessment_id, "en")
    scores = review.scores
    assert [str(card.score) for card in (scores.claimed, scores.supported, scores.verified)] == [
        "50.700", "42.75", "18.0",
    ]  # fmt: skip
    assert {item.by for item in review.ticks} == {"示例复核员 Demo Reviewer"}
    (views,) = [item for item in review.views if item.differ]
    assert isinstance(views.ruling, Ruling)
    assert views.ruling.reason.startswith("The count on the floor")
    rule(workspace, assessment_id, "B3", "新理由")
    again = load_review(workspace, assessment_id, "en").views_of("B3")
    assert again is not None
    assert again.ruling is not None
    assert again.ruling.reason == "新理由"  # not the English words of the ruling before
    complete_assessment(workspace, assessment_id)


def test_removing_one_file_of_the_demonstration_lowers_exactly_what_it_should(workspace: Workspace) -> None:
    assessment_id = fill_demo(workspace)
    before = score_three_ways(workspace, assessment_id)
    modules = next(item for item in find_evidence(workspace, assessment_id) if item.name == "05-system-menu.png")
    remove_evidence(workspace, modules.evidence_id)
    after = score_three_ways(workspace, assessment_id)
    assert after.claimed == before.claimed
    assert before.supported.score - after.supported.score == 5  # B5
    assert before.verified.score - after.verified.score == 5
    fallen = set(after.supported.set_aside) - set(before.supported.set_aside)
    assert fallen == {"B5", "product_design", "process_design", "marketing", "procurement", "finance", "hr", "office"}


Act = tuple[str, str, str]
ACTS = st.tuples(
    st.sampled_from(["say", "tick", "comment"]),
    st.sampled_from(["owner", "production", "quality"]),
    st.sampled_from(["B", "C", "D", "E"]),
)


TICKED_BY = {"owner": "B1", "production": "B2", "quality": "quality"}


def do(workspace: Workspace, assessment_id: str, act: Act) -> None:
    kind, role_id, key = act
    if kind == "say":
        record_said(workspace, assessment_id, "B3", role_id, (key,))
    elif kind == "tick":
        tick(workspace, assessment_id, TICKED_BY[role_id])
    else:
        add_comment(workspace, assessment_id, "B3", f"{workspace.actor.name} {role_id} {key}")


@settings(max_examples=12, deadline=None)
@given(here=st.lists(ACTS, max_size=4), there=st.lists(ACTS, max_size=4))
def test_two_laptops_lose_nothing_of_what_was_said_ticked_and_remarked(
    tmp_path_factory: pytest.TempPathFactory, here: list[Act], there: list[Act]
) -> None:
    home = tmp_path_factory.mktemp("laptops")
    with open_laptop(home / "one", "甲") as one, open_laptop(home / "two", "丁") as two:
        assessment_id = start_answered(one)
        hand(one, two, home / "out.zip")
        for act in here:
            do(one, assessment_id, act)
        for act in there:
            do(two, assessment_id, act)
        hand(one, two, home / "there.zip")
        hand(two, one, home / "back.zip")
        assert load_review(one, assessment_id) == load_review(two, assessment_id)
        review = load_review(one, assessment_id)
        last = [{act[1]: act[2] for act in acts if act[0] == "say"} for acts in (here, there)]
        said = {(item.role_id, item.position) for views in review.views for item in views.said}
        assert said >= {(role, (key,)) for acts in last for role, key in acts.items()}
        assert len(review.comments) == sum(act[0] == "comment" for act in (*here, *there))
        ticked = {TICKED_BY[act[1]] for act in (*here, *there) if act[0] == "tick"}
        assert {item.target for item in review.ticks if item.holds} == ticked


def open_laptop(home: Path, name: str) -> Workspace:
    return open_workspace(home, actor=Actor(name=name, firm="乙", device=name), clock=FixedClock())


def start_answered(workspace: Workspace) -> str:
    assessment_id = start_assessment(workspace, add_enterprise(workspace, EnterpriseProfile(name="厂")).enterprise_id)
    answer_all(workspace, assessment_id)
    return assessment_id


def hand(sender: Workspace, receiver: Workspace, path: Path) -> None:
    import_bundle(receiver, export_bundle(sender, path).path)


def test_an_error_by_the_rules_blocks_until_it_is_explained(workspace: Workspace, assessment_id: str) -> None:
    record_answer(workspace, assessment_id, "B1", ("B",))
    errors = [
        rule for found in rule_sets(workspace, workspace.pack()) for rule in found.rules if rule.severity == "error"
    ]
    document = json.dumps({"pack": "miit-sme-2024", **errors[0].fires_on}).encode()
    answers = parse_answers(document, workspace.pack(), location="rule")
    record_answers(workspace, assessment_id, answers)
    with pytest.raises(DiagError) as caught:
        complete_assessment(workspace, assessment_id)
    (open_point,) = caught.value.problems
    assert (open_point.code, open_point.location.endswith(errors[0].rule_id)) == ("CONTRADICTION_OPEN", True)
    overrule_finding(workspace, assessment_id, open_point.location, "seen on site")
    complete_assessment(workspace, assessment_id)
