"""The main window: where one is, how one gets elsewhere, and what went wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit

from diag_app.errors import DiagError, Problem
from diag_app.files import write
from diag_app.i18n.translator import load_translator
from diag_app.model.ops import Changes
from diag_app.settings import Appearance, Settings, save_settings
from diag_app.ui.appearance import apply_theme, theme_name
from diag_app.ui.auto_lock import AutoLock
from diag_app.ui.case_header import STEPS
from diag_app.ui.case_targets import is_gone, with_assessment
from diag_app.ui.commands import EVERYWHERE, commands_of
from diag_app.ui.evidence_desk import EvidenceDesk
from diag_app.ui.finder import Finder
from diag_app.ui.frame import Frame
from diag_app.ui.jobs import Jobs, Place
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.pages.registry import RAIL_OF_PAGE, WITHOUT_WORKSPACE
from diag_app.ui.session import Session
from diag_app.ui.standing import Standing
from diag_app.ui.theme import Theme
from diag_app.ui.touch import TouchMode
from diag_app.ui.tour import Tour
from diag_app.ui.trial import Trial
from diag_app.ui.turning import turn_back
from diag_app.ui.window_state import restore_geometry, saved_geometry
from diag_app.ui.words import problem_words

_HISTORY = 50
_DIALOG_MS = 200


class MainWindow(QMainWindow):
    """Owns session, jobs and the frame. `settings_path` is where choices are kept, null to keep none."""

    frame: Frame

    def __init__(self, settings: Settings, *, settings_path: Path | None, state_path: Path | None) -> None:
        super().__init__()
        self.settings = settings
        self._settings_path, self._state_path = settings_path, state_path
        self.session = Session(self)
        self.jobs = Jobs(self)
        self.trial = Trial(self)
        self.tour = Tour(self)
        self.evidence = EvidenceDesk(self.session, self.jobs, self)
        self.target = Target(page="")
        self.locked: Target | None = None  # where to go on once the workspace named on the page for unlocking is open
        self._visited: list[Target] = []
        self.auto_lock = AutoLock(lambda: self.settings.auto_lock_minutes, lambda: self.jobs.is_busy, parent=self)
        self.auto_lock.due.connect(self.lock)
        self.standing = Standing(self.session, lambda: self.frame, lambda: self.target)
        self.finder = Finder(self, self.session, lambda: self.frame, lambda: self.target)
        self.touch = TouchMode(self)
        self.touch.changed.connect(self._on_touch)
        self.session.changed.connect(self._on_changed)
        self.session.failed.connect(self.show_error)
        self.jobs.failed.connect(self.show_error)
        self.setMinimumSize(640, 400)
        self.frame = self._build()
        self._bind_keys()
        restore_geometry(self, state_path)

    # Where one is

    def navigate(self, target: Target) -> None:
        """Show `target`; a page of a case without an assessment opens the newest one, or starts the first."""
        if self._is_held() or (self.locked is not None and target.page != "first_run"):
            return
        self.locked = None
        if target.page not in WITHOUT_WORKSPACE and not self.session.is_open:
            target = Target(page="first_run")
        self._leave()
        found = with_assessment(self.session, target)
        if found is not None:
            if self.target.page and found.page != self.target.page:
                self._visited = [*self._visited[-_HISTORY:], self.target]
            self._open(found)

    def go_back(self) -> None:
        """Leave a text field, or take one step back: inside the page, else to the page before."""
        page = self.frame.page
        if self.finder.is_open:
            self.finder.close()
        elif page is not None and isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            page.focus_first()
        elif not self._is_held() and (page is None or not page.go_back()) and self._visited:
            self._leave()
            self._open(self._visited.pop())

    def open_workspace(self, directory: Path, key: bytes | None = None) -> None:
        """Open the workspace in `directory` and show its firms; a refusal is shown in the page and changes nothing.

        An encrypted one is opened by its `key`, at the place where it was locked; without the key it asks for it.
        """
        from diag_app.ui.after_paint import is_encrypted  # noqa: PLC0415 - the first paint does not wait for it

        self._leave()
        if key is None and is_encrypted(directory):
            self._ask_key(directory, Target(page="firms"))
        elif self._connect(directory, key):
            self._keep(replace(self.settings, last_workspace=str(directory)))
            target, self.locked = self.locked or Target(page="firms"), None
            self._visited = []
            self._open(target)
            self.standing.refresh()
            self._say_opening()

    def keep_copies(self) -> None:
        """Keep the day's backup and second copy in the background, and say when the monthly drill is due."""
        if not self.session.is_open or self.session.elsewhere is not None:
            return
        from diag_app.ui.after_paint import look_after  # noqa: PLC0415

        second = self.settings.second_copy
        job = self.jobs.start(look_after, None if second is None else Path(second))
        job.finished.connect(self._on_kept)

    def close_workspace(self) -> None:
        """Close every handle on the workspace and forget its key, as a step on the way to another opening."""
        self._leave()
        self.auto_lock.stop()
        self.jobs.forget()
        self.trial.end()
        self.evidence.forget()
        self.session.close()
        self.frame.rail.set_open(False)

    def lock(self) -> None:
        """Store what is typed, drop the key and all that is shown, and ask for the passphrase; the place is kept.

        Does nothing without an encrypted workspace. An open dialog is closed first.
        """
        if self.session.key is None:
            return
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is not None:
            dialog.close()
            QTimer.singleShot(_DIALOG_MS, self.lock)
            return
        self._leave()
        self._ask_key(self.session.workspace.directory, self.target)

    def change_settings(self, change: Callable[[Settings], Settings]) -> None:
        """Keep the changed settings and act on them: another look or language builds everything anew, in its place."""
        before, settings = self.settings, change(self.settings)
        self._keep(settings)
        if self.session.is_open:
            from diag_app.ui.after_paint import record_settings  # noqa: PLC0415 - the first paint does not wait for it

            self.session.read(record_settings, before, settings)
        if before.actor != settings.actor and self.session.is_open:
            self._connect(self.session.workspace.directory, self.session.key)
        if (before.language, before.theme) != (settings.language, settings.theme):
            self._rebuild()

    # What happened

    def show_error(self, error: DiagError) -> None:
        """Say in the page what was refused and what to do."""
        translate = self.frame.context.translate
        self.frame.notice.show_error(error, translate, ((translate("Close"), self.frame.notice.clear),))

    def undo(self) -> None:
        """Take back the last operation of the open case, or of the workspace where no case is open."""
        self._turn_back(redo=False)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._turn_back(redo=True)

    # Commands, named in `commands`

    def open_palette(self) -> None:
        """Let the person search everything."""
        if self.locked is None:
            self.finder.open()

    def add_firm(self) -> None:
        """Show the page for a new firm."""
        self.navigate(Target(page="new_firm"))

    def show_keys(self) -> None:
        """Show the keys."""
        self.navigate(Target(page="keys"))

    def focus_next_pane(self) -> None:
        """Put the focus into the next part of the window."""
        self.frame.focus_next_pane()

    def switch_language(self) -> None:
        """Change between Chinese and English."""
        self.change_settings(lambda old: replace(old, language="en" if old.language == "zh" else "zh"))

    def switch_appearance(self) -> None:
        """Change between light and dark."""
        other: Appearance = "light" if self.frame.context.theme.name == "dark" else "dark"
        self.change_settings(lambda old: replace(old, theme=other))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc; show the keys on ?, which some keyboards send with Shift and the shortcut then misses."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_Question:
            self.show_keys()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Count input to this window from now on."""
        super().showEvent(event)
        self.auto_lock.watch(self.windowHandle())
        self.touch.watch(self.windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the frame to the new size."""
        super().resizeEvent(event)
        self.frame.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what is typed, then close the workspace."""
        self._leave()
        if self._state_path is not None:
            with contextlib.suppress(DiagError):
                write(self._state_path, saved_geometry(self))
        self.jobs.close()
        self.session.close()
        super().closeEvent(event)

    # Inside

    def _build(self) -> Frame:
        theme = Theme(theme_name(self.settings.theme))
        apply_theme(theme)
        context = Context(
            session=self.session,
            theme=theme,
            translate=load_translator(self.settings.language),
            jobs=self.jobs,
            settings=lambda: self.settings,
            navigate=self.navigate,
            change_settings=self.change_settings,
            open_workspace=self.open_workspace,
            close_workspace=self.close_workspace,
            lock=self.lock,
            undo=self.undo,
            trial=self.trial,
            tour=self.tour,
            evidence=self.evidence,
        )
        frame = Frame(context)
        self.finder.attach(frame)
        frame.header.step_chosen.connect(self._open_step)
        frame.rail.set_open(self.session.is_open)
        self.setCentralWidget(frame)
        return frame

    def _rebuild(self) -> None:
        self._leave()
        self._renew()

    def _renew(self) -> None:
        old = self.frame
        self.takeCentralWidget()
        self.frame = self._build()
        self.frame.set_touch(self.touch.is_touch)
        old.hide()
        old.deleteLater()
        self._open(self.target)
        self.standing.refresh()

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            f"Alt+{number}": self._step_opener(step) for number, step in enumerate(STEPS, start=1)
        }
        for command in commands_of(EVERYWHERE):
            keys |= {key: getattr(self, command.act) for key in command.keys if command.act}
        for sequence, function in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(function)

    def _step_opener(self, step: str) -> Callable[[], None]:
        return lambda: self._open_step(step)

    def _open_step(self, step: str) -> None:
        if self.target.enterprise_id is not None:
            self.navigate(replace(self.target, page=step, item=None))

    def _connect(self, directory: Path, key: bytes | None) -> bool:
        try:
            self.session.open(directory, self.settings.actor, key)
        except DiagError as error:
            self.show_error(error)
            return False
        is_read_only = self.session.elsewhere is not None
        self.jobs.use(Place(directory=directory, actor=self.settings.actor, key=key, is_read_only=is_read_only))
        if key is None:
            self.auto_lock.stop()
        else:
            self.auto_lock.start()
        return True

    def _ask_key(self, directory: Path, then: Target) -> None:
        """Ask for the passphrase in a frame of its own: nothing of the pages before remains."""
        self.close_workspace()
        self._visited = []
        self.locked, self.target = then, Target(page="unlock", item=str(directory))
        self._renew()

    def _say_opening(self) -> None:
        """Say what is to be known of this opening: read only, or an identity of its own."""
        notices, translate = self.session.notices, self.frame.context.translate
        if notices:
            again = (
                translate("Open again"),
                lambda: self.open_workspace(self.session.workspace.directory, self.session.key),
            )
            close = (translate("Close"), self.frame.notice.clear)
            links = (again, close) if self.session.elsewhere is not None else (close,)
            self.frame.notice.show_notice("warning", problem_words(notices[0], translate), links)

    def _on_kept(self, problems: tuple[Problem, ...]) -> None:
        if not problems or self.frame.notice.isVisible():
            return
        translate = self.frame.context.translate
        links = (
            (translate("Look after the data"), lambda: self.navigate(Target(page="safe"))),
            (translate("Close"), self.frame.notice.clear),
        )
        self.frame.notice.show_notice("info", problem_words(problems[0], translate), links)

    def _is_held(self) -> bool:
        return self.frame.page is not None and self.frame.page.is_held

    def _leave(self) -> None:
        page = self.frame.page
        if page is not None:
            page.flush()
        self.frame.notice.clear()

    def _open(self, target: Target) -> None:
        self.target = target
        self.trial.leave(target.assessment_id)
        self.finder.remember(f"page:{target.page}")
        page = self.frame.page_named(target.page)
        self.frame.stack.setCurrentWidget(page)
        page.open(target)
        has_case = target.enterprise_id is not None
        self.frame.set_bare(target.page == "unlock")
        self.frame.header.setVisible(has_case)
        self.frame.rail.set_here("firms" if has_case else RAIL_OF_PAGE.get(target.page, target.page))
        self.frame.rail.set_open(self.session.is_open)
        page.focus_first()
        if self.touch.is_touch:
            self.frame.fit_targets()
        self.standing.show()

    def _on_touch(self, is_touch: bool) -> None:
        self.frame.set_touch(is_touch)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        self.frame.notice.clear()
        self.standing.turned_back = ""
        if not changes.operation.startswith("record_") and is_gone(self.session, self.target):
            self._open(replace(self.target, page="profile", assessment_id=None, item=None))
        for page in self.frame.pages:
            if page is not initiator:
                page.reload(changes)
        if self.touch.is_touch:
            self.frame.fit_targets()
        self.standing.refresh(changes)

    def _turn_back(self, *, redo: bool) -> None:
        if not self.session.is_open:
            return
        words = turn_back(self.session, self.target, self.frame.context.translate, redo=redo)
        if words:
            self.standing.turned_back = words

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        if self._settings_path is not None:
            try:
                save_settings(settings, self._settings_path)
            except DiagError as error:
                self.show_error(error)
