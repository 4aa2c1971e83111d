"""The one border between dataclasses and text: canonical JSON (RFC 8785) and one strict converter."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import rfc8785

from diag_app.errors import DiagError

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

_MOST_DIGITS = 60


def canonical_json(value: Any) -> bytes:
    """Return `value` (mappings, lists, text, integers, booleans, null) as RFC 8785 bytes."""
    return rfc8785.dumps(value)


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def load_json(data: bytes | str, *, location: str) -> Any:
    """Return the JSON value in `data`; a repeated key, NaN, half a character, deep nesting: `JSON_INVALID`."""
    try:
        text = data.decode() if isinstance(data, bytes) else data
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=Decimal)
        if "\\ud" in text.lower():  # an escape may spell half a surrogate pair, which no file can hold
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError) as error:
        raise DiagError("JSON_INVALID", location=location, detail=str(error)) from None
    except InvalidOperation:
        raise DiagError("JSON_INVALID", location=location, detail="a number has too large an exponent") from None
    return value


def plain_decimal(value: Decimal) -> str:
    """Return an exact decimal without exponent or trailing zeros: `13.50` becomes `13.5`, `8.00` becomes `8`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def unstructure(value: Any) -> Any:
    """Return `value` (a frozen dataclass, possibly nested) as mappings, lists, text and numbers fit for JSON."""
    return converter().unstructure(value)


def structure(value: Any, kind: type[T], *, location: str) -> T:
    """Return `value` as an instance of `kind`; an unknown key or a wrong type is refused with `SHAPE_INVALID`."""
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415

    try:
        return converter().structure(value, kind)
    except BaseValidationError as error:
        raise DiagError("SHAPE_INVALID", location=location, detail=transform_error(error)[0]) from None
    except (AttributeError, TypeError, ValueError) as error:  # no mapping at all where one is due
        raise DiagError("SHAPE_INVALID", location=location, detail=str(error)) from None


@cache
def converter() -> Converter:
    """Return the app's only converter: unknown keys and other types refused, decimals and dates as text."""
    from cattrs import Converter  # noqa: PLC0415

    strict = Converter(forbid_extra_keys=True)
    strict.register_unstructure_hook(Decimal, plain_decimal)
    strict.register_structure_hook(Decimal, lambda value, _: _decimal(value))
    for plain in (str, int, bool):
        strict.register_structure_hook(plain, _exactly)
    for kind in (date, datetime):
        strict.register_unstructure_hook(kind, lambda value: value.isoformat())
    strict.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    strict.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    return strict


def _exactly(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected, not {str(value)[:40]}")
    return value


def _decimal(value: Any) -> Decimal:
    """Return a figure given as text or as a JSON number; bounded, so that an exponent cannot fill the memory."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise TypeError(f"a number expected, not {str(value)[:40]}")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{str(value)[:40]} is not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > _MOST_DIGITS:
        raise ValueError(f"{str(value)[:40]} is beyond every possible figure")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
