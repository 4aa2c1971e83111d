"""Every place where ReportLab is not used as it comes, each behind a test that fails without the mend.

Its Chinese line breaking is not mended but not used: `line_breaker` breaks, `sheet` draws whole lines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_A_BLOCK = 100  # a CMap block holds at most a hundred entries (Adobe Technical Note 5411)


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """Return the CMap that gives the text back: UTF-16BE, so that characters beyond the BMP survive copying."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = [entries[start : start + _A_BLOCK] for start in range(0, len(entries), _A_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def mend(base_font: str) -> None:
    """Put the mends in place, with `base_font` where ReportLab would name Helvetica without embedding it.

    Calling it again changes nothing.
    """
    rl_config.canvas_basefontname = base_font
    rl_config.useA85 = 0  # ASCII-85 runs in pure Python: three quarters of the time of a report with photos
    ttfonts.makeToUnicodeCMap = to_unicode_map


def new_canvas(target: BytesIO, *, size: tuple[float, float], language: str, issued_on: str) -> Canvas:
    """Return a canvas that writes the same bytes each time.

    The only date in the file is `issued_on` (ISO); without one, both dates are the first day of 2000.
    """
    canvas = Canvas(target, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 4), lang=language)
    vars(canvas)["_doc"].signature = hashlib.md5(usedforsecurity=False)  # it began with SOURCE_DATE_EPOCH
    day = issued_on if _ISO_DAY.fullmatch(issued_on) else "2000-01-01"
    canvas.setDateFormatter(lambda *_: f"D:{day.replace('-', '')}000000Z")
    return canvas
