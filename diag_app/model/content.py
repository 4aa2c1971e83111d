"""The report as content: a frozen tree of blocks. Writers only lay it out; the same tree gives every file.

All texts are final: translated, numbers formatted, references resolved. A writer adds page numbers and links, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from diag_app.forms.definition import Language
from diag_app.model.calculation import Calculation
from diag_app.model.content_references import Anchor, Reference
from diag_app.model.cover_logo import CoverLogo
from diag_app.model.drawn_signature import DrawnInBox

# Where what is printed is recorded, for a click to lead there; never printed: `question:B3`, `scenario:quality`,
# `need:ID`, `evidence:ID`, `measure:ID`, `enterprise`, `visit`, `diagnosis`, `scenarios`, `needs`, `evidence`, `plan`.
Origin = str
Align = Literal["left", "right"]
Tone = Literal["plain", "bold", "soft", "signal"]  # signal: ochre and bold, always with a word beside it


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text; `style` is body, lead or note."""

    text: str
    style: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A second- or third-level heading inside a chapter."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One table cell; `bar` (0 to 1) draws a share bar instead of text."""

    text: str = ""
    tone: Tone = "plain"
    bar: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A table column: its head, its width in mm of the 166 mm text width, its alignment."""

    head: str
    width_mm: float
    align: Align = "left"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A table row; `kind` group is washed and bold, total has a rule above."""

    cells: tuple[Cell, ...]
    kind: Literal["plain", "group", "total", "marked"] = "plain"
    origin: Origin = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; with a caption it is numbered, `label` being `表 6-1` / `Table 6-1`."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str = ""
    caption: str = ""
    note: str = ""
    anchor: Anchor = ""


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """One key figure with its label; the unit stands in the label."""

    figure: str
    label: str
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """Three or four key figures side by side."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, kw_only=True)
class NumberedList:
    """Short findings or steps, numbered from 1."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RadarChart:
    """Shares 0 to 1 on spokes; spokes below `weak_below` are drawn as signal, a missing share prints `missing`."""

    spokes: tuple[tuple[str, Decimal | None], ...]
    weak_below: Decimal
    missing: str = "—"


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """Horizontal bars: label, value (null: not measured), maximum, and the text printed at the bar's end."""

    bars: tuple[tuple[str, Decimal | None, Decimal, str], ...]


@dataclass(frozen=True, kw_only=True)
class LadderStep:
    """One level of the ladder."""

    level: int
    label: str
    condition: str
    state: Literal["reached", "current", "target", "open"]
    flag: str = ""  # printed above the step


@dataclass(frozen=True, kw_only=True)
class LadderChart:
    """The levels as rising steps."""

    steps: tuple[LadderStep, ...]


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """One scenario: its reached level (null: not applicable), target level, and what stands at the right."""

    label: str
    is_constrained: bool
    level: int | None
    target: int | None
    detail: str
    evidence: str
    group: str = ""  # printed before the first row of a group
    number: str = ""  # printed before the label
    flag: str = ""  # printed after the label: 目标 3 级


@dataclass(frozen=True, kw_only=True)
class HeatMap:
    """Scenarios by levels, with foot rows of (label, text per level, whether each is reached)."""

    level_heads: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    foot: tuple[tuple[str, tuple[str, ...], tuple[bool, ...]], ...]
    detail_head: str
    evidence_head: str
    label_head: str = ""
    not_applicable: str = "—"  # printed in a row without level


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """From a start value by additions to an end, against a threshold; a label's second line is printed soft.

    `axis_from` above 0 breaks the axis and the bars that stand on it; the caption must say so.
    """

    start: tuple[str, Decimal]
    additions: tuple[tuple[str, Decimal], ...]
    end_label: str
    threshold: tuple[str, Decimal]
    axis_from: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class GanttRow:
    """One line of a roadmap: a washed phase, a bar of work, or an outline that costs nothing; `detail` stands right."""

    label: str
    detail: str
    start: int
    end: int
    kind: Literal["phase", "bar", "outline"] = "bar"


@dataclass(frozen=True, kw_only=True)
class GanttChart:
    """Rows over a scale of `length` units; `marks` are the names of its parts with where each begins."""

    rows: tuple[GanttRow, ...]
    length: int
    marks: tuple[tuple[Decimal, str], ...]
    label_head: str
    detail_head: str


@dataclass(frozen=True, kw_only=True)
class TornadoBar:
    """One figure with the result at its low and at its high end; null is a result that never comes."""

    label: str
    at_low: Decimal | None
    at_high: Decimal | None
    low_text: str
    high_text: str


