"""Saving a workbook in memory: the library would write each sheet in clear into a temporary file on the way."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def workbook_bytes(book: Workbook) -> bytes:
    """Return the bytes of the file; nothing is written to a disk on the way."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        _InMemory(book, archive).save()
    return target.getvalue()


class _InMemory(ExcelWriter):
    """Writes each sheet into memory; otherwise as the library's own method, which has no way to be told so."""

    def __init__(self, book: Workbook, archive: ZipFile) -> None:
        super().__init__(book, archive)
        self._zip = archive

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet into the archive."""
        drawing, sheet = SpreadsheetDrawing(), BytesIO()
        drawing.charts, drawing.images = ws._charts, ws._images  # noqa: SLF001
        ws._drawing = drawing  # noqa: SLF001
        writer: Any = WorksheetWriter(ws, out=sheet)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._zip.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)
