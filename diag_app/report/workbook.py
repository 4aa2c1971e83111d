"""What every workbook we write shares: its look, texts that are never read as formulas, protection, paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.report.same_zip import same_zip
from diag_app.report.tokens import load_paper
from diag_app.report.workbook_saving import workbook_bytes

LONGEST = 32_767  # characters a cell may hold
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FONT = "Microsoft YaHei"
_HAN_FROM = 0x2E80
_LINE = 15.5  # points a line of 10-point text takes

Tone = Literal["body", "bold", "soft", "head", "title", "group", "input", "signal"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """The styles of one workbook, in the report's colours; made once, shared by all its cells."""

    @cached_property
    def fonts(self) -> dict[Tone, Font]:
        """Return the font of each tone."""
        paper = load_paper()
        ink, accent = paper.ink[1:], paper.accent[1:]
        return {
            "body": Font(name=_FONT, size=10, color=ink),
            "bold": Font(name=_FONT, size=10, bold=True, color=ink),
            "soft": Font(name=_FONT, size=9, color=paper.soft[1:]),
            "head": Font(name=_FONT, size=9, bold=True, color=paper.mid[1:]),
            "title": Font(name=_FONT, size=16, bold=True, color=ink),
            "group": Font(name=_FONT, size=10, bold=True, color=accent),
            "input": Font(name=_FONT, size=10, color=ink),
            "signal": Font(name=_FONT, size=10, bold=True, color=paper.signal[1:]),
        }

    @cached_property
    def fills(self) -> dict[Tone, PatternFill]:
        """Return the ground of the tones that have one; what is to be filled in is tinted."""
        wash, tint = load_paper().wash[1:], load_paper().level(0)[1:]
        return {
            "head": PatternFill("solid", fgColor=wash),
            "group": PatternFill("solid", fgColor=wash),
            "input": PatternFill("solid", fgColor=tint),
        }

    @cached_property
    def hair(self) -> Border:
        """Return the hairline below a row."""
        return Border(bottom=Side(style="thin", color=load_paper().hair[1:]))

    @cached_property
    def frame(self) -> Border:
        """Return the frame of a cell to fill in."""
        side = Side(style="thin", color=load_paper().level(2)[1:])
        return Border(left=side, right=side, top=side, bottom=side)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return the cell to write to; one that a merge covers is none."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is covered by a merge")
    return cell


def put(
    sheet: Worksheet,
    place: tuple[int, int],
    text: str,
    look: Look,
    tone: Tone = "body",
    *,
    wrap: bool = True,
    right: bool = False,
) -> Cell:
    """Write a text at (row, column) as a text, whatever it begins with: a workbook must not run what a person typed."""
    cell = cell_at(sheet, *place)
    cell.value = seen(text)[:LONGEST] or None
    if cell.value is not None:
        cell.data_type = "s"
    dress(cell, look, tone, wrap=wrap, right=right)
    return cell


def seen(text: str) -> str:
    """Return `text` with a blank for what no XML file may hold."""
    return _UNSEEN.sub(" ", text)


def dress(cell: Cell, look: Look, tone: Tone = "body", *, wrap: bool = True, right: bool = False) -> None:
    """Give a cell the look of a tone; a cell to fill in is framed and may be written to."""
    cell.font = look.fonts[tone]
    if tone in look.fills:
        cell.fill = look.fills[tone]
    cell.alignment = Alignment(wrap_text=wrap, vertical="center", horizontal="right" if right else "left", indent=0)
    if tone == "input":
        cell.border = look.frame
        cell.protection = Protection(locked=False)
        cell.number_format = "@"
    elif tone != "title":
        cell.border = look.hair


def new_sheet(book: Workbook, name: str, widths: Sequence[float], *, landscape: bool = False) -> Worksheet:
    """Return a new sheet with columns of these widths (characters), set up for A4, without grid lines."""
    sheet: Worksheet = book.create_sheet(name)
    sheet.sheet_view.showGridLines = False
    for number, width in enumerate(widths, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].hidden = width == 0
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="&P / &N"))
    return sheet


def fit_row(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]], *, least: float = 20.0) -> None:
    """Give a row the height that its texts need in columns of these widths; no program does this by itself alike."""
    lines = max((lines_needed(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = max(least, lines * _LINE + 5)


def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text takes in a column `width` characters wide; a han character counts twice."""
    room = max(1.0, width - 1.5)
    total = 0
    for line in text.split("\n") or [""]:
        units = sum(2.0 if ord(character) >= _HAN_FROM else 1.08 for character in line)
        total += max(1, int(-(-units // room)))
    return total


def protect(sheet: Worksheet) -> None:
    """Let only cells to fill in be changed; without a password, so that nobody is locked out of their own paper."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False


def saved(book: Workbook, *, title: str, author: str, day: str) -> bytes:
    """Return the workbook's bytes, with these and no other particulars in it; the times are those of `day`."""
    book.properties.title, book.properties.creator = seen(title), seen(author)
    book.properties.created = book.properties.modified = datetime.fromisoformat(day)
    data = workbook_bytes(book)
    stamp = f"{book.properties.created:%Y-%m-%dT%H:%M:%SZ}".encode()  # the library writes the time of saving
    return same_zip(data, {"docProps/core.xml": lambda xml: _MODIFIED.sub(rb"\g<1>" + stamp, xml)})
