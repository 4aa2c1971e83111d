"""What must pass on Windows asks nothing of the machine that only Linux has."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev
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


@pytest.mark.parametrize(
    "place", ["packaging/release/release.yml", "docs/releasing.md", "docs/commands.md", "README.md"]
)
def test_the_release_and_the_documents_run_them_by_one_command(place: str) -> None:
    text = (ROOT / place).read_text(encoding="utf-8")
    assert "--portable" in text
    assert dev.PORTABLE not in text  # a second way to say which they are


def test_the_command_exists_and_is_never_taken_for_the_long_runs() -> None:
    for given, status in (("--help", 0), ("--portable --heavy", 2)):
        command = (sys.executable, str(ROOT / "dev.py"), "test", *given.split())
        asked = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (asked.returncode, "--portable" in asked.stdout + asked.stderr) == (status, True)


def test_no_portable_test_needs_what_windows_lacks() -> None:
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in files()
        if (match := LINUX_ONLY.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
