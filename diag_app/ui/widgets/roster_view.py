"""The plan of a roster: how many firms are new, changed, the same; which rows cannot be read; then the firms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.errors import Problem, Severity
from diag_app.i18n import Translator
from diag_app.operations.roster import PlannedFirm, RosterPlan
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.list_card import list_card
from diag_app.ui.words import problem_words


class RosterView(QWidget):
    """The summary; `details` are the lists, which the page puts below its buttons."""

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.theme, self.translate = theme, translate
        self._card = Card(theme, padding=14)
        self._card.body.setSpacing(3)
        self._title = label("", theme, "body", bold=True, wrap=True)
        self.summary = label("", theme, "dense", colour="text_2", wrap=True)
        self._card.body.addWidget(self._title)
        self._card.body.addWidget(self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self.details = QWidget()
        self._lists = QVBoxLayout(self.details)
        self._lists.setContentsMargins(0, 0, 0, 0)
        self._lists.setSpacing(12)

    def show_plan(self, plan: RosterPlan | None, name: str) -> None:
        """Show what taking the roster in would do; without a plan, what a roster looks like."""
        clear_layout(self._lists)
        translate = self.translate
        if plan is None:
            self._title.setText(name or translate("Excel (.xlsx) or CSV, one firm in each row"))
            self.summary.setText(
                translate(
                    "The first row holds headings, such as 企业名称, 统一社会信用代码, 行业, 从业人员, "
                    "营业收入（万元）, 地址, 联系人, 电话. You see what is new and changed before anything is stored."
                )
            )
            return
        self._title.setText(translate("{name}: what it says", name=name))
        self.summary.setText(plan_words(plan, translate))
        by_weight = {
            weight: [_problem_words(one, translate) for one in plan.problems if one.severity is weight]
            for weight in Severity
        }
        self._list(translate("Rows that cannot be read and are left out"), by_weight[Severity.ERROR], "error")
        self._list(translate("Needs a look"), by_weight[Severity.WARNING], "warning")
        self._list(translate("New firms"), [_firm_words(firm) for firm in plan.new], "text")
        self._list(translate("Changed firms"), [_firm_words(firm) for firm in plan.changed], "text")

    def _list(self, title: str, lines: Sequence[str], colour: str) -> None:
        if lines:
            self._lists.addWidget(list_card(title, lines, colour, self.theme, self.translate))


def plan_words(plan: RosterPlan, translate: Translator) -> str:
    """Return the figures of a plan in one line."""
    return translate(
        "{new} new, {changed} changed, {same} the same, {unreadable} unreadable",
        new=len(plan.new),
        changed=len(plan.changed),
        same=plan.skipped,
        unreadable=plan.unreadable,
    )


def _problem_words(problem: Problem, translate: Translator) -> str:
    """Return a problem behind the cell it is in, as a person finds it: `B3`."""
    cell = problem.parameters["column"] + problem.parameters["row"]
    return f"{cell}  {problem_words(problem, translate)}"


def _firm_words(firm: PlannedFirm) -> str:
    profile = firm.profile
    return "  ".join(part for part in (profile.name, profile.uscc) if part)
