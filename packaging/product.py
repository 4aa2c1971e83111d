"""What every package says of the product: its name, version and words, each from one place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "QiZhen"
IDENTIFIER = "org.qizhen.QiZhen"  # reverse domain form, as desktops and macOS ask for it
LICENSE = "Apache-2.0"
DIGESTS = "installed.sha256"  # beside the programs: the digest of every file the package brought
PORTABLE = "portable"  # beside the programs: data are kept there too
BUNDLE_SUFFIX = ".qzb"  # as `diag_app.__main__` takes it
BUNDLE_TYPE = "application/vnd.qizhen.bundle+zip"


def version() -> str:
    """Return the version, from `diag_app/__init__.py`."""
    text = (ROOT / "diag_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise LookupError("diag_app/__init__.py names no version")
    return found[1]


def summary() -> str:
    """Return the product in one line, from `pyproject.toml`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["description"])


def version_resource(program: str) -> str:
    """Return what Windows shows of a program under "Details", in the form that PyInstaller reads."""
    numbers = tuple(int(part) for part in (*re.findall(r"\d+", version())[:3], "0"))
    words = {
        "CompanyName": NAME,
        "FileDescription": summary(),
        "FileVersion": version(),
        "InternalName": program,
        "LegalCopyright": LICENSE,
        "OriginalFilename": f"{program}.exe",
        "ProductName": NAME,
        "ProductVersion": version(),
    }
    # One table, named as English and read by every Windows: language 0409, Unicode 04B0 (1200).
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004,"
        " fileType=0x1, subtype=0x0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('040904B0', [{strings}])]),"
        " VarFileInfo([VarStruct('Translation', [0x0409, 1200])])])"
    )
