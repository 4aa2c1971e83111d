"""What stops a bundle from being written leaves nothing under its name, and says why."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from diag_app.clock import Cancelled
from diag_app.codec import digest
from diag_app.errors import DiagError
from diag_app.sync.bundle_contents import Source, source_at, source_of
from diag_app.sync.bundle_read import verify_bundle
from diag_app.sync.bundle_write import write_bundle
from diag_app.sync.limits import Limits
from tests.sync.samples import PHOTO, make_contents, make_op, seal, signer

RIGHT_BLOB = digest(PHOTO)
BAD_SOURCES = {
    "other bytes": source_of(PHOTO[:-1] + b"x"),
    "shorter": Source(size=len(PHOTO), open=lambda: io.BytesIO(PHOTO[:-1])),
    "longer": Source(size=len(PHOTO), open=lambda: io.BytesIO(PHOTO + b"x")),
    "empty": source_of(b""),
}


@pytest.mark.parametrize("fault", BAD_SOURCES)
def test_evidence_that_is_not_what_was_recorded_is_not_sealed(tmp_path: Path, fault: str) -> None:
    with pytest.raises(DiagError) as caught:
        seal(tmp_path / "x.zip", blobs={RIGHT_BLOB: BAD_SOURCES[fault]})
    assert (caught.value.code, caught.value.location) == ("SOURCE_CHANGED", RIGHT_BLOB)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [3, 9_000_000])  # the larger is read in pieces
@pytest.mark.parametrize("changed", range(3))
def test_of_several_files_the_one_that_changed_is_named(tmp_path: Path, changed: int, size: int) -> None:
    blobs = {digest(data): source_of(data) for data in (bytes([number]) * size for number in range(3))}
    name = sorted(blobs)[changed]
    blobs[name] = source_of(b"x" * size)
    with pytest.raises(DiagError) as caught:
        seal(tmp_path / "x.zip", blobs=blobs)
    assert (caught.value.code, caught.value.location) == ("SOURCE_CHANGED", name)
    assert list(tmp_path.iterdir()) == []


def test_missing_evidence_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiagError, match=r"NOT_FOUND .*gone\.jpg"):
        source_at(tmp_path / "gone.jpg")


@pytest.mark.parametrize("fault", [{"replica": "of another form"}, {"value_digest": "0" * 64}, {"salt": None}])
def test_what_does_not_verify_after_writing_gets_no_name(tmp_path: Path, fault: dict[str, Any]) -> None:
    with pytest.raises(DiagError) as caught:
        seal(tmp_path / "x.zip", ops=[make_op(1, **fault)])
    assert caught.value.code == "BUNDLE_UNVERIFIED"
    assert caught.value.problems
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    with pytest.raises(DiagError, match="BUNDLE_EMPTY"):
        seal(tmp_path / "x.zip", ops=(), blobs={}, reports={})
    assert list(tmp_path.iterdir()) == []


def test_an_older_bundle_stays_when_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    before = seal(tmp_path / "x.zip").path.read_bytes()
    with pytest.raises(DiagError):
        seal(tmp_path / "x.zip", blobs={RIGHT_BLOB: BAD_SOURCES["other bytes"]})
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [before]


def test_too_little_space_is_seen_before_anything_is_written(tmp_path: Path) -> None:
    huge = Source(size=1_900_000_000_000, open=lambda: pytest.fail("nothing is read"))
    limits = Limits(split=10**15)
    with pytest.raises(DiagError) as caught:
        write_bundle(
            tmp_path / "x.zip", contents=make_contents(blobs={RIGHT_BLOB: huge}), signer=signer(), limits=limits
        )
    assert caught.value.code == "SPACE_SHORT"
    assert caught.value.parameters["needed"] == "1900001"
    assert int(caught.value.parameters["free"]) < 1_900_000
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"")
    with pytest.raises(DiagError, match="NOT_A_FOLDER"):
        seal(tmp_path / "folder" / "x.zip")


def test_a_cancelled_export_leaves_nothing(tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_bundle(tmp_path / "x.zip", contents=make_contents(), signer=signer(), progress=cancel)
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from diag_app.errors import DiagError
from diag_app.i18n.codes import CODES
from tests.sync.samples import seal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
seal(Path(sys.argv[1]) / "warm.zip")
(Path(sys.argv[1]) / "warm.zip").unlink()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    seal(Path(sys.argv[1]) / "x.zip")
except DiagError as error:
    print(error.code, error.location)
"""


