"""The Linux packages of a built folder: a `.deb` for the whole machine, and a portable `tar.zst`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from digests import build_id
from make_icon import SOURCE, make_icons
from product import IDENTIFIER, NAME, PORTABLE, ROOT, summary, version

PARTS = ROOT / "packaging" / "linux"
LIBRARIES = Path("usr/lib/qizhen")
# What the folder does not bring along because it must fit the machine: the C library, graphics, fonts, the bus.
DEPENDS = (
    "libc6 (>= 2.34)", "libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libfreetype6", "libdbus-1-3",
    "libglib2.0-0 | libglib2.0-0t64", "zlib1g",
)  # fmt: skip
CONTROL = """Package: qizhen
Version: {version}
Architecture: {architecture}
Maintainer: QiZhen <qizhen@localhost>
Installed-Size: {size}
Depends: {depends}
Section: misc
Priority: optional
Description: {summary}
 Evaluation with evidence, needs, a proposal as PDF, and a sealed bundle.
 Data are kept in each person's home and stay when the package is removed.
"""


def make_deb(folder: Path, target: Path, *, release: str | None = None) -> Path:
    """Write the `.deb` of `folder` to `target`; `release` overrules the version, for tests.

    Every build lies in a folder of its own name, and the one file that names it is put in place last, so that an
    upgrade that is cut short leaves the old version working.
    """
    shown = release or version()
    build = f"{shown}-{build_id(folder)}"
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        root = Path(scratch) / "root"
        shutil.copytree(folder, root / LIBRARIES / build, symlinks=True, copy_function=_link)
        size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
        _put(root / "usr/share/qizhen/start", _filled("start.sh", BUILD=build), mode=0o755)
        for program in ("qizhen", "diag", "diag-receiver"):
            _symlink(root / "usr/bin" / program, "../share/qizhen/start")
        _put(root / f"usr/share/applications/{IDENTIFIER}.desktop", _filled("qizhen.desktop"))
        _put(root / f"usr/share/mime/packages/{IDENTIFIER}.xml", _filled("mime.xml"))
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        _put(root / f"usr/share/metainfo/{IDENTIFIER}.metainfo.xml", _filled("metainfo.xml", VERSION=shown, DATE=today))
        _put(root / "usr/share/doc/qizhen/copyright", (ROOT / "LICENSE").read_text(encoding="utf-8"))
        _put_icons(root / "usr/share/icons/hicolor", Path(scratch))
        values = {"version": shown, "size": size, "depends": ", ".join(DEPENDS), "summary": summary()}
        _put(root / "DEBIAN/control", CONTROL.format(architecture=_architecture(), **values))
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", str(root), str(target)], check=True)
    return target


def make_portable_tar(folder: Path, target: Path) -> Path:
    """Write the folder as `tar.zst` with the marker that keeps data beside the app."""
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        root = Path(scratch) / NAME
        shutil.copytree(folder, root, symlinks=True, copy_function=_link)
        (root / PORTABLE).touch()
        owner = ("--owner=0", "--group=0", "--numeric-owner", "--sort=name")
        packer = ("--use-compress-program", "zstd -19 -T0 -q")
        subprocess.run(["tar", *owner, *packer, "-cf", str(target.resolve()), "-C", scratch, NAME], check=True)
    return target


def _filled(name: str, **values: str) -> str:
    text = (PARTS / name).read_text(encoding="utf-8")
    for word, value in values.items():
        text = text.replace(f"@{word}@", value)
    return text


def _put(path: Path, text: str, *, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def _put_icons(folder: Path, scratch: Path) -> None:
    make_icons(scratch / "icons")
    for place, source in (("256x256", scratch / "icons" / "qizhen.png"), ("scalable", SOURCE)):
        target = folder / place / "apps" / f"{IDENTIFIER}{source.suffix}"
        target.parent.mkdir(parents=True)
        shutil.copyfile(source, target)


def _symlink(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _link(source: str, target: str) -> None:
    """Link instead of copying: the build is on the same disk and nothing of it is changed."""
    os.link(source, target, follow_symlinks=False)


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return asked.stdout.strip()
