"""A full diagnosis with a finger alone: no key is pressed; figures come from the keyboard on the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from diag_app.paths import resource
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.board import FIRST_LEVEL_COLUMN
from diag_app.ui.models.figures import OPTION_KEYS
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.widgets.add_tile import AddTile
from tests.journeys.diagnosis import SHOWN_BY, check_on_disk, has_evidence
from tests.journeys.test_window_journey import ANSWERS, LEVELS, WAIT_MS, page


class Finger:
    """Taps on what can be seen; what lies below is scrolled to first, as a finger would."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.screen = window, QTest.createTouchDevice()

    def tap(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Touch a widget, in its middle if nothing else is said."""
        self.bring_into_sight(widget)
        point = widget.mapTo(self.window, place or widget.rect().center())
        handle = self.window.windowHandle()
        assert self.window.rect().contains(point), f"{widget} cannot be touched"
        QTest.touchEvent(handle, self.screen).press(0, point, handle).commit()
        QTest.touchEvent(handle, self.screen).release(0, point, handle).commit()
        for _ in range(3):
            QApplication.processEvents()

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll the area around a widget."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 0, 20)
            above = above.parentWidget()
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type with the keyboard on the screen, which commits texts as an input method."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, event)
        QApplication.processEvents()


class KeyCounter(QObject):
    """Counts the presses of real keys, wherever they go."""

    presses = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See them go by."""
        self.presses += event.type() == QEvent.Type.KeyPress
        return False


def test_a_full_diagnosis_by_finger_alone(empty_case: MainWindow, qtbot: QtBot) -> None:
    window, finger, keys = empty_case, Finger(empty_case), KeyCounter()
    window.windowHandle().installEventFilter(keys)
    pictures = iter(sorted(resource("demo", "pictures").glob("*.*")))
    shown = page(window, DiagnosisPage)
    for question, answer in ANSWERS.items():
        assert shown.current == question
        view = shown.view
        if isinstance(answer, tuple):
            assert view.strip is not None
            for field, figure in zip(view.strip.fields.values(), answer, strict=True):
                finger.tap(field)
                finger.write(figure)
        else:
            rows = list(view.options.rows.values())
            for key in answer:
                finger.tap(rows[OPTION_KEYS.index(key)])
        if question in SHOWN_BY:
            files = tuple(next(pictures) for _ in range(SHOWN_BY[question]))
            shown.evidence.choose_files = partial(tuple, files)
            finger.tap(next(tile for tile in view.findChildren(AddTile) if tile.isVisible()))
            qtbot.waitUntil(partial(has_evidence, shown, question, len(files)), timeout=WAIT_MS)
        finger.tap(view.next_button)
    board = page(window, BoardPage)
    table, model = board.board.table, board.board.model
    for row, level in enumerate(LEVELS):
        cell = model.index(row, FIRST_LEVEL_COLUMN + int(level))
        table.scrollTo(cell)
        finger.tap(table.viewport(), table.visualRect(cell).center())
    assert board.case is not None
    assert (board.case.card.missing, len(board.case.assessment.answers.scenarios)) == ((), 16)
    assert (keys.presses, window.touch.is_touch) == (0, True)
    check_on_disk(window)