@pytest.mark.parametrize("room", [1, 3000, 20_000, 38_000])
def test_a_disk_that_takes_no_more_leaves_nothing(tmp_path: Path, room: int) -> None:
    found = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(room)], capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == ["FILE_TOO_LARGE", str(tmp_path / "x.zip")]
    assert list(tmp_path.iterdir()) == []


MOUNTED = """
mount -t tmpfs -o size={size} tmpfs {folder} || exit 77
{python} -c '
import sys
from pathlib import Path
from diag_app.errors import DiagError
from diag_app.codec import digest
from diag_app.sync.bundle_contents import source_of
from tests.sync.samples import PHOTO, make_op, seal
ops = [make_op(n, value="x" * 4000) for n in range(1, 200)]
try:
    seal(Path(sys.argv[1]) / "x.zip", ops=ops)
except DiagError as error:
    print(error.code, error.parameters["needed"], error.parameters["free"])
print(sorted(path.name for path in Path(sys.argv[1]).iterdir()))
' {folder}
"""


@pytest.mark.parametrize("size", ["64k", "400k", "900k"])
def test_a_full_disk_leaves_nothing_and_says_how_much_is_needed(tmp_path: Path, size: str) -> None:
    script = MOUNTED.format(size=size, folder=tmp_path, python=sys.executable)
    found = subprocess.run(["unshare", "-Urm", "sh", "-c", script], capture_output=True, text=True, check=False)
    if found.returncode not in (0, 2) and ("unshare" in found.stderr or found.returncode == 77):
        pytest.skip(f"no mounts of one's own here: {found.stderr.strip()}")
    first, second = found.stdout.splitlines()
    assert first.split()[0] == "SPACE_SHORT"
    assert int(first.split()[1]) >= 1
    assert second == "[]"


PULLED_OUT = """
mount -t tmpfs -o size=8m tmpfs {folder} || exit 77
{python} -c '
import subprocess, sys
from pathlib import Path
from diag_app.errors import DiagError
from diag_app.sync.bundle_write import write_bundle
from tests.sync.samples import make_contents, signer
heard = 0
def pull(done, total):
    global heard
    heard += 1
    if heard == int(sys.argv[2]):
        subprocess.run(["umount", "-l", sys.argv[1]], check=True)
try:
    write_bundle(Path(sys.argv[1]) / "x.zip", contents=make_contents(), signer=signer(), progress=pull)
except DiagError as error:
    print(error.code, error.location)
' {folder} {step}
"""


@pytest.mark.parametrize("step", [1, 12, 20])
def test_a_stick_that_is_pulled_out_is_never_said_to_be_written(tmp_path: Path, step: int) -> None:
    script = PULLED_OUT.format(folder=tmp_path, python=sys.executable, step=step)
    found = subprocess.run(["unshare", "-Urm", "sh", "-c", script], capture_output=True, text=True, check=False)
    if found.returncode not in (0, 2) and ("unshare" in found.stderr or found.returncode == 77):
        pytest.skip(f"no mounts of one's own here: {found.stderr.strip()}")
    assert found.stdout.split() == ["MEDIUM_GONE", "x.zip"], found.stderr


KILLED = """
import os, signal, sys
from pathlib import Path
from diag_app.sync.bundle_write import write_bundle
from tests.sync.samples import make_contents, signer
heard = 0
def kill(done, total):
    global heard
    heard += 1
    if heard == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
write_bundle(Path(sys.argv[1]) / "x.zip", contents=make_contents(), signer=signer(), progress=kill)
"""


@pytest.mark.parametrize("step", [1, 2, 4, 8, 12])
def test_a_killed_export_leaves_nothing_under_the_name(tmp_path: Path, step: int) -> None:
    found = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(step)], check=False)
    assert found.returncode == -signal.SIGKILL
    assert not (tmp_path / "x.zip").exists()
    assert verify_bundle(seal(tmp_path / "x.zip").path).ok


@pytest.mark.skipif(os.name == "nt", reason="folders of Windows have no such permission")
def test_only_the_owner_may_read_a_bundle(tmp_path: Path) -> None:
    assert seal(tmp_path / "x.zip").path.stat().st_mode & 0o777 == 0o600
