"""The Windows packages of a built folder: the setup, by NSIS, and the portable zip.

The folder must hold a Windows build for the packages to be of use; any other serves to test the setup's own logic.
"""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from digests import files_of
from make_icon import make_icons
from product import DIGESTS, NAME, PORTABLE, ROOT, version

SCRIPT = ROOT / "packaging" / "windows" / "qizhen.nsi"


def make_setup(folder: Path, target: Path, *, release: str | None = None, cut_at: str | None = None) -> Path:
    """Write the setup of `folder` to `target`.

    `release` overrules the version, and `cut_at` ends the setup as a power cut would at that point of its script; both
    are for tests.
    """
    names = [path.relative_to(folder).as_posix() for path in (*files_of(folder), folder / DIGESTS)]
    size = sum((folder / name).stat().st_size for name in names)
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        make_icons(made)
        (made / "files.nsh").write_text("\n".join(unpacking(folder, names)), encoding="utf-8")
        (made / "removal.nsh").write_text("\n".join(removal(names)), encoding="utf-8")
        values = {
            "VERSION": release or version(),
            "FILES": made / "files.nsh",
            "REMOVAL": made / "removal.nsh",
            "SIZE_KB": size // 1024,
            "ICON": made / "qizhen.ico",
            "OUTPUT": target.resolve(),
        }
        values |= {"CUT_AT": cut_at} if cut_at else {}
        given = [f"-D{name}={value}" for name, value in values.items()]
        subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, str(SCRIPT)], check=True)
    return target


def make_portable_zip(folder: Path, target: Path) -> Path:
    """Write the folder as a zip with the marker that keeps data beside the app."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in (*files_of(folder), folder / DIGESTS):
            archive.write(path, f"{NAME}/{path.relative_to(folder).as_posix()}")
        archive.writestr(f"{NAME}/{PORTABLE}", b"")
    return target


def unpacking(folder: Path, names: Iterable[str]) -> list[str]:
    """Return NSIS lines that unpack the files into `$INSTDIR.new`."""
    lines, last = [], None
    for name in names:
        place = _windows(name).rpartition("\\")[0]
        if place != last:
            lines.append(f'SetOutPath "$INSTDIR.new\\{place}"')
            last = place
        lines.append(f'File "{(folder / name).resolve()}"')
    return lines


def removal(names: list[str]) -> list[str]:
    """Return NSIS lines that delete exactly these files, then the folders that are empty after it, deepest first."""
    folders = {parent for name in names for parent in Path(name).parents if parent != Path()}
    deepest = sorted(folders, key=lambda path: (-len(path.parts), path.as_posix()))
    return [
        *(f'Delete "$INSTDIR\\{_windows(name)}"' for name in names),
        *(f'RMDir "$INSTDIR\\{_windows(path.as_posix())}"' for path in deepest),
    ]


def _windows(name: str) -> str:
    return name.replace("$", "$$").replace("/", "\\")
