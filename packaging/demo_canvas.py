"""What the demonstration pictures are drawn with: a canvas of twice the size, paper, screens, walls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WIDTH, HEIGHT = 1200, 800
SCALE = 2  # drawn twice as large and reduced: smooth edges without an anti-aliasing library
Colour = str | tuple[int, int, int]
Box = tuple[float, float, float, float]

INK, MID, SOFT, HAIR, PAPER = "#1d2b2e", "#4a5c5f", "#7d8c8e", "#d5dcdc", "#fbfbf8"
TEAL, LIGHT_TEAL, OCHRE, GREEN, RED = "#0b6b66", "#84bfb7", "#b9651b", "#2f9e6e", "#c0463a"


def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the report's own face at `size` canvas pixels."""
    name = "NotoSansSC-Bold.ttf" if bold else "NotoSansSC-Regular.ttf"
    return ImageFont.truetype(FONTS / name, round(size * SCALE))


class Canvas:
    """A picture under way; all measures are pixels of the finished picture."""

    def __init__(self, colour: Colour, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
        self.image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), colour)
        self.pen = ImageDraw.Draw(self.image)

    def box(
        self, box: Box, fill: Colour | None = None, outline: Colour | None = None, width: float = 1, radius: float = 0
    ) -> None:
        """Draw a rectangle, rounded by `radius`."""
        edges = [round(value * SCALE) for value in box]
        line = max(1, round(width * SCALE))
        self.pen.rounded_rectangle(edges, radius * SCALE, fill, outline, line if outline else 0)

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        """Draw a filled polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def line(self, points: Sequence[tuple[float, float]], fill: Colour, width: float = 1.5) -> None:
        """Draw a line through the points."""
        path = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(path, fill, max(1, round(width * SCALE)), joint="curve")

    def disc(self, x: float, y: float, radius: float, fill: Colour, outline: Colour | None = None) -> None:
        """Draw a circle."""
        edges = [round(value * SCALE) for value in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(edges, fill, outline, SCALE * 2 if outline else 0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 16,
        fill: Colour = INK,
        *,
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        """Write text at a point."""
        self.pen.text((x * SCALE, y * SCALE), text, fill, font(size, bold=bold), anchor=anchor)

    def blend(self, top: Colour, bottom: Colour, box: Box) -> None:
        """Fill a box from `top` to `bottom`."""
        x0, y0, x1, y1 = (round(value * SCALE) for value in box)
        mask = Image.linear_gradient("L").resize((x1 - x0, y1 - y0))
        lower, upper = Image.new("RGB", mask.size, bottom), Image.new("RGB", mask.size, top)
        self.image.paste(Image.composite(lower, upper, mask), (x0, y0))

    def shadow(self, box: Box, blur: float = 14, strength: int = 90) -> None:
        """Darken softly where a thing will stand."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle([round(value * SCALE) for value in box], 10 * SCALE, strength)
        mask = mask.resize((WIDTH // 2, HEIGHT // 2)).filter(ImageFilter.GaussianBlur(blur / 2)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, "#10181a"), (0, 0), mask)

    def lay(self, sheet: Canvas, at: tuple[float, float], angle: float) -> None:
        """Lay a sheet on the picture, turned by `angle` degrees, with its shadow."""
        turned = sheet.image.convert("RGBA").rotate(angle, Image.Resampling.BICUBIC, expand=True)
        x, y = round(at[0] * SCALE), round(at[1] * SCALE)
        alpha = turned.getchannel("A")
        dark = Image.new("L", self.image.size, 0)
        dark.paste(alpha.point(lambda value: value * 110 // 255), (x + 14, y + 18))
        dark = dark.resize((WIDTH // 2, HEIGHT // 2)).filter(ImageFilter.GaussianBlur(7)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, "#10181a"), (0, 0), dark)
        self.image.paste(turned.convert("RGB"), (x, y), alpha)

    def mark(self) -> None:
        """Say in the corner that nothing here is real."""
        self.box((WIDTH - 166, HEIGHT - 58, WIDTH - 20, HEIGHT - 18), "#fff7ee", OCHRE, 2.5, 6)
        self.text(WIDTH - 93, HEIGHT - 38, "示例 DEMO", 21, OCHRE, bold=True, anchor="mm")

    def finished(self) -> Image.Image:
        """Return the picture at its final size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def paper(width: int, height: int, title: str, subtitle: str) -> Canvas:
    """Return a sheet with a title, the mark of a demonstration, and room for a table."""
    sheet = Canvas(PAPER, (width, height))
    sheet.text(44, 36, title, 27, bold=True)
    sheet.text(44, 76, subtitle, 15, MID)
    sheet.line([(44, 106), (width - 44, 106)], INK, 2)
    return sheet


def table(
    sheet: Canvas,
    left: float,
    top: float,
    columns: list[float],
    rows: list[list[str]],
    *,
    step: float = 34,
    size: float = 15,
) -> None:
    """Write rows under a bold head; `columns` are the left edges of the columns from `left`."""
    for number, row in enumerate(rows):
        y = top + number * step
        for offset, text in zip(columns, row, strict=True):
            sheet.text(left + offset, y, text, size, INK if number else MID, bold=number == 0)
        sheet.line([(left, y + step - 7), (left + columns[-1] + 110, y + step - 7)], HAIR if number else INK, 1.2)


def hall(wall: Colour = "#cfd8d8", floor: Colour = "#9aa7a8") -> Canvas:
    """Return an empty hall: wall, windows, floor with a yellow lane."""
    picture = Canvas(wall)
    picture.blend("#e6ecec", wall, (0, 0, WIDTH, 430))
    for number in range(6):
        x = 40 + number * 200
        picture.box((x, 40, x + 150, 150), "#f4f9fa", "#aebabb", 3)
        picture.line([(x + 75, 40), (x + 75, 150)], "#aebabb", 3)
    picture.blend("#aab6b7", floor, (0, 430, WIDTH, HEIGHT))
    picture.shape([(0, 700), (WIDTH, 640), (WIDTH, 654), (0, 720)], "#d9b44a")
    return picture
