"""The `.deb`: it installs, works, upgrades and goes in a clean Debian, and survives a power cut in an upgrade."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from digests import write_digests
from package_linux import DEPENDS, make_deb

from tests.house.sources import ROOT

pytestmark = pytest.mark.heavy

FROZEN = ROOT / "dist" / "QiZhen"  # left by the gate's step before
SOURCES = ("/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list")  # where this machine's packages come from
QUICK = {"DPKG_DEB_COMPRESSOR_TYPE": "zstd", "DPKG_DEB_COMPRESSOR_LEVEL": "1"}
PROGRAM = '#!/bin/sh\ncat "$(dirname "$(readlink -f "$0")")/version"\n'
FILES = 30
KILLED_AT = (
    1,
    5,
    20,
    33,
    34,
    35,
    36,
    37,
    38,
    40,
    60,
)  # renames of dpkg, those of the last files of the package among them


@pytest.fixture(autouse=True)
def quick_packing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in QUICK.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a Debian that holds nothing but itself and what the package says it depends on."""
    root = tmp_path_factory.mktemp("debian") / "root"
    wanted = ",".join(name.split()[0] for name in DEPENDS)
    sources = next(name for name in SOURCES if Path(name).is_file())
    command = ("mmdebstrap", "--variant=minbase", f"--include={wanted}", "bookworm", str(root), sources)
    subprocess.run(command, check=True, capture_output=True)
    return root


def inside(root: Path, *command: str) -> str:
    """Run a command in the root and return what it prints."""
    environment = {
        "HOME": "/srv",
        "LANG": "C.UTF-8",
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(("chroot", str(root), *command), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


def packed(folder: Path, root: Path, release: str) -> str:
    """Pack a folder at a version and return where the package lies in the root."""
    return f"/{make_deb(folder, root / f'qizhen-{release}.deb', release=release).name}"


def test_it_installs_works_upgrades_and_goes_and_the_data_stay(debian: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(FROZEN, newer, symlinks=True)
    (newer / "_internal" / "resources" / "newer.txt").write_text("a file that only the newer version has")
    write_digests(newer)

    inside(debian, "dpkg", "--install", packed(FROZEN, debian, "1.0.0"))
    assert json.loads(inside(debian, "diag", "--json", "demo", "/srv/demo"))["level"] == 2
    inside(debian, "qizhen", "--workspace", "/srv/demo/workspace", "--quit-after-paint")

    inside(debian, "dpkg", "--install", packed(newer, debian, "1.1.0"))
    (build,) = (debian / "usr/lib/qizhen").iterdir()
    assert build.name.startswith("1.1.0-")
    inside(debian, "diag", "--workspace", "/srv/demo/workspace", "check", "--read-data")

    before = content_of(debian / "srv" / "demo")
    inside(debian, "dpkg", "--purge", "qizhen")
    assert not (debian / "usr/lib/qizhen").exists()
    assert not (debian / "usr/bin/diag").exists()
    assert content_of(debian / "srv" / "demo") == before


def test_what_the_desktop_is_told_is_valid(tmp_path: Path) -> None:
    target = make_deb(small_app(tmp_path / "app", "1.0.0"), tmp_path / "app.deb")
    subprocess.run(("dpkg-deb", "--extract", str(target), str(tmp_path / "root")), check=True)
    share = tmp_path / "root" / "usr" / "share"
    (desktop,), (metainfo,) = (share / "applications").iterdir(), (share / "metainfo").iterdir()
    for command in (("desktop-file-validate",), ("appstreamcli", "validate", "--no-net")):
        checked = desktop if len(command) == 1 else metainfo
        done = subprocess.run((*command, str(checked)), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("at", KILLED_AT)
def test_a_power_cut_in_an_upgrade_leaves_one_whole_version_working(tmp_path: Path, at: int) -> None:
    root = tmp_path / "root"
    for folder in ("info", "updates", "parts", "alternatives"):
        (root / "var/lib/dpkg" / folder).mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()
    old = make_deb(small_app(tmp_path / "old", "1.0.0"), tmp_path / "old.deb", release="1.0.0")
    new = make_deb(small_app(tmp_path / "new", "1.1.0"), tmp_path / "new.deb", release="1.1.0")
    install = ("dpkg", "--force-depends", f"--root={root}", "--install")
    subprocess.run((*install, str(old)), check=True, capture_output=True)
    assert working_version(root) == "1.0.0"

    cut = ("strace", "-f", "-qq", "-e", "trace=rename", "-e", f"inject=rename:signal=KILL:when={at}", "-o", os.devnull)
    subprocess.run((*cut, *install, str(new)), check=False, capture_output=True)
    assert working_version(root) in {"1.0.0", "1.1.0"}

    subprocess.run((*install, str(new)), check=True, capture_output=True)
    assert working_version(root) == "1.1.0"


def small_app(folder: Path, version: str) -> Path:
    """Make a folder with the two programs, which print their version when all their files are there."""
    (folder / "_internal").mkdir(parents=True)
    for number in range(FILES):
        (folder / "_internal" / f"{number:02}.dat").write_text(version)
    for name in ("diag", "QiZhen"):
        (folder / name).write_text(PROGRAM)
        (folder / name).chmod(0o755)
    (folder / "version").write_text(version)
    write_digests(folder)
    return folder


def working_version(root: Path) -> str:
    """Return the version that the installed command starts, with every file of it in its place."""
    start = (root / "usr/bin/diag").parent / (root / "usr/bin/diag").readlink()
    build = re.search(r"/usr/lib/qizhen/[^/]+", start.read_text())
    assert build is not None
    program = root / build[0].lstrip("/") / "diag"
    files = [line.split("  ") for line in (program.parent / "installed.sha256").read_text().splitlines()]
    assert all((program.parent / name).is_file() for _, name in files)
    return subprocess.run((str(program),), check=True, capture_output=True, text=True).stdout
