"""What a signature shows in the seal area of the cover: that it is signed, by whom, and when."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from diag_app.forms.definition import Language
from diag_app.report.chart_pictures import chart_pictures
from diag_app.report.cover import SEAL_SIDE, SEAL_TOP
from diag_app.report.drawing import Box, Drawing, Label
from diag_app.report.fonts import REGULAR, load_faces
from diag_app.report.reportlab_mends import mend
from diag_app.report.styles import MM, PAGE_HEIGHT, RIGHT, TextStyle
from diag_app.report.typesetter import Typesetter

_INSET = 3 * MM
_SIDE = SEAL_SIDE - 2 * _INSET
# Left, bottom, right, top in points from the lower left corner of the cover.
STAMP_BOX = (
    RIGHT - SEAL_SIDE + _INSET,
    PAGE_HEIGHT - SEAL_TOP - SEAL_SIDE + _INSET,
    RIGHT - _INSET,
    PAGE_HEIGHT - SEAL_TOP - _INSET,
)


def seal_stamp(head: str, holder: str, when: str, language: Language) -> Image.Image:
    """Return the picture for the seal area, three texts below each other; long names are cut."""
    mend(REGULAR)
    setter = Typesetter(language, load_faces())
    paper, room = setter.paper, _SIDE - 6 * MM
    flows = (
        setter.fitted(head, TextStyle(size=11, leading=15, colour=paper.accent, bold=True, side="centre"), room),
        setter.fitted(holder, TextStyle(size=9, leading=13, colour=paper.ink, side="centre"), room, 3),
        setter.fitted(when, TextStyle(size=7.4, leading=11, colour=paper.soft, side="centre"), room, 2),
    )
    y = (_SIDE - sum(flow.height for flow in flows) - 3 * MM) / 2
    frame = Box(x=0.5, y=0.5, width=_SIDE - 1, height=_SIDE - 1, fill=paper.page, stroke=paper.accent, line=0.8)
    parts: list[Box | Label] = [frame]
    for flow in flows:
        parts.append(Label(x=3 * MM, y=y, text=flow))
        y += flow.height + 1.5 * MM
    (picture,) = chart_pictures([Drawing(width=_SIDE, height=_SIDE, parts=tuple(parts))])
    with Image.open(BytesIO(picture.png)) as opened:
        return opened.convert("RGB")
