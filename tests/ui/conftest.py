"""The application object, themes, and real windows on real workspaces, all without a screen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from diag_app.i18n import Translator, load_translator
from diag_app.model.actor import Actor
from diag_app.operations.demo import fill_demo
from diag_app.operations.workspace import open_workspace
from diag_app.settings import Settings
from diag_app.ui.app import build_application, open_window
from diag_app.ui.main_window import MainWindow
from diag_app.ui.theme import Theme, ThemeName

if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":  # whose own screen is smaller than the window
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).with_name('screen.json')}"

ACTOR = Actor(name="示例顾问", firm="示例服务商", device="A")
SETTINGS = Settings(language="en", theme="light", name=ACTOR.name, firm=ACTOR.firm, device=ACTOR.device)
WindowMaker = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def application(qapp: QApplication) -> QApplication:
    """The one application object, dressed as the app dresses it."""
    return build_application([])


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, application: QApplication) -> Theme:
    """Each of the two themes."""
    name: ThemeName = request.param
    return Theme(name)


@pytest.fixture(scope="session")
def english() -> Translator:
    """The English words."""
    return load_translator("en")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with the demonstration factory; copy it before use."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    with open_workspace(folder, actor=ACTOR) as workspace:
        fill_demo(workspace)
    return folder


@pytest.fixture
def demo_workspace(demo_folder: Path, tmp_path: Path) -> Path:
    """A workspace of the test's own with the demonstration factory in it."""
    folder = tmp_path / "workspace"
    shutil.copytree(demo_folder, folder)
    return folder


@pytest.fixture
def make_window(application: QApplication, tmp_path: Path) -> Iterator[WindowMaker]:
    """Give a maker of shown windows: `make_window(workspace, settings, size)`; they are closed at the end."""
    windows: list[MainWindow] = []

    def make(
        workspace: Path | None, settings: Settings = SETTINGS, *, size: tuple[int, int] = (1366, 690)
    ) -> MainWindow:
        window = open_window(settings, workspace, settings_file=tmp_path / "settings.json")
        window.resize(*size)
        window.show()
        window.activateWindow()
        settle(window)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()
    collect_deleted()


def settle(window: QWidget) -> None:
    """Let layouts, zero timers and paints happen."""
    for _ in range(4):
        QApplication.processEvents()


def collect_deleted() -> None:
    """Destroy what was given to `deleteLater`."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
