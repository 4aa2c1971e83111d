"""Charts as pictures for office files: drawn by the printed report's own functions, at 300 dots an inch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2

from diag_app.report.drawing import Drawing
from diag_app.report.reportlab_mends import new_canvas
from diag_app.report.sheet import Sheet
from diag_app.report.styles import MM, PAGE_HEIGHT, PAGE_WIDTH

_SCALE = 300 / 72
_OCTREE, _WHITE = 2, 255  # Pillow's `Quantize.FASTOCTREE`
_ROOM = 0.5  # points around a drawing, so that a line at its edge is not cut in half


@dataclass(frozen=True, kw_only=True)
class ChartPicture:
    """A drawing as PNG, with its size on paper."""

    png: bytes
    width_mm: float
    height_mm: float


def chart_pictures(drawings: Sequence[Drawing]) -> Iterator[ChartPicture]:
    """Yield each drawing as a picture; none is larger than a page."""
    if not drawings:
        return
    pages = pypdfium2.PdfDocument(_pages(drawings))
    try:
        for drawing, page in zip(drawings, pages, strict=True):
            width, height = drawing.width + 2 * _ROOM, drawing.height + 2 * _ROOM
            cut = (0.0, PAGE_HEIGHT - height, PAGE_WIDTH - width, 0.0)
            picture = page.render(scale=_SCALE, crop=cut).to_pil()
            few = picture.quantize(256, method=_OCTREE)  # flat colours and grey edges: a tenth of the bytes
            # Ten times as quick as Pillow's first choice, but white comes out a grey that a printer would put dots on.
            few.putpalette([_WHITE if level == _WHITE - 1 else level for level in few.getpalette() or ()])
            target = BytesIO()
            few.save(target, "PNG", dpi=(300, 300))
            yield ChartPicture(png=target.getvalue(), width_mm=width / MM, height_mm=height / MM)
    finally:
        pages.close()


def _pages(drawings: Sequence[Drawing]) -> bytes:
    target = BytesIO()
    canvas = new_canvas(target, size=(PAGE_WIDTH, PAGE_HEIGHT), language="", issued_on="")
    sheet = Sheet(canvas)
    for drawing in drawings:
        drawing.draw(sheet, _ROOM, _ROOM)
        sheet.end_page()
    canvas.save()
    return target.getvalue()
