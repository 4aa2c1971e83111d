"""What killed processes left is swept when the store is opened, if it is ours and old; nothing else is touched."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from diag_app.storage.scratch import OLD, scratch_in, sweep
from tests.fixed_clock import FixedClock
from tests.storage.stores import opened

NOW = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)
OURS = (
    ".part-ab_9xyz0",
    "backups/.part-abcdefgh",
    "keys/.new-4711-signing.pem",
    "evidence/ab/.part-abcdefgh",
    "packs/some-pack/1.0.0/.part-abcdefgh",
    "audit-waiting/.part-abcdefgh",
    ".snapshot-abcdefgh/snapshot.db",
    ".drill-abcdefgh/restored/workspace.db",
    ".repair-abcdefgh/copy/evidence/ab/cd",
    "backups/.unpacked-abcdefgh/workspace.db",
)
NOT_OURS = (
    ".part-abc",
    ".part-abcdefgh.txt",
    ".partner",
    "notes/.part-abcdefgh",
    "evidence/ab/abcd",
    "backups/.keep",
    "part-abcdefgh",
)


def left(directory: Path, names: tuple[str, ...], *, at: datetime) -> None:
    """Leave files with these names, and their folders, as they were at a moment."""
    for name in names:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("left")
        for one in (path, *path.parents):
            if one.is_relative_to(directory):
                os.utime(one, (at.timestamp(), at.timestamp()))


def files_in(directory: Path) -> set[str]:
    return {path.relative_to(directory).as_posix() for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", OURS)
def test_what_is_ours_and_a_day_old_goes(tmp_path: Path, name: str) -> None:
    left(tmp_path, (name,), at=NOW - OLD - timedelta(seconds=1))
    sweep(tmp_path, now=NOW)
    assert files_in(tmp_path) == set()


@pytest.mark.parametrize("age", [timedelta(0), OLD - timedelta(seconds=1), -timedelta(days=400)])
def test_what_may_still_be_written_stays(tmp_path: Path, age: timedelta) -> None:
    left(tmp_path, OURS, at=NOW - age)
    sweep(tmp_path, now=NOW)
    assert files_in(tmp_path) == set(OURS)


def test_a_folder_stays_as_long_as_anything_in_it_is_young(tmp_path: Path) -> None:
    left(tmp_path, (".drill-abcdefgh/old", ".drill-abcdefgh/deep/young"), at=NOW - OLD - timedelta(hours=1))
    os.utime(tmp_path / ".drill-abcdefgh/deep/young", (NOW.timestamp(), NOW.timestamp()))
    sweep(tmp_path, now=NOW)
    assert len(files_in(tmp_path)) == 2


def test_what_is_not_ours_stays_however_old(tmp_path: Path) -> None:
    left(tmp_path, NOT_OURS, at=NOW - timedelta(days=4000))
    sweep(tmp_path, now=NOW)
    assert files_in(tmp_path) == set(NOT_OURS)
    assert list(scratch_in(tmp_path)) == []


def test_a_link_goes_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("stays")
    home = tmp_path / "home"
    home.mkdir()
    (home / ".drill-abcdefgh").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    sweep(home, now=datetime.now(UTC) + 3 * OLD)
    assert (list(home.iterdir()), files_in(tmp_path)) == ([], {"elsewhere/file"})


def test_opening_the_store_sweeps(tmp_path: Path) -> None:
    opened(tmp_path).close()
    left(tmp_path, OURS, at=NOW - timedelta(days=2))
    opened(tmp_path, clock=FixedClock(NOW)).close()
    assert files_in(tmp_path) == {"workspace.db"}
