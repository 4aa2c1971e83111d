"""Each mend of ReportLab, beside what happens without it."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from reportlab import rl_config
from reportlab.pdfbase import ttfonts
from reportlab.pdfgen.canvas import Canvas

from diag_app.report.fonts import REGULAR, load_faces
from diag_app.report.reportlab_mends import mend, new_canvas, to_unicode_map
from tests.report.reading import run, squeezed, text_of, written
from tests.report.sample import photo

BEYOND = "䶮𬭎𠅤"
ORIGINAL = """
from io import BytesIO
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from diag_app.paths import resource
import sys
pdfmetrics.registerFont(TTFont("F", str(resource("fonts", "NotoSansSC-Regular.ttf"))))
canvas = Canvas(sys.argv[1], invariant=1)
canvas.setFont("F", 12)
canvas.drawString(72, 700, sys.argv[2])
canvas.drawImage(sys.argv[3], 72, 300, 90, 60)
canvas.save()
"""


@pytest.fixture
def as_it_comes(tmp_path: Path) -> Path:
    """Return a file that ReportLab writes without any mend."""
    target, picture = tmp_path / "plain.pdf", tmp_path / "photo.jpg"
    picture.write_bytes(photo("1"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", ORIGINAL, str(target), BEYOND, str(picture)]
    subprocess.run(command, check=True, env=environment)
    return target


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    """Return the same content written with the mends."""
    load_faces()
    mend(REGULAR)
    target = BytesIO()
    canvas = new_canvas(target, size=(595, 842), language="zh-CN", issued_on="2026-03-27")
    canvas.setFont(REGULAR, 12)
    canvas.drawString(72, 700, BEYOND)
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(photo("1"))
    canvas.drawImage(str(picture), 72, 300, 90, 60)
    canvas.save()
    return written(tmp_path, target.getvalue())


def test_text_beyond_the_bmp_survives_only_mended(as_it_comes: Path, mended: Path) -> None:
    assert squeezed(text_of(mended)) == BEYOND
    assert squeezed(text_of(as_it_comes)) != BEYOND


def test_no_helvetica_without_its_file(as_it_comes: Path, mended: Path) -> None:
    assert "Helvetica" in run("pdffonts", as_it_comes)
    assert "Helvetica" not in run("pdffonts", mended)


def test_pictures_are_not_written_as_ascii(as_it_comes: Path, mended: Path) -> None:
    assert b"ASCII85Decode" in as_it_comes.read_bytes()
    assert b"ASCII85Decode" not in mended.read_bytes()


def test_the_environment_does_not_reach_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def bytes_of(*, with_mend: bool) -> bytes:
        target = BytesIO()
        canvas = (
            new_canvas(target, size=(595, 842), language="en", issued_on="2026-03-27")
            if with_mend
            else Canvas(target, invariant=1)
        )
        canvas.save()
        return target.getvalue()

    load_faces()
    mend(REGULAR)
    before = bytes_of(with_mend=True), bytes_of(with_mend=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert bytes_of(with_mend=True) == before[0]
    assert bytes_of(with_mend=False) != before[1]


def test_mends_are_in_place_after_mending_twice() -> None:
    mend(REGULAR)
    mend(REGULAR)
    assert ttfonts.makeToUnicodeCMap is to_unicode_map
    assert rl_config.useA85 == 0


def test_the_map_to_text_is_utf16_in_blocks_of_a_hundred() -> None:
    cmap = to_unicode_map("F", [0, 0x41, 0x2CB4E, *range(0x4E00, 0x4E00 + 200)])
    assert "<01> <0041>" in cmap
    assert "<02> <D872DF4E>" in cmap
    assert "<00> <0000>" not in cmap
    assert [int(line.split()[0]) for line in cmap.splitlines() if line.endswith("beginbfchar")] == [100, 100, 2]
