"""The bundled fonts, registered with ReportLab once a process."""

from __future__ import annotations

from copy import copy
from functools import cache
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from diag_app.paths import resource
from diag_app.report.characters import CLOSING, OPENING
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
    return Face(name, _register_half(font), font.face.charWidths)


def _register_half(font: TTFont) -> str:
    """Register `font` once more with half the advance of the marks, so that readers see no marks upon each other."""
    half = copy(font)
    half.fontName = f"{font.fontName}-Half"
    half.state = WeakKeyDictionary()
    half.face = copy(font.face)
    half.face.name = half.fontName.encode()
    half.face.charWidths = {**font.face.charWidths, **dict.fromkeys(map(ord, CLOSING | OPENING), 500.0)}
    vars(half)["_asciiReadable"] = 0  # its subset holds only the marks used
    pdfmetrics.registerFont(half)
    return half.fontName
