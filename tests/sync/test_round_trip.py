"""What goes into a bundle comes out of it, and the same contents give the same bytes."""

from __future__ import annotations

import os
import string
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diag_app.codec import digest
from diag_app.crypto.signing import create_signer
from diag_app.errors import DiagError, Severity
from diag_app.model.op_text import digest_value
from diag_app.model.ops import Op, ValueState
from diag_app.sync import op_lines
from diag_app.sync.bundle_contents import source_at, source_of
from diag_app.sync.bundle_read import read_bundle, verify_bundle
from diag_app.sync.bundle_write import write_bundle
from tests.sync.samples import CASES, PHOTO, REPLICAS, REPORT, SALT, make_contents, make_op, make_ops, seal, signer


def test_ops_evidence_and_reports_come_back(tmp_path: Path) -> None:
    sealed = seal(tmp_path / "x.zip")
    with read_bundle(sealed.path) as bundle:
        assert tuple(bundle.ops()) == make_ops()
        assert [bundle.read_blob(blob) for blob in bundle.blobs] == [PHOTO]
        assert [bundle.read_report(report) for report in bundle.reports] == [REPORT]
        with pytest.raises(DiagError, match="ENTRY_MISSING"):
            bundle.read_blob("0" * 64)
    assert (sealed.ops, sealed.blobs, sealed.reports, sealed.size) == (5, 1, 1, sealed.path.stat().st_size)


def test_the_statement_says_what_is_inside(tmp_path: Path) -> None:
    base = {(REPLICAS[1], CASES[0]): 6}
    sealed = seal(tmp_path / "x.zip", base_vv=base, state_digests={CASES[0]: "a" * 64})
    statement = verify_bundle(sealed.path).statement
    assert statement is not None
    assert statement.base_vv == {REPLICAS[1]: {CASES[0]: 6}}
    assert statement.vv == {REPLICAS[0]: {CASES[0]: 3, CASES[1]: 1}, REPLICAS[1]: {CASES[0]: 7}}
    assert statement.state_digests == {CASES[0]: "a" * 64}
    assert statement.form_versions == ("miit-sme-2024@1.0.0",)
    assert (statement.op_count, statement.blob_count, statement.blob_bytes) == (5, 1, len(PHOTO))
    assert statement.bundle_set == sealed.bundle_id


def test_the_vector_never_reaches_over_a_gap(tmp_path: Path) -> None:
    statement = verify_bundle(seal(tmp_path / "x.zip").path).statement
    assert statement is not None
    assert REPLICAS[1] not in statement.vv  # its op 7 came without 1 to 6


def test_a_known_signer_is_no_warning_and_an_unknown_one_no_error(tmp_path: Path) -> None:
    path = seal(tmp_path / "x.zip").path
    assert verify_bundle(path, trusted_keys=[signer().public_key]).problems == ()
    for trusted in ([], [create_signer().public_key]):
        found = verify_bundle(path, trusted_keys=trusted)
        assert found.ok
        assert [(one.code, one.severity) for one in found.problems] == [("SIGNER_UNKNOWN", Severity.WARNING)]
        assert found.signer == signer().public_key


def test_an_op_whose_value_was_withheld_or_redacted_stays_so(tmp_path: Path) -> None:
    digest_kept = digest_value("secret", SALT)
    states = (ValueState.WITHHELD, ValueState.REDACTED)
    ops = [
        make_op(n, value=None, salt=None, value_state=state, value_digest=digest_kept)
        for n, state in enumerate(states, start=1)
    ]
    path = seal(tmp_path / "x.zip", ops=ops).path
    with read_bundle(path) as bundle:
        assert list(bundle.ops()) == ops
    assert b"secret" not in path.read_bytes()


def test_both_ops_of_a_fork_travel(tmp_path: Path) -> None:
    fork = sorted((make_op(2, value="a"), make_op(2, value="b")), key=lambda op: op.op_id)
    ops = [make_op(1), *fork, make_op(3)]
    with read_bundle(seal(tmp_path / "x.zip", ops=ops).path) as bundle:
        assert list(bundle.ops()) == ops


def test_ops_out_of_order_are_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="out of order"):
        seal(tmp_path / "x.zip", ops=[make_op(2), make_op(1)])
    assert list(tmp_path.iterdir()) == []


def test_long_runs_of_ops_are_cut_into_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(op_lines, "SEGMENT_OPS", 7)
    ops = [make_op(n) for n in range(1, 100)]
    with read_bundle(seal(tmp_path / "x.zip", ops=ops).path) as bundle:
        assert list(bundle.ops()) == ops
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert sum("/ops/" in name for name in archive.namelist()) == 15


