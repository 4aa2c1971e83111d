"""A file appears whole or not at all, and what the system refuses has a code."""

from __future__ import annotations

import errno
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.files import read, refusal, write, writing


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """The system refuses to let any file grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_file_is_written_whole_into_a_folder_that_did_not_exist(tmp_path: Path) -> None:
    write(tmp_path / "new" / "a.txt", b"whole")
    assert read(tmp_path / "new" / "a.txt") == b"whole"
    assert names(tmp_path / "new") == ["a.txt"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"old")

    def interrupted() -> None:
        with writing(tmp_path / "a.txt") as file:
            file.write(b"half of the ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert read(tmp_path / "a.txt") == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_file_that_may_not_grow_is_refused_and_nothing_remains(tmp_path: Path) -> None:
    with file_size_limit(1000), pytest.raises(DiagError, match="FILE_TOO_LARGE") as refused:
        write(tmp_path / "big", bytes(5000))
    assert refused.value.location == str(tmp_path / "big")
    assert names(tmp_path) == []


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken" / "inside").mkdir(parents=True)
    with pytest.raises(DiagError):
        write(tmp_path / "taken", b"")
    assert names(tmp_path) == ["taken"]


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DiagError, match="NOT_FOUND") as refused:
        read(tmp_path / "none")
    assert refused.value.location == str(tmp_path / "none")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "DISK_FULL"),
        (errno.EROFS, "READ_ONLY"),
        (errno.EACCES, "NO_ACCESS"),
        (errno.EFBIG, "FILE_TOO_LARGE"),
        (errno.EIO, "FILE_FAILED"),
    ],
)
def test_what_the_system_says_has_a_code(number: int, code: str) -> None:
    assert refusal(OSError(number, "said"), Path("x")).code == code
