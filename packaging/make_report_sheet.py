"""Draws every page of the demonstration's reports, one sheet for each language.

`python packaging/make_report_sheet.py` writes `docs/screenshots/sheet-report-zh.png` and `…-en.png`: a row of pages for
each kind of report, as a person checks them beside each other before a release.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from diag_app.i18n import LANGUAGES
from diag_app.i18n.translator import Language
from diag_app.model.edition import Edition
from diag_app.operations.demo import ACTOR, fill_demo
from diag_app.operations.proposal import preview_proposal
from diag_app.operations.rendering import page_picture
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
ACROSS, WIDTH, GAP, CAPTION = 9, 240, 8, 22
GROUND, INK, COLOURS = "#E9EEED", "#15211F", 64
A4 = 595.276  # points


def main(folder: Path) -> int:
    """Draw the sheets into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, open_workspace(Path(scratch) / "workspace", actor=ACTOR) as opened:
        assessment_id = fill_demo(opened)
        for language in LANGUAGES:
            sheet = folder / f"sheet-report-{language}.png"
            rows = [
                (kind.title.text(language), pages_of(opened, assessment_id, language, Edition(kind=kind.kind_id)))
                for kind in opened.template().kinds
            ]
            lay_out(rows).quantize(COLOURS, dither=Image.Dither.NONE).save(sheet, optimize=True)
            print(f"{sheet.name:40} {sheet.stat().st_size / 1000:6.0f} kB", flush=True)
    return 0


def pages_of(workspace: Workspace, assessment_id: str, language: Language, edition: Edition) -> list[Image.Image]:
    """Return the pages of one report as pictures of the sheet's width."""
    rendered = preview_proposal(workspace, assessment_id, language, edition)
    drawn = (page_picture(rendered.pdf, page, WIDTH / A4) for page in range(rendered.page_count))
    return [Image.frombytes("RGB", (page.width, page.height), page.rgb) for page in drawn]


def lay_out(rows: list[tuple[str, list[Image.Image]]]) -> Image.Image:
    """Return one picture with the pages of each report below its name."""
    font = ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), 14)
    height = max(page.height for _, pages in rows for page in pages)
    lines = sum(-(-len(pages) // ACROSS) for _, pages in rows)
    size = ACROSS * (WIDTH + GAP) + GAP, lines * (height + GAP) + len(rows) * CAPTION + GAP
    sheet = Image.new("RGB", size, GROUND)
    pen = ImageDraw.Draw(sheet)
    top = GAP
    for name, pages in rows:
        pen.text((GAP, top), f"{name} · {len(pages)}", fill=INK, font=font)
        top += CAPTION
        for number, page in enumerate(pages):
            sheet.paste(page, (GAP + number % ACROSS * (WIDTH + GAP), top + number // ACROSS * (height + GAP)))
        top += -(-len(pages) // ACROSS) * (height + GAP)
    return sheet


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    sys.exit(main(parser.parse_args().folder))
