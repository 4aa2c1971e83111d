"""One start, watched: `paint_child.py app WORKSPACE` or `paint_child.py bare` prints when the first paint has ended.

The time is that of the machine, in nanoseconds since 1970, so that the parent can subtract its own.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class PaintWatch(QObject):
    """Prints the time once the first paint of all widgets is over, then ends the loop."""

    def __init__(self) -> None:
        super().__init__()
        self._seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint event; a timer of zero fires when the whole paint it belongs to is over."""
        if event.type() is QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._stamp)
        return False

    def _stamp(self) -> None:
        print(time.time_ns(), flush=True)
        QApplication.quit()


def watch_loop() -> None:
    """Have every event loop started from here on watched."""
    execute: Callable[[], int] = QApplication.exec
    watch = PaintWatch()

    def watched(*_: object) -> int:
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(watch)
        return execute()

    setattr(QApplication, "exec", watched)  # noqa: B010  an assignment would change a method for the type checker


def bare() -> int:
    """Show an empty main window of the usual size."""
    application = QApplication([])
    window = QMainWindow()
    window.resize(1200, 800)
    window.show()
    return application.exec()


def app(workspace: str) -> int:
    """Start the app as a person does, on a workspace."""
    from diag_app.__main__ import main  # noqa: PLC0415  the bare window must not pay for it

    sys.argv = ["diag", "--workspace", workspace]
    return main()


if __name__ == "__main__":
    watch_loop()
    sys.exit(bare() if sys.argv[1] == "bare" else app(sys.argv[2]))
