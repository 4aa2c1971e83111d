"""Starts the frozen app away from the checkout and does the main job with it: `smoke_test.py dist/QiZhen`.

The demonstration uses every library that is imported late; the window is opened until its first paint.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from product import BUNDLE_SUFFIX

SUFFIX = ".exe" if sys.platform == "win32" else ""
LEVEL, SCORE = 2, "50.7"  # the demonstration factory's
UNWANTED = ("Qt6Qml", "Qt6Quick", "Qt6Pdf", "Qt6Network", "libgtk-3", "opengl32sw")


class FrozenApp:
    """The two programs of the folder, started with a home of their own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder = folder
        self._home = home
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))},
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_DATA_HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_STATE_HOME": str(home),
        }

    def start(self, program: str, *arguments: str) -> str:
        """Run a program; return what it prints. Ends the smoke test when the program refuses."""
        command = (str(self._folder / f"{program}{SUFFIX}"), *arguments)
        begun = time.monotonic()
        done = subprocess.run(
            command,
            cwd=self._home,
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        print(f"  {time.monotonic() - begun:5.1f} s  {program} {' '.join(arguments)}", flush=True)
        if done.returncode or "Traceback" in done.stderr:
            sys.exit(f"status {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def json(self, *arguments: str) -> Any:
        """Run a command with `--json` and return its one answer."""
        return json.loads(self.start("diag", "--json", *arguments))


def check(fact: str, *, holds: bool) -> None:
    """End the smoke test when `fact` does not hold."""
    if not holds:
        sys.exit(f"The frozen app is broken: {fact}")


def demonstrate(app: FrozenApp, folder: Path) -> None:
    """Do the main job on the demonstration factory and look at what it left."""
    answer = app.json("demo", str(folder))
    check(f"level {LEVEL} and {SCORE} points, not {answer}", holds=(answer["level"], answer["score"]) == (LEVEL, SCORE))
    files = [folder / name for name in answer["files"]]
    papers = [path for path in files if path.suffix == ".pdf"]
    check("two proposals", holds=len(papers) == len(("zh", "en")))
    check("both are PDF", holds=all(path.read_bytes().startswith(b"%PDF-") for path in papers))
    (bundle,) = [path for path in files if path.suffix == BUNDLE_SUFFIX]
    check("the bundle verifies", holds=app.json("bundle", "verify", str(bundle))["ok"])
    workspace = ("--workspace", str(folder / "workspace"))
    app.json(*workspace, "proposal", "verify", str(papers[0]))
    issue = (
        "proposal",
        "issue",
        answer["assessment_id"],
        "--format",
        "pdf,docx,xlsx",
        "--output",
        str(folder / "office"),
    )
    written = app.json(*workspace, *issue)["files"]
    check(
        "Word and Excel beside the PDF",
        holds=[Path(file["path"]).suffix for file in written] == [".pdf", ".docx", ".xlsx"],
    )
    check("search by pinyin initials", holds=len(app.json(*workspace, "enterprise", "find", "hxjm")) == 1)
    app.json(*workspace, "check", "--read-data")


def main(folder: str) -> int:
    """Run the whole smoke test on the frozen folder."""
    frozen = Path(folder).resolve()
    names = [path.name for path in frozen.rglob("*")]
    check("unused parts of Qt were pruned", holds=not [name for name in names for part in UNWANTED if part in name])
    with tempfile.TemporaryDirectory() as scratch:
        app = FrozenApp(frozen, Path(scratch))
        app.start("diag", "--version")
        app.start("diag", "receiver", "--version")
        demonstrate(app, Path(scratch) / "demo")
        app.start("QiZhen", "--workspace", str(Path(scratch) / "demo" / "workspace"), "--quit-after-paint")
    size = sum(path.stat().st_size for path in frozen.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"The frozen app works; {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
