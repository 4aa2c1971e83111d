"""Bundles whose signer lies: manifests and signature are true, what they cover is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag_app.codec import canonical_json, digest
from diag_app.errors import DiagError
from diag_app.sync.bundle_read import read_bundle, verify_bundle
from diag_app.sync.op_lines import encode_op
from tests.sync.forge import Files, Forgery, pack, raw, reseal, true_files
from tests.sync.samples import CASES, REPLICAS, make_op, other_signer

SEGMENT = f"data/ops/{REPLICAS[0]}-{CASES[0]}-0000000001-0000000003.jsonl"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return true_files(tmp_path_factory.mktemp("true"))


def forged(folder: Path, files: Files, forgery: Forgery) -> Path:
    path = folder / "forged.zip"
    path.write_bytes(pack(raw(reseal(files, forgery))))
    return path


def test_a_bundle_sealed_again_without_a_lie_is_accepted(files: Files, tmp_path: Path) -> None:
    assert reseal(files, Forgery()) == files
    assert verify_bundle(forged(tmp_path, files, Forgery())).ok


def line(change: Callable[[dict[str, Any]], Any]) -> Callable[[Files], None]:
    """Return what rewrites the second op of the first segment as canonical JSON."""

    def apply(files: Files) -> None:
        lines = files[SEGMENT].splitlines()
        record = json.loads(lines[1])
        change(record)
        files[SEGMENT] = b"\n".join([lines[0], canonical_json(record), lines[2]]) + b"\n"

    return apply


def with_new_id(change: Callable[[dict[str, Any]], Any]) -> Callable[[Files], None]:
    """Return the same with an id that fits the changed header, as a signer who lies throughout would write it."""

    def apply(record: dict[str, Any]) -> None:
        change(record["op"])
        record["id"] = digest(canonical_json(record["op"]))

    return line(apply)


def second_line(data: bytes) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        lines = files[SEGMENT].splitlines(keepends=True)
        files[SEGMENT] = lines[0] + data + lines[2]

    return apply


def segment(data: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        files[SEGMENT] = data(files[SEGMENT])

    return apply


def renamed(old: str, new: str) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        files[new] = files.pop(old)

    return apply


OPS: dict[str, tuple[Callable[[Files], None], str]] = {
    "other actor, old id": (line(lambda record: record["op"].update(actor="x")), "OPS_ALTERED"),
    "other value": (line(lambda record: record.update(value="x")), "OPS_VALUE_ALTERED"),
    "other salt": (line(lambda record: record.update(salt="0" * 32)), "OPS_VALUE_ALTERED"),
    "no salt": (line(lambda record: record.update(salt=None)), "OPS_INVALID"),
    "short salt": (line(lambda record: record.update(salt="00")), "OPS_INVALID"),
    "value missing": (line(lambda record: record.pop("value")), "OPS_INVALID"),
    "withheld with a value": (line(lambda record: record.update(value_state="withheld")), "OPS_INVALID"),
    "unknown state": (line(lambda record: record.update(value_state="maybe")), "OPS_INVALID"),
    "field beside": (line(lambda record: record.update(note="x")), "OPS_NEWER"),
    "no header": (line(lambda record: record.update(op=[])), "OPS_INVALID"),
    "no id": (line(lambda record: record.pop("id")), "OPS_ALTERED"),
    "field missing": (with_new_id(lambda op: op.pop("actor")), "OPS_INVALID"),
    "number as text": (with_new_id(lambda op: op.update(seq="2")), "OPS_INVALID"),
    "true for a number": (with_new_id(lambda op: op.update(seq=True)), "OPS_INVALID"),
    "negative number": (with_new_id(lambda op: op.update(seq=-2)), "OPS_INVALID"),
    "clock of three parts": (with_new_id(lambda op: op.update(hlc=[1, 2, 3])), "OPS_INVALID"),
    "clock is a number": (with_new_id(lambda op: op.update(hlc=5)), "OPS_INVALID"),
    "predecessors unsorted": (with_new_id(lambda op: op.update(preds=["b" * 64, "a" * 64])), "OPS_INVALID"),
    "predecessor twice": (with_new_id(lambda op: op.update(preds=["a" * 64, "a" * 64])), "OPS_INVALID"),
    "predecessor no id": (with_new_id(lambda op: op.update(preds=[{}])), "OPS_INVALID"),
    "kind is a list": (with_new_id(lambda op: op.update(kind=["set"])), "OPS_INVALID"),
    "of another replica": (with_new_id(lambda op: op.update(replica=REPLICAS[1])), "OPS_MISPLACED"),
    "of another case": (with_new_id(lambda op: op.update(case=CASES[1])), "OPS_MISPLACED"),
    "number leaves a gap": (with_new_id(lambda op: op.update(seq=9)), "OPS_MISPLACED"),
    "not canonical": (segment(lambda data: data.replace(b'{"id"', b'{ "id"', 1)), "OPS_INVALID"),
    "floating-point value": (second_line(b'{"id":"0","op":{},"salt":null,"value":1.5}\n'), "OPS_INVALID"),
    "no JSON": (second_line(b"nonsense\n"), "JSON_INVALID"),
    "no Unicode": (second_line(b'{"id":"\xff"}\n'), "JSON_INVALID"),
    "half a surrogate pair": (segment(lambda data: data.replace(b'"set"', b'"\\ud800"', 1)), "JSON_INVALID"),
    "key twice": (second_line(b'{"op":{},"op":{}}\n'), "JSON_INVALID"),
    "not a number": (second_line(b'{"op":NaN}\n'), "JSON_INVALID"),
    "huge number": (second_line(b'{"op":{"seq":' + b"9" * 5000 + b"}}\n"), "JSON_INVALID"),
    "200,000 deep": (second_line(b"[" * 200_000 + b"]" * 200_000 + b"\n"), "OPS_TOO_DEEP"),
    "33 deep": (second_line(b"[" * 33 + b"]" * 33 + b"\n"), "OPS_TOO_DEEP"),
    "32 deep": (second_line(b"[" * 32 + b"]" * 32 + b"\n"), "OPS_INVALID"),
    "long line": (second_line(b'"' + b"x" * (4 * 1024 * 1024) + b'"\n'), "OPS_LINE_TOO_LONG"),
    "large file": (segment(lambda data: data + b"\n" * (16 * 1024 * 1024)), "ENTRY_TOO_LARGE"),
    "blank line": (second_line(b"\n"), "JSON_INVALID"),
    "other line ends": (segment(lambda data: data.replace(b"\n", b"\r\n")), "OPS_INVALID"),
    "last line open": (segment(lambda data: data[:-1]), "OPS_INVALID"),
    "line twice": (segment(lambda data: data + data.splitlines(keepends=True)[2]), "OPS_MISPLACED"),
    "no lines": (segment(lambda data: b""), "OPS_MISPLACED"),
    "name says other numbers": (renamed(SEGMENT, SEGMENT.replace("0000003", "0000004")), "OPS_MISPLACED"),
}


@pytest.mark.parametrize("lie", OPS)
def test_an_op_that_lies_is_refused_by_its_own_code(files: Files, tmp_path: Path, lie: str) -> None:
    change, code = OPS[lie]
    found = verify_bundle(forged(tmp_path, files, Forgery(payload=change)))
    assert code in {problem.code for problem in found.problems}
    assert not found.ok


def test_a_fault_in_an_op_is_located_by_file_and_line(files: Files, tmp_path: Path) -> None:
    found = verify_bundle(forged(tmp_path, files, Forgery(payload=second_line(b"nonsense\n"))))
    assert found.problems[-1].location == f"{SEGMENT}:2"


def test_kinds_and_fields_of_later_editions_are_kept(files: Files, tmp_path: Path) -> None:
    newer = make_op(2, kind="merge_cells", extra={"tint": "blue"}, v=2)
    path = forged(tmp_path, files, Forgery(payload=second_line(encode_op(newer)), statement=counted(files, newer)))
    with read_bundle(path) as bundle:
        assert list(bundle.ops())[1] == newer


def counted(files: Files, newer: Any) -> dict[str, Any]:
    """Return the op root with the second op replaced."""
    ids = [json.loads(one)["id"] for name in sorted(files) if "/ops/" in name for one in files[name].splitlines()]
    ids[1] = newer.op_id
    return {"op_root": digest(canonical_json(ids))}


def put(name: str, data: bytes) -> Callable[[Files], None]:
    return lambda files: files.update({name: data})


def drop(name: str) -> Callable[[Files], None]:
    def apply(files: Files) -> None:
        del files[name]

    return apply


def first_signature(change: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], None]:
    def apply(envelope: dict[str, Any]) -> None:
        change(envelope["signatures"][0])

    return apply


def row(name: str) -> bytes:
    return f"{'0' * 64}  {name}\n".encode()


def manifest(change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    return lambda files: files.update({"manifest-sha256.txt": change(files["manifest-sha256.txt"])})


BLOB = "data/blobs/ab/ab" + "0" * 62
TAGS: dict[str, tuple[Forgery, str]] = {
    "blob under another name": (Forgery(payload=put(BLOB, b"x")), "ENTRY_CHANGED"),
    "report under another name": (Forgery(payload=put(f"data/reports/{'0' * 64}.pdf", b"x")), "ENTRY_CHANGED"),
    "a blob too many": (
        Forgery(payload=put(f"data/blobs/{digest(b'x')[:2]}/{digest(b'x')}", b"x")),
        "STATEMENT_DISAGREES",
    ),
    "manifest names what is not there": (
        Forgery(tags=manifest(lambda data: data + row("data/zzz"))),
        "ENTRY_MISSING",
    ),
    "manifest leads out": (
        Forgery(tags=manifest(lambda data: row("../x") + data)),
        "ENTRY_MISSING",
    ),
    "manifest with other line ends": (
        Forgery(tags=manifest(lambda data: data.replace(b"\n", b"\r\n"))),
        "TAG_INVALID",
    ),
    "manifest empty": (Forgery(tags=put("manifest-sha256.txt", b"")), "ENTRY_UNLISTED"),
    "manifest is noise": (Forgery(tags=put("manifest-sha256.txt", b"\xff\xfe\0")), "TAG_INVALID"),
    "bag declaration of another version": (
        Forgery(tags=put("bagit.txt", b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")),
        "TAG_INVALID",
    ),
    "bag info with another count": (Forgery(tags=put("bag-info.txt", b"Payload-Oxum: 1.1\n")), "TAG_INVALID"),
    "tag manifest missing": (Forgery(tags=drop("tagmanifest-sha256.txt")), "ENTRY_MISSING"),
    "other tag manifest": (Forgery(statement={"tagmanifest_sha256": "0" * 64}), "ENTRY_CHANGED"),
    "signature missing": (Forgery(tags=drop("signature.dsse.json")), "SIGNATURE_MISSING"),
    "signature stripped": (Forgery(envelope=lambda envelope: envelope.update(signatures=[])), "SIGNATURE_MISSING"),
    "signature of zeroes": (
        Forgery(envelope=first_signature(lambda one: one.update(sig="A" * 86 + "=="))),
        "SIGNATURE_INVALID",
    ),
    "short signature": (Forgery(envelope=first_signature(lambda one: one.update(sig="AAAA"))), "ENVELOPE_INVALID"),
    "signature no base64": (Forgery(envelope=first_signature(lambda one: one.update(sig="!"))), "ENVELOPE_INVALID"),
    "two signatures": (
        Forgery(envelope=lambda envelope: envelope["signatures"].append(envelope["signatures"][0])),
        "ENVELOPE_INVALID",
    ),
    "other key id": (
        Forgery(envelope=first_signature(lambda one: one.update(keyid=other_signer().public_key.keyid))),
        "SIGNATURE_INVALID",
    ),
    "key id is a number": (Forgery(envelope=first_signature(lambda one: one.update(keyid=1))), "ENVELOPE_INVALID"),
    "field beside": (Forgery(envelope=lambda envelope: envelope.update(note="x")), "ENVELOPE_INVALID"),
    "payload missing": (Forgery(envelope=lambda envelope: envelope.pop("payload")), "ENVELOPE_INVALID"),
    "type swapped": (Forgery(envelope=lambda envelope: envelope.update(payloadType="text/plain")), "ENVELOPE_TYPE"),
    "type of another document": (Forgery(payload_type="application/vnd.qizhen.receipt.v1+json"), "ENVELOPE_TYPE"),
    "envelope is a list": (Forgery(envelope=lambda envelope: envelope.clear()), "ENVELOPE_INVALID"),
}


@pytest.mark.parametrize("lie", TAGS)
def test_a_tag_file_that_lies_is_refused_by_its_own_code(files: Files, tmp_path: Path, lie: str) -> None:
    forgery, code = TAGS[lie]
    path = forged(tmp_path, files, forgery)
    found = verify_bundle(path)
    assert code in {problem.code for problem in found.problems}
    with pytest.raises(DiagError), read_bundle(path):
        pass


STATEMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "fewer ops": ({"op_count": 4}, "STATEMENT_DISAGREES"),
    "other op root": ({"op_root": "0" * 64}, "STATEMENT_DISAGREES"),
    "other vector": ({"vv": {}}, "STATEMENT_DISAGREES"),
    "other time": ({"created_hlc": [1, 1]}, "STATEMENT_DISAGREES"),
    "other set": ({"bundle_set": "0" * 64}, "STATEMENT_DISAGREES"),
    "fewer blobs": ({"blob_count": 0}, "STATEMENT_DISAGREES"),
    "other blob bytes": ({"blob_bytes": 1}, "STATEMENT_DISAGREES"),
    "other packs": ({"form_versions": []}, "STATEMENT_DISAGREES"),
    "one of several parts": ({"part": [1, 2]}, "TAG_INVALID"),
    "no such part": ({"part": [3, 2]}, "STATEMENT_INVALID"),
    "part nought": ({"part": [0, 1]}, "STATEMENT_INVALID"),
    "newer schema": ({"schema": "2.0"}, "BUNDLE_NEWER"),
    "newer reader": ({"min_reader": 3}, "BUNDLE_NEWER"),
    "count is text": ({"op_count": "5"}, "STATEMENT_INVALID"),
    "count is true": ({"op_count": True}, "STATEMENT_INVALID"),
    "vector is a list": ({"vv": []}, "STATEMENT_INVALID"),
    "signer is text": ({"signer": "me"}, "STATEMENT_INVALID"),
    "signer missing": ({"signer": ...}, "STATEMENT_INVALID"),
    "city is a number": ({"city": 5}, "STATEMENT_INVALID"),
    "key is noise": (
        {"signer": {"name": "x", "device": "x", "keyid": "x", "public_key": "x"}},
        "STATEMENT_INVALID",
    ),
    "key id of another key": (
        {"signer": {"name": "x", "device": "x", "keyid": "x", "public_key": other_signer().public_key.text}},
        "STATEMENT_INVALID",
    ),
    "deep": ({"note": json.loads("[" * 200 + "]" * 200)}, "STATEMENT_INVALID"),
}


@pytest.mark.parametrize("lie", STATEMENTS)
def test_a_statement_that_lies_is_refused_by_its_own_code(files: Files, tmp_path: Path, lie: str) -> None:
    change, code = STATEMENTS[lie]
    found = verify_bundle(forged(tmp_path, files, Forgery(statement=change)))
    assert {problem.code for problem in found.problems if problem.severity == "error"} == {code}


def test_fields_of_later_minor_editions_are_passed_over(files: Files, tmp_path: Path) -> None:
    assert verify_bundle(forged(tmp_path, files, Forgery(statement={"schema": "1.7", "audit_head": "x"}))).ok


def test_a_tag_file_of_a_later_edition_is_accepted_when_the_tag_manifest_lists_it(files: Files, tmp_path: Path) -> None:
    assert verify_bundle(forged(tmp_path, files, Forgery(tags=put("x-route.json", b"{}")))).ok


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
    max_leaves=6,
)
STATED = (
    "bundle_set",
    "part",
    "city",
    "org",
    "signer",
    "created_hlc",
    "base_vv",
    "vv",
    "op_count",
    "op_root",
    "schema",
)
HEADER = ("v", "kind", "case", "entity", "register", "value_digest", "preds", "replica", "seq", "prev", "hlc", "pack")


@given(st.sampled_from(STATED), anything)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_in_a_statement_crashes(files: Files, tmp_path: Path, name: str, value: Any) -> None:
    verify_bundle(forged(tmp_path, files, Forgery(statement={name: value})))


@given(st.sampled_from(HEADER), anything)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_in_an_op_crashes(files: Files, tmp_path: Path, name: str, value: Any) -> None:
    change = with_new_id(lambda op: op.update({name: value}))
    verify_bundle(forged(tmp_path, files, Forgery(payload=change)))
