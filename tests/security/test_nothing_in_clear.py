"""Of 120 values that were typed, pasted or photographed, none lies anywhere in clear: open, closed, or killed."""

from __future__ import annotations

import base64
import io
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from diag_app.crypto.sealing import StoreKey
from diag_app.operations.security import create_encrypted_workspace, unlock
from tests.security.cases import COST, PHRASE, files_holding
from tests.storage.children import ROOT

CASES = 8
WORDS = (
    "names", "addresses", "products", "contacts", "notes", "captions", "comments", "rulings", "people", "roles",
    "places", "visits", "marks",
)  # fmt: skip
KINDS = (b"JFIF\x00\x01", b"%PDF-1.", b"SQLite format 3")  # a thumbnail, a preview, a store: pictures never typed
HAN = "澄湖昀晟铭瑞嘉禾泰阜沣睿翊宸钧锴桦楷"
OWN_PLACES = {"TMPDIR": "tmp", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state",
              "XDG_CACHE_HOME": "cache"}  # fmt: skip


class Seeds:
    """Values that stand nowhere else, and what to look for to find them again."""

    def __init__(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311  any values will do
        self.words = {word: ["".join(chance.choices(HAN, k=14)) for _ in range(CASES)] for word in WORDS}
        self.words["files"] = [f"{chance.randbytes(9).hex()}.jpg" for _ in range(CASES)]
        self.pictures = [picture(chance) for _ in range(CASES)]

    def markers(self) -> Iterator[bytes]:
        for values in self.words.values():
            for value in values:
                yield from (value.encode(), value.encode("utf-16-le"), json.dumps(value).strip('"').encode())
        for data in self.pictures:
            yield data[len(data) // 2 :][:32]
        yield from KINDS


def picture(chance: random.Random) -> bytes:
    image = Image.frombytes("RGB", (160, 120), chance.randbytes(160 * 120 * 3))
    written = io.BytesIO()
    image.save(written, "JPEG", quality=85)
    return written.getvalue()


@contextmanager
def at_work(folder: Path, key: StoreKey, seeds: Seeds) -> Iterator[subprocess.Popen[str]]:
    """A process that has recorded all seeds and holds the workspace open."""
    environment = os.environ | {name: str(folder / place) for name, place in OWN_PLACES.items()}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    for place in OWN_PLACES.values():
        (folder / place).mkdir()
    told = {"key": key.hex(), "bundle": str(folder / "handed-over.zip"), **seeds.words}
    told["pictures"] = [base64.b64encode(data).decode() for data in seeds.pictures]
    command = [sys.executable, "-m", "tests.security.seeded", str(folder / "home")]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word


def go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def found(folder: Path, seeds: Seeds) -> list[str]:
    places = [folder / "home", *(folder / place for place in OWN_PLACES.values())]
    return [f"{path}: {marker!r}" for marker in seeds.markers() for path in files_holding(marker, *places)]


@pytest.mark.parametrize("is_killed", [False, True])
def test_no_seeded_value_is_found_open_closed_or_killed(tmp_path: Path, is_killed: bool) -> None:
    seeds = Seeds(number=int(is_killed))
    create_encrypted_workspace(tmp_path / "home", PHRASE, cost=COST)
    key = unlock(tmp_path / "home", passphrase=PHRASE)
    with at_work(tmp_path, key, seeds) as process:
        wait_for(process, "open")
        assert found(tmp_path, seeds) == []
        assert list((tmp_path / "home" / "evidence").glob("*/*.age"))
        if is_killed:
            process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            process.wait()
        else:
            go_on(process)
            wait_for(process, "closed")
    assert found(tmp_path, seeds) == []
    assert files_holding(key.hex().encode(), tmp_path) == files_holding(bytes(key), tmp_path) == []
    names = [name.encode() for name in seeds.words["names"]]
    assert all(files_holding(name, tmp_path / "handed-over.zip", tmp_path) for name in names), (
        "the search finds nothing"
    )


def test_the_search_would_find_them(tmp_path: Path) -> None:
    """The same values in a file of any encoding that is looked for are found: an empty answer means something."""
    seeds = Seeds(number=2)
    markers = list(seeds.markers())
    assert len(seeds.pictures) + sum(map(len, seeds.words.values())) == 120
    (tmp_path / "clear").write_bytes(b"\0".join(markers))
    assert len([path for marker in markers for path in files_holding(marker, tmp_path)]) == len(markers)
