"""The settings page: language and look, who works here, where the data live, who can read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from diag_app import __version__
from diag_app.clock import Progress
from diag_app.operations.backup import create_backup
from diag_app.operations.workspace import Workspace
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.actor_form import ActorForm
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card, Rule
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.look_row import LookRow
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.setting_row import setting_row

_WIDTH = 920
_REST_WIDTH = 120
_RESTS = (1, 5, 10, 15, 30, 60)


class SettingsPage(Page):
    """Every choice holds at once; there is nothing to confirm."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self.look = LookRow(context)
        self.actor_form = ActorForm(theme, translate)
        self.actor_form.load(context.settings().actor)
        self.actor_form.rested.connect(self._keep_actor)
        self.folder = ElidedLabel("", theme, "dense", colour="text_2")
        self.encryption = label("", theme, "dense", colour="text_2", wrap=True)
        self.encrypt = Button(translate("Encrypt…"), theme, icon="lock", small=True)
        self.encrypt.clicked.connect(lambda: context.navigate(Target(page="protect")))
        self.access = Button(translate("Passphrase and sheet…"), theme, "text", small=True)
        self.access.clicked.connect(lambda: context.navigate(Target(page="access")))
        self.lock = Button(translate("Lock now"), theme, "text", small=True)
        self.lock.clicked.connect(context.lock)
        self.rest = ComboField(theme, translate("Lock after"), self._rests())
        self.rest.set_key(str(context.settings().auto_lock_minutes))
        self.rest.activated.connect(self._keep_rest)
        self.rest_row = self._rest_row()
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self.backup = Button(translate("Back up now…"), theme, icon="archive-restore", small=True)
        self.backup.clicked.connect(self._ask_backup)
        self.change = Button(translate("Open another workspace…"), theme, "text", small=True)
        self.change.clicked.connect(self._ask_workspace)
        self.start = Button(translate("To the start page →"), theme, "text", small=True)
        self.start.clicked.connect(lambda: context.navigate(Target(page="first_run")))
        self.arrange(scroll_area(self._lay_out(), theme))

    def open(self, target: Target) -> None:
        """Show the settings as they are now."""
        super().open(target)
        is_open = self.session.is_open
        none = self.translate("No workspace is open.")
        self.folder.set_text(str(self.session.workspace.directory) if is_open else none)
        self.backup.setEnabled(is_open)
        self._show_encryption()

    def hints(self) -> Hints:
        """Return the keys of the page."""
        translate = self.translate
        return (
            (("Tab",), translate("next field")),
            (("←", "→"), translate("change a choice")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Begin with the language."""
        self.look.language.focus_chosen()

    def flush(self) -> None:
        """Store who works here."""
        self.actor_form.flush()

    def back_up(self, directory: Path) -> None:
        """Write a backup into `directory` in the background and say where it lies."""
        job = self.context.jobs.start(_create_backup, directory)
        self.progress.follow(job, self.translate("Writing the backup"))
        job.finished.connect(self._on_backed_up)

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        card = Card(theme, padding=20)
        card.body.setSpacing(4)
        note = label(
            translate("A verified copy of everything, in a folder of its own. Keep it on another disk."),
            theme,
            "dense",
            colour="text_2",
            wrap=True,
        )
        version = label(translate("QiZhen {version}, Apache-2.0", version=__version__), theme, "dense", colour="text_2")
        rows: tuple[tuple[str, str, QWidget, tuple[QWidget, ...]], ...] = (
            ("languages", translate("Language and look"), self.look, ()),
            ("user", translate("Who works here"), self.actor_form, ()),
            ("hard-drive", translate("Workspace"), self.folder, (self.change, self.start)),
            ("lock", translate("Encryption"), self._protection(), (self.encrypt, self.lock, self.access)),
            ("archive-restore", translate("Backups"), note, (self.backup,)),
            ("info", translate("About"), version, ()),
        )
        for number, (icon, name, content, links) in enumerate(rows):
            if number:
                card.body.addWidget(Rule(theme))
            card.body.addWidget(setting_row(icon, name, content, theme, *links, is_tall=content is self.actor_form))
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 14, 0, 16)
        box.setSpacing(12)
        box.addWidget(label(translate("Settings"), theme, "title"))
        box.addWidget(card)
        box.addWidget(self.progress)
        box.addWidget(self.notice)
        box.addStretch(1)
        return bounded(content)

    def _protection(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.encryption)
        box.addWidget(self.rest_row)
        return holder

    def _rest_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(label(self.translate("Lock after"), self.theme, "dense", colour="text_2"))
        self.rest.setFixedWidth(_REST_WIDTH)
        row.addWidget(self.rest)
        row.addWidget(label(self.translate("of rest, and after sleep"), self.theme, "dense", colour="text_2"))
        row.addStretch(1)
        return holder

    def _rests(self) -> tuple[tuple[str, str], ...]:
        translate = self.translate
        return tuple((str(count), translate.plural("{count} minute", "{count} minutes", count)) for count in _RESTS)

    def _show_encryption(self) -> None:
        translate = self.translate
        is_encrypted = self.session.key is not None
        if is_encrypted:
            self.encryption.setText(translate("Encrypted. The passphrase or the recovery sheet opens it."))
        elif self.session.is_open:
            self.encryption.setText(translate("Not encrypted. Whoever gets this computer can read everything."))
        else:
            self.encryption.setText(translate("No workspace is open."))
        self.encrypt.setVisible(self.session.is_open and not is_encrypted)
        for widget in (self.lock, self.access, self.rest_row):
            widget.setVisible(is_encrypted)

    def _keep_rest(self) -> None:
        minutes = int(self.rest.key)
        self.context.change_settings(lambda now: replace(now, auto_lock_minutes=minutes))

    def _keep_actor(self) -> None:
        actor = self.actor_form.actor
        self.context.change_settings(lambda now: replace(now, name=actor.name, firm=actor.firm, device=actor.device))

    def _ask_backup(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.translate("Folder for the backup"))
        if chosen:
            self.back_up(Path(chosen))

    def _on_backed_up(self, path: Path) -> None:
        self.notice.show_notice("info", self.translate("Backed up and verified: {path}", path=path))

    def _ask_workspace(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.translate("Folder of the workspace"))
        if chosen:
            self.context.open_workspace(Path(chosen))


def _create_backup(workspace: Workspace, directory: Path, *, progress: Progress) -> Path:
    return create_backup(workspace, directory, progress=progress)
