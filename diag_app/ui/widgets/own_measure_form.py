"""The form for a measure that no catalogue has: what it is and raises, what is done before it, how long it takes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import DiagError
from diag_app.forms.definition import Pack, Question
from diag_app.i18n.translator import Translator
from diag_app.model.own_measure import OwnMeasure
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.fields import LineField, NumberField
from diag_app.ui.widgets.form import ComboField, FormRow
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.several_picker import SeveralPicker

_WIDTH = 980
Items = tuple[tuple[str, str], ...]


class OwnMeasureForm(QWidget):
    """Signals `entered(OwnMeasure)` and `closed()`; a refusal is said in the form, where all that was typed stays."""

    entered = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.theme, self.translate = theme, translate
        self._pack: Pack | None = None
        self._taken: frozenset[str] = frozenset()
        wrong = translate("No number")
        self.name = LineField(theme, translate("Name"), placeholder=translate("such as leak test at the press"))
        self.key = LineField(theme, translate("Id"))
        self.scenario = ComboField(theme, translate("Scenario"), ())
        self.level = ComboField(theme, translate("Raises the scenario to"), ())
        self.question = ComboField(theme, translate("Raises the question"), ())
        self.option = ComboField(theme, translate("to the option"), ())
        self.low = NumberField(theme, translate("At least"), error=wrong, unit=translate("weeks"))
        self.high = NumberField(theme, translate("At most"), error=wrong, unit=translate("weeks"))
        self.evidence = LineField(
            theme, translate("Evidence at acceptance"), placeholder=translate("what shows that it works")
        )
        self.before = SeveralPicker(
            theme,
            translate,
            translate("Done before it"),
            sign=translate("after"),
            none=translate("no other measure"),
            more=translate("one more measure"),
        )
        self.question.currentIndexChanged.connect(lambda _place: self._offer_options())
        self.fault = label("", theme, "dense", colour="error", wrap=True)
        self.save = Button(translate("Keep the measure"), theme, "primary", icon="check", key="Ctrl+Enter")
        self.save.clicked.connect(self.enter)
        self.close_button = Button(translate("Close the form"), theme)
        self.close_button.clicked.connect(self.closed)
        self._arrange()

    def begin(self, pack: Pack, names: Mapping[str, str], own: OwnMeasure | None) -> None:
        """Show an own measure to change, or an empty form with an id nobody has; `names` are those of all measures."""
        self._pack = pack
        language = self.translate.language
        shown = own or OwnMeasure(measure_id=_free(names), name="", weeks_low=2, weeks_high=4)
        self._taken = frozenset(names) - ({own.measure_id} if own is not None else frozenset())
        self.key.setEnabled(own is None)
        none = ("", self.translate("none"))
        scenarios = tuple((item.scenario_id, item.label.text(language)) for item in pack.scenarios)
        levels = tuple((str(item.level), str(item.level)) for item in pack.level_rule.conditions)
        questions = tuple(
            (item.question_id, f"{item.question_id} {item.name.text(language)}") for item in pack.questions
        )
        _fill(self.scenario, (none, *scenarios), shown.scenario_id)
        _fill(self.level, (none, *levels), "" if shown.level is None else str(shown.level))
        _fill(self.question, (none, *questions), shown.question_id)
        self._offer_options(shown.option)
        self.name.load(shown.name)
        self.key.load(shown.measure_id)
        self.low.load_number(shown.weeks_low)
        self.high.load_number(shown.weeks_high)
        self.evidence.load(shown.evidence)
        self.before.begin({key: name for key, name in names.items() if key != shown.measure_id}, shown.requires)
        self.fault.setText("")
        self.name.setFocus()

    def enter(self) -> None:
        """Announce the measure; what is missing is said and keeps the form as it is."""
        low, high = self.low.value(), self.high.value()
        wrong = low is None or high is None or low != int(low) or high != int(high)
        translate = self.translate
        if not self.name.text().strip():
            self._refuse(translate("Give the measure a name."), self.name)
        elif self.key.text().strip() in self._taken:
            self._refuse(translate("Another measure has this id."), self.key)
        elif self.level.key and not self.scenario.key:
            self._refuse(translate("Name the scenario that it raises."), self.scenario)
        elif self.question.key and not self.option.key:
            self._refuse(translate("Name the option that it reaches."), self.option)
        elif wrong or low is None or high is None:
            self._refuse(translate("Type the weeks as whole numbers."), self.low)
        else:
            self.entered.emit(
                OwnMeasure(
                    measure_id=self.key.text().strip(),
                    name=self.name.text().strip(),
                    scenario_id=self.scenario.key,
                    level=int(self.level.key) if self.level.key else None,
                    question_id=self.question.key,
                    option=self.option.key,
                    requires=self.before.keys,
                    weeks_low=int(low),
                    weeks_high=int(high),
                    evidence=self.evidence.text().strip(),
                )
            )

    def show_refusal(self, refused: DiagError) -> None:
        """Say every fault of the measure."""
        lines = [self.translate.problem(item) for item in refused.problems] or [self.translate.problem(refused)]
        self.fault.setText("\n".join(dict.fromkeys(lines)))

    def _refuse(self, words: str, field: QWidget) -> None:
        self.fault.setText(words)
        field.setFocus()

    def _offer_options(self, chosen: str = "") -> None:
        question = self._question()
        items: Items = ()
        if question is not None:
            language = self.translate.language
            known = [option for option in question.options if not option.is_none]
            items = tuple((option.key, f"{option.key} {option.label.text(language)}") for option in known)
        _fill(self.option, (("", self.translate("none")), *items), chosen)
        self.option.setEnabled(bool(items))

    def _question(self) -> Question | None:
        if self._pack is None or not self.question.key:
            return None
        return self._pack.question(self.question.key)

    def _arrange(self) -> None:
        theme = self.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        note = self.translate("Letters, digits and _; it never changes.")
        places: tuple[tuple[QWidget, int, int, int, str], ...] = (
            (self.name, 0, 0, 2, ""),
            (self.low, 0, 2, 1, ""),
            (self.high, 0, 3, 1, ""),
            (self.scenario, 1, 0, 2, ""),
            (self.level, 1, 2, 1, ""),
            (self.key, 1, 3, 1, note),
            (self.question, 2, 0, 2, ""),
            (self.option, 2, 2, 2, ""),
            (self.evidence, 3, 0, 2, ""),
            (self.before.choice, 3, 2, 2, ""),
        )
        for field, row, column, span, words in places:
            grid.addWidget(FormRow(field.accessibleName(), field, theme, note=words), row, column, 1, span)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.save)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        hint = self.translate(
            "Written by you, not from a catalogue. A level takes in every level below it. Price, source and provider "
            "follow in the list."
        )
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(20, 14, 20, 14)
        column_box.setSpacing(6)
        column_box.addWidget(label(self.translate("Measure of your own"), theme, "heading"))
        column_box.addWidget(label(hint, theme, "dense", colour="text_2", wrap=True))
        column_box.addLayout(grid)
        column_box.addWidget(self.before)
        column_box.addWidget(self.fault)
        column_box.addLayout(buttons)
        column_box.addStretch(1)
        self.setMaximumWidth(_WIDTH)


def _fill(field: ComboField, items: Items, chosen: str) -> None:
    field.blockSignals(True)
    field.clear()
    for key, text in items:
        field.addItem(text, key)
    field.set_key(chosen)
    field.blockSignals(False)
    field.update()


def _free(names: Mapping[str, str]) -> str:
    """Return the first id of the row own_1, own_2 … that no measure has."""
    return next(key for key in (f"own_{number}" for number in range(1, len(names) + 2)) if key not in names)
