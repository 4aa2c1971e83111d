"""A question with all that it may have stands in the window the layout is designed for, whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.i18n.translator import Language
from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.accessibility.walk import calm, show
from tests.ui.conftest import SETTINGS, WindowMaker


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_full_question_needs_no_scrolling(make_window: WindowMaker, demo_workspace: Path, language: Language) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, language=language), size=(1366, 690))
    page = show(window, "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    view = page.view
    assert view.verified.is_verified
    assert all(
        part is not None and part.isVisible() for part in (view.strip, view.roles, view.guide, view.evidence, view.note)
    )
    assert page.areas["B3"].verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(("size", "has_words"), [((1600, 690), True), ((1280, 640), False)])
def test_the_actions_lose_their_words_where_there_is_no_room(
    make_window: WindowMaker, demo_workspace: Path, size: tuple[int, int], *, has_words: bool
) -> None:
    window = make_window(demo_workspace, size=size)
    page = show(window, "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    button = page.view.next_button
    assert button.toolTip() == ("" if has_words else "Next")
    assert page.view.width() == page.areas["B3"].viewport().width()
    assert button.text() == "Next"


def test_the_note_grows_with_the_cursor_in_it_and_is_seen(make_window: WindowMaker, demo_workspace: Path) -> None:
    page = show(make_window(demo_workspace, size=(1366, 690)), "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    low = page.view.note.height()
    page.view.note.editor.setPlainText("one\ntwo\nthree")
    assert page.view.note.height() == low
    page.focus_note()
    calm()
    assert page.view.note.height() > low
    assert page.view.note.visibleRegion().boundingRect() == page.view.note.rect()
