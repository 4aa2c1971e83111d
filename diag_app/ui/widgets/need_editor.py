"""One need in full: the owner's words, what hinders, what is wished, and the measured baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import BaselineMetric, Priority, ScenarioNeed
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import scenario_name
from diag_app.ui.models.needs import VALUE_COLUMN, MetricsModel, metric_rows
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.compact import is_compact
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.level_badge import LevelBadge
from diag_app.ui.widgets.metric_table import MetricTable
from diag_app.ui.widgets.need_delegate import priority_words
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.text_field import TextField


class NeedEditor(QWidget):
    """Shows one need. It stores nothing; its signals say what the person did.

    Signals:
        changed(field name, value), measured(BaselineMetric), remove_requested().
    """

    changed = Signal(str, object)
    measured = Signal(object)
    remove_requested = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.need: ScenarioNeed | None = None
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
        self.model = MetricsModel(translate, self)
        self.model.edited.connect(self.measured)
        self.model.refused.connect(self._refuse)
        self.table = MetricTable(self.model, theme, translate("Baseline metrics"))
        self.notice = NoticeLine(theme)
        self.more = ComboField(theme, translate("Metric to add"), ())
        self.more.setFixedWidth(220)
        self.add_button = Button(translate("Add metric"), theme, icon="plus", small=True)
        self.add_button.clicked.connect(self._add_metric)
        self.remove_button = Button(translate("Remove this need"), theme, "text", icon="trash-2", small=True)
        self.remove_button.clicked.connect(self.remove_requested)
        self._arrange()

    def show_need(self, case: CaseView, need: ScenarioNeed) -> None:
        """Show a need as it stands; a field being typed in keeps its text."""
        is_other = self.need is None or self.need.need_id != need.need_id
        self.need = need
        language = self.translate.language
        scenario = case.pack.scenario(need.scenario_id)
        self.number.setText(f"N-{need.number:02d}")
        self.chip.set_text(scenario_name(scenario, language))
        present = case.scenario_level(need.scenario_id)
        self.level.set_level(present, self.translate("present level {level}", level=present or 0))
        self.goal.set_level(need.target_level, self.translate("target level {level}", level=need.target_level or 0))
        for name, field in self.texts.items():
            if is_other or not field.editor.hasFocus():
                field.load(getattr(need, name))
        for line, text in ((self.title, need.title), (self.reason, need.barrier_reason)):
            if is_other or not line.hasFocus():
                line.load(text)
                line.setCursorPosition(0)
        self.barrier.set_value(need.barrier or "")
        self.priority.set_value(need.priority)
        self.target.set_value("" if need.target_level is None else str(need.target_level))
        asked = [prompt.text(language) for prompt in case.pack.need_form(need.form_id).prompts]
        self.prompts.setText(self.translate("Ask: {questions}", questions=" ".join(asked)) if asked else "")
        self.prompts.setVisible(bool(asked))
        self._show_metrics(case, need, is_other=is_other)

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in self.texts.values():
            field.flush()
        for line in (self.title, self.reason):
            line.flush()

    def mark_not_measured(self) -> None:
        """Record the metric under the cursor as not measured."""
        index = self.table.currentIndex()
        if index.isValid():
            self.measured.emit(replace(self.model.row_at(index).recorded, value=None))

    def choose_metric(self) -> None:
        """Go to the field for another metric, or add the one chosen there."""
        if self.more.hasFocus():
            self._add_metric()
        elif self.more.count():
            self.more.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table to the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the table the room there is; lower rows in a low window."""
        is_low = is_compact(self)
        for name, field in self.texts.items():
            field.set_lines(2 if is_low or name == "owner_words" else 3)
        height = self.theme.size("table_row") - (4 if is_low else 0)
        self.table.fit(self.width() - 40, height)

    def _show_metrics(self, case: CaseView, need: ScenarioNeed, *, is_other: bool) -> None:
        rows = metric_rows(case, need)
        self.model.set_rows(rows)
        if is_other:
            self.notice.clear()
            self.table.setCurrentIndex(self.model.index(0, VALUE_COLUMN))
        shown = {row.metric.metric_id for row in rows}
        self.more.clear()
        for metric in case.pack.metrics:
            if metric.metric_id not in shown:
                self.more.addItem(metric.label.text(self.translate.language), metric.metric_id)
        self.fit()

    def _add_metric(self) -> None:
        if self.more.key:
            self.measured.emit(BaselineMetric(metric_id=self.more.key, value=None))

    def _refuse(self, text: str) -> None:
        words = self.translate("“{text}” is no figure of 0 or more. Nothing was changed.", text=text)
        self.notice.show_notice("error", words)

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

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addLayout(self._words())
        column.addWidget(self.prompts)
        base = QHBoxLayout()
        base.setSpacing(10)
        base.addWidget(label(self.translate("Baseline metrics"), self.theme, "body", bold=True))
        hint = self.translate("What was not measured says so, never 0")
        base.addWidget(label(hint, self.theme, "caption", colour="text_2"), 1)
        base.addWidget(self.more)
        base.addWidget(self.add_button)
        column.addLayout(base)
        column.addWidget(self.table)
        column.addWidget(self.notice)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        column.addLayout(foot)

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
