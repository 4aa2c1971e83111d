"""The figures of a question: fields, the formula with the figures put in, and the option that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

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
_RESULT, _RESULT_IN_TWO = 230, 150  # working, arrow and option in one line, in two
_NARROWEST = 596  # inside the strip in the narrowest window the layout is designed for


class NumbersStrip(QWidget):
    """Fields for a question's numbers. `entered` carries the number's id and its figure, null for cleared."""

    entered = Signal(str, object)

    def __init__(self, pack: Pack, question: Question, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.pack, self.question, self.theme, self.translate = pack, question, theme, translate
        self.fields: dict[str, NumberField] = {}
        self._numbers: Mapping[str, Decimal] = {}
        # Neither formula, result nor fault asks for more room than there is: nothing may move under a finger.
        self._working = ElidedLabel("", theme, "body", aligned=Qt.AlignmentFlag.AlignRight)
        self._arrow: QLabel = label("→", theme, "body", colour="text_3")
        self._result: QLabel = label("", theme, "body", colour="accent", bold=True)
        self.fault: QLabel = label("", theme, "caption", colour="error", wrap=True)
        self.fault.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.outcome = QStackedWidget()  # what follows from the figures, or what is wrong with them
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange()

    def show_numbers(self, numbers: Mapping[str, Decimal], derived: Derived | None) -> None:
        """Show the stored figures, the working and the derived option; what is typed or refused stays until stored."""
        for number_id, field in self.fields.items():
            is_changed = numbers.get(number_id) != self._numbers.get(number_id)
            if field.takes(is_changed=is_changed) and (is_changed or not field.error):
                field.load_number(numbers.get(number_id))
        self._numbers = numbers
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
        made = [self._make_field(number_id) for number_id in self.question.numbers]
        self.fields = {number_id: field for number_id, (_, field) in zip(self.question.numbers, made, strict=True)}
        per_row = 2 if _width(made, 2) <= _NARROWEST else 1
        fields = QGridLayout()
        fields.setHorizontalSpacing(10)
        fields.setVerticalSpacing(2)
        for position, parts in enumerate(made):
            row, column = divmod(position, per_row)
            for place, part in enumerate(parts):
                fields.addWidget(part, row, column * 2 + place)
        is_in_two = per_row == 1 < len(made)
        self.outcome.addWidget(self._result_lines(2 if is_in_two else 1))
        self.outcome.addWidget(self.fault)
        fits = _width(made, per_row) + (_RESULT_IN_TWO if is_in_two else _RESULT) <= _NARROWEST
        inside = QHBoxLayout() if fits else QVBoxLayout()
        inside.setSpacing(16 if fits else 0)
        inside.addLayout(fields)
        inside.addWidget(self.outcome, 1)
        if not fits:
            fields.setColumnStretch(2 * per_row, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 2, 12, 2)
        outer.addLayout(inside)

    def _result_lines(self, count: int) -> QWidget:
        """Return working and result in one line, or below each other."""
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        result = QHBoxLayout()
        result.setSpacing(12)
        if count > 1:
            column.addWidget(self._working)
            result.addStretch(1)
        else:
            result.addWidget(self._working, 1)
        result.addWidget(self._arrow)
        result.addWidget(self._result)
        column.addLayout(result)
        return lines

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
        self.fault.setText(faults[0] if faults else "")
        self.outcome.setCurrentIndex(1 if faults else 0)


def _width(made: Sequence[tuple[QLabel, NumberField]], per_row: int) -> int:
    """Return how wide a grid of so many fields in a row is."""
    columns = [0] * per_row
    for position, (name, field) in enumerate(made):
        column = position % per_row
        columns[column] = max(columns[column], name.sizeHint().width() + field.width() + 20)
    return sum(columns)
