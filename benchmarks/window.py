"""A window on the demonstration factory, and how one waits for its next picture."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from diag_app.operations.demo import ACTOR, fill_demo
from diag_app.operations.workspace import open_workspace
from diag_app.settings import Settings
from diag_app.ui.app import build_application, open_window
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Page, Target

P = TypeVar("P", bound=Page)
SIZE = (1366, 690)
STATUS = Path("/proc/self/status")


@contextmanager
def demonstration() -> Iterator[MainWindow]:
    """Give a shown window on the demonstration factory."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        with open_workspace(folder, actor=ACTOR) as workspace:
            fill_demo(workspace)
        with shown_window(folder) as window:
            yield window


@contextmanager
def shown_window(folder: Path) -> Iterator[MainWindow]:
    """Give a shown window on the workspace in `folder`; without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    build_application([])
    settings = Settings(language="zh", theme="light", name=ACTOR.name, firm=ACTOR.firm, device=ACTOR.device)
    window = open_window(settings, folder)
    window.resize(*SIZE)
    window.show()
    settle()
    yield window
    window.close()
    window.deleteLater()
    settle()


def go(window: MainWindow, kind: type[P], page: str, item: str | None = None) -> P:
    """Show a page of the demonstration factory, which is of `kind`."""
    (firm,) = window.session.workspace.store.find_enterprises("", limit=1)
    window.navigate(Target(page=page, enterprise_id=firm.enterprise_id, item=item))
    settle()
    return shown_page(window, kind)


def shown_page(window: MainWindow, kind: type[P]) -> P:
    """Return the page shown, which is of `kind`."""
    shown = window.frame.page
    if not isinstance(shown, kind):
        raise TypeError(f"{window.target.page} is shown")
    return shown


def questions(page: DiagnosisPage) -> tuple[str, ...]:
    """Return the ids of all questions."""
    return () if page.case is None else tuple(question.question_id for question in page.case.pack.questions)


def settle() -> None:
    """Let everything happen that waits."""
    for _ in range(5):
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # which only a running loop does by itself


def until_painted_ms(action: Callable[[], object]) -> float:
    """Return how long `action` takes with everything up to the end of the paint it causes."""
    begun = perf_counter()
    action()
    QApplication.sendPostedEvents()  # among them the update of every window, which paints what is to be painted
    return (perf_counter() - begun) * 1000


def settled_ms(action: Callable[[], object]) -> float:
    """Return how long `action` takes until nothing more waits to be done for it at once."""
    begun = perf_counter()
    action()
    QApplication.processEvents()
    QApplication.processEvents()
    return (perf_counter() - begun) * 1000


def resident_mb() -> float:
    """Return the memory this process holds, in MB."""
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1000
