"""Conflicts in the window: seen from both sides, decided by keys with a reason, opened again by undoing."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from diag_app.forms.answers import ScenarioAnswer
from diag_app.model.actor import Actor
from diag_app.model.conflict import SETTLED
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import find_assessments, record_note, record_number, record_scenario
from diag_app.operations.conflicts import find_conflicts
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.need import find_needs, remove_need
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.difference import marked
from diag_app.ui.pages.conflicts import ConflictsPage
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target
from diag_app.ui.widgets.conflict_card import ConflictCard
from tests.model.op_sets import Replica
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import ACTOR, settle

LI = Actor(name="李工", firm="示例服务商", device="LAPTOP-B")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def parted(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration factory after two laptops worked on it and met: four things to decide."""
    folder = tmp_path_factory.mktemp("parted")
    for name in ("mine", "theirs"):
        shutil.copytree(demo_folder, folder / name)
    with (
        open_workspace(folder / "mine", actor=ACTOR) as mine,
        open_workspace(folder / "theirs", actor=LI) as theirs,
    ):
        (firm,) = find_enterprises(mine)
        (assessment,) = find_assessments(mine, firm.enterprise_id)
        key, need = assessment.assessment_id, find_needs(mine, assessment.assessment_id)[0].need_id
        for workspace, digital, level, note in ((mine, 60, 1, "Two lines are online."), (theirs, 47, 2, "One <line>.")):
            record_number(workspace, key, "equipment_digital", Decimal(digital))
            record_scenario(workspace, key, "quality", ScenarioAnswer(level=level))
            record_note(workspace, key, "B3", note)
        remove_need(mine, need)
        with theirs.store.operation("update_need", firm.enterprise_id) as operation:
            operation.set(need, "title", "edited there")
        mine.store.import_ops(theirs.store.ops())
    return folder / "mine"


@pytest.fixture
def demo_workspace(parted: Path, tmp_path: Path) -> Path:
    shutil.copytree(parted, tmp_path / "workspace")
    return tmp_path / "workspace"


def card(window: MainWindow) -> ConflictCard:
    found = shown(window, ConflictsPage).card
    assert found is not None
    return found


def texts(window: MainWindow) -> str:
    return " | ".join(found.text() for found in card(window).findChildren(QLabel))


def left(window: MainWindow) -> set[str]:
    return {conflict.register for conflict in find_conflicts(window.session.workspace)}


