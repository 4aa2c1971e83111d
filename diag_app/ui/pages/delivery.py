"""The delivery page: what is not delivered, writing it to a stick, receipts, what was sent back, and a backup.

Its parts: `delivery_bundles` (what is written and taken in), `delivery_cities` (receipts and keys), `delivery_tasks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from diag_app.model.ops import Changes
from diag_app.operations.bundle import BUNDLE_SUFFIX, BUNDLE_SUFFIXES
from diag_app.operations.delivery import find_tasks
from diag_app.operations.delivery_order import Written, find_written
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.export_log import Undelivered, UndeliveredCase, undelivered
from diag_app.operations.handover import find_custody
from diag_app.operations.receipt import find_receipts
from diag_app.ui.pages.delivery_bundles import BundleDesk
from diag_app.ui.pages.delivery_cities import CityDesk
from diag_app.ui.pages.delivery_tasks import things_to_do
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.delivery_view import DeliveryView
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.todo_panel import TodoPanel

_BUNDLES = f"{BUNDLE_SUFFIX[1:].upper()} ({' '.join(f'*{suffix}' for suffix in BUNDLE_SUFFIXES)})"
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
        self.view = view = DeliveryView(context.theme, context.translate)
        self.todo = TodoPanel(context.theme, context.translate)
        self.notice, self.progress, self.ask = view.notice, view.progress, view.ask
        self.exports, self.receipts = view.exports, view.receipts
        self.fill_in_button, self.hand_over_card = view.fill_in_button, view.hand_over_card
        self.bundles = BundleDesk(context, view, self)
        self.cities = CityDesk(context, view, self.todo, self)
        self.cities.trusted.connect(self.refresh)
        view.fill_in_button.clicked.connect(self.open_fill_in)
        view.portal_button.clicked.connect(self.open_portal)
        self.arrange(scroll_area(view, self.theme), right=self.todo)
        for key, function in (
            ("B", self.bundles.write),
            ("R", self.cities.take_receipt),
            ("J", lambda: self.todo.step(1)),
            ("K", lambda: self.todo.step(-1)),
            ("I", self.bundles.take_in),
            ("S", self.bundles.back_up),
            ("F", self.open_fill_in),
            ("P", self.open_portal),
            ("H", self.name_colleague),
        ):
            self.bind(key, function)

    def open(self, target: Target) -> None:
        """Show the counts as they stand."""
        if target.enterprise_id != self.target.enterprise_id:
            self.notice.clear()
            self.ask.hide()
        super().open(target)
        for part in (self.fill_in_button, self.view.portal_button, self.hand_over_card):
            part.setVisible(target.enterprise_id is not None)
        self.refresh()
        if target.item is not None:
            self.bundles.offer(Path(target.item))

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
        self.todo.show_things(tuple(things_to_do(self.context, tasks)))
        self.cities.show_cities()
        self._show_counts(found)
        self._show_tables(found, written)
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

    def name_colleague(self) -> None:
        """Put the focus where the colleague is named who gets the case."""
        if self.hand_over_card.isVisible():
            self.hand_over_card.focus_holder()

    def open_fill_in(self) -> None:
        """Show the fill-in sheet of the case that is open."""
        self._open("fill_in")

    def open_portal(self) -> None:
        """Show what a city platform's firm file asks of the case that is open."""
        self._open("portal")

    def _open(self, page: str) -> None:
        if self.target.enterprise_id is not None:
            self.context.navigate(replace(self.target, page=page, item=None))

    def _show_counts(self, found: Undelivered) -> None:
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

    def _show_tables(self, found: Undelivered, written: tuple[Written, ...]) -> None:
        view = self.view
        given = {one.receipt.at: one.receipt for one in self.session.read(find_receipts) or ()}
        view.cases.set_rows(tuple(self._named(case) for case in found.by_enterprise))
        view.exports.set_rows(written)
        view.receipts.set_rows(tuple(given[at] for at in sorted(given, reverse=True)))
        view.class_table.show_at_most(4)
        view.case_table.show_at_most(4)
        view.export_table.show_at_most(5)
        view.export_table.setVisible(bool(written))
        view.no_exports.setVisible(not written)
        view.receipt_table.show_at_most(4)
        view.receipt_table.setVisible(bool(given))
        view.no_receipts.setVisible(not given)

    def _named(self, case: UndeliveredCase) -> UndeliveredCase:
        found = self.session.read(load_enterprise, case.enterprise_id, self.translate.language)
        return case if found is None else replace(case, name=found.profile.name)

    def _ask_target(self, suggested: str) -> Path | None:
        title, kind = self.translate("Where to write it"), Path(suggested).suffix
        name, _ = QFileDialog.getSaveFileName(self.window(), title, suggested, f"{kind[1:].upper()} (*{kind})")
        return Path(name) if name else None

    def _ask_bundle(self) -> Path | None:
        return self._ask_file(self.translate("Choose a bundle"), _BUNDLES)

    def _ask_file(self, title: str, kinds: str = "JSON (*.json)") -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self.window(), title, "", kinds)
        return Path(name) if name else None

    def _ask_folder(self) -> Path | None:
        name = QFileDialog.getExistingDirectory(self.window(), self.translate("Folder for the backup"))
        return Path(name) if name else None
