"""The report as a workbook: the score to reckon again, then a sheet for each chapter with its words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.clock import Progress, no_progress
from diag_app.model.content import (
    Block,
    Card,
    Cards,
    Chapter,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Notice,
    NumberedList,
    Paragraph,
    PhotoGrid,
    SideBySide,
    Table,
    TermList,
)
from diag_app.report.content_digest import content_digest
from diag_app.report.rendered import RenderedFile
from diag_app.report.score_sheets import add_score_sheets
from diag_app.report.workbook import Look, Tone, cell_at, dress, fit_row, new_sheet, put, saved, seen

_COLUMNS = 9  # the most columns a table of the report has
_WIDTH = 17.0
_WORDS = _WIDTH * 6  # characters a paragraph is broken at; it stands over merged cells
_SHEET_NAME = 31
_HEADER = 200  # characters; Excel refuses a header beyond 255
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


def render_workbook(document: Document, *, progress: Progress = no_progress) -> RenderedFile:
    """Return `document` as an Excel file (OOXML): live formulas for the score, then chapter by chapter.

    Args:
        document: the content tree; its texts are final, and none is ever read as a formula.
        progress: told the number of chapters written so far and in all.

    What a chart shows stands in the tables beside it; photos are named by number, date and digest. Without a
    calculation in the tree there are no formulas.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    look = Look()
    cover = new_sheet(book, _free_name(book, document.cover.title or document.report_number), (34.0, 80.0))
    if document.calculation is not None:
        places = add_score_sheets(book, document.calculation, document.calculation.words, look)
        words = document.calculation.words
        _cover(cover, document, look, ((words.score, f"={places.score}"), (words.level, f"={places.level}")))
    else:
        _cover(cover, document, look, ())
    for number, chapter in enumerate(document.chapters, start=1):
        title = " ".join(part for part in (chapter.number, chapter.name) if part)
        sheet = new_sheet(book, _free_name(book, title), (_WIDTH,) * _COLUMNS, landscape=True)
        ChapterSheet(sheet, look).write(chapter, title)
        progress(number, len(document.chapters))
    head = _head_text(document.running_head)
    for sheet in book.worksheets if head else ():  # every printed page says which copy it is
        sheet.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(text=head))
    data = saved(book, title=document.title, author=document.author, day=document.issued_on or "2000-01-01")
    return RenderedFile(data=data, problems=())


def _head_text(text: str) -> str:
    """Return a running head as Excel keeps one: on one line, no sign read as a field, none of a pair cut off."""
    return " ".join(seen(text).split())[: _HEADER // 2].replace("&", "&&")


class ChapterSheet:
    """Writes one chapter down one sheet."""

    def __init__(self, sheet: Worksheet, look: Look) -> None:
        self._sheet = sheet
        self._look = look
        self._row = 1

    def write(self, chapter: Chapter, title: str) -> None:
        """Write the chapter's head and its blocks."""
        self._line(title, "group")
        self._line(chapter.finding, "title")
        self._line(chapter.lead, "body")
        self._blocks(chapter.blocks)

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            match block:
                case Table():
                    self._table(block)
                case SideBySide():
                    self._blocks(block.left)
                    self._blocks(block.right)
                case _:
                    for text, tone in _lines(block):
                        self._line(text, tone)

    def _line(self, text: str, tone: Tone) -> None:
        if not text.strip():
            return
        put(self._sheet, (self._row, 1), text, self._look, tone)
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=_COLUMNS)
        fit_row(self._sheet, self._row, ((text, _WORDS),))
        self._row += 1

    def _table(self, table: Table) -> None:
        self._row += 1
        self._line(f"{table.label}  {table.caption}".strip(), "bold")
        self._cells([column.head for column in table.columns], ["head"] * len(table.columns), table)
        for row in table.rows:
            is_strong = row.kind in ("group", "total")
            texts = [cell.text if cell.bar is None else "" for cell in row.cells]
            tones: list[Tone] = [
                "signal" if cell.tone == "signal" else "bold" if is_strong or cell.tone == "bold" else "body"
                for cell in row.cells
            ]
            self._cells(texts, tones, table)
            for column, cell in enumerate(row.cells, start=1):
                if cell.bar is not None:
                    share = cell_at(self._sheet, self._row - 1, column)
                    share.value = cell.bar
                    dress(share, self._look, "body", right=True)
                    share.number_format = "0.0%"
        self._line(table.note, "soft")
        self._row += 1

    def _cells(self, texts: Sequence[str], tones: Sequence[Tone], table: Table) -> None:
        for column, (text, tone, form) in enumerate(zip(texts, tones, table.columns, strict=False), start=1):
            put(self._sheet, (self._row, column), text, self._look, tone, right=form.align == "right")
        fit_row(self._sheet, self._row, ((text, _WIDTH) for text in texts))
        self._row += 1


