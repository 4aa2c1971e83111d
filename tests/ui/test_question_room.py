"""Every question stands whole in the windows the layout is designed for, and nothing moves while it is answered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from diag_app.i18n.translator import Language
from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.accessibility.walk import calm, show
from tests.ui.conftest import SETTINGS, WindowMaker

SIZES = ((1366, 690), (1280, 640))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_question_scrolls(make_window: WindowMaker, demo_workspace: Path, language: Language) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, language=language))
    page = show(window, "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    assert page.case is not None
    view, scrolled = page.view, []
    assert view.verified.is_verified
    assert all(
        part is not None and part.isVisible() for part in (view.strip, view.roles, view.guide, view.evidence, view.note)
    )
    for size in SIZES:
        window.resize(*size)
        for question in page.case.pack.questions:
            page.show_question(question.question_id)
            calm()
            area = page.areas[question.question_id]
            below, beside = area.verticalScrollBar().maximum(), page.view.width() - area.viewport().width()
            scrolled += [(size, question.question_id, below, beside)] if below or beside else []
    assert (scrolled, len(page.views)) == ([], 15)


def test_a_figure_that_cannot_be_moves_nothing_and_its_fault_is_read_whole(
    make_window: WindowMaker, demo_workspace: Path
) -> None:
    page = show(make_window(demo_workspace, size=(1280, 640)), "diagnosis", "B2")
    assert isinstance(page, DiagnosisPage)
    assert page.case is not None
    for question in [question for question in page.case.pack.questions if question.numbers]:
        page.show_question(question.question_id)
        calm()
        strip, options = page.view.strip, page.view.options
        assert strip is not None
        place, height = options.pos(), strip.height()
        for text in ("1.2.3", "999999999"):
            list(strip.fields.values())[-1].setText(text)
            strip.flush()
            calm()
            assert (options.pos(), strip.height()) == (place, height)
            if strip.outcome.currentWidget() is strip.fault:
                assert strip.fault.heightForWidth(strip.fault.width()) <= strip.fault.height(), strip.fault.text()
        strip.fields[question.numbers[-1]].setText("1")
        strip.flush()


def test_of_a_folded_note_no_second_line_is_seen(make_window: WindowMaker, demo_workspace: Path) -> None:
    page = show(make_window(demo_workspace), "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    editor = page.view.note.editor
    editor.setPlainText("AAAA")
    calm()
    alone = editor.viewport().grab().toImage()
    editor.setPlainText("AAAA\nÄÄÄÄ")
    calm()
    assert editor.viewport().grab().toImage() == alone


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
