"""The page of one item: by keys alone, by mouse, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from diag_app.model.facts import Evidence
from diag_app.operations.evidence import evidence_file, find_evidence
from diag_app.operations.evidence_versions import find_versions
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.evidence import EvidencePage
from tests.evidence.photos import pixels
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle

WAIT_MS = 20_000
Opened = tuple[MainWindow, EvidencePage]


@pytest.fixture
def opened(open_page: PageOpener, qtbot: QtBot) -> Opened:
    window = open_page("diagnosis", "B3")
    assert window.target.assessment_id is not None
    first = find_evidence(window.session.workspace, window.target.assessment_id)[0]
    window.frame.page.go("evidence", f"{first.evidence_id}:B3")  # type: ignore[union-attr]
    page = shown(window, EvidencePage)
    loaded(page, qtbot)
    return window, page


def chord(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def loaded(page: EvidencePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.studio.canvas.has_picture, timeout=WAIT_MS)
    settle(page)


def item_of(window: MainWindow) -> Evidence:
    return find_evidence(window.session.workspace, str(window.target.assessment_id))[0]


def waits(window: MainWindow, qtbot: QtBot, is_done: Callable[[Evidence], bool]) -> Evidence:
    qtbot.waitUntil(lambda: is_done(item_of(window)), timeout=WAIT_MS)
    settle(window)
    return item_of(window)


def version(window: MainWindow, qtbot: QtBot, number: int) -> Evidence:
    return waits(window, qtbot, lambda item: item.version == number)


def test_j_and_k_go_through_the_evidence_of_the_answer(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened
    ring = [item.evidence_id for item in page.ring]
    assert all("B3" in item.targets for item in page.ring)
    assert len(ring) > 1
    press(window, "k")
    assert page.item is not None
    assert page.item.evidence_id == ring[0]
    press(window, "j")
    assert page.item.evidence_id == ring[1]
    assert page.studio.bar.place.text() == f"2 / {len(ring)}"
    press(window, Qt.Key.Key_Left)  # fitted, an arrow goes through them too
    assert page.item.evidence_id == ring[0]
    press(window, Qt.Key.Key_Escape)
    assert window.target.page == "diagnosis"


def test_what_is_typed_is_stored_and_undone(opened: Opened) -> None:
    window, page = opened
    before = item_of(window)
    press(window, "c")
    page.panel.caption.selectAll()
    press(window, "Shop floor list", Qt.Key.Key_Return)
    field = page.panel.dates["shows_on"]
    field.setFocus()
    field.selectAll()
    press(window, "2026-01-05", Qt.Key.Key_Return)
    item = item_of(window)
    assert item.shows_on == "2026-01-05"
    [shown_item] = [one for one in page.case.evidence if one.number == 1] if page.case else []
    assert shown_item.caption == "Shop floor list"
    window.undo()
    window.undo()
    assert item_of(window) == before


def test_a_date_that_is_none_is_said_and_the_field_keeps_it(opened: Opened) -> None:
    window, page = opened
    field = page.panel.dates["shows_on"]
    field.setFocus()
    field.selectAll()
    press(window, "soon", Qt.Key.Key_Return)
    assert window.frame.notice.text.startswith("soon is not a day.")
    assert field.text() == "soon"


def test_r_and_q_turn_the_picture_into_new_versions(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened
    size = pixels(evidence_file(window.session.workspace, item_of(window).evidence_id)).size
    press(window, "r")
    item = version(window, qtbot, 2)
    assert pixels(evidence_file(window.session.workspace, item.evidence_id)).size == size[::-1]
    loaded(page, qtbot)
    press(window, "q")
    item = version(window, qtbot, 3)
    assert pixels(evidence_file(window.session.workspace, item.evidence_id)).size == size
    page.show_version(1)
    assert page.studio.notice.text == "You look at version 1. Version 3 is what reports and bundles show."
    assert not page.studio.is_editable
    press(window, Qt.Key.Key_Escape)
    assert page.version is None


def test_marks_are_made_moved_sized_and_applied_by_keys_alone(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened
    drafts = page.studio.canvas.drafts
    press(window, "a", Qt.Key.Key_Space)
    before = drafts.items[0]
    press(window, Qt.Key.Key_Right, Qt.Key.Key_Down)
    chord(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    (x0, y0), (x1, y1) = before.points
    assert drafts.items[0].points == ((x0 + 100, y0 + 100), (x1 + 200, y1 + 100))
    press(window, "t", Qt.Key.Key_Space)
    assert QApplication.focusWidget() is page.studio.bar.words
    press(window, "here")
    assert [mark.kind for mark in drafts.marks] == ["arrow", "text"]
    press(window, Qt.Key.Key_Escape)
    press(window, "n", Qt.Key.Key_Space, Qt.Key.Key_Delete)
    assert len(drafts.items) == 2
    chord(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    item = version(window, qtbot, 2)
    assert find_versions(window.session.workspace, item.evidence_id)[-1].how == "annotate"


def test_a_part_is_blacked_out_by_keys_and_the_original_kept(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened
    press(window, "x", Qt.Key.Key_Space)
    chord(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.studio.question.isVisible()
    assert QApplication.focusWidget() is page.studio.question.keep
    press(window, Qt.Key.Key_Space)
    item = version(window, qtbot, 2)
    assert item.redactions == 1
    picture = pixels(evidence_file(window.session.workspace, item.evidence_id))
    assert (
        max(
            picture.crop(
                (picture.width // 2 - 20, picture.height // 2 - 10, picture.width // 2, picture.height // 2)
            ).tobytes()
        )
        < 10
    )
    assert [one.is_sealed for one in find_versions(window.session.workspace, item.evidence_id)] == [True, False]
    window.undo()
    assert item_of(window).redactions == 0


def test_the_original_is_erased_only_with_a_reason(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened
    press(window, "x", Qt.Key.Key_Space)
    page.apply_marks()
    question = page.studio.question
    QTest.mouseClick(question.erase, Qt.MouseButton.LeftButton)
    assert question.reason.error
    assert item_of(window).version == 1
    press(window, "asked for")
    QTest.mouseClick(question.erase, Qt.MouseButton.LeftButton)
    item = version(window, qtbot, 2)
    assert [one.number for one in find_versions(window.session.workspace, item.evidence_id)] == [2]


def test_escape_drops_the_question_then_the_marks_then_leaves(opened: Opened) -> None:
    window, page = opened
    press(window, "x", Qt.Key.Key_Space)
    page.apply_marks()
    press(window, Qt.Key.Key_Escape)
    assert page.studio.question.isHidden()
    assert page.studio.canvas.drafts.items
    press(window, Qt.Key.Key_Escape)
    assert not page.studio.canvas.drafts.items
    assert page.studio.canvas.tool is None
    press(window, Qt.Key.Key_Escape)
    assert window.target.page == "diagnosis"
    assert item_of(window).version == 1


def test_what_is_drawn_is_stored_when_the_page_is_left(opened: Opened) -> None:
    window, page = opened
    press(window, "x", Qt.Key.Key_Space)
    page.go("diagnosis", "B3")
    assert (item_of(window).version, item_of(window).redactions) == (2, 1)


def test_a_finger_or_mouse_draws_and_moves(opened: Opened) -> None:
    _, page = opened
    canvas = page.studio.canvas
    QTest.mouseClick(page.studio.bar.tools["redact"], Qt.MouseButton.LeftButton)
    assert canvas.tool == "redact"
    rect = canvas.picture_rect()
    start, end = (
        QPoint(int(rect.left()) + 20, int(rect.top()) + 20),
        QPoint(int(rect.left()) + 90, int(rect.top()) + 70),
    )
    drag(canvas, start, end)
    [box] = canvas.drafts.boxes
    assert box.pixels(round(rect.width()), round(rect.height())) == pytest.approx((20, 20, 90, 70), abs=3)
    drag(canvas, start + QPoint(20, 20), end + QPoint(20, 20))
    [moved] = canvas.drafts.boxes
    assert moved.pixels(round(rect.width()), round(rect.height())) == pytest.approx((90, 70, 160, 120), abs=4)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def test_zoom_stays_in_its_bounds_and_the_picture_in_sight(opened: Opened) -> None:
    window, page = opened
    canvas = page.studio.canvas
    fitted = canvas.picture_rect()
    press(window, *(["+"] * 30))
    assert canvas.zoom == 8
    press(window, *([Qt.Key.Key_Right] * 200))
    assert canvas.picture_rect().intersects(canvas.rect().toRectF())
    press(window, "-", "0")
    assert canvas.picture_rect() == fitted


def test_links_are_made_and_taken_away_by_keyboard(opened: Opened) -> None:
    window, page = opened
    press(window, "l")
    combo = page.panel.link
    assert QApplication.focusWidget() is combo
    place = combo.findData("quality")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert "quality" in item_of(window).targets
    page.panel.unlinked.emit("quality")
    assert "quality" not in item_of(window).targets


def test_what_is_taken_off_comes_back_by_undo(opened: Opened) -> None:
    window, page = opened
    name, count = item_of(window).name, len(page.ring)
    press(window, Qt.Key.Key_Delete)
    assert len(page.ring) == count - 1
    assert page.studio.notice.text == f"E-001 · {name} was taken off. Undo brings it back."
    press(window, "u")
    assert len(page.ring) == count


def test_every_control_has_a_name_and_a_finger_finds_it(opened: Opened) -> None:
    _, page = opened
    controls = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.focusProxy() is None
    ]
    assert controls
    for widget in controls:
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else "")
        assert name, widget
    tools = [page.studio.bar.tools[tool] for tool in page.studio.bar.tools]
    assert all(min(tool.width(), tool.height()) >= 44 for tool in tools)
