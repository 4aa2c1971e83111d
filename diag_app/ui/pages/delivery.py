"""The delivery page: what is not delivered, writing it to a stick, taking in a bundle, and a backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.clock import Progress
from diag_app.errors import refuse
from diag_app.model.ops import Changes
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import Imported, SealedBundle, export_bundle, import_bundle, verify_bundle
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.export_log import UndeliveredCase, find_exports, undelivered
from diag_app.operations.handover import find_custody, hand_over, take_over
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.counts import CasesModel, ClassesModel, ExportsModel
from diag_app.ui.models.figures import size_text
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.count_table import CountTable
from diag_app.ui.widgets.hand_over_card import HandOverCard
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.task_card import TaskCard


class DeliveryPage(Page):
    """Delivery of one case, or of the whole workspace when no case is open.

    Replace `choose_target`, `choose_bundle` and `choose_folder` to answer the file dialogs by program.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choose_target: Callable[[str], Path | None] = self._ask_target
        self.choose_bundle: Callable[[], Path | None] = self._ask_bundle
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        theme, translate = context.theme, context.translate
        self.count = label("", theme, "body", colour="text_2")
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self.write_card = TaskCard(
            theme,
            "usb",
            translate("To a stick or folder"),
            "",
            translate("Write bundle…"),
            key="B",
            kind="primary",
        )
        self.write_card.started.connect(self.write)
        self.import_card = TaskCard(
            theme,
            "inbox",
            translate("From another machine"),
            translate("Verified first, then taken in whole or not at all. A second time changes nothing."),
            translate("Import bundle…"),
            key="I",
        )
        self.import_card.started.connect(self.take_in)
        self.backup_card = TaskCard(
            theme,
            "archive-restore",
            translate("Backup of this machine"),
            translate("A verified copy of everything here, evidence included."),
            translate("Back up now…"),
            key="S",
        )
        self.backup_card.started.connect(self.back_up)
        self.hand_over_card = HandOverCard(theme, translate)
        self.hand_over_card.handed_over.connect(self.hand_over)
        self.hand_over_card.taken_over.connect(self.take_over)
        self.fill_in_button = Button(
            translate("Fill-in sheet for the official system"),
            theme,
            "text",
            icon="clipboard-list",
            key="F",
            small=True,
        )
        self.fill_in_button.clicked.connect(self.open_fill_in)
        self.classes = ClassesModel(translate, self)
        self.cases = CasesModel(translate, self)
        self.exports = ExportsModel(translate, self)
        self.class_table = CountTable(self.classes, theme, translate("Not delivered, by class"), widths={1: 64}, wide=0)
        self.case_table = CountTable(
            self.cases, theme, translate("Not delivered, by firm"), widths={1: 64, 2: 200}, wide=0
        )
        self.export_table = CountTable(
            self.exports, theme, translate("Handed over"), widths={0: 140, 2: 80, 3: 64, 4: 84, 5: 200}, wide=1
        )
        self.no_exports = label(
            translate("Nothing written yet. Only a receipt makes an item delivered."),
            theme,
            "dense",
            colour="text_2",
            wrap=True,
        )
        self.arrange(scroll_area(self._centre(), theme))
        for key, function in (
            ("B", self.write),
            ("I", self.take_in),
            ("S", self.back_up),
            ("F", self.open_fill_in),
            ("H", self.name_colleague),
        ):
            self.bind(key, function)

    def open(self, target: Target) -> None:
        """Show the counts as they stand."""
        if target.enterprise_id != self.target.enterprise_id:
            self.notice.clear()
        super().open(target)
        self.fill_in_button.setVisible(target.enterprise_id is not None)
        self.hand_over_card.setVisible(target.enterprise_id is not None)
        self.refresh()

    def reload(self, changes: Changes) -> None:
        """Count again; a hidden page does so when it is opened."""
        if not self.isHidden():
            self.refresh()

    def refresh(self) -> None:
        """Read the counts and the exports."""
        if self.target.enterprise_id is not None:
            custody = self.session.read(find_custody, self.target.enterprise_id)
            self.hand_over_card.show_custody(custody, self.session.workspace.actor)
        found = self.session.read(undelivered)
        exports = self.session.read(find_exports)
        if found is None or exports is None:
            return
        self.classes.show(found)
        self.cases.set_rows(tuple(self._named(case) for case in found.by_enterprise))
        self.exports.set_rows(exports)
        self.count.setText(
            self.translate.plural("{count} item without a receipt", "{count} items without a receipt", found.total)
        )
        here = [case.count for case in found.by_enterprise if case.enterprise_id == self.target.enterprise_id]
        count = here[0] if here else found.total
        words = self.translate.plural("{count} item of this firm", "{count} items of this firm", count)
        if self.target.enterprise_id is None:
            words = self.translate.plural("{count} item, all firms", "{count} items, all firms", count)
        self.write_card.text.setText(
            self.translate("{items}. One sealed file, read back and verified after writing.", items=words)
        )
        self.class_table.show_at_most(4)
        self.case_table.show_at_most(4)
        self.export_table.show_at_most(5)
        self.export_table.setVisible(bool(exports))
        self.no_exports.setVisible(not exports)

    def focus_first(self) -> None:
        """Put the focus on what is usually done here."""
        self.write_card.button.setFocus()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("B",), translate("write bundle")),
            (("I",), translate("import bundle")),
            (("S",), translate("back up")),
            (("Tab",), translate("next")),
            (("?",), translate("all keys")),
        )

    def write(self) -> None:
        """Seal what is here into a file, read it back and verify it."""
        stamp = self.session.workspace.clock.now().strftime("%Y%m%d-%H%M%S")
        path = self.choose_target(f"qizhen-{stamp}.zip")
        if path is None:
            return
        ids = (self.target.enterprise_id,) if self.target.enterprise_id else None
        job = self.context.jobs.start(write_and_verify, path, ids)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(self._written)

    def take_in(self) -> None:
        """Verify a bundle and take in what is new."""
        path = self.choose_bundle()
        if path is not None:
            job = self.context.jobs.start(import_bundle, path)
            self.progress.follow(job, self.translate("Reading {name}", name=path.name))
            job.finished.connect(self._taken_in)

    def name_colleague(self) -> None:
        """Put the focus where the colleague is named who gets the case."""
        if self.hand_over_card.isVisible():
            self.hand_over_card.focus_holder()

    def hand_over(self, holder: str, note: str) -> None:
        """Give the open case to a colleague as a bundle."""
        stamp = self.session.workspace.clock.now().strftime("%Y%m%d-%H%M%S")
        path = self.choose_target(f"qizhen-{stamp}.zip")
        if path is None or self.target.enterprise_id is None:
            return
        job = self.context.jobs.start(_hand_over, self.target.enterprise_id, holder, note, path)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(self._written)

    def take_over(self) -> None:
        """Say that the open case is here now."""
        self.session.do(take_over, self.target.enterprise_id or "")

    def open_fill_in(self) -> None:
        """Show the fill-in sheet of the case that is open."""
        if self.target.enterprise_id is not None:
            self.context.navigate(replace(self.target, page="fill_in", item=None))

    def back_up(self) -> None:
        """Write a verified copy of the workspace."""
        folder = self.choose_folder()
        if folder is not None:
            job = self.context.jobs.start(_back_up, folder)
            self.progress.follow(job, self.translate("Backing up"))
            job.finished.connect(self._backed_up)

    def _centre(self) -> QWidget:
        theme, translate = self.theme, self.translate
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(translate("Delivery"), theme, "title"))
        head.addWidget(self.count, 1)
        head.addWidget(self.fill_in_button)
        head.addWidget(label(translate("Offline, no connection open"), theme, "dense", colour="text_2"))
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.write_card, self.import_card, self.backup_card):
            cards.addWidget(card, 1)
        tables = QHBoxLayout()
        tables.setSpacing(12)
        tables.addWidget(self._card(translate("Not delivered, by class"), self.class_table), 2)
        tables.addWidget(self._card(translate("Not delivered, by firm"), self.case_table), 5)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addLayout(cards)
        column.addWidget(self.hand_over_card)
        column.addLayout(tables)
        column.addWidget(self._card(translate("Handed over"), self.export_table, self.no_exports))
        column.addStretch(1)
        return centre

    def _named(self, case: UndeliveredCase) -> UndeliveredCase:
        found = self.session.read(load_enterprise, case.enterprise_id, self.translate.language)
        return case if found is None else replace(case, name=found.profile.name)

    def _card(self, title: str, *parts: QWidget) -> Card:
        card = Card(self.theme)
        card.body.addWidget(label(title, self.theme, "body", bold=True))
        for part in parts:
            card.body.addWidget(part)
        card.body.addStretch(1)
        return card

    def _written(self, sealed: SealedBundle) -> None:
        self.session.announce(sealed, None)
        folder = sealed.path.parent
        text = self.translate(
            "Written, read back and verified. You can pull the stick. {name}, {size}, {ops} changes, {blobs} files.",
            name=sealed.path.name,
            size=size_text(sealed.size),
            ops=sealed.ops,
            blobs=sealed.blobs,
        )
        opener = (self.translate("Open folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        self.notice.show_notice("info", text, (opener,))
        self.refresh()

    def _taken_in(self, imported: Imported) -> None:
        self.session.announce(imported, None)
        result = imported.result
        text = self.translate(
            "Taken in: {applied} changes. Already here: {known}.", applied=result.applied, known=result.already_here
        )
        warnings = imported.problems
        words = " ".join([text, *(self.translate.problem(problem) for problem in warnings[:2])])
        self.notice.show_notice("warning" if warnings else "info", words)
        self.refresh()

    def _backed_up(self, path: Path) -> None:
        self.notice.show_notice("info", self.translate("Backed up and verified: {path}", path=path))

    def _ask_target(self, suggested: str) -> Path | None:
        title = self.translate("Where to write the bundle")
        name, _ = QFileDialog.getSaveFileName(self.window(), title, suggested, "ZIP (*.zip)")
        return Path(name) if name else None

    def _ask_bundle(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self.window(), self.translate("Choose a bundle"), "", "ZIP (*.zip)")
        return Path(name) if name else None

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.window(), self.translate("Folder for the backup"))
        return Path(name) if name else None


def write_and_verify(
    workspace: Workspace, path: Path, ids: tuple[str, ...] | None, *, progress: Progress
) -> SealedBundle:
    """Write a bundle and check it once more as a stranger would; any error in it is raised."""
    sealed = export_bundle(workspace, path, ids, progress=progress)
    refuse(verify_bundle(sealed.path))
    return sealed


def _hand_over(
    workspace: Workspace, enterprise_id: str, holder: str, note: str, path: Path, *, progress: Progress
) -> SealedBundle:
    return hand_over(workspace, enterprise_id, holder, path, note=note, progress=progress)


def _back_up(workspace: Workspace, folder: Path, *, progress: Progress) -> Path:
    return create_backup(workspace, folder, progress=progress)
