"""A bundle becomes a receipt: once, whole, and the same however often it comes or the process ends in between."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.i18n import load_translator
from diag_app.operations.assessment import record_answer
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.evidence import add_evidence
from diag_app.operations.export_log import undelivered
from diag_app.operations.keys import write_card
from diag_app.operations.receipt import import_receipt
from diag_app.operations.workspace import Workspace
from diag_app.receiver.arrivals import all_arrivals, find_arrival, move_arrival
from diag_app.receiver.intake import Receipted, finish_open, raw_path, receive, take_in
from diag_app.receiver.main import Desk, main
from diag_app.receiver.office import Office, enrol, revoke
from diag_app.receiver.review import items, refuse, write_return
from diag_app.receiver.verdict import Verdict
from diag_app.receiver.verifying import Bounds, verify_apart, verify_here
from diag_app.receiver.watching import Watch
from tests.receiver.desk import CITY, Case, assessed, introduce, laptop, make_office, words_of


@dataclass(kw_only=True)
class Scene:
    office: Office
    workspace: Workspace
    case: Case
    stick: Path

    def write(self, name: str = "a.zip") -> Path:
        return export_bundle(self.workspace, self.stick / name).path

    def take_in(self, path: Path) -> Receipted:
        return take_in(self.office, path)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    stick = tmp_path / "stick"
    stick.mkdir()
    with make_office(tmp_path / "office") as office, laptop(tmp_path / "one") as workspace:
        introduce(office, workspace)
        yield Scene(office=office, workspace=workspace, case=assessed(workspace, tmp_path), stick=stick)


def test_what_is_taken_in_is_receipted_and_kept_for_good(scene: Scene) -> None:
    path = scene.write()
    done = scene.take_in(path)
    assert done.receipt.accepted == len(list(scene.workspace.store.ops()))
    assert set(done.receipt.classes) >= {"answers", "evidence"}
    assert (len(done.receipt.blobs_have), done.receipt.blobs_missing) == (1, ())
    assert done.beside == path.with_name("a.zip.receipt.json")
    assert done.beside.read_bytes() == done.kept.read_bytes()
    (arrival,) = all_arrivals(scene.office.store)
    raw = raw_path(scene.office, arrival)
    assert raw.read_bytes() == path.read_bytes()
    assert not stat.S_IMODE(raw.stat().st_mode) & 0o222
    assert import_receipt(scene.workspace, done.beside).is_new
    assert undelivered(scene.workspace).total == 0


def test_the_same_bundle_gives_the_same_receipt(scene: Scene) -> None:
    first = scene.take_in(scene.write()).kept.read_bytes()
    copy = shutil.copy(scene.stick / "a.zip", scene.stick / "copy.zip")
    assert scene.take_in(Path(copy)).kept.read_bytes() == first
    again = scene.take_in(scene.write("b.zip"))  # the same ops in another bundle: all of them are here
    assert again.receipt.accepted == 0
    assert again.receipt.duplicate == scene.take_in(scene.stick / "a.zip").receipt.accepted


@pytest.mark.parametrize("stage", ["received", "verified", "counted"])
def test_what_was_under_way_is_finished_with_the_same_counts(scene: Scene, stage: str) -> None:
    """As after a kill: everything of the later stages may have happened, only the row says how far it came."""
    path = scene.write()
    done = scene.take_in(path)
    database, _ = scene.office.store.inside
    if stage == "received":
        database.run("DELETE FROM op")  # nothing was taken in yet
        scene.office.store.rebuild_projections()
    elif stage == "verified":
        database.run("DELETE FROM op")
        scene.office.store.rebuild_projections()
    database.run("UPDATE arrival SET stage = ?, body = json_remove(body, '$.receipt')", (stage,))
    again = scene.take_in(path).receipt
    assert (again.accepted, again.duplicate, again.classes) == (done.receipt.accepted, 0, done.receipt.classes)
    assert again.vv_after == done.receipt.vv_after
    arrival = find_arrival(scene.office.store, again.container_sha256)
    assert arrival is not None
    assert arrival.stage == "ingested"


def test_a_stranger_goes_to_quarantine_until_the_city_knows_them(scene: Scene, tmp_path: Path) -> None:
    with laptop(tmp_path / "two", "生人") as other:
        assessed(other, tmp_path)
        path = export_bundle(other, scene.stick / "s.zip").path
        refused = scene.take_in(path)
        assert [fault.code for fault in refused.receipt.faults] == ["SIGNER_NOT_LISTED"]
        assert (refused.receipt.accepted, refused.receipt.vv_after) == (0, {})
        assert scene.office.store.entities("enterprise") == ()
        assert (scene.office.directory / "quarantine" / refused.receipt.container_sha256).is_file()
        assert scene.take_in(path).kept.read_bytes() == refused.kept.read_bytes()
        introduce(scene.office, other)
        assert scene.take_in(path).receipt.faults == ()
        assert len(scene.office.store.entities("enterprise")) == 1


def test_a_bundle_counts_that_came_before_the_key_was_revoked(scene: Scene) -> None:
    first, second = scene.write(), scene.write("b.zip")
    early = scene.take_in(first)
    keyid = next(one.keyid for one in scene.office.signers.signers if one.role == "consultant")
    revoke(scene.office, keyid, reason="笔记本丢失")
    record_answer(scene.workspace, scene.case.assessment_id, "B4", ("A",))
    late = scene.take_in(scene.write("c.zip"))
    assert [fault.code for fault in late.receipt.faults] == ["SIGNER_REVOKED"]
    assert scene.take_in(first).kept.read_bytes() == early.kept.read_bytes()
    assert second.is_file()


@pytest.mark.parametrize(("place", "code"), [(100, "ENTRY_CHANGED"), (-1, "BUNDLE_TORN")])
def test_a_damaged_bundle_leaves_nothing_outside_quarantine(scene: Scene, place: int, code: str) -> None:
    path = scene.write()
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data[:-9] if place < 0 else data)
    done = scene.take_in(path)
    assert done.receipt.faults
    assert list(scene.office.store.ops()) == []
    assert [entry.name for entry in (scene.office.directory / "incoming").iterdir()] == []
    assert not (scene.office.directory / "raw").exists()


def test_what_a_reviewer_sends_back_goes_out_with_the_next_receipt(scene: Scene, tmp_path: Path) -> None:
    scene.take_in(scene.write())
    with pytest.raises(DiagError, match="RETURN_EMPTY"):
        write_return(scene.office, scene.stick / "return.zip")
    answer = next(item.item for item in items(scene.office) if item.words == "answer:B1")
    evidence = next(item.item for item in items(scene.office) if item.words.startswith("evidence"))
    refuse(scene.office, answer, reason="清单缺第 2 页", by="王科", code="EVIDENCE_INCOMPLETE")
    refuse(scene.office, evidence, reason="看不清")
    for item, reason, code in (
        (answer, " ", "REASON_MISSING"), (f"{answer}9", "x", "ITEM_EMPTY"), (answer, "x" * 3000, "TEXT_TOO_LONG"),
        ("nobody", "x", "ENTITY_UNKNOWN"),
    ):  # fmt: skip
        with pytest.raises(DiagError, match=code):
            refuse(scene.office, item, reason=reason)
    receipt = scene.take_in(scene.write("b.zip")).receipt
    assert {(found.register, found.reason, found.by) for found in receipt.refused} == {
        ("answer:B1", "清单缺第 2 页", "王科"), ("", "看不清", "签收站")
    }  # fmt: skip
    back = write_return(scene.office, scene.stick / "return.zip")
    import_bundle(scene.workspace, back.path)
    record_answer(scene.workspace, scene.case.assessment_id, "B1", ("B", "C"))
    later = scene.take_in(scene.write("c.zip")).receipt
    assert [found.register for found in later.refused] == [""]


def test_a_watched_stick_gets_receipts_for_files_that_stopped_growing(scene: Scene) -> None:
    path = scene.write()
    (scene.stick / "notes.txt").write_text("not mine", encoding="utf-8")
    watch = Watch(scene.stick)
    assert list(watch.look(scene.office)) == []
    ((seen, done),) = watch.look(scene.office)
    assert seen == path
    assert isinstance(done, Receipted)
    assert list(watch.look(scene.office)) == []
    with pytest.raises(DiagError, match="NOT_FOUND"):
        list(Watch(scene.stick / "gone").look(scene.office))


def test_a_watched_stick_that_takes_no_receipt_is_read_once(scene: Scene) -> None:
    for name in ("a.zip", "b.qzb"):
        in_the_way = scene.stick / f"{scene.write(name).name}.receipt.json"
        in_the_way.mkdir()
        os.utime(in_the_way, (0, 0))
    os.utime(scene.stick / "b.qzb", (4e9, 4e9))  # of a camera whose clock is wrong
    watch = Watch(scene.stick)
    assert [len(list(watch.look(scene.office))) for _ in range(4)] == [0, 2, 0, 0]


def test_a_stick_that_is_pulled_is_told_once_and_watched_again_when_it_is_back(scene: Scene) -> None:
    path, pulled = scene.write(), scene.stick.with_name("pulled")
    watch = Watch(scene.stick)
    assert [len(list(watch.look(scene.office))) for _ in range(2)] == [0, 1]
    scene.stick.rename(pulled)
    ((where, told),) = watch.look(scene.office)
    assert (where, isinstance(told, DiagError)) == (scene.stick, True)
    assert list(watch.look(scene.office)) == []
    pulled.rename(scene.stick)
    (scene.stick / f"{path.name}.receipt.json").unlink()  # another stick with the same file
    assert [len(list(watch.look(scene.office))) for _ in range(3)] == [0, 1, 0]


def test_watching_tells_a_program_of_each_file_as_it_comes(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []

    def pause(_seconds: float) -> None:
        said.append(capsys.readouterr().out)
        scene.write(f"{len(said)}.zip")
        if len(said) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", pause)
    scene.office.close()
    assert main(["--office", str(scene.office.directory), "--json", "watch", str(scene.stick)]) == 2
    assert [[json.loads(line)["file"] for line in one.splitlines()] for one in said] == [[], [], ["1.zip"], ["2.zip"]]


def test_what_is_finished_is_finished_by_one_process_at_a_time(scene: Scene) -> None:
    fcntl = pytest.importorskip("fcntl")
    held: list[bool] = []

    def judge(path: Path, key_file: Path) -> Verdict:
        with (scene.office.directory / "intake.lock").open("a") as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held.append(False)
        return verify_here(path, key_file)

    receive(scene.office, scene.write())
    scene.office.verify = judge
    assert finish_open(scene.office) == ()
    assert held == []
    assert [one.stage for one in all_arrivals(scene.office.store)] == ["ingested"]


def test_what_refuses_to_be_finished_keeps_nothing_else_out(scene: Scene) -> None:
    path = scene.write()
    stuck = receive(scene.office, path)
    move_arrival(scene.office.store, stuck, "verified", verdict=scene.office.judge(path))
    (scene.office.directory / "incoming" / stuck.container).write_bytes(b"a disk that fails")
    done = scene.take_in(scene.write("b.zip"))
    assert done.receipt.accepted > 0
    (told,) = done.unfinished
    assert [error.code for error in finish_open(scene.office)] == [told.code]
    raw_path(scene.office, stuck).unlink()
    shutil.copy(path, raw_path(scene.office, stuck))
    assert finish_open(scene.office) == ()


def test_a_person_is_listed_by_the_words_on_their_paper_card_only(scene: Scene, tmp_path: Path) -> None:
    before = scene.office.signers
    with laptop(tmp_path / "two", "生人") as other:
        write_card(other, tmp_path / "card.json", city=CITY)
        with pytest.raises(DiagError, match="FINGERPRINT_WRONG"):
            enrol(scene.office, tmp_path / "card.json", words=words_of(scene.workspace))
        assert scene.office.signers == before
        assert enrol(scene.office, tmp_path / "card.json", words=words_of(other)).name == "生人"


def test_checking_happens_apart_and_within_bounds(scene: Scene) -> None:
    path = scene.write()
    key = scene.office.directory / "keys" / "receiver.pem"
    assert verify_apart(path, key) == scene.office.judge(path)
    (fault,) = verify_apart(path, key, bounds=Bounds(memory_bytes=1024**2)).faults
    assert fault.code == "VERIFY_EXCEEDED"
    (fault,) = verify_apart(path, key, bounds=Bounds(wall_seconds=0)).faults
    assert fault.code == "VERIFY_EXCEEDED"


def test_a_clock_set_back_gives_no_older_receipt(scene: Scene) -> None:
    first = scene.take_in(scene.write()).receipt
    scene.office.store.set_local("receipt_at", "2030-01-01T00:00:00.000Z")
    later = scene.take_in(scene.write("b.zip")).receipt
    assert first.at < "2030-01-01T00:00:00.000Z" < later.at == "2030-01-01T00:00:00.001Z"


def test_a_file_that_came_half_is_received_again(scene: Scene) -> None:
    path = scene.write()
    arrival = receive(scene.office, path)
    (scene.office.directory / "incoming" / arrival.container).unlink()
    assert scene.take_in(path).receipt.faults == ()


def test_a_bundle_in_parts_for_the_receiver_alone_is_taken_in_part_by_part(scene: Scene, tmp_path: Path) -> None:
    for number in range(3):
        photo = tmp_path / f"{number}.txt"
        photo.write_bytes(bytes([number]) * 300_000)
        add_evidence(scene.workspace, scene.case.assessment_id, "B1", (photo,))
    (receiver,) = (one for one in scene.office.signers.signers if one.role == "receiver")
    sealed = export_bundle(
        scene.workspace, scene.stick / "big.zip", recipients=(receiver.recipient,), part_size=700_000
    )
    assert len(sealed.paths) > 1
    done = scene.take_in(sealed.paths[-1])
    last, of = done.receipt, len(sealed.paths)
    assert (last.accepted, last.missing) == (0, tuple(range(1, of)))
    (told,) = Desk(tmp_path, load_translator("en"), as_json=False).told(sealed.paths[-1], done)
    assert told.line.endswith(f"part {of} of {of}; not arrived yet: 1-{of - 1}")
    for path in sealed.paths:
        done = scene.take_in(path)
        assert done.receipt.faults == ()
        assert done.beside is not None
        import_receipt(scene.workspace, done.beside)
    assert undelivered(scene.workspace).total == 0
