"""Three scores, roles, verification, comments and history beside the question."""

from __future__ import annotations

from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from diag_app.operations.evidence import find_evidence, remove_evidence
from diag_app.operations.review import load_review
from diag_app.settings import Settings
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.opinions import choices, position_text, pressed, role_rows
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.review import ReviewPage
from diag_app.ui.pages.why import WhyPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import SETTINGS, settle


def question(open_page: PageOpener, item: str, settings: Settings = SETTINGS) -> tuple[MainWindow, DiagnosisPage]:
    window = open_page("diagnosis", item, settings=settings)
    return window, shown(window, DiagnosisPage)


def verified(window: MainWindow) -> set[str]:
    review = load_review(window.session.workspace, window.target.assessment_id or "")
    return {tick.target for tick in review.ticks if tick.holds}


def words(page: DiagnosisPage) -> list[str]:
    return [line.accessibleName() for line in page.live.scores.lines]


def test_the_live_panel_shows_the_three_scores_with_their_levels(open_page: PageOpener) -> None:
    _, page = question(open_page, "B3")
    assert words(page) == [
        "Claimed: 50.70 points, level 2",
        "Supported: 42.75 points, level 2",
        "Verified: 18.00 points, no level",
    ]


def test_taking_a_file_off_moves_supported_and_verified_while_one_looks(open_page: PageOpener) -> None:
    window, page = question(open_page, "B2")
    files = find_evidence(window.session.workspace, window.target.assessment_id or "")
    listed = next(item for item in files if item.name == "01-equipment-list.jpg")
    window.session.do(remove_evidence, listed.evidence_id)
    settle(window)
    assert words(page) == [
        "Claimed: 50.70 points, level 2",
        "Supported: 38.25 points, level 1",
        "Verified: 9.00 points, no level",  # B2 fell, and B3 was verified on other evidence
    ]
    assert page.view.verified.chip.text() == "Changed since verified"


def test_a_trial_shows_no_supported_and_verified_scores(open_page: PageOpener) -> None:
    window, page = question(open_page, "B3")
    press(window, "t")
    assert not page.live.scores.isVisible()


def test_v_verifies_the_answer_and_takes_it_back(open_page: PageOpener) -> None:
    window, page = question(open_page, "M1")
    assert (page.view.verified.chip.isVisible(), page.view.verified.button.isVisible()) == (False, True)
    press(window, "v")
    assert "M1" in verified(window)
    assert page.view.verified.chip.text().startswith("Verified · 示例顾问 (review)")
    press(window, "v")
    assert "M1" not in verified(window)


def test_an_answer_without_evidence_is_refused_in_the_page(open_page: PageOpener) -> None:
    window, page = question(open_page, "B4")
    refusals: list[str] = []
    window.session.failed.connect(lambda error: refusals.append(error.code))
    press(window, "v")
    assert refusals == ["TICK_NO_EVIDENCE"]
    assert not page.view.verified.is_verified


def test_what_roles_say_stands_under_the_options(open_page: PageOpener) -> None:
    _, page = question(open_page, "B3")
    line = page.view.roles
    assert line.chips.texts == ("Owner E", "Production D", "Equipment D")
    assert line.ruling.text.startswith("Consultant: D. The count on the floor decides")


def test_r_records_what_a_role_says_and_rules_on_it_by_keyboard_alone(open_page: PageOpener) -> None:
    window, page = question(open_page, "B5")
    assert page.view.roles.ruling.text == "Nobody asked yet"
    press(window, "r", Qt.Key.Key_Right, Qt.Key.Key_Space)  # the owner says B; C was agreed
    assert page.view.roles.chips.texts == ("Owner B",)
    assert page.view.roles.ruling.text == "No ruling yet"
    page.view.roles.editor.reason.setFocus()
    press(window, "seen", Qt.Key.Key_Return)
    assert page.view.roles.ruling.text == "Consultant: C. seen"
    press(window, Qt.Key.Key_Escape, "r")
    assert not page.view.roles.editor.isVisible()


