"""What a city sends back becomes a task at the right question, and is gone once something else stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from diag_app.operations.assessment import load_assessment, record_answer
from diag_app.operations.backup import check_workspace
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.delivery import FreePlan, find_tasks, free, plan_free
from diag_app.operations.evidence import add_evidence, find_evidence
from diag_app.operations.receipt import import_receipt
from diag_app.operations.workspace import Workspace
from diag_app.receiver.intake import Receipted, take_in
from diag_app.receiver.office import Office
from diag_app.receiver.review import items, refuse, write_return
from tests.delivery.city import City
from tests.receiver.desk import Case, assessed, introduce, laptop, make_office

Scene = tuple[Office, Workspace, Case]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with make_office(tmp_path / "office") as office, laptop(tmp_path / "one") as workspace:
        introduce(office, workspace)
        yield office, workspace, assessed(workspace, tmp_path)


def send(office: Office, workspace: Workspace, path: Path) -> Receipted:
    done = take_in(office, export_bundle(workspace, path).path)
    assert done.beside is not None
    import_receipt(workspace, done.beside)
    return done


def places(workspace: Workspace) -> set[tuple[str, str | None]]:
    return {(task.place, task.item) for task in find_tasks(workspace)}


def test_a_receipt_and_a_return_bundle_carry_the_same_tasks(scene: Scene, tmp_path: Path) -> None:
    office, workspace, case = scene
    record_answer(workspace, case.assessment_id, "M1", ("D",))
    send(office, workspace, tmp_path / "a.zip")
    assert find_tasks(workspace) == ()
    for item in items(office):
        refuse(office, item.item, reason="缺第 2 页")
    send(office, workspace, tmp_path / "b.zip")
    tasks = find_tasks(workspace)
    assert places(workspace) == {("question", "B1"), ("question", "M1")}
    assert {task.about for task in tasks} == {"", "清单.txt"}
    assert {(task.firm, task.assessment_id) for task in tasks} == {("试验厂", case.assessment_id)}
    returned = import_bundle(workspace, write_return(office, tmp_path / "return.zip").path)
    assert returned.problems == ()  # the office is on the city's list: its key is known
    assert find_tasks(workspace) == tasks

    record_answer(workspace, case.assessment_id, "M1", ("C",))
    assert places(workspace) == {("question", "B1")}
    send(office, workspace, tmp_path / "c.zip")
    assert places(workspace) == {("question", "B1")}


def test_tasks_of_cases_that_are_not_here_are_left_out(scene: Scene, city: City, tmp_path: Path) -> None:
    office, workspace, _ = scene
    done = send(office, workspace, tmp_path / "a.zip")
    item = next(item.item for item in items(office) if item.words == "answer:B1")
    refusal = refuse(office, item, reason="缺")
    elsewhere = replace(refusal, entity="0190a5b0-0000-7000-8000-00000000000f")
    city.receiver = office.signer
    forged = replace(done.receipt, refused=(elsewhere, refusal), at="2030-01-01T00:00:00.000Z")
    import_receipt(workspace, city.receipt_file(forged))
    assert [task.refusal for task in find_tasks(workspace)] == [refusal]


def test_only_what_a_receipt_names_may_be_freed(scene: Scene, tmp_path: Path) -> None:
    office, workspace, case = scene
    Image.effect_noise((3000, 2000), 40).convert("RGB").save(tmp_path / "photo.jpg", quality=90)
    (photo,) = add_evidence(workspace, case.assessment_id, "B1", (tmp_path / "photo.jpg",))
    assert plan_free(workspace).blobs == ()
    send(office, workspace, tmp_path / "a.zip")
    plan = plan_free(workspace)
    assert plan.blobs == (photo.sha256,)  # the text file has no reduced copy to go on with
    assert plan.size == workspace.store.blob_size(photo.sha256)
    assert free(workspace, plan) == plan
    assert not workspace.store.has_blob(photo.sha256)
    assert check_workspace(workspace, read_data=True) == ()
    assert plan_free(workspace).blobs == ()
    assert len(find_evidence(workspace, case.assessment_id)) == 2
    assert load_assessment(workspace, case.assessment_id).answers.options == {"B1": ("B",)}
    assert export_bundle(workspace, tmp_path / "b.zip").blobs == 2  # the reduced copy and the text


def test_what_came_back_after_it_was_freed_is_missed_when_it_is_lost(scene: Scene, tmp_path: Path) -> None:
    office, workspace, case = scene
    for name in ("one", "two"):
        Image.effect_noise((3000, 2000), 40).convert("RGB").save(tmp_path / f"{name}.jpg", quality=90)
        add_evidence(workspace, case.assessment_id, "B1", (tmp_path / f"{name}.jpg",))
    send(office, workspace, tmp_path / "a.zip")
    plan = plan_free(workspace)
    stays, goes = plan.blobs
    workspace.store.blob_path(stays).unlink()  # lost in between, so not freed
    size = workspace.store.blob_size(goes)
    assert free(workspace, plan) == FreePlan(blobs=(goes,), size=size)
    (row,) = [row for row in workspace.store.audit_rows() if row.event == "freed"]
    assert row.details == {"files": 1, "bytes": size}
    import_bundle(workspace, tmp_path / "a.zip")
    assert check_workspace(workspace, read_data=True) == ()
    workspace.store.blob_path(goes).unlink()
    assert [(one.code, one.location) for one in workspace.store.check()] == [("BLOB_MISSING", goes)]
