"""The profile page: the enterprise's facts, stored field by field, size and scale derived beside, the people below."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.errors import Severity
from diag_app.model.facts import Contact, Enterprise
from diag_app.model.ops import Changes
from diag_app.operations.duplicates import Twin, agree_same, find_twins
from diag_app.operations.enterprise import (
    check_profile,
    find_contacts,
    load_enterprise,
    remove_contact,
    save_contact,
    update_enterprise,
)
from diag_app.operations.report_facts import industries
from diag_app.operations.translation import record_translation
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.class_panel import ClassPanel
from diag_app.ui.widgets.contact_table import ContactTable
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.profile_form import ProfileForm, with_field
from diag_app.ui.widgets.scroll import bounded, scroll_area

_WIDTH = 860


class ProfilePage(Page):
    """Facts of one enterprise. What is wrong is said at its field and not stored."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        sizes = self.session.workspace.sizes
        self.enterprise: Enterprise | None = None
        self._shown = ""
        self.form = ProfileForm(theme, translate, sizes, industries(translate.language))
        self.form.edited.connect(self._store)
        self.twin = NoticeLine(theme)
        self.contacts = ContactTable(theme, translate)
        self.contacts.edited.connect(self._store_contact)
        self.contacts.added.connect(self._add_contact)
        self.contacts.removed.connect(lambda gone: self.session.do(remove_contact, gone))
        self.classes = ClassPanel(theme, translate, sizes)
        self.visit_button = Button(
            translate("The visit: guide, workbook, record"), theme, "text", icon="clipboard-list", small=True
        )
        self.visit_button.clicked.connect(lambda: context.navigate(replace(self.target, page="visit", item=None)))
        people = Card(theme, padding=16)
        people.body.addWidget(label(translate("People"), theme, "body", bold=True))
        people.body.addWidget(self.contacts)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 12, 0, 16)
        column.setSpacing(12)
        column.addWidget(self.visit_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.twin)
        column.addWidget(self.form)
        column.addWidget(people)
        column.addStretch(1)
        self.arrange(scroll_area(bounded(content), theme), right=self.classes)
        self.bind("Ctrl+Return", self._go_on)

    def open(self, target: Target) -> None:
        """Show the enterprise `target.enterprise_id`."""
        self.flush()
        super().open(target)
        self.refresh()

    def reload(self, changes: Changes) -> None:
        """Show it again when it was touched; a hidden page reads when it is opened."""
        is_about = changes.case == self.target.enterprise_id or changes.operation.startswith("agree_")
        if not self.isHidden() and (not changes.touched or is_about):
            self.refresh()

    def refresh(self) -> None:
        """Read the enterprise and its contacts."""
        enterprise_id = self.target.enterprise_id
        if enterprise_id is None:
            return
        language = self.translate.language
        self.enterprise = self.session.read(load_enterprise, enterprise_id, language)
        contacts = self.session.read(find_contacts, enterprise_id, language)
        self.form.setEnabled(self.enterprise is not None)
        if self.enterprise is None or contacts is None:
            return
        profile = self.enterprise.profile
        problems = self.session.read(check_profile, profile, enterprise_id=enterprise_id) or ()
        self.form.show_profile(profile, problems, is_other=self._shown != enterprise_id)
        self._shown = enterprise_id
        self.classes.show_profile(profile)
        self.contacts.show_contacts(contacts)
        self._show_twin(next(iter(self.session.read(find_twins, enterprise_id) or ()), None))

    def _show_twin(self, twin: Twin | None) -> None:
        """Say which other firm here is this one, or may be by its credit code."""
        if twin is None:
            self.twin.clear()
            return
        translate, other = self.translate, twin.enterprise_id
        if twin.is_agreed:
            words = translate("One firm with {name}, which keeps what was recorded there.", name=twin.name)
            first = (translate("Open it →"), lambda: self.context.navigate(replace(self.target, enterprise_id=other)))
        else:
            words = translate("{name} has the same credit code. Entered twice?", name=twin.name)
            first = (translate("It is one firm"), lambda: self._agree(other, is_same=True))
        second = (translate("They are two"), lambda: self._agree(other, is_same=False))
        self.twin.show_notice("info" if twin.is_agreed else "warning", words, (first, second))

    def _agree(self, other: str, *, is_same: bool) -> None:
        self.session.do(agree_same, self.target.enterprise_id or "", other, is_same=is_same)

    def focus_first(self) -> None:
        """Begin with the name."""
        self.form.lines["name"].setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        self.form.flush()
        self.contacts.flush()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("Tab",), translate("next field")),
            (("Ctrl+Enter",), translate("to the diagnosis")),
            (("Alt+1", "Alt+5"), translate("steps")),
            (("Esc",), translate("back")),
        )

    def _go_on(self) -> None:
        self.flush()
        self.context.navigate(replace(self.target, page="diagnosis", item=None))

    def _store(self, name: str, value: object) -> None:
        enterprise_id = self.target.enterprise_id
        if enterprise_id is None or self.enterprise is None:
            return
        recorded = self.session.read(load_enterprise, enterprise_id)
        if recorded is None:
            return
        wanted = with_field(recorded.profile, name, value)
        problems = self.session.read(check_profile, wanted, enterprise_id=enterprise_id) or ()
        if any(problem.severity is Severity.ERROR for problem in problems):
            self.form.show_problems(problems)
            return
        shown, said = getattr(self.enterprise.profile, name), getattr(recorded.profile, name)
        if shown != said:
            self.session.do(record_translation, enterprise_id, self.translate.language, {name: value})
        else:
            self.session.do(update_enterprise, enterprise_id, wanted)

    def _contact(self, contact_id: str, *, as_said: bool) -> Contact | None:
        enterprise_id = self.target.enterprise_id or ""
        language = None if as_said else self.translate.language
        found = self.session.read(find_contacts, enterprise_id, language) or ()
        return next((contact for contact in found if contact.contact_id == contact_id), None)

    def _store_contact(self, contact_id: str, part: str, text: str) -> None:
        said, shown = self._contact(contact_id, as_said=True), self._contact(contact_id, as_said=False)
        if said is None or shown is None:
            return
        if said != shown and part != "phone":
            words = {"name": shown.name, "role": shown.role, part: text}
            self.session.do(record_translation, contact_id, self.translate.language, {"contact": words})
            return
        parts = {"name": said.name, "role": said.role, "phone": said.phone, part: text}
        self.session.do(save_contact, said.enterprise_id, contact_id=contact_id, **parts)

    def _add_contact(self, name: str) -> None:
        if self.target.enterprise_id is not None:
            self.session.do(save_contact, self.target.enterprise_id, name=name, role="", phone="")