def test_a_note_of_ten_thousand_rare_characters_comes_back(tmp_path: Path) -> None:
    ops = [make_op(1, value="䶮㛃𬭎𠅤" * 2500, actor='\u202e名\\"\x00\x7f')]
    with read_bundle(seal(tmp_path / "x.zip", ops=ops).path) as bundle:
        assert list(bundle.ops()) == ops


def test_the_file_may_have_any_name(tmp_path: Path) -> None:
    for name in ("恒信精密 2024-06-03 𠅤.zip", "a" * 250, "mit Ümlaut; $(x) 'q'.zip"):
        assert verify_bundle(seal(tmp_path / name).path).ok


def test_the_same_contents_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    blobs = {digest(data): source_of(data) for data in (bytes([n]) * n for n in range(1, 30))}
    first = seal(tmp_path / "a.zip", blobs=blobs).path.read_bytes()
    second = seal(tmp_path / "b.zip", blobs=dict(reversed(blobs.items())), ops=list(make_ops())).path.read_bytes()
    assert first == second


REBUILD = """
import os, sys, locale
os.umask(int(sys.argv[2], 8))
from pathlib import Path
from tests.sync.samples import seal
seal(Path(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("zone", "umask", "seed", "language"),
    [("Asia/Shanghai", "000", "1", "C"), ("America/St_Johns", "077", "2", "C.UTF-8"), ("UTC", "022", "3", "zh_CN.GBK")],
)
def test_the_same_contents_give_the_same_bytes_on_another_machine(
    tmp_path: Path, zone: str, umask: str, seed: str, language: str
) -> None:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language}
    other = tmp_path / "other.zip"
    subprocess.run([sys.executable, "-c", REBUILD, str(other), umask], env=environment, check=True)
    assert other.read_bytes() == seal(tmp_path / "here.zip").path.read_bytes()


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(string.printable, max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def op_runs(draw: st.DrawFn) -> list[Op]:
    found = {}
    for value in draw(st.lists(values, min_size=1, max_size=12)):
        case, replica = draw(st.sampled_from([*CASES, "workspace"])), draw(st.sampled_from(REPLICAS))
        op = make_op(
            draw(st.integers(1, 12)), value=value, case=case, replica=replica, register=draw(st.text(max_size=9))
        )
        found[(op.replica, op.case, op.seq, op.op_id)] = op
    return [found[key] for key in sorted(found)]


@given(op_runs(), st.lists(st.binary(max_size=2000), max_size=5))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ops_and_blobs_come_back(tmp_path: Path, ops: list[Op], datas: list[bytes]) -> None:
    blobs = {digest(data): source_of(data) for data in datas}
    contents = make_contents(ops=ops, blobs=blobs)
    sealed = write_bundle(tmp_path / "x.zip", contents=contents, signer=signer())
    with read_bundle(sealed.path) as bundle:
        assert list(bundle.ops()) == ops
        assert {blob: bundle.read_blob(blob) for blob in bundle.blobs} == {digest(data): data for data in datas}


def test_a_bundle_replaces_an_older_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"old")
    assert verify_bundle(seal(tmp_path / "x.zip").path).ok


def test_progress_goes_up_to_its_end(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO * 1000)
    contents = make_contents(blobs={digest(PHOTO * 1000): source_at(photo)})
    write_bundle(tmp_path / "x.zip", contents=contents, signer=signer(), progress=lambda *at: heard.append(at))
    assert heard == sorted(heard)
    assert all(done <= total for done, total in heard)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiagError, match=r"NOT_FOUND .*gone\.zip"):
        verify_bundle(tmp_path / "gone.zip")
    with pytest.raises(DiagError, match="gone"), read_bundle(tmp_path / "gone.zip"):
        pass


def test_evidence_changed_after_the_check_is_not_given_out(tmp_path: Path) -> None:
    path = seal(tmp_path / "x.zip").path
    with read_bundle(path) as bundle:
        with path.open("r+b") as other:
            other.seek(200)
            other.write(b"changed")
        with pytest.raises(DiagError, match="ENTRY_CHANGED"):
            bundle.read_blob(bundle.blobs[0])


def test_a_problem_of_the_whole_file_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "名.zip").write_bytes(b"no bundle")
    found = verify_bundle(tmp_path / "名.zip").problems
    assert [(problem.code, problem.location) for problem in found] == [("NOT_A_BUNDLE", "名.zip")]