def test_comments_are_written_settled_and_opened_again(open_page: PageOpener) -> None:
    window, page = question(open_page, "B4")
    press(window, "m")
    press(window, "Which day?")
    page.drawer.comments.button.click()
    settle(window)
    assert page.case is not None
    first, second = page.case.review.comments_of("B4")
    assert (first.is_resolved, second.text, second.by) == (False, "Which day?", "示例顾问")
    page.drawer.comments.settled.emit(second.comment_id, True)
    assert page.case.review.comments_of("B4")[1].is_resolved
    page.drawer.comments.button.click()  # an empty field says nothing
    assert len(page.case.review.comments_of("B4")) == 2
    press(window, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert page.side.currentWidget() is page.live


def test_the_history_tells_every_value_with_who_and_when(open_page: PageOpener) -> None:
    window, page = question(open_page, "B3")
    press(window, "5", "u", "y")
    lines = page.drawer.lines
    assert lines[0].startswith("undo: Answer: cleared, ")
    assert lines[1].startswith("Answer: E, ")
    assert lines[1].endswith("示例顾问 · A")
    assert any(line.startswith("Evidence added: 03-line-3-gateways.jpg") for line in lines)
    assert any(line.startswith("Owner: E") for line in lines)


def test_an_answer_without_a_past_says_so(open_page: PageOpener) -> None:
    window, page = question(open_page, "B6")
    press(window, "y")
    settle(window)
    texts = [
        child.text() for child in page.drawer.findChildren(QWidget) if hasattr(child, "text") and callable(child.text)
    ]
    assert "Nothing was recorded here yet." in texts


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1366, 690), (1280, 640)])
def test_the_page_needs_no_more_width_than_there_is(
    open_page: PageOpener, language: Literal["zh", "en"], size: tuple[int, int]
) -> None:
    settings = Settings(language=language, theme="light", name="示例顾问", firm="示例服务商", device="A")
    window = open_page("diagnosis", "B3", settings=settings, size=size)
    page = shown(window, DiagnosisPage)
    press(window, "r")
    settle(window)
    room = page.areas["B3"].viewport().width()
    assert page.view.minimumSizeHint().width() <= room


@pytest.mark.parametrize(("target", "position", "key", "after"), [
    ("B3", (), "D", ("D",)),
    ("B3", ("D",), "E", ("E",)),
    ("B3", ("D",), "D", ()),
    ("B1", ("B",), "C", ("B", "C")),
    ("B1", ("B", "C"), "C", ("B",)),
    ("B1", ("B",), "A", ("A",)),
    ("quality", ("3",), "2", ("2",)),
    ("quality", ("3",), "3", ()),
])  # fmt: skip
def test_a_press_gives_or_takes_back_what_a_role_says(
    demo_case: CaseView, target: str, position: tuple[str, ...], key: str, after: tuple[str, ...]
) -> None:
    assert pressed(demo_case, target, position, key) == after


def test_roles_are_listed_in_their_order_with_what_they_can_say(demo_case: CaseView) -> None:
    assert choices(demo_case.pack, "quality") == ("0", "1", "2", "3", "4")
    assert choices(demo_case.pack, "B3") == ("A", "B", "C", "D", "E")
    assert role_rows((), demo_case.review.views_of("B3"), "en") == ()
    assert (position_text(("B", "C")), position_text(())) == ("B C", "–")


def test_a_scenario_is_verified_ruled_on_and_commented_from_the_board(open_page: PageOpener) -> None:
    window = open_page("board", "finance")
    page = shown(window, BoardPage)
    assert page.panel.verified.is_verified
    press(window, "v")
    assert "finance" not in verified(window)
    assert page.panel.roles.chips.isHidden()
    press(window, "r", Qt.Key.Key_Right, Qt.Key.Key_Space)  # the owner says level 1; 3 was agreed
    assert page.panel.roles.chips.texts == ("Owner 1",)
    page.panel.roles.ruled.emit("the ledger was seen")
    assert page.panel.roles.ruling.text == "Consultant: 3. the ledger was seen"
    page.focus_first()
    press(window, "m")
    assert shown(window, ReviewPage).answer == "finance"


def test_the_scenario_panel_needs_no_more_width_than_it_has(open_page: PageOpener) -> None:
    window = open_page("board", "quality", size=(1280, 640))
    page = shown(window, BoardPage)
    page.open_roles()
    settle(window)
    assert page.panel.roles.minimumSizeHint().width() <= page.panel.width() - 48


def test_the_why_page_tells_why_an_answer_does_not_count_as_supported_or_verified(open_page: PageOpener) -> None:
    window = open_page("why", "B4")
    page = shown(window, WhyPage)

    def told(target: str) -> tuple[str, str]:
        node = page.model.node_at(page.model.index_of(target))
        return node.detail, node.value

    assert told("B4")[1] == "4.20 / 10"
    page.counted.set_value("supported")
    page.counted.chosen.emit("supported")
    assert told("B4") == ("D + E + G + I + L + N does not count: without the evidence it needs", "0.00 / 10")
    assert told("R1")[1] == "7.00 / 7"
    page.counted.set_value("verified")
    page.counted.chosen.emit("verified")
    assert told("R1") == ("C does not count: not verified in review", "0.00 / 7")
    assert told("hr")[0] == "level 2 does not count: not verified in review"
    press(window, "t")
    assert told("R1")[1] == "7.00 / 7"
