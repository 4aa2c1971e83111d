"""A calculator in the page: what is typed gives the formula with the figures put in, at once; Use takes the result."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import DiagError, Problem
from diag_app.i18n import Translator
from diag_app.model.calculators.calculate import calculate
from diag_app.model.calculators.catalogue import CALCULATORS
from diag_app.model.calculators.definition import Calculator, Entry, Input, Working
from diag_app.model.calculators.words import calculator_names, formula, input_names, source_names, working_lines
from diag_app.model.unit_words import unit_names
from diag_app.model.units import UNITS, measures_the_same
from diag_app.ui.models.figures import plain_text
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import NumberField
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label, set_colour
from diag_app.ui.words import confidence_word

_FIELD, _UNIT, _PER_ROW = 96, 92, 2


class CalculatorPanel(QWidget):
    """Shows one calculator at a time; hidden until `show_calculator`.

    Signals:
        taken(Working): the result is to be the baseline value; closed().
    """

    taken = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.calculator: Calculator | None = None
        self.fields: dict[str, NumberField] = {}
        self.units: dict[str, ComboField] = {}
        self.title = label("", theme, "body", bold=True)
        self.source = label("", theme, "caption", colour="text_2", wrap=True)
        self.formula = label("", theme, "dense", colour="text_2", wrap=True)
        self.result = label("", theme, "dense", bold=True, wrap=True)
        self.use = Button(translate("Use as baseline value"), theme, small=True, icon="check")
        self.use.clicked.connect(self.take)
        self.close_button = Button(translate("Close the calculator"), theme, "text", small=True)
        self.close_button.clicked.connect(self.closed)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.source, 1)
        head.addWidget(self.close_button)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.result, 1)
        foot.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.formula)
        column.addLayout(foot)
        column.addLayout(self._grid)
        self.hide()

    def show_calculator(self, calculator_id: str, working: Working | None) -> None:
        """Show a calculator with what was typed into it before."""
        found = CALCULATORS[calculator_id]
        if self.calculator is not found:
            self.calculator = found
            self._build(found)
        entries = working.entries if working is not None and working.calculator == calculator_id else {}
        for item in found.inputs:
            entry = entries.get(item.key)
            self.fields[item.key].load_number(None if entry is None else entry.value)
            self.units[item.key].set_key(item.unit if entry is None else entry.unit)
        self._show_result()
        self.show()
        self.fields[found.inputs[0].key].setFocus()

    @property
    def working(self) -> Working | None:
        """Return what is typed; null while no calculator is shown."""
        if self.calculator is None:
            return None
        values = {key: field.value() for key, field in self.fields.items()}
        entries = {
            key: Entry(value=value, unit=self.units[key].key)
            for key, value in values.items()
            if isinstance(value, Decimal)
        }
        return Working(calculator=self.calculator.calculator_id, entries=entries)

    def take(self) -> None:
        """Hand the working on when it gives a result."""
        if self.use.isEnabled():
            self.taken.emit(self.working)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sunken ground."""
        paint_frame(QPainter(self), QRectF(self.rect()), self.theme, fill="sunken", line=None)

    def _build(self, found: Calculator) -> None:
        clear_layout(self._grid)
        self.fields, self.units = {}, {}
        names = input_names(self.translate)
        self.title.setText(calculator_names(self.translate)[found.calculator_id])
        source = source_names(self.translate)[found.source]
        self.source.setText(f"{source} · {confidence_word(found.confidence, self.translate)}")
        self.formula.setText(formula(found, self.translate))
        for place, item in enumerate(found.inputs):
            row, column = divmod(place, _PER_ROW)
            self._add_input(item, names[item.key], row, column * 3)
        self._grid.setColumnStretch(_PER_ROW * 3, 1)

    def _add_input(self, item: Input, name: str, row: int, column: int) -> None:
        error = self.translate("Not a number. Digits and one point, nothing else.")
        field = NumberField(self.theme, name, error=error)
        field.setFixedWidth(_FIELD)
        field.textEdited.connect(self._show_result)
        field.returnPressed.connect(self.take)
        words = unit_names(self.translate)
        units = sorted((key for key in UNITS if measures_the_same(key, item.unit)), key=lambda key: key != item.unit)
        unit = ComboField(self.theme, self.translate("Unit of {name}", name=name), tuple((k, words[k]) for k in units))
        unit.setFixedWidth(_UNIT + 50)
        unit.activated.connect(self._show_result)
        title = label(name, self.theme, "dense", wrap=True)
        title.setBuddy(field)
        self._grid.addWidget(title, row, column)
        self._grid.addWidget(field, row, column + 1)
        self._grid.addWidget(unit, row, column + 2)
        self.fields[item.key], self.units[item.key] = field, unit

    def _show_result(self) -> None:
        working = self.working
        if working is None:
            return
        for field in self.fields.values():
            if not field.text().strip():
                field.set_error("")
        try:
            calculate(working)
        except DiagError as refused:
            self._say(refused, is_begun=bool(working.entries))
            return
        self.use.setEnabled(True)
        self.result.setText("\n".join(working_lines(working, self.translate)))
        set_colour(self.result, self.theme, "text")

    def _say(self, refused: DiagError, *, is_begun: bool) -> None:
        """Say why there is no result yet: what is missing quietly, what is wrong in red."""
        self.use.setEnabled(False)
        names = input_names(self.translate)
        parameters = {name: names.get(value, value) for name, value in refused.parameters.items()}
        place = names.get(refused.location, refused.location)
        words = self.translate.problem(Problem(code=refused.code, location=place, parameters=parameters))
        is_gap = refused.code == "INPUT_MISSING"
        self.result.setText(words if is_begun or not is_gap else "")
        set_colour(self.result, self.theme, "text_2" if is_gap else "error")


def value_words(working: Working, translate: Translator) -> str:
    """Return the result of a stored working as a baseline shows it."""
    result = calculate(working)
    return f"{plain_text(result.value)} {unit_names(translate)[result.unit]}"
