"""The page for a roster of firms: its plan is shown first, and taken in by one button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.operations.roster import RosterImport, RosterPlan, import_roster, look_at_roster
from diag_app.ui.jobs import Job
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.roster_file import ask_roster
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.roster_view import RosterView
from diag_app.ui.widgets.scroll import bounded, scroll_area

_WIDTH = 860


class RosterPage(Page):
    """Looks at the file that the target's item names; nothing is stored before the person says so."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self.choose_file: Callable[[], Path | None] = lambda: ask_roster(self, translate)
        self.plan: RosterPlan | None = None
        self._job: Job | None = None
        self.view = RosterView(theme, translate)
        self.progress = ProgressLine(theme, translate)
        self.take_button = Button("", theme, "primary", icon="check", key="Ctrl+Enter")
        self.take_button.clicked.connect(self.take)
        self.choose_button = Button(translate("Choose a file…"), theme, key="O")
        self.choose_button.clicked.connect(self.choose)
        self.leave_button = Button(translate("Leave it"), theme)
        self.leave_button.clicked.connect(lambda: context.navigate(Target(page="firms")))
        self.arrange(scroll_area(self._lay_out(), theme))
        self.bind("Ctrl+Return", self.take)
        self.bind("O", self.choose)

    def open(self, target: Target) -> None:
        """Look at the file."""
        super().open(target)
        self._show(None)
        if target.item is None:
            return
        path = Path(target.item)
        job = self._job = self.context.jobs.start(look_at_roster, path, parent=self)
        self.progress.follow(job, self.translate("Reading {name}", name=path.name))
        job.finished.connect(lambda plan, job=job: self._on_looked(job, plan))

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return ((("Ctrl+Enter",), translate("take in")), (("O",), translate("file")), (("Esc",), translate("back")))

    def focus_first(self) -> None:
        """Begin with taking in, where something may be."""
        first = self.take_button if self.take_button.isVisibleTo(self) else self.choose_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Ask for a file and look at it."""
        path = self.choose_file()
        if path is not None:
            self.open(Target(page="roster", item=str(path)))

    def take(self) -> None:
        """Take in what the plan shows, and go to the firms."""
        if self.plan is None or not self.take_button.isEnabled() or self.target.item is None:
            return
        self.take_button.setEnabled(False)
        path = Path(self.target.item)
        job = self._job = self.context.jobs.start(import_roster, path, shown=self.plan, parent=self)
        self.progress.follow(job, self.translate("Taking in {name}", name=path.name))
        job.finished.connect(self._on_taken)
        for ended in (job.failed, job.cancelled, job.crashed):
            ended.connect(lambda *_: self._show(self.plan))

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 14, 0, 16)
        box.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self.take_button, self.choose_button, self.leave_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        box.addWidget(label(translate("Import a roster"), theme, "title"))
        box.addWidget(self.progress)
        box.addWidget(self.view)
        box.addLayout(buttons)
        box.addWidget(self.view.details)
        box.addStretch(1)
        return bounded(content)

    def _show(self, plan: RosterPlan | None) -> None:
        self.plan = plan
        self.view.show_plan(plan, Path(self.target.item or "").name)
        count = 0 if plan is None else len(plan.new) + len(plan.changed)
        self.take_button.setVisible(count > 0)
        self.take_button.setEnabled(count > 0)
        words = self.translate.plural("Take in {count} firm", "Take in {count} firms", count)
        self.take_button.set_content(words, icon="check", key="Ctrl+Enter")

    def _on_looked(self, job: Job, plan: RosterPlan) -> None:
        if job is self._job:
            self._show(plan)
            if self.isVisible():
                self.focus_first()

    def _on_taken(self, taken: RosterImport) -> None:
        self.session.announce(taken, self)
        self.context.navigate(Target(page="firms", item=""))
