"""Draws the app's icon for each system from `packaging/qizhen.svg`: `python packaging/make_icon.py FOLDER`.

Leaves `qizhen.ico` for Windows, `qizhen.icns` for macOS, and `qizhen.png` (256 pixels) for Linux.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from product import ROOT
from PySide6.QtCore import QBuffer, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = ROOT / "packaging" / "qizhen.svg"
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
LARGEST = 1024


def draw(size: int) -> Image.Image:
    """Return the icon at `size` pixels, drawn from the outline each time, never scaled."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(SOURCE)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, PySide6 a name
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def make_icons(folder: Path) -> None:
    """Write the three files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [draw(size) for size in WINDOWS_SIZES]
    drawn[-1].save(folder / "qizhen.ico", sizes=[(size, size) for size in WINDOWS_SIZES], append_images=drawn[:-1])
    drawn[-1].save(folder / "qizhen.png")
    draw(LARGEST).save(folder / "qizhen.icns")


if __name__ == "__main__":
    make_icons(Path(sys.argv[1]))
