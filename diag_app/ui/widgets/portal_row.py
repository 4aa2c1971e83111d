"""One item of a city platform's firm file: what is known of it, and the words or files that a person gives it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.portal import PortalItem, PortalRow
from diag_app.model.portal import State as ItemState
from diag_app.ui.models.safety import Kind, State
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.several_picker import SeveralPicker
from diag_app.ui.widgets.state_line import StateLine

_CODE, _NAME, _STATE = 36, 230, 150
_KINDS: Mapping[ItemState, Kind] = {"filled": "well", "open": "attention", "held_back": "attention", "never": "open"}


class PortalItemRow(QWidget):
    """Signals: `typed(code, text)`; `marked(evidence id, code)`, an empty code where the mark is taken away."""

    typed = Signal(str, str)
    marked = Signal(str, str)

    def __init__(self, item: PortalItem, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translate, self._code = translate, item.code
        self._value, self._marked = "", tuple[str, ...]()
        name = item.label.text(translate.language)
        self.state = StateLine(theme)
        self.field = LineField(theme, name, placeholder=translate("nothing is known of it; type it"))
        self.field.rested.connect(lambda text: self.typed.emit(self._code, text))
        self.files = SeveralPicker(
            theme,
            translate,
            name,
            sign=translate("final:"),
            none=translate("no file is marked as final"),
            more=translate("one more file of the evidence"),
        )
        self.files.picked.connect(self._mark)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 0, 2)
        self._row.setSpacing(12)
        self._put(label(item.code, theme, "dense", bold=True), _CODE)
        self._put(label(name, theme, "dense", wrap=True), _NAME)
        self._put(self.state, _STATE)
        if item.kind == "value":
            self._row.addWidget(self.field, 1)
        elif item.kind == "files":
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(self.files)
            column.addWidget(self.files.choice)
            self._row.addLayout(column, 1)
        else:
            words = translate("The firm types it on the platform itself.")
            self._row.addWidget(label(words, theme, "dense", colour="text_2", wrap=True), 1)

    def show_row(self, row: PortalRow, evidence: Mapping[str, str]) -> None:
        """Show the item as it stands; `evidence` are the names of the files that could be marked, by id."""
        self.state.show_state(State(kind=_KINDS[row.state], text=state_words(row.state, self._translate)))
        if self.field.takes(is_changed=row.value != self._value):
            self.field.load(row.value)
            self.field.setCursorPosition(0)  # a long one is read from its beginning
        self._value = row.value
        if row.item.kind == "files":
            self._marked = tuple(file.evidence_id for file in row.files)
            self.files.begin(evidence, self._marked)

    def _put(self, widget: QLabel | StateLine, width: int) -> None:
        widget.setFixedWidth(width)
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _mark(self) -> None:
        """Tell what was marked or unmarked by the last press."""
        picked = self.files.keys
        for evidence_id in set(picked) ^ set(self._marked):
            self.marked.emit(evidence_id, self._code if evidence_id in picked else "")


def state_words(state: ItemState, translate: Translator) -> str:
    """Return how an item stands."""
    return {
        "filled": translate("known"),
        "open": translate("missing"),
        "held_back": translate("held back: it speaks of a password"),
        "never": translate("never handed on"),
    }[state]
