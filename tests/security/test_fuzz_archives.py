"""Packs, ZIP files, backups and pictures from outside: read or refused by code, in bounded time and memory."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from diag_app.forms.pack import check_pack, load_pack
from diag_app.images import prepare_picture, sniff_media_type, thumbnail
from diag_app.operations.backup import create_backup, restore_backup
from diag_app.operations.pack import install_pack
from diag_app.operations.pack_folders import pack_files
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.paths import resource
from diag_app.storage.plain_remains import plain_backups
from tests.fixed_clock import FixedClock
from tests.security.cases import plain_workspace
from tests.security.fuzzing import damaged, hostile_toml, lawful

HEAVY = 30
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
KINDS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
METHODS = {"stored": 0, "deflated": 8, "deflate64": 9, "bzip2": 12, "lzma": 14, "unknown": 99}


@cache
def files() -> dict[str, bytes]:
    return pack_files(resource("packs", "miit-sme-2024", "1.0.0"))


@cache
def zipped(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files().items():
            archive.writestr(name, data)
    return out.getvalue()


@cache
def picture(kind: str) -> bytes:
    noise = random.Random(7)  # noqa: S311  a picture, no secret
    image = Image.frombytes("RGB", (48, 32), noise.randbytes(48 * 32 * 3))
    exif = Image.Exif()
    exif[0x0112], exif[0x0132] = 6, "2024:06:03 09:00:00"
    out = io.BytesIO()
    image.save(out, kind, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP", "TIFF") else {}))
    return out.getvalue()


def as_method(archive: bytes, method: int) -> bytes:
    """Return the archive with every entry declared as packed by another method."""
    data = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = data.find(mark)
        while start >= 0:
            data[start + place : start + place + 2] = method.to_bytes(2, "little")
            start = data.find(mark, start + 4)
    return bytes(data)


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    home = tmp_path_factory.mktemp("backup") / "home"
    plain_workspace(home)
    with open_workspace(home) as workspace:
        return create_backup(workspace, home.parent / "out").read_bytes()


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "home", clock=clock) as opened:
        yield opened


def pack_law(name: str, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=CHECKS)
    @given(data=hostile_toml(files()[name]))
    def law(data: bytes) -> None:
        lawful(lambda: (check_pack({**files(), name: data}), load_pack({**files(), name: data})))

    law()


@pytest.mark.parametrize("name", files())
def test_no_pack_file_crashes(name: str) -> None:
    pack_law(name, 15)


@pytest.mark.heavy
@pytest.mark.parametrize("name", files())
def test_none_of_many_pack_files_crashes(name: str) -> None:
    pack_law(name, 15 * HEAVY)


@settings(max_examples=100, suppress_health_check=CHECKS)
@given(data=damaged(zipped()), method=st.sampled_from([8, 8, 8, *METHODS.values()]))
def test_no_pack_archive_crashes(workspace: Workspace, tmp_path: Path, data: bytes, method: int) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(data if method == METHODS["deflated"] else as_method(data, method))
    lawful(lambda: install_pack(workspace, path))


@pytest.mark.parametrize("method", METHODS)
def test_no_way_of_packing_crashes(workspace: Workspace, tmp_path: Path, method: str) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(as_method(zipped(), METHODS[method]))
    assert lawful(lambda: install_pack(workspace, path)) == ("" if method == "deflated" else "PACK_FILE_INVALID")


def test_an_archive_that_lies_about_its_size_fills_no_memory(workspace: Workspace, tmp_path: Path) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("pack.toml", "w", force_zip64=False) as entry,
    ):
        for _ in range(400):
            entry.write(bytes(1024 * 1024))
    data = bytearray(out.getvalue())
    start = data.rfind(b"PK\x01\x02")
    data[start + 24 : start + 28] = (1000).to_bytes(4, "little")  # the size that the table of contents declares
    path = tmp_path / "bomb.zip"
    path.write_bytes(data)
    assert lawful(lambda: install_pack(workspace, path)) == "PACK_FILE_INVALID"


class Long(bytes):
    """Bytes too many to be printed."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


def backup_law(good: bytes, folder: Path, examples: int) -> None:
    ends = good[:200], good[-1500:]  # where names, methods and sizes stand

    @settings(max_examples=examples, suppress_health_check=CHECKS)
    @given(
        data=st.one_of(
            damaged(good),
            damaged(ends[1]).map(lambda end: good[:-1500] + end),
            damaged(ends[0]).map(lambda start: start + good[200:]),
            st.sampled_from(list(METHODS.values())).map(lambda method: as_method(good, method)),
        ).map(Long),
        number=st.integers(0, 2**62),
    )
    def law(data: bytes, number: int) -> None:
        path = folder / "backup.zip"
        path.write_bytes(data)
        lawful(lambda: restore_backup(path, folder / str(number)))
        home = folder / "home"
        (home / "backups").mkdir(parents=True, exist_ok=True)
        (home / "backups" / "x.zip").write_bytes(data)
        lawful(lambda: plain_backups(home))

    law()


def test_no_backup_crashes(backup: bytes, tmp_path: Path) -> None:
    backup_law(backup, tmp_path, 60)


@pytest.mark.heavy
def test_none_of_many_backups_crashes(backup: bytes, tmp_path: Path) -> None:
    backup_law(backup, tmp_path, 60 * HEAVY)


@pytest.mark.parametrize("method", [name for name in METHODS if name != "stored"])
def test_a_backup_packed_otherwise_is_refused(backup: bytes, tmp_path: Path, method: str) -> None:
    path = tmp_path / "backup.zip"
    path.write_bytes(as_method(backup, METHODS[method]))
    assert lawful(lambda: restore_backup(path, tmp_path / "out")) == "BACKUP_DAMAGED"
    assert not (tmp_path / "out").exists()


def picture_law(kind: str, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=CHECKS)
    @given(data=damaged(picture(kind)), name=st.text(max_size=8))
    def law(data: bytes, name: str) -> None:
        assert "/" in sniff_media_type(data, name)
        lawful(lambda: prepare_picture(data))
        lawful(lambda: thumbnail(data, 32))

    law()


@pytest.mark.warns_in_log  # Pillow says there what it finds odd
@pytest.mark.parametrize("kind", KINDS)
def test_no_picture_crashes(kind: str) -> None:
    picture_law(kind, 60)


@pytest.mark.heavy
@pytest.mark.warns_in_log  # Pillow says there what it finds odd
@pytest.mark.parametrize("kind", KINDS)
def test_none_of_many_pictures_crashes(kind: str) -> None:
    picture_law(kind, 60 * HEAVY)


def codes_of_a_claim() -> tuple[str, str]:
    claim = (10_000).to_bytes(4, "little")
    data = picture("BMP")[:18] + claim + claim + picture("BMP")[26:]
    return lawful(lambda: prepare_picture(data)), lawful(lambda: thumbnail(data, 32))


def test_a_picture_that_claims_more_than_there_is_memory_for_is_refused() -> None:
    """In a process of its own: an old one has room left over from what ran before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        assert fresh.submit(codes_of_a_claim).result() == ("IMAGE_TOO_LARGE", "IMAGE_TOO_LARGE")
