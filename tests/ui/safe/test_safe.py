"""The page "Your data is safe": it tells the truth, and each thing can be done from it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from diag_app.i18n import Translator
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer
from diag_app.operations.audit import find_audit_rows
from diag_app.operations.drill import LastDrill
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.export_log import Undelivered
from diag_app.operations.safety import SafetyReport, safety
from diag_app.operations.snapshots import SecondCopy, Snapshot, find_snapshots
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.safety import states
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.safe import SafePage
from tests.care.test_window_lock import another_window
from tests.ui.conftest import SETTINGS, WindowMaker, settle
from tests.ui.safe.conftest import WAIT_MS, press, shown

AT = datetime(2026, 3, 9, 6, 2, tzinfo=UTC)
NOTHING = SafetyReport(
    last_save=None,
    last_backup=None,
    second_copy=None,
    undelivered=Undelivered(total=0, by_class={}, by_enterprise=(), receipted={}),
    last_drill=None,
    problems=(),
)
STICK = Path("/stick")
COPIED = SecondCopy(folder=STICK / "copy", at=AT, added=3)
DRILLED = LastDrill(at=AT, source="x.db", is_whole=True)


@pytest.mark.parametrize(
    ("report", "second", "row", "said", "kind"),
    [
        (NOTHING, None, "save", "Nothing recorded", "well"),
        (replace(NOTHING, last_save=AT), None, "save", "2026-03-09", "well"),
        (NOTHING, None, "backup", "None yet", "open"),
        (replace(NOTHING, last_backup=Snapshot(path=STICK, taken_at=AT, reason="daily")), None, "backup", "09", "well"),
        (NOTHING, None, "copy", "None. A disk", "open"),
        (NOTHING, STICK, "copy", "Nothing in /stick", "attention"),
        (replace(NOTHING, second_copy=COPIED), STICK, "copy", "2026-03-09", "well"),
        (replace(NOTHING, second_copy=COPIED), Path("/other"), "copy", "Nothing in /other", "attention"),
        (NOTHING, None, "undelivered", "receipt", "well"),
        (NOTHING, None, "drill", "Never", "open"),
        (replace(NOTHING, last_drill=DRILLED), None, "drill", "everything came back", "well"),
        (replace(NOTHING, last_drill=replace(DRILLED, is_whole=False)), None, "drill", "damaged", "attention"),
    ],
)
def test_a_row_says_what_is_so(
    english: Translator, report: SafetyReport, second: Path | None, row: str, said: str, kind: str
) -> None:
    state = states(report, second, english)[row]
    assert said in state.text
    assert state.kind == kind


@pytest.fixture
def window(make_window: WindowMaker, demo_workspace: Path) -> MainWindow:
    """A window on the page, on a workspace without any copy."""
    made = make_window(demo_workspace)
    made.navigate(Target(page="safe"))
    settle(made)
    return made


def wait(page: SafePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.job is None, timeout=WAIT_MS)


def test_backup_second_copy_and_drill_by_keyboard(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(window, SafePage)
    assert page.title.text() == "Not everything is safe yet"
    stick = tmp_path / "stick"
    stick.mkdir()
    page.choose_folder = lambda: stick
    for key in ("b", "c", "d"):
        press(window, key)
        wait(page, qtbot)
    assert len(find_snapshots(window.session.workspace.directory)) == 1
    assert str(stick) in page.lines["copy"].text
    assert window.settings.second_copy == str(stick)
    assert "everything came back" in page.lines["drill"].text
    assert "Everything came back" in page.notice.text
    assert page.title.text() == "Your data is safe"
    assert safety(window.session.workspace, stick).problems == ()
    events = [row.event for row in find_audit_rows(window.session.workspace)]
    assert events[-3:] == ["settings", "second_copy", "drill"]


def test_a_drill_without_any_copy_is_refused_in_words(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, SafePage)
    press(window, "d")
    wait(page, qtbot)
    assert "no copy" in window.frame.notice.text


def test_the_check_names_what_is_damaged(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, SafePage)
    press(window, "k")
    wait(page, qtbot)
    assert page.notice.text == "Everything is as it was written."
    victim = max((window.session.workspace.directory / "evidence").rglob("*"), key=lambda path: path.stat().st_size)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    press(window, "k")
    wait(page, qtbot)
    assert "evidence file" in page.notice.text
    assert "Hengxin" in page.notice.text or "恒信" in page.notice.text


@pytest.mark.parametrize(("key", "least"), [("k", 10), ("d", 12), ("c", 3)])
def test_what_takes_long_tells_how_far_it_is_and_can_be_cancelled(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, key: str, least: int
) -> None:
    page = shown(window, SafePage)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.choose_folder = lambda: stick
    press(window, "b")
    wait(page, qtbot)
    press(window, key)
    job = page.job
    assert job is not None
    told: list[tuple[int, int]] = []
    job.progressed.connect(lambda done, total: told.append((done, total)))
    wait(page, qtbot)
    done, total = told[-1]
    assert (done == total, total >= least, len(told) > least) == (True, True, True)
    press(window, key)
    job = page.job
    assert job is not None
    page.progress._cancel.click()
    with qtbot.waitSignal(job.cancelled, timeout=WAIT_MS):
        pass
    assert (page.job, page.notice.isVisible()) == (None, False)


def test_what_is_undelivered_leads_to_the_delivery(window: MainWindow) -> None:
    page = shown(window, SafePage)
    assert "without a receipt" in page.lines["undelivered"].text
    page.buttons["undelivered"].setFocus()
    press(window, Qt.Key.Key_Space)
    assert window.target.page == "delivery"


def test_copies_are_kept_once_a_day_and_the_drill_is_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate(Target(page="firms"))
    for _ in range(2):
        window.keep_copies()
        qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=WAIT_MS)
        assert len(find_snapshots(window.session.workspace.directory)) == 1
    assert "Run the drill" in window.frame.notice.text
    window.navigate(Target(page="safe"))
    press(window, "d")
    wait(shown(window, SafePage), qtbot)
    window.navigate(Target(page="firms"))
    window.keep_copies()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=WAIT_MS)
    assert not window.frame.notice.isVisible()


def test_a_second_copy_that_cannot_be_made_is_said_and_stops_nothing(
    make_window: WindowMaker, demo_workspace: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, second_copy=str(tmp_path / "no stick")))
    window.navigate(Target(page="firms"))  # a copied workspace is told of first
    window.keep_copies()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=WAIT_MS)
    assert "is not there" in window.frame.notice.text
    assert len(find_snapshots(demo_workspace)) == 1


def test_a_workspace_open_in_another_window_is_only_read(
    make_window: WindowMaker, demo_workspace: Path, qtbot: QtBot
) -> None:
    child: subprocess.Popen[str]
    with another_window(demo_workspace) as child:
        window = make_window(demo_workspace)
        assert window.frame.top_bar.reading.isVisible()
        assert "李四" in window.frame.notice.text
        (firm,) = find_enterprises(window.session.workspace)
        assert firm.assessment_id is not None
        assert window.session.do(record_answer, firm.assessment_id, "B6", ("A",)) is None
        assert window.session.do(add_enterprise, EnterpriseProfile(name="青禾食品（示例企业）")) is None
        assert "is open in another window" in window.frame.notice.text
        window.keep_copies()
        assert not window.jobs.is_busy
        child.kill()
        child.wait()
    window.open_workspace(demo_workspace)
    settle(window)
    assert not window.frame.top_bar.reading.isVisible()
    assert window.session.do(record_answer, firm.assessment_id, "B6", ("A",)) is not None
    window.close()
    with open_workspace(demo_workspace, create=False) as workspace:
        assert len(find_enterprises(workspace)) == 1
