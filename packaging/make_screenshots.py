"""Draws every page of the window on the demonstration factory into `docs/screenshots/PAGE-LANGUAGE-THEME.png`.

`python packaging/make_screenshots.py [PAGE…]`; as large as a small laptop's screen without title and task bar.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from diag_app.operations.assessment import find_assessments
from diag_app.operations.demo import ACTOR, run_demo
from diag_app.operations.enterprise import find_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.settings import Settings
from diag_app.ui.app import build_application, open_window
from diag_app.ui.jobs import Job
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.registry import PAGES, WITHOUT_WORKSPACE

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
WIDTH, HEIGHT = 1366, 690
SHOWN = {"diagnosis": "B3"}  # a question answered from numbers, with evidence and a note
CASE_PAGES = ("profile", "diagnosis", "board", "why", "findings", "needs", "path", "proposal", "delivery")
FOLDER_PAGES = ("unlock", "protect")  # shown for a folder, before anything is open
ENCRYPTED_PAGES = ("access",)  # about the keys of a workspace; the demonstration has none
LOOKS: tuple[tuple[Literal["zh", "en"], Literal["light", "dark"]], ...] = (
    ("zh", "light"),
    ("zh", "dark"),
    ("en", "light"),
    ("en", "dark"),
)
QUIET_S, LONGEST_S = 0.3, 60.0


def main(wanted: Sequence[str]) -> int:
    """Draw the pages named, or all."""
    application = build_application([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        run_demo(Path(scratch))
        workspace = Path(scratch) / "workspace"
        targets = {name: target for name, target in case_targets(workspace).items() if not wanted or name in wanted}
        for name, picture in pictures(application, workspace, targets):
            print(f"{picture.name:40} {picture.stat().st_size / 1000:6.0f} kB  {name}", flush=True)
    return 0


def case_targets(workspace: Path) -> dict[str, Target]:
    """Return where each page is shown: pages of a case on the demonstration factory."""
    with open_workspace(workspace, actor=ACTOR) as opened:
        (firm,) = find_enterprises(opened)
        (assessment,) = find_assessments(opened, firm.enterprise_id)
    folder = str(workspace)
    case = Target(page="", enterprise_id=firm.enterprise_id, assessment_id=assessment.assessment_id)
    return {
        name: replace(case, page=name, item=SHOWN.get(name))
        if name in CASE_PAGES
        else Target(page=name, item=folder if name in FOLDER_PAGES else None)
        for name in PAGES
        if name not in ENCRYPTED_PAGES
    }


def pictures(application: QApplication, workspace: Path, targets: dict[str, Target]) -> Iterator[tuple[str, Path]]:
    """Draw each target in each language and theme; yield its name and the file."""
    for language, theme in LOOKS:
        settings = Settings(language=language, theme=theme, name=ACTOR.name, firm=ACTOR.firm, device=ACTOR.device)
        window = open_window(settings, None)
        window.resize(WIDTH, HEIGHT)
        window.show()
        for name in sorted(targets, key=lambda page: page not in WITHOUT_WORKSPACE):
            if name not in WITHOUT_WORKSPACE and not window.session.is_open:
                window.open_workspace(workspace)
            window.navigate(targets[name])
            settle(application, window)
            picture = FOLDER / f"{name.replace('_', '-')}-{language}-{theme}.png"
            save_small(window.grab(), picture)
            yield name, picture
        window.close()


def save_small(drawn: QPixmap, picture: Path) -> None:
    """Save a picture with 256 colours: a third of the size, and no difference to the eye."""
    buffer = QBuffer()
    drawn.save(buffer, "PNG")
    with Image.open(BytesIO(bytes(buffer.data().data()))) as full:
        full.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(picture, optimize=True)


def settle(application: QApplication, window: MainWindow) -> None:
    """Let the window work until no job runs and nothing has happened for a moment."""
    begun = quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_S and time.monotonic() - begun < LONGEST_S:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if any(job.is_running for job in window.findChildren(Job)):
            quiet_since = time.monotonic()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
