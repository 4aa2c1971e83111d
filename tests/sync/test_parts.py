"""A bundle in parts: each is good by itself, all come or none, and a part that is lost takes nothing else along."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.clock import Cancelled
from diag_app.codec import digest
from diag_app.crypto.age_keys import Identity
from diag_app.errors import DiagError
from diag_app.sync.bundle_contents import source_of
from diag_app.sync.bundle_read import read_bundle, verify_bundle
from diag_app.sync.bundle_write import SealedBundle, write_bundle
from diag_app.sync.limits import LIMITS, MIB
from diag_app.sync.parts import ENTRY_ROOM, TAGS_ROOM, part_paths, planned, set_problems
from tests.sync.samples import make_contents, make_ops, signer

PHOTOS = {digest(data): data for data in (bytes([number]) * 90_000 for number in range(10))}
SPLIT = replace(LIMITS, split=240_000)
CITY, COLLEAGUE, STRANGER = (Identity(bytes([number]) * 32) for number in (1, 2, 3))


def sealed_in(folder: Path, *to: Identity, photos: Mapping[str, bytes] = PHOTOS) -> SealedBundle:
    contents = make_contents(blobs={sha256: source_of(data) for sha256, data in photos.items()})
    return write_bundle(
        folder / "名 x.zip", contents=contents, signer=signer(), recipients=[one.recipient for one in to], limits=SPLIT
    )


def test_every_part_is_a_good_bundle_and_together_they_hold_all(tmp_path: Path) -> None:
    sealed = sealed_in(tmp_path)
    assert [path.name for path in sealed.paths] == [f"名 x-{number}of6.zip" for number in range(1, 7)]
    assert (sealed.blobs, sum(part.blobs for part in sealed.parts)) == (10, 10)
    assert all(part.size == part.path.stat().st_size <= SPLIT.split for part in sealed.parts)
    found: dict[str, bytes] = {}
    for number, path in enumerate(sealed.paths, start=1):
        with read_bundle(path) as part:
            assert part.statement.part == (number, 6)
            assert (part.statement.bundle_set, part.statement.set_blob_count) == (sealed.bundle_id, 10)
            assert list(part.ops()) == (list(make_ops()) if number == 1 else [])
            found |= {sha256: part.read_blob(sha256) for sha256 in part.blobs}
    assert found == PHOTOS


def test_the_same_contents_give_the_same_parts(tmp_path: Path) -> None:
    once, again = sealed_in(tmp_path / "a"), sealed_in(tmp_path / "b", photos=dict(reversed(PHOTOS.items())))
    assert [path.read_bytes() for path in once.paths] == [path.read_bytes() for path in again.paths]


@pytest.mark.parametrize("lost", range(6))
def test_a_damaged_part_leaves_the_others_usable(tmp_path: Path, lost: int) -> None:
    paths = sealed_in(tmp_path).paths
    data = bytearray(paths[lost].read_bytes())
    data[len(data) // 2] ^= 1
    paths[lost].write_bytes(data)
    assert [verify_bundle(path).ok for path in paths] == [number != lost for number in range(6)]


def test_sets_are_told_from_each_other(tmp_path: Path) -> None:
    sealed = sealed_in(tmp_path / "a")
    other = sealed_in(tmp_path / "b", photos=dict(list(PHOTOS.items())[:-1]))
    one, two = (
        [
            (found.statement, found.manifest_sha256)
            for found in map(verify_bundle, bundle.paths)
            if found.statement is not None
        ]
        for bundle in (sealed, other)
    )
    cases = {
        "whole": (one, []),
        "in any order": (one[::-1], []),
        "one missing": (one[:3] + one[4:], ["PART_MISSING"]),
        "one twice": ([*one, one[2]], ["PART_TWICE"]),
        "one of another": ([*one[:-1], two[-1]], ["PART_FOREIGN", "PART_MISSING", "PART_MISSING"]),
        "a bundle of one part": ([], []),
    }
    for case, (parts, codes) in cases.items():
        assert [problem.code for problem in set_problems(parts, location="x")][: len(codes)] == codes, case
    gone = [problem.parameters["parts"] for problem in set_problems([*one[:-1], two[-1]], location="x")[1:3]]
    assert gone == ["6", "1-5"]
    swapped = [(replace(statement, bundle_set=two[0][0].bundle_set), manifest) for statement, manifest in one]
    assert [problem.code for problem in set_problems(swapped, location="x")] == ["PART_DISAGREES"]


@pytest.mark.parametrize("step", [1, 5, 12, 20])
def test_a_cancelled_export_leaves_no_part(tmp_path: Path, step: int) -> None:
    heard = 0

    def cancel(done: int, total: int) -> None:
        nonlocal heard
        heard += 1
        if heard == step:
            raise Cancelled

    contents = make_contents(blobs={sha256: source_of(data) for sha256, data in PHOTOS.items()})
    with pytest.raises(Cancelled):
        write_bundle(tmp_path / "x.zip", contents=contents, signer=signer(), limits=SPLIT, progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_a_file_beyond_a_part_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(DiagError, match="BUNDLE_TOO_LARGE"):
        sealed_in(tmp_path, photos={digest(b"x" * 300_000): b"x" * 300_000})
    assert list(tmp_path.iterdir()) == []


sizes = st.dictionaries(st.integers(0, 999).map("{:03d}".format), st.integers(0, 5000), max_size=60)


@given(sizes, st.integers(0, 30_000), st.integers(22_000, 60_000), st.integers(6, 40))
def test_a_plan_holds_everything_once_and_no_part_beyond_its_room(
    blobs: dict[str, int], others: int, room: int, entries: int
) -> None:
    limits = replace(LIMITS, entries=entries)
    if others > room:
        return
    parts = planned(blobs, others=others, other_entries=0, room=room, limits=limits)
    assert sorted(sha256 for part in parts for sha256 in part) == sorted(blobs)
    for number, part in enumerate(parts):
        held = sum(blobs[sha256] + ENTRY_ROOM for sha256 in part)
        assert (others if number == 0 else TAGS_ROOM) + held <= room
        assert len(part) + 5 <= max(entries, 5)
    assert len(parts) == 1 or not parts[0]
    assert all(parts[1:])


def test_the_hard_limit_is_the_largest_file_of_a_stick() -> None:
    assert LIMITS.part == 4 * 1024 * MIB - 1
    assert LIMITS.split == 2 * 1024 * MIB
    assert part_paths(Path("a/x.zip"), 1) == (Path("a/x.zip"),)


def test_an_encrypted_bundle_opens_for_each_recipient_and_for_nobody_else(tmp_path: Path) -> None:
    sealed = sealed_in(tmp_path, CITY, COLLEAGUE)
    for path in sealed.paths:
        assert path.stat().st_size <= SPLIT.split
        assert b"data/" not in path.read_bytes()
        for identity in (CITY, COLLEAGUE):
            assert verify_bundle(path, identities=[STRANGER, identity]).ok
        for identities, code in (((), "BUNDLE_ENCRYPTED"), ((STRANGER,), "AGE_NOT_FOR_US")):
            [problem] = verify_bundle(path, identities=identities).problems
            assert problem.code == code
    with read_bundle(sealed.path, identities=[CITY]) as part:
        assert list(part.ops()) == list(make_ops())
        assert part.statement.recipients_hint == tuple(sorted(one.recipient.text for one in (CITY, COLLEAGUE)))


def test_an_encrypted_part_that_is_cut_or_changed_is_refused(tmp_path: Path) -> None:
    path = sealed_in(tmp_path, CITY, photos={}).path
    whole = path.read_bytes()
    for place in (0, 30, 200, 300, len(whole) // 2, len(whole) - 1):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]):
            path.write_bytes(data)
            found = verify_bundle(path, identities=[CITY])
            assert not found.ok
            assert {problem.code for problem in found.problems} <= {
                "AGE_DAMAGED", "AGE_NOT_FOR_US", "BUNDLE_TORN", "NOT_A_BUNDLE",
            }  # fmt: skip


PROBE = """
import sys
from pathlib import Path
from tests.sync.test_parts import CITY, sealed_in
sealed_in(Path(sys.argv[1]), CITY)
"""


def test_nothing_plain_is_written_while_encrypting(tmp_path: Path) -> None:
    """Every byte the process writes anywhere is looked at, by the system call."""
    if subprocess.run(["which", "strace"], capture_output=True, check=False).returncode:
        pytest.skip("no strace here")
    command = ["strace", "-f", "-e", "trace=openat", "-o", str(tmp_path / "trace"), sys.executable, "-c", PROBE]
    subprocess.run([*command, str(tmp_path / "out")], check=True)
    opened = [line for line in (tmp_path / "trace").read_text().splitlines() if "O_WRONLY" in line or "O_RDWR" in line]
    written = {line.split('"')[1] for line in opened if "/dev/null" not in line and "= -1" not in line}
    assert {str(Path(name).parent) for name in written if not name.endswith(".pyc")} <= {str(tmp_path / "out")}
