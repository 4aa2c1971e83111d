"""The palette: what a few letters find, in which order, and how it is opened and left by keyboard and by finger."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diag_app.operations.naming import abbreviations
from diag_app.ui.commands import CASE_PLACES, COMMANDS, EVERYWHERE, PLACES
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.palette import FOUND, LAST, PaletteEntry, ranked
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.registry import PAGES, make_page
from tests.ui.conftest import WindowMaker, settle

NOT_BY_NAME = {"unlock", "protect", "access"}  # shown on the way to an encrypted workspace, or from the settings

ENTRIES = (
    PaletteEntry(entry_id="page:board", kind="page", text="场景板"),
    PaletteEntry(entry_id="page:needs", kind="page", text="需求"),
    PaletteEntry(entry_id="page:board-en", kind="page", text="Scenario board"),
    PaletteEntry(entry_id="question:B3", kind="question", code="B3", text="设备联网"),
    PaletteEntry(entry_id="question:B2", kind="question", code="B2", text="设备数字化"),
    PaletteEntry(entry_id="scenario:equipment", kind="scenario", text="设备管理"),
    PaletteEntry(entry_id="scenario:quality", kind="scenario", text="质量管理"),
    PaletteEntry(entry_id="firm:1", kind="firm", text="恒信精密机械有限公司", else_rank=FOUND),
    PaletteEntry(entry_id="firm:2", kind="firm", text="重庆青禾食品", detail="91500000", else_rank=FOUND),
    PaletteEntry(entry_id="firm:all", kind="firm", text="Search all firms", else_rank=LAST),
    PaletteEntry(entry_id="command:undo", kind="command", text="Undo", keys=("Ctrl+Z",)),
)


def found(query: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [entry.entry_id.partition(":")[2] for entry in ranked(query, ENTRIES, recent, abbreviations)]


@pytest.mark.parametrize(
    ("query", "recent", "first"),
    [
        ("b3", (), ["B3"]),
        ("B", (), ["B3", "B2", "board-en"]),
        ("B", ("question:B2",), ["B2", "B3", "board-en"]),  # a code and a word that begin alike: used first wins
        ("设备", (), ["B3", "B2", "equipment"]),
        ("管理", (), ["equipment", "quality"]),
        ("sbgl", (), ["equipment"]),
        ("sb", (), ["board-en", "B3", "B2", "equipment"]),
        ("gl", (), ["equipment", "quality"]),
        ("cqqh", (), ["2"]),
        ("hxjm", (), ["1"]),
        ("und", (), ["undo"]),
        ("ud", (), ["undo"]),
        ("质 管", (), ["quality"]),
        ("ＣＪＢ", (), ["board"]),
        ("scb", (), ["board-en"]),
        ("", ("scenario:quality", "command:undo"), ["quality", "undo", "board", "needs"]),
    ],
)
def test_what_fits_best_stands_first(query: str, recent: tuple[str, ...], first: list[str]) -> None:
    assert found(query, recent)[: len(first)] == first


def test_what_does_not_fit_is_left_out_but_not_what_the_store_found() -> None:
    assert found("zzzz") == ["1", "2", "all"]


@pytest.mark.parametrize("query", ["设备", "b", "x", "firms"])
def test_searching_all_firms_stands_last(query: str) -> None:
    assert found(query)[-1] == "all"


def test_every_page_can_be_gone_to_by_name() -> None:
    assert set(PLACES) | NOT_BY_NAME == set(PAGES)


@pytest.fixture
def window(make_window: WindowMaker, demo_workspace: Path) -> MainWindow:
    """A window on the first question of the demonstration factory."""
    made = make_window(demo_workspace)
    (firm,) = made.session.workspace.store.find_enterprises("")
    made.navigate(Target(page="diagnosis", enterprise_id=firm.enterprise_id, item="B1"))
    settle(made)
    return made


def test_every_command_is_a_method_of_its_page_or_of_the_window(window: MainWindow) -> None:
    owners = {where: make_page(where, window.frame.context) for where in PAGES if where != "unlock"}
    missing = [
        f"{command.where}: {command.act}"
        for command in COMMANDS
        if command.act
        if not callable(getattr(window if command.where == EVERYWHERE else owners[command.where], command.act, None))
    ]
    assert missing == []


def test_keys_alone_open_a_question(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = window.frame.top_bar.search
    QTest.keyClicks(search, "r2")
    QTest.keyClick(search, Qt.Key.Key_Return)
    settle(window)
    page = window.frame.page
    assert isinstance(page, DiagnosisPage)
    assert page.current == "R2"
    assert not window.finder.is_open
    assert search.text() == ""


def test_escape_closes_it_and_the_focus_is_where_it_was(window: MainWindow) -> None:
    before = QApplication.focusWidget()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.finder.list is not None
    assert window.finder.list.current is not None
    QTest.keyClick(window.frame.top_bar.search, Qt.Key.Key_Escape)
    assert not window.finder.is_open
    assert QApplication.focusWidget() is before


def test_a_press_opens_it_and_a_press_picks(window: MainWindow) -> None:
    search = window.frame.top_bar.search
    QTest.mouseClick(search, Qt.MouseButton.LeftButton)
    search.insert("quality man")
    shown = window.finder.list
    assert shown is not None
    row = shown.view.visualRect(shown.model.index(0))
    QTest.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    settle(window)
    assert (window.target.page, window.target.item) == ("board", "quality")


def test_what_was_opened_last_stands_first(window: MainWindow) -> None:
    for page in ("board", "why"):
        window.navigate(Target(page=page, enterprise_id=window.target.enterprise_id))
    window.open_palette()
    assert window.finder.list is not None
    assert [row.entry_id for row in window.finder.list.model.rows[:2]] == ["page:why", "page:board"]


def test_words_come_in_by_an_input_method(window: MainWindow) -> None:
    window.open_palette()
    search = window.frame.top_bar.search
    QApplication.sendEvent(search, QInputMethodEvent("hengxin", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString("恒信")
    QApplication.sendEvent(search, commit)
    assert window.finder.list is not None
    first = window.finder.list.current
    assert first is not None
    assert first.kind == "firm"


def test_without_a_case_its_pages_are_not_offered(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    window.open_palette()
    assert window.finder.list is not None
    pages = {row.entry_id.removeprefix("page:") for row in window.finder.list.model.rows if row.kind == "page"}
    assert pages == set(PLACES) - CASE_PLACES
