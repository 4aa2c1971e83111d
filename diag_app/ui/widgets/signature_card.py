"""The signatures of both sides on the visit record: a pad, a name, and what holds, for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.drawn_signature import SIGNERS, DrawnSignature
from diag_app.ui.models.figures import local_time
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.signature_pad import SignaturePad


class SignatureSide(QWidget):
    """One side's pad. Signals: kept(signer, name, strokes), erased(signer)."""

    kept = Signal(str, str, object)
    erased = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, signer: str, title: str) -> None:
        super().__init__()
        self.translate, self._signer = translate, signer
        self.name = LineField(theme, translate("Name of who signs"), placeholder=translate("Name of who signs"))
        self.pad = SignaturePad(theme, title, translate("Sign here"))
        self.pad.drawn.connect(self._on_drawn)
        self.state: QLabel = label("", theme, "caption", colour="text_2", wrap=True)
        self.keep = Button(translate("Keep signature"), theme, "primary", icon="pen-line")
        self.keep.clicked.connect(lambda: self.kept.emit(signer, self.name.text(), self.pad.strokes))
        self.undo = Button(translate("Undo stroke"), theme, icon="undo-2")
        self.undo.clicked.connect(self.pad.take_back)
        self.wipe = Button(translate("Wipe off"), theme, icon="x")
        self.wipe.clicked.connect(self._wipe)
        self._shown: DrawnSignature | None = None  # on record, as it was loaded
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.keep, self.undo, self.wipe):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(title, theme, "dense", bold=True))
        for part in (self.name, self.pad):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addWidget(self.state)
        self._on_drawn()

    def show_signature(self, signature: DrawnSignature | None) -> None:
        """Show what is on record; what is being drawn stays until it is kept."""
        recorded = None if signature is None else replace(signature, holds=True)  # whether it holds is no new one
        if recorded != self._shown:
            if recorded is not None:
                self.name.load(recorded.name)
            strokes = () if recorded is None else recorded.strokes
            self.pad.show_strokes([[(float(x), float(y)) for x, y in stroke] for stroke in strokes])
        self._shown = recorded
        if signature is None:
            self.state.setText(self.translate("not signed"))
        else:
            words = self.translate("signed {when}", when=local_time(signature.at))
            lapsed = self.translate("the record has changed since: to be signed again")
            self.state.setText(words if signature.holds else f"{words}; {lapsed}")
        self._on_drawn()

    def forget(self) -> None:
        """Let go of what is drawn and typed for the case shown so far."""
        self._shown = None
        self.name.load("")
        self.pad.wipe()

    def _wipe(self) -> None:
        if self._shown is not None:
            self.erased.emit(self._signer)
        else:
            self.pad.wipe()

    def _on_drawn(self) -> None:
        has_strokes = bool(self.pad.strokes)
        self.keep.setEnabled(has_strokes)
        self.undo.setEnabled(has_strokes)
        self.wipe.setEnabled(has_strokes)


class SignatureCard(Card):
    """Both sides beside each other. Signals: kept(signer, name, strokes), erased(signer)."""

    kept = Signal(str, str, object)
    erased = Signal(str)

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__(theme)
        titles = {"firm": translate("Representative of the firm"), "consultant": translate("Consultant")}
        self.sides = {signer: SignatureSide(theme, translate, signer, titles[signer]) for signer in SIGNERS}
        self.body.addWidget(label(translate("Signatures on the visit record"), theme, "strong", bold=True))
        hint = translate("They hold until the record says something else, and stand in no copy for others.")
        self.body.addWidget(label(hint, theme, "caption", colour="text_2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        for side in self.sides.values():
            side.kept.connect(self.kept)
            side.erased.connect(self.erased)
            row.addWidget(side, 1)
        self.body.addLayout(row)

    def forget(self) -> None:
        """Let go of what is drawn and typed for the case shown so far."""
        for side in self.sides.values():
            side.forget()

    def show_signatures(self, signatures: Iterable[DrawnSignature]) -> None:
        """Show what is on record for each side."""
        found = {item.signer: item for item in signatures}
        for signer, side in self.sides.items():
            side.show_signature(found.get(signer))
