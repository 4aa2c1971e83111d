"""A bundle opened from outside, by a double click, is offered and taken in only when the person says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from product import BUNDLE_SUFFIX
from pytestqt.qtbot import QtBot

import diag_app.__main__ as program
from diag_app.__main__ import window_options
from diag_app.operations.bundle import export_bundle
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.sync.parts import SUFFIX
from diag_app.ui.app import offer_bundle
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.widgets.buttons import Button
from tests.ui.conftest import ACTOR, WindowMaker, settle

WAIT_MS = 60_000


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["from the city.qzb"], {"bundle": "from the city.qzb"}),
        (["--workspace", "W", "A.QZB"], {"--workspace": "W", "bundle": "A.QZB"}),
        (["a.qzb", "b.qzb"], None),
        (["bundle", "verify", "a.qzb"], None),
        (["a.zip"], None),
    ],
)
def test_one_file_with_the_suffix_opens_the_window(arguments: list[str], options: dict[str, str] | None) -> None:
    assert window_options(arguments) == options


def test_the_app_and_the_installers_mean_the_same_suffix() -> None:
    assert program.BUNDLE_SUFFIX == BUNDLE_SUFFIX == SUFFIX


def test_it_is_taken_in_only_when_the_person_says_so(
    make_window: WindowMaker, demo_workspace: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bundle = tmp_path / "from outside.qzb"
    with open_workspace(demo_workspace, actor=ACTOR) as other:
        export_bundle(other, bundle)
    with open_workspace(tmp_path / "mine", actor=ACTOR):
        pass
    window = make_window(tmp_path / "mine")
    offer_bundle(window, bundle)
    settle(window)
    page = window.frame.page
    assert isinstance(page, DeliveryPage)
    assert bundle.name in page.notice.text
    assert find_enterprises(window.session.workspace) == ()
    page.notice.findChildren(Button)[0].click()
    qtbot.waitUntil(lambda: len(find_enterprises(window.session.workspace)) == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=WAIT_MS)
