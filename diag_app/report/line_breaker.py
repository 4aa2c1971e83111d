"""Line breaking for Chinese and Latin text in one line, after the rules of good Chinese typesetting (clreq).

No closing mark begins a line and no opening bracket ends one; a Latin word, a number and its unit stay whole; two
marks in a row give up half a square; room between an ideograph and a Latin letter is drawn, never typed; a token wider
than the line, and only that, breaks by character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from diag_app.report import characters as kinds
from diag_app.report.faces import Face

QUARTER = 0.2  # em between an ideograph and a Latin letter or digit
MOST_SPREAD = 0.3  # em between two full squares of a justified line; beyond it the line stays ragged
TOLERANCE = 0.01  # points that a line may be longer than its width
_MOST_WHOLE = 16  # characters; what names a place in so many is not broken
_REMEMBERED = 20_000  # texts; some ten megabytes


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one face, size (points) and colour; `link` is the anchor it leads to."""

    text: str
    face: Face
    size: float
    colour: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line drawn at `x` (points from the line's left edge) with `spread` points after each character.

    `is_half`: a mark that gives half its square to the next one.
    """

    x: float
    text: str
    run: Run
    spread: float
    is_half: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One broken line; `width` counts a closing mark at the end as half."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(slots=True)
class _Text:
    """One paragraph as parallel lists: characters, their runs, advances, the gap after each, and where it may break."""

    text: str
    runs: list[Run]
    advance: list[float]
    gap: list[float]
    stop: list[bool]


def break_lines(runs: Sequence[Run], width: float, *, justify: bool = False) -> tuple[Line, ...]:
    """Return `runs` as lines at most `width` points wide; a newline ends a paragraph, an empty text is one line."""
    return _broken(tuple(runs), width, justify)


def widest_token(runs: Sequence[Run]) -> float:
    """Return the width of the widest part of `runs` that must not be broken, in points."""
    return _widest(tuple(runs))


def forget_lines() -> None:
    """Forget every text that was broken, so that the next report takes as long as a first one."""
    _broken.cache_clear()
    _widest.cache_clear()


# A report is laid out again after each edit, and most of its texts are as they were.
@lru_cache(_REMEMBERED)
def _broken(runs: tuple[Run, ...], width: float, justify: bool) -> tuple[Line, ...]:
    lines: list[Line] = []
    for paragraph in _paragraphs(runs):
        ranges = _save_lonely_end(paragraph, _ranges(paragraph, width), width)
        for number, (start, end) in enumerate(ranges):
            room = width if justify and number < len(ranges) - 1 else 0.0
            lines.append(_line(paragraph, start, end, room))
    return tuple(lines)


@lru_cache(_REMEMBERED)
def _widest(runs: tuple[Run, ...]) -> float:
    widest = 0.0
    for text in _paragraphs(runs):
        start = 0
        for index in range(len(text.text)):
            if text.stop[index] or index == len(text.text) - 1:
                widest = max(widest, _width(text, start, index + 1))
                start = index + 1
    return widest


def _paragraphs(runs: Sequence[Run]) -> Iterator[_Text]:
    characters = [(character, run) for run in runs for character in run.text]
    leads = any(run.link for run in runs)
    start = 0
    for index in range(len(characters) + 1):
        if index == len(characters) or characters[index][0] == "\n":
            yield _measure(_without_typed_gaps(characters[start:index]), leads=leads)
            start = index + 1


def _without_typed_gaps(characters: list[tuple[str, Run]]) -> list[tuple[str, Run]]:
    """Drop spaces at both ends, repeated spaces, and those typed where room is drawn anyway."""
    kept: list[tuple[str, Run]] = []
    for index, (character, run) in enumerate(characters):
        if character == " ":
            before = kept[-1][0] if kept else " "
            after = characters[index + 1][0] if index + 1 < len(characters) else " "
            if before == " " or after == " " or _is_quarter(before, after):
                continue
        kept.append((character, run))
    return kept


def _measure(characters: list[tuple[str, Run]], *, leads: bool) -> _Text:
    text = "".join(character for character, _ in characters)
    runs = [run for _, run in characters]
    advance = [run.face.advance(character) * run.size for character, run in characters]
    gap = [_gap(text[index], text[index + 1]) * runs[index].size for index in range(len(text) - 1)]
    stops = _stops(text)
    for index, (run, following) in enumerate(pairwise(runs)) if leads else ():
        if run.link and run is following and len(run.text) <= _MOST_WHOLE:
            stops[index] = False
    return _Text(text, runs, advance, [*gap, 0.0] if text else [], stops)


def _is_quarter(left: str, right: str) -> bool:
    return (kinds.is_han(left) and kinds.takes_quarter(right)) or (kinds.takes_quarter(left) and kinds.is_han(right))


def _gap(left: str, right: str) -> float:
    """Return the room after `left`, in em: a quarter beside Latin, minus a half where two marks meet."""
    if _is_quarter(left, right):
        return QUARTER
    if left in kinds.BLANK_RIGHT and (right in kinds.CLOSING or right in kinds.OPENING):
        return -0.5
    if right in kinds.BLANK_LEFT and left in kinds.OPENING:
        return -0.5
    return 0.0


def _stops(text: str) -> list[bool]:
    stops = [_may_break(text, index) for index in range(len(text) - 1)]
    quotes = 0
    for index, character in enumerate(text):
        if character == '"':
            opens = quotes % 2 == 0
            quotes += 1
            if opens and index < len(stops):
                stops[index] = False
            elif not opens and index:
                stops[index - 1] = False
        length = kinds.unit_length(text, index) if index and _ends_number(text, index - 1) else 0
        for inside in range(index - 1, index + length - 1) if length else ():
            stops[inside] = False
    return [*stops, True] if text else []


def _ends_number(text: str, index: int) -> bool:
    return text[index].isdecimal() or (text[index] == " " and index > 0 and text[index - 1].isdecimal())


def _may_break(text: str, index: int) -> bool:
    left, right = text[index], text[index + 1]
    if right in " \u00a0\u3000" or left == "\u00a0" or right in kinds.NO_LINE_START:
        return False
    if left == "\u3000":
        return True
    if left == " ":
        return index == 0 or (text[index - 1] not in kinds.NO_LINE_END and not _words_hold(text, index))
    if left in kinds.NO_LINE_END or not (kinds.is_wide(left) or kinds.is_wide(right)):
        return False
    if left == "’" and index and kinds.is_word(text[index - 1]) and kinds.is_word(right):
        return False
    return not kinds.belongs_together(text, index)


def _words_hold(text: str, space: int) -> bool:
    before = text[:space].rsplit(" ", 1)[-1] if space < 40 else text[space - 40 : space].rsplit(" ", 1)[-1]
    return kinds.latin_pair_holds(before, text[space + 1 : space + 41].split(" ", 1)[0])


def _trim(text: _Text, index: int) -> float:
    return text.runs[index].size / 2 if text.text[index] in kinds.BLANK_RIGHT else 0.0


def _indent(text: _Text, index: int) -> float:
    return -text.runs[index].size / 2 if text.text[index] in kinds.BLANK_LEFT else 0.0


def _width(text: _Text, start: int, end: int) -> float:
    while end > start and text.text[end - 1] in " \u3000":
        end -= 1
    if end == start:
        return 0.0
    inside = sum(text.advance[start:end]) + sum(text.gap[start : end - 1])
    return inside + _indent(text, start) - _trim(text, end - 1)


def _ranges(text: _Text, width: float) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    length, start = len(text.text), 0
    while start < length:
        end = _line_end(text, start, width)
        ranges.append((start, end))
        start = end
        while start < length and text.text[start] in " \u3000":
            start += 1
    return ranges or [(0, 0)]


def _line_end(text: _Text, start: int, width: float) -> int:
    """Return where the line that begins at `start` ends: at the last allowed place that fits, else by character."""
    place, last = _indent(text, start), 0
    for index in range(start, len(text.text)):
        place += text.advance[index]
        if text.text[index] not in " \u3000" and place - _trim(text, index) > width + TOLERANCE:
            return last or _by_character(text.text, start, index)
        if text.stop[index]:
            last = index + 1
        place += text.gap[index]
    return len(text.text)


def _by_character(text: str, start: int, end: int) -> int:
    """Return a place before `end` to part a token wider than the line: between words, else between characters."""
    for may_part in (_between_words, _between_characters):
        for place in range(end, start, -1):
            if may_part(text[place - 1], text[place]):
                return place
    return max(end, start + 1)


def _between_words(left: str, right: str) -> bool:
    is_inside = not (left == " " or kinds.is_wide(left) or kinds.is_wide(right))
    return not is_inside and right != " " and _between_characters(left, right)


def _between_characters(left: str, right: str) -> bool:
    return not (right in kinds.NO_LINE_START or left in kinds.NO_LINE_END or unicodedata.combining(right))


def _save_lonely_end(text: _Text, ranges: list[tuple[int, int]], width: float) -> list[tuple[int, int]]:
    """Return `ranges` with company for a single character on the last line, where the line before can spare it."""
    if len(ranges) < 2:
        return ranges
    (start, end), (last, length) = ranges[-2], ranges[-1]
    squares = [character for character in text.text[last:length] if kinds.is_wide(character)]
    if not squares or len(squares) > 2 or _width(text, last, length) > 1.6 * text.runs[last].size:
        return ranges
    for place in range(end - 2, start, -1):
        if text.stop[place] and _width(text, start, place + 1) >= 0.6 * width:
            return [*ranges[:-2], (start, place + 1), (place + 1, length)]
    return ranges


def _line(text: _Text, start: int, end: int, room: float) -> Line:
    while end > start and text.text[end - 1] in " \u3000":
        end -= 1
    if start >= end:
        return Line((), 0.0)
    width = _width(text, start, end)
    spread = _spread(text, start, end, room - width) if room else 0.0
    after = [
        spread if spread and text.gap[index] == 0 and _both_wide(text.text, index) else text.gap[index]
        for index in range(start, end - 1)
    ]
    return Line(tuple(_pieces(text, start, end, after)), room if spread else width)


def _both_wide(text: str, index: int) -> bool:
    return kinds.is_wide(text[index]) and kinds.is_wide(text[index + 1])


def _spread(text: _Text, start: int, end: int, slack: float) -> float:
    spots = sum(1 for index in range(start, end - 1) if text.gap[index] == 0 and _both_wide(text.text, index))
    spread = slack / spots if spots else 0.0
    return spread if 0 < spread <= MOST_SPREAD * text.runs[start].size else 0.0


def _pieces(text: _Text, start: int, end: int, after: list[float]) -> Iterator[Piece]:
    """Yield the line's pieces: a new one where the run changes, the room between characters does, or at half marks."""
    place = begin_x = _indent(text, start)
    begin, spread = start, 0.0
    for index in range(start, end):
        is_last = index == end - 1
        room = 0.0 if is_last else after[index - start]
        if room < 0 and index > begin:
            yield Piece(begin_x, text.text[begin:index], text.runs[begin], spread)
            begin, begin_x = index, place
        place += text.advance[index] + room
        if index == begin:
            spread = max(room, 0.0)
        if is_last or text.runs[index + 1] is not text.runs[index] or room != spread:
            characters = text.text[begin : index + 1]
            yield Piece(begin_x, characters, text.runs[index], spread if index > begin else 0.0, room < 0)
            begin, begin_x, spread = index + 1, place, 0.0
