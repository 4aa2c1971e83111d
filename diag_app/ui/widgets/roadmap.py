"""The roadmap with the two things the owner decides about it: the day it begins and the weeks of the trial run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.model.plan import ChosenPlan, Plan
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.fields import LineField, NumberField
from diag_app.ui.widgets.gantt import Gantt
from diag_app.ui.widgets.labels import label

MOST_TRIAL, FIELD = 52, 116


class Roadmap(QWidget):
    """Signal `dated(start_on, trial_weeks)` when one of both was typed; what is no day or week is said."""

    dated = Signal(str, int)

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._translate = translate
        self.start_on, self.trial_weeks = "", 0
        self.gantt = Gantt(theme, translate)
        self.start = LineField(theme, translate("Begins on"), placeholder="2026-04-01")
        self.trial = NumberField(theme, translate("Trial run"), error=translate("No number"), unit=translate("weeks"))
        self.fault = label("", theme, "caption", colour="error")
        self.start.rested.connect(self._take_start)
        self.trial.number_rested.connect(self._take_trial)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(translate("Roadmap"), theme, "dense", bold=True))
        head.addSpacing(8)
        for field in (self.start, self.trial):
            field.setFixedWidth(FIELD)
            title = label(field.accessibleName(), theme, "caption", colour="text_2")
            title.setBuddy(field)
            head.addWidget(title)
            head.addWidget(field)
        head.addWidget(self.fault, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.gantt)
        column.addStretch(1)

    def show_plan(self, plan: Plan, names: Mapping[str, str], dates: ChosenPlan) -> None:
        """Show a plan on the dates of `dates`; what is being typed stays, with what is wrong with it."""
        takes_start = self.start.takes(is_changed=dates.start_on != self.start_on)
        takes_trial = self.trial.takes(is_changed=dates.trial_weeks != self.trial_weeks)
        self.start_on, self.trial_weeks = dates.start_on, dates.trial_weeks
        if takes_start:
            self.start.load(dates.start_on)
        if takes_trial:
            self.trial.load_number(dates.trial_weeks)
        if takes_start and takes_trial:
            self._say("")
        self.gantt.show_plan(plan, names, dates.start_on, dates.trial_weeks)

    def flush(self) -> None:
        """Take what is typed."""
        self.start.flush()
        self.trial.flush()

    def _take_start(self, text: str) -> None:
        day = text.strip()
        try:
            plain = date.fromisoformat(day).isoformat() if day else ""
        except ValueError:
            self._say(self._translate("No day: year-month-day, such as 2026-04-01."))
            return
        self._announce(plain, self.trial_weeks)

    def _take_trial(self, weeks: object) -> None:
        whole = self.trial.value()
        if weeks is None or whole is None or whole != int(whole) or not 0 <= whole <= MOST_TRIAL:
            self._say(self._translate("Whole weeks, {most} at most.", most=str(MOST_TRIAL)))
            return
        self._announce(self.start_on, int(whole))

    def _announce(self, start_on: str, trial_weeks: int) -> None:
        self._say("")
        if (start_on, trial_weeks) != (self.start_on, self.trial_weeks):
            self.start_on, self.trial_weeks = start_on, trial_weeks
            self.dated.emit(start_on, trial_weeks)

    def _say(self, text: str) -> None:
        self.fault.setText(text)
