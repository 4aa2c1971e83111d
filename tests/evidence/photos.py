"""Photos as telephones make them: place, camera and a small preview in the file; one half of each is a secret."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat

from diag_app.model.marks import Box

GPS, DETAILS, TAKEN, MAKER = 0x8825, 0x8769, 0x9003, 0x010F
WIDTH, HEIGHT = 640, 480
SECRET = Box(left=0, top=0, right=5000, bottom=10_000)  # the left half
CAMERA = "SecretCameraMaker"
PLACE = {1: "N", 2: (31.0, 14.0, 8.4), 3: "E", 4: (121.0, 28.0, 12.0)}


def noise(seed: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    """A picture that nothing can guess: every pixel bright and by chance."""
    chance = random.Random(seed)  # noqa: S311  a picture needs no secret
    return Image.frombytes("RGB", size, bytes(128 + value // 2 for value in chance.randbytes(size[0] * size[1] * 3)))


@cache
def photo(seed: int = 1, *, kind: str = "JPEG") -> bytes:
    image = noise(seed)
    exif = Image.Exif()
    exif[MAKER] = CAMERA
    exif.get_ifd(GPS).update(PLACE)
    exif.get_ifd(DETAILS).update({TAKEN: "2026:03:12 10:41:05"})
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes() + preview(seed), quality=90)
    return out.getvalue()


@cache
def preview(seed: int = 1) -> bytes:
    """The small picture that a camera puts into its file, whole, the secret included."""
    out = io.BytesIO()
    noise(seed).resize((64, 48)).save(out, "JPEG", quality=80)
    return out.getvalue()


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def left_half(image: Image.Image) -> Image.Image:
    """The part of a picture, of whichever size, that a redaction of `SECRET` hides, but for the edge itself."""
    return image.crop((0, 0, image.width // 2 - 8, image.height))


def shows_secret(image: Image.Image) -> bool:
    """Whether anything but black is where the secret was."""
    return max(left_half(image).tobytes()) > 24  # JPEG's own ringing stays below


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures' pixels at the size of the smaller."""
    size = min(one.size, other.size)
    difference = ImageChops.difference(one.resize(size), other.resize(size))
    return sum(ImageStat.Stat(difference).mean) / 3


def pieces(data: bytes, size: int = 48, step: int = 997) -> list[bytes]:
    """Pieces of a file, long enough that none is elsewhere by chance."""
    return [data[at : at + size] for at in range(0, len(data) - size, step)]


def files_with(folder: Path, *marks: bytes) -> list[str]:
    """Names of files below `folder` (of ZIP files: of their entries too) that hold one of `marks`."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if path.is_file():
            found += [name for name, data in _contents(path) if any(mark in data for mark in marks)]
    return found


def _contents(path: Path) -> list[tuple[str, bytes]]:
    data: list[tuple[str, bytes]] = [(path.name, path.read_bytes())]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            data += [(name, archive.read(name)) for name in archive.namelist()]
    return data


def metadata(data: bytes) -> dict[str, Any]:
    """Everything a picture file says beside its pixels; JFIF's own fields are no information."""
    image = Image.open(io.BytesIO(data))
    said = {str(name): value for name, value in image.info.items()}
    exif = {str(tag): value for tag, value in image.getexif().items()}
    return {**exif, **{name: value for name, value in said.items() if not name.startswith("jfif") and name != "dpi"}}
