"""What needs explanation: beside the question and on its own page, jumped to, explained in the page, taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from diag_app.forms.answers import ScenarioAnswer
from diag_app.i18n import Translator
from diag_app.operations.assessment import record_answer, record_scenario
from diag_app.operations.contradictions import find_contradictions
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.findings import finding_rows
from diag_app.ui.models.what_if import WhatIf
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.findings import FindingsPage
from diag_app.ui.widgets.finding_view import FindingView
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle

PACK = "miit-sme-2024-practice"
QUALITY, SERVICE = f"{PACK}:quality_level_3_not_captured", f"{PACK}:captured_after_sales_level_zero"


def said(window: MainWindow, view: FindingView, reason: str) -> None:
    """Type a reason into a finding's line."""
    view.explain_button.click()
    QApplication.processEvents()
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    press(window, reason, Qt.Key.Key_Return)
    settle(window)


def test_the_live_panel_names_what_needs_explanation_and_jumps_to_each_answer(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    page = shown(window, DiagnosisPage)
    assert list(page.live.findings.views) == [SERVICE, QUALITY]
    view = page.live.findings.views[QUALITY]
    assert view.sentence.text().startswith('"Quality management" is at level 3')
    b4, quality = view.buttons.values()
    b4.click()
    assert shown(window, DiagnosisPage).current == "B4"
    quality.click()
    settle(window)
    assert shown(window, BoardPage).scenario_id == "quality"


def test_a_key_goes_through_the_answers_that_need_explanation(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B3")
    compared = []
    for _ in range(4):
        press(window, Qt.Key.Key_F7)
        settle(window)
        page = window.frame.page
        assert isinstance(page, DiagnosisPage | BoardPage)
        compared.append(page.current if isinstance(page, DiagnosisPage) else page.scenario_id)
    assert compared == ["B4", "after_sales", "quality", "B4"]


def test_where_nothing_needs_explanation_the_key_says_so(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    press(window, "58")
    settle(window)
    press(window, Qt.Key.Key_F7)
    settle(window)
    assert shown(window, FindingsPage).empty.isVisible()


def test_a_reason_typed_in_the_page_explains_and_undo_takes_it_back(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    page = shown(window, DiagnosisPage)
    said(window, page.live.findings.views[QUALITY], "lot numbers lead back to the blank")
    assert list(page.live.findings.views) == [SERVICE]
    assert page.live.all_button.toolTip() == "All 2: 1 open, 1 explained"
    page.undo()
    assert list(page.live.findings.views) == [SERVICE, QUALITY]


def test_a_finding_goes_with_the_answers_as_one_types(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    page = shown(window, DiagnosisPage)
    press(window, "5")  # after-sales is not captured after all
    settle(window)
    assert list(page.live.findings.views) == [QUALITY]
    press(window, "8")  # quality is
    settle(window)
    assert page.live.findings.isHidden()
    assert page.live.all_button.isHidden()


def test_without_a_reason_nothing_is_stored_and_escape_leaves_the_line(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    page = shown(window, DiagnosisPage)
    view = page.live.findings.views[QUALITY]
    said(window, view, " ")
    assert view.hint.text() == "Without a reason nothing is stored."
    assert view.reason.error
    press(window, Qt.Key.Key_Escape)
    assert view.reason.isHidden()
    assert page.live.findings.views[QUALITY] is view
    assert shown(window, DiagnosisPage) is page


def test_a_reason_that_is_being_typed_stays_when_the_case_is_read_again(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    page = shown(window, DiagnosisPage)
    view = page.live.findings.views[QUALITY]
    view.explain_button.click()
    press(window, "half a reas")
    page.refresh()
    assert page.live.findings.views[QUALITY] is view
    assert (view.reason.text(), view.reason.isHidden()) == ("half a reas", False)


def test_the_page_lists_all_by_severity_with_what_was_said(open_page: PageOpener) -> None:
    window = open_page("findings")
    page = shown(window, FindingsPage)
    workspace, assessment_id = window.session.workspace, window.target.assessment_id
    assert assessment_id is not None
    assert "185 rules of miit-sme-2024-practice@1.0.0" in page.packs.text()
    record_answer(workspace, assessment_id, "B4", ("D", "E", "G", "I", "K", "N"))
    record_scenario(workspace, assessment_id, "energy", ScenarioAnswer(level=0))
    page.refresh()
    assert {group: len(found.views) for group, found in page.lists.items()} == {
        "error": 1, "warning": 2, "hint": 0, "explained": 0,
    }  # fmt: skip
    said(window, page.lists["warning"].views[QUALITY], "lot numbers")
    view = page.lists["explained"].views[QUALITY]
    assert view.said.text().startswith("Explained: lot numbers")
    assert view.explain_button.isHidden()
    record_answer(workspace, assessment_id, "B4", ("D", "E", "G", "I", "N"))
    page.refresh()
    lapsed = page.lists["warning"].views[QUALITY]
    assert lapsed.said.text().startswith("Explained before an answer changed: lot numbers")
    said(window, lapsed, "still so")
    page.lists["explained"].views[QUALITY].back_button.click()
    settle(window)
    assert not page.lists["explained"].views
    assert all(item.overruling is None for item in find_contradictions(workspace, assessment_id))


def test_the_page_says_when_nothing_needs_explanation(open_page: PageOpener) -> None:
    window = open_page("findings")
    page = shown(window, FindingsPage)
    assert page.empty.isHidden()
    assert window.target.assessment_id is not None
    record_answer(window.session.workspace, window.target.assessment_id, "B4", ())
    page.refresh()
    assert not page.empty.isHidden()


def test_the_panel_leads_to_the_page(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    shown(window, DiagnosisPage).live.all_button.click()
    settle(window)
    shown(window, FindingsPage)


def test_a_trial_shows_what_would_need_explanation_and_explains_nothing(open_page: PageOpener) -> None:
    window = open_page("diagnosis", "B4")
    page = shown(window, DiagnosisPage)
    said(window, page.live.findings.views[QUALITY], "lot numbers")
    press(window, "t", "3")
    view = page.live.findings.views[QUALITY]
    assert view.row is not None
    assert view.row.state == "lapsed"
    assert view.explain_button.isHidden()
    press(window, "3")
    assert QUALITY not in page.live.findings.views
    press(window, Qt.Key.Key_Escape)
    assert list(page.live.findings.views) == [SERVICE]


def test_a_figure_leads_to_the_question_beside_which_it_is_asked(demo_case: CaseView, translate_en: Translator) -> None:
    tried = WhatIf(options={"B5": ("D",)}, numbers={"digital_spend_3y_avg_10k_cny": Decimal(0)}).applied(demo_case)
    rows = finding_rows(tried.findings, demo_case.pack, translate_en)
    (row,) = (row for row in rows if row.key == f"{PACK}:systems_without_spend")
    assert [link.target for link in row.links] == ["B5", "M4"]
    assert row.links[1].name == demo_case.pack.number("digital_spend_3y_avg_10k_cny").label.en


@pytest.mark.parametrize("severity", ["error", "warning", "hint"])
def test_each_severity_has_a_word_beside_its_glyph(open_page: PageOpener, severity: str) -> None:
    view = shown(open_page("findings"), FindingsPage).lists["warning"].views[QUALITY]
    assert view.row is not None
    view.show_row(replace(view.row, severity=severity))
    words = {"error": "cannot both be true", "warning": "unlikely together", "hint": "worth asking"}
    assert view.glyph.accessibleName() == words[severity]
    assert not view.glyph.pixmap().isNull()
