"""No text file, key file, envelope, op line or typed figure ends a reader otherwise than by a value or a code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag_app.cli.frame import Frame
from diag_app.codec import canonical_json, digest
from diag_app.crypto.dsse import open_envelope, seal_envelope
from diag_app.crypto.kdf import check_cost, require_passphrase
from diag_app.crypto.key_file import key_file_bytes, key_file_from, unlock_with_identity, unlock_with_sheet
from diag_app.crypto.sheet import secret_of
from diag_app.crypto.wraps import PassphraseWrap
from diag_app.forms.answers_file import answers_to_json, parse_answers
from diag_app.forms.definition import Pack
from diag_app.forms.pack import load_pack
from diag_app.forms.score_json import scorecard_to_json
from diag_app.forms.scoring import score
from diag_app.i18n import load_translator
from diag_app.operations.pack_folders import pack_files
from diag_app.operations.policy import load_policy
from diag_app.paths import resource
from diag_app.settings import Settings, load_settings
from diag_app.storage.identity import read_mirror
from diag_app.storage.lock import WINDOW_LOCK, read_holder
from diag_app.sync.bag import parse_manifest
from diag_app.sync.limits import LIMITS
from diag_app.sync.op_lines import decode_op, encode_op
from diag_app.sync.statement import PAYLOAD_TYPE, parse_statement
from tests.crypto.keys import sample
from tests.security.fuzzing import damaged, hostile_json, lawful, reshaped
from tests.sync.samples import make_ops, seal, signer

EXAMPLES = 100
HEAVY = 30
PLACE = "the file"
CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@dataclass(frozen=True)
class Reader:
    """A reader of outside input, a true file of it, and what makes hostile ones from that."""

    good: Callable[[], bytes]
    read: Callable[[bytes, Path], object]
    hostile: Callable[[bytes], st.SearchStrategy[bytes]] = hostile_json


@cache
def pack() -> Pack:
    return load_pack(files_of_pack())


@cache
def files_of_pack() -> dict[str, bytes]:
    return pack_files(resource("packs", "miit-sme-2024", "1.0.0"))


def read_answers(data: bytes, _folder: Path) -> object:
    answers = parse_answers(data, pack(), location=PLACE)
    return json.dumps([answers_to_json(pack(), answers), scorecard_to_json(score(pack(), answers))])


def read_file(reader: Callable[[Path], object], name: str = "file") -> Callable[[bytes, Path], object]:
    def read(data: bytes, folder: Path) -> object:
        path = folder / name
        path.write_bytes(data)
        return reader(path)

    return read


def read_keys(data: bytes, _folder: Path) -> None:
    """Everything but the slow derivation, whose bounds are checked first."""
    keys = key_file_from(data, location=PLACE)
    for wrap in keys.of(PassphraseWrap):
        lawful(partial(check_cost, wrap.cost, bytes.fromhex(wrap.salt), location=PLACE))
    lawful(lambda: unlock_with_sheet(keys, sample().words, location=PLACE))
    unlock_with_identity(keys, sample().identity, location=PLACE)


def checked_lines(good: bytes) -> st.SearchStrategy[bytes]:
    """Key files whose lines are altered and still carry a true digest, among plain damage."""
    lines = [line for line in good.split(b"\n") if line]

    def with_check(line: bytes) -> bytes:
        try:
            body = json.loads(line)
            body.pop("check", None)
            return canonical_json({**body, "check": digest(canonical_json(body))})
        except (AttributeError, ValueError, RecursionError):
            return line

    altered = st.sampled_from(lines).flatmap(reshaped).map(with_check)
    return st.one_of(damaged(good), st.lists(altered, min_size=1, max_size=3).map(b"\n\n".join))


def canonical(good: bytes) -> st.SearchStrategy[bytes]:
    """Reshaped JSON in its canonical spelling where it has one, so that more than the spelling is tested."""

    def respelt(data: bytes) -> bytes:
        try:
            return canonical_json(json.loads(data))
        except (ValueError, RecursionError):
            return data

    return st.one_of(hostile_json(good), reshaped(good).map(respelt))


def op_line(good: bytes) -> st.SearchStrategy[bytes]:
    """Op lines, among them such as carry the true id of an altered header."""

    def with_id(data: bytes) -> bytes:
        try:
            record = json.loads(data)
            return canonical_json({**record, "id": digest(canonical_json(record["op"]))}) + b"\n"
        except (TypeError, KeyError, ValueError, RecursionError):
            return data

    return st.one_of(hostile_json(good), reshaped(good).map(with_id))


@cache
def statement() -> bytes:
    import tempfile  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(seal(Path(folder) / "one.zip").path) as archive:
        envelope = archive.read("signature.dsse.json")
    return open_envelope(envelope, payload_type=PAYLOAD_TYPE, location=PLACE).payload


def envelope() -> bytes:
    return seal_envelope(payload_type=PAYLOAD_TYPE, payload=statement(), signer=signer())


def frame(path: Path) -> Frame:
    return Frame(
        directory=path, translate=load_translator("zh"), as_json=True, settings=Settings(), passphrase_file=path
    )


def any_text(good: bytes) -> st.SearchStrategy[bytes]:
    return st.one_of(
        damaged(good),
        st.binary(max_size=300),
        st.text(st.characters(exclude_categories=[]), max_size=60).map(
            lambda text: text.encode(errors="surrogatepass")
        ),
    )


SETTINGS = {
    "language": "zh", "theme": "light", "name": "甲", "firm": "乙", "device": "丙", "last_workspace": "workspace",
    "auto_lock_minutes": 10, "second_copy": None,
}  # fmt: skip
READERS = {
    "answers": Reader(lambda: resource("demo", "answers.json").read_bytes(), read_answers),
    "settings": Reader(lambda: canonical_json(SETTINGS), read_file(load_settings)),
    "policy": Reader(lambda: b'{"escrow_recipient":"age1x","escrow_name":"a"}', read_file(load_policy)),
    "replicas": Reader(lambda: b'{"places":{"ab":{"replica":"cd","count":7}}}', read_file(read_mirror)),
    "window lock": Reader(
        '{"who":"甲","since":"2024-06-03"}'.encode, read_file(lambda path: read_holder(path.parent), WINDOW_LOCK)
    ),
    "keys": Reader(lambda: key_file_bytes(sample().keys), read_keys, checked_lines),
    "envelope": Reader(
        envelope, lambda data, _: open_envelope(data, payload_type=PAYLOAD_TYPE, location=PLACE), canonical
    ),
    "statement": Reader(statement, lambda data, _: parse_statement(data, location=PLACE), canonical),
    "op line": Reader(
        lambda: encode_op(make_ops()[0]), lambda data, _: decode_op(data, location=PLACE, limits=LIMITS), op_line
    ),
    "manifest": Reader(
        lambda: b"".join(b"%s  data/%d\n" % (b"ab" * 32, n) for n in range(3)),
        lambda data, _: parse_manifest(data, location=PLACE),
        any_text,
    ),
    "sheet words": Reader(
        sample().words.encode, lambda data, _: secret_of(data.decode(errors="surrogateescape")), any_text
    ),
    "passphrase file": Reader(
        "four unrelated words\r\nnot this".encode,
        read_file(lambda path: require_passphrase(frame(path).passphrase())),
        any_text,
    ),
    "words file": Reader(
        sample().words.encode, read_file(lambda path: secret_of(frame(path).secret_in(path))), any_text
    ),
}  # fmt: skip


def run(name: str, folder: Path, examples: int) -> None:
    reader = READERS[name]

    @settings(max_examples=examples, suppress_health_check=CHECKS)
    @given(data=reader.hostile(reader.good()))
    def law(data: bytes) -> None:
        lawful(lambda: reader.read(data, folder))

    law()


@pytest.mark.parametrize("name", READERS)
def test_a_true_file_is_read(name: str, tmp_path: Path) -> None:
    assert lawful(lambda: READERS[name].read(READERS[name].good(), tmp_path)) == ""


@pytest.mark.parametrize("name", READERS)
def test_a_hostile_file_is_read_or_refused_by_code(name: str, tmp_path: Path) -> None:
    run(name, tmp_path, EXAMPLES)


@pytest.mark.heavy
@pytest.mark.parametrize("name", READERS)
def test_many_hostile_files_are_read_or_refused_by_code(name: str, tmp_path: Path) -> None:
    run(name, tmp_path, EXAMPLES * HEAVY)


@pytest.mark.parametrize("number", [1.5, 1e300])
def test_a_fraction_in_an_unknown_field_of_a_statement_is_no_crash(number: float) -> None:
    data = canonical_json({**json.loads(statement()), "later": number})
    assert lawful(lambda: parse_statement(data, location=PLACE)) == "STATEMENT_INVALID"
