"""The page "Your data is safe": last save, backup, second copy, what is undelivered, last drill; one action each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from diag_app.errors import Problem
from diag_app.model.ops import Changes
from diag_app.operations.drill import Drill
from diag_app.operations.safety import safety
from diag_app.operations.snapshots import SecondCopy, Snapshot
from diag_app.ui.care import check, copy_elsewhere, drill, snapshot
from diag_app.ui.jobs import Job
from diag_app.ui.models.safety import states
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card, Rule
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.setting_row import setting_row
from diag_app.ui.widgets.state_line import StateLine
from diag_app.ui.words import problem_words

_WIDTH, _SHOWN = 920, 5


class SafePage(Page):
    """Replace `choose_folder` to answer the file dialog by program."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.job: Job | None = None  # one after another
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        theme, translate = self.theme, self.translate
        self.title = label("", theme, "title")
        self.lines = {name: StateLine(theme) for name in ("save", "backup", "copy", "undelivered", "drill")}
        self.buttons = {
            "save": self._button(translate("Check everything"), "K", self.check),
            "backup": self._button(translate("Back up now"), "B", self.back_up),
            "copy": self._button(translate("Copy now"), "C", self.copy),
            "undelivered": self._button(translate("To delivery →"), "", self._to_delivery),
            "drill": self._button(translate("Run the drill"), "D", self.drill),
        }
        self.other = Button(translate("Other folder…"), theme, "text", small=True)
        self.other.clicked.connect(self.choose)
        self.progress = ProgressLine(theme, translate)
        self.notice = NoticeLine(theme)
        self.arrange(scroll_area(self._lay_out(), theme))
        for key, function in (("K", self.check), ("B", self.back_up), ("C", self.copy), ("D", self.drill)):
            self.bind(key, function)

    def open(self, target: Target) -> None:
        """Show how things stand."""
        super().open(target)
        self.notice.clear()
        self.refresh()

    def reload(self, changes: Changes) -> None:
        """Show it again; a hidden page does so when it is opened."""
        if not self.isHidden():
            self.refresh()

    def refresh(self) -> None:
        """Read the dates and the counts."""
        second = self._second()
        report = self.session.read(safety, second)
        if report is None:
            return
        for name, state in states(report, second, self.translate).items():
            self.lines[name].show_state(state)
        self.other.setVisible(second is not None)
        words = self.translate("Choose the folder…") if second is None else self.translate("Copy now")
        self.buttons["copy"].set_content(words, key="C")
        safe, not_yet = self.translate("Your data is safe"), self.translate("Not everything is safe yet")
        self.title.setText(not_yet if report.problems else safe)

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return (
            (("B",), translate("back up")),
            (("C",), translate("copy to the other disk")),
            (("D",), translate("run the drill")),
            (("K",), translate("check everything")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Put the focus on what is done most."""
        self.buttons["backup"].setFocus()

    def back_up(self) -> None:
        """Take a verified snapshot beside the data."""
        self._run(snapshot, self.translate("Writing the backup"), self._on_backed_up)

    def choose(self) -> None:
        """Ask for the folder of the second copy, and copy there at once."""
        folder = self.choose_folder()
        if folder is not None:
            self.context.change_settings(lambda now: replace(now, second_copy=str(folder)))
            self.copy()

    def copy(self) -> None:
        """Bring the second copy up to date; without a folder, ask for it first."""
        second = self._second()
        if second is None:
            self.choose()
        else:
            self._run(copy_elsewhere, self.translate("Bringing the second copy up to date"), self._on_copied, second)

    def drill(self) -> None:
        """Bring the newest copy back into a scratch folder and compare it."""
        self._run(drill, self.translate("Bringing a copy back and comparing it"), self._on_drilled)

    def check(self) -> None:
        """Read everything that is stored and compare it with what was written."""
        self._run(check, self.translate("Reading everything"), self._on_checked)

    def _button(self, words: str, key: str, function: Callable[[], None]) -> Button:
        button = Button(words, self.theme, small=True, key=key)
        button.clicked.connect(function)
        return button

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        card = Card(theme, padding=20)
        card.body.setSpacing(4)
        rows = (
            ("save", "check", translate("Last save"), ()),
            ("backup", "archive-restore", translate("Last backup"), ()),
            ("copy", "hard-drive", translate("Second copy"), (self.other,)),
            ("undelivered", "send", translate("Not delivered"), ()),
            ("drill", "badge-check", translate("Last drill"), ()),
        )
        for number, (name, icon, words, links) in enumerate(rows):
            if number:
                card.body.addWidget(Rule(theme))
            card.body.addWidget(setting_row(icon, words, self.lines[name], theme, *links, self.buttons[name]))
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 14, 0, 16)
        box.setSpacing(12)
        for widget in (self.title, card, self.progress, self.notice):
            box.addWidget(widget)
        note = translate(
            "The drill brings the newest copy back into a scratch folder, compares all of it, and tidies up."
        )
        box.addWidget(label(note, theme, "dense", colour="text_3", wrap=True))
        box.addStretch(1)
        return bounded(content)

    def _run(
        self, function: Callable[..., Any], words: str, on_finished: Callable[[Any], None], *arguments: object
    ) -> None:
        if self.job is not None:
            return
        self.notice.clear()
        job = self.job = self.context.jobs.start(function, *arguments)
        self.progress.follow(job, words)
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_ended)
        job.finished.connect(on_finished)

    def _on_ended(self) -> None:
        self.job = None
        self.refresh()

    def _on_backed_up(self, taken: Snapshot) -> None:
        self.notice.show_notice("info", self.translate("Backed up and verified: {path}", path=taken.path))

    def _on_copied(self, copy: SecondCopy) -> None:
        self.notice.show_notice("info", self.translate("The second copy is up to date: {path}", path=copy.folder))

    def _on_drilled(self, found: Drill) -> None:
        self._say(found.problems, self.translate("Everything came back, compared item by item."))

    def _on_checked(self, problems: tuple[Problem, ...]) -> None:
        self._say(problems, self.translate("Everything is as it was written."))

    def _say(self, problems: tuple[Problem, ...], well: str) -> None:
        if not problems:
            self.notice.show_notice("info", well)
            return
        words = [problem_words(problem, self.translate) for problem in problems[:_SHOWN]]
        more = len(problems) - len(words)
        if more:
            words.append(self.translate.plural("{count} more.", "{count} more.", more))
        self.notice.show_notice("error", "\n".join(words))

    def _second(self) -> Path | None:
        second = self.context.settings().second_copy
        return None if second is None else Path(second)

    def _to_delivery(self) -> None:
        self.context.navigate(Target(page="delivery"))

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, self.translate("Folder for the second copy, on another disk"))
        return Path(chosen) if chosen else None
