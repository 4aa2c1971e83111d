"""A watched folder gives each new and whole picture once, and never an old one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.errors import DiagError
from diag_app.operations import evidence_watch
from diag_app.operations.evidence_watch import FolderWatch


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    put(folder, "DCIM/100CANON/IMG_0001.JPG")
    return folder


@pytest.fixture
def watch(card: Path) -> FolderWatch:
    begun = FolderWatch(folder=card)
    assert begun.look() == ()
    return begun


def put(folder: Path, name: str, data: bytes = b"picture", second: int = 1) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (second, second))
    return path


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_what_was_there_at_the_start_is_never_given(watch: FolderWatch) -> None:
    assert [watch.look() for _ in range(3)] == [(), (), ()]


def test_a_new_picture_is_given_once_and_only_when_two_looks_found_it_alike(watch: FolderWatch, card: Path) -> None:
    put(card, "DCIM/100CANON/IMG_0002.JPG", b"half", second=2)
    assert watch.look() == ()
    put(card, "DCIM/100CANON/IMG_0002.JPG", b"half and half", second=3)
    assert watch.look() == ()
    assert names(watch.look()) == ["IMG_0002.JPG"]
    assert watch.look() == ()


def test_an_empty_file_is_waited_for(watch: FolderWatch, card: Path) -> None:
    put(card, "a.jpg", b"")
    assert [watch.look() for _ in range(3)] == [(), (), ()]
    put(card, "a.jpg", b"now", second=2)
    assert [names(watch.look()) for _ in range(2)] == [[], ["a.jpg"]]


def test_pictures_come_in_the_order_they_were_taken_and_from_new_folders_too(watch: FolderWatch, card: Path) -> None:
    put(card, "z.jpg", second=5)
    put(card, "DCIM/101CANON/b.png", second=9)
    put(card, "a.heic", second=7)
    watch.look()
    assert names(watch.look()) == ["z.jpg", "a.heic", "b.png"]


@pytest.mark.parametrize("name", ["notes.txt", ".hidden.jpg", ".thumbnails/a.jpg", "1/2/3/4/deep.jpg"])
def test_what_is_no_picture_hidden_or_deep_is_passed_over(watch: FolderWatch, card: Path, name: str) -> None:
    put(card, name)
    assert [watch.look() for _ in range(3)] == [(), (), ()]


def test_links_are_not_followed(watch: FolderWatch, card: Path, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/a.jpg")
    (card / "link.jpg").symlink_to(outside)
    (card / "folder").symlink_to(outside.parent)
    assert [watch.look() for _ in range(3)] == [(), (), ()]


def test_a_card_pulled_out_and_put_back_gives_what_is_new_on_it(watch: FolderWatch, card: Path, tmp_path: Path) -> None:
    card.rename(tmp_path / "camera")
    for _ in range(2):
        with pytest.raises(DiagError, match="NOT_FOUND"):
            watch.look()
    put(tmp_path / "camera", "DCIM/100CANON/IMG_0002.JPG", second=2)
    (tmp_path / "camera").rename(card)
    assert [names(watch.look()) for _ in range(3)] == [[], ["IMG_0002.JPG"], []]


def test_of_another_card_nothing_old_is_taken(watch: FolderWatch, card: Path) -> None:
    shutil.rmtree(card)
    with pytest.raises(DiagError):
        watch.look()
    put(card, "DCIM/200NIKON/OLD.JPG", second=8)
    assert [watch.look() for _ in range(3)] == [(), (), ()]
    put(card, "DCIM/200NIKON/NEW.JPG", second=9)
    assert [names(watch.look()) for _ in range(2)] == [[], ["NEW.JPG"]]


def test_a_picture_that_could_not_be_taken_in_is_given_again(watch: FolderWatch, card: Path) -> None:
    path = put(card, "DCIM/a.jpg")
    watch.look()
    assert watch.look() == (path,)
    watch.again(path)
    assert watch.look() == (path,)
    assert watch.look() == ()


def test_a_folder_with_too_many_files_is_refused(card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_watch, "MOST_FILES", 3)
    for number in range(5):
        put(card, f"{number}.jpg")
    with pytest.raises(DiagError, match="WATCH_TOO_MANY"):
        FolderWatch(folder=card).look()


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 3), st.integers(1, 5)), max_size=12))
def test_no_state_of_a_file_is_ever_given_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("card")
    watch = FolderWatch(folder=folder)
    given_states: list[tuple[Path, int, int]] = []
    watch.look()
    for name, size, second in steps:
        put(folder, f"{name}.jpg", b"x" * size, second)
        given_states += [(path, path.stat().st_size, path.stat().st_mtime_ns) for path in watch.look()]
    assert len(given_states) == len(set(given_states))
    assert all(size for _, size, _ in given_states)
