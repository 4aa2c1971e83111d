"""Chinese comes in by an input method: what is being composed is no text yet, and no key of the page meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from diag_app.ui.main_window import MainWindow
from tests.ui.case.conftest import PageOpener, press
from tests.ui.conftest import settle

LETTERS = "jkwuetnx123"  # all are keys of the pages


def typed(widget: QWidget) -> str:
    assert isinstance(widget, QLineEdit | QPlainTextEdit)
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def text_fields(window: MainWindow) -> list[QWidget]:
    """Return every field of the page and of the top bar that takes words."""
    page = window.frame.page
    assert page is not None
    found: list[QWidget] = [window.frame.top_bar.search]
    found += [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [
        field
        for field in found
        if field.isVisible()
        and field.isEnabled()
        and not (isinstance(field, QLineEdit | QPlainTextEdit) and field.isReadOnly())
        and not field.inputMethodHints() & Qt.InputMethodHint.ImhFormattedNumbersOnly
        and field.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


@pytest.mark.parametrize(
    ("page", "item"), [("profile", None), ("diagnosis", "B3"), ("board", "quality"), ("needs", None), ("firms", None)]
)
def test_words_come_in_by_an_input_method_in_every_field(open_page: PageOpener, page: str, item: str | None) -> None:
    window = open_page(page, item)
    fields = text_fields(window)
    assert len(fields) >= 2
    for field in fields:
        field.setFocus()
        before = typed(field)
        compose(field, "zhiliang")
        assert typed(field) == before, "what is composed is not text yet"
        compose(field, "", "质量")
        assert typed(field).count("质量") == before.count("质量") + 1
        settle(window)


@pytest.mark.parametrize(("page", "item"), [("diagnosis", "B3"), ("board", "quality")])
def test_letters_are_letters_while_something_is_composed(open_page: PageOpener, page: str, item: str) -> None:
    window = open_page(page, item)
    assert window.target.enterprise_id is not None
    store, case = window.session.workspace.store, window.target.enterprise_id
    press(window, "n")
    note = QApplication.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    before, target, text = store.state_digest(case), window.target, note.toPlainText()
    compose(note, "z")
    for letter in LETTERS:
        QTest.keyClicks(note, letter)
    assert (window.target, QApplication.focusWidget()) == (target, note)
    assert store.state_digest(case) == before
    assert LETTERS in note.toPlainText().replace(text, "")
