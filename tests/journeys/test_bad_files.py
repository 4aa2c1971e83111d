"""Photos, packs, bundles and stores that are cut, altered, foreign or traps: refused by code, nothing half-written."""

from __future__ import annotations

import io
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlcipher3 import dbapi2

from diag_app.paths import resource
from tests.journeys.bad import PICTURE, Site, ask, make_site, refused, state
from tests.storage.stores import bare

PACK = resource("packs", "miit-sme-2024", "1.0.0")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(tmp_path_factory.mktemp("bad") / "home")


def saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    """A picture with something to see in it: dark to the left, bright to the right."""
    ramp = Image.linear_gradient("L").rotate(90)
    image = ramp.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else ramp.convert(mode)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 100 bytes that claims 50000 × 50000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


BAD_PHOTOS = {
    "empty.jpg": (b"", "FILE_EMPTY"),
    "torn.jpg": (PICTURE.read_bytes()[:-20_000], "IMAGE_UNREADABLE"),
    "head.jpg": (b"\xff\xd8\xff\xe0" + bytes(50), "IMAGE_UNREADABLE"),
    "portal.jpg": (b"<html>Log in to the hotel</html>", "IMAGE_UNREADABLE"),
    "zero.png": (bytes(5000), "IMAGE_UNREADABLE"),
    "bomb.png": (bomb(), "IMAGE_TOO_LARGE"),
    "torn.png": (saved("PNG")[:-400], "IMAGE_UNREADABLE"),
    "phone.HEIC": (b"\0\0\0\x18ftypheic" + bytes(90), "IMAGE_KIND"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "IMAGE_KIND"),
}