def _lines(block: Block) -> list[tuple[str, Tone]]:
    """Return a block that is no table as lines of text."""
    match block:
        case Paragraph():
            return [(block.text, "soft" if block.style == "note" else "body")]
        case Heading():
            return [(block.text, "group")]
        case KeyFigures():
            return [(f"{item.label}  {item.figure}", "bold") for item in block.figures]
        case NumberedList():
            return [(f"{number}  {item}", "body") for number, item in enumerate(block.items, start=1)]
        case Figure():
            return [(f"{block.label}  {block.caption}", "bold"), (block.note, "soft")]
        case Cards():
            return [line for card in block.cards for line in _card(card)]
        case PhotoGrid():
            head: tuple[str, Tone] = (f"{block.label}  {block.caption}".strip(), "bold")
            return [head, *((f"{item.label}  {item.caption}  {item.detail}", "body") for item in block.photos)]
        case Notice():
            return [(block.title, "bold"), (block.text, "body")]
        case TermList():
            return [(f"{name}  {text}", "body") for name, text in block.items]
        case _:
            return []


def _card(card: Card) -> list[tuple[str, Tone]]:
    return [(card.title, "bold"), *((text, "body") for text in card.paragraphs), (card.source, "soft")]


def _cover(sheet: Worksheet, document: Document, look: Look, results: Sequence[tuple[str, str]]) -> None:
    put(sheet, (1, 1), document.cover.title or document.running_head, look, "title", wrap=False)
    put(sheet, (2, 1), document.cover.firm, look, "group", wrap=False)
    put(sheet, (3, 1), document.demonstration_mark, look, "signal", wrap=False)
    put(sheet, (4, 1), document.cover.audience, look, "bold", wrap=False)
    row = 5
    facts = list(document.cover.facts)
    if document.report_number not in (text for _, text in facts):  # a kind without a cover says it on every page alone
        facts.append((document.number_label, document.report_number))
    facts.append((document.cover.digest_label, content_digest(document)))
    for label, text in facts:
        put(sheet, (row, 1), label, look, "soft")
        put(sheet, (row, 2), text, look)
        fit_row(sheet, row, ((text, 80.0),))
        row += 1
    for label, formula in results:
        put(sheet, (row, 1), label, look, "soft")
        cell = cell_at(sheet, row, 2)
        cell.value = formula
        dress(cell, look, "bold")
        row += 1


def _free_name(book: Workbook, title: str) -> str:
    """Return a sheet's name that is allowed and not taken."""
    wanted = _cut(" ".join(seen(title).translate(_NOT_IN_NAMES).split()), _SHEET_NAME) or "-"
    name, number = wanted, 1
    while name.lower() in {sheet.lower() for sheet in book.sheetnames}:
        number += 1
        name = f"{_cut(wanted, _SHEET_NAME - len(str(number)) - 1)} {number}"
    return name


def _cut(text: str, most: int) -> str:
    """Return the beginning of `text` as long as Excel counts it: a character beyond the BMP is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")
