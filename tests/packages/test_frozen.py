"""The frozen app on this machine: its checks hold, its window opens on a screen, an upgrade's backup needs no key."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from digests import write_digests
from PIL import ImageGrab

from diag_app.operations.security import unlock
from tests.house.sources import ROOT
from tests.screen import unseen_screen
from tests.security.cases import PHRASE, everything_is_there, plain_workspace

pytestmark = pytest.mark.heavy

FROZEN = ROOT / "dist" / "QiZhen"  # left by the gate's step before
LONGEST_S = 120
MANY_COLOURS = 100  # a screen without a window has one
Diag = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a person of their own, with nothing of this checkout in it."""
    folders = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), str(tmp_path / "person"))
    return {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], **folders}


@pytest.fixture
def diag(home: dict[str, str]) -> Diag:
    """The frozen command line: its one answer, where it does what it is asked."""

    def run(*arguments: str | Path) -> Any:
        command = (str(FROZEN / "diag"), "--json", *map(str, arguments))
        done = subprocess.run(command, env=home, check=False, capture_output=True, text=True, timeout=LONGEST_S)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen that nobody sees."""
    with unseen_screen(1366, 768) as made:
        yield made


def test_the_frozen_app_passes_its_own_check(diag: Diag) -> None:
    write_digests(FROZEN)
    found = {part["part"]: [problem["code"] for problem in part["problems"]] for part in diag("self-check")}
    assert {part: codes for part, codes in found.items() if codes and part != "disk"} == {}


def test_its_window_opens_on_a_screen(diag: Diag, home: dict[str, str], screen: str, tmp_path: Path) -> None:
    diag("demo", tmp_path / "demo")
    environment = home | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    workspace = ("--workspace", str(tmp_path / "demo" / "workspace"))
    once = (str(FROZEN / "QiZhen"), *workspace, "--quit-after-paint")
    done = subprocess.run(once, env=environment, check=False, capture_output=True, text=True, timeout=LONGEST_S)
    assert (done.returncode, done.stderr) == (0, "")

    with subprocess.Popen((str(FROZEN / "QiZhen"), *workspace), env=environment) as window:
        try:
            assert colours_on(screen, window) > MANY_COLOURS
        finally:
            window.kill()


def test_an_encrypted_workspace_is_backed_up_for_an_upgrade_and_comes_back(diag: Diag, tmp_path: Path) -> None:
    workspace, back, phrase = tmp_path / "workspace", tmp_path / "back", tmp_path / "phrase.txt"
    plain_workspace(workspace)
    phrase.write_text(PHRASE, encoding="utf-8")
    diag("--workspace", workspace, "--passphrase-file", phrase, "workspace", "encrypt")
    taken = diag("--workspace", workspace, "backup", "snapshot", "--without-key")["path"]
    restored = diag("--passphrase-file", phrase, "backup", "restore", taken, "--to", back)
    assert (restored["checked"], restored["problems"]) == (True, [])
    assert everything_is_there(back, unlock(back, passphrase=PHRASE))


def colours_on(screen: str, window: subprocess.Popen[bytes]) -> int:
    """Return how many colours the screen shows once the window is there, or where it never comes."""
    for _ in range(2 * LONGEST_S):
        with suppress(subprocess.TimeoutExpired):
            window.wait(timeout=0.5)
        count = len(ImageGrab.grab(xdisplay=screen).getcolors(1 << 24) or ())
        if count > MANY_COLOURS or window.poll() is not None:
            return count
    return 0
