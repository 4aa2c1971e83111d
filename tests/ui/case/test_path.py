"""The path page: plans appear in the background, follow every change, and the one taken is stored."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from diag_app.model.plan import Offer
from diag_app.operations.chain import WITHOUT_PLAN, load_chain
from diag_app.operations.measure import find_measures, record_offers
from diag_app.operations.plan import drop_plan, taken_plan
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.measures import MeasuresPage
from diag_app.ui.pages.path import PathPage
from tests.ui.case.conftest import PageOpener, press, shown


def path_page(window: MainWindow, qtbot: QtBot) -> PathPage:
    page = shown(window, PathPage)
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy, timeout=60_000)
    return page


def plan_ids(page: PathPage) -> list[str]:
    return [row.planned.measure_id for row in page.model.rows]


def test_the_cheapest_plan_stands_there_with_five_others(open_page: PageOpener, qtbot: QtBot) -> None:
    page = path_page(open_page("path"), qtbot)
    taken = taken_plan(page.session.workspace, page.target.assessment_id or "")
    assert taken is not None
    assert plan_ids(page) == list(taken.plan.measure_ids)
    assert len(page.panel.model.rows) == 6
    costs = [row.cost for row in page.panel.model.rows]
    assert costs == sorted(costs)
    assert page.panel.take.isHidden()
    assert page.roadmap.gantt.height() >= 20 * len(plan_ids(page))


def test_a_measure_left_out_moves_the_plan_and_undo_brings_it_back(open_page: PageOpener, qtbot: QtBot) -> None:
    window = open_page("path")
    page = path_page(window, qtbot)
    before = plan_ids(page)
    row = before.index("aps_rules")
    page.table.setCurrentIndex(page.model.index(row, 1))
    page.table.setFocus()
    press(window, Qt.Key.Key_Delete)
    path_page(window, qtbot)
    assert "aps_rules" not in plan_ids(page)
    press(window, "u")
    path_page(window, qtbot)
    assert plan_ids(page) == before


def test_another_target_is_planned_and_taking_it_is_stored(open_page: PageOpener, qtbot: QtBot) -> None:
    window = open_page("path")
    page = path_page(window, qtbot)
    press(window, "a")
    other = plan_ids(page)
    assert page.place == 1
    assert not page.panel.take.isHidden()
    page.take_plan()
    taken = taken_plan(page.session.workspace, page.target.assessment_id or "")
    assert taken is not None
    assert sorted(taken.plan.measure_ids) == sorted(other)
    assert taken.chosen.start_on == "2026-04-01"  # the dates of the roadmap stay


def test_a_budget_that_is_too_small_is_said_with_what_is_needed(open_page: PageOpener, qtbot: QtBot) -> None:
    page = path_page(open_page("path"), qtbot)
    assert page.bar is not None
    page.bar.budget.setText("50")
    page.bar.budget.textEdited.emit("50")
    page.flush()
    path_page(page.window(), qtbot)  # type: ignore[arg-type]
    assert page.middle.currentWidget() is page.blocked
    assert page.answer is not None
    assert page.answer.answer.shortfall is not None
    assert page.answer.answer.shortfall.kind == "budget"


def test_without_prices_the_page_says_so_and_offers_to_type_them(open_page: PageOpener, qtbot: QtBot) -> None:
    window = open_page("path")
    page = path_page(window, qtbot)
    workspace, assessment_id = page.session.workspace, page.target.assessment_id or ""
    priced = [item.measure_id for item in find_measures(workspace, assessment_id) if item.offer.cost is not None]
    page.session.do(drop_plan, assessment_id)
    page.session.do(record_offers, assessment_id, dict.fromkeys(priced, Offer()))
    path_page(window, qtbot)
    assert page.middle.currentWidget() is page.nothing
    ((key, reason),) = page.loose.fields.items()  # no path is taken: one reason for all needs
    assert key == WITHOUT_PLAN
    reason.setText("业主春天定预算")
    reason.textEdited.emit("业主春天定预算")
    page.flush()
    assert load_chain(workspace, assessment_id).open == ()
    page.nothing.button.click()
    form = shown(window, MeasuresPage).table.form
    for end, text in (("low", "1"), ("likely", "2"), ("high", "3")):
        form.ends[end].setText(text)
        form.ends[end].textEdited.emit(text)
    for name, text in (("source", "报价单"), ("dated", "2026-03-10"), ("owner", "甲")):
        form.texts[name].setText(text)
        form.texts[name].textEdited.emit(text)
        form.flush()
    (found,) = [item for item in find_measures(workspace, assessment_id) if item.plannable_cost is not None]
    assert found.offer.cost is not None
    assert found.offer.cost.high == Decimal(3)


def test_the_day_of_start_and_the_trial_run_are_typed_and_stored(open_page: PageOpener, qtbot: QtBot) -> None:
    page = path_page(open_page("path"), qtbot)
    assessment_id = page.target.assessment_id or ""
    for field, text in ((page.roadmap.start, "2026-05-04"), (page.roadmap.trial, "6")):
        field.setText(text)
        page.flush()
        path_page(page.window(), qtbot)  # type: ignore[arg-type]
    taken = taken_plan(page.session.workspace, assessment_id)
    assert taken is not None
    assert (taken.chosen.start_on, taken.chosen.trial_weeks) == ("2026-05-04", 6)
    for field, text in ((page.roadmap.start, "im Mai"), (page.roadmap.trial, "6.5")):
        field.setText(text)
        page.flush()
        assert page.roadmap.fault.text()
    assert taken_plan(page.session.workspace, assessment_id) == taken
    page.session.do(drop_plan, assessment_id)
    page.roadmap.show_plan(taken.plan, {}, taken.chosen)
    page.roadmap.dated.emit("2026-06-01", 4)
    page.take_plan()
    again = taken_plan(page.session.workspace, assessment_id)
    assert again is not None
    assert (again.chosen.start_on, again.chosen.trial_weeks) == ("2026-06-01", 4)


@pytest.mark.parametrize("keys", ["p", "1", "2", "m", "jjk"])
def test_every_key_of_the_page_is_safe(open_page: PageOpener, qtbot: QtBot, keys: str) -> None:
    window = open_page("path", size=(1280, 640))
    page = path_page(window, qtbot)
    page.table.setFocus()
    press(window, keys)
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy, timeout=60_000)
    assert page.facts is not None


def test_a_loose_end_takes_its_reason_in_the_page(open_page: PageOpener, qtbot: QtBot) -> None:
    page = path_page(open_page("path"), qtbot)
    ((key, field),) = page.panel.orphans.fields.items()
    assert field.text()
    field.setText("")
    field.textEdited.emit("")
    page.flush()
    path_page(page.window(), qtbot)  # type: ignore[arg-type]
    chain = load_chain(page.session.workspace, page.target.assessment_id or "")
    assert [orphan.key for orphan in chain.open] == [key]
    page.panel.orphans.fields[key].setText("质检列入下一期")
    page.panel.orphans.fields[key].textEdited.emit("质检列入下一期")
    page.flush()
    chain = load_chain(page.session.workspace, page.target.assessment_id or "")
    assert chain.open == ()
