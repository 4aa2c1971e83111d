"""Renders the handbook from `docs/handbook/` to `resources/handbook/`, where the app reads it: HTML with its pictures.

Run by the build hook, by `dev.py`, and by the tests; by hand: `python packaging/make_handbook.py [--pdf FOLDER]`,
which with `--pdf` writes each handbook as PDF too.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "handbook"
TARGET = ROOT / "resources" / "handbook"
PICTURES = "../../screenshots/"
WIDTH = 640  # of a picture, in pixels; a browser makes it narrower where there is less room
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ max-width: 46em; margin: 2em auto; padding: 0 1em; line-height: 1.6; font-family: sans-serif; }}
img {{ max-width: 100%; height: auto; }} td, th {{ padding: 4px 8px; text-align: left; }}</style></head>
<body>
{body}</body></html>
"""


class MissingPictureError(Exception):
    """A handbook shows a picture that is not there."""


def make_handbook(source: Path = SOURCE, target: Path = TARGET) -> int:
    """Render every handbook whose text or pictures have changed; return how many pages there are.

    Raises:
        MissingPictureError: a picture is not there; names it and the page.
    """
    pages = list(source.glob("*/*.md"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(rf"\]\({re.escape(PICTURES)}([^)]+)\)", text):
            picture = (page.parent / PICTURES / name).resolve()
            if not picture.is_file():
                raise MissingPictureError(f"{page.name}: {name}")
            _write(target / "pictures" / name, picture.read_bytes())
        _write(target / page.parent.name / f"{page.stem}.html", render(text, page.parent.name).encode())
    return len(pages)


def render(text: str, language: str) -> str:
    """Return a handbook page as HTML that stands alone beside its pictures."""
    body = MarkdownIt("commonmark").enable("table").render(text)
    body = body.replace(f'<p><img src="{PICTURES}', f'<p class="picture"><img width="{WIDTH}" src="../pictures/')
    title = next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
    return _PAGE.format(language="zh-CN" if language == "zh" else language, title=escape(title), body=body)


def print_pages(folder: Path) -> Iterator[Path]:
    """Write each handbook into `folder` as PDF and yield the files."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only where pages are printed

    from diag_app.ui.handbook import print_page  # noqa: PLC0415
    from diag_app.ui.theme import load_fonts  # noqa: PLC0415

    application = QApplication(sys.argv[:1])
    load_fonts()
    folder.mkdir(parents=True, exist_ok=True)
    for page in sorted(TARGET.glob("*/*.html")):
        made = folder / f"qizhen-handbook-{page.stem}-{page.parent.name}.pdf"
        print_page(page, made)
        made.chmod(0o644)  # to be given away, as the packages beside it are
        yield made
    application.quit()


def _write(path: Path, data: bytes) -> None:
    """Write what has changed, whole at once: several test processes may render at the same time."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(data)
    temporary.replace(path)


def main() -> int:
    """Render, and print where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", type=Path, help="write each handbook as PDF into this folder")
    arguments = parser.parse_args()
    print(f"{make_handbook()} handbook pages rendered")
    if arguments.pdf is not None:
        for path in print_pages(arguments.pdf):
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
