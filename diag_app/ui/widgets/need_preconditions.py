"""What must be there before a measure can work, with how far it is, and what is checked at acceptance."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from diag_app.forms.need_details import NeedDetails, NeedForms
from diag_app.i18n import Translator
from diag_app.model.facts import PreconditionState, Readiness
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label

READINESS: tuple[Readiness, ...] = ("ready", "partly", "missing")


def readiness_words(state: Readiness | None, translate: Translator) -> str:
    """Return how far a precondition is, with a glyph; null is not looked at yet."""
    words: dict[Readiness | None, str] = {
        None: translate("○ not looked at"),
        "ready": translate("✓ there"),
        "partly": translate("◐ partly there"),
        "missing": translate("✕ missing"),
    }
    return words[state]


class Preconditions(QWidget):
    """One row for each precondition: what, state, what was found. `changed(precondition id, state or null)`."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.states: dict[str, ComboField] = {}
        self.notes: dict[str, LineField] = {}
        self._form_id = ""
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(3, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)

    def show_states(self, details: NeedDetails, forms: NeedForms, states: Mapping[str, PreconditionState]) -> None:
        """Show the preconditions of a form; a note being typed keeps its text."""
        if details.form_id != self._form_id:
            self._build(details, forms)
        for key, combo in self.states.items():
            found = states.get(key)
            combo.set_key("" if found is None else found.state)
            note = self.notes[key]
            note.setVisible(found is not None)
            if not note.is_typed_in:
                note.load("" if found is None else found.note)
                note.setCursorPosition(0)

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for note in self.notes.values():
            note.flush()

    def _build(self, details: NeedDetails, forms: NeedForms) -> None:
        self.flush()
        self._form_id = details.form_id
        clear_layout(self._grid)
        self.states, self.notes = {}, {}
        language = self.translate.language
        known = ((state, readiness_words(state, self.translate)) for state in READINESS)
        choices = (("", readiness_words(None, self.translate)), *known)
        for row, item in enumerate(details.preconditions):
            text = item.text.text(language)
            depth = forms.depths[item.depth].text(language) if item.depth in forms.depths else ""
            combo = ComboField(self.theme, self.translate("State of: {text}", text=text), choices)
            combo.setFixedWidth(152)
            combo.activated.connect(self._taker(item.precondition_id))
            note = LineField(
                self.theme, self.translate("Found: {text}", text=text), placeholder=self.translate("what was found")
            )
            note.rested.connect(self._taker(item.precondition_id))
            self._grid.addWidget(label(text, self.theme, "dense", wrap=True), row, 0)
            self._grid.addWidget(label(depth, self.theme, "caption", colour="text_2"), row, 1)
            self._grid.addWidget(combo, row, 2)
            self._grid.addWidget(note, row, 3)
            self.states[item.precondition_id], self.notes[item.precondition_id] = combo, note

    def _taker(self, key: str) -> Callable[[object], None]:
        def take(_value: object) -> None:
            state = next((item for item in READINESS if item == self.states[key].key), None)
            note = self.notes[key].text()
            self.changed.emit(key, None if state is None else PreconditionState(state=state, note=note))

        return take


class AcceptanceList(QWidget):
    """What is checked at acceptance and how; target values are agreed in the contract and are not given here."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self._form_id = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def show_details(self, details: NeedDetails) -> None:
        """Show the criteria of a form, then the usual solutions and risks."""
        if details.form_id == self._form_id:
            return
        self._form_id = details.form_id
        clear_layout(self._column)
        language, translate = self.translate.language, self.translate
        for item in details.acceptance:
            what, how = item.what.text(language), item.verified_by.text(language)
            self._add(translate("{what}: {how}", what=what, how=how))
        solutions = [text.text(language) for text in details.solutions]
        if solutions:
            self._add(translate("Usual solution: {parts}", parts=translate(", ").join(solutions)))
        for risk in details.risks:
            words = translate(
                "Risk: {risk}. Answer: {response}", risk=risk.risk.text(language), response=risk.response.text(language)
            )
            self._add(words, colour="text_2")

    def _add(self, text: str, colour: str = "text") -> None:
        line = label(text, self.theme, "dense", colour=colour, wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(line)
