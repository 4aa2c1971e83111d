"""The tour: each step points at a real control that can be seen, and the way out is always there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from diag_app.i18n.translator import Language
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.help import HelpPage
from diag_app.ui.pages.page import Target
from diag_app.ui.tour import STEPS
from diag_app.ui.tour_guide import control_of
from tests.ui.conftest import SETTINGS, WindowMaker, settle

SOON_MS = 50


@pytest.fixture(params=["zh", "en"])
def window(request: pytest.FixtureRequest, make_window: WindowMaker, demo_workspace: Path) -> Iterator[MainWindow]:
    language: Language = request.param
    made = make_window(demo_workspace, replace(SETTINGS, language=language))
    made.tour.start()
    settle(made)
    yield made
    made.jobs.forget()


def test_every_step_points_at_a_control_that_can_be_seen(window: MainWindow) -> None:
    told = set()
    for number, step in enumerate(STEPS, start=1):
        QTest.qWait(SOON_MS)
        assert window.target.page == step.page
        control = control_of(window.frame, step)
        assert control is not None, step
        assert control.isVisible(), step
        assert window.frame.rect().contains(control.mapTo(window.frame, control.rect().center())), step
        assert window.frame.tour.ring.isVisible(), step
        assert (
            window.frame.tour.strip.place.text()
            == f"{number} {'of' if window.settings.language == 'en' else '/'} {len(STEPS)}"
        )
        told.add(window.frame.tour.strip.words.text())
        window.frame.tour.strip.next.click()
        settle(window)
    assert len(told) == len(STEPS)
    assert window.frame.tour.strip.isHidden()
    QTest.qWait(SOON_MS)
    assert window.frame.tour.ring.isHidden()


def test_the_tour_is_left_at_any_step_and_goes_on_in_another_language(
    make_window: WindowMaker, demo_workspace: Path
) -> None:
    window = make_window(demo_workspace)
    assert window.frame.tour.strip.isHidden()
    window.tour.start()
    window.frame.tour.strip.next.click()
    settle(window)
    window.switch_language()
    settle(window)
    assert window.frame.tour.strip.isVisible()
    assert window.frame.tour.strip.place.text() == f"2 / {len(STEPS)}"
    window.frame.tour.strip.back.click()
    assert window.target.page == "firms"
    window.frame.tour.strip.end.click()
    assert window.frame.tour.strip.isHidden()


def test_the_tour_begins_from_anywhere_also_when_it_stands_at_its_first_step(
    make_window: WindowMaker, demo_workspace: Path
) -> None:
    window = make_window(demo_workspace)
    window.tour.start()
    window.navigate(Target(page="help"))
    settle(window)
    page = window.frame.page
    assert isinstance(page, HelpPage)
    page.start_tour()
    settle(window)
    assert window.target.page == STEPS[0].page
