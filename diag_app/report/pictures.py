"""Photos, signature boxes and the square code: what is drawn as a picture rather than set as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import segno

from diag_app.errors import DiagError
from diag_app.model.content import Photo, PhotoGrid, SignatureBoxes
from diag_app.model.drawn_signature import HEIGHT, WIDTH, DrawnInBox
from diag_app.report.boxes import Columns
from diag_app.report.drawing import Curve, Drawing
from diag_app.report.flows import Flow, Stack, Whole
from diag_app.report.sheet import Point, Sheet
from diag_app.report.styles import BETWEEN, MM
from diag_app.report.typesetter import Typesetter

_ACROSS = 3
_GUTTER = 4 * MM
_BOX_HEIGHT = 40 * MM
_SEAL = 12 * MM  # radius
_SIGN_HEIGHT = 19 * MM  # of what is drawn above the line
MOST_CODE = 2300  # bytes a square code of error level M can hold

Load = Callable[[str], bytes]


@dataclass(frozen=True, kw_only=True)
class PhotoFlow(Whole):
    """One photo in a frame of 3:2; its middle is shown."""

    photo: Photo
    load: Load
    width: float
    setter: Typesetter
    place: str  # the chapter, for problems
    before: float = 0.0
    after: float = 1.2 * MM

    @property
    def height(self) -> float:
        """Two thirds of the width."""
        return self.width * 2 / 3

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the picture, or an empty frame with a problem when it cannot be read."""
        sheet.note_place(self.photo.origin, x, y, self.width, self.height)
        try:
            sheet.picture(self.load(self.photo.sha256), x, y, self.width, self.height)
        except (DiagError, KeyError, OSError):
            self.setter.place, self.setter.origin = self.place, self.photo.origin
            self.setter.report("PICTURE_UNREADABLE", self.photo.sha256, label=self.photo.label)
            paper = self.setter.paper
            sheet.rectangle(x, y, self.width, self.height, fill=paper.wash, stroke=paper.rule, line=0.5)
            sheet.line((x, y), (x + self.width, y + self.height), stroke=paper.rule, line=0.5)
            sheet.line((x, y + self.height), (x + self.width, y), stroke=paper.rule, line=0.5)


def lay_photos(grid: PhotoGrid, setter: Typesetter, width: float, load: Load) -> list[Flow]:
    """Return the photos in rows of three, each with its number, caption and detail below."""
    one = (width - (_ACROSS - 1) * _GUTTER) / _ACROSS
    rows = [grid.photos[start : start + _ACROSS] for start in range(0, len(grid.photos), _ACROSS)]
    gap = 4 * MM
    return [
        Columns(
            columns=tuple(
                (number * (one + _GUTTER), _photo_column(photo, setter, one, load)) for number, photo in enumerate(row)
            ),
            before=gap,
            after=gap if row is not rows[-1] else BETWEEN,
        )
        for row in rows
    ]


def _photo_column(photo: Photo, setter: Typesetter, width: float, load: Load) -> Flow:
    style = setter.styles.cell
    room = "\u3000" if setter.language == "zh" else "\u00a0\u00a0"
    with setter.at(photo.origin):
        runs = (setter.run(photo.label, style, bold=True), setter.run(f"{room}{photo.caption}", style))
    picture = PhotoFlow(photo=photo, load=load, width=width, setter=setter, place=setter.place)
    detail = setter.flow(photo.detail, setter.styles.note.spaced(), width)
    return Stack(flows=(picture, setter.flow_runs(runs, style, width), detail))


@dataclass(frozen=True, kw_only=True)
class SignatureFlow(Whole):
    """One box to sign, with a circle where a seal is due."""

    head: str
    has_seal: bool
    signature: str
    date: str
    seal_label: str
    width: float
    setter: Typesetter
    drawn: DrawnInBox | None = None
    before: float = 0.0
    after: float = 0.0
    height: float = _BOX_HEIGHT

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw frame, head, seal circle and the lines to write on."""
        paper, setter = self.setter.paper, self.setter
        sheet.rectangle(x, y, self.width, self.height, stroke=paper.rule, line=0.6)
        sheet.line((x, y), (x + self.width, y), stroke=paper.ink, line=1.2)
        inset, inside = x + 2.5 * MM, self.width - 5 * MM
        small = setter.styles.tick
        setter.fitted(self.head, setter.styles.h3, inside, 2).draw(sheet, inset, y + 2.2 * MM)
        if self.has_seal:
            centre = x + self.width - 16 * MM
            sheet.circle(centre, y + 16.4 * MM, _SEAL, stroke=paper.rule, line=0.6, dash=(2.0, 2.0))
            label = setter.fitted(self.seal_label, small.of(side="centre"), 2 * _SEAL - 2 * MM, 2)
            label.draw(sheet, centre - _SEAL + 1 * MM, y + 16.4 * MM - label.height / 2)
        setter.fitted(self.signature, small, inside).draw(sheet, inset, y + 24.6 * MM)
        sheet.line((inset, y + 29 * MM), (inset + inside, y + 29 * MM), stroke=paper.mid, line=0.6)
        setter.fitted(self.date, small, inside).draw(sheet, inset, y + 32.5 * MM)
        if self.drawn is not None:
            drawing = draw_signature(self.drawn.strokes, inside, setter.paper.ink)
            drawing.draw(sheet, inset, y + 29 * MM - drawing.height)
            who = setter.fitted(self.drawn.text, small.of(colour=paper.ink, side="right"), inside - 14 * MM)
            who.draw(sheet, inset + 14 * MM, y + 32.5 * MM)


def draw_signature(strokes: Sequence[Sequence[Point]], width: float, colour: str) -> Drawing:
    """Return a signature as strokes of a pen, as large as the box allows."""
    scale = min(width / WIDTH, _SIGN_HEIGHT / HEIGHT)
    parts = tuple(
        Curve(points=tuple((x * scale, y * scale) for x, y in stroke), stroke=colour, line=0.9) for stroke in strokes
    )
    return Drawing(width=WIDTH * scale, height=HEIGHT * scale, parts=parts)


def lay_signatures(block: SignatureBoxes, setter: Typesetter, width: float) -> list[Flow]:
    """Return the boxes in rows of three."""
    one = (width - (_ACROSS - 1) * _GUTTER) / _ACROSS
    boxes = [
        SignatureFlow(
            head=head,
            has_seal=seal,
            signature=signature,
            date=date,
            seal_label=block.seal_label,
            width=one,
            setter=setter,
            drawn=next((item for item in block.drawn if item.box == number), None),
        )
        for number, (head, seal, signature, date) in enumerate(block.boxes)
    ]
    rows = [boxes[start : start + _ACROSS] for start in range(0, len(boxes), _ACROSS)]
    return [
        Columns(
            columns=tuple((number * (one + _GUTTER), box) for number, box in enumerate(row)),
            before=BETWEEN,
            after=BETWEEN,
        )
        for row in rows
    ]


def draw_square_code(sheet: Sheet, text: str, x: float, y: float, size: float, colour: str) -> None:
    """Draw `text` as a QR code of error level M; neighbouring squares of a row become one rectangle."""
    payload = text.encode()[-MOST_CODE:].decode(errors="ignore")
    matrix = [bytes(row) for row in segno.make_qr(payload, error="m", boost_error=False).matrix]
    module = size / len(matrix)
    for number, row in enumerate(matrix):
        column = 0
        while column < len(row):
            length = len(row[column:]) - len(row[column:].lstrip(b"\x01"))
            if length:
                sheet.rectangle(x + column * module, y + number * module, length * module, module, fill=colour)
            column += length or 1
