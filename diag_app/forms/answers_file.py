"""The answers file: all answers of one assessment as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from diag_app.codec import load_json, plain_decimal
from diag_app.errors import DiagError, Problem, refuse
from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Pack
from diag_app.forms.validation import check_level, check_number, check_option_choice, read_number

SECTIONS = ("numbers", "answers", "scenarios")


def parse_answers(data: bytes, pack: Pack, *, location: str) -> Answers:
    """Return the answers in the JSON `data`; refused whole when anything in it is wrong.

    Raises:
        DiagError: the code of the first fault at its place in the file (`answers.B1`) with all faults in `problems`;
            `JSON_INVALID` or `ANSWERS_SHAPE` at `location` when `data` is no JSON object.
    """
    content = load_json(data, location=location)
    if not isinstance(content, dict):
        raise DiagError("ANSWERS_SHAPE", location=location, expected="object")
    named = content.get("pack")
    parameters = {"value": "" if named is None else str(named), "expected": pack.pack_id}
    other = Problem(code="ANSWERS_PACK", location="pack", parameters=parameters)
    answers, problems = read_answers({key: value for key, value in content.items() if key != "pack"}, pack)
    refuse(problems if named == pack.pack_id else (other, *problems))
    return answers


def read_answers(content: Mapping[str, Any], pack: Pack) -> tuple[Answers, tuple[Problem, ...]]:
    """Return the answers to `pack` in the three sections of an answers file, and every fault in them."""
    problems = [Problem(code="ANSWERS_KEY_UNKNOWN", location=key) for key in content if key not in SECTIONS]
    answers = Answers(
        numbers=_numbers(_section(content, "numbers", problems), pack, problems),
        options=_options(_section(content, "answers", problems), pack, problems),
        scenarios=_scenarios(_section(content, "scenarios", problems), pack, problems),
    )
    return answers, tuple(problems)


def answers_to_json(pack: Pack, answers: Answers) -> dict[str, Any]:
    """Return `answers` in the shape of the answers file."""
    return {
        "pack": pack.pack_id,
        "numbers": {key: plain_decimal(value) for key, value in answers.numbers.items()},
        "answers": {key: list(value) for key, value in answers.options.items()},
        "scenarios": {key: _scenario_json(value) for key, value in answers.scenarios.items()},
    }


def _scenario_json(answer: ScenarioAnswer) -> int | dict[str, str] | None:
    return answer.level if answer.not_applicable is None else {"not_applicable": answer.not_applicable}


def _section(content: Mapping[str, Any], key: str, problems: list[Problem]) -> Mapping[str, Any]:
    found = content.get(key, {})
    if isinstance(found, dict):
        return found
    problems.append(_shape(key, "object"))
    return {}


def _shape(location: str, expected: str) -> Problem:
    return Problem(code="ANSWERS_SHAPE", location=location, parameters={"expected": expected})


def _numbers(section: Mapping[str, Any], pack: Pack, problems: list[Problem]) -> dict[str, Decimal]:
    known = {field.number_id for field in pack.numbers}
    numbers: dict[str, Decimal] = {}
    for number_id, value in section.items():
        place = f"numbers.{number_id}"
        number = read_number(value)
        if number_id not in known:
            problems.append(Problem(code="NUMBER_UNKNOWN", location=place))
        elif number is None:
            problems.append(Problem(code="NUMBER_INVALID", location=place, parameters={"value": str(value)[:40]}))
        else:
            numbers[number_id] = number
    for number_id in numbers:
        # A pair is checked from both sides and reported once.
        problems += [item for item in check_number(pack, numbers, number_id) if item not in problems]
    return numbers


def _options(section: Mapping[str, Any], pack: Pack, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    known = {question.question_id: question for question in pack.questions}
    options: dict[str, tuple[str, ...]] = {}
    for question_id, keys in section.items():
        place = f"answers.{question_id}"
        if question_id not in known:
            problems.append(Problem(code="QUESTION_UNKNOWN", location=place))
        elif not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            problems.append(_shape(place, "array"))
        else:
            problems += check_option_choice(known[question_id], keys)
            options[question_id] = tuple(keys)
    return options


def _scenarios(section: Mapping[str, Any], pack: Pack, problems: list[Problem]) -> dict[str, ScenarioAnswer]:
    known = {scenario.scenario_id for scenario in pack.scenarios}
    scenarios: dict[str, ScenarioAnswer] = {}
    for scenario_id, value in section.items():
        place = f"scenarios.{scenario_id}"
        match value:
            case _ if scenario_id not in known:
                problems.append(Problem(code="SCENARIO_UNKNOWN", location=place))
            case bool():
                problems.append(_shape(place, "0-4"))
            case int():
                problems += check_level(value, place)
                scenarios[scenario_id] = ScenarioAnswer(level=value)
            case {"not_applicable": str(reason), **others} if reason.strip() and not others:
                scenarios[scenario_id] = ScenarioAnswer(not_applicable=reason)
            case _:
                problems.append(_shape(place, "0-4"))
    return scenarios
