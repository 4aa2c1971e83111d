"""Does this installation work on this machine: each part with what was found, and the support bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import DiagError
from diag_app.i18n.check_words import figures_line, part_name
from diag_app.operations.self_check import PARTS, Checked, self_check
from diag_app.operations.support import write_support_bundle
from diag_app.ui.jobs import Job
from diag_app.ui.models.safety import State
from diag_app.ui.pages.page import Context, Page
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

_WIDTH = 920
_ICONS = {
    "integrity": "badge-check", "libraries": "library", "fonts": "languages", "disk": "hard-drive", "clock": "history",
    "main_job": "flask-conical", "store": "layers", "printer": "file-text",
}  # fmt: skip


class SelfCheckPage(Page):
    """Replace `choose_target` to answer the file dialog, `printers` to answer for the system."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self.found: tuple[Checked, ...] = ()
        self.job: Job | None = None
        self.choose_target: Callable[[], Path | None] = self._ask_target
        self.printers: Callable[[], tuple[str, ...]] = lambda: tuple(QPrinterInfo.availablePrinterNames())
        self.lines = {part: StateLine(theme) for part in PARTS}
        self.check_button = Button(translate("Check this installation"), theme, "primary", small=True, key="C")
        self.check_button.clicked.connect(self.check)
        self.support_button = Button(translate("Support bundle…"), theme, small=True, key="S")
        self.support_button.clicked.connect(self.write_support)
        self.progress = ProgressLine(theme, translate)
        self.notice = NoticeLine(theme)
        self.arrange(scroll_area(self._lay_out(), theme))
        self.bind("C", self.check)
        self.bind("S", self.write_support)
        for line in self.lines.values():
            line.show_state(State(text=translate("not checked yet"), kind="open"))

    def check(self) -> None:
        """Check every part in the background."""
        if self.job is None:
            self.notice.clear()
            printers = self.printers()
            job = self.job = self.context.jobs.start_alone(lambda progress: self_check(printers, progress=progress))
            self.progress.follow(job, self.translate("Checking this installation"))
            for ended in (job.finished, job.failed, job.cancelled, job.crashed):
                ended.connect(self._on_ended)
            job.finished.connect(self.show_found)

    def show_found(self, found: tuple[Checked, ...]) -> None:
        """Show what was found in each part."""
        self.found = found
        for part in found:
            words = [problem_words(problem, self.translate) for problem in part.problems]
            text = " ".join(words) or figures_line(self.translate, part.part, part.figures)
            self.lines[part.part].show_state(State(text=text, kind="attention" if words else "well"))

    def write_support(self) -> None:
        """Write what helps to find a fault, with the last check in it."""
        target = self.choose_target()
        if target is not None:
            place = self.session.workspace.directory if self.session.is_open else None
            try:
                write_support_bundle(target, self.context.settings(), place, self.found)
            except DiagError as error:
                self.notice.show_error(error, self.translate)
                return
            self.notice.show_notice("info", self.translate("Written: {path}", path=target))

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return (
            (("C",), translate("check this installation")),
            (("S",), translate("write the support bundle")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Put the focus on what the page is for."""
        self.check_button.setFocus()

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        head = QHBoxLayout()
        head.addWidget(label(translate("Check this installation"), theme, "title"))
        head.addStretch(1)
        head.addWidget(self.support_button)
        head.addWidget(self.check_button)
        card = Card(theme, padding=20)
        card.body.setSpacing(4)
        for number, part in enumerate(PARTS):
            if number:
                card.body.addWidget(Rule(theme))
            card.body.addWidget(setting_row(_ICONS[part], part_name(translate, part), self.lines[part], theme))
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 14, 0, 16)
        box.setSpacing(12)
        box.addLayout(head)
        for widget in (card, self.progress, self.notice):
            box.addWidget(widget)
        note = translate("The support bundle holds versions, sizes and codes; no name, note, file name or folder.")
        box.addWidget(label(note, theme, "dense", colour="text_3", wrap=True))
        box.addStretch(1)
        return bounded(content)

    def _on_ended(self) -> None:
        self.job = None

    def _ask_target(self) -> Path | None:
        words = self.translate("Where to write the file")
        chosen, _ = QFileDialog.getSaveFileName(self, words, "qizhen-support.zip", "ZIP (*.zip)")
        return Path(chosen) if chosen else None
