"""The needs page: calculators live while typing, money with its owner, preconditions, tags, form, register."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from diag_app.model.economics import Books, Terms
from diag_app.model.facts import ScenarioNeed
from diag_app.operations.economics import books_of
from diag_app.settings import Settings
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.need_books import HIGH, LIKELY, LOW, SOURCE, economics_rows, end_text
from diag_app.ui.pages.needs import NeedsPage
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.need_register import OWNER
from diag_app.ui.widgets.need_tornado import tornado_view
from tests.model.economics.books import YEARLY, amount, assumed, books
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import SETTINGS, settle


def need(page: NeedsPage, place: int) -> ScenarioNeed:
    """Return a need of the case shown."""
    assert page.case is not None
    return page.case.needs[place]


def open_need(window: MainWindow, place: int) -> NeedsPage:
    """Show a need of the demonstration factory."""
    page = shown(window, NeedsPage)
    page.list.view.setCurrentIndex(page.list.model.index(place))
    return page


def type_into(field: QWidget, text: str) -> None:
    """Type a text into a field in place of what stands there, key by key."""
    if isinstance(field, QLineEdit):
        field.clear()
    QTest.keyClicks(field, text)
    QApplication.processEvents()


def recorded(page: NeedsPage) -> Books:
    """Return the books as recorded."""
    return books_of(page.session.workspace, page.target.assessment_id or "")


def test_a_calculator_shows_the_formula_with_the_figures_while_one_types(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "b", "c")
    panel = page.editor.baseline.calculator
    assert panel.isVisible()
    panel.fields["true_defects"].clear()
    type_into(panel.fields["missed"], "6")
    assert not panel.use.isEnabled()
    type_into(panel.fields["true_defects"], "132")
    assert panel.result.text() == "6 pieces ÷ 132 pieces × 100 % = 4.55 %"
    panel.use.click()
    metric = next(item for item in need(page, 0).metrics if item.metric_id == "miss_rate")
    assert metric.value == Decimal("4.55")
    assert metric.working is not None
    assert panel.isHidden()
    assert page.editor.table.hasFocus()
    assert "6 pieces ÷ 132 pieces" in page.editor.baseline.working.text()
    press(window, "u")
    assert next(item for item in need(page, 0).metrics if item.metric_id == "miss_rate").value == Decimal("3.79")


def test_a_figure_typed_over_a_worked_out_one_stands_alone(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 1)
    assert need(page, 1).metrics[0].working is not None
    press(window, "b", Qt.Key.Key_Return, "0.7", Qt.Key.Key_Return)
    assert (need(page, 1).metrics[0].value, need(page, 1).metrics[0].working) == (Decimal("0.7"), None)


def test_what_does_not_go_together_is_said_beside_the_fields(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "b", "c")
    panel = page.editor.baseline.calculator
    type_into(panel.fields["missed"], "9")
    type_into(panel.fields["true_defects"], "5")
    assert panel.result.text() == "defects missed does not fit under all true defects in the sample."
    assert not panel.use.isEnabled()
    panel.take()
    assert panel.isVisible()
    press(window, Qt.Key.Key_Escape, Qt.Key.Key_Escape)  # out of the field, then out of the calculator
    assert panel.isHidden()


def test_energy_names_coefficient_and_kind_of_value(open_page: PageOpener) -> None:
    page = open_need(open_page("needs"), 1)
    text = page.editor.baseline.working.text()
    assert "electricity 3,000,000 kWh × 0.1229 kgce/kWh (calorific value, GB/T 2589-2020)" in text
    assert "= 0.6612 kgce per 100 CNY" in text


def test_evidence_is_cited_by_a_metric(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "b", "e", Qt.Key.Key_Space)
    assert page.case is not None
    first, seventh = page.case.evidence[0].evidence_id, page.case.evidence[6].evidence_id
    assert need(page, 0).metrics[0].evidence == (first, seventh)


def test_a_figure_is_entered_with_low_likely_high_and_its_owner(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 1)
    before = len(recorded(page).amounts)
    press(window, "g")
    form = page.editor.economics.form
    form.role.set_value("running_cost")
    form.role.chosen.emit("running_cost")
    type_into(form.name, "Fee")
    form.save.click()
    assert form.fault.text() == "Type at least the likely figure."
    type_into(form.ends["likely"], "2")
    type_into(form.ends["low"], "3")
    form.save.click()
    assert "not in order" in form.fault.text()
    assert form.name.text() == "Fee"  # nothing typed is lost
    form.ends["low"].load("1")
    form.save.click()
    assert form.isHidden()
    rows = [row for row in page.editor.economics.model.rows if row.amount is not None]
    assert len(recorded(page).amounts) == before + 1
    assert (rows[-1].name, rows[-1].missing) == ("Running cost a year: Fee", True)
    assert "no source" in page.editor.economics.model.cell(rows[-1], SOURCE)


def test_the_form_for_a_figure_is_brought_into_view_whole(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "g")
    settle(window)
    form, area = page.editor.economics.form, page.editor.parentWidget()
    assert area is not None
    assert area.rect().contains(QRect(form.mapTo(area, QPoint(0, 0)), form.size()))


def test_a_figure_may_be_multiplied_with_several_of_the_register(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "g")
    form = page.editor.economics.form
    form.role.set_value("benefit")
    form.role.chosen.emit("benefit")
    type_into(form.name, "Share of overtime saved")
    type_into(form.ends["likely"], "50")
    form.unit.set_key("percent")
    for number in ("A-10", "A-02", "A-11"):  # hours a year, people, money an hour
        place = next(at for at in range(form.times.choice.count()) if number in form.times.choice.itemText(at))
        form.times.choice.setCurrentIndex(place)
        form.times.choice.activated.emit(place)
    people = next(button for button in form.times.findChildren(Button) if "A-02" in button.text())
    people.click()
    form.save.click()
    books = recorded(page)
    numbers = [books.assumptions[factor].number for factor in books.amounts[-1].factors]
    assert numbers[:2] == [10, 11]
    assert len(numbers) == 3
    index = page.editor.economics.table.model().index(4, 0)
    page.editor.economics.table.setCurrentIndex(index)
    page.editor.economics.table.setFocus()


def test_a_unit_that_is_no_money_is_said_in_words(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "g")
    form = page.editor.economics.form
    type_into(form.name, "Heads")
    type_into(form.ends["likely"], "2")
    form.unit.set_key("person")
    form.save.click()
    assert form.fault.text().startswith("people cannot be reckoned as")


def test_del_takes_a_cost_away_and_undo_brings_it_back(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 1)
    table = page.editor.economics.table
    count = len(page.editor.economics.model.rows)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    press(window, Qt.Key.Key_Delete)
    assert len(page.editor.economics.model.rows) < count
    press(window, "u")
    assert len(page.editor.economics.model.rows) == count


def test_payback_stands_between_its_bounds_and_the_swings_are_drawn(open_page: PageOpener) -> None:
    page = open_need(open_page("needs"), 0)
    model = page.editor.economics.model
    payback = next(row for row in model.rows if row.name == "Simple payback")
    assert [model.cell(payback, column) for column in (LOW, LIKELY, HIGH)] == ["0.9", "1.52", "3.52"]
    tornado = page.editor.economics.tornado
    assert tornado.view is not None
    assert tornado.accessibleName().startswith("Simple payback, likely 1.52 years")
    assert not tornado.grab().isNull()


def test_what_never_pays_back_says_so(translate_en: object) -> None:
    weak = books(
        [
            assumed("price", "ten_k_cny", "5", "6", "7"),
            assumed("saved", YEARLY, "0", "3", "4"),
            assumed("run", YEARLY, "1", "1", "1"),
        ],
        [amount("investment", "price"), amount("benefit", "saved"), amount("running_cost", "run")],
    )
    rows = economics_rows(weak, "need", translate_en)  # type: ignore[arg-type]
    payback = next(row for row in rows if row.name == "Simple payback")
    assert payback.ends is None
    assert end_text(payback.found.high, translate_en) == "never"  # type: ignore[arg-type]
    view = tornado_view(weak)
    assert view is not None
    assert view.bars[0].at_low is None
    assert tornado_view(books([], [])) is None


def test_preconditions_tags_training_and_form_are_recorded(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    key = next(iter(page.editor.preconditions.states))
    page.editor.preconditions.states[key].set_key("ready")
    page.editor.preconditions.states[key].activated.emit(1)
    assert need(page, 0).preconditions[key].state == "ready"
    page.editor.tags["benefits"].chips["green"].click()
    assert "green" in need(page, 0).benefits
    page.editor.training.setText("")
    type_into(page.editor.training, "4 inspectors")
    page.editor.flush()
    assert need(page, 0).training == "4 inspectors"
    press(window, "f")
    fields = page.editor.form.fields
    assert fields.isVisible()
    number = fields.controls["vi_line_speed"]
    type_into(number, "2.5")
    page.flush()
    assert need(page, 0).entries["vi_line_speed"] == "2.5"


def test_a_row_of_a_table_field_is_recorded(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "f")
    table = page.editor.form.fields.controls["vi_defect_classes"]
    type_into(table.cells[0]["defect"], "scratch")  # type: ignore[attr-defined]
    type_into(table.cells[0]["share"], "much")  # type: ignore[attr-defined]
    page.flush()
    assert need(page, 0).entries["vi_defect_classes"] == [{"defect": "scratch"}]
    assert len(table.cells) == 2  # type: ignore[attr-defined]


def test_the_register_holds_each_figure_once_and_is_edited_in_place(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "a")
    register = page.register
    assert register.isVisible()
    assert len(register.model.rows) == len(recorded(page).assumptions) == 14
    assert register.table.hasFocus()
    press(window, Qt.Key.Key_Return, "53", Qt.Key.Key_Return)
    assert next(iter(recorded(page).assumptions.values())).range.likely == 53
    register.table.setCurrentIndex(register.model.index(0, OWNER))
    press(window, Qt.Key.Key_Return, "x", Qt.Key.Key_Return)
    assert next(iter(recorded(page).assumptions.values())).label != "x"
    register.table.setCurrentIndex(register.model.index(0, LIKELY + 1))
    press(window, Qt.Key.Key_Return, "oops", Qt.Key.Key_Return)
    assert "no figure" in register.notice.text
    press(window, Qt.Key.Key_Delete)  # in use: refused, nothing changed
    assert len(recorded(page).assumptions) == 14
    press(window, Qt.Key.Key_Escape)
    assert page.middle.currentWidget() is not register


def test_a_figure_of_the_register_alone_and_the_terms(open_page: PageOpener) -> None:
    window = open_page("needs")
    page = open_need(window, 0)
    press(window, "a", "g")
    form = page.register.form
    type_into(form.name, "Spare")
    type_into(form.ends["likely"], "2")
    form.save.click()
    assert len(recorded(page).assumptions) == 15
    page.register.years.setText("")
    type_into(page.register.years, "3")
    page.flush()
    assert recorded(page).terms.years == 3
    page.register.rate.set_key("")
    page.register.rate.activated.emit(0)
    assert recorded(page).terms == Terms(years=3)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_of_ten_thousand_characters_stay_whole_and_in_place(
    open_page: PageOpener, language: str, theme: str
) -> None:
    settings = Settings(**{**vars(SETTINGS), "language": language, "theme": theme})
    window = open_page("needs", settings=settings, size=(1280, 640))
    page = open_need(window, 0)
    page.editor.texts["owner_words"].editor.setPlainText("长" * 10_000)
    page.flush()
    assert len(need(page, 0).owner_words) == 10_000
    for part in (page.editor.baseline, page.editor.economics, page.editor.preconditions, page.editor.form):
        right = part.mapTo(page.editor, QPoint(part.width(), 0)).x()
        assert right <= page.editor.width(), part
    assert page.editor.width() <= page._editor_area.viewport().width()
