"""Draws every page of the window in all its states, looks and scales.

`python packaging/make_screenshots.py [PAGE…]` writes to `docs/screenshots`: each page at full size in Chinese and light
and in English and dark (`PAGE-LANGUAGE-THEME.png`), and contact sheets (`sheet-STATE.png`): the filled pages in both
languages and themes at 100, 150 and 200 %, the other states in the two looks. Scales are processes of their own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

from contact_sheet import write_sheet
from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from screenshot_cases import STATES, State, make_workspaces, newer_method, targets

from diag_app.i18n.translator import Language
from diag_app.operations.demo import ACTOR
from diag_app.settings import Appearance, Settings
from diag_app.ui.app import build_application, open_window
from diag_app.ui.jobs import Job
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.registry import WITHOUT_WORKSPACE

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SCREENS = {"1": (1366, 690), "1.5": (1280, 640), "2": (960, 500)}  # scale, room in the window
LOOKS: tuple[tuple[Language, Appearance], ...] = (("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark"))
FULL = (("zh", "light"), ("en", "dark"))  # shown at full size, and in every state
PAUSE_S, QUIET_S, BUSY_S, LONGEST_S = 0.01, 0.3, 0.1, 60.0


def main(arguments: argparse.Namespace) -> int:
    """Draw the pages named, or all, and lay them out on the sheets."""
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "drawn"
        for scale in SCREENS:
            command = (sys.executable, __file__, "--scale", scale, "--folder", str(drawn), *arguments.pages)
            subprocess.run(command, check=True, env=os.environ | {"QT_SCALE_FACTOR": scale})
        for language, theme in FULL:
            for picture in sorted((drawn / "filled" / f"{language}-{theme}-1").glob("*.png")):
                shutil.copy(picture, folder / f"{picture.stem}-{language}-{theme}.png")
        for state in STATES:
            lay_out(drawn / state, folder / f"sheet-{state}.png")
    for picture in sorted(folder.glob("*.png")):
        print(f"{picture.name:40} {picture.stat().st_size / 1000:6.0f} kB", flush=True)
    return 0


def lay_out(drawn: Path, sheet: Path) -> None:
    """Write the sheet of one state, where there is any picture of it."""
    pages = sorted({picture.stem for picture in drawn.glob("*/*.png")})
    rows = [(page, sorted(drawn.glob(f"*/{page}.png"))) for page in pages]
    if rows:
        write_sheet(rows, sheet)


def draw(folder: Path, scale: str, wanted: Sequence[str]) -> int:
    """Draw all states at one scale into `folder/STATE/LANGUAGE-THEME-SCALE/PAGE.png`."""
    application = build_application([])
    with tempfile.TemporaryDirectory() as scratch:
        workspaces = make_workspaces(Path(scratch))
        for state in STATES:
            for language, theme in LOOKS:
                if state == "filled" or (scale == "1" and (language, theme) in FULL):
                    place = folder / state / f"{language}-{theme}-{scale}"
                    place.mkdir(parents=True)
                    settings = Settings(
                        language=language, theme=theme, name=ACTOR.name, firm=ACTOR.firm, device=ACTOR.device
                    )
                    draw_pages(application, settings, workspaces[state], state, place, SCREENS[scale], wanted)
    return 0


def draw_pages(
    application: QApplication,
    settings: Settings,
    workspace: Path,
    state: State,
    place: Path,
    size: tuple[int, int],
    wanted: Sequence[str],
) -> None:
    """Draw each page of one state in one look."""
    window = open_window(settings, None)
    window.resize(*size)
    window.show()
    shown = targets(workspace, state)
    for name in sorted(shown, key=lambda page: page not in WITHOUT_WORKSPACE):
        if wanted and name not in wanted:
            continue
        if name not in WITHOUT_WORKSPACE and not window.session.is_open:
            window.open_workspace(workspace)
        with newer_method(workspace) if (name, state) == ("upgrade", "filled") else nullcontext():
            window.navigate(shown[name])
            settle(application, window)
            save_small(window.grab(), place / f"{name.replace('_', '-')}.png")
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
        time.sleep(PAUSE_S)  # the worker thread needs its turn too
        started = time.monotonic()
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        worked = time.monotonic() - started > BUSY_S  # a first layout takes longer than the quiet that is waited for
        if worked or any(job.is_running for job in window.findChildren(Job)):
            quiet_since = time.monotonic()


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help="the pages to draw; all without any")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--scale", choices=SCREENS, help="draw at this scale only, without sheets")
    return parser.parse_args(words)


if __name__ == "__main__":
    asked = parsed(sys.argv[1:])
    sys.exit(main(asked) if asked.scale is None else draw(asked.folder, asked.scale, asked.pages))
