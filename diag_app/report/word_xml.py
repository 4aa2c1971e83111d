"""WordprocessingML as text: runs, paragraphs and tables, written whole and parsed once, which is quick for long tables.

Widths are in millimetres; every text is escaped here and nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    )
)
EMU_PER_MM = 36000
_TWIPS_PER_MM = 56.6929
_SHOWN_CONTROLS = frozenset("\n\t")
_INVISIBLE = frozenset({"Cc", "Cf"})  # controls and direction marks: the printed report leaves them out too
_NO_CHARACTERS = frozenset("\ufffe\uffff")  # XML takes neither these nor half characters
_NEWLINES = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * _TWIPS_PER_MM)


def clean(text: str) -> str:
    """Return `text` without what has no shape; a half character becomes □."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n").translate(_NEWLINES)))


def run(text: str, *, bold: bool = False, colour: str = "", size: float | None = None) -> str:
    """Return a run; line ends become breaks. `colour` is `#RRGGBB`, `size` in points."""
    properties = "".join(
        (
            "<w:b/>" if bold else "",
            f'<w:color w:val="{_hex(colour)}"/>' if colour else "",
            f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else "",
        )
    )
    lines = clean(text).split("\n")
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{properties}</w:rPr>{shown}</w:r>"


def paragraph(content: str, style: str, *, properties: str = "") -> str:
    """Return a paragraph of runs in the style with this identifier; `properties` are further paragraph properties."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str, *, is_dirty: bool = False) -> str:
    """Return a field with what it shows until it is computed; a dirty one is computed when the file is opened."""
    dirty = ' w:dirty="true"' if is_dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction, quote=False)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(
    content: str, width: float, *, fill: str = "", borders: str = "", margins: tuple[float, float] | None = None
) -> str:
    """Return a table cell of paragraphs; `margins` are left and right."""
    rules = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(fill)}"/>' if fill else ""
    sides = "" if margins is None else _margins("tcMar", margins)
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{rules}{shade}{sides}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], *, is_head: bool = False, height: float | None = None, is_exact: bool = False) -> str:
    """Return a table row, which is not split between pages; a head is repeated on each. `height` is the least."""
    rule = "exact" if is_exact else "atLeast"
    tall = f'<w:trHeight w:val="{twips(height)}" w:hRule="{rule}"/>' if height else ""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{head}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[float], rows: Iterable[str], *, style: str, borders: str = "", title: str = "") -> str:
    """Return a table of fixed column widths; `title` is what a screen reader says first."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    caption = f"<w:tblCaption w:val={_attribute(title)}/>" if title else ""
    rules = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>{rules}'
        f'<w:tblLayout w:type="fixed"/>{_margins("tblCellMar", (1.6, 1.6))}{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def border(side: str, points: float, colour: str, *, kind: str = "single") -> str:
    """Return a border of a table or cell."""
    return f'<w:{side} w:val="{kind}" w:sz="{round(8 * points)}" w:space="0" w:color="{_hex(colour)}"/>'


def picture(relation: str, number: int, name: str, size_mm: tuple[float, float], crop: tuple[int, int] = (0, 0)) -> str:
    """Return a run with an inline picture; `crop` is cut at the sides, and above and below, in 1/1000 %."""
    width, height = (round(side * EMU_PER_MM) for side in size_mm)
    label = _attribute(name)
    cut = f'<a:srcRect l="{crop[0]}" r="{crop[0]}" t="{crop[1]}" b="{crop[1]}"/>' if any(crop) else ""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="picture {number}" descr={label}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="picture {number}" descr={label}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/>{cut}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def bookmark(number: int, name: str, content: str) -> str:
    """Return `content` with a bookmark around it."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def _margins(element: str, sides: tuple[float, float]) -> str:
    parts = (
        f'<w:{side} w:w="{twips(value)}" w:type="dxa"/>' for side, value in zip(("left", "right"), sides, strict=True)
    )
    return f"<w:{element}>{''.join(parts)}</w:{element}>"


def _hex(colour: str) -> str:
    return colour.removeprefix("#").upper()


def _attribute(text: str) -> str:
    return f'"{escape(clean(text))}"'


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs" or character in _NO_CHARACTERS:
        return "□"
    return "" if category in _INVISIBLE and character not in _SHOWN_CONTROLS else character
