"""The README names every job of dev.py, the list of commands every command there is, once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from diag_app.cli.main import root
from diag_app.receiver.main import root as receiver
from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def command_names(command: click.Command, path: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from command_names(child, f"{path} {name}")
    else:
        yield path


@pytest.mark.parametrize(
    "name", [*sorted(command_names(root, "diag")), *sorted(command_names(receiver, "diag-receiver"))]
)
def test_every_command_is_named_once(name: str) -> None:
    rows = re.findall(rf"^\|.*`{re.escape(name)}(?: [^`]*)?`.*\|.*\|$", COMMANDS, re.MULTILINE)
    assert len(rows) == 1


@pytest.mark.parametrize("job", ["setup", "run", "test", "package", "bench", "shots"])
def test_every_job_of_dev_is_named(job: str) -> None:
    usage = subprocess.run((sys.executable, str(ROOT / "dev.py"), "--help"), check=True, capture_output=True, text=True)
    assert job in usage.stdout
    assert f"`python3 dev.py {job}" in README


def test_every_picture_shown_exists() -> None:
    pictures = re.findall(r"\((docs/[^)]+\.png)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []
