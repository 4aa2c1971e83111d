"""Reading a PDF back with tools that know nothing of how it was made."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_BOX = re.compile(r'<(page|line|word)((?: [a-zA-Z]+="[-\d.]+")+)>(.*)')


@dataclass(frozen=True)
class PrintedLine:
    """A line of text on a page, with its box in points from the top left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def run(*command: str | Path) -> str:
    """Return what a tool prints; it must succeed."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def written(tmp_path: Path, pdf: bytes) -> Path:
    """Return the file that holds `pdf`."""
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    return file


def text_of(file: Path, *options: str) -> str:
    """Return the text of a PDF as pdftotext reads it."""
    return run("pdftotext", *options, file, "-")


def squeezed(text: str) -> str:
    """Return `text` without white space: drawn gaps read back as spaces."""
    return re.sub(r"\s+", "", text)


def lines_of(file: Path) -> list[PrintedLine]:
    """Return every line of a PDF with its box, in the order of the file."""
    found: list[PrintedLine] = []
    page, box, words = 0, (0.0, 0.0, 0.0, 0.0), list[str]()
    for row in run("pdftotext", "-bbox-layout", file, "-").splitlines():
        match = _BOX.search(row)
        if match is None:
            if "</line>" in row:
                found.append(PrintedLine(page, " ".join(words), *box))
            continue
        if match[1] == "page":
            page += 1
        elif match[1] == "line":
            left, top, right, bottom = (float(number) for number in re.findall(r'"([-\d.]+)"', match[2]))
            box, words = (left, top, right, bottom), []
        else:
            words.append(unescape(match[3].removesuffix("</word>")))
    return found
