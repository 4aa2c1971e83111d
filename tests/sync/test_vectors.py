"""The vectors for whoever writes a receiver: each is taken or refused as documented, quickly and in little memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from diag_app.sync.bundle_read import verify_bundle
from tests.sync.vectors import Vector, file_name, index, vectors

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "bundle-format.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vector, ...]:
    return vectors(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def laid_out(made: tuple[Vector, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vectors")
    for number, vector in enumerate(made):
        (folder / file_name(number, vector)).write_bytes(vector.data)
    (folder / "vectors.json").write_bytes(index(made))
    return folder


def test_there_are_enough_of_them(made: tuple[Vector, ...]) -> None:
    good = [vector for vector in made if vector.code is None]
    assert len(good) >= 20
    assert len(made) - len(good) >= 60
    assert len({vector.data for vector in made}) >= len(made) - 6  # some faults look alike in a file


def test_each_is_taken_or_refused_by_its_code(made: tuple[Vector, ...], tmp_path: Path) -> None:
    path, wrong = tmp_path / "x.zip", []
    for vector in made:
        path.write_bytes(vector.data)
        found = verify_bundle(path)
        codes = {problem.code for problem in found.problems if problem.severity == "error"}
        if (vector.code is None) != found.ok or (vector.code and vector.code not in codes):
            wrong.append((vector.name, vector.code, codes))
    assert wrong == []
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


def test_every_code_is_documented(made: tuple[Vector, ...]) -> None:
    documented = set(re.findall(r"`([A-Z0-9]+(?:_[A-Z0-9]+)+)`", DOCUMENT))
    assert {vector.code for vector in made if vector.code} <= documented


GUARDED = """
import json, resource, signal, sys
from pathlib import Path
from diag_app.sync.bundle_read import verify_bundle
verify_bundle(next(Path(sys.argv[1]).glob("good-*")))
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 256 * 1024 * 1024,) * 2)
for path in sorted(Path(sys.argv[1]).glob("*.zip")):
    signal.setitimer(signal.ITIMER_PROF, 2)
    verify_bundle(path)
    signal.setitimer(signal.ITIMER_PROF, 0)
print("ended")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
def test_none_takes_two_seconds_or_256_megabytes(laid_out: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", GUARDED, str(laid_out)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "ended\n", "")


def test_the_script_writes_the_same_bytes_every_time(laid_out: Path, tmp_path: Path) -> None:
    script = ROOT / "packaging" / "make_bundle_vectors.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    for path in laid_out.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name
    listed = json.loads((tmp_path / "vectors.json").read_bytes())
    assert {row["file"] for row in listed} | {"vectors.json"} == {path.name for path in tmp_path.iterdir()}
