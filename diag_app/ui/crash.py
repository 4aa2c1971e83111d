"""What happens on a bug: the trace goes to a file, and one dialog says that nothing was lost and nothing was sent."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QMessageBox, QWidget

from diag_app.errors import DiagError, bare_trace
from diag_app.files import write
from diag_app.i18n.translator import Translator
from diag_app.paths import log_dir


def install_crash_notice(window: Callable[[], QWidget | None], translate: Callable[[], Translator]) -> None:
    """Show the notice for every exception that nobody expected, once at a time."""
    showing = False

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal showing
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = bare_trace(error.with_traceback(trace))
        sys.stderr.write(text)
        path = keep_trace(text)
        if not showing:
            showing = True
            crash_notice(text, path, translate(), window()).exec()
            showing = False

    sys.excepthook = on_exception


def crash_notice(text: str, path: Path | None, translate: Translator, parent: QWidget | None) -> QMessageBox:
    """Return the dialog; the trace is folded away in it."""
    notice = QMessageBox(parent)
    notice.setWindowTitle(translate("QiZhen 企诊"))
    notice.setIcon(QMessageBox.Icon.Warning)
    notice.setText(translate("The program made a mistake in this step."))
    where = translate("The details are in {path}.", path=path) if path is not None else ""
    calm = translate("What was shown as saved is saved. Nothing was lost, nothing was sent. You can go on working.")
    notice.setInformativeText(f"{calm} {where}".strip())
    notice.setDetailedText(text)
    notice.addButton(translate("Go on"), QMessageBox.ButtonRole.AcceptRole)
    return notice


def keep_trace(text: str) -> Path | None:
    """Write the trace into the log folder and return the file, or None when even that is refused."""
    path = log_dir() / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    with contextlib.suppress(DiagError):
        write(path, text.encode())
        return path
    return None
