"""What must pass on Windows asks nothing of the machine that only Linux has."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.sources import ROOT

LISTED = [
    ROOT / line
    for line in (ROOT / "tests" / "portable_paths.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LINUX_ONLY = re.compile(
    r"^import (fcntl|pwd|pty|resource|termios)\b|os\.(fork|geteuid|mkfifo|getuid|statvfs)\("
    r"|[\"'(]/(proc|usr|dev|bin)/|\bstrace\b"
    r"|\.chmod\(|symlink_to\(|signal\.SIGKILL",
    re.MULTILINE,
)


def files() -> list[Path]:
    return [path for place in LISTED for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))]


def test_every_place_in_the_list_exists() -> None:
    assert [str(path) for path in LISTED if not path.exists()] == []
    assert len(files()) > 60


def test_no_portable_test_needs_what_windows_lacks() -> None:
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in files()
        if (match := LINUX_ONLY.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
