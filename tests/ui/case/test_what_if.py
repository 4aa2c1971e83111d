"""What if: other answers are seen in score, level and what is missing, and none of it reaches the store."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from diag_app.forms.answers import ScenarioAnswer
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.what_if import WhatIf, after_press
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.why import WhyPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle


@pytest.mark.parametrize(
    ("tried", "score", "targets"),
    [
        (WhatIf(), "50.70", set()),
        (WhatIf().choosing("B3", ("E",)), "52.20", {"B3"}),
        (WhatIf().choosing("B3", ("E",)).choosing("B3", ()), "50.70", {"B3"}),
        (WhatIf().entering("equipment_networked", Decimal(73)), "52.20", {"B3"}),
        (WhatIf().choosing("B6", ("B",)), "51.95", {"B6"}),
        (WhatIf().rating("quality", ScenarioAnswer(level=4)), "50.70", {"quality"}),
    ],
)
def test_the_case_is_scored_as_it_would_be(demo_case: CaseView, tried: WhatIf, score: str, targets: set[str]) -> None:
    applied = tried.applied(demo_case)
    assert (applied.card.score, set(applied.tried)) == (Decimal(score), targets)
    assert applied.is_trial
    assert applied.evidence is demo_case.evidence


@pytest.mark.parametrize(
    ("question", "selected", "key", "after"),
    [
        ("B3", ("D",), "E", ("E",)),
        ("B3", ("D",), "D", ("D",)),
        ("B1", ("B",), "C", ("B", "C")),
        ("B1", ("B", "C"), "B", ("C",)),
        ("B1", ("B", "C"), "A", ("A",)),
        ("B1", ("A",), "B", ("B",)),
    ],
)
def test_a_press_takes_the_place_of_what_it_excludes(
    demo_case: CaseView, question: str, selected: tuple[str, ...], key: str, after: tuple[str, ...]
) -> None:
    assert after_press(demo_case.pack.question(question), selected, key) == after


def heads(window: MainWindow) -> tuple[str, ...]:
    assert window.target.enterprise_id is not None
    return window.session.workspace.store.head_ids(window.target.enterprise_id)


def test_nothing_tried_on_any_page_reaches_the_store(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    before = heads(window)
    press(window, "t5")
    question = shown(window, DiagnosisPage)
    assert question.case is not None
    assert question.case.card.score == Decimal("52.20")
    assert "50.70 → 52.20 (+1.50)" in question.what_if.text
    press(window, "#")
    press(window, "9")
    press(window, Qt.Key.Key_Escape)
    window.navigate(Target(page="board", enterprise_id=window.target.enterprise_id, item="quality"))
    settle(window)
    press(window, "4")
    board = shown(window, BoardPage).case
    assert board is not None
    assert {"B3", "quality"} <= board.tried
    window.navigate(Target(page="why", enterprise_id=window.target.enterprise_id, item="B3"))
    settle(window)
    page = shown(window, WhyPage)
    assert page.case is not None
    assert page.case.is_trial
    assert heads(window) == before
    press(window, Qt.Key.Key_Escape)
    assert page.case.card.score == Decimal("50.70")
    assert not page.what_if.isVisible()
    assert heads(window) == before


def test_on_the_why_page_a_key_tries_and_the_tree_keeps_its_place(open_page: PageOpener) -> None:
    window = open_page("why", "B3")
    before = heads(window)
    page = shown(window, WhyPage)
    press(window, "t")
    press(window, Qt.Key.Key_Tab, Qt.Key.Key_Space)  # from D, the stored one, to E
    assert page.case is not None
    assert page.case.card.score == Decimal("52.20")
    assert page.model.node_at(page.tree.currentIndex()).target == "B3"
    assert heads(window) == before


def test_leaving_the_case_forgets_what_was_tried(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    press(window, "t5")
    window.navigate(Target(page="firms"))
    window.navigate(
        Target(page="diagnosis", enterprise_id=window.session.workspace.store.find_enterprises("")[0].enterprise_id)
    )
    page = shown(window, DiagnosisPage)
    assert page.case is not None
    assert (page.case.card.score, page.is_trying) == (Decimal("50.70"), False)


def test_a_figure_typed_just_before_is_stored_and_not_tried(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    page = shown(window, DiagnosisPage)
    press(window, "n")
    press(window, "more")
    page.toggle_what_if()
    assert page.case is not None
    assert "more" in page.case.assessment.notes["B3"]


@pytest.mark.parametrize(
    ("page", "item", "key", "undone"),
    [
        ("diagnosis", "B3", "5", "Undone: B3 set to E"),
        ("diagnosis", "B1", "2", "Undone: B1 set to C"),
        ("board", "quality", "1", "Undone: Quality at level 1"),
    ],
)
def test_undo_says_what_it_took_back(open_page: PageOpener, page: str, item: str, key: str, undone: str) -> None:
    window = open_page(page, item)
    press(window, key, "u")
    settle(window)
    assert window.frame.top_bar.saved.text() == undone
    window.redo()
    settle(window)
    assert window.frame.top_bar.saved.text() == undone.replace("Undone", "Redone")
