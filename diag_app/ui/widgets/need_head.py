"""The top of the need editor: title, levels, priority, what the owner said, what hinders, what is wished."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import Priority, ScenarioNeed
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import scenario_name
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.level_badge import LevelBadge
from diag_app.ui.widgets.need_delegate import priority_words
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.text_field import TextField


class NeedHead(QWidget):
    """Shows the words of one need. `changed(field name, value)` says what the person did."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.number = label("", theme, "body", colour="text_3")
        self.title = LineField(theme, translate("Title of the need"))
        self.title.setFont(theme.font("strong"))
        self.title.rested.connect(self._changer("title"))
        self.chip = Chip("", theme)
        self.level, self.goal = LevelBadge(theme), LevelBadge(theme, target=True)
        self.texts = {
            "owner_words": TextField(theme, translate("In the owner's words"), lines=2),
            "process": TextField(theme, translate("How it is done today"), lines=2),
            "pain": TextField(theme, translate("What hurts"), lines=2),
            "wish": TextField(theme, translate("What is wished"), lines=2),
        }
        for name, field in self.texts.items():
            field.rested.connect(self._changer(name))
        self.barrier = self._barrier()
        self.reason = LineField(theme, translate("Why"), placeholder=translate("Why"))
        self.reason.rested.connect(self._changer("barrier_reason"))
        self.priority = self._priority()
        self.target = self._target()
        self.prompts = label("", theme, "caption", colour="text_2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addLayout(self._words())
        column.addWidget(self.prompts)

    def show_need(self, case: CaseView, need: ScenarioNeed, *, is_other: bool) -> None:
        """Show a need's words; a field being typed in keeps its text unless this is another need."""
        language = self.translate.language
        scenario = case.pack.scenario_of_need(need.scenario_id)
        self.number.setText(f"N-{need.number:02d}")
        self.chip.set_text(scenario_name(scenario, language))
        present = case.scenario_level(need.scenario_id)
        self.level.set_level(present, self.translate("present level {level}", level=present or 0))
        self.goal.set_level(need.target_level, self.translate("target level {level}", level=need.target_level or 0))
        for name, field in self.texts.items():
            if is_other or not field.is_typed_in:
                field.load(getattr(need, name))
        for line, text in ((self.title, need.title), (self.reason, need.barrier_reason)):
            if is_other or not line.is_typed_in:
                line.load(text)
                line.setCursorPosition(0)
        self.barrier.set_value(need.barrier or "")
        self.priority.set_value(need.priority)
        self.target.set_value("" if need.target_level is None else str(need.target_level))
        forms = [form for form in case.pack.need_forms if form.form_id == need.form_id]  # of one from elsewhere none
        asked = [prompt.text(language) for form in forms for prompt in form.prompts]
        self.prompts.setText(self.translate("Ask: {questions}", questions=" ".join(asked)) if asked else "")
        self.prompts.setVisible(bool(asked))

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in self.texts.values():
            field.flush()
        for line in (self.title, self.reason):
            line.flush()

    def fit(self, *, is_low: bool) -> None:
        """Use fewer lines in a low window."""
        for name, field in self.texts.items():
            field.set_lines(2 if is_low or name == "owner_words" else 3)

    def _changer(self, name: str) -> Callable[[str], None]:
        def change(value: str) -> None:
            self.changed.emit(name, value)

        return change

    def _barrier(self) -> Segmented:
        translate = self.translate
        choices = (
            ("", translate("not said"), None),
            ("unwilling", translate("unwilling"), None),
            ("afraid", translate("afraid"), None),
            ("unable", translate("unable"), None),
        )
        made = Segmented(choices, self.theme, translate("Barrier"))
        made.chosen.connect(lambda key: self.changed.emit("barrier", key or None))
        return made

    def _priority(self) -> Segmented:
        keys: tuple[Priority, ...] = ("must", "should", "could")
        made = Segmented(
            tuple((key, priority_words(key, self.translate), None) for key in keys),
            self.theme,
            self.translate("Priority"),
        )
        made.chosen.connect(lambda key: self.changed.emit("priority", key))
        return made

    def _target(self) -> Segmented:
        choices = (("", "–", None), *((str(level), str(level), None) for level in (1, 2, 3, 4)))
        made = Segmented(choices, self.theme, self.translate("Target level"))
        made.chosen.connect(lambda key: self.changed.emit("target_level", int(key) if key else None))
        return made

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip)
        head.addWidget(self.level)
        head.addWidget(label("→", self.theme, "body", colour="text_3"))
        head.addWidget(self.goal)
        head.addSpacing(8)
        head.addWidget(self.priority)
        return head

    def _words(self) -> QGridLayout:
        """Lay out the texts in the order in which Tab goes through them."""
        translate = self.translate
        side = QVBoxLayout()
        side.setSpacing(5)
        side.addWidget(self.barrier)
        side.addWidget(self.reason)
        goal = QVBoxLayout()
        goal.addWidget(self.target, 0, Qt.AlignmentFlag.AlignTop)
        goal.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        self._add_text(grid, "owner_words", translate("In the owner's words"), 0, 0)
        grid.addWidget(label(translate("Barrier"), self.theme, "caption", colour="text_2"), 0, 1)
        grid.addLayout(side, 1, 1)
        grid.addWidget(label(translate("Target level"), self.theme, "caption", colour="text_2"), 0, 2)
        grid.addLayout(goal, 1, 2)
        self._add_text(grid, "process", translate("How it is done today"), 2, 0)
        self._add_text(grid, "pain", translate("What hurts"), 2, 1)
        self._add_text(grid, "wish", translate("What is wished"), 2, 2)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        return grid

    def _add_text(self, grid: QGridLayout, name: str, words: str, row: int, place: int) -> None:
        title = label(words, self.theme, "caption", colour="text_2")
        title.setBuddy(self.texts[name].editor)
        grid.addWidget(title, row, place)
        grid.addWidget(self.texts[name], row + 1, place)
