"""One start, watched: `beside_child.py ours WORKSPACE` by our Python, `beside_child.py vorta` by that of Vorta.

Prints when the first paint had ended, in nanoseconds since 1970, and how many megabytes the process held in memory a
while later, when what is opened after the paint is there too.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path
from typing import Any

LATER_MS = 2000


def main(arguments: list[str]) -> int:
    """Start the app named as a person does, on its own binding of Qt."""
    which, *rest = arguments
    binding = "PySide6" if which == "ours" else "PyQt6"
    watch(importlib.import_module(f"{binding}.QtCore"), importlib.import_module(f"{binding}.QtWidgets"))
    sys.argv = ["diag", "--workspace", *rest] if which == "ours" else ["vorta"]
    module = importlib.import_module("diag_app.__main__" if which == "ours" else "vorta.__main__")
    return int(module.main() or 0)


def watch(core: Any, widgets: Any) -> None:
    """Have the event loop end a while after the first paint, and say what was seen."""

    class PaintWatch(core.QObject):  # type: ignore[misc]
        """Prints once, after the whole first paint."""

        seen = False

        def eventFilter(self, watched: Any, event: Any) -> bool:
            if event.type() == core.QEvent.Type.Paint and not self.seen:
                self.seen = True
                core.QTimer.singleShot(0, lambda: print(time.time_ns(), flush=True))
                core.QTimer.singleShot(LATER_MS, self.end)
            return False

        def end(self) -> None:
            print(megabytes(), flush=True)
            os._exit(0)  # how either ends is not what is measured

    execute, watcher = widgets.QApplication.exec, PaintWatch()

    def watched(*_: object) -> int:
        widgets.QApplication.instance().installEventFilter(watcher)
        return int(execute())

    widgets.QApplication.exec = watched


def megabytes() -> float:
    """Return what the process holds in memory that no other shares the cost of: its resident set."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
