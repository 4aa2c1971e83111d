"""Containers that lie: each is refused, by its own code, with nothing read from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diag_app.sync.bundle_read import verify_bundle
from tests.sync.forge import UNIX_FILE, Files, Raw, pack, raw, true_files

Tamper = Callable[[list[Raw]], list[Raw]]
PHOTO_BYTES = b"\0" * 64


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return true_files(tmp_path_factory.mktemp("true"))


def codes(folder: Path, data: bytes) -> set[str]:
    path = folder / "forged.zip"
    path.write_bytes(data)
    found = verify_bundle(path)
    assert not found.ok
    return {problem.code for problem in found.problems if problem.severity == "error"}


def test_the_packer_is_canonical_where_it_does_not_lie(files: Files, tmp_path: Path) -> None:
    (tmp_path / "honest.zip").write_bytes(pack(raw(files)))
    assert verify_bundle(tmp_path / "honest.zip").ok


NAMES = {
    b"/etc/passwd": "ENTRY_ABSOLUTE",
    b"\\\\server\\share\\x": "ENTRY_ABSOLUTE",
    b"../evil.txt": "ENTRY_PARENT",
    b"data/blobs/../../../evil": "ENTRY_PARENT",
    b"data\\..\\evil": "ENTRY_PARENT",
    b"data\\blobs\\evil": "ENTRY_BACKSLASH",
    b"C:/Windows/evil.dll": "ENTRY_DRIVE",
    b"c:evil": "ENTRY_DRIVE",
    b"data/blobs/x:hidden": "ENTRY_STREAM",
    b"data/datapackage.json::$DATA": "ENTRY_STREAM",
    b"data/datapackage.json\0.exe": "ENTRY_NUL",
    "data/\u202egnp.exe".encode(): "ENTRY_CONTROL",
    b"data/line\nbreak": "ENTRY_CONTROL",
    b"data/\x1b[2Jx": "ENTRY_CONTROL",
    b"data/CON": "ENTRY_RESERVED",
    b"data/nul.txt": "ENTRY_RESERVED",
    b"data/COM1.jsonl": "ENTRY_RESERVED",
    b"data/lpt9": "ENTRY_RESERVED",
    b"data/datapackage.json.": "ENTRY_RESERVED",
    b"data/datapackage.json ": "ENTRY_RESERVED",
    b"fetch.txt": "ENTRY_FETCH",
    b"data/evil.exe": "ENTRY_FOREIGN",
    b"data/facts/": "ENTRY_FOREIGN",
    b"": "ENTRY_FOREIGN",
    b"data/facts/" + b"a" * 60_000 + b".csv": "ENTRY_FOREIGN",
    "data/facts/评分.csv".encode(): "ENTRY_FOREIGN",
    b"data/blobs/ab/" + b"cd" * 32: "ENTRY_FOREIGN",
    b"data/inner.zip": "ENTRY_FOREIGN",
    b"DATA/datapackage.json": "ENTRY_CASE_CLASH",
    b"BagIt.txt": "ENTRY_CASE_CLASH",
    b"data/datapackage.json": "ENTRY_DUPLICATE",
    b"signature.dsse.json": "ENTRY_DUPLICATE",
}


@pytest.mark.parametrize(("name", "code"), NAMES.items(), ids=[repr(name[:30]) for name in NAMES])
@pytest.mark.parametrize("flags", [0, 0x800], ids=["cp437", "utf8"])
def test_a_name_that_does_not_belong_is_refused_by_its_own_code(
    files: Files, tmp_path: Path, name: bytes, code: str, flags: int
) -> None:
    extra = Raw(name=name, data=b"evil", flags=flags)
    entries = [*raw(files), extra]
    if code == "ENTRY_CONTROL" and not name.isascii() and not flags:
        code = "ENTRY_FOREIGN"  # read as cp437 the sign is harmless, but no name of ours
    assert code in codes(tmp_path, pack(entries))


@pytest.mark.parametrize("name", ["data/facts/extra.csv", "x-extra.txt"])
def test_a_file_with_a_good_name_that_no_manifest_lists_is_refused(files: Files, tmp_path: Path, name: str) -> None:
    assert codes(tmp_path, pack(raw({**files, name: b"evil"}))) == {"ENTRY_UNLISTED"}


def changed(index: int, **fields: Any) -> Tamper:
    return lambda entries: [replace(one, **fields) if n == index else one for n, one in enumerate(entries)]


LIES: dict[str, tuple[Tamper, str]] = {
    "symlink": (changed(0, mode=0o120777 << 16), "ENTRY_LINK"),
    "folder": (changed(0, mode=0o040755 << 16), "ENTRY_LINK"),
    "device": (changed(0, mode=0o020644 << 16), "ENTRY_LINK"),
    "executable": (changed(0, mode=0o100755 << 16), "BUNDLE_NOT_CANONICAL"),
    "hidden attribute": (changed(0, mode=UNIX_FILE | 2), "BUNDLE_NOT_CANONICAL"),
    "encrypted": (changed(0, flags=1), "ENTRY_ENCRYPTED"),
    "strongly encrypted": (changed(0, flags=0x41), "ENTRY_ENCRYPTED"),
    "data descriptor": (changed(0, flags=8), "BUNDLE_NOT_CANONICAL"),
    "utf-8 flag": (changed(0, flags=0x800), "BUNDLE_NOT_CANONICAL"),
    "deflated": (changed(1, method=8), "ENTRY_COMPRESSED"),
    "unknown method": (changed(1, method=99), "ENTRY_COMPRESSED"),
    "bomb": (changed(1, method=8, data=b"\0" * 150_000_000), "ENTRY_COMPRESSED"),
    "bomb by claim": (changed(1, claimed_size=0xFFFFFFF0), "BUNDLE_TOO_LARGE"),
    "claims too little": (changed(1, claimed_size=1), "BUNDLE_NOT_CANONICAL"),
    "extra field": (changed(0, extra=b"\x55\x54\x05\0\x01\0\0\0\0"), "BUNDLE_EXTRA_DATA"),
    "two names": (changed(0, local_name=b"data/blobs/aa/" + b"a" * 64), "BUNDLE_NOT_CANONICAL"),
    "gap": (changed(2, before=b"hidden"), "BUNDLE_EXTRA_DATA"),
    "overlap": (changed(2, offset=0), "ENTRY_OVERLAP"),
    "offset beyond": (changed(2, offset=0xFFFFFFF0), "BUNDLE_EXTRA_DATA"),
    "other order": (lambda entries: entries[::-1], "BUNDLE_NOT_CANONICAL"),
    "no signature": (lambda entries: [one for one in entries if b"dsse" not in one.name], "SIGNATURE_MISSING"),
    "no manifest": (lambda entries: [one for one in entries if one.name != b"manifest-sha256.txt"], "ENTRY_MISSING"),
    "no declaration": (lambda entries: [one for one in entries if one.name != b"bagit.txt"], "ENTRY_MISSING"),
    "payload left out": (lambda entries: entries[1:], "ENTRY_MISSING"),
    "payload changed": (changed(0, data=PHOTO_BYTES), "ENTRY_CHANGED"),
    "empty archive": (lambda _: [], "ENTRY_MISSING"),
}


@pytest.mark.parametrize("lie", LIES)
def test_an_entry_that_lies_is_refused_by_its_own_code(files: Files, tmp_path: Path, lie: str) -> None:
    tamper, code = LIES[lie]
    assert code in codes(tmp_path, pack(tamper(raw(files))))


def test_every_fault_is_reported_not_only_the_first(files: Files, tmp_path: Path) -> None:
    entries = [
        *raw(files),
        Raw(name=b"../a", data=b""),
        Raw(name=b"/b", data=b""),
        Raw(name=b"c\\d", data=b"", flags=1),
    ]
    wanted = {"ENTRY_PARENT", "ENTRY_ABSOLUTE", "ENTRY_BACKSLASH", "ENTRY_ENCRYPTED"}
    assert wanted <= codes(tmp_path, pack(entries))


def test_two_changed_files_are_both_named(files: Files, tmp_path: Path) -> None:
    entries = [replace(one, data=PHOTO_BYTES) if n in (0, 2) else one for n, one in enumerate(raw(files))]
    (tmp_path / "x.zip").write_bytes(pack(entries))
    found = [problem.location for problem in verify_bundle(tmp_path / "x.zip").problems if "CHANGED" in problem.code]
    assert found == [entries[0].name.decode(), entries[2].name.decode()]


WHOLES: dict[str, tuple[Callable[[list[Raw]], bytes], str]] = {
    "data in front": (lambda entries: pack(entries, front=b"#!/bin/sh\n"), "BUNDLE_EXTRA_DATA"),
    "data behind": (lambda entries: pack(entries, behind=b"tail"), "BUNDLE_EXTRA_DATA"),
    "comment": (lambda entries: pack(entries, comment=b"hello"), "BUNDLE_EXTRA_DATA"),
    "glued program": (lambda entries: b"MZ" + pack(entries), "BUNDLE_EXTRA_DATA"),
    "cut": (lambda entries: pack(entries)[:-30], "BUNDLE_TORN"),
    "cut in the middle": (lambda entries: pack(entries)[:5000], "BUNDLE_TORN"),
    "directory beyond the end": (lambda entries: pack(entries)[:-6] + b"\xf0\xff\xff\x7f\0\0", "BUNDLE_TORN"),
    "count too high": (lambda entries: with_count(entries, 3000), "BUNDLE_TORN"),
    "count too low": (lambda entries: with_count(entries, 1), "BUNDLE_EXTRA_DATA"),
    "count says ZIP64": (lambda entries: with_count(entries, 0xFFFF), "BUNDLE_TORN"),
    "not an archive": (lambda _: b"hello " * 100, "NOT_A_BUNDLE"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(5000), "NOT_A_BUNDLE"),
    "empty": (lambda _: b"", "NOT_A_BUNDLE"),
    "one byte": (lambda _: b"P", "NOT_A_BUNDLE"),
    "end record only": (lambda _: pack([]), "ENTRY_MISSING"),
}


def with_count(entries: list[Raw], count: int) -> bytes:
    data = pack(entries)
    return data[:-14] + count.to_bytes(2, "little") * 2 + data[-10:]


@pytest.mark.parametrize("fault", WHOLES)
def test_a_file_that_is_no_whole_bundle_is_refused(files: Files, tmp_path: Path, fault: str) -> None:
    build, code = WHOLES[fault]
    assert code in codes(tmp_path, build(raw(files)))
