"""The page for the ways into an encrypted workspace: a new passphrase, a new sheet, and plain copies from before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from diag_app.clock import Progress
from diag_app.errors import DiagError
from diag_app.operations.security import (
    RecoverySheet,
    StoreKey,
    change_passphrase,
    confirm_sheet,
    key_status,
    plain_copies,
    remove_plain_copies,
    renew_sheet,
)
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.new_passphrase import NewPassphrase
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.sheet_steps import SheetSteps
from diag_app.ui.words import problem_words

_WIDTH = 860


class AccessPage(Page):
    """Works on the open workspace, whose key is at hand: no data is written anew."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self.passphrase = NewPassphrase(theme, translate)
        self.change = Button(translate("Change the passphrase"), theme, "primary")
        self.state = label("", theme, "dense", colour="text_2", wrap=True)
        self.escrow = label("", theme, "dense", colour="text_2", wrap=True)
        self.renew = Button(translate("Make a new sheet"), theme)
        self.copies = label("", theme, "dense", colour="text_2", wrap=True)
        self.remove = Button(translate("Remove the plain copies"), theme)
        self.sheet = SheetSteps(theme, translate)
        self.notice = NoticeLine(theme)
        self.passphrase.entered.connect(self.change_passphrase)
        self.change.clicked.connect(self.change_passphrase)
        self.renew.clicked.connect(self.renew_sheet)
        self.remove.clicked.connect(self.remove_copies)
        self.sheet.confirmed.connect(self._on_confirmed)
        self.steps = QStackedWidget()
        self.steps.addWidget(self._ways())
        self.steps.addWidget(self.sheet)
        self.arrange(scroll_area(self._lay_out(), theme))

    def open(self, target: Target) -> None:
        """Show the ways in as they are now."""
        super().open(target)
        self.notice.clear()
        self._show_state()

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return ((("Tab",), translate("next field")), (("Enter",), translate("go on")), (("Esc",), translate("back")))

    def focus_first(self) -> None:
        """Begin with the passphrase."""
        if not self.is_held:
            self.passphrase.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def change_passphrase(self) -> None:
        """Let the new passphrase open the workspace instead of the old one."""
        passphrase = self.passphrase.take() if self.change.isEnabled() else None
        if passphrase is None:
            return
        directory, key = self._place()

        def work(_progress: Progress) -> None:
            change_passphrase(directory, key, passphrase)

        self.change.setEnabled(False)
        job = self.context.jobs.start_alone(work, is_quiet=True)
        job.finished.connect(self._on_changed)
        job.failed.connect(self._on_refused)
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_ended)

    def renew_sheet(self) -> None:
        """Make a new sheet and show its words; the old one opens nothing from now on."""
        directory, key = self._place()
        try:
            made: RecoverySheet = renew_sheet(directory, key, language=self.translate.language)
        except DiagError as error:
            self.notice.show_error(error, self.translate)
            return
        self.is_held = True
        self.steps.setCurrentWidget(self.sheet)
        self.sheet.begin(made.words)

    def remove_copies(self) -> None:
        """Remove the backups from before encryption, which anyone can read."""
        directory, _ = self._place()
        try:
            remove_plain_copies(directory, plain_copies(directory))
        except DiagError as error:
            self.notice.show_error(error, self.translate)
        self._show_state()
        self.focus_first()

    def _ways(self) -> QWidget:
        theme, translate = self.theme, self.translate
        left, right = Card(theme, padding=20), Card(theme, padding=20)
        left.body.addWidget(label(translate("Passphrase"), theme, "strong"))
        left.body.addWidget(self.passphrase)
        left.body.addWidget(self.change)
        left.body.addStretch(1)
        right.body.addWidget(label(translate("The recovery sheet"), theme, "strong"))
        for widget in (self.state, self.renew, self.escrow, self.copies, self.remove):
            right.body.addWidget(widget)
        right.body.addStretch(1)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        return holder

    def _lay_out(self) -> QWidget:
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 14, 0, 16)
        box.setSpacing(12)
        box.addWidget(label(self.translate("Passphrase and sheet"), self.theme, "title"))
        box.addWidget(self.steps)
        box.addWidget(self.notice)
        box.addStretch(1)
        return bounded(content)

    def _place(self) -> tuple[Path, StoreKey]:
        return self.session.workspace.directory, StoreKey(self.session.key or b"")

    def _show_state(self) -> None:
        translate, (directory, _) = self.translate, self._place()
        try:
            status, copies = key_status(directory), plain_copies(directory)
        except DiagError as error:
            self.notice.show_error(error, translate)
            return
        confirmed = translate("It was typed back from the paper. A new one takes its place; the old one opens nothing.")
        open_point = translate("It was never typed back, so nobody knows whether the paper is right. Make a new one.")
        self.state.setText(confirmed if status.is_sheet_confirmed else open_point)
        recipients = ", ".join(status.escrow_recipients)
        self.escrow.setText(translate("The organisation {recipient} can open it too.", recipient=recipients))
        self.escrow.setVisible(bool(recipients))
        words = translate.plural(
            "{count} backup from before encryption can be read by anyone.",
            "{count} backups from before encryption can be read by anyone.",
            len(copies),
        )
        self.copies.setText(words)
        for widget in (self.copies, self.remove):
            widget.setVisible(bool(copies))

    def _on_changed(self) -> None:
        self.notice.show_notice("info", self.translate("From now on the new passphrase opens the workspace."))

    def _on_refused(self, error: DiagError) -> None:
        self.passphrase.show_error(problem_words(error, self.translate))

    def _on_ended(self) -> None:
        self.change.setEnabled(True)

    def _on_confirmed(self) -> None:
        directory, _ = self._place()
        try:
            confirm_sheet(directory, " ".join(self.sheet.words))
        except DiagError as error:
            self.notice.show_error(error, self.translate)
        self.sheet.clear()
        self.is_held = False
        self.steps.setCurrentIndex(0)
        self._show_state()
        self.focus_first()
