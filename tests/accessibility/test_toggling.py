"""What a screen reader turns over or writes is stored like a press and a key: Qt says less of it than of those."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.needs import NeedsPage
from diag_app.ui.widgets.stepper import StepButton
from diag_app.ui.widgets.toggling import Toggling
from tests.accessibility.walk import calm, show, tab_stops, walk
from tests.ui.conftest import WindowMaker


@pytest.mark.parametrize(("question", "option"), [("B6", "B"), ("B1", "D")])  # of one choice, of several
def test_an_option_turned_over_is_stored(
    make_window: WindowMaker, demo_workspace: Path, question: str, option: str
) -> None:
    page = show(make_window(demo_workspace), "diagnosis", question)
    assert isinstance(page, DiagnosisPage)
    page.view.options.rows[option].toggle()  # what QAccessibleButton does for its toggle action
    calm()
    assert page.case is not None
    assert option in page.case.recorded.answers.options[question]
    if question == "B1":
        page.view.options.rows[option].toggle()
        calm()
        assert option not in page.case.recorded.answers.options[question]


def test_a_press_is_heard_once_and_the_program_never(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    page = show(window, "diagnosis", "B6")
    assert isinstance(page, DiagnosisPage)
    heard: list[bool] = []
    row = page.view.options.rows["C"]
    row.clicked.connect(lambda: heard.append(row.isChecked()))
    row.setChecked(True)
    row.setChecked(False)
    assert heard == []
    row.click()
    assert len(heard) == 1


def test_a_step_turned_over_is_gone_to(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    show(window, "diagnosis", "B3")
    next(step for step in window.frame.findChildren(StepButton) if step.text() == "Needs").toggle()
    calm()
    assert window.target.page == "needs"


def test_everything_that_holds_a_state_hears_a_screen_reader(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    deaf = {
        f"{name}: {type(widget).__name__}"
        for name, _ in walk(window)
        for widget in tab_stops(window)
        if isinstance(widget, QAbstractButton)
        and (widget.isCheckable() or isinstance(widget, QRadioButton | QCheckBox))
        and not isinstance(widget, Toggling)
    }
    assert deaf == set()


def test_a_figure_written_by_a_screen_reader_is_stored(make_window: WindowMaker, demo_workspace: Path) -> None:
    page = show(make_window(demo_workspace), "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    assert page.view.strip is not None
    field = list(page.view.strip.fields.values())[1]
    field.setText("90")  # what QAccessibleLineEdit does; it is not said to be edited
    page.flush()
    calm()
    assert page.case is not None
    assert page.case.card.question("B3").options == ("E",)


def test_what_a_screen_reader_wrote_stays_when_it_presses_elsewhere_at_once(
    make_window: WindowMaker, demo_workspace: Path
) -> None:
    window = make_window(demo_workspace)
    page = show(window, "diagnosis", "B6")
    assert isinstance(page, DiagnosisPage)
    window.frame.top_bar.saved.setFocus()
    page.view.note.editor.setPlainText("said in passing")  # it writes without going there
    page.view.options.rows["B"].toggle()
    calm()
    page.flush()
    assert page.case is not None
    assert page.case.recorded.notes["B6"] == "said in passing"
    needs = show(window, "needs")
    assert isinstance(needs, NeedsPage)
    window.frame.top_bar.saved.setFocus()
    needs.editor.head.texts["owner_words"].editor.setPlainText("every night")
    next(
        button for button in needs.editor.head.barrier.findChildren(QAbstractButton) if button.text() == "afraid"
    ).toggle()
    calm()
    needs.flush()
    assert needs.case is not None
    assert [(need.owner_words, need.barrier) for need in needs.case.needs if need.need_id == needs.need_id] == [
        ("every night", "afraid")
    ]
