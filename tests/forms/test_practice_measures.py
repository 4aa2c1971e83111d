from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal

import pytest

from diag_app.errors import DiagError
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.measure_laws import requirement_circles
from diag_app.forms.measures import Catalogue, NeedsLevels, NeedsNumber
from diag_app.forms.pack import load_pack
from diag_app.forms.practice import check_practice, load_part
from diag_app.forms.practice_measures import MEASURES_PART
from diag_app.forms.raising import answers_after
from diag_app.paths import resource

METHOD = load_pack(
    {path.name: path.read_bytes() for path in resource("packs", "miit-sme-2024", "1.0.0").glob("*.toml")}
)
FOLDER = resource("packs", "miit-sme-2024-practice", "1.0.0")
HEAD = (FOLDER / "pack.toml").read_bytes()
WORDS = """
[confidence]
label = "authored"
tag = "authored"
duration = "authored"
evidence = "authored"
[vocabulary]
deployment = { saas = { zh = "云", en = "cloud" } }
depth = { data_collection = { zh = "采", en = "data" } }
technology = { mes = { zh = "生", en = "MES" } }
benefits = { cost = { zh = "本", en = "cost" } }
"""


def measure(extra: str = "", measure_id: str = "one", weeks: str = "{ low = 1, high = 2 }") -> str:
    return f"""
[[measures]]
id = "{measure_id}"
label = {{ zh = "甲", en = "One" }}
duration_weeks = {weeks}
{extra}
"""


def files(text: str) -> Mapping[str, bytes]:
    return {"pack.toml": HEAD, "measures.toml": (WORDS + text).encode()}


def faults(text: str) -> list[tuple[str, str]]:
    return [(found.code, found.location) for found in check_practice(files(text), METHOD, (MEASURES_PART,))]


def shipped() -> Catalogue:
    found = load_part({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}, MEASURES_PART, METHOD)
    assert found is not None
    return found


def test_the_shipped_catalogue_raises_every_scenario_to_every_level() -> None:
    raised = {(item.scenario_id, item.to) for entry in shipped().measures for item in entry.raises.levels}
    assert raised == {(scenario.scenario_id, level) for scenario in METHOD.scenarios for level in (1, 2, 3, 4)}
    assert len(shipped().measures) == 113


def test_no_shipped_measure_promises_results_or_spend() -> None:
    promised = {
        question for entry in shipped().measures for question in (*entry.raises.options, *entry.raises.options_at_least)
    }
    assert not promised & {"R1", "R2", "R3", "R4", "M4"}


def test_all_scenarios_are_meant_by_all_and_figures_are_exact() -> None:
    catalogue = shipped()
    counted = [need for entry in catalogue.measures for need in entry.requires if isinstance(need, NeedsLevels)]
    assert {len(need.scenario_ids) for need in counted} == {16}
    numbers = {need for entry in catalogue.measures for need in entry.requires if isinstance(need, NeedsNumber)}
    assert numbers == {NeedsNumber(number_id="equipment_total", comparison="ge", value=Decimal(1))}
    assert catalogue.measure("mes_light").weeks_likely == 8
    with pytest.raises(KeyError):
        catalogue.measure("nothing")


