"""Whether a JSON value from outside is what a type says, told without making anything of it or raising anything.

Types are those that writers have: text and whole numbers, both also bounded, `Decimal` and `date` as text, `Literal`,
unions, lists (tuples), mappings with text as keys, dataclasses and `TypedDict`s. Further keys are let through: a newer
app may have added them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NotRequired,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Test = Callable[[Any], bool]

_MOST_DIGITS = 60  # no figure of the app has more; an exponent could fill the memory


class Dataclass(Protocol):
    """An instance of any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


T = TypeVar("T", bound=Dataclass)


@dataclass(frozen=True)
class Between:
    """Bounds of a whole number: `Annotated[int, Between(0, 4)]`."""

    least: int
    most: int

    def holds(self, value: Any) -> bool:
        """Return whether `value` is a whole number within the bounds."""
        return type(value) is int and self.least <= value <= self.most


@dataclass(frozen=True)
class Written:
    """How a text is written, as a regular expression: `Annotated[str, Written("[0-9a-f]{64}")]`."""

    pattern: str

    def holds(self, value: Any) -> bool:
        """Return whether `value` is a text written so."""
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None


class NotNegative:
    """Bounds a figure: `Annotated[Decimal, NotNegative()]`."""

    def holds(self, value: Any) -> bool:
        """Return whether `value` is a figure of 0 or more."""
        return _is_figure(value) and not Decimal(value).is_signed()


def fits(value: Any, shape: Any) -> bool:
    """Return whether `value` can be read as `shape`."""
    return _test(shape)(value)


def read_as(kind: type[T], stored: Mapping[str, Any], **given: Any) -> T:
    """Return a dataclass from a stored value and what is `given` beside it; keys that only a newer app knows are left.

    The value fits the class: what does not is shown by no view.
    """
    known = {field.name for field in fields(kind)}
    return kind(**{**{name: value for name, value in stored.items() if name in known}, **given})


def words_fit(value: Any, shape: Any) -> bool:
    """Return whether `value` holds words for the texts in a mapping of this shape, and puts none in another's place."""
    keys = _keys(shape)
    return fits(value, dict[str, str]) and all(keys[name][0] is str for name in value if name in keys)


@cache
def _test(shape: Any) -> Test:
    origin, arguments = get_origin(shape), get_args(shape)
    if shape is Any:
        return lambda _: True
    if shape in (str, int, bool, NoneType):
        return lambda value: type(value) is shape
    if shape is Decimal:
        return _is_figure
    if shape is date:
        return _is_day
    if origin is Annotated:
        holds: Test = arguments[1].holds
        return holds
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in arguments
    if origin in (Union, UnionType):
        return _test_any(tuple(map(_test, arguments)))
    if origin in (list, tuple):
        return _test_list(_test(arguments[0]))
    if _keys(shape):
        return _test_keys({name: (_test(kind), is_needed) for name, (kind, is_needed) in _keys(shape).items()})
    _, inner = arguments  # of a mapping from text
    return _test_mapping(_test(inner))


def _test_any(tests: tuple[Test, ...]) -> Test:
    return lambda value: any(test(value) for test in tests)


def _test_list(test: Test) -> Test:
    return lambda value: isinstance(value, list | tuple) and all(map(test, value))


def _test_mapping(test: Test) -> Test:
    return lambda value: isinstance(value, dict) and all(map(test, value.values()))


def _test_keys(keys: Mapping[str, tuple[Test, bool]]) -> Test:
    return lambda value: (
        isinstance(value, dict)
        and all(test(value[name]) if name in value else not is_needed for name, (test, is_needed) in keys.items())
    )


@cache
def _keys(shape: Any) -> Mapping[str, tuple[Any, bool]]:
    """Return of a mapping with known keys `{key: (type, whether it has to be there)}`."""
    if is_typeddict(shape):
        hints = get_type_hints(shape, include_extras=True)
        return {name: (_plain(kind), name in shape.__required_keys__) for name, kind in hints.items()}
    if not is_dataclass(shape):
        return {}
    hints = get_type_hints(shape, include_extras=True)
    return {
        field.name: (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(shape)
    }


def _plain(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is NotRequired else kind


def _is_figure(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > 2 * _MOST_DIGITS:
        return False
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
