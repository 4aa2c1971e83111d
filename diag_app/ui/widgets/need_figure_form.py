"""Entering a figure: what it is, low, likely, high, unit, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import DiagError, Problem
from diag_app.i18n import Translator
from diag_app.model.economics import Assumption, Books, Range, Role
from diag_app.model.economics_words import role_names
from diag_app.model.unit_words import unit_names
from diag_app.ui.models.need_books import money_units
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.fields import LineField, NumberField
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.several_picker import SeveralPicker

REGISTER_ONLY = ""
_FIGURE = 96


@dataclass(frozen=True, kw_only=True)
class EnteredFigure:
    """A new assumption, the role it plays (null: register only), and the assumptions it is multiplied with."""

    assumption: Assumption
    role: Role | None
    times: tuple[str, ...]


class FigureForm(QWidget):
    """A form for one new figure; hidden until `begin`.

    Signals:
        entered(EnteredFigure); closed().
    """

    entered = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        names = role_names(translate)
        roles: tuple[Role, ...] = ("investment", "benefit", "running_cost")
        choices = (*((role, names[role], None) for role in roles), (REGISTER_ONLY, translate("register only"), None))
        self.role = Segmented(choices, theme, translate("What the figure is"))
        self.role.chosen.connect(lambda _key: self._offer_units())
        error = translate("Not a number. Digits and one point, nothing else.")
        self.name = LineField(
            theme, translate("Name of the figure"), placeholder=translate("such as price of two cameras")
        )
        self.ends = {
            "low": NumberField(theme, translate("Low"), error=error),
            "likely": NumberField(theme, translate("Likely"), error=error),
            "high": NumberField(theme, translate("High"), error=error),
        }
        self.unit = ComboField(theme, translate("Unit"), ())
        self.times = SeveralPicker(
            theme,
            translate,
            translate("multiplied with"),
            sign="×",
            none=translate("nothing"),
            more=translate("one more figure"),
        )
        self.source = LineField(theme, translate("Source"), placeholder=translate("such as two offers"))
        self.dated = LineField(theme, translate("Date of the source"), placeholder="2026-03-05")
        self.owner = LineField(theme, translate("Who answers for it"))
        self.fault = label("", theme, "caption", colour="error", wrap=True)
        self.fault.hide()
        self.save = Button(translate("Enter the figure"), theme, small=True, icon="check")
        self.save.clicked.connect(self.enter)
        self.close_button = Button(translate("Close the form"), theme, "text", small=True)
        self.close_button.clicked.connect(self.closed)
        self._arrange()
        self.hide()

    def begin(self, role: Role | None, books: Books) -> None:
        """Show the form empty, ready for the name."""
        self.role.set_value(role or REGISTER_ONLY)
        self._offer_units()
        self.times.begin({key: f"A-{item.number:02d} {item.label}" for key, item in books.assumptions.items()})
        for field in (self.name, *self.ends.values(), self.source, self.dated, self.owner):
            field.load("")
            field.set_error("")
        self.fault.hide()
        self.show()
        self.name.setFocus()

    def enter(self) -> None:
        """Announce the figure; what is missing or no number is said and keeps the form open."""
        likely = self.ends["likely"].value()
        wrong = [field for field in self.ends.values() if field.error]
        if likely is None or wrong:
            self.show_fault(self.translate("Type at least the likely figure."))
            (wrong[0] if wrong else self.ends["likely"]).setFocus()
            return
        low, high = (self._end(name, likely) for name in ("low", "high"))
        found = Assumption(
            assumption_id="",
            label=self.name.text(),
            unit=self.unit.key,
            range=Range(low=low, likely=likely, high=high),
            source=self.source.text(),
            dated=self.dated.text().strip(),
            owner=self.owner.text(),
        )
        role = next((key for key in role_names(self.translate) if key == self.role.value), None)
        times = self.times.keys if role is not None else ()
        self.entered.emit(EnteredFigure(assumption=found, role=role, times=times))

    def show_refusal(self, refused: DiagError) -> None:
        """Say why the figure was not entered; all that was typed stays."""
        units = unit_names(self.translate)
        parameters = {name: _in_words(value, units) for name, value in refused.parameters.items()}
        words = Problem(code=refused.code, location=self._place(refused.location), parameters=parameters)
        self.show_fault(f"{self.translate.problem(words)} {self.translate.remedy(words)}")

    def show_fault(self, text: str) -> None:
        """Say what is wrong under the form."""
        self.fault.setText(text)
        self.fault.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sunken ground."""
        paint_frame(QPainter(self), QRectF(self.rect()), self.theme, fill="sunken", line=None)

    def _end(self, name: str, likely: Decimal) -> Decimal:
        value = self.ends[name].value()
        return likely if value is None else value

    def _place(self, location: str) -> str:
        part = location.removeprefix("range.")
        return self.ends[part].accessibleName() if part in self.ends else location

    def _offer_units(self) -> None:
        words, chosen = unit_names(self.translate), self.unit.key
        offered = money_units(self.role.value)
        self.unit.clear()
        for key in offered:
            self.unit.addItem(words[key], key)
        self.unit.set_key(chosen if chosen in offered[:2] else offered[0])
        self.times.choice.setEnabled(self.role.value != REGISTER_ONLY)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.role)
        head.addStretch(1)
        head.addWidget(self.close_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.name, *self.ends.values(), self.unit, self.times.choice),
            (self.source, self.dated, self.owner),
        )
        for field in self.ends.values():
            field.setFixedWidth(_FIGURE)
        self._add_row(grid, 0, rows[0], (0, 1, 2, 3, 4, 5), (1, 1, 1, 1, 1, 1))
        self._add_row(grid, 2, rows[1], (0, 1, 4), (1, 3, 1))
        grid.addWidget(self.times, 4, 0, 1, 6)
        grid.addWidget(self.save, 3, 5)
        for place, stretch in ((0, 3), (4, 2), (5, 2)):
            grid.setColumnStretch(place, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(self.fault)

    def _add_row(
        self, grid: QGridLayout, row: int, fields: tuple[QWidget, ...], places: tuple[int, ...], spans: tuple[int, ...]
    ) -> None:
        for field, place, span in zip(fields, places, spans, strict=True):
            title = label(field.accessibleName(), self.theme, "caption", colour="text_2")
            title.setBuddy(field)
            grid.addWidget(title, row, place, 1, span)
            grid.addWidget(field, row + 1, place, 1, span)


def _in_words(value: str, units: dict[str, str]) -> str:
    return " × ".join(units.get(part, part) for part in value.split(" × "))
