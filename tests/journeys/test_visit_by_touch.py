"""The visit with a finger alone: guide, workbook, record, and the sheet for the official system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.fill_in import load_fill_in
from diag_app.operations.guide import load_guide
from diag_app.operations.survey import load_survey
from diag_app.paths import resource
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.fill_in import FillInPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.profile import ProfilePage
from diag_app.ui.pages.visit import VisitPage
from diag_app.ui.widgets.stepper import StepButton
from tests.accessibility.conftest import application, demo_folder, demo_workspace, make_window
from tests.journeys.finger import Finger, KeyCounter
from tests.journeys.test_window_journey import WAIT_MS, page
from tests.ui.conftest import WindowMaker
from tests.visit.workbooks import filled

__all__ = ["application", "demo_folder", "demo_workspace", "make_window"]


def test_the_visit_and_the_sheet_by_finger_alone(
    make_window: WindowMaker, demo_workspace: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window, keys = make_window(demo_workspace), KeyCounter()
    finger = Finger(window)
    window.windowHandle().installEventFilter(keys)
    firm = find_enterprises(window.session.workspace)[0]
    window.navigate(Target(page="profile", enterprise_id=firm.enterprise_id))
    finger.tap(page(window, ProfilePage).visit_button)
    tick_the_guide(window, finger)
    take_in_a_workbook(window, finger, tmp_path, qtbot)
    keep_the_record(window, finger)
    finger.tap(next(step for step in window.frame.findChildren(StepButton) if step.text() == "Delivery"))
    finger.tap(page(window, DeliveryPage).fill_in_button)
    fill_in(window, finger, tmp_path, qtbot)
    assert (keys.presses, window.touch.is_touch) == (0, True)


def tick_the_guide(window: MainWindow, finger: Finger) -> None:
    shown = page(window, VisitPage)
    item, box = next((item, box) for item, box in shown.guide.ticks.items() if not box.isChecked())
    finger.tap(box)
    assert item in load_guide(window.session.workspace, assessment_of(window)).done


def take_in_a_workbook(window: MainWindow, finger: Finger, folder: Path, qtbot: QtBot) -> None:
    shown = page(window, VisitPage)
    path = folder / "firm.xlsx"
    shown.choose_output = lambda _suggested, _names: path
    shown.choose_input = lambda _names: path
    finger.tap(called(shown.sections, "Pre-visit workbook"))
    finger.tap(shown.intake.write_card.button)
    qtbot.waitUntil(lambda: "firm.xlsx" in shown.notice.text, timeout=WAIT_MS)
    filled(path, {"tick:B6:B": "✓"})
    finger.tap(shown.intake.open_card.button)
    qtbot.waitUntil(lambda: shown.intake.intake is not None, timeout=WAIT_MS)
    finger.tap(shown.intake.take_button)
    qtbot.waitUntil(lambda: shown.intake.intake is None, timeout=WAIT_MS)
    assert shown.case is not None
    assert shown.case.recorded.answers.options["B6"] == ("B",)


def keep_the_record(window: MainWindow, finger: Finger) -> None:
    shown = page(window, VisitPage)
    shown.choose_input = lambda _names: resource("demo", "pictures", "06-cmm-report.jpg")
    finger.tap(called(shown.sections, "Survey record"))
    finger.tap(shown.record.new_day)
    finger.write("2026-05-04")
    finger.tap(called(shown.record, "Add day"))
    finger.tap(shown.record.new_person)
    finger.write("New Person")
    finger.tap(called(shown.record, "Add person"))
    finger.tap(shown.record.photo_button)
    record = load_survey(window.session.workspace, assessment_of(window))
    assert (record.days[-1].day, record.people[-1].name) == ("2026-05-04", "New Person")
    assert record.photo


def fill_in(window: MainWindow, finger: Finger, folder: Path, qtbot: QtBot) -> None:
    shown = page(window, FillInPage)
    shown.choose_file = lambda kind, _names: folder / f"sheet.{kind}"
    card = shown.cards["B3"]
    finger.tap(called(card, "Copy 3 Equipment networking Production equipment, all"))
    assert QGuiApplication.clipboard().text() == "120"
    finger.tap(card.ticks["B3.equipment_total"])
    sheet = load_fill_in(window.session.workspace, assessment_of(window), "en").sheet
    assert "B3.equipment_total" in {field.field_id for field in sheet.fields() if field.is_entered}
    finger.tap(shown.pdf_button)
    qtbot.waitUntil(lambda: "sheet.pdf" in shown.notice.text, timeout=WAIT_MS)
    assert (folder / "sheet.pdf").read_bytes().startswith(b"%PDF")


def assessment_of(window: MainWindow) -> str:
    return window.target.assessment_id or ""


def called(part: QWidget, name: str) -> QAbstractButton:
    """Return the button of `part` with a name."""
    found = [
        button for button in part.findChildren(QAbstractButton) if name in (button.text(), button.accessibleName())
    ]
    assert found, [button.accessibleName() or button.text() for button in part.findChildren(QAbstractButton)]
    return found[0]
