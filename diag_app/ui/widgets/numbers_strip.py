"""The figures of a question: fields, the formula with the figures put in, and the option that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from diag_app.errors import Problem
from diag_app.forms.definition import Pack, Question
from diag_app.forms.scorecard import Derived
from diag_app.forms.validation import check_number
from diag_app.i18n import Translator
from diag_app.ui.models.figures import plain_text
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import NumberField
from diag_app.ui.widgets.labels import ElidedLabel, label

_FIELD = 84
_RESULT = 280  # working, arrow and option
_NARROWEST = 660  # the strip in the narrowest window the layout is designed for


class NumbersStrip(QWidget):
    """Fields for a question's numbers. `entered` carries the number's id and its figure, null for cleared."""

    entered = Signal(str, object)

    def __init__(self, pack: Pack, question: Question, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.pack, self.question, self.theme, self.translate = pack, question, theme, translate
        self.fields: dict[str, NumberField] = {}
        self._numbers: Mapping[str, Decimal] = {}
        # Elided, so that neither formula nor result asks for more room than there is: nothing may move under a finger.
        self._working = ElidedLabel("", theme, "body", aligned=Qt.AlignmentFlag.AlignRight)
        self._arrow: QLabel = label("→", theme, "body", colour="text_3")
        self._result: QLabel = label("", theme, "body", colour="accent", bold=True)
        self._fault: QLabel = label("", theme, "caption", colour="error", wrap=True)
        self._fault.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange()

    def show_numbers(self, numbers: Mapping[str, Decimal], derived: Derived | None) -> None:
        """Show the stored figures, the working and the derived option; a field being typed in keeps its text."""
        self._numbers = numbers
        for number_id, field in self.fields.items():
            if not (field.hasFocus() and field.error):
                field.load_number(numbers.get(number_id))
        self._show_fault()
        derivation = self.question.derivation
        formula = derivation.formula.text(self.translate.language) if derivation is not None else ""
        self._working.set_text(derived.working if derived is not None else formula)
        for part in (self._arrow, self._result):
            part.setVisible(derived is not None)
        self._result.setText("" if derived is None else self.translate("gives {option}", option=derived.option))

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        field = next(iter(self.fields.values()))
        field.setFocus()
        field.selectAll()

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in self.fields.values():
            field.flush()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sunken ground."""
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), self.theme, fill="sunken", line=None)
        painter.end()

    def _arrange(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(10)
        fields.setVerticalSpacing(4)
        per_row = 2
        for position, number_id in enumerate(self.question.numbers):
            name, field = self._make_field(number_id)
            row, column = divmod(position, per_row)
            fields.addWidget(name, row, column * 2)
            fields.addWidget(field, row, column * 2 + 1)
            self.fields[number_id] = field
        result = QHBoxLayout()
        result.setSpacing(12)
        result.addWidget(self._working, 1)
        result.addWidget(self._arrow)
        result.addWidget(self._result)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 2, 12, 2)
        outer.setSpacing(0)
        if len(self.question.numbers) <= per_row and self._fields_width() + _RESULT <= _NARROWEST:
            line = QHBoxLayout()
            line.addLayout(fields)
            line.addLayout(result, 1)
            outer.addLayout(line)
        else:
            fields.setColumnStretch(4, 1)
            outer.addLayout(fields)
            outer.addLayout(result)
        outer.addWidget(self._fault)

    def _fields_width(self) -> int:
        names = (self.pack.number(number_id).label.text(self.translate.language) for number_id in self.fields)
        labels = sum(self.theme.metrics("dense").horizontalAdvance(name) for name in names)
        return labels + sum(field.width() + 20 for field in self.fields.values())

    def _make_field(self, number_id: str) -> tuple[QLabel, NumberField]:
        number = self.pack.number(number_id)
        language = self.translate.language
        text = number.label.text(language)
        error = self.translate("Not a number. Digits and one point, nothing else.")
        field = NumberField(self.theme, text, error=error, unit=number.unit.text(language))
        field.setFixedWidth(max(_FIELD, field.unit_width() + 62))
        field.number_rested.connect(self._taker(number_id))
        field.textEdited.connect(self._show_fault)
        name = label(text, self.theme, "dense")
        name.setBuddy(field)
        return name, field

    def _taker(self, number_id: str) -> Callable[[object], None]:
        def take(value: object) -> None:
            self._take(number_id, value if isinstance(value, Decimal) else None)

        return take

    def _take(self, number_id: str, value: Decimal | None) -> None:
        problems = check_number(self.pack, {**self._numbers, number_id: value}, number_id) if value is not None else ()
        self.fields[number_id].set_error(self._words(number_id, problems[0]) if problems else "")
        self._show_fault()
        if not problems:
            self.entered.emit(number_id, value)

    def _words(self, number_id: str, problem: Problem) -> str:
        """Return what is wrong in the words of the form: other figures by their labels, never by their ids."""
        number, typed = self.pack.number(number_id), self.fields[number_id].value()
        language = self.translate.language
        for other in self.pack.numbers:
            bound = self._numbers.get(other.number_id)
            if typed is None or bound is None:
                continue
            name = f"{other.label.text(language)} ({plain_text(bound)})"
            if number.not_above == other.number_id and typed > bound:
                return self.translate("Cannot be above {figure}.", figure=name)
            if other.not_above == number_id and typed < bound:
                return self.translate("Cannot be below {figure}.", figure=name)
        if number.maximum is not None and typed is not None and typed > number.maximum:
            return self.translate("Cannot be above {figure}.", figure=plain_text(number.maximum))
        return self.translate.problem(problem)

    def _show_fault(self) -> None:
        faults = [field.error for field in self.fields.values() if field.error]
        self._fault.setText(faults[0] if faults else "")
        self._fault.setVisible(bool(faults))
