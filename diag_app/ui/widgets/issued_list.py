"""What was issued: number, time, files, whether facts have changed since, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import IssuedProposal
from diag_app.ui.models.figures import local_time, size_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import ElidedLabel, label

_SHOWN = 2


class IssuedList(QWidget):
    """Shows the newest issued proposals, one line each; hidden while there is none.

    Signals: print_asked(proposal), sign_asked(proposal), changes_asked(proposal).
    """

    print_asked = Signal(object)
    sign_asked = Signal(object)
    changes_asked = Signal(object)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(16, 6, 16, 6)
        self._lines.setSpacing(4)
        self.hide()

    def show_issued(self, issued: tuple[IssuedProposal, ...]) -> None:
        """Show the newest first."""
        clear_layout(self._lines)
        self.setVisible(bool(issued))
        for proposal in list(reversed(issued))[:_SHOWN]:
            self._lines.addLayout(self._line(proposal))
        more = len(issued) - _SHOWN
        if more > 0:
            text = self.translate.plural("{count} earlier issue", "{count} earlier issues", more)
            self._lines.addWidget(label(text, self.theme, "caption", colour="text_2"))

    def _line(self, proposal: IssuedProposal) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(self.translate("Issued on"), self.theme, "dense", bold=True))
        line.addWidget(label(local_time(proposal.issued_at), self.theme, "dense", colour="text_2"))
        files = self.translate(", ").join(f"{file.name} ({size_text(file.size)})" for file in proposal.files)
        line.addWidget(ElidedLabel(files, self.theme, "dense"), 1)
        if proposal.is_superseded:
            line.addWidget(label(self.translate("superseded"), self.theme, "dense", bold=True, colour="warning"))
        state = (
            self.translate("facts have changed since") if proposal.is_superseded else self.translate("as it stands now")
        )
        line.addWidget(label(state, self.theme, "dense", colour="warning" if proposal.is_superseded else "text_2"))
        for words, name, asked in (
            (
                self.translate("What changed"),
                self.translate("What changed since {number}", number=proposal.number),
                self.changes_asked,
            ),
            (self.translate("Print"), self.translate("Print {number}", number=proposal.number), self.print_asked),
            (self.translate("Sign"), self.translate("Sign {number}", number=proposal.number), self.sign_asked),
        ):
            button = Button(words, self.theme, "text", small=True)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked=False, signal=asked: signal.emit(proposal))
            line.addWidget(button)
        return line
