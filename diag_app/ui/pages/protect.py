"""The page for encryption: what it does, a passphrase or knowingly none, then the recovery sheet, typed back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from diag_app.clock import Progress
from diag_app.errors import DiagError
from diag_app.operations.policy import load_policy
from diag_app.operations.security import (
    RecoverySheet,
    confirm_sheet,
    create_encrypted_workspace,
    encrypt_workspace,
    unlock,
)
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.encryption_choice import EncryptionChoice
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.sheet_steps import SheetSteps
from diag_app.ui.words import problem_words

_WIDTH = 860


class ProtectPage(Page):
    """Encrypts the open workspace, or makes a new one in the folder that the target's item names.

    While it works, and while the words of the sheet are shown, the page cannot be left.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self._directory = Path()
        self._key: bytes | None = None
        self.title: QLabel = label("", theme, "title")
        self.choice = EncryptionChoice(theme, translate)
        self.choice.encrypted.connect(self.encrypt)
        self.choice.plain.connect(self.go_plain)
        self.sheet = SheetSteps(theme, translate)
        self.sheet.confirmed.connect(self._on_confirmed)
        self.steps = QStackedWidget()
        self.steps.addWidget(self.choice)
        self.steps.addWidget(self.sheet)
        self.progress = ProgressLine(theme, translate)
        self.notice = NoticeLine(theme)
        self.arrange(scroll_area(self._lay_out(), theme))

    @property
    def is_new(self) -> bool:
        """Return whether a workspace is to be made."""
        return self.target.item is not None

    def open(self, target: Target) -> None:
        """Offer the choice."""
        super().open(target)
        translate = self.translate
        self._directory = Path(target.item) if target.item is not None else self.session.workspace.directory
        self.title.setText(translate("Protect the data") if self.is_new else translate("Encrypt this workspace"))
        self.choice.set_new(self.is_new)
        self.notice.clear()
        self._say_escrow()
        self.steps.setCurrentWidget(self.choice)

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return ((("Tab",), translate("next field")), (("Enter",), translate("go on")), (("Esc",), translate("back")))

    def focus_first(self) -> None:
        """Begin with the passphrase."""
        if self.steps.currentWidget() is self.choice:
            self.choice.passphrase.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def encrypt(self) -> None:
        """Make the encrypted workspace, or encrypt the open one, in the background."""
        passphrase = self.choice.passphrase.take() if not self.is_held else None
        if passphrase is None:
            return
        directory, is_new, language = self._directory, self.is_new, self.translate.language

        def work(progress: Progress) -> tuple[RecoverySheet, bytes]:
            if is_new:
                sheet = create_encrypted_workspace(directory, passphrase, language=language)
            else:
                sheet = encrypt_workspace(directory, passphrase, language=language, progress=progress).sheet
            return sheet, unlock(directory, words=" ".join(sheet.words))

        self._hold(True)
        if not is_new:
            self.context.close_workspace()
        job = self.context.jobs.start_alone(work, is_quiet=True)
        self.progress.follow(job, self.translate("Encrypting"))
        job.finished.connect(self._on_encrypted)
        job.failed.connect(self._on_refused)
        for ended in (job.cancelled, job.crashed):
            ended.connect(self._on_stopped)

    def go_plain(self) -> None:
        """Make the new workspace without encryption, as the person chose."""
        self.context.open_workspace(self._directory)
        self._go_on()

    def _lay_out(self) -> QWidget:
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 18, 0, 16)
        box.setSpacing(12)
        for widget in (self.title, self.steps, self.progress, self.notice):
            box.addWidget(widget)
        box.addStretch(1)
        return bounded(content, margin=24, is_centred=True)

    def _say_escrow(self) -> None:
        """Say beforehand who else will be able to open the workspace."""
        try:
            recipient = load_policy().escrow_recipient
        except DiagError as error:
            self.notice.show_error(error, self.translate)
            return
        if recipient is not None:
            sentence = self.translate(
                "Your organisation ({recipient}) will be able to open it too; each such opening is logged.",
                recipient=recipient,
            )
            self.notice.show_notice("info", sentence)

    def _hold(self, held: bool) -> None:
        self.is_held = held
        self.choice.set_busy(held)

    def _on_encrypted(self, made: tuple[RecoverySheet, bytes]) -> None:
        sheet, self._key = made
        self.steps.setCurrentWidget(self.sheet)
        self.sheet.begin(sheet.words)

    def _on_confirmed(self) -> None:
        words, key = " ".join(self.sheet.words), self._key
        self.sheet.clear()
        self._key = None
        self._hold(False)
        try:
            confirm_sheet(self._directory, words)
        except DiagError as error:
            self.session.failed.emit(error)
            return
        self.context.open_workspace(self._directory, key)
        self._go_on()

    def _on_refused(self, error: DiagError) -> None:
        self._on_stopped()
        if error.code == "PASSPHRASE_SHORT":
            self.choice.passphrase.show_error(problem_words(error, self.translate))
        else:
            self.notice.show_error(error, self.translate)

    def _on_stopped(self) -> None:
        """Nothing was encrypted: the workspace is as it was before, and open again."""
        self._hold(False)
        if not self.is_new:
            self.context.open_workspace(self._directory)
            self.context.navigate(self.target)

    def _go_on(self) -> None:
        if self.session.is_open:
            self.context.navigate(self.target.then or Target(page="new_firm" if self.is_new else "settings"))
