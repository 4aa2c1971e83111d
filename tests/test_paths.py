"""Where data are: at home, or beside the programs of a portable app."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from diag_app.paths import data_dir, log_dir, program_dir
from diag_app.settings import settings_path


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a frozen app."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "diag"))
    return tmp_path


def test_a_checkout_has_no_folder_of_programs() -> None:
    assert program_dir() is None


def test_an_installed_app_keeps_data_in_the_persons_home(programs: Path) -> None:
    assert program_dir() == programs
    assert programs not in data_dir().parents
    assert programs not in log_dir().parents


def test_the_marker_keeps_data_settings_and_logs_beside_the_programs(programs: Path) -> None:
    (programs / "portable").touch()
    assert data_dir() == programs / "data"
    assert log_dir() == programs / "data" / "logs"
    assert settings_path() == programs / "data" / "settings.json"


def test_a_folder_of_that_name_is_no_marker(programs: Path) -> None:
    (programs / "portable").mkdir()
    assert programs not in data_dir().parents
