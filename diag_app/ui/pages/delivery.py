"""The delivery page: what is not delivered, writing it to a stick, receipts, what was sent back, and a backup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from diag_app.errors import DiagError
from diag_app.model.ops import Changes
from diag_app.operations.assessment import assessment_pack
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import Imported, SealedBundle, import_with_parts
from diag_app.operations.conflicts import count_conflicts
from diag_app.operations.delivery import Task, find_tasks
from diag_app.operations.delivery_order import find_destinations, find_written
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.export_log import UndeliveredCase, undelivered
from diag_app.operations.handover import find_custody, hand_over, take_over
from diag_app.operations.keys import OwnKey, import_signers, own_key
from diag_app.operations.receipt import ImportedReceipt, find_receipts, import_receipt, mark_handed_over
from diag_app.ui.delivery_jobs import write_and_verify, write_card_with_paper
from diag_app.ui.models.delivery import task_target, task_words
from diag_app.ui.models.figures import local_time, size_text
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.delivery_view import DeliveryView
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.todo_panel import ToDo, TodoPanel

_CLASS_OF_PLACE = {"question": "answers", "scenario": "answers", "need": "needs", "proposal": "proposals"}


class DeliveryPage(Page):
    """Delivery of one case, or of the whole workspace when no case is open.

    Replace `choose_target`, `choose_bundle`, `choose_file` and `choose_folder` to answer the file dialogs by program.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choose_target: Callable[[str], Path | None] = self._ask_target
        self.choose_bundle: Callable[[], Path | None] = self._ask_bundle
        self.choose_file: Callable[[str], Path | None] = self._ask_file
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self.view = DeliveryView(context.theme, context.translate)
        view = self.view
        self.todo = TodoPanel(context.theme, context.translate)
        self.notice, self.progress, self.ask = view.notice, view.progress, view.ask
        self.exports, self.receipts = view.exports, view.receipts
        self.fill_in_button, self.hand_over_card = view.fill_in_button, view.hand_over_card
        for button, function in (
            (view.receipt_card.started, self.take_receipt), (view.write_card.started, self.write),
            (view.import_card.started, self.take_in), (view.backup_button.clicked, self.back_up),
            (view.fill_in_button.clicked, self.open_fill_in), (view.hand_over_card.taken_over, self.take_over),
        ):  # fmt: skip
            button.connect(function)
        view.hand_over_card.handed_over.connect(self.hand_over)
        self.card_button = self._key_button(self.translate("Your card…"), "user", self.write_own_card)
        self.signers_button = self._key_button(self.translate("List of signers…"), "shield-check", self.take_signers)
        self.arrange(scroll_area(view, self.theme), right=self.todo)
        for key, function in (
            ("B", self.write),
            ("R", self.take_receipt),
            ("J", lambda: self.todo.step(1)),
            ("K", lambda: self.todo.step(-1)),
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
            self.ask.hide()
        super().open(target)
        self.fill_in_button.setVisible(target.enterprise_id is not None)
        self.hand_over_card.setVisible(target.enterprise_id is not None)
        self.refresh()
        if target.item is not None:
            self._offer(Path(target.item))

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
        written = self.session.read(find_written)
        tasks = self.session.read(find_tasks)
        if found is None or written is None or tasks is None:
            return
        refused = Counter("evidence" if task.about else _CLASS_OF_PLACE.get(task.place, "") for task in tasks)
        self.view.classes.show(found, refused)
        self._show_todo(tasks)
        self._show_city()
        self.view.cases.set_rows(tuple(self._named(case) for case in found.by_enterprise))
        self.exports.set_rows(written)
        given = {one.receipt.at: one.receipt for one in self.session.read(find_receipts) or ()}
        self.receipts.set_rows(tuple(given[at] for at in sorted(given, reverse=True)))
        self.view.count.setText(
            self.translate.plural("{count} item without a receipt", "{count} items without a receipt", found.total)
        )
        here = [case.count for case in found.by_enterprise if case.enterprise_id == self.target.enterprise_id]
        count = here[0] if here else found.total
        words = self.translate.plural("{count} item of this firm", "{count} items of this firm", count)
        if self.target.enterprise_id is None:
            words = self.translate.plural("{count} item, all firms", "{count} items, all firms", count)
        self.view.write_card.text.setText(
            self.translate("{items}. One sealed file, read back and verified after writing.", items=words)
        )
        self.view.class_table.show_at_most(4)
        self.view.case_table.show_at_most(4)
        self.view.export_table.show_at_most(5)
        self.view.export_table.setVisible(bool(written))
        self.view.no_exports.setVisible(not written)
        self.view.receipt_table.show_at_most(4)
        self.view.receipt_table.setVisible(bool(given))
        self.view.no_receipts.setVisible(not given)
        if self.isVisible() and self.window().focusWidget() is None:  # it was on a link that is gone
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on what is usually done here."""
        self.view.write_card.button.setFocus()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("J", "K"), translate("move")),
            (("Enter",), translate("open task")),
            (("B",), translate("write bundle")),
            (("R",), translate("import receipt")),
            (("I",), translate("import bundle")),
            (("?",), translate("all keys")),
        )

    def write(self) -> None:
        """Seal what is here into a file, read it back and verify it."""
        stamp = self.session.workspace.clock.now().strftime("%Y%m%d-%H%M%S")
        path = self.choose_target(f"qizhen-{stamp}.zip")
        if path is None:
            return
        ids = (self.target.enterprise_id,) if self.target.enterprise_id else None
        job = self.context.jobs.start(write_and_verify, path, ids, self.view.options.order)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(self._written)

    def take_in(self) -> None:
        """Verify a bundle and take in what is new."""
        path = self.choose_bundle()
        if path is not None:
            self._take_in(path)

    def take_receipt(self) -> None:
        """Take in a receipt; only this makes anything delivered."""
        path = self.choose_file(self.translate("Choose a receipt"))
        if path is not None:
            taken = self.session.do(import_receipt, path)
            if taken is not None:
                self._receipted(taken)

    def write_own_card(self) -> None:
        """Write the card that a city enrols this person by."""
        path = self.choose_target("qizhen-card.json")
        if path is None:
            return
        job = self.context.jobs.start(write_card_with_paper, path, self.translate.language)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(lambda key: self._card_written(path, key))

    def take_signers(self) -> None:
        """Take in a city's list of signers; the six words of the city's fingerprint are asked the first time."""
        path = self.choose_file(self.translate("Choose a city's list of signers"))
        if path is None:
            return
        self._trust(path, "")

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
        job = self.context.jobs.start(hand_over, self.target.enterprise_id, holder, path, note=note)
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
            job = self.context.jobs.start(create_backup, folder)
            self.progress.follow(job, self.translate("Backing up"))
            job.finished.connect(self._backed_up)

    def _key_button(self, words: str, icon: str, function: Callable[[], None]) -> Button:
        button = Button(words, self.theme, "text", icon=icon, small=True)
        button.clicked.connect(function)
        self.todo.add_action(button)
        return button

    def _show_city(self) -> None:
        """Show whose receipts count, and whose keys things hang on."""
        translate, language = self.translate, self.translate.language
        destinations = self.session.read(find_destinations) or ()
        own = self.session.read(own_key)
        first = destinations[0] if destinations else None
        self.view.options.show_destination(first)
        if first is None:
            title, text = (
                translate("A city's receiver"),
                translate("No city is known here. Take in its list of signers."),
            )
        else:
            title = first.city
            last = local_time(first.last_receipt_at) if first.last_receipt_at else translate("none yet")
            words = "-".join(first.words(language)[:3])
            text = translate("{name}, {words}. Last receipt: {last}.", name=first.name, words=words, last=last)
        self.view.receipt_card.title.setText(title)
        self.view.receipt_card.text.setText(text)
        keys = [] if own is None else [translate("Your key: {words}", words=" ".join(own.words(language)))]
        keys += [
            translate("{city}: {words}", city=one.city, words=" ".join(one.words(language))) for one in destinations
        ]
        self.todo.keys.setText("\n".join(keys))

    def _show_todo(self, tasks: tuple[Task, ...]) -> None:
        things = [self._sent_back(task) for task in tasks]
        conflicts = sum((self.session.read(count_conflicts) or {}).values())
        if conflicts:
            words = self.translate.plural("{count} conflict to decide", "{count} conflicts to decide", conflicts)
            text = self.translate("Both laptops changed this. Both values are kept until you decide.")
            thing = ToDo(self.theme, words, text, self.translate("Decide →"), is_refusal=False)
            thing.opened.connect(lambda: self.context.navigate(Target(page="conflicts")))
            things.append(thing)
        self.todo.show_things(things)

    def _sent_back(self, task: Task) -> ToDo:
        pack = None
        if task.assessment_id is not None:
            pack = self.session.read(assessment_pack, task.assessment_id)
        what, place = task_words(task, pack, self.translate)
        enterprise = self.session.read(load_enterprise, task.enterprise_id, self.translate.language)
        firm = enterprise.profile.name if enterprise else task.firm
        title = self.translate("Sent back: {firm} · {what}", firm=firm, what=what)
        reason = f"{task.refusal.reason} ({task.refusal.code})" if task.refusal.code else task.refusal.reason
        link = self.translate("Open {place} →", place=place)
        thing = ToDo(self.theme, title, reason, link, is_refusal=True)
        thing.opened.connect(lambda: self.context.navigate(task_target(task)))
        return thing

    def _trust(self, path: Path, words: str) -> None:
        try:
            import_signers(self.session.workspace, path, fingerprint=words)
        except DiagError as error:
            if error.code != "FINGERPRINT_NEEDED":
                self.notice.show_error(error, self.translate)
                return
            self.ask.ask(
                self.translate("The six words of the city's fingerprint, as the office gave them to you"),
                self.translate("Trust this city"),
                lambda words: self._trust(path, words),
            )
            return
        self.notice.show_notice("info", self.translate("The list counts from now on."))
        self.refresh()

    def _receipted(self, taken: ImportedReceipt) -> None:
        receipt = taken.receipt
        if not taken.is_new:
            self.notice.show_notice("info", self.translate("It was here already; nothing was moved."))
        elif receipt.faults:
            codes = ", ".join(dict.fromkeys(fault.code for fault in receipt.faults))
            self.notice.show_notice(
                "error", self.translate("{city} refused the bundle ({codes}). Nothing was delivered.",
                                        city=receipt.receiver.city, codes=codes)
            )  # fmt: skip
        else:
            text = self.translate(
                "Receipted by {city}: {accepted} accepted, {duplicate} there already, {refused} sent back.",
                city=receipt.receiver.city,
                accepted=receipt.accepted,
                duplicate=receipt.duplicate,
                refused=len(receipt.refused),
            )
            self.notice.show_notice("warning" if receipt.refused else "info", text)

    def _ask_to_whom(self, bundle_id: str) -> None:
        def said(to: str) -> None:
            self.session.do(mark_handed_over, bundle_id, to)

        self.ask.ask(
            self.translate("Who took the bundle? It counts as delivered once a receipt comes."),
            self.translate("Handed over"),
            said,
        )

    def _named(self, case: UndeliveredCase) -> UndeliveredCase:
        found = self.session.read(load_enterprise, case.enterprise_id, self.translate.language)
        return case if found is None else replace(case, name=found.profile.name)

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
        given = (self.translate("Handed over to…"), lambda: self._ask_to_whom(sealed.bundle_id))
        self.notice.show_notice("info", text, (opener, given))

    def _taken_in(self, imported: Imported) -> None:
        self.session.announce(imported, None)
        result = imported.result
        text = self.translate(
            "Taken in: {applied} changes. Already here: {known}.", applied=result.applied, known=result.already_here
        )
        warnings = imported.problems
        words = " ".join([text, *(self.translate.problem(problem) for problem in warnings[:2])])
        self.notice.show_notice("warning" if warnings else "info", words)

    def _card_written(self, path: Path, key: OwnKey) -> None:
        words = " ".join(key.words(self.translate.language))
        said = self.translate("Card written: {path}. Tell the city its six words: {words}", path=path, words=words)
        self.notice.show_notice("info", said)

    def _backed_up(self, path: Path) -> None:
        self.notice.show_notice("info", self.translate("Backed up and verified: {path}", path=path))

    def _ask_target(self, suggested: str) -> Path | None:
        title = self.translate("Where to write the bundle")
        name, _ = QFileDialog.getSaveFileName(self.window(), title, suggested, "ZIP (*.zip)")
        return Path(name) if name else None

    def _offer(self, path: Path) -> None:
        """Ask whether to take in a bundle that was opened from outside."""
        words = self.translate("Take in {name}? It is verified first.", name=path.name)
        take = (self.translate("Import bundle"), lambda: self._take_in(path))
        self.notice.show_notice("info", words, (take, (self.translate("Close"), self.notice.clear)))

    def _take_in(self, path: Path) -> None:
        self.notice.clear()
        job = self.context.jobs.start(import_with_parts, path)
        self.progress.follow(job, self.translate("Reading {name}", name=path.name))
        job.finished.connect(self._taken_in)

    def _ask_bundle(self) -> Path | None:
        return self._ask_file(self.translate("Choose a bundle"), "ZIP (*.zip *.qzb *.age)")

    def _ask_file(self, title: str, kinds: str = "JSON (*.json)") -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self.window(), title, "", kinds)
        return Path(name) if name else None

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.window(), self.translate("Folder for the backup"))
        return Path(name) if name else None
