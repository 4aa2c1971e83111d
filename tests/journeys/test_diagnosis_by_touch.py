"""A full diagnosis with a finger alone: no key is pressed; figures come from the keyboard on the screen."""

from __future__ import annotations

from functools import partial

from pytestqt.qtbot import QtBot

from diag_app.paths import resource
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.board import FIRST_LEVEL_COLUMN
from diag_app.ui.models.figures import OPTION_KEYS
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.widgets.add_tile import AddTile
from tests.journeys.diagnosis import SHOWN_BY, check_on_disk, has_evidence
from tests.journeys.finger import Finger, KeyCounter
from tests.journeys.test_window_journey import ANSWERS, LEVELS, WAIT_MS, page


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
