"""Who works here: name, firm and device, asked at first start and shown in the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.model.actor import Actor
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import FormRow


class ActorForm(QWidget):
    """Three fields; `rested()` when one of them is to be stored."""

    rested = Signal()

    def __init__(self, theme: Theme, translate: Translator, *, stacked: bool = False) -> None:
        """Lay the fields side by side, or `stacked` below each other."""
        super().__init__()
        self._translate = translate
        words = (translate("Your name"), translate("Your firm"), translate("This computer"))
        notes = (
            translate("Stands at every change and in the proposal."),
            translate("The service provider you work for."),
            translate("Tells two computers of one person apart."),
        )
        self.name, self.firm, self.device = (LineField(theme, word) for word in words)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(direction, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6 if stacked else 16)
        self._rows = []
        for word, note, field in zip(words, notes, (self.name, self.firm, self.device), strict=True):
            field.rested.connect(lambda _text: self.rested.emit())
            form_row = FormRow(word, field, theme, note=note)
            row.addWidget(form_row, 1)
            self._rows.append(form_row)
        self.name.textEdited.connect(lambda _text: self._rows[0].show_note())

    @property
    def actor(self) -> Actor:
        """Return what stands in the fields."""
        return Actor(name=self.name.text().strip(), firm=self.firm.text().strip(), device=self.device.text().strip())

    def load(self, actor: Actor) -> None:
        """Show who is known."""
        for field, text in ((self.name, actor.name), (self.firm, actor.firm), (self.device, actor.device)):
            field.load(text)

    def check(self) -> bool:
        """Return whether a name is given; else say so at the field and put the focus there."""
        if self.actor.name:
            return True
        self._rows[0].show_error(self._translate("Type your name first."))
        self.name.setFocus()
        return False

    def flush(self) -> None:
        """Announce what is typed but has not rested yet."""
        for field in (self.name, self.firm, self.device):
            field.flush()
