"""The page being drawn: a ReportLab canvas with distances in points from the top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby, pairwise

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from diag_app.report.line_breaker import Line, Piece
from diag_app.report.page_map import PageMap, Place
from diag_app.report.styles import ASCENT, PAGE_HEIGHT

Point = tuple[float, float]
CIRCLE = 0.5523  # a quarter circle as one curve


class _Picture(ImageReader):
    """A picture whose JPEG bytes go into the file as they are.

    The library decodes every picture to name it, and holds the pixels until they happen to be collected: six megabytes
    a photo. Here a JPEG is named by its bytes, and decoded small, only to see that it is whole.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self._encoded = b""
        with Image.open(BytesIO(data)) as picture:
            if picture.format == "JPEG":
                picture.draft(None, (picture.width // 8, picture.height // 8))
                picture.load()
                self._encoded, self._dataA = data, None

    def getRGBData(self) -> bytes:
        """Return what the picture is known by: its own bytes, or the pixels of one that is no JPEG."""
        return self._encoded or bytes(super().getRGBData())  # type: ignore[no-untyped-call]


class Sheet:
    """Draws on one page after the other."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._colours: dict[str, Color] = {}
        self._page = 1
        self._shrunk = (0.0, 0.0, 1.0)  # around which corner everything is drawn smaller, and how much
        self._places: list[Place] = []
        self._openings: list[Place] = []
        self._bookmarks: set[str] = set()

    @property
    def page_map(self) -> PageMap:
        """What was noted of where things stand."""
        return PageMap(places=tuple(self._places), openings=tuple(self._openings))

    def note_place(self, origin: str, x: float, y: float, width: float, height: float) -> None:
        """Note that what was recorded at `origin` stands in this rectangle; nothing without an origin."""
        if origin:
            self._places.append(self._place(origin, x, y, width, height))

    def note_opening(self, origin: str, x: float, y: float, width: float, height: float) -> None:
        """Note the head of a chapter: what follows is of its origin unless it has one of its own."""
        self._openings.append(self._place(origin, x, y, width, height))

    def text(self, lines: Sequence[tuple[Line, float, float]]) -> None:
        """Draw broken lines, each at its left edge and baseline."""
        text = self._canvas.beginText()
        face, size, colour, spread = "", 0.0, "", 0.0
        for line, x, y in lines:
            for piece in line.pieces:
                run = piece.run
                name = run.face.half_name if piece.is_half else run.face.name
                if (name, run.size) != (face, size):
                    face, size = name, run.size
                    text.setFont(face, size)
                if run.colour != colour:
                    colour = run.colour
                    text.setFillColor(self._colour(colour))
                if piece.spread != spread:
                    spread = piece.spread
                    text.setCharSpace(spread)
                text.setTextOrigin(x + piece.x, PAGE_HEIGHT - y)
                text.textOut(piece.text)
        if spread:
            text.setCharSpace(0)
        self._canvas.drawText(text)
        for line, x, y in lines:
            for key, pieces in groupby(line.pieces, key=lambda piece: piece.run.link):
                if key:
                    self._link_pieces(key, list(pieces), x, y)

    def _link_pieces(self, key: str, pieces: Sequence[Piece], x: float, y: float) -> None:
        """Make the pieces of one line lead to `key`, with one rectangle around them."""
        first, last = pieces[0], pieces[-1]
        run = last.run
        end = last.x + sum(run.face.advance(one) for one in last.text) * run.size + last.spread * (len(last.text) - 1)
        self.link(key, x + first.x, y - ASCENT * run.size, end - first.x, run.size)

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a rectangle whose top left corner is at (x, y)."""
        self._pen(fill, stroke, line, dash)
        self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=bool(stroke), fill=bool(fill))

    def line(self, start: Point, end: Point, *, stroke: str, line: float, dash: Sequence[float] = ()) -> None:
        """Draw a straight line."""
        self._pen("", stroke, line, dash)
        self._canvas.line(start[0], PAGE_HEIGHT - start[1], end[0], PAGE_HEIGHT - end[1])

    def curve(self, points: Sequence[Point], *, stroke: str, line: float) -> None:
        """Draw one stroke of a pen through `points`, its ends and corners round."""
        self._pen("", stroke, line, ())
        self._canvas.setLineCap(1)
        self._canvas.setLineJoin(1)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], PAGE_HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, PAGE_HEIGHT - y)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setLineCap(0)
        self._canvas.setLineJoin(0)

    def outline_shape(self, segments: Sequence[tuple[str, Sequence[float]]], *, fill: str) -> None:
        """Fill an outline of moves, lines and curves with absolute places."""
        self._pen(fill, "", 0.0, ())
        path = self._canvas.beginPath()
        for kind, values in segments:
            turned = [PAGE_HEIGHT - value if place % 2 else value for place, value in enumerate(values)]
            if kind == "M":
                path.moveTo(*turned)
            elif kind == "L":
                path.lineTo(*turned)
            elif kind == "C":
                path.curveTo(*turned)
            else:
                path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a circle around (x, y)."""
        self._pen(fill, stroke, line, dash)
        self._canvas.circle(x, PAGE_HEIGHT - y, radius, stroke=bool(stroke), fill=bool(fill))

    def polygon(
        self,
        points: Sequence[Point],
        *,
        fill: str = "",
        stroke: str = "",
        line: float = 0.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a closed shape."""
        self._pen(fill, stroke, line, dash)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], PAGE_HEIGHT - points[0][1])
        for _, (x, y) in pairwise(points):
            path.lineTo(x, PAGE_HEIGHT - y)
        path.close()
        self._canvas.drawPath(path, stroke=bool(stroke), fill=bool(fill))

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw the middle of a picture so that it fills the rectangle; what stands out on two sides is cut off.

        Raises:
            OSError: `data` is no picture.
        """
        reader = _Picture(data)
        own_width, own_height = reader.getSize()
        scale = max(width / own_width, height / own_height)
        drawn_width, drawn_height = own_width * scale, own_height * scale
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x, PAGE_HEIGHT - y - height, width, height)
        self._canvas.clipPath(path, stroke=0, fill=0)
        left = x - (drawn_width - width) / 2
        bottom = PAGE_HEIGHT - y - height - (drawn_height - height) / 2
        self._canvas.drawImage(reader, left, bottom, drawn_width, drawn_height)
        self._canvas.restoreState()

    def bookmark(self, key: str, x: float, y: float) -> None:
        """Make (x, y) of this page a place that links and outline can name; the first of a name stands."""
        if key not in self._bookmarks:
            self._bookmarks.add(key)
            place = self._place("", x, y, 0.0, 0.0)
            self._canvas.bookmarkPage(key, fit="XYZ", left=place.left, top=PAGE_HEIGHT - place.top, zoom=0)

    def outline(self, title: str, key: str, level: int) -> None:
        """Add an entry to the outline."""
        self._canvas.addOutlineEntry(title, key, level)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to the place bookmarked as `key`."""
        place = self._place("", x, y, width, height)
        corners = (place.left, PAGE_HEIGHT - place.bottom, place.right, PAGE_HEIGHT - place.top)
        self._canvas.linkAbsolute("", key, corners, Border="[0 0 0]")

    def scaled(self, x: float, y: float, scale: float) -> None:
        """Begin to draw smaller around the corner (x, y); ends with `unscaled`."""
        self._shrunk = (x, y, scale)
        self._canvas.saveState()
        self._canvas.translate(x * (1 - scale), (PAGE_HEIGHT - y) * (1 - scale))
        self._canvas.scale(scale, scale)

    def unscaled(self) -> None:
        """End drawing smaller."""
        self._shrunk = (0.0, 0.0, 1.0)
        self._canvas.restoreState()

    def end_page(self) -> None:
        """Finish this page."""
        self._canvas.showPage()
        self._page += 1

    def _place(self, origin: str, x: float, y: float, width: float, height: float) -> Place:
        corner_x, corner_y, scale = self._shrunk
        left, top = corner_x + (x - corner_x) * scale, corner_y + (y - corner_y) * scale
        return Place(
            page=self._page,
            left=left,
            top=top,
            right=left + width * scale,
            bottom=top + height * scale,
            origin=origin,
        )

    def _pen(self, fill: str, stroke: str, line: float, dash: Sequence[float]) -> None:
        if fill:
            self._canvas.setFillColor(self._colour(fill))
        if stroke:
            self._canvas.setStrokeColor(self._colour(stroke))
            self._canvas.setLineWidth(line)
            self._canvas.setDash(list(dash))

    def _colour(self, name: str) -> Color:
        if name not in self._colours:
            self._colours[name] = HexColor(name)
        return self._colours[name]
