"""Makes the packages of a built folder: `python packaging/make_packages.py dist/QiZhen dist/packages [KIND…]`.

Kinds: `deb`, `tar`, `zip`, `setup`; without any, all. `SHA256SUMS` lists what lies in the target folder afterwards.
A folder without `.exe` files is a stand-in for a Windows build: the setup and the zip are made, and named so.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from package_linux import make_deb, make_portable_tar
from package_windows import make_portable_zip, make_setup
from product import DIGESTS, NAME, version

SUMS = "SHA256SUMS"
Maker = Callable[[Path, Path], Path]
MAKERS: dict[str, tuple[Maker, str]] = {
    "deb": (make_deb, "qizhen_{version}_{system}.deb"),
    "tar": (make_portable_tar, "qizhen-{version}-{system}-portable.tar.zst"),
    "zip": (make_portable_zip, "qizhen-{version}-{system}-portable.zip"),
    "setup": (make_setup, "qizhen-{version}-{system}-setup.exe"),
}
OF_WINDOWS = ("zip", "setup")


def main(arguments: list[str]) -> int:
    """Make the kinds named and list the digests of all that lies in the target folder."""
    folder, target, *kinds = arguments
    source, packages = Path(folder).resolve(), Path(target).resolve()
    if not (source / DIGESTS).is_file():
        print(f"{source} holds no {DIGESTS}: run packaging/digests.py first")
        return 1
    packages.mkdir(parents=True, exist_ok=True)
    for kind in kinds or MAKERS:
        begun = time.monotonic()
        make, name = MAKERS[kind]
        made = make(source, packages / name.format(version=version(), system=system(source, kind)))
        print(f"  {time.monotonic() - begun:5.1f} s  {made.name}  {made.stat().st_size / 1e6:.1f} MB", flush=True)
    write_sums(packages)
    return 0


def system(folder: Path, kind: str) -> str:
    """Return the system a package is for, as its name says it; a stand-in is never taken for a Windows package."""
    if kind not in OF_WINDOWS:
        return "linux"
    return "windows" if (folder / f"{NAME}.exe").is_file() else "linux-stand-in"


def write_sums(folder: Path) -> None:
    """List the digests of the files of `folder` in the form of `sha256sum`."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name != SUMS]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
