"""The Windows setup under wine: it installs, upgrades and removes without a word, and survives a power cut."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.packages.windows import Windows, setup_of

pytestmark = pytest.mark.heavy

POINTS = ("before-unpacking", "unpacking", "unpacked", "between", "exchanged", "registered")
CUT = 99


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wine") / "prefix"


@pytest.fixture
def windows(prefix: Path) -> Windows:
    made = Windows(prefix)
    made.make_new()
    return made


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("setups")


def version_in(folder: Path) -> str:
    """The version whose every file lies in the folder, proven by its digests."""
    for line in (folder / "installed.sha256").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    return (folder / "_internal" / "common.dat").read_text()


def put_data(windows: Windows) -> Path:
    data = windows.local / "QiZhen" / "workspace" / "store.sqlite"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(b"what the person recorded")
    return data


def test_the_setup_installs_upgrades_and_removes_silently_and_the_data_stay(windows: Windows, scratch: Path) -> None:
    data = put_data(windows)
    assert windows.run(setup_of(scratch, "1.0.0"), "/S") == 0
    assert version_in(windows.installed) == "1.0.0"
    assert ".qzb" in windows.registry()

    assert windows.run(setup_of(scratch, "1.1.0"), "/S") == 0
    assert version_in(windows.installed) == "1.1.0"
    assert (
        "diag 1.0.0 backup snapshot --without-key" in windows.called
    )  # the old version backed up before it was replaced
    assert not list(windows.installed.rglob("only in 1.0.0.dat"))
    assert [path.name for path in windows.installed.parent.iterdir()] == ["QiZhen"]

    assert windows.run(windows.installed / "uninstall.exe", "/S") == 0
    assert not windows.installed.exists()
    assert "QiZhen.Bundle" not in windows.registry()
    assert data.read_bytes() == b"what the person recorded"


def test_a_file_the_person_put_among_the_programs_is_never_deleted(windows: Windows, scratch: Path) -> None:
    windows.run(setup_of(scratch, "1.0.0"), "/S")
    (windows.installed / "notes.txt").write_text("mine")
    windows.run(setup_of(scratch, "1.1.0"), "/S")
    assert version_in(windows.installed) == "1.1.0"
    assert (windows.installed.with_name("QiZhen.previous") / "notes.txt").read_text() == "mine"


def test_a_folder_with_other_files_is_refused_and_left_alone(windows: Windows, scratch: Path) -> None:
    other = windows.local / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    assert (
        windows.run(setup_of(scratch, "1.0.0"), "/S", rf"/D=C:\users\{windows.local.parts[-3]}\AppData\Local\other")
        == 4
    )
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("point", POINTS)
def test_a_power_cut_during_an_upgrade_leaves_a_working_version_and_all_data(
    windows: Windows, scratch: Path, point: str
) -> None:
    data = put_data(windows)
    windows.run(setup_of(scratch, "1.0.0"), "/S")
    assert windows.run(setup_of(scratch, "1.1.0", cut_at=point), "/S") == CUT
    windows.log_on()

    left = version_in(windows.installed)
    assert left == ("1.1.0" if point in {"exchanged", "registered"} else "1.0.0")
    windows.run(windows.installed / "QiZhen.exe")
    assert windows.called[-1].split() == ["QiZhen", left]
    assert data.read_bytes() == b"what the person recorded"

    assert windows.run(setup_of(scratch, "1.1.0"), "/S") == 0
    assert version_in(windows.installed) == "1.1.0"
    assert [path.name for path in windows.installed.parent.iterdir()] == ["QiZhen"]