ONE = "measures.toml:measures[0]"
FAULTS = [
    (measure(weeks="{ low = 3, high = 2 }"), ("MEASURE_DURATION", f"{ONE}.duration_weeks")),
    (measure(weeks="{ low = 0, high = 2 }"), ("MEASURE_DURATION", f"{ONE}.duration_weeks")),
    (measure(measure_id="one two"), ("PACK_ID_SHAPE", f"{ONE}.id")),
    (measure() + measure(), ("PACK_ID_TWICE", "measures.toml:measures[1].id")),
    (measure('scenarios = ["moon"]'), ("PACK_ID_UNKNOWN", f"{ONE}.scenarios[0]")),
    (measure('deployment = ["moon"]'), ("PACK_ID_UNKNOWN", f"{ONE}.deployment[0]")),
    (measure('depth = "deep"'), ("PACK_ID_UNKNOWN", f"{ONE}.depth")),
    (
        measure('raises = { levels = [{ scenario = "quality", from_at_most = 1, to = 3 }] }'),
        ("MEASURE_STEP", f"{ONE}.raises.levels[0]"),
    ),
    (
        measure('raises = { levels = [{ scenario = "quality", from_at_most = 4, to = 5 }] }'),
        ("MEASURE_STEP", f"{ONE}.raises.levels[0]"),
    ),
    (
        measure(
            'raises = { levels = [{ scenario = "quality", from_at_most = 1, to = 2 },'
            '{ scenario = "quality", from_at_most = 2, to = 3 }] }'
        ),
        ("PACK_ID_TWICE", f"{ONE}.raises.levels[1].scenario"),
    ),
    (measure('raises = { options = { B5 = ["B"] } }'), ("MEASURE_QUESTION_KIND", f"{ONE}.raises.options.B5")),
    (measure('raises = { options = { B1 = ["A"] } }'), ("PACK_ID_UNKNOWN", f"{ONE}.raises.options.B1[0]")),
    (measure('raises = { options = { Z9 = ["A"] } }'), ("PACK_ID_UNKNOWN", f"{ONE}.raises.options.Z9")),
    (
        measure('raises = { options_at_least = { B5 = "Z" } }'),
        ("PACK_ID_UNKNOWN", f"{ONE}.raises.options_at_least.B5"),
    ),
    (measure("requires = [{ }]"), ("MEASURE_REQUIREMENT", f"{ONE}.requires[0].")),
    (measure('requires = [{ measure = "two" }]'), ("PACK_ID_UNKNOWN", f"{ONE}.requires[0].measure")),
    (
        measure('requires = [{ level = { scenario = "quality", at_least = 9 } }]'),
        ("PACK_ID_UNKNOWN", f"{ONE}.requires[0].level.at_least"),
    ),
    (
        measure('requires = [{ count_levels = { scenarios = ["moon"], level_at_least = 1, at_least = 1 } }]'),
        ("PACK_ID_UNKNOWN", f"{ONE}.requires[0].count_levels.scenarios[0]"),
    ),
    (
        measure('requires = [{ option = { question = "B1", option = "A" } }]'),
        ("PACK_ID_UNKNOWN", f"{ONE}.requires[0].option.option"),
    ),
    (
        measure('requires = [{ option_at_least = { question = "B1", option = "B" } }]'),
        ("MEASURE_QUESTION_KIND", f"{ONE}.requires[0].option_at_least.question"),
    ),
    (
        measure('requires = [{ count_chosen = { question = "B5", at_least = 1 } }]'),
        ("MEASURE_QUESTION_KIND", f"{ONE}.requires[0].count_chosen.question"),
    ),
    (
        measure('requires = [{ number = { key = "moon", op = "ge", value = 1 } }]'),
        ("PACK_ID_UNKNOWN", f"{ONE}.requires[0].number.key"),
    ),
    (
        measure('requires = [{ number = { key = "equipment_total", op = "about", value = 1 } }]'),
        ("PACK_WORD", f"{ONE}.requires[0].number.op"),
    ),
    (measure('excludes = ["two"]'), ("PACK_ID_UNKNOWN", f"{ONE}.excludes[0]")),
    (
        measure('excludes = ["two"]') + measure(measure_id="two"),
        ("MEASURE_EXCLUSION_ONE_SIDED", f"{ONE}.excludes[0]"),
    ),
    (
        measure('requires = [{ measure = "two" }]') + measure('requires = [{ measure = "one" }]', "two"),
        ("MEASURE_CIRCLE", f"{ONE}.requires"),
    ),
    (measure('surprise = "?"'), ("PACK_KEY_UNKNOWN", f"{ONE}.surprise")),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_a_fault_is_named_by_code_and_place(text: str, expected: tuple[str, str]) -> None:
    assert faults(text) == [expected]


def test_a_circle_is_named_by_its_members_once() -> None:
    text = "".join(
        measure(f'requires = [{{ measure = "{needed}" }}]', name)
        for name, needed in (("a", "b"), ("b", "c"), ("c", "b"))
    )
    tables = tomllib.loads(WORDS + text)
    assert len(tables["measures"]) == 3
    with pytest.raises(DiagError) as refused:
        load_part(files(text), MEASURES_PART, METHOD)
    (problem,) = refused.value.problems
    assert problem.parameters["circle"] == "b → c → b"


def test_the_shipped_catalogue_has_no_circle() -> None:
    assert requirement_circles(shipped().measures) == ()


def test_raising_lifts_and_never_lowers() -> None:
    catalogue = shipped()
    suite, gauges = catalogue.measure("mes_quality_equipment_suite"), catalogue.measure("digital_gauges_spc")
    answers = Answers(
        options={"B5": ("D",), "B4": ("A",)},
        scenarios={
            "quality": ScenarioAnswer(level=3),
            "equipment": ScenarioAnswer(not_applicable="outsourced"),
        },
    )
    after = answers_after(METHOD, answers, [suite, gauges])
    assert after.scenarios["quality"].level == 3
    assert after.scenarios["production_control"].level == 2
    assert after.scenarios["equipment"].not_applicable == "outsourced"
    assert after.options["B5"] == ("D",)
    assert after.options["B4"] == ("G", "H")


def test_an_option_that_follows_from_figures_counts_before_raising() -> None:
    first = shipped().measure("machines_digital_first")
    numbers = {"equipment_total": Decimal(120), "equipment_digital": Decimal(66)}
    assert "B2" not in answers_after(METHOD, Answers(numbers=numbers), [first]).options
    few = Answers(numbers={**numbers, "equipment_digital": Decimal(6)})
    assert answers_after(METHOD, few, [first]).options["B2"] == ("C",)
