"""Opening a workbook from outside: bounded, without macros, links or tricks, or refused by code."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from diag_app.errors import DiagError

if TYPE_CHECKING:
    from openpyxl import Workbook

FILE_LIMIT = 16 * 1024**2
_PARTS_LIMIT = 1000
_PART_LIMIT = 12 * 1024**2  # a sheet of this size is far beyond any form, and opening it takes memory by the hundred
_WHOLE_LIMIT = 64 * 1024**2
_ROWS_LIMIT = 5000
_COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of workbooks with a password
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def open_book(data: bytes, name: str, *, rows_limit: int = _ROWS_LIMIT) -> Workbook:
    """Return the workbook in `data`, none of whose sheets has more than `rows_limit` rows.

    Raises:
        DiagError: `WORKBOOK_KIND` for what is no .xlsx, `WORKBOOK_LOCKED` for one with a password or of the old kind,
            `WORKBOOK_MACROS`, `WORKBOOK_LINKS`, `WORKBOOK_TOO_LARGE`, `WORKBOOK_BROKEN`.
    """
    if data.startswith(_COMPOUND):
        raise DiagError("WORKBOOK_LOCKED", location=name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise DiagError("WORKBOOK_KIND", location=name, detail=str(error)[:80]) from None
    book = _loaded(data, name)
    for sheet in book.worksheets:
        if sheet.max_row > rows_limit:
            raise DiagError("WORKBOOK_TOO_LARGE", location=f"{name}:{sheet.title}")
    return book


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > _PARTS_LIMIT or sum(part.file_size for part in parts) > _WHOLE_LIMIT:
        raise DiagError("WORKBOOK_TOO_LARGE", location=name)
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names:
        raise DiagError("WORKBOOK_KIND", location=name, detail="xl/workbook.xml")
    if any(part.endswith(("vbaproject.bin", ".bin.rels")) or "/macrosheets/" in part for part in names):
        raise DiagError("WORKBOOK_MACROS", location=name)
    if any("/externallinks/" in part or part.endswith("connections.xml") for part in names):
        raise DiagError("WORKBOOK_LINKS", location=name)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            if part.file_size > _PART_LIMIT:
                raise DiagError("WORKBOOK_TOO_LARGE", location=f"{name}:{part.filename[:80]}")
            content = archive.read(part)
            if content.startswith(_WIDE) or _DECLARES.search(content):
                raise DiagError("WORKBOOK_BROKEN", location=f"{name}:{part.filename[:80]}")


def _loaded(data: bytes, name: str) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of extensions that it leaves out; none is ours
            return load_workbook(BytesIO(data), keep_links=False)
    except Exception as error:  # noqa: BLE001 - a broken part makes the library raise whatever it stumbles over
        raise DiagError("WORKBOOK_BROKEN", location=f"{name}:{type(error).__name__}") from None
