"""Values that fit their shape and that nobody would write: whatever the table lets through has to be read."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from diag_app.codec import digest
from diag_app.model.json_shape import Between
from diag_app.model.shapes import SHAPES

HALF = 0.5
TEXTS = ("", "x", "NaN", "9" * 500, "2026-13-40", "2026-03-12", "B1", "quality", "../..", "<b>&\u202e\x00", "𠅤" * 40)
WHOLE = (0, -1, 1, 7, 2**53 - 1, -(2**53) + 1)
FIGURES = ("0", "-1", "1", "0.1", "1e60", "-1e60", "1e-60", "9" * 60, "-0", "00012.50")
DAYS = ("0001-01-01", "9999-12-31", "2026-03-12", "20260312", "2026-W11-4")
FILES = (b"", b"\xff\xd8\xff no picture at all")  # whoever brings these values brings these files along
NOWHERE = digest(b"of a file that nobody has")
DIGESTS = (*map(digest, FILES), NOWHERE)
REFERENCES = ("x@1", "miit-sme-2024@1.0.0", "miit-sme-2024@999999999", "..@..")


def unlikely(register: str, chance: random.Random) -> Any:
    """Return a value that can be read from a register."""
    base = register.partition("@")[0]
    name, colon, rest = base.partition(":")
    if name in ("stated", "earlier"):
        return unlikely(rest, chance)
    shape = chance.choice(SHAPES[name + colon])
    if "@" in register and str not in SHAPES[name + colon]:
        return {key: chance.choice(TEXTS) for key, kind in _hints(shape).items() if kind is str}
    return _of(shape, chance)


def _of(shape: Any, chance: random.Random) -> Any:
    origin, arguments = get_origin(shape), get_args(shape)
    plain = {str: TEXTS, int: WHOLE, bool: (True, False), NoneType: (None,), Decimal: FIGURES, date: DAYS}
    if shape in plain:
        return chance.choice(plain[shape])
    if shape is Any:
        return chance.choice((*TEXTS, *WHOLE, [], {}, None, {"x": [1]}))
    if origin is Annotated:
        return chance.choice(_within(arguments[1]))
    if origin is Literal:
        return chance.choice(arguments)
    if origin in (Union, UnionType):
        return _of(chance.choice(arguments), chance)
    if origin in (list, tuple):
        return [_of(arguments[0], chance) for _ in range(chance.choice((0, 1, 2, 5)))]
    if is_typeddict(shape) or is_dataclass(shape):
        keys = {key: kind for key, kind in _hints(shape).items() if key in _needed(shape) or chance.random() < HALF}
        return {**{key: _of(kind, chance) for key, kind in keys.items()}, "of_a_newer_app": 5}
    return {chance.choice(TEXTS): _of(arguments[1], chance) for _ in range(chance.choice((0, 1, 2)))}


def _within(limits: Any) -> tuple[Any, ...]:
    if isinstance(limits, Between):
        return limits.least, limits.most
    return tuple(text for text in (*DIGESTS, *REFERENCES, *FIGURES) if limits.holds(text))


def _hints(shape: Any) -> dict[str, Any]:
    if not (is_typeddict(shape) or is_dataclass(shape)):
        return {}
    hints = get_type_hints(shape, include_extras=True)
    return {key: get_args(kind)[0] if get_origin(kind) is NotRequired else kind for key, kind in hints.items()}


def _needed(shape: Any) -> frozenset[str]:
    if is_typeddict(shape):
        return frozenset(shape.__required_keys__)
    return frozenset(field.name for field in fields(shape))
