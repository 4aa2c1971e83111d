"""The form for signing an issued PDF: which file, certificate, passphrase, and whether the signature is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import IssuedFile, IssuedProposal
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.secret_field import SecretField
from diag_app.ui.widgets.tick_box import TickBox

_FILE_WIDTH = 300


class SignPanel(Panel):
    """Hidden until something is to be signed. Replace `choose_certificate` to answer the question by program.

    Signals:
        confirmed(file, certificate, passphrase, is_visible): the form forgets the passphrase with it.
    """

    confirmed = Signal(object, object, str, bool)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="top", parent=parent)
        self.translate = translate
        self.choose_certificate: Callable[[], Path | None] = self._ask_certificate
        self.certificate: Path | None = None
        self._issued: tuple[IssuedFile, ...] = ()
        self.files = ComboField(theme, translate("File to sign"), ())
        self.files.setFixedWidth(_FILE_WIDTH)
        self.chooser = Button(translate("Certificate"), theme, small=True)
        self.chooser.clicked.connect(self._choose)
        self._named = ElidedLabel(translate("PKCS#12 or PEM, none chosen"), theme, "dense", colour="text_2")
        self.passphrase = SecretField(theme, translate("Passphrase of the certificate"))
        self.passphrase.setPlaceholderText(translate("Passphrase of the certificate"))
        self.passphrase.setFixedWidth(200)
        self.passphrase.returnPressed.connect(self.confirm)
        self.visible_box = TickBox(translate("Show it in the seal area"), theme)
        self.signer = Button(translate("Sign"), theme, icon="pen-line", small=True)
        self.signer.clicked.connect(self.confirm)
        cancel = Button(translate("Cancel"), theme, "text", small=True)
        cancel.clicked.connect(self.hide)
        above, below, rows = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(6)
        for line, parts in (
            (above, (label(translate("Sign"), theme, "dense", bold=True), self.files, self.chooser)),
            (below, (self.passphrase, self.visible_box, self.signer, cancel)),
        ):
            line.setSpacing(10)
            for part in parts:
                line.addWidget(part)
            rows.addLayout(line)
        above.addWidget(self._named, 1)
        self._fit()
        self.hide()

    def ask(self, proposal: IssuedProposal) -> None:
        """Offer the PDF files of an issued proposal."""
        self._issued = tuple(file for file in proposal.files if file.media_type == "application/pdf")
        self.files.clear()
        for file in self._issued:
            self.files.addItem(file.name, file.sha256)
        self.show()
        (self.passphrase if self.certificate is not None else self.chooser).setFocus()

    def confirm(self) -> None:
        """Hand over what is to be signed and with what."""
        chosen = next((file for file in self._issued if file.sha256 == self.files.currentData()), None)
        if chosen is not None and self.certificate is not None:
            self.confirmed.emit(chosen, self.certificate, self.passphrase.take(), self.visible_box.isChecked())

    def _choose(self) -> None:
        chosen = self.choose_certificate()
        if chosen is not None:
            self.certificate = chosen
            self._named.set_text(chosen.name)
            self._fit()
            self.passphrase.setFocus()

    def _fit(self) -> None:
        self.signer.setEnabled(self.certificate is not None)

    def _ask_certificate(self) -> Path | None:
        kinds = self.translate("Certificates ({patterns})", patterns="*.p12 *.pfx *.pem")
        name, _ = QFileDialog.getOpenFileName(self.window(), self.translate("Certificate"), "", kinds)
        return Path(name) if name else None
