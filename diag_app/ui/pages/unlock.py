"""The page for unlocking: a passphrase, the recovery sheet, or the organisation's key; nothing else is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.clock import Progress
from diag_app.errors import DiagError
from diag_app.files import read
from diag_app.operations.security import key_status, unlock
from diag_app.ui.icons import icon
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.form import FormRow
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.secret_field import SecretField
from diag_app.ui.widgets.text_field import TextField
from diag_app.ui.words import problem_words

_WIDTH, _IDENTITY_LIMIT = 460, 64 * 1024


class UnlockPage(Page):
    """The target's item is the folder of the workspace. What is typed is forgotten as soon as it was tried."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choose_identity: Callable[[], Path | None] = self._ask_identity
        theme, translate = self.theme, self.translate
        self.folder = ElidedLabel("", theme, "caption", colour="text_3")
        self.passphrase = SecretField(theme, translate("Passphrase"))
        self.words = TextField(theme, translate("The 24 words of the recovery sheet"), lines=4)
        self.words.editor.setUndoRedoEnabled(False)
        self.by_passphrase = FormRow(translate("Passphrase"), self.passphrase, theme)
        note = translate("In their order, with spaces between them.")
        self.by_sheet = FormRow(translate("The 24 words of the recovery sheet"), self.words, theme, note=note)
        self.button = Button(translate("Unlock"), theme, "primary", icon="lock-open")
        self.other = Button("", theme, "text", small=True)
        self.leave = Button(translate("To the start page →"), theme, "text", small=True)
        self.identity = Button(translate("Use the organisation's key…"), theme, "text", small=True)
        self.identity.clicked.connect(self.use_identity)
        self.passphrase.returnPressed.connect(self.unlock)
        self.button.clicked.connect(self.unlock)
        self.other.clicked.connect(lambda: self._use_sheet(not self._is_sheet()))
        self.leave.clicked.connect(lambda: context.navigate(Target(page="first_run")))
        self.passphrase.textEdited.connect(lambda _text: self.by_passphrase.show_note())
        self.arrange(scroll_area(self._lay_out(), theme))
        self.bind("Ctrl+Return", self.unlock)
        self._use_sheet(False)

    def open(self, target: Target) -> None:
        """Ask for the passphrase of the workspace in the target's folder."""
        super().open(target)
        self.folder.set_text(target.item or "")
        self._forget()
        self._use_sheet(False)
        self.identity.setVisible(_has_escrow(Path(target.item or "")))

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return ((("Enter", "Ctrl+Enter"), translate("unlock")), (("Tab",), translate("next field")))

    def focus_first(self) -> None:
        """Begin where something is to be typed."""
        (self.words if self._is_sheet() else self.passphrase).setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Forget what is typed."""
        self._forget()

    def unlock(self) -> None:
        """Try what is typed, in the background: it takes about a second, on purpose."""
        if not self.button.isEnabled():
            return
        is_sheet = self._is_sheet()
        secret = self.words.text() if is_sheet else self.passphrase.take()
        self._forget()
        if not secret.strip():
            self.focus_first()
            return
        self._attempt("words" if is_sheet else "passphrase", secret)

    def use_identity(self) -> None:
        """Open it with the identity file of the organisation the key was deposited with."""
        path = self.choose_identity()
        if path is None or not self.button.isEnabled():
            return
        try:
            text = read(path, limit=_IDENTITY_LIMIT).decode(errors="replace")
        except DiagError as error:
            self._on_refused(error)
            return
        self._attempt("identity", text)

    def _attempt(self, way: str, secret: str) -> None:
        directory = Path(self.target.item or "")

        def attempt(_progress: Progress) -> bytes:
            return unlock(directory, **{way: secret})

        self.button.setEnabled(False)
        self._row().show_note(self.translate("Being checked…"))
        job = self.context.jobs.start_alone(attempt, is_quiet=True)
        for ended in (job.finished, job.failed, job.cancelled, job.crashed):
            ended.connect(self._on_ended)
        job.finished.connect(self._on_unlocked)
        job.failed.connect(self._on_refused)

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        card = Card(theme, padding=24)
        picture = QLabel()
        picture.setPixmap(icon("lock", theme, 28, colour="accent").pixmap(28, 28))
        card.body.addWidget(picture)
        card.body.addWidget(label(translate("The workspace is locked"), theme, "heading"))
        card.body.addWidget(self.folder)
        card.body.addSpacing(6)
        card.body.addWidget(self.by_passphrase)
        card.body.addWidget(self.by_sheet)
        card.body.addWidget(self.button)
        links = QHBoxLayout()
        links.addWidget(self.other)
        links.addStretch(1)
        links.addWidget(self.leave)
        card.body.addLayout(links)
        card.body.addWidget(self.identity)
        card.setMaximumWidth(_WIDTH)
        outer = QWidget()
        column = QVBoxLayout(outer)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addWidget(bounded(card, margin=0, is_centred=True))
        column.addStretch(3)
        return outer

    def _is_sheet(self) -> bool:
        return not self.by_sheet.isHidden()

    def _row(self) -> FormRow:
        return self.by_sheet if self._is_sheet() else self.by_passphrase

    def _use_sheet(self, is_sheet: bool) -> None:
        self._forget()
        self.by_sheet.setVisible(is_sheet)
        self.by_passphrase.setVisible(not is_sheet)
        self._row().show_note()
        translate = self.translate
        self.other.set_content(translate("Use the passphrase") if is_sheet else translate("Use the recovery sheet"))
        self.focus_first()

    def _forget(self) -> None:
        self.passphrase.take()
        self.words.load("")

    def _on_ended(self) -> None:
        self.button.setEnabled(True)
        self._row().show_note()
        self.focus_first()

    def _ask_identity(self) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.translate("The organisation's identity file"))
        return Path(chosen) if chosen else None

    def _on_unlocked(self, key: bytes) -> None:
        self.context.open_workspace(Path(self.target.item or ""), key)

    def _on_refused(self, error: DiagError) -> None:
        self._row().show_error(problem_words(error, self.translate))


def _has_escrow(directory: Path) -> bool:
    try:
        return bool(key_status(directory).escrow_recipients)
    except DiagError:
        return False  # trying the passphrase says what is wrong with the key file
