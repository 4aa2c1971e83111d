"""A finger: what is pressed grows to 44 px after the first touch, all of it, and shrinks after a key or the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListView,
    QScroller,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from diag_app.operations.enterprise import find_enterprises
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.registry import NEEDS_ASSESSMENT, PAGES
from tests.accessibility.walk import show
from tests.ui.conftest import WindowMaker, settle

FINGER = 44
SHOWN = tuple(page for page in PAGES if page not in {"unlock", "access"})


@pytest.fixture(scope="session")
def finger() -> QPointingDevice:
    """The touch screen of the tests."""
    return QTest.createTouchDevice()


@pytest.fixture
def tap(finger: QPointingDevice) -> Callable[[QWidget], None]:
    """Give a press of the finger in the middle of a widget."""

    def pressed(widget: QWidget, place: QPoint | None = None) -> None:
        window = widget.window()
        point = widget.mapTo(window, place or widget.rect().center())
        handle = window.windowHandle()
        QTest.touchEvent(handle, finger).press(0, point, handle).commit()
        QTest.touchEvent(handle, finger).release(0, point, handle).commit()
        settle(window)

    return pressed


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    """Give what is around a widget, from the inside."""
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def targets(window: MainWindow) -> list[QWidget]:
    page = window.frame.page
    assert page is not None
    return [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in window.frame.findChildren(kind)
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def row_height(view: QAbstractItemView) -> int:
    model = view.model()
    if isinstance(view, QTableView):
        return view.rowHeight(0)
    if isinstance(view, QListView) and view.isWrapping():
        return FINGER
    heights = [
        view.sizeHintForIndex(model.index(row, 0)).height()
        for row in range(model.rowCount())
        if model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled
    ]
    return min(heights, default=FINGER)


@pytest.mark.parametrize("page", SHOWN)
def test_everything_pressed_is_as_high_as_a_finger_after_a_touch(
    make_window: WindowMaker, demo_workspace: Path, tap: Callable[[QWidget], None], page: str
) -> None:
    window = make_window(demo_workspace)
    tap(window.frame.top_bar.saved)
    firm = find_enterprises(window.session.workspace)[0]
    in_case = page in NEEDS_ASSESSMENT or page == "profile"
    window.navigate(Target(page=page, enterprise_id=firm.enterprise_id if in_case else None))
    settle(window)
    assert window.touch.is_touch
    low = [f"{type(widget).__name__} {widget.height()}" for widget in targets(window) if widget.height() < FINGER]
    assert low == []
    shown = window.frame.page
    assert shown is not None
    views = [view for view in shown.findChildren(QAbstractItemView) if view.isVisible() and view.model().rowCount()]
    views = [view for view in views if not isinstance(view, QHeaderView)]
    assert [type(view).__name__ for view in views if row_height(view) < FINGER] == []


def test_a_key_and_the_mouse_bring_the_lower_rows_back(
    make_window: WindowMaker, demo_workspace: Path, tap: Callable[[QWidget], None]
) -> None:
    window = make_window(demo_workspace)
    before = [(widget, widget.height()) for widget in targets(window)]
    for return_by in ("key", "mouse"):
        tap(window.frame.top_bar.saved)
        assert [widget for widget, height in before if widget.height() > height]
        if return_by == "key":
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
        else:
            QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(700, 400))
        settle(window)
        assert [(widget, widget.height()) for widget, _ in before] == before


@pytest.fixture
def drag(finger: QPointingDevice, qtbot: QtBot) -> Iterator[Callable[[QWidget, int], None]]:
    """Draw the finger up over a widget by so many pixels, from its middle, as slowly as fingers are."""

    def drawn(widget: QWidget, pixels: int) -> None:
        window = widget.window()
        start, handle = widget.mapTo(window, widget.rect().center()), window.windowHandle()
        QTest.touchEvent(handle, finger).press(0, start, handle).commit()
        for step in range(1, 9):
            QTest.touchEvent(handle, finger).move(0, start - QPoint(0, pixels * step // 8), handle).commit()
            QTest.qWait(20)
        QTest.touchEvent(handle, finger).release(0, start - QPoint(0, pixels), handle).commit()
        area = next(above for above in ancestors(widget) if isinstance(above, QAbstractScrollArea))
        scroller = QScroller.scroller(area.viewport())
        qtbot.waitUntil(lambda: scroller.state() is QScroller.State.Inactive)

    interval = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(0)  # or what follows a tap at once were the second half of a double click
    yield drawn
    QApplication.setDoubleClickInterval(interval)


def test_a_finger_scrolls_and_presses_nothing_on_its_way(
    make_window: WindowMaker, demo_workspace: Path, tap: Callable[[QWidget], None], drag: Callable[[QWidget, int], None]
) -> None:
    window = make_window(demo_workspace, size=(1280, 560))
    firm = find_enterprises(window.session.workspace)[0]
    window.navigate(Target(page="diagnosis", enterprise_id=firm.enterprise_id, item="B4"))
    settle(window)
    page = window.frame.page
    assert isinstance(page, DiagnosisPage)
    assert page.case is not None
    bar = page.areas["B4"].verticalScrollBar()
    before = page.case.card.question("B4").options
    tap(window.frame.top_bar.saved)
    drag(page.view.options.rows["C"], 120)
    assert (bar.value() > 60, page.case.card.question("B4").options) == (True, before)
    bar.setValue(0)
    tap(page.view.options.rows["C"])
    assert page.case.card.question("B4").options == ("C", *before)
    review = show(window, "review")
    table = next(view for view in review.findChildren(QTableView) if view.isVisible())
    drag(table.viewport(), 150)
    assert table.verticalScrollBar().value() > 60


def test_the_first_touch_after_an_impossible_figure_hits_what_it_is_put_on(
    make_window: WindowMaker, demo_workspace: Path, tap: Callable[[QWidget], None]
) -> None:
    window = make_window(demo_workspace)
    firm = find_enterprises(window.session.workspace)[0]
    window.navigate(Target(page="diagnosis", enterprise_id=firm.enterprise_id, item="B3"))
    settle(window)
    page = window.frame.page
    assert isinstance(page, DiagnosisPage)
    assert page.view.strip is not None
    field = list(page.view.strip.fields.values())[1]
    field.setFocus()
    QTest.keyClicks(field, "999")
    tap(page.view.options.rows["B"])
    assert field.error
    assert page.case is not None
    assert page.case.card.question("B3").options == ("B",)


def test_a_finger_chooses_an_option_and_a_level(
    make_window: WindowMaker, demo_workspace: Path, tap: Callable[..., None]
) -> None:
    window = make_window(demo_workspace)
    firm = find_enterprises(window.session.workspace)[0]
    window.navigate(Target(page="diagnosis", enterprise_id=firm.enterprise_id, item="B6"))
    page = window.frame.page
    assert isinstance(page, DiagnosisPage)
    tap(page.view.options.rows["B"])
    settle(window)
    assert page.case is not None
    assert page.case.card.question("B6").options == ("B",)
    window.navigate(Target(page="board", enterprise_id=firm.enterprise_id, item="quality"))
    settle(window)
    board = window.frame.page
    assert isinstance(board, BoardPage)
    table = board.board.table
    cell = table.visualRect(board.board.model.index_of("quality", 2))
    tap(table.viewport(), cell.center())
    assert board.case is not None
    assert board.case.scenario_level("quality") == 2