@pytest.mark.parametrize("name", BAD_PHOTOS)
def test_a_photo_that_cannot_be_read_takes_the_others_with_it(site: Site, tmp_path: Path, name: str) -> None:
    data, code = BAD_PHOTOS[name]
    good, bad = tmp_path / "good.jpg", tmp_path / name
    good.write_bytes(saved("JPEG"))
    bad.write_bytes(data)
    before = state(site.home)
    error = refused("evidence", "add", site.assessment, "B1", good, bad, workspace=site.home)
    assert (error["code"], error["location"]) == (code, name)
    assert state(site.home) == before


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(saved("JPEG", "CMYK"), id="CMYK"),
        pytest.param(saved("PNG", "I;16"), id="16 bit"),
        pytest.param(saved("PNG", "LA"), id="grey with alpha"),
        pytest.param(
            saved("GIF", "P", save_all=True, append_images=[Image.new("P", (256, 256), 9)] * 3), id="animated"
        ),
        pytest.param(saved("JPEG", exif=b"Exif\0\0" + os.urandom(200)), id="EXIF garbage"),
        pytest.param(saved("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0" * 40), id="EXIF lies"),
        pytest.param(saved("WEBP"), id="WebP"),
    ],
)
def test_an_odd_photo_is_shown_as_it_looks(site: Site, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    assert ask("evidence", "add", site.assessment, "B1", path, workspace=site.home).status == 0
    with bare(site.home) as connection:
        [picture] = connection.execute(
            "SELECT value ->> 'picture' FROM op WHERE header ->> 'register' = 'file' ORDER BY id DESC LIMIT 1"
        ).fetchone()
    shown = Image.open(site.home / "evidence" / picture[:2] / picture).convert("L")
    left, middle, right = (shown.crop((x, 128, x + 1, 129)).tobytes()[0] for x in (20, 128, 235))
    assert sorted([left, middle, right]) in ([left, middle, right], [right, middle, left])
    assert abs(left - right) > 150
    assert 90 < middle < 165


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(change((PACK / name).read_bytes()))


def trap(make: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: make(folder / "x.toml")


BAD_PACKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut": (changed("scenarios.toml", lambda data: data[: len(data) // 2]), "PACK_INVALID"),
    "not UTF-8": (changed("questions.toml", lambda data: data.replace("是".encode(), b"\xff\xfe")), "PACK_INVALID"),
    "empty": (changed("evidence.toml", lambda _: b""), "PACK_INVALID"),
    "zero bytes": (changed("needs.toml", lambda _: bytes(500)), "PACK_INVALID"),
    "too deep": (changed("needs.toml", lambda _: b"a = " + b"[" * 9000 + b"]" * 9000), "PACK_INVALID"),
    "endless digits": (changed("needs.toml", lambda _: b"a = " + b"9" * 9000), "PACK_INVALID"),
    "wrong types": (changed("level_rule.toml", lambda _: b"levels = 1\nrule = [2020-01-01]\n"), "PACK_INVALID"),
    "an id that leads out": (
        changed("pack.toml", lambda data: data.replace(b"'miit-sme-2024'", b"'../../../evil'")),
        "PACK_INVALID",
    ),
    "a version that leads out": (
        changed("pack.toml", lambda data: data.replace(b"'1.0.0'", b"'../../evil'")),
        "PACK_INVALID",
    ),
    "huge": (trap(lambda path: path.write_bytes(b"#" * 17 * 1024**2)), "INPUT_TOO_LARGE"),
    "a file too many": (trap(lambda path: path.write_bytes(b"a = 1")), "PACK_INVALID"),
    "a folder": (trap(Path.mkdir), "NOT_A_FILE"),
    "a pipe": (trap(os.mkfifo), "NOT_A_FILE"),
    "a device": (trap(partial(os.symlink, "/dev/zero")), "NOT_A_FILE"),
    "a file too few": (lambda folder: (folder / "pack.toml").unlink(), "PACK_INVALID"),
    "another version under the same number": (
        changed("pack.toml", lambda data: data + b"\n# x\n"),
        "PACK_VERSION_TAKEN",
    ),
}


@pytest.mark.parametrize("fault", BAD_PACKS)
def test_a_pack_is_installed_whole_or_not_at_all(site: Site, tmp_path: Path, fault: str) -> None:
    spoil, code = BAD_PACKS[fault]
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    spoil(folder)
    before = state(site.home)
    assert refused("pack", "install", folder, workspace=site.home)["code"] == code
    assert state(site.home) == before
    if code == "PACK_INVALID":
        found = ask("pack", "check", folder)
        assert found.status == 1
        assert all(item["message"] and item["remedy"] for item in found.json)


def zipped(names: dict[str, bytes], *patches: tuple[bytes, int, int]) -> bytes:
    """A ZIP of these files; each patch sets a byte behind every header that begins with these bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    packed = bytearray(out.getvalue())
    for head, offset, value in patches:
        start = -1
        while (start := packed.find(head, start + 1)) >= 0:
            packed[start + offset] = value
    return bytes(packed)


FILES = {path.name: path.read_bytes() for path in sorted(PACK.glob("*.toml"))}
BAD_ZIPS = {
    "encrypted": zipped(FILES, (b"PK\x01\x02", 8, 1), (b"PK\x03\x04", 6, 1)),
    "an unknown method": zipped(FILES, (b"PK\x01\x02", 10, 97), (b"PK\x03\x04", 8, 97)),
    "cut": zipped(FILES)[:-60],
    "a way out": zipped({**FILES, "../x.toml": b"a = 1"}),
    "a bomb": zipped({"pack.toml": bytes(64 * 1024**2)}),
    "no ZIP": b"hello",
    "empty": b"",
}


@pytest.mark.parametrize("fault", BAD_ZIPS)
def test_a_pack_or_backup_in_a_bad_zip(site: Site, tmp_path: Path, fault: str) -> None:
    path = tmp_path / "file.zip"
    path.write_bytes(BAD_ZIPS[fault])
    before = state(site.home)
    assert refused("pack", "install", path, workspace=site.home)["code"] == "PACK_FILE_INVALID"
    assert refused("backup", "restore", path, "--to", tmp_path / "there")["code"] == "BACKUP_DAMAGED"
    assert state(site.home) == before
    assert not (tmp_path / "there").exists()


def sql(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        connection = dbapi2.connect(str(path), isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return spoil


def foreign(path: Path) -> None:
    path.unlink()
    sql("CREATE TABLE songs (title)")(path)


BAD_STORES: dict[str, tuple[Callable[[Path], Any], str]] = {
    "newer": (sql("PRAGMA user_version = 99"), "STORE_NEWER"),
    "of another program": (foreign, "STORE_UNREADABLE"),
    "no database": (lambda path: path.write_bytes(b"My diary. " * 900), "STORE_UNREADABLE"),
    "noise": (lambda path: path.write_bytes(os.urandom(40_960)), "STORE_UNREADABLE"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "STORE_DAMAGED"),
    "emptied": (lambda path: path.write_bytes(b""), "STORE_DAMAGED"),
}


@pytest.mark.parametrize("fault", BAD_STORES)
def test_a_bad_store_is_named_and_left_as_it_is(site: Site, tmp_path: Path, fault: str) -> None:
    spoil, code = BAD_STORES[fault]
    home = tmp_path / "home"
    shutil.copytree(site.home, home)
    spoil(home / "workspace.db")
    before = (home / "workspace.db").read_bytes()
    assert refused("enterprise", "add", "--name", "新厂", workspace=home)["code"] == code
    assert refused("assessment", "load", site.assessment, PICTURE, workspace=home)["code"] in (code, "JSON_INVALID")
    checked = ask("check", "--read-data", workspace=home)
    found = [checked.refusal] if checked.status == 2 else checked.json
    assert code in {item["code"] for item in found}
    assert (home / "workspace.db").read_bytes() == before


@pytest.fixture(scope="module")
def bundle(site: Site, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sealed") / "case.zip"
    assert ask("bundle", "export", "--output", path, workspace=site.home).status == 0
    return path.read_bytes()


BAD_BUNDLES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut at the end": lambda data: data[:-100],
    "cut in the middle": lambda data: data[: len(data) // 2],
    "altered in the middle": lambda data: data[:30_000] + bytes([data[30_000] ^ 1]) + data[30_001:],
    "longer": lambda data: data + b"more",
    "twice": lambda data: data + data,
    "a foreign ZIP": lambda _: zipped({"[Content_Types].xml": b"<a/>"}),
    "a bomb": lambda _: zipped({"data/ops/a.jsonl": bytes(64 * 1024**2)}),
    "no ZIP": lambda _: PICTURE.read_bytes(),
}


@pytest.mark.parametrize("fault", BAD_BUNDLES)
def test_a_bad_bundle_changes_nothing(bundle: bytes, tmp_path: Path, fault: str) -> None:
    path, home = tmp_path / "case.zip", tmp_path / "home"
    path.write_bytes(BAD_BUNDLES[fault](bundle))
    assert ask("enterprise", "add", "--name", "已有厂", workspace=home).status == 0
    before = state(home)
    verified = ask("bundle", "verify", path)
    assert (verified.status, verified.json["ok"]) == (1, False)
    assert all(item["message"] and item["remedy"] for item in verified.json["problems"])
    errors = [item["code"] for item in verified.json["problems"] if item["severity"] == "error"]
    assert refused("bundle", "import", path, workspace=home)["code"] == errors[0]
    assert state(home) == before


def test_importing_again_mends_damaged_evidence(tmp_path: Path) -> None:
    path, home = tmp_path / "case.zip", tmp_path / "home"
    make_site(home)
    assert ask("bundle", "export", "--output", path, workspace=home).status == 0
    blobs = sorted((home / "evidence").glob("*/*"))
    blobs[0].write_bytes(bytes(byte ^ 0x55 for byte in blobs[0].read_bytes()))
    blobs[1].unlink()
    codes = {item["code"] for item in ask("check", "--read-data", workspace=home).json}
    assert codes == {"EVIDENCE_DAMAGED", "EVIDENCE_MISSING"}
    assert ask("bundle", "import", path, workspace=home).status == 0
    assert ask("check", "--read-data", workspace=home).json == []


def test_a_case_with_an_unknown_pack_does_not_hide_the_others(tmp_path: Path) -> None:
    own, other, folder = tmp_path / "own", tmp_path / "other", tmp_path / "pack"
    shutil.copytree(PACK, folder)
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(text.replace("'1.0.0'", "'1.0.1'", 1), encoding="utf-8")
    assert ask("pack", "install", folder, workspace=own).status == 0
    site = make_site(own)
    started = ask("assessment", "start", site.enterprise, "--pack", "miit-sme-2024@1.0.1", workspace=own)
    path = tmp_path / "case.zip"
    assert ask("bundle", "export", "--output", path, workspace=own).status == 0
    assert ask("bundle", "import", path, workspace=other).status == 0
    assert len(ask("enterprise", "find", workspace=other).json) == 1
    error = refused("assessment", "score", started.json["assessment_id"], workspace=other)
    assert (error["code"], error["location"]) == ("PACK_UNKNOWN", "miit-sme-2024@1.0.1")
    onward = ask("bundle", "export", "--output", tmp_path / "onward.zip", workspace=other)
    assert onward.status == 0, "whoever has no such pack passes the case on whole"
    assert [(problem["code"], problem["location"]) for problem in onward.json["problems"]] == [
        ("FACTS_LEFT_OUT", "miit-sme-2024@1.0.1")
    ]
    assert onward.json["ops"] == ask("bundle", "export", "--output", path, workspace=own).json["ops"]
    backup = ask("backup", "create", tmp_path / "backups", workspace=own).json["backup"]
    assert ask("backup", "restore", backup, "--to", tmp_path / "back").status == 0
    assert ask("assessment", "score", started.json["assessment_id"], workspace=tmp_path / "back").status == 0
