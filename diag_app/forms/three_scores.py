"""One set of answers scored three times: as claimed, as supported by evidence, as verified by a reviewer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from diag_app.forms.answers import Answers
from diag_app.forms.definition import Pack
from diag_app.forms.scorecard import Scorecard, SetAside
from diag_app.forms.scoring import score


@dataclass(frozen=True, kw_only=True)
class ThreeScores:
    """The same answers, counted more and more strictly.

    Attributes:
        claimed: every answer counts.
        supported: an answer counts when it has the evidence that the pack demands for it.
        verified: an answer counts when it is supported and a reviewer ticked it.
    """

    claimed: Scorecard
    supported: Scorecard
    verified: Scorecard


def three_scores(
    pack: Pack,
    answers: Answers,
    *,
    evidence: Mapping[str, int],
    ticked: Collection[str],
    claimed: Scorecard | None = None,
) -> ThreeScores:
    """Return the three scores; `evidence` counts pieces by question or scenario, `ticked` names what was verified.

    `claimed` is the score of these answers where it is known already.
    """
    claimed = claimed or score(pack, answers)
    needed = demanded(pack, answers, claimed)
    lacking: dict[str, SetAside] = {
        target: "no_evidence" for target, count in needed.items() if evidence.get(target, 0) < count
    }
    unverified: dict[str, SetAside] = {
        target: lacking.get(target, "not_ticked") for target in needed if target in lacking or target not in ticked
    }
    return ThreeScores(
        claimed=claimed, supported=score(pack, answers, lacking), verified=score(pack, answers, unverified)
    )


def demanded(pack: Pack, answers: Answers, claimed: Scorecard) -> dict[str, int]:
    """Return how many pieces of evidence each answer needs that earns something, in the order of the pack."""
    needed: dict[str, int] = {}
    for question in pack.questions:
        chosen = claimed.question(question.question_id).options
        earning = sum(option.points > 0 for option in question.options if option.key in chosen)
        if earning:
            needed[question.question_id] = pack.demands.of_question(question.question_id, earning)
    for scenario in pack.scenarios:
        answer = answers.scenarios.get(scenario.scenario_id)
        if answer is not None and answer.level:
            needed[scenario.scenario_id] = pack.demands.of_scenario(scenario.scenario_id)
    return needed
