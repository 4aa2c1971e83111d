"""Claimed, supported, verified: one engine over the same answers, and what each of them leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Demands
from diag_app.forms.score_json import three_scores_to_json
from diag_app.forms.scorecard import Reason
from diag_app.forms.scoring import score
from diag_app.forms.three_scores import ThreeScores, demanded, three_scores
from tests.forms.answer_sets import answer_sets
from tests.forms.packs import shipped_pack, small_pack
from tests.model.proposal.cases import demonstration

TICKED = ("B1", "B2", "B3", "B5")


def demo_evidence() -> list[tuple[str, ...]]:
    return [item.targets for item in demonstration().evidence]


def demo_scores(evidence: list[tuple[str, ...]], ticked: tuple[str, ...] = TICKED) -> ThreeScores:
    counts = Counter(target for targets in evidence for target in targets)
    return three_scores(shipped_pack(), demonstration().assessment.answers, evidence=counts, ticked=ticked)


def nodes(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield reason
        yield from nodes(reason.children)


def test_the_demonstration_factory_has_three_different_scores() -> None:
    scores = demo_scores(demo_evidence())
    assert (scores.claimed.score, scores.claimed.level) == (Decimal("50.70"), 2)
    assert (scores.supported.score, scores.supported.level) == (Decimal("42.75"), 2)
    assert (scores.verified.score, scores.verified.level) == (Decimal("18.00"), 0)
    assert dict(scores.supported.set_aside) == dict.fromkeys(("B4", "M2", "safety", "decision"), "no_evidence")


@pytest.mark.parametrize(("removed", "supported", "verified"), [
    (0, "-4.5", "-4.5"),    # the equipment list: B2 has no other file, B3 has two more
    (1, "0", "0"),          # the platform's screen: B3 keeps other files; of the scenarios only `equipment` falls
    (3, "-3.75", "0"),      # the network plan: B7 falls, B1 keeps the photo
    (4, "-5", "-5"),        # the list of modules: B5 falls in both
    (5, "0", "0"),          # a measuring report: the other file of `quality` holds it
    (9, "-6.5", "0"),       # the two-year statement: R2 and R3 fall, R1 keeps the meter; R4 and M4 earn nothing
    (11, "-7.5", "0"),      # the project board: M1 and M3
])  # fmt: skip
def test_removing_one_file_lowers_exactly_the_scores_it_should(removed: int, supported: str, verified: str) -> None:
    whole = demo_evidence()
    before, after = demo_scores(whole), demo_scores(whole[:removed] + whole[removed + 1 :])
    assert after.claimed == before.claimed
    assert after.supported.score - before.supported.score == Decimal(supported)
    assert after.verified.score - before.verified.score == Decimal(verified)


def test_a_scenario_without_its_only_file_counts_as_level_0() -> None:
    whole = demo_evidence()
    before, after = demo_scores(whole), demo_scores(whole[:10] + whole[11:])  # the warehouse shelves
    assert after.supported.at_or_above[1] == before.supported.at_or_above[1] - 1
    assert after.supported.set_aside["warehouse_logistics"] == "no_evidence"


def test_what_is_set_aside_says_why_in_the_reasons() -> None:
    scores = demo_scores(demo_evidence())
    said = {reason.clause: (reason.detail, reason.value) for reason in nodes(scores.verified.reasons)}
    assert said["questions.B4.no_evidence"] == (" + ".join(scores.claimed.question("B4").options), 0)
    assert said["questions.R1.not_ticked"] == ("C", 0)
    assert said["scenarios.safety.no_evidence"] == ("1", 0)
    assert said["scenarios.quality.not_ticked"] == ("3", 0)
    assert "questions.B6.missing" in said
    assert not any(clause.endswith(("no_evidence", "not_ticked")) for clause in {
        reason.clause for reason in nodes(scores.claimed.reasons)
    })  # fmt: skip


def test_what_is_set_aside_is_no_question_without_answer() -> None:
    assert demo_scores([], ()).verified.missing == ("B6",)


def test_a_pack_may_demand_a_file_for_each_option_or_a_number_by_id() -> None:
    pack = small_pack()
    answers = Answers(
        options={"Q1": ("B", "C"), "Q2": ("B",)},
        scenarios={
            "starred": ScenarioAnswer(level=1),
            "plain": ScenarioAnswer(level=2),
        },
    )
    assert demanded(pack, answers, score(pack, answers)) == {"Q1": 2, "Q2": 1, "starred": 1, "plain": 2}
    scores = three_scores(pack, answers, evidence={"Q1": 1, "Q2": 1, "plain": 2}, ticked=())
    assert dict(scores.supported.set_aside) == {"Q1": "no_evidence", "starred": "no_evidence"}


def test_an_answer_that_earns_nothing_needs_neither_evidence_nor_tick() -> None:
    answers = Answers(
        options={"Q1": ("A",)},
        scenarios={"starred": ScenarioAnswer(level=0), "plain": ScenarioAnswer(not_applicable="bought in")},
    )
    pack = small_pack()
    assert demanded(pack, answers, score(pack, answers)) == {}
    assert three_scores(pack, answers, evidence={}, ticked=()).verified.set_aside == {}


def test_nothing_is_demanded_where_a_pack_does_not_say_so() -> None:
    assert (Demands().of_question("Q1", 3), Demands().of_scenario("plain")) == (0, 0)


def test_the_score_object_holds_the_three_scores_beside_its_fixed_keys() -> None:
    said = three_scores_to_json(demo_scores(demo_evidence()))
    assert said["score"] == said["standings"]["claimed"]["score"] == "50.7"
    assert {kind: item["score"] for kind, item in said["standings"].items()} == {
        "claimed": "50.7",
        "supported": "42.75",
        "verified": "18",
    }
    assert said["standings"]["supported"]["set_aside"]["B4"] == "no_evidence"


@given(data=st.data())
def test_stricter_never_counts_more(data: st.DataObject) -> None:
    pack = shipped_pack()
    answers = data.draw(answer_sets())
    targets = [item.question_id for item in pack.questions] + [item.scenario_id for item in pack.scenarios]
    evidence = data.draw(st.dictionaries(st.sampled_from(targets), st.integers(0, 3)))
    ticked = data.draw(st.sets(st.sampled_from(targets)))
    scores = three_scores(pack, answers, evidence=evidence, ticked=ticked)
    assert scores.claimed == score(pack, answers)
    assert scores.claimed.score >= scores.supported.score >= scores.verified.score
    assert scores.claimed.level >= scores.supported.level >= scores.verified.level
    everything = three_scores(pack, answers, evidence=dict.fromkeys(targets, 9), ticked=targets)
    assert everything.verified == everything.claimed
