"""The handbook as the window shows and prints it: which pages there are, how they look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextBlockFormat, QTextCursor, QTextDocument

from diag_app.files import write
from diag_app.i18n.translator import Language, mark
from diag_app.paths import resource
from diag_app.ui.theme import Theme

AUDIENCES: Mapping[str, str] = {
    "consultant": mark("For the consultant"),
    "city": mark("For the city"),
    "administrator": mark("For the administrator"),
}
_SHEET = """
body {{ color: {text}; }} h1, h2 {{ color: {text}; font-weight: bold; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 17px; margin-top: 18px; }}
p, li {{ line-height: 150%; }} .picture {{ line-height: 100%; }} td, th {{ padding: 4px 12px 4px 0; text-align: left; }}
code {{ color: {text_2}; }} a {{ color: {accent}; }}
"""
_PRINT_SHEET = """
h1 { font-size: 20pt; } h2 { font-size: 14pt; } p, li, td { line-height: 140%; } .picture { line-height: 100%; }
td, th { padding: 3px 14px 3px 0; text-align: left; vertical-align: middle; } th { padding-top: 10px; }
"""
_BROWSER_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PICTURE_WIDTH = re.compile(r'<img width="\d+"')
_MARGINS_MM, _FONT, _POINTS, _DPI, _PRINTED_WIDTH = QMarginsF(18, 16, 18, 16), "Noto Sans SC", 10, 96, 600


def page_path(language: Language, audience: str) -> Path:
    """Return where a handbook lies as HTML."""
    return resource("handbook", language, f"{audience}.html")


def html_of(page: Path, picture_width: int) -> str:
    """Return a handbook without the style it has in a browser; the window and the print have their own."""
    text = _BROWSER_STYLE.sub("", page.read_text(encoding="utf-8"))
    return _PICTURE_WIDTH.sub(f'<img width="{picture_width}"', text)


def style_of(theme: Theme) -> str:
    """Return the style sheet that gives a handbook the window's colours."""
    return _SHEET.format(**{name: theme.colour(name).name() for name in ("text", "text_2", "accent")})


def print_page(page: Path, target: Path) -> None:
    """Write a handbook as PDF on A4, whole or not at all; what the system refuses has a file code."""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, _MARGINS_MM))
    writer.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
    writer.setResolution(_DPI)
    document = QTextDocument()
    font = document.defaultFont()
    font.setFamily(_FONT)
    font.setPointSize(_POINTS)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_PRINT_SHEET)
    document.setBaseUrl(QUrl.fromLocalFile(str(page)))
    document.setHtml(html_of(page, _PRINTED_WIDTH))
    document.setPageSize(writer.pageLayout().paintRectPixels(_DPI).size().toSizeF())
    _keep_headings(document)
    document.print_(writer)
    write(target, bytes(made.data().data()))


def _keep_headings(document: QTextDocument) -> None:
    """Begin a new page with each heading that would stand alone at the end of one; Qt keeps nothing together itself."""
    layout, height = document.documentLayout(), document.pageSize().height()
    layout.pageCount()  # which lays everything out; before, and after a change, blocks have no lines
    block = document.begin()
    while block.isValid():
        following = block.next()
        if block.blockFormat().headingLevel() and following.isValid():
            first = layout.blockBoundingRect(following).top() + following.layout().lineAt(0).y()
            if int(layout.blockBoundingRect(block).top() / height) != int(first / height):
                page_break = QTextBlockFormat()
                page_break.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).mergeBlockFormat(page_break)
                layout.pageCount()
        block = following
