"""Lists the SHA-256 of every file of a built folder in it: `python packaging/digests.py dist/QiZhen`.

The list (`installed.sha256`, read by `sha256sum -c` too) is made after signing; `diag self-check` compares with it.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from product import DIGESTS, PORTABLE


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of the package in the order of their names; links have no bytes of their own."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file() and not path.is_symlink() and path.relative_to(folder).as_posix() not in {DIGESTS, PORTABLE}:
            yield path


def write_digests(folder: Path) -> int:
    """Write the list and return how many files it names."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files_of(folder)
    ]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8", newline="\n")
    return len(lines)


def build_id(folder: Path) -> str:
    """Return a short name of exactly this content; two builds of one version differ in it."""
    return hashlib.sha256((folder / DIGESTS).read_bytes()).hexdigest()[:8]


if __name__ == "__main__":
    print(f"{write_digests(Path(sys.argv[1]))} files listed in {DIGESTS}")
