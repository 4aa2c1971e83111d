"""A logo as a report pack brings it: a small PNG, or an SVG of filled shapes and nothing else.

Of SVG are read: `svg` with a `viewBox`, `g`, `path` (M L H V C Z), `rect`, `circle`, `polygon`, each with a plain fill.
Whatever could run, load, or grow (scripts, links, styles, entities, transforms, text) makes the file refused.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # nosec B405 - see its use

LOGO_PNG, LOGO_SVG = "logo.png", "logo.svg"
LOGO_FILES = (LOGO_PNG, LOGO_SVG)
MOST_BYTES = 256 * 1024
MOST_PIXELS = 1600  # on a side
MOST_SHAPES, MOST_SEGMENTS = 200, 5000
LARGEST = 100_000.0
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?"
_TOKEN = re.compile(rf"([A-Za-z])|({_NUMBER})|[\s,]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}
_ROUND = 0.5523  # a quarter circle as one curve
_KNOWN = {
    "svg": {"viewBox", "width", "height", "version"},
    "g": {"fill"},
    "path": {"d", "fill"},
    "rect": {"x", "y", "width", "height", "fill"},
    "circle": {"cx", "cy", "r", "fill"},
    "polygon": {"points", "fill"},
    "title": set[str](),
    "desc": set[str](),
}

Segment = tuple[str, tuple[float, ...]]  # M, L, C with absolute coordinates, or Z


@dataclass(frozen=True)
class LogoShape:
    """A filled outline."""

    fill: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A logo with its size in its own units: either `png`, or shapes from the top left corner."""

    width: float
    height: float
    png: bytes = b""
    shapes: tuple[LogoShape, ...] = ()


class LogoRefused(ValueError):
    """Why a file is no logo that can be taken, as a word for `PACK_LOGO`."""


def read_logo(name: str, data: bytes) -> Logo:
    """Return the logo in a file; raise `LogoRefused` with the reason."""
    if len(data) > MOST_BYTES:
        raise LogoRefused("size")
    return _png(data) if name == LOGO_PNG else _svg(data)


def _png(data: bytes) -> Logo:
    if not data.startswith(_PNG):
        raise LogoRefused("no PNG")
    kinds = list[bytes]()
    place, width, height = len(_PNG), 0, 0
    while place < len(data):
        if place + 12 > len(data):
            raise LogoRefused("torn")
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        body, checked = data[place + 8 : place + 8 + size], data[place + 8 + size : place + 12 + size]
        if len(checked) != 4 or struct.unpack(">I", checked)[0] != zlib.crc32(kind + body):
            raise LogoRefused("torn")
        if not kinds and (kind != b"IHDR" or size != 13):
            raise LogoRefused("torn")
        if not kinds:
            width, height = struct.unpack(">II", body[:8])
        kinds.append(kind)
        place += 12 + size
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS) or kinds[-1] != b"IEND":
        raise LogoRefused("pixels")
    return Logo(width=float(width), height=float(height), png=data)


def _svg(data: bytes) -> Logo:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LogoRefused("encoding") from None
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise LogoRefused("entities")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there is nothing to expand or load
    except (ET.ParseError, ValueError):
        raise LogoRefused("no SVG") from None
    if root.tag != f"{_SVG}svg":
        raise LogoRefused("no SVG")
    box = _numbers(root.get("viewBox", ""))
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        raise LogoRefused("viewBox")
    shapes = tuple(_shapes(root, "#000000", (box[0], box[1])))
    if not 0 < len(shapes) <= MOST_SHAPES or sum(len(shape.segments) for shape in shapes) > MOST_SEGMENTS:
        raise LogoRefused("shapes")
    return Logo(width=box[2], height=box[3], shapes=shapes)


def _shapes(element: ET.Element, fill: str, origin: tuple[float, float]) -> Iterator[LogoShape]:
    name = element.tag.removeprefix(_SVG)
    if name not in _KNOWN or name == element.tag:
        raise LogoRefused(f"element {name[:40]}")
    for key in set(element.attrib) - _KNOWN[name]:
        raise LogoRefused(f"attribute {key[:40]}")
    fill = element.get("fill", fill)
    if fill != "none" and not _COLOUR.fullmatch(fill):
        raise LogoRefused(f"fill {fill[:40]}")
    if name not in ("svg", "g"):
        if fill != "none" and name not in ("title", "desc"):
            yield LogoShape(fill, tuple(_moved(_outline(name, element), origin)))
        return
    for child in element:
        yield from _shapes(child, fill, origin)


