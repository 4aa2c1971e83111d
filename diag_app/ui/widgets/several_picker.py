"""Several of a list: picked one after the other from a drop-down, taken off by pressing them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label


class SeveralPicker(QWidget):
    """What was picked, as buttons that take it off again; hidden while it is nothing. `choice` stands with the form.

    Signal `picked()` when one more was, or one less.
    """

    picked = Signal()

    def __init__(self, theme: Theme, translate: Translator, name: str, *, sign: str, none: str, more: str) -> None:
        """Take the words before what was picked, those while it is nothing, and those that offer one more."""
        super().__init__()
        self.theme, self.translate = theme, translate
        self._sign, self._none, self._more = sign, none, more
        self.keys: tuple[str, ...] = ()
        self._names: dict[str, str] = {}
        self.choice = ComboField(theme, name, ())
        self.choice.activated.connect(self._pick)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.hide()

    def begin(self, names: Mapping[str, str], keys: tuple[str, ...] = ()) -> None:
        """Offer `names` by their keys, some of them picked."""
        self._names = dict(names)
        self._show(tuple(key for key in keys if key in self._names))

    def _pick(self, _index: int) -> None:
        if self.choice.key:
            self._show((*self.keys, self.choice.key))
            self.picked.emit()

    def _take_off(self, key: str) -> None:
        self._show(tuple(other for other in self.keys if other != key))
        self.choice.setFocus()
        self.picked.emit()

    def _show(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self.choice.clear()
        self.choice.addItem(self._more if keys else self._none, "")
        for key, name in self._names.items():
            if key not in keys:
                self.choice.addItem(name, key)
        clear_layout(self._row)
        self._row.addWidget(label(self._sign, self.theme, "body", colour="text_2"))
        for key in keys:
            chosen = Button(self._names[key], self.theme, small=True, icon="x")
            chosen.setToolTip(self.translate("Take {name} off", name=self._names[key]))
            chosen.clicked.connect(lambda _checked=False, key=key: self._take_off(key))
            self._row.addWidget(chosen)
        self._row.addStretch(1)
        self.setVisible(bool(keys))
