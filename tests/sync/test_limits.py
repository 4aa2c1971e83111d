"""Every bound holds exactly: the last that fits is taken, one more is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.sync.bundle_read import verify_bundle
from diag_app.sync.bundle_write import write_bundle
from diag_app.sync.json_depth import is_deeper
from diag_app.sync.limits import LIMITS, Limits
from diag_app.sync.zip_reader import read_entries
from tests.sync.samples import make_contents, make_ops, seal, signer

Measure = Callable[[Path], int]


def largest(folder: str, path: Path) -> int:
    with path.open("rb") as file:
        return max(entry.size for entry in read_entries(file, limits=LIMITS) if entry.name.startswith(folder))


def largest_tag(path: Path) -> int:
    with path.open("rb") as file:
        return max(entry.size for entry in read_entries(file, limits=LIMITS) if not entry.name.startswith("data/"))


def entries(path: Path) -> int:
    with path.open("rb") as file:
        return len(read_entries(file, limits=LIMITS))


BOUNDS: dict[str, tuple[Callable[[int], Limits], Measure, str]] = {
    "whole file": (lambda n: replace(LIMITS, part=n), lambda path: path.stat().st_size, "BUNDLE_TOO_LARGE"),
    "entries": (lambda n: replace(LIMITS, entries=n), entries, "BUNDLE_TOO_MANY_ENTRIES"),
    "tag file": (lambda n: replace(LIMITS, tag_file=n), largest_tag, "ENTRY_TOO_LARGE"),
    "file of ops": (lambda n: replace(LIMITS, segment=n), lambda path: largest("data/ops/", path), "ENTRY_TOO_LARGE"),
    "ops": (lambda n: replace(LIMITS, ops=n), lambda path: len(make_ops()), "OPS_TOO_MANY"),
    "depth": (lambda n: replace(LIMITS, json_depth=n), lambda path: 4, "OPS_TOO_DEEP"),
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_holds_exactly(tmp_path: Path, bound: str) -> None:
    limits_at, measure, code = BOUNDS[bound]
    deep = [*make_ops()[:2], replace(make_ops()[2], value=None, value_digest=None, salt=None, extra={"a": {"b": {}}})]
    ops = deep if bound == "depth" else make_ops()
    path = seal(tmp_path / "x.zip", ops=ops).path
    size = measure(path)
    assert verify_bundle(path, limits=limits_at(size)).ok
    assert code in {problem.code for problem in verify_bundle(path, limits=limits_at(size - 1)).problems}


def test_a_bundle_beyond_the_bound_is_not_written(tmp_path: Path) -> None:
    size = seal(tmp_path / "x.zip").size
    fits, short, tiny = (replace(LIMITS, part=limit) for limit in (size, size - 1, 10))
    write_bundle(tmp_path / "fits.zip", contents=make_contents(), signer=signer(), limits=fits)
    for limits in (short, tiny):
        with pytest.raises(DiagError, match="BUNDLE_TOO_LARGE"):
            write_bundle(tmp_path / "more.zip", contents=make_contents(), signer=signer(), limits=limits)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fits.zip", "x.zip"]


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        (b"1", 0),
        (b"[]", 1),
        (b'{"a":[]}', 2),
        (b'["[[[[["]', 1),
        (b'["\\"[[["]', 1),
        (b'["\\\\",[]]', 2),
        (b"[[],[],[]]", 2),
    ],
)
def test_depth_is_that_of_arrays_and_objects_outside_of_strings(text: bytes, depth: int) -> None:
    assert not is_deeper(text, depth)
    assert depth == 0 or is_deeper(text, depth - 1)
