"""What the packages are made of agrees with the app and with itself."""

from __future__ import annotations

import re
import subprocess
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from digests import build_id, write_digests
from make_icon import WINDOWS_SIZES, make_icons
from package_linux import make_portable_tar
from package_windows import make_portable_zip, removal, unpacking
from PIL import Image
from product import BUNDLE_SUFFIX, BUNDLE_TYPE, DIGESTS, IDENTIFIER, PORTABLE, version, version_resource

from diag_app import __version__
from diag_app.paths import PORTABLE_MARKER
from tests.house.sources import ROOT

PARTS = ROOT / "packaging"
XML = [PARTS / "linux" / "mime.xml", PARTS / "linux" / "metainfo.xml", PARTS / "windows" / "QiZhen.manifest"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small folder as a build leaves it."""
    for name in ("QiZhen", "diag", "_internal/a b/c.dat", "_internal/$d.dat"):
        path = tmp_path / "built" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    write_digests(tmp_path / "built")
    return tmp_path / "built"


def test_the_version_comes_from_one_place() -> None:
    assert version() == __version__
    assert f"'ProductVersion', '{__version__}'" in version_resource("diag")


def test_the_digests_are_those_that_sha256sum_reckons(folder: Path) -> None:
    subprocess.run(("sha256sum", "--check", "--strict", DIGESTS), cwd=folder, check=True, capture_output=True)
    assert len((folder / DIGESTS).read_text().splitlines()) == 4


def test_two_builds_of_one_version_have_names_of_their_own(folder: Path) -> None:
    before = build_id(folder)
    (folder / "diag").write_text("built again")
    write_digests(folder)
    assert build_id(folder) != before


def test_the_setup_removes_what_it_unpacked_and_the_folders_from_within(folder: Path) -> None:
    names = ["QiZhen", "_internal/$d.dat", "_internal/a b/c.dat"]
    places = [line for line in unpacking(folder, names) if line.startswith("SetOutPath")]
    assert places == [f'SetOutPath "$INSTDIR.new\\{place}"' for place in ("", "_internal", "_internal\\a b")]
    assert removal(names) == [
        'Delete "$INSTDIR\\QiZhen"',
        'Delete "$INSTDIR\\_internal\\$$d.dat"',
        'Delete "$INSTDIR\\_internal\\a b\\c.dat"',
        'RMDir "$INSTDIR\\_internal\\a b"',
        'RMDir "$INSTDIR\\_internal"',
    ]


def test_portable_archives_carry_the_marker_that_the_app_looks_for(folder: Path, tmp_path: Path) -> None:
    assert PORTABLE == PORTABLE_MARKER
    with zipfile.ZipFile(make_portable_zip(folder, tmp_path / "app.zip")) as archive:
        assert {f"QiZhen/{PORTABLE}", f"QiZhen/{DIGESTS}", "QiZhen/_internal/a b/c.dat"} <= set(archive.namelist())
    if (Path("/usr/bin/zstd")).exists():
        packed = make_portable_tar(folder, tmp_path / "app.tar.zst")
        plain = subprocess.run(("zstd", "-dq", "-o", str(tmp_path / "app.tar"), str(packed)), check=False)
        assert plain.returncode == 0
        with tarfile.open(tmp_path / "app.tar") as tar:
            assert {f"QiZhen/{PORTABLE}", f"QiZhen/{DIGESTS}", "QiZhen/diag"} <= set(tar.getnames())


def test_the_icon_of_windows_holds_every_size(tmp_path: Path) -> None:
    make_icons(tmp_path)
    with Image.open(tmp_path / "qizhen.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in WINDOWS_SIZES}


@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
def test_parts_in_xml_are_well_formed(path: Path) -> None:
    assert ET.parse(path).getroot() is not None  # noqa: S314 - our own files


def test_every_system_is_told_the_same_names() -> None:
    setup = (PARTS / "windows" / "qizhen.nsi").read_text(encoding="utf-8")
    assert f'"Software\\Classes\\{BUNDLE_SUFFIX}"' in setup
    assert f'"*{BUNDLE_SUFFIX}"' in (PARTS / "linux" / "mime.xml").read_text(encoding="utf-8")
    for part in ("mime.xml", "metainfo.xml", "qizhen.desktop"):
        text = (PARTS / "linux" / part).read_text(encoding="utf-8")
        assert (BUNDLE_TYPE in text, IDENTIFIER in text) == (True, True), part


def test_every_word_of_the_setup_is_in_both_languages() -> None:
    setup = (PARTS / "windows" / "qizhen.nsi").read_text(encoding="utf-8")
    words = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", setup, re.MULTILINE)
    names = {name for name, _ in words}
    assert set(words) == {(name, language) for name in names for language in ("SIMPCHINESE", "ENGLISH")}
    assert set(re.findall(r"\$\(([A-Z_]+)\)", setup)) == names
