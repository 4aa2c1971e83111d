"""A square code as a picture in the frame of a photo."""

from __future__ import annotations

from io import BytesIO

import segno
from PIL import Image

SCALE, BORDER = 6, 4  # pixels of a module, modules of white around


def square_code_picture(data: bytes) -> bytes:
    """Return a PNG of 3:2 with the square code of `data` in its middle, as high as the picture."""
    drawn, target = BytesIO(), BytesIO()
    segno.make_qr(data, error="l", boost_error=False).save(drawn, kind="png", scale=SCALE, border=BORDER)
    with Image.open(drawn) as code:
        picture = Image.new("L", (code.height * 3 // 2, code.height), 255)
        picture.paste(code.convert("L"), ((picture.width - code.width) // 2, 0))
        picture.save(target, "PNG")
    return target.getvalue()