def _outline(name: str, element: ET.Element) -> Iterator[Segment]:
    if name == "path":
        yield from _path(element.get("d", ""))
    elif name == "rect":
        x, y, width, height = (_number(element, key) for key in ("x", "y", "width", "height"))
        yield from _polygon([x, y, x + width, y, x + width, y + height, x, y + height])
    elif name == "polygon":
        yield from _polygon(_numbers(element.get("points", "")))
    else:
        x, y, r = (_number(element, key) for key in ("cx", "cy", "r"))
        k = r * _ROUND
        yield "M", (x + r, y)
        yield "C", (x + r, y + k, x + k, y + r, x, y + r)
        yield "C", (x - k, y + r, x - r, y + k, x - r, y)
        yield "C", (x - r, y - k, x - k, y - r, x, y - r)
        yield "C", (x + k, y - r, x + r, y - k, x + r, y)
        yield "Z", ()


def _polygon(points: list[float]) -> Iterator[Segment]:
    if len(points) < 6 or len(points) % 2:
        raise LogoRefused("points")
    yield "M", tuple(points[:2])
    yield from (("L", place) for place in zip(points[2::2], points[3::2], strict=True))
    yield "Z", ()


def _path(text: str) -> Iterator[Segment]:
    """Yield the steps of a path with absolute places; lines along an axis become lines."""
    here = start = (0.0, 0.0)
    for letter, numbers in _commands(text):
        kind, is_relative = letter.upper(), letter.islower()
        if kind == "Z":
            here = start
            yield "Z", ()
        for values in _groups(kind, numbers):
            step = _step(kind, values, here, here if is_relative else (0.0, 0.0))
            yield step
            here = (step[1][-2], step[1][-1])
            start = here if kind == "M" else start
            kind = "L" if kind == "M" else kind  # further pairs after a move are lines


def _step(kind: str, values: tuple[float, ...], here: tuple[float, float], origin: tuple[float, float]) -> Segment:
    if kind == "H":
        return "L", (values[0] + origin[0], here[1])
    if kind == "V":
        return "L", (here[0], values[0] + origin[1])
    return kind, tuple(value + origin[place % 2] for place, value in enumerate(values))


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    letter, numbers = "", list[float]()
    for token, number in _tokens(text):
        if token:
            if letter:
                yield letter, numbers
            letter, numbers = token, []
        else:
            numbers.append(number)
        if letter.upper() not in _TAKES:
            raise LogoRefused("path")
    if letter:
        yield letter, numbers


def _groups(kind: str, numbers: list[float]) -> Iterator[tuple[float, ...]]:
    takes = _TAKES[kind]
    if len(numbers) % takes if takes else numbers:
        raise LogoRefused("path")
    return zip(*[iter(numbers)] * takes, strict=True) if takes else iter(())


def _tokens(text: str) -> Iterator[tuple[str, float]]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise LogoRefused("path")
        place = found.end()
        if found[1]:
            yield found[1], 0.0
        elif found[2]:
            yield "", _bounded(found[2])


def _numbers(text: str) -> list[float]:
    found = list(_tokens(text))
    if any(letter for letter, _ in found):
        raise LogoRefused("numbers")
    return [number for _, number in found]


def _number(element: ET.Element, key: str) -> float:
    found = _numbers(element.get(key, "0"))
    if len(found) != 1:
        raise LogoRefused("numbers")
    return found[0]


def _bounded(text: str) -> float:
    value = float(text)
    if not -LARGEST <= value <= LARGEST:
        raise LogoRefused("numbers")
    return value


def _moved(segments: Iterator[Segment], origin: tuple[float, float]) -> Iterator[Segment]:
    for kind, values in segments:
        yield kind, tuple(value - origin[place % 2] for place, value in enumerate(values))
