"""Every dependency of the app has a wheel at its pinned version for each system that the app is packaged for."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from make_sbom import CONSTRAINTS, pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT

pytestmark = pytest.mark.heavy

WITH_PYTHON = {"pip"}  # needed for its module alone, and there wherever Python is

SYSTEMS = {
    "Windows amd64": ("win_amd64",),
    "macOS arm64": ("macosx_13_0_arm64", "macosx_12_0_arm64", "macosx_11_0_arm64", "macosx_11_0_universal2",
                    "macosx_12_0_universal2", "macosx_13_0_universal2", "macosx_10_13_universal2"),
    "Linux x86-64": ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_27_x86_64",
                     "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
}  # fmt: skip
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "extra": ""}
MACOS = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "extra": ""}
LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "extra": ""}
MARKERS = dict(zip(SYSTEMS, (WINDOWS, MACOS, LINUX), strict=True))


def needed(environment: dict[str, str]) -> dict[str, str]:
    """Return every package that the app needs on a system, directly or not, with its pinned version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {canonicalize_name(pin.name): pin.version for pin in pins(CONSTRAINTS.read_text(encoding="utf-8"))}
    waiting = [Requirement(text) for text in project["dependencies"]]
    found: dict[str, str] = {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        applies = wanted.marker is None or wanted.marker.evaluate(environment)
        if applies and name not in found and name not in WITH_PYTHON:
            found[name] = pinned[name]
            waiting += [Requirement(text) for text in _requires(name)]
    return found


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except ModuleNotFoundError:  # one that only another system installs
        return []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_wheel_exists(system: str, tmp_path: Path) -> None:
    wanted = needed(MARKERS[system])
    assert len(wanted) > 25
    platforms = [part for tag in SYSTEMS[system] for part in ("--platform", tag)]
    lines = [f"{name}=={version}" for name, version in sorted(wanted.items())]
    options = ("--only-binary=:all:", "--no-deps", "--python-version", "3.11", "--quiet", "--dest", str(tmp_path))
    command = (sys.executable, "-m", "pip", "download", *options, *platforms, *lines)
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("*.whl"))) == len(wanted)
