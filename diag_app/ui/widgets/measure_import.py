"""What taking a workbook of measures in would change, line by line, with the cells that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.codec import plain_decimal
from diag_app.i18n.translator import Translator
from diag_app.model.measure_sheet import MeasurePlan
from diag_app.model.plan import CaseMeasure, Offer
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.list_card import list_card
from diag_app.ui.words import problem_words

_WIDTH = 900


class MeasureImportView(QWidget):
    """Signals `taken(without_faulty)` when the person says so, `left()` otherwise."""

    taken = Signal(bool)
    left = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self.theme, self.translate = theme, translate
        self._is_faulty = False
        self.title = label("", theme, "heading", wrap=True)
        self.summary = label("", theme, "dense", colour="text_2", wrap=True)
        self.take = Button("", theme, "primary", icon="check", key="Ctrl+Enter")
        self.take.clicked.connect(lambda: self.taken.emit(self._is_faulty))
        self.leave = Button(translate("Leave it"), theme)
        self.leave.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.take)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addLayout(buttons)
        column.addLayout(self._lists)
        column.addStretch(1)
        self.setMaximumWidth(_WIDTH)

    def show_plan(self, plan: MeasurePlan, name: str, measures: tuple[CaseMeasure, ...]) -> None:
        """Show what the workbook `name` would change among `measures`."""
        translate, language = self.translate, self.translate.language
        present = {item.measure_id: item for item in measures}
        self._is_faulty = bool(plan.problems)
        self.title.setText(translate("{name}: what it says", name=name))
        count = translate.plural("{count} measure changes", "{count} measures change", plan.changes)
        faulty = translate.plural("{count} cell cannot be read", "{count} cells cannot be read", len(plan.problems))
        self.summary.setText(translate("; ").join([count, faulty] if plan.problems else [count]))
        words = translate("Take in all but the rows with these cells") if plan.problems else translate("Take it in")
        self.take.set_content(words, icon="check", key="Ctrl+Enter")
        self.take.setVisible(plan.changes > 0)
        names = {key: item.measure.label.text(language) for key, item in present.items()}
        clear_layout(self._lists)
        lists = (
            (translate("Cells that cannot be read; their rows are left out"), self._fault_lines(plan), "error"),
            (translate("Measures of your own"), self._own_lines(plan), "text"),
            (translate("Prices, sources, providers"), self._offer_lines(plan, present, names), "text"),
            (translate("What the owner says"), self._state_lines(plan, present, names), "text"),
        )
        for title, lines, colour in lists:
            if lines:
                self._lists.addWidget(list_card(title, lines, colour, self.theme, translate))

    def _fault_lines(self, plan: MeasurePlan) -> list[str]:
        return [problem_words(problem, self.translate) for problem in plan.problems]

    def _own_lines(self, plan: MeasurePlan) -> list[str]:
        return [f"{own.name}  ({own.measure_id})" for own in plan.own.values()]

    def _offer_lines(
        self, plan: MeasurePlan, present: Mapping[str, CaseMeasure], names: Mapping[str, str]
    ) -> list[str]:
        before = {key: present[key].offer if key in present else Offer() for key in plan.offers}
        return [
            f"{names.get(key, key)}  {change_words(before[key], offer, self.translate)}"
            for key, offer in plan.offers.items()
        ]

    def _state_lines(
        self, plan: MeasurePlan, present: Mapping[str, CaseMeasure], names: Mapping[str, str]
    ) -> list[str]:
        words = state_words(self.translate)
        return [
            f"{names.get(key, key)}  {words[present[key].state if key in present else None]} → {words[state]}"
            for key, state in plan.states.items()
        ]


def change_words(before: Offer, after: Offer, translate: Translator) -> str:
    """Return in one line what of an offer changes: `Low / likely / high 1 / 2 / 3 → 1 / 2 / 4; Provider – → …`."""
    old, new = _parts(before, translate), _parts(after, translate)
    changed = (f"{name} {old[name] or '–'} → {new[name] or '–'}" for name in new if old[name] != new[name])
    return translate("; ").join(changed)


def _parts(offer: Offer, translate: Translator) -> dict[str, str]:
    cost = offer.cost
    ends = () if cost is None else (cost.low, cost.likely, cost.high)
    return {
        translate("Low / likely / high"): " / ".join(plain_decimal(end) for end in ends),
        translate("Source"): offer.source,
        translate("Date of the source"): offer.dated,
        translate("Who answers for it"): offer.owner,
        translate("Provider"): offer.provider,
        translate("Product"): offer.product,
        translate("Weeks"): "" if offer.weeks is None else str(offer.weeks),
    }


def state_words(translate: Translator) -> dict[str | None, str]:
    """Return what the owner can say of a measure."""
    return {
        None: "–",
        "done": translate("done already"),
        "pinned": translate("fixed"),
        "excluded": translate("left out"),
    }
