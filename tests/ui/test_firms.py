"""The firms list: the model, the words in it, and the page by keyboard."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diag_app.i18n import Translator
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import EnterpriseSummary, add_enterprise
from diag_app.operations.export_log import UndeliveredCase
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.firms import PAGE_SIZE, STATUS_ROLE, Column, FirmsModel, stage_word, stages_done
from diag_app.ui.pages.firms import FirmsPage
from diag_app.ui.pages.page import Target
from tests.ui.conftest import ACTOR, WindowMaker, settle

KNOWN = EnterpriseSummary(
    enterprise_id="",
    name="",
    uscc=None,
    industry="C34",
    size_class="small",
    is_above_scale=True,
    employees=128,
    revenue_10k_cny=Decimal(6240),
    is_demonstration=True,
)


def firm(number: int = 1, **facts: Any) -> EnterpriseSummary:
    return replace(KNOWN, **({"enterprise_id": f"e{number}", "name": f"示例企业 {number}"} | facts))


BEGUN = {"assessment_id": "a", "questions": 15, "answered": 14, "level": 2, "score": Decimal("50.7")}
ALL = {**BEGUN, "answered": 15, "uscc": "x"}


@pytest.mark.parametrize(
    ("facts", "word", "done"),
    [
        ({}, "Not begun", 0),
        ({"uscc": "x"}, "Not begun", 1),
        (BEGUN, "14/15", 0),
        (BEGUN | {"uscc": "x"}, "14/15", 1),
        (ALL, "No needs yet", 2),
        (ALL | {"needs": 1}, "Needs: 1", 3),
        (ALL | {"needs": 3}, "Needs: 3", 3),
        (ALL | {"needs": 3, "proposals": 1}, "Issued", 4),
    ],
)
def test_the_stage_is_the_first_open_step(english: Translator, facts: dict[str, Any], word: str, done: int) -> None:
    assert (stage_word(firm(**facts), english), stages_done(firm(**facts))) == (word, done)


@pytest.fixture
def model(application: QApplication, english: Translator) -> FirmsModel:
    """A model over 450 firms."""
    made = FirmsModel(english, {"C34": "General-purpose machinery"})
    firms = tuple(firm(number) for number in range(450))
    made.show_firms(lambda limit, offset: firms[offset : offset + limit], 450, {})
    return made


def test_the_model_keeps_the_rules_of_item_models(model: FirmsModel, qtmodeltester: Any) -> None:
    qtmodeltester.check(model)


def test_firms_are_read_a_page_at_a_time(model: FirmsModel) -> None:
    assert model.rowCount() == 450
    assert model.row_of("e449") == -1  # nobody looked there yet
    assert model.index(449, Column.NAME).data() == "示例企业 449"
    assert (model.row_of("e449"), model.row_of("nobody")) == (449, -1)


def test_pages_looked_at_long_ago_are_let_go_and_read_again(english: Translator) -> None:
    read: list[int] = []

    def fetch(limit: int, offset: int) -> tuple[EnterpriseSummary, ...]:
        read.append(offset // PAGE_SIZE)
        return tuple(firm(number) for number in range(offset, offset + limit))

    made = FirmsModel(english, {})
    made.show_firms(fetch, 100 * PAGE_SIZE, {})
    for page in range(100):
        assert made.firm_at(page * PAGE_SIZE + 1) == firm(page * PAGE_SIZE + 1)
    assert made.firm_at(1) == firm(1)
    assert read == [*range(100), 0]


@pytest.mark.parametrize(
    ("column", "facts", "text"),
    [
        (Column.NAME, {}, "示例企业 1"),
        (Column.INDUSTRY, {}, "C34 General-purpose machinery"),
        (Column.INDUSTRY, {"industry": "X99"}, "X99"),
        (Column.INDUSTRY, {"industry": None}, "—"),
        (Column.SIZE, {}, "small, above-scale"),
        (Column.SIZE, {"size_class": None, "is_above_scale": None}, "—"),
        (Column.LEVEL, {}, "None yet"),
        (Column.LEVEL, BEGUN, "2"),
        (Column.LEVEL, BEGUN | {"level": 0}, "No level"),
        (Column.SCORE, BEGUN, "50.70"),
        (Column.SCORE, BEGUN | {"score": Decimal("58.125")}, "58.125"),
        (Column.SCORE, {}, "—"),
        (Column.VISITED, {"visited_on": "2026-03-12"}, "03-12"),
        (Column.DELIVERY, {}, "Nothing new"),
        (Column.DELIVERY, {"enterprise_id": "here"}, "46 not delivered"),
        (Column.DELIVERY, {"enterprise_id": "written"}, "12 awaiting receipt"),
    ],
)
def test_each_cell_says_what_is_known(model: FirmsModel, column: Column, facts: dict[str, Any], text: str) -> None:
    cases = {
        "here": UndeliveredCase(enterprise_id="here", name="", count=46, is_written=False),
        "written": UndeliveredCase(enterprise_id="written", name="", count=12, is_written=True),
    }
    model.show_firms(lambda _limit, _offset: (firm(**facts),), 1, cases)
    cell = model.index(0, column)
    assert cell.data() == text
    assert text in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    expected = {"here": "undelivered", "written": "sent"}.get(str(facts.get("enterprise_id")), "nothing")
    assert cell.data(STATUS_ROLE) == expected


def test_a_list_that_could_not_be_read_is_not_called_empty(model: FirmsModel) -> None:
    model.show_firms(lambda _limit, _offset: None, 7, {})
    assert (model.rowCount(), model.is_readable) == (0, False)


@pytest.fixture
def firms_window(make_window: WindowMaker, demo_workspace: Path) -> MainWindow:
    """A window on the demonstration factory and two firms more, the newest first."""
    with open_workspace(demo_workspace, actor=ACTOR) as workspace:
        for name, employees in (("青禾食品（示例企业）", 90), ("合力注塑（示例企业）", 150)):
            add_enterprise(workspace, EnterpriseProfile(name=name, employees=employees, revenue_10k_cny=Decimal(900)))
    return make_window(demo_workspace)


def page_of(window: MainWindow) -> FirmsPage:
    page = window.frame.page
    assert isinstance(page, FirmsPage)
    return page


def test_arrows_choose_and_the_panel_follows(firms_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(firms_window)
    assert page.table.hasFocus()
    actions = []
    for _ in range(3):
        actions.append(page.panel.button.text())
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert actions == ["Begin the diagnosis", "Begin the diagnosis", "Open at B6"]


def test_enter_goes_on_where_work_stopped(firms_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(firms_window)
    QTest.keyClick(page.table, Qt.Key.Key_End)
    page.table.setCurrentIndex(page.model.index(2, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert (firms_window.target.page, firms_window.target.item) == ("diagnosis", "B6")
    assert firms_window.frame.header.isVisible()


@pytest.mark.parametrize(("typed", "found"), [("青", 1), ("示例", 3), ("hx", 1), ("nothing like it", 0), ("", 3)])
def test_a_slash_searches_by_name_and_initials(firms_window: MainWindow, qtbot: QtBot, typed: str, found: int) -> None:
    page = page_of(firms_window)
    QTest.keyClick(page.table, Qt.Key.Key_Slash)
    assert page.search.hasFocus()
    page.search.insert(typed)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.model.rowCount() == found
    assert page.table.hasFocus() == bool(found)
    assert page.panel.isVisible() == bool(found)
    assert page.nothing_found.isVisible() == (not found)


def test_the_down_key_leaves_the_search_for_the_list(firms_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(firms_window)
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()


def test_typing_a_slash_into_the_search_stays_a_slash(firms_window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(firms_window)
    QTest.keyClick(page.table, Qt.Key.Key_Slash)
    QTest.keyClick(page.search, Qt.Key.Key_Slash)
    assert page.search.text() == "/"


def test_the_palette_hands_a_text_on_to_the_list(firms_window: MainWindow) -> None:
    firms_window.navigate(Target(page="keys"))
    QTest.keyClick(firms_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = firms_window.frame.top_bar.search
    assert search.hasFocus()
    search.insert("青禾")
    QTest.keyClick(search, Qt.Key.Key_Up)  # the last line searches all firms
    QTest.keyClick(search, Qt.Key.Key_Return)
    QApplication.processEvents()
    page = page_of(firms_window)
    assert page.model.rowCount() == 1
    assert page.model.index(0, Column.NAME).data() == "青禾食品（示例企业）"
    assert page.search.text() == "青禾"


def test_an_empty_workspace_says_what_to_do(make_window: WindowMaker, tmp_path: Path, qtbot: QtBot) -> None:
    window = make_window(tmp_path / "fresh")
    page = page_of(window)
    assert page.empty.isVisible()
    assert page.empty.button.hasFocus()
    QTest.keyClick(page.empty.button, Qt.Key.Key_Space)
    assert window.target.page == "new_firm"


def test_the_list_is_read_again_when_something_changed(firms_window: MainWindow) -> None:
    page = page_of(firms_window)
    chosen = page.table.currentIndex().row()
    firms_window.session.do(add_enterprise, EnterpriseProfile(name="明川电子（示例企业）"))
    settle(firms_window)
    assert page.model.rowCount() == 4
    assert page.table.currentIndex().row() == chosen + 1
