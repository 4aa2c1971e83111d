"""The level rule: its published vectors, on bare counts and through whole answers files."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.forms.answers_file import parse_answers
from diag_app.forms.scoring import level_of, score
from tests.forms.packs import shipped_pack

ANSWERS = Path(__file__).parents[1] / "data" / "answers"

# file · score · levels of the constrained scenarios · levels of the guiding ones · level
VECTORS = """
forty            40    2220000000 222000  2
below_forty      39.9  2220000000 222000  1
few_constrained  90    2200000000 444444  0
five_constrained 85    4444430000 444440  3
all_four         80    4444440000 444400  4
low_score        19    4444444444 444444  0
"""


def vectors() -> list[tuple[str, Decimal, list[int], list[int], int]]:
    rows = [line.split() for line in VECTORS.strip().splitlines()]
    return [(row[0], Decimal(row[1]), [*map(int, row[2])], [*map(int, row[3])], int(row[4])) for row in rows]


def counts(levels: Sequence[int]) -> dict[int, int]:
    return {level: len([reached for reached in levels if reached >= level]) for level in range(1, 5)}


@pytest.mark.parametrize(("name", "points", "constrained", "guiding", "level"), vectors())
def test_published_vectors(name: str, points: Decimal, constrained: list[int], guiding: list[int], level: int) -> None:
    rule = shipped_pack().level_rule
    assert level_of(rule, points, counts(constrained + guiding), counts(constrained)) == level


@pytest.mark.parametrize(("name", "points", "constrained", "guiding", "level"), vectors())
def test_answers_files_reach_the_published_scores_exactly(
    name: str, points: Decimal, constrained: list[int], guiding: list[int], level: int
) -> None:
    """All six scores can be reached exactly; 39.9 by seven links of 0.7 points in B4."""
    pack = shipped_pack()
    answers = parse_answers((ANSWERS / f"{name}.json").read_bytes(), pack, location=name)
    card = score(pack, answers)
    assert (card.score, card.level, card.missing) == (points, level, ())
    assert card.at_or_above == counts(constrained + guiding)
    assert card.constrained_at_or_above == counts(constrained)


levels = st.lists(st.integers(0, 4), min_size=16, max_size=16)


@given(st.decimals(0, 100, places=3), levels)
def test_the_level_is_the_highest_whose_three_conditions_hold(points: Decimal, reached: list[int]) -> None:
    """The rule once more, from its sentence and with its numbers spelled out."""
    table = {1: (20, 6, 3), 2: (40, 6, 3), 3: (60, 8, 5), 4: (80, 10, 6)}
    starred = reached[:10]
    holding = [
        level
        for level, (bound, scenarios, constrained) in table.items()
        if points >= bound
        and sum(1 for item in reached if item >= level) >= scenarios
        and sum(1 for item in starred if item >= level) >= constrained
    ]
    found = level_of(shipped_pack().level_rule, points, counts(reached), counts(starred))
    assert found == (holding[-1] if holding else 0)
