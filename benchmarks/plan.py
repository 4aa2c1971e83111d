"""The cheapest path over 300 measures, proven: beside HiGHS alone on the same programme, and with the five others."""

from __future__ import annotations

import statistics
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import highspy

from benchmarks.measurement import Measurement, alternate, timed_ms
from diag_app.forms.answers_file import parse_answers
from diag_app.forms.measures import Measure
from diag_app.forms.pack import load_pack
from diag_app.forms.practice import load_part
from diag_app.forms.practice_measures import MEASURES_PART
from diag_app.paths import resource
from diag_app.planning.path import Found, Wish, cheapest_path, within_reach
from diag_app.planning.programme import build, level_rows, whole_numbers
from diag_app.planning.solver import model_of
from diag_app.planning.task import Task, make_task

MEASURES, LEVEL = 300, 3
MOST_RATIO, LIMIT_MS = 1.5, 2000.0
ROUNDS = 9


def measure() -> Measurement:
    """Return our time for the proven best plan beside HiGHS alone on the very programme."""
    task, costs = task_of_300()
    wish = Wish(level=LEVEL)
    _plan(task, costs, others=0)
    programme = build(task, within_reach(task, costs.keys(), wish))
    programme.rows += level_rows(programme, task, LEVEL)
    model = model_of(programme)
    prices, _ = whole_numbers(costs[name] for name in programme.measure_ids)
    model.col_cost_ = [*map(float, prices), *([0.0] * programme.helpers)]

    def alone() -> None:
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
            solver.setOptionValue(option, value)
        solver.passModel(model)
        solver.run()

    ours, reference = alternate(
        lambda: timed_ms(lambda: _plan(task, costs, others=0)), lambda: timed_ms(alone), rounds=ROUNDS
    )
    found = _plan(task, costs, others=0)
    return Measurement(
        name="plan over 300 measures, beside HiGHS alone",
        ours_ms=ours,
        reference_ms=reference,
        limit=MOST_RATIO,
        note=f"{len(task.steps)} measures, {programme.width} columns, {len(programme.rows)} rows, "
        f"{found.order_rows} added for the order of starting",
    )


def measure_with_others() -> Measurement:
    """Return our time for the best plan and the five next ones."""
    task, costs = task_of_300()
    times = [timed_ms(lambda: _plan(task, costs, others=5)) for _ in range(ROUNDS)]
    return Measurement(
        name="plan over 300 measures with five others",
        ours_ms=statistics.median(times),
        reference_ms=None,
        limit=LIMIT_MS,
    )


def task_of_300() -> tuple[Task, dict[str, Decimal]]:
    """Return the demonstration's task over the shipped catalogue and offers of other kinds for the same functions."""
    folder = resource("packs", "miit-sme-2024", "1.0.0")
    pack = load_pack({path.name: path.read_bytes() for path in folder.glob("*.toml")})
    source = resource("demo", "answers.json")
    answers = parse_answers(source.read_bytes(), pack, location=source.name)
    practice = resource("packs", "miit-sme-2024-practice", "1.0.0")
    catalogue = load_part({path.name: path.read_bytes() for path in practice.glob("*.toml")}, MEASURES_PART, pack)
    shipped = catalogue.measures if catalogue is not None else ()
    measures: list[Measure] = list(shipped)
    rng = Random(300)  # noqa: S311  a draw that can be repeated
    while len(measures) < MEASURES:
        model = rng.choice(shipped)
        measures.append(replace(model, measure_id=f"{model.measure_id}_{len(measures)}", excludes=()))
    costs = {item.measure_id: Decimal(rng.randint(2, 120)) / 2 for item in measures}
    return make_task(pack, answers, measures), costs


def _plan(task: Task, costs: dict[str, Decimal], *, others: int) -> Found:
    return cheapest_path(task, costs, Wish(level=LEVEL), others=others)
