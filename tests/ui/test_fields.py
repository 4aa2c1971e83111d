"""Fields store what is typed: after a rest, on leaving, on Enter, and before they go away."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField, NumberField, read_number
from diag_app.ui.widgets.text_field import TextField


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120", "120"),
        (" 6,240.5 ", "6240.5"),
        ("１２０．５", "120.5"),
        ("6，240", "6240"),
        ("-3", "-3"),
        ("0", "0"),
        ("", None),
        ("12a", None),
        ("1e5", None),
        ("NaN", None),
        ("Infinity", None),
        ("1.2.3", None),
        ("十二", None),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: str | None) -> None:
    assert read_number(text) == (None if value is None else Decimal(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_every_plain_decimal_is_read_back(value: Decimal) -> None:
    assert read_number(format(value, "f")) == value


def hosted(qtbot: QtBot, *fields: QWidget) -> QWidget:
    host = QWidget()
    box = QVBoxLayout(host)
    for field in fields:
        box.addWidget(field)
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    return host


@pytest.fixture
def light(application: QApplication) -> Theme:
    """The light theme."""
    return Theme("light")


def test_typed_text_is_stored_after_a_rest(light: Theme, qtbot: QtBot) -> None:
    field = LineField(light, "Name")
    _host = hosted(qtbot, field)
    with qtbot.waitSignal(field.rested) as rested:
        QTest.keyClicks(field, "Hengxin")
    assert rested.args == ["Hengxin"]


def test_one_rest_stores_once(light: Theme, qtbot: QtBot) -> None:
    field = LineField(light, "Name")
    stored: list[str] = []
    _host = hosted(qtbot, field)
    field.rested.connect(stored.append)
    QTest.keyClicks(field, "a")
    field.flush()
    field.flush()
    assert stored == ["a"]


def test_leaving_a_field_stores_it(light: Theme, qtbot: QtBot) -> None:
    first, second = LineField(light, "Name"), LineField(light, "Firm")
    _host = hosted(qtbot, first, second)
    first.setFocus()
    QTest.keyClicks(first, "a")
    with qtbot.waitSignal(first.rested, timeout=200):
        second.setFocus()


def test_a_field_that_is_hidden_is_stored(light: Theme, qtbot: QtBot) -> None:
    field = TextField(light, "Note")
    host = hosted(qtbot, field)
    field.setFocus()
    QTest.keyClicks(field.editor, "a note")
    with qtbot.waitSignal(field.rested, timeout=200) as rested:
        host.hide()
    assert rested.args == ["a note"]


def test_what_is_loaded_is_not_announced_and_keeps_the_caret(light: Theme, qtbot: QtBot) -> None:
    field = LineField(light, "Name")
    _host = hosted(qtbot, field)
    stored: list[str] = []
    field.rested.connect(stored.append)
    field.load("恒信精密")
    field.setCursorPosition(2)
    field.load("恒信精密")
    field.flush()
    assert (stored, field.cursorPosition()) == ([], 2)


def test_a_word_being_composed_is_stored_when_it_is_committed(light: Theme, qtbot: QtBot) -> None:
    field = LineField(light, "Name")
    _host = hosted(qtbot, field)
    field.setFocus()
    composing = QInputMethodEvent("qi ye", [])
    QApplication.sendEvent(field, composing)
    assert field.text() == ""
    committed = QInputMethodEvent()
    committed.setCommitString("企业")
    with qtbot.waitSignal(field.rested) as rested:
        QApplication.sendEvent(field, committed)
    assert rested.args == ["企业"]


def test_text_that_is_no_number_is_kept_marked_and_not_stored(light: Theme, qtbot: QtBot) -> None:
    field = NumberField(light, "Employees", error="Type digits.")
    _host = hosted(qtbot, field)
    stored: list[Decimal | None] = []
    field.number_rested.connect(stored.append)
    field.setFocus()
    QTest.keyClicks(field, "12x")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (stored, field.text(), field.error) == ([], "12x", "Type digits.")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (stored, field.error) == ([Decimal(12)], "")


def test_a_loaded_figure_shows_no_exponent(light: Theme, qtbot: QtBot) -> None:
    field = NumberField(light, "Revenue", error="Type digits.")
    _host = hosted(qtbot, field)
    field.load_number(Decimal("1E+3"))
    assert field.text() == "1000"
    field.load_number(None)
    assert field.text() == ""