def test_from_the_question_to_both_sides_and_a_decision_that_can_be_undone(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B2")
    page = shown(window, DiagnosisPage)
    assert page.conflicts.text == "4 conflicts to decide"
    page.open_conflicts()
    settle(window)
    assert card(window).row.title.startswith("B2 ")
    words = texts(window)
    for wanted in ("60", "47", "points in all"):
        assert wanted in words
    assert {(side.who, side.device) for side in card(window).row.sides} == {
        ("示例顾问", "A"),  # a copied workspace is another laptop
        ("李工", "LAPTOP-B"),
    }
    assert not card(window).take.isEnabled(), "nothing is chosen beforehand"
    number = next(number for number, side in enumerate(card(window).row.sides, start=1) if "47" in side.value)
    press(window, str(number))
    card(window).reason.setText("counted again")
    QTest.keyClick(shown(window, ConflictsPage), Qt.Key.Key_Return, CTRL)
    settle(window)
    assert "number:equipment_digital" not in left(window)
    view = window.session.workspace.store.entity(window.target.assessment_id or "")
    assert view.value("number:equipment_digital") == "47"
    assert [link["reason"] for link in view.links[SETTLED].values()] == ["counted again"]
    press(window, "U")
    settle(window)
    assert "number:equipment_digital" in left(window)


def test_two_notes_are_compared_and_joined_by_hand(open_page: PageOpener) -> None:
    window = open_page("conflicts", "B3")
    assert "&lt;" in texts(window), "what is typed is never taken for markup"
    card(window).join.click()
    assert set(card(window).text.text().splitlines()) == {"Two lines are online.", "One <line>."}
    card(window).text.editor.setPlainText("joined")
    card(window).take.click()
    settle(window)
    assert "note:B3" not in left(window)


def test_what_was_deleted_here_and_edited_there_is_kept_or_deleted(open_page: PageOpener) -> None:
    window = open_page("conflicts")
    page = shown(window, ConflictsPage)
    for _ in page.rows[1:]:
        press(window, "J")
    assert card(window).row.is_deletion
    assert "edited: title" in texts(window)
    number = next(number for number, side in enumerate(card(window).row.sides) if side.action == "Keep it")
    page.choose(number)
    card(window).take.click()
    settle(window)
    assert "entity" not in left(window)


def test_a_diagnosis_deleted_here_says_what_another_wrote_in_it(open_page: PageOpener) -> None:
    window = open_page("conflicts")
    store, assessment = window.session.workspace.store, window.target.assessment_id or ""
    case = store.entity(assessment).case
    other = Replica("c", case=case)
    for number in range(6):
        other.birth(f"need-{number}", "need", assessment)
        other.set(f"检具 {number}", entity=f"need-{number}", register="title")
    with store.operation("remove", case) as operation:
        operation.delete(assessment)
    store.import_ops(other.ops)
    window.navigate(Target(page="conflicts", enterprise_id=case))
    settle(window)
    page = shown(window, ConflictsPage)
    for _ in range([row.key for row in page.rows].index((assessment, "entity"))):
        press(window, "J")
    row = card(window).row
    assert (row.is_deletion, row.title, [side.action for side in row.sides]) == (
        True,
        "diagnosis",
        ["Delete it", "Keep it"],
    )
    wanted = ", ".join(f"need 检具 {number}" for number in range(5))
    assert f"written in it: {wanted}, …" in texts(window)
    page.choose(1)
    card(window).take.click()
    settle(window)
    assert not store.entity(assessment).is_deleted
    assert (assessment, "entity") not in {
        (each.entity, each.register) for each in find_conflicts(window.session.workspace)
    }


def test_the_rail_counts_and_the_page_is_empty_in_the_end(open_page: PageOpener) -> None:
    window = open_page("conflicts")
    window.standing.count()
    assert window.frame.rail._buttons["conflicts"].isVisible()
    page = shown(window, ConflictsPage)
    for _ in page.rows:
        page.choose(0)
        card(window).settle()
        settle(window)
    assert page.empty.isVisible()
    assert left(window) == set()


def test_what_is_typed_and_chosen_stays_while_something_else_is_stored(open_page: PageOpener) -> None:
    window = open_page("conflicts", "B3")
    key = window.target.assessment_id or ""
    first = card(window)
    first.join.click()
    first.text.editor.setPlainText("joined")
    first.reason.setText("both are right")
    window.session.do(record_note, key, "A1", "elsewhere")
    assert card(window) is first, "nothing here has changed"
    first.choose(0)
    first.join.click()
    assert first.text.text() == "joined"
    window.session.do(record_number, key, "equipment_digital", Decimal(50))
    settle(window)
    assert card(window) is not first
    assert (card(window).text.text(), card(window).reason.text()) == ("joined", "both are right")
    assert card(window).text.isVisible()
    card(window).choose(1)
    chosen = card(window).row.sides[1].op_id
    window.session.do(record_scenario, key, "quality", ScenarioAnswer(level=3))
    settle(window)
    assert len(shown(window, ConflictsPage).rows) == 2
    assert [side.side.op_id for side in card(window).sides if side.choice.isChecked()] == [chosen]
    assert not card(window).text.isVisible()


def test_an_empty_page_says_so_in_its_middle_and_shows_what_undoing_brings_back(open_page: PageOpener) -> None:
    window = open_page("conflicts")
    page = shown(window, ConflictsPage)
    for _ in page.rows:
        page.choose(0)
        card(window).settle()
        settle(window)
    middle = page.empty.mapTo(page.area, page.empty.rect().center())
    assert (middle - page.area.rect().center()).manhattanLength() <= 2
    page.next_conflict()
    page.previous_conflict()
    page.open_place()
    page.undo()
    settle(window)
    assert card(window).isVisible()


def test_the_delivery_page_of_another_firm_leads_to_all_that_it_counts(open_page: PageOpener) -> None:
    window = open_page("delivery")
    firm = add_enterprise(window.session.workspace, EnterpriseProfile(name="Another factory")).enterprise_id
    window.navigate(Target(page="delivery", enterprise_id=firm))
    settle(window)
    (thing,) = (thing for thing in shown(window, DeliveryPage).todo.things if thing.link.text() == "Decide →")
    thing.link.click()
    settle(window)
    assert len(shown(window, ConflictsPage).rows) == 4


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("same", "same", "same"),
        ("三条线", "两条线", "<三>条线"),
        ("one two", "one three", "one <two>"),
        ("a\n" * 3000, "a\n" * 2999 + "b\n", "a\n" * 2999 + "<a\n>"),
    ],
)
def test_only_what_differs_is_marked(text: str, other: str, expected: str) -> None:
    found = marked(text, other, ground="#fff", ink="#000").removeprefix('<div style="white-space:pre-wrap">')
    plain = found.removesuffix("</div>").replace('<span style="background-color:#fff;color:#000">', "<")
    assert plain.replace("</span>", ">").replace("<br>", "\n") == expected
