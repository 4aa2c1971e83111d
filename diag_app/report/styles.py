"""Type sizes, colours and measures of the page: the only place where the look of the report is a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from diag_app.forms.definition import Language
from diag_app.report.tokens import Paper

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 22 * MM
RIGHT = PAGE_WIDTH - LEFT
TEXT_WIDTH = RIGHT - LEFT
TOP = 28 * MM
BOTTOM = 275 * MM
TEXT_HEIGHT = BOTTOM - TOP
ASCENT = 0.88  # em from the top of a square to its baseline, in Noto Sans SC
SMALLEST = 7.2  # points; chart ticks
JUSTIFY_FROM = 45 * MM  # narrower columns stay ragged
KEPT = 0.2 * TEXT_HEIGHT  # what is no higher stays whole: so much of a page may stay empty at its foot
TO_OBJECT = 1.5 * MM  # caption to object, object to note
BETWEEN = 5 * MM  # after a note, after an object

Side = Literal["left", "right", "centre"]


@dataclass(frozen=True, kw_only=True)
class TextStyle:
    """How a text is set: sizes and gaps in points, colour as `#RRGGBB`."""

    size: float
    leading: float
    colour: str
    bold: bool = False
    side: Side = "left"
    justify: bool = False
    before: float = 0.0
    after: float = 0.0

    def of(
        self,
        *,
        colour: str | None = None,
        bold: bool | None = None,
        side: Side | None = None,
        justify: bool | None = None,
    ) -> TextStyle:
        """Return this style with another colour, weight, side or with ragged lines."""
        return replace(
            self,
            colour=self.colour if colour is None else colour,
            bold=self.bold if bold is None else bold,
            side=self.side if side is None else side,
            justify=self.justify if justify is None else justify,
        )

    def at(self, size: float) -> TextStyle:
        """Return this style at another size, its leading in proportion, without gaps."""
        return replace(self, size=size, leading=self.leading * size / self.size, justify=False, before=0.0, after=0.0)

    def spaced(self, *, before: float = 0.0, after: float = 0.0) -> TextStyle:
        """Return this style with other gaps above and below."""
        return replace(self, before=before, after=after)


@dataclass(frozen=True, kw_only=True)
class Styles:
    """The styles of one language."""

    cover_title: TextStyle
    cover_firm: TextStyle
    kicker: TextStyle
    h1: TextStyle
    lead: TextStyle
    h2: TextStyle
    h3: TextStyle
    body: TextStyle
    card: TextStyle
    cell: TextStyle
    head: TextStyle
    caption: TextStyle
    note: TextStyle
    key_figure: TextStyle
    number: TextStyle  # the large number of a card
    tick: TextStyle


def make_styles(language: Language, paper: Paper) -> Styles:
    """Return the styles of `language`: Chinese is a little larger and wider spaced than English, and justified."""
    zh = language == "zh"

    def style(
        chinese: tuple[float, float], english: tuple[float, float], colour: str, *, bold: bool = False
    ) -> TextStyle:
        size, leading = chinese if zh else english
        return TextStyle(size=size, leading=leading, colour=colour, bold=bold)

    body = style((9.5, 16), (9.2, 13.4), paper.ink).of(justify=zh).spaced(after=2.2 * MM)
    return Styles(
        cover_title=style((30, 42), (28, 35), paper.ink, bold=True),
        cover_firm=style((15, 23), (15, 23), paper.accent),
        kicker=style((8.5, 12), (8.5, 12), paper.accent, bold=True),
        h1=style((17, 25), (16, 21.5), paper.ink, bold=True),
        lead=style((10.5, 18), (10.5, 15.5), paper.mid),
        h2=style((11, 16), (11, 15), paper.ink, bold=True).spaced(before=5.5 * MM, after=TO_OBJECT),
        h3=style((9.5, 14), (9.2, 13), paper.ink, bold=True).spaced(before=3.5 * MM, after=1 * MM),
        body=body,
        card=style((9, 14.6), (8.8, 12.8), paper.ink),
        cell=style((8.2, 12.2), (8, 11), paper.ink),
        head=style((7.8, 11.2), (7.6, 10.4), paper.mid, bold=True),
        caption=style((8.4, 12), (8.4, 12), paper.ink, bold=True),
        note=style((7.4, 11), (7.4, 10.4), paper.soft).spaced(before=TO_OBJECT, after=BETWEEN),
        key_figure=style((17, 20), (14, 20), paper.accent, bold=True),
        number=style((17, 20), (17, 20), paper.accent, bold=True),
        tick=style((SMALLEST, 9), (SMALLEST, 9), paper.soft),
    )
