"""The people at the enterprise: one line each, stored while typing, and an empty line for the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import Contact
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button, IconButton
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.tab_order import read_in_order

_PARTS = ("name", "role", "phone")


class ContactTable(QWidget):
    """Shows contacts. `edited(contact id, part, text)`, `added(name)`, `removed(contact id)`."""

    edited = Signal(str, str, str)
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.fields: dict[tuple[str, str], LineField] = {}
        self._names = {"name": translate("Full name"), "role": translate("Role"), "phone": translate("Phone")}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(2, 3)
        self.new_name = LineField(
            theme, translate("Name of a new contact"), placeholder=translate("Name of a new contact")
        )
        self.new_name.returnPressed.connect(self._add)
        self.add_button = Button(translate("Add contact"), theme, icon="plus", small=True)
        self.add_button.clicked.connect(self._add)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.new_name, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addLayout(line)

    def show_contacts(self, contacts: tuple[Contact, ...]) -> None:
        """Show the contacts; lines of the same people keep what is being typed."""
        if [contact.contact_id for contact in contacts] != self._shown():
            self._build(contacts)
        for contact in contacts:
            for part in _PARTS:
                field = self.fields[contact.contact_id, part]
                if not field.is_typed_in:
                    field.load(getattr(contact, part))

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in self.fields.values():
            field.flush()

    def _shown(self) -> list[str]:
        return [contact_id for contact_id, part in self.fields if part == "name"]

    def _build(self, contacts: tuple[Contact, ...]) -> None:
        clear_layout(self._grid)
        self.fields = {}
        if contacts:
            for column, part in enumerate(_PARTS):
                self._grid.addWidget(label(self._names[part], self.theme, "caption", colour="text_2"), 0, column)
        for row, contact in enumerate(contacts, start=1):
            for column, part in enumerate(_PARTS):
                field = LineField(self.theme, f"{self._names[part]} {row}")
                field.rested.connect(self._teller(contact.contact_id, part))
                self.fields[contact.contact_id, part] = field
                self._grid.addWidget(field, row, column)
            remove = IconButton("trash-2", self.translate("Remove {name}", name=contact.name), self.theme)
            remove.clicked.connect(lambda _checked=False, gone=contact.contact_id: self.removed.emit(gone))
            self._grid.addWidget(remove, row, len(_PARTS))
        read_in_order(self)

    def _teller(self, contact_id: str, part: str) -> Callable[[str], None]:
        def tell(text: str) -> None:
            self.edited.emit(contact_id, part, text)

        return tell

    def _add(self) -> None:
        name = self.new_name.text().strip()
        if name:
            self.new_name.load("")
            self.added.emit(name)
