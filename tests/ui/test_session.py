"""The session: what is stored is announced, what is refused is said, nothing is lost between the two."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diag_app.clock import Progress
from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.ops import Changes
from diag_app.operations.enterprise import add_enterprise, find_enterprises, load_enterprise, update_enterprise
from diag_app.operations.workspace import Workspace
from diag_app.ui.jobs import Jobs, Place
from diag_app.ui.session import EVERYTHING, Session, changes_of
from tests.ui.conftest import ACTOR

FIRM = EnterpriseProfile(name="青禾食品（示例企业）", employees=90, revenue_10k_cny=Decimal(1500))


@pytest.fixture
def session(application: QApplication, tmp_path: Path) -> Iterator[Session]:
    """A session on an empty workspace."""
    made = Session()
    made.open(tmp_path / "workspace", ACTOR)
    yield made
    made.close()


@pytest.fixture
def jobs(application: QApplication) -> Iterator[Jobs]:
    """The worker thread."""
    made = Jobs()
    yield made
    made.close()


def test_an_operation_is_announced_with_its_changes_and_its_initiator(session: Session, qtbot: QtBot) -> None:
    page = object()
    with qtbot.waitSignal(session.changed) as announced:
        added = session.do_for(page, add_enterprise, FIRM)
    assert added is not None
    assert announced.args is not None
    changes, initiator = announced.args
    assert changes == added.changes
    assert initiator is page
    assert session.saved_at is not None


def test_a_refusal_is_said_and_stores_nothing(session: Session, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(session.changed), qtbot.waitSignal(session.failed) as refused:
        assert session.do(add_enterprise, EnterpriseProfile(name=" ")) is None
    assert refused.args is not None
    assert refused.args[0].code == "NAME_MISSING"
    assert session.saved_at is None
    assert session.read(find_enterprises) == ()


def test_a_list_that_cannot_be_read_is_not_an_empty_one(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.failed) as refused:
        assert session.read(load_enterprise, "no such id") is None
    assert refused.args is not None
    assert refused.args[0].code == "ENTITY_UNKNOWN"


def test_undo_and_redo_put_values_back_and_forth(session: Session) -> None:
    added = session.do(add_enterprise, FIRM)
    assert added is not None
    session.do(update_enterprise, added.enterprise_id, EnterpriseProfile(name="青禾", employees=90))
    for turn, name in ((session.undo, FIRM.name), (session.redo, "青禾")):
        assert isinstance(turn(added.enterprise_id), Changes)
        assert load_enterprise(session.workspace, added.enterprise_id).profile.name == name


def test_nothing_to_undo_is_said(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.failed) as refused:
        assert session.undo(None) is None
    assert refused.args is not None
    assert refused.args[0].code == "NOTHING_TO_UNDO"


def test_a_workspace_that_cannot_be_opened_leaves_the_open_one(session: Session, tmp_path: Path) -> None:
    session.do(add_enterprise, FIRM)
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(DiagError):
        session.open(tmp_path / "file", ACTOR)
    assert len(session.read(find_enterprises) or ()) == 1


def test_a_closed_session_has_no_workspace(session: Session) -> None:
    session.close()
    assert not session.is_open
    with pytest.raises(RuntimeError):
        _ = session.workspace


@pytest.mark.parametrize("result", ["an id", 3, None, (1, 2)])
def test_a_result_that_names_no_changes_may_have_changed_anything(result: object) -> None:
    assert changes_of(result) is EVERYTHING


def test_a_job_runs_on_its_own_thread_with_its_own_handle(session: Session, jobs: Jobs, qtbot: QtBot) -> None:
    session.do(add_enterprise, FIRM)
    jobs.use(Place(directory=session.workspace.directory, actor=ACTOR))
    seen: list[tuple[int, int]] = []

    def count(workspace: Workspace, text: str, *, progress: Progress) -> tuple[int, bool, bool]:
        progress(1, 2)
        own_thread = threading.current_thread() is not threading.main_thread()
        return len(find_enterprises(workspace, text)), own_thread, workspace is not session.workspace

    job = jobs.start(count, "青禾")
    job.progressed.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(job.finished) as finished:
        pass
    assert finished.args == [(1, True, True)]
    assert seen == [(1, 2)]


def test_a_cancelled_job_says_so(session: Session, jobs: Jobs, qtbot: QtBot) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def wait(progress: Progress) -> None:
        reached.set()
        go_on.wait(10)
        progress(1, 2)

    job = jobs.start_alone(wait)
    assert reached.wait(10)
    job.cancel()
    with qtbot.waitSignal(job.cancelled), qtbot.assertNotEmitted(job.finished):
        go_on.set()


def test_a_refused_job_gives_its_code(session: Session, jobs: Jobs, qtbot: QtBot) -> None:
    def refuse(_progress: Progress) -> None:
        raise DiagError("DISK_FULL", location="stick")

    with qtbot.waitSignal(jobs.failed) as refused:
        jobs.start_alone(refuse)
    assert refused.args is not None
    assert refused.args[0].code == "DISK_FULL"


def test_a_bug_in_a_job_comes_back_to_the_window(session: Session, jobs: Jobs, qtbot: QtBot) -> None:
    def divide(_progress: Progress) -> float:
        return 1 / int("0")

    with qtbot.waitSignal(jobs.crashed) as crashed:
        jobs.start_alone(divide)
    assert crashed.args is not None
    assert isinstance(crashed.args[0], ZeroDivisionError)
