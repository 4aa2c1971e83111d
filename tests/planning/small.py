"""Small random planning tasks, and every plan of one found by trying: no atoms, no programme, one week at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from random import Random

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import (
    Confidence,
    Dimension,
    Indicator,
    LevelCondition,
    LevelRule,
    LocalText,
    NumberField,
    Option,
    Pack,
    Question,
    QuestionKind,
    Scenario,
)
from diag_app.forms.measures import (
    LevelRaise,
    Measure,
    NeedsChosen,
    NeedsLevel,
    NeedsLevels,
    NeedsMeasure,
    NeedsNumber,
    NeedsOption,
    NeedsOptionAtLeast,
    Raises,
    Requirement,
)
from diag_app.forms.scoring import score

SCENARIOS = ("s1", "s2", "s3", "s4")


def text(words: str) -> LocalText:
    return LocalText(zh=words, en=words)


def small_pack() -> Pack:
    """One multiple choice, one single choice whose last option is worth less than the one before, four scenarios."""
    multiple = Question(
        question_id="M", number=1, dimension_id="d", indicator_id="i", name=text("M"), label=text("M"),
        kind=QuestionKind.MULTIPLE, max_points=Decimal("7.5"),
        options=(
            Option(key="A", label=text("none"), points=Decimal(0), is_none=True),
            *(Option(key=key, label=text(key), points=Decimal("2.5")) for key in "BCD"),
        ),
    )  # fmt: skip
    points = {"A": "0", "B": "1.875", "C": "4", "D": "3.75"}
    single = Question(
        question_id="S", number=2, dimension_id="d", indicator_id="i", name=text("S"), label=text("S"),
        kind=QuestionKind.SINGLE, max_points=Decimal(4),
        options=tuple(Option(key=key, label=text(key), points=Decimal(worth)) for key, worth in points.items()),
    )  # fmt: skip
    rule = LevelRule(
        conditions=(
            LevelCondition(level=1, name=text("1"), min_score=Decimal(2), min_scenarios=1, min_constrained=0),
            LevelCondition(level=2, name=text("2"), min_score=Decimal("6.25"), min_scenarios=2, min_constrained=1),
            LevelCondition(level=3, name=text("3"), min_score=Decimal(8), min_scenarios=2, min_constrained=1),
        ),
        confidence=Confidence.AUTHORED,
        basis=text("-"),
    )
    return Pack(
        pack_id="small", version="1.0.0", digest="0", title=text("small"), document={},
        dimensions=(Dimension(dimension_id="d", label=text("d"), max_points=Decimal("11.5")),),
        indicators=(
            Indicator(
                indicator_id="i", dimension_id="d", label=text("i"), short=text("i"), max_points=Decimal("11.5")
            ),
        ),
        numbers=(NumberField(number_id="n", label=text("n"), unit=text("n")),),
        questions=(multiple, single), scenario_groups=(),
        scenarios=tuple(
            Scenario(
                scenario_id=name, number=number, group_id="g", label=text(name), short=text(name),
                is_constrained=number % 2 == 1, criteria=(),
            )
            for number, name in enumerate(SCENARIOS, start=1)
        ),
        level_rule=rule, metrics=(), need_forms=(), open_items=(),
    )  # fmt: skip


PACK = small_pack()


@dataclass(frozen=True, kw_only=True)
class Small:
    """A task small enough to try everything."""

    answers: Answers
    measures: tuple[Measure, ...]
    costs: dict[str, Decimal]
    high: dict[str, Decimal]
    level: int
    weeks: int | None = None
    done: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


def random_small(seed: int, *, measures: int = 8) -> Small:
    """Return a task drawn from `seed`; few are easy, some cannot be done."""
    rng = Random(seed)  # noqa: S311  a draw that can be repeated
    answers = Answers(
        numbers={"n": Decimal(rng.randint(0, 3))} if rng.random() < 0.7 else {},
        options={
            **({"M": tuple(rng.sample("BCD", rng.randint(1, 2)))} if rng.random() < 0.4 else {"M": ("A",)}),
            **({"S": (rng.choice("AB"),)} if rng.random() < 0.6 else {}),
        },
        scenarios={name: _scenario(rng) for name in SCENARIOS if rng.random() < 0.7},
    )
    names = [f"m{number}" for number in range(measures)]
    pairs = [pair for pair in combinations(names, 2) if rng.random() < 0.06]
    made = tuple(_measure(rng, name, names, pairs) for name in names)
    costs = {name: Decimal(rng.randint(0, 80)) / 4 for name in names}
    chosen = {name: rng.random() for name in names}
    return Small(
        answers=answers,
        measures=made,
        costs=costs,
        high={name: cost + Decimal(rng.randint(0, 40)) / 4 for name, cost in costs.items()},
        level=rng.choice((1, 2, 2, 3, 3)),
        weeks=rng.choice((None, None, rng.randint(4, 16))),
        done=frozenset(name for name in names if chosen[name] < 0.05),
        pinned=frozenset(name for name in names if 0.05 <= chosen[name] < 0.1),
        excluded=frozenset(name for name in names if 0.1 <= chosen[name] < 0.15),
    )


def _scenario(rng: Random) -> ScenarioAnswer:
    return ScenarioAnswer(not_applicable="-") if rng.random() < 0.08 else ScenarioAnswer(level=rng.choice((0, 0, 1, 2)))


def _measure(rng: Random, name: str, names: list[str], pairs: list[tuple[str, str]]) -> Measure:
    steps = rng.sample(SCENARIOS, rng.choice((0, 1, 1, 2)))
    levels = [(scenario, rng.choice((1, 2, 2, 3))) for scenario in steps]
    return Measure(
        measure_id=name,
        label=text(name),
        weeks_low=1,
        weeks_high=rng.randint(1, 9),
        raises=Raises(
            levels=tuple(LevelRaise(scenario_id=item, from_at_most=to - 1, to=to) for item, to in levels),
            options={"M": tuple(rng.sample("BCD", rng.randint(1, 2)))} if rng.random() < 0.4 else {},
            options_at_least={"S": rng.choice("BCD")} if rng.random() < 0.3 else {},
        ),
        requires=tuple(_requirement(rng, name, names) for _ in range(rng.choice((0, 0, 1, 1, 2)))),
        excludes=tuple(other for pair in pairs if name in pair for other in pair if other != name),
    )


def _requirement(rng: Random, name: str, names: list[str]) -> Requirement:
    match rng.randrange(7):
        case 0:
            return NeedsMeasure(measure_id=rng.choice([other for other in names if other != name]))
        case 1:
            return NeedsLevels(scenario_ids=SCENARIOS, level_at_least=rng.randint(1, 2), at_least=rng.randint(1, 3))
        case 2:
            return NeedsOption(question_id="M", option=rng.choice("BCD"))
        case 3:
            return NeedsOptionAtLeast(question_id="S", option=rng.choice("BC"))
        case 4:
            return NeedsChosen(question_id="M", at_least=rng.randint(1, 3))
        case 5:
            return NeedsNumber(number_id="n", comparison=rng.choice(("ge", "gt", "le", "lt", "eq")), value=Decimal(1))
        case _:
            return NeedsLevel(scenario_id=rng.choice(SCENARIOS), at_least=rng.randint(1, 3))


@dataclass(frozen=True)
class State:
    """What stands at one moment, in the words of the catalogue."""

    answers: Answers
    finished: frozenset[str]

    def level(self, scenario_id: str) -> int:
        answer = self.answers.scenarios.get(scenario_id)
        return 0 if answer is None or answer.level is None else answer.level

    def chosen(self) -> set[str]:
        return set(self.answers.options.get("M", ())) - {"A"}

    def single(self) -> str:
        return (*self.answers.options.get("S", ()), "")[0]

    def holds(self, need: Requirement) -> bool:
        match need:
            case NeedsMeasure():
                return need.measure_id in self.finished
            case NeedsLevel():
                return self.level(need.scenario_id) >= need.at_least
            case NeedsLevels():
                reached = [self.level(name) >= need.level_at_least for name in need.scenario_ids]
                return sum(reached) >= need.at_least
            case NeedsOption():
                return need.option in self.chosen()
            case NeedsOptionAtLeast():
                return self.single() >= need.option
            case NeedsChosen():
                return len(self.chosen()) >= need.at_least
            case NeedsNumber():
                figure = self.answers.numbers.get("n")
                if figure is None:
                    return False
                compared = {
                    "ge": figure >= need.value, "gt": figure > need.value, "le": figure <= need.value,
                    "lt": figure < need.value, "eq": figure == need.value,
                }  # fmt: skip
                return compared[need.comparison]

    def after(self, measure: Measure) -> State:
        options, scenarios = dict(self.answers.options), dict(self.answers.scenarios)
        if measure.raises.options:
            options["M"] = tuple(sorted(self.chosen() | set(measure.raises.options["M"])))
        if measure.raises.options_at_least:
            options["S"] = (max(self.single(), measure.raises.options_at_least["S"]),)
        for item in measure.raises.levels:
            answer = scenarios.get(item.scenario_id)
            if (answer is None or answer.not_applicable is None) and self.level(item.scenario_id) <= item.from_at_most:
                scenarios[item.scenario_id] = ScenarioAnswer(level=item.to)
        answers = replace(self.answers, options=options, scenarios=scenarios)
        return State(answers, self.finished | {measure.measure_id})


def end_state(small: Small, chosen: Collection[str]) -> State | None:
    """Return what stands when all of `chosen` are finished; null when some cannot start, or not in time."""
    state = State(small.answers, small.done)
    waiting = [measure for measure in small.measures if measure.measure_id in chosen]
    running: list[tuple[int, Measure]] = []
    for week in range(1 + sum(measure.weeks_likely for measure in waiting)):
        for end, measure in running:
            if end == week:
                state = state.after(measure)
        running = [item for item in running if item[0] > week]
        for measure in [item for item in waiting if all(state.holds(need) for need in item.requires)]:
            waiting.remove(measure)
            running.append((week + measure.weeks_likely, measure))
        if not running and not waiting:
            return state if small.weeks is None or week <= small.weeks else None
    return None


def all_plans(small: Small) -> Iterator[frozenset[str]]:
    """Yield every set of measures that reaches the level and keeps everything else."""
    names = [measure.measure_id for measure in small.measures if measure.measure_id not in small.done]
    excludes = {measure.measure_id: set(measure.excludes) for measure in small.measures}
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            plan = frozenset(chosen)
            if plan & small.excluded or not small.pinned <= plan or any(excludes[name] & plan for name in plan):
                continue
            state = end_state(small, plan)
            if state is not None and score(PACK, state.answers).level >= small.level:
                yield plan


def cost(costs: dict[str, Decimal], plan: Collection[str]) -> Decimal:
    return sum((costs[name] for name in plan), Decimal(0))
