"""What stands on every page: running head, foot, page number, demonstration mark."""

from __future__ import annotations

from diag_app.model.content import Document
from diag_app.report.sheet import Sheet
from diag_app.report.styles import LEFT, MM, PAGE_WIDTH, RIGHT, TEXT_WIDTH, TextStyle
from diag_app.report.typesetter import Typesetter

_HEAD_TEXT = 13.2 * MM
_HEAD_RULE = 18.2 * MM
_FOOT_RULE = 281 * MM
_FOOT_TEXT = 282.6 * MM
_NUMBER_ROOM = 20 * MM
_MARK_PAD = 1.4 * MM
_MOST_MARK = 46 * MM
_MOST_MARK_TEXT = 60  # characters measured; more do not fit


class Furniture:
    """Head and foot of one document, set once and drawn on every page."""

    def __init__(self, document: Document, setter: Typesetter) -> None:
        self._setter = setter
        self._mark = document.demonstration_mark
        style = setter.styles.note.spaced()
        number = " ".join(part for part in (document.number_label, document.report_number) if part)
        mark = _mark_width(self._mark, setter)
        room = TEXT_WIDTH - _NUMBER_ROOM - (mark + 8 * MM if mark else 0.0)
        self._number = setter.fitted(number, style.of(side="right"), TEXT_WIDTH / 2 - 4 * MM)
        taken = max((line.width for line in self._number.lines), default=0.0) + 8 * MM
        self._head = setter.fitted(_spaced(document.running_head), style, max(TEXT_WIDTH / 2, TEXT_WIDTH - taken))
        self._pack = setter.fitted(_spaced(document.pack_line), style, room)
        end = LEFT + max((line.width for line in self._pack.lines), default=0.0)
        self._mark_edge = max(PAGE_WIDTH / 2 + mark / 2, end + 4 * MM + mark) if mark else 0.0

    def draw(self, sheet: Sheet, page: int, page_count: int) -> None:
        """Draw head and foot of page number `page` of `page_count`."""
        setter, paper = self._setter, self._setter.paper
        self._number.draw(sheet, LEFT + TEXT_WIDTH / 2 + 4 * MM, _HEAD_TEXT)
        self._head.draw(sheet, LEFT, _HEAD_TEXT)
        sheet.line((LEFT, _HEAD_RULE), (RIGHT, _HEAD_RULE), stroke=paper.rule, line=0.4)
        sheet.line((LEFT, _FOOT_RULE), (RIGHT, _FOOT_RULE), stroke=paper.rule, line=0.4)
        self._pack.draw(sheet, LEFT, _FOOT_TEXT)
        style = setter.styles.note.spaced().of(colour=paper.ink, side="right")
        setter.flow(f"{page} / {page_count}", style, _NUMBER_ROOM).draw(sheet, RIGHT - _NUMBER_ROOM, _FOOT_TEXT)
        if self._mark_edge:
            draw_mark(sheet, self._mark, setter, right=self._mark_edge, y=_FOOT_TEXT)


def draw_mark(sheet: Sheet, text: str, setter: Typesetter, *, right: float, y: float) -> None:
    """Draw the demonstration mark in its outline, ending at `right`."""
    style = _mark_style(setter)
    width = _mark_width(text, setter)
    flow = setter.fitted(text, style, width - 2 * _MARK_PAD + 0.2)
    high = 3.9 * MM
    sheet.rectangle(right - width, y, width, high, stroke=setter.paper.signal, line=0.7)
    flow.draw(sheet, right - width + _MARK_PAD, y + (high - flow.height) / 2)


def _spaced(text: str) -> str:
    """Keep the wide spaces that part the entries of a line; running text would join them."""
    return text.replace("  ", "\u00a0\u00a0").replace("\u00a0 ", "\u00a0\u00a0")


def _mark_style(setter: Typesetter) -> TextStyle:
    return TextStyle(size=7.2, leading=9.6, colour=setter.paper.signal, bold=True, side="centre")


def _mark_width(text: str, setter: Typesetter) -> float:
    if not text.strip():
        return 0.0
    return min(setter.line(text[:_MOST_MARK_TEXT], _mark_style(setter)).width + 2 * _MARK_PAD, _MOST_MARK)
