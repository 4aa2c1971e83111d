from __future__ import annotations

from decimal import Decimal

import pytest
from highspy import HighsModelStatus

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.measures import LevelRaise, Measure, NeedsMeasure, Raises
from diag_app.planning.path import Wish
from diag_app.planning.programme import INFINITE, Programme, Row
from diag_app.planning.shortfall import shortfall
from diag_app.planning.solver import Solver
from diag_app.planning.task import make_task
from tests.planning.small import PACK, text


def test_an_answer_that_is_not_proven_is_refused() -> None:
    programme = Programme(measure_ids=("a",), pinned=frozenset())
    programme.helpers = 1
    solver = Solver(programme)
    solver._highs.setOptionValue("presolve", "off")
    solver._highs.changeColBounds(1, 0.0, INFINITE)  # without an end there is no best
    with pytest.raises(ArithmeticError, match=str(HighsModelStatus.kUnbounded)):
        solver.best({1: 1}, most=True)


def test_what_contradicts_itself_has_no_answer() -> None:
    programme = Programme(measure_ids=("a",), pinned=frozenset(), rows=[Row(terms={0: 1}, lower=2)])
    assert Solver(programme).best({0: 1}) is None


def test_the_fewest_weeks_are_found_between_too_few_and_enough() -> None:
    def measure(name: str, weeks: int, *, scenario: str, needs: tuple[str, ...] = ()) -> Measure:
        return Measure(
            measure_id=name,
            label=text(name),
            weeks_low=weeks,
            weeks_high=weeks,
            raises=Raises(
                levels=(LevelRaise(scenario_id=scenario, from_at_most=0, to=1),), options={"M": ("B", "C", "D")}
            ),
            requires=tuple(NeedsMeasure(measure_id=other) for other in needs),
        )

    measures = (
        measure("first", 5, scenario="s1"),
        measure("then", 6, scenario="s2", needs=("first",)),
        measure("slow", 40, scenario="s3"),
    )
    answers = Answers(scenarios={"s1": ScenarioAnswer(level=0)})
    costs = {item.measure_id: Decimal(1) for item in measures}
    for wanted, weeks in (((), 5), (("then",), 11), (("slow",), 40)):
        wish = Wish(level=1, weeks=4, pinned=frozenset(wanted))
        lack = shortfall(make_task(PACK, answers, measures), costs, wish, 1)
        assert (lack.kind, lack.weeks) == ("time", weeks)
