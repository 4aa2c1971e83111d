"""What is asked of a plan, in one bar: target level, budget, time, likely or high costs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.forms.definition import Pack
from diag_app.i18n.translator import Translator
from diag_app.model.plan import PlanWish
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.fields import NumberField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.segmented import Segmented

BAR_HEIGHT, FIELD_WIDTH = 48, 92
LIKELY, HIGH = "likely", "high"
PLAN, MEASURES = "plan", "measures"


def view_switch(theme: Theme, translate: Translator, shown: str) -> Segmented:
    """Return the switch between the path and all measures, which both pages have."""
    views = ((PLAN, translate("Path"), None), (MEASURES, translate("Measures and prices"), None))
    switch = Segmented(views, theme, translate("What is shown"))
    switch.set_value(shown)
    return switch


class PathBar(Panel):
    """Signals `wished(PlanWish)` when something else is asked, `looked_at(view)` for the plan or all measures."""

    wished = Signal(object)
    looked_at = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="bottom", parent=parent)
        self.setFixedHeight(BAR_HEIGHT)
        self._wish = PlanWish()
        levels = tuple((str(item.level), str(item.level), None) for item in pack.level_rule.conditions)
        self.levels = Segmented(levels, theme, translate("Target level"))
        self.levels.chosen.connect(lambda key: self._ask(level=int(key)))
        wrong = translate("No number")
        self.budget = NumberField(theme, translate("Budget"), error=wrong, unit=translate("10k CNY"))
        self.months = NumberField(theme, translate("Time"), error=wrong, unit=translate("months"))
        self.budget.number_rested.connect(lambda value: self._ask(budget=value))
        self.months.number_rested.connect(self._ask_months)
        costs = ((LIKELY, translate("Likely"), None), (HIGH, translate("High"), None))
        self.costs = Segmented(costs, theme, translate("Costs counted"))
        self.costs.chosen.connect(lambda key: self._ask(on_high=key == HIGH))
        self.views = view_switch(theme, translate, PLAN)
        self.views.chosen.connect(self.looked_at)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(8)
        row.addWidget(label(translate("Target"), theme, "caption", colour="text_2"))
        row.addWidget(self.levels)
        for words, field in ((translate("Budget"), self.budget), (translate("Time"), self.months)):
            field.setFixedWidth(FIELD_WIDTH)
            row.addWidget(label(words, theme, "caption", colour="text_2"))
            row.addWidget(field)
        row.addWidget(self.costs)
        row.addStretch(1)
        row.addWidget(self.views)

    @property
    def wish(self) -> PlanWish:
        """Return what is asked now."""
        return self._wish

    def show_wish(self, wish: PlanWish) -> None:
        """Show a wish without announcing it."""
        self._wish = wish
        if wish.level is not None:
            self.levels.set_value(str(wish.level))
        self.budget.load_number(wish.budget)
        self.months.load_number(wish.months)
        self.costs.set_value(HIGH if wish.on_high else LIKELY)

    def flush(self) -> None:
        """Take what is typed."""
        self.budget.flush()
        self.months.flush()

    def _ask_months(self, value: Decimal | None) -> None:
        self._ask(months=None if value is None else max(1, min(120, int(value))))

    def _ask(self, **changed: Any) -> None:
        wish = replace(self._wish, **changed)
        if wish != self._wish:
            self.show_wish(wish)
            self.wished.emit(wish)
