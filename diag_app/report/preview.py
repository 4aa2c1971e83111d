"""Pages of a PDF as pixels, for the window."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, kw_only=True)
class PagePicture:
    """One page as `height` rows of `width` pixels, three bytes (red, green, blue) each, without padding."""

    width: int
    height: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages `pdf` has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def first_page_picture(pdf: bytes, longest: int) -> PagePicture:
    """Return the first page as pixels, its longer side `longest` pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        points = max(document[0].get_size())
    finally:
        document.close()
    return page_picture(pdf, 0, longest / max(1.0, points))


def page_picture(pdf: bytes, page: int, scale: float) -> PagePicture:
    """Return page number `page` (from 0) as pixels; `scale` 1 gives 72 pixels an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        rows = bytes(bitmap.buffer)
        line = bitmap.width * 3
        packed = b"".join(rows[top : top + line] for top in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        return PagePicture(width=bitmap.width, height=bitmap.height, rgb=packed)
    finally:
        document.close()