@dataclass(frozen=True, kw_only=True)
class Tornado:
    """Swings around a likely result, the widest first."""

    likely: Decimal
    likely_text: str
    bars: tuple[TornadoBar, ...]


@dataclass(frozen=True, kw_only=True)
class RangeBar:
    """One range with its most likely value; `text` says all three at the right edge."""

    label: str
    low: Decimal
    likely: Decimal
    high: Decimal
    text: str


@dataclass(frozen=True, kw_only=True)
class RangeChart:
    """Ranges over one scale that begins at 0, or below where a value is negative."""

    bars: tuple[RangeBar, ...]


Chart = RadarChart | BarChart | LadderChart | HeatMap | Waterfall | GanttChart | Tornado | RangeChart


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart, numbered if it has a caption; `width_mm` is 166, 95 or 81."""

    chart: Chart
    label: str = ""
    caption: str = ""
    width_mm: float = 166.0
    note: str = ""
    anchor: Anchor = ""


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """Two blocks in columns of the given widths (mm); only for blocks that surely fit one page."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    left_mm: float


@dataclass(frozen=True, kw_only=True)
class Card:
    """A titled note with a rule above it; a `number` stands large before the title, a `source` soft below."""

    title: str
    paragraphs: tuple[str, ...]
    number: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Cards:
    """Cards in one row, of equal height."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class Photo:
    """One evidence picture, by digest; the writer gets the reduced picture from the caller."""

    sha256: str
    label: str  # E-004
    caption: str
    detail: str  # date and first hex digits of the digest
    origin: Origin = ""


@dataclass(frozen=True, kw_only=True)
class PhotoGrid:
    """Photos in rows of three, numbered as one figure if they have a caption."""

    photos: tuple[Photo, ...]
    label: str = ""
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class SignatureBoxes:
    """Boxes to sign: head, whether a seal is due, label of the signature line, label of the date line."""

    boxes: tuple[tuple[str, bool, str, str], ...]
    seal_label: str = ""
    drawn: tuple[DrawnInBox, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A washed box with a bold first line; `estimate` is the ochre box that says what is not promised."""

    title: str
    text: str
    kind: Literal["plain", "estimate"] = "plain"


@dataclass(frozen=True, kw_only=True)
class TermList:
    """Terms with their explanations beside them."""

    items: tuple[tuple[str, str], ...]


Block = (
    Paragraph
    | Heading
    | Table
    | KeyFigures
    | NumberedList
    | Figure
    | SideBySide
    | Cards
    | PhotoGrid
    | SignatureBoxes
    | Notice
    | TermList
)


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One chapter: its number and plain name (contents, outline), the finding as a sentence, and its blocks."""

    number: str  # "6", "A"; empty for the summary
    name: str
    finding: str
    lead: str
    blocks: tuple[Block, ...]
    new_page: bool = True
    origin: Origin = ""
    anchor: Anchor = ""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The cover: title, firm, the data table, and the firm's own board for the drawing."""

    title: str
    firm: str
    facts: tuple[tuple[str, str], ...]
    seal_label: str
    board: tuple[tuple[int | None, bool], ...]  # (level, is_constrained) of each scenario
    issuer: str = ""  # the firm that issues the report, at the head of the page
    service: str = ""  # the line below it
    audience: str = ""  # at the right of the head
    tagline: str = ""  # below the firm
    board_note: str = ""  # below the drawing
    seal_note: str = ""  # second line in the seal area
    verify_title: str = ""  # beside the square code
    verify_text: str = ""
    digest_label: str = ""  # before the digest of this tree, which the writer adds
    disclaimer: str = ""
    logo: CoverLogo | None = None  # at the head, before the issuer


NO_COVER = Cover(title="", firm="", facts=(), seal_label="", board=())  # of working papers, which begin at once


@dataclass(frozen=True, kw_only=True)
class Document:
    """The whole report in one language."""

    language: Language
    title: str
    author: str
    report_number: str
    issued_on: str  # ISO date; the only date a writer may print or store
    running_head: str
    pack_line: str
    demonstration_mark: str  # empty when this is no demonstration
    contents_title: str
    continued: str  # "（续）" / "(continued)"
    cover: Cover
    chapters: tuple[Chapter, ...]
    number_label: str = ""  # before the report number at the right of the running head
    calculation: Calculation | None = None  # what the score is reckoned from, for files that can reckon
    accent: str = ""  # `#RRGGBB` in place of the house's accent
    most_pages: int = 0  # more are a problem; 0 sets no bound
    references: tuple[Reference, ...] = ()
