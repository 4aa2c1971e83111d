"""Starting the window: the application object, the window on a workspace, and the loop that runs them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from diag_app.errors import DiagError
from diag_app.settings import LANGUAGES, Settings, load_settings, settings_path, window_state_path
from diag_app.ui.crash import install_crash_notice
from diag_app.ui.icons import icon
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.page import Target
from diag_app.ui.theme import load_fonts

_HOUR_MS = 3_600_000


def build_application(argv: Sequence[str]) -> QApplication:
    """Return the application, with the one look and the bundled fonts, or the one there is already."""
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(list(argv))
    application.setApplicationName("QiZhen")
    application.setStyle("Fusion")
    load_fonts()
    return application


def open_window(
    settings: Settings,
    workspace_dir: Path | None,
    *,
    settings_file: Path | None = None,
    state_file: Path | None = None,
) -> MainWindow:
    """Return the window, not shown yet, on the workspace in `workspace_dir`, or on the first-run page without one.

    A workspace that cannot be opened leaves the first-run page with the reason in a notice line.
    """
    window = _bare_window(settings, settings_file, state_file)
    begin(window, workspace_dir)
    return window


def begin(window: MainWindow, workspace_dir: Path | None) -> None:
    """Show the workspace, or the page for unlocking it, or where there is none the page for the first start."""
    if workspace_dir is not None:
        window.open_workspace(workspace_dir)
    if not window.session.is_open and window.locked is None:
        refused = window.frame.notice.text
        window.navigate(Target(page="first_run"))
        if refused:
            window.frame.notice.show_notice("error", refused)


def offer_bundle(window: MainWindow, bundle: Path) -> None:
    """Show the page that takes a bundle in, with this one named; an encrypted workspace is unlocked first."""
    target = Target(page="delivery", item=str(bundle.absolute()))
    if window.locked is not None:
        window.locked = target
    elif window.session.is_open:
        window.navigate(target)


def run(
    workspace_dir: Path | None,
    *,
    language: str | None = None,
    bundle: Path | None = None,
    quit_after_paint: bool = False,
) -> int:
    """Open the window and return the exit status when it is closed.

    The window is painted first, then the workspace is opened. `language` overrules the settings for this time; a
    `bundle` is offered to be taken in;
    `quit_after_paint` closes the window as soon as the workspace is open, and gives 1 when it could not be opened.
    """
    application = build_application(sys.argv)
    settings, refused = _settings(language)
    window = _bare_window(settings, settings_path(), window_state_path())
    translator = _qt_texts(settings.language)
    application.installTranslator(translator)
    if not quit_after_paint:
        install_crash_notice(lambda: window, lambda: window.frame.context.translate)
    window.jobs.crashed.connect(lambda error: sys.excepthook(type(error), error, error.__traceback__))
    remembered = Path(settings.last_workspace) if settings.last_workspace else None

    is_open = False

    def after_paint() -> None:
        nonlocal is_open
        if not window.isVisible():  # closed while it was being painted
            return
        try:
            begin(window, workspace_dir or remembered)
            is_open = window.session.is_open or window.locked is not None
            if bundle is not None:
                offer_bundle(window, bundle)
            if refused is not None:
                window.show_error(refused)
        finally:
            if quit_after_paint:
                window.close()

    window.frame.painted.connect(after_paint)
    if not quit_after_paint:
        _keep_copies_daily(window)
    window.show()
    status = application.exec()
    return 1 if quit_after_paint and workspace_dir is not None and not is_open else status


def _keep_copies_daily(window: MainWindow) -> None:
    """Keep copies after each opening, and in a window that stays open."""
    window.session.opened.connect(window.keep_copies, Qt.ConnectionType.QueuedConnection)
    hourly = QTimer(window)
    hourly.setInterval(_HOUR_MS)
    hourly.timeout.connect(window.keep_copies)
    hourly.start()


def _bare_window(settings: Settings, settings_file: Path | None, state_file: Path | None) -> MainWindow:
    window = MainWindow(settings, settings_path=settings_file, state_path=state_file)
    window.setWindowIcon(icon("clipboard-check", window.frame.context.theme, 20, colour="accent"))
    return window


def _settings(language: str | None) -> tuple[Settings, DiagError | None]:
    refused = None
    try:
        settings = load_settings(settings_path())
    except DiagError as error:
        settings, refused = Settings(), error
    if language in LANGUAGES:
        settings = replace(settings, language="zh" if language == "zh" else "en")
    return settings, refused


def _qt_texts(language: str) -> QTranslator:
    """Return Qt's own texts (file choice, buttons) in the language."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator.load(QLocale("zh_CN" if language == "zh" else "en"), "qtbase", "_", folder)
    return translator
