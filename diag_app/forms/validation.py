"""What may be recorded as an answer; the answers file and the operations ask the same questions here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from diag_app.codec import plain_decimal
from diag_app.errors import Problem
from diag_app.forms.definition import Pack, Question, QuestionKind

LOWEST_LEVEL, HIGHEST_LEVEL = 0, 4
# Figures beyond these bounds are typing errors, and exact arithmetic on them would be slow.
NUMBER_LIMIT = Decimal(10) ** 30
MOST_DECIMALS = 30
NUMBER_TEXT = re.compile(r"[0-9]{1,99}(\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?", re.ASCII)


def check_option_choice(question: Question, keys: Sequence[str]) -> tuple[Problem, ...]:
    """Return why `keys` cannot be the answer to `question`, located at `answers.<id>`; nothing when they can."""
    place = f"answers.{question.question_id}"
    if not keys:
        return (Problem(code="OPTIONS_EMPTY", location=place),)
    known = {option.key: option for option in question.options}
    problems = [
        Problem(code="OPTION_UNKNOWN", location=place, parameters={"option": key}) for key in keys if key not in known
    ]
    problems += [
        Problem(code="OPTION_TWICE", location=place, parameters={"option": key})
        for key, count in Counter(keys).items()
        if count > 1
    ]
    if len(keys) > 1:
        if question.kind is QuestionKind.SINGLE:
            problems.append(Problem(code="OPTION_ONE_ONLY", location=place, parameters={"options": ", ".join(keys)}))
        nones = [key for key in keys if key in known and known[key].is_none]
        if nones:
            problems.append(Problem(code="OPTION_NONE_WITH_OTHERS", location=place, parameters={"option": nones[0]}))
    return tuple(problems)


def check_number(pack: Pack, numbers: Mapping[str, Decimal], number_id: str) -> tuple[Problem, ...]:
    """Return why the figure `number_id` among `numbers` is impossible, located at `numbers.<id>`.

    A figure that may not exceed another is checked from both sides.
    """
    problems = [*_check_value(pack, numbers, number_id)]
    for field in pack.numbers:
        if field.not_above is not None and number_id in (field.number_id, field.not_above):
            problems += _check_pair(numbers, field.number_id, field.not_above)
    return tuple(problems)


def check_level(level: int, location: str = "") -> tuple[Problem, ...]:
    """Return `LEVEL_UNKNOWN` unless `level` is 0 to 4."""
    if LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        return ()
    return (Problem(code="LEVEL_UNKNOWN", location=location, parameters={"level": str(level)}),)


def read_number(value: object) -> Decimal | None:
    """Return a figure written as text or as a JSON number; null when it is no finite decimal of at least 0."""
    if isinstance(value, str):
        return Decimal(value) if NUMBER_TEXT.fullmatch(value) else None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return None


def _check_value(pack: Pack, numbers: Mapping[str, Decimal], number_id: str) -> tuple[Problem, ...]:
    value, maximum = numbers[number_id], pack.number(number_id).maximum
    place = f"numbers.{number_id}"
    if not value.is_finite() or value.is_signed():
        return (Problem(code="NUMBER_INVALID", location=place, parameters={"value": str(value)}),)
    if not _is_in_range(value):
        return (Problem(code="NUMBER_OUT_OF_RANGE", location=place, parameters={"value": str(value)}),)
    if maximum is not None and value > maximum:
        parameters = {"value": plain_decimal(value), "maximum": plain_decimal(maximum)}
        return (Problem(code="NUMBER_TOO_LARGE", location=place, parameters=parameters),)
    return ()


def _check_pair(numbers: Mapping[str, Decimal], part_id: str, whole_id: str) -> tuple[Problem, ...]:
    part, whole = numbers.get(part_id), numbers.get(whole_id)
    if part is None or whole is None or not (_is_in_range(part) and _is_in_range(whole) and part > whole):
        return ()
    parameters = {"value": plain_decimal(part), "other": whole_id, "maximum": plain_decimal(whole)}
    return (Problem(code="NUMBER_ABOVE_OTHER", location=f"numbers.{part_id}", parameters=parameters),)


def _is_in_range(value: Decimal) -> bool:
    """Return whether a figure is one that may be written out: an exponent could make it endless."""
    exponent = value.as_tuple().exponent
    return value.is_finite() and value < NUMBER_LIMIT and isinstance(exponent, int) and -exponent <= MOST_DECIMALS
