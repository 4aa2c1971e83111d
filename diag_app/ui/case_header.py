"""The case header: whose case it is, what is known of it in one line, and the steps of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.labels import ElidedLabel
from diag_app.ui.widgets.level_badge import LevelBadge
from diag_app.ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from diag_app.ui.case_facts import CaseFacts

STEPS = ("profile", "diagnosis", "needs", "path", "proposal", "delivery")
STEP_OF_PAGE = {
    **{step: step for step in STEPS},
    "board": "diagnosis",
    "why": "diagnosis",
    "findings": "diagnosis",
    "review": "diagnosis",
    "evidence": "diagnosis",
    "measures": "path",
    "upgrade": "diagnosis",
    "fill_in": "delivery",
    "portal": "delivery",
    "visit": "profile",
}


class CaseHeader(Panel):
    """Signal `step_chosen(step)`; hidden where no case is open."""

    step_chosen = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="bottom", parent=parent)
        self._theme = theme
        self.badge = LevelBadge(theme)
        self.name = ElidedLabel("", theme, "strong", bold=True)
        self.facts = ElidedLabel("", theme, "caption", colour="text_2")
        words = (
            translate("Profile"),
            translate("Diagnosis"),
            translate("Needs"),
            translate("Path"),
            translate("Proposal"),
            translate("Delivery"),
        )
        self.stepper = Stepper(tuple(zip(STEPS, words, strict=True)), theme)
        self.stepper.chosen.connect(self.step_chosen)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.name)
        texts.addWidget(self.facts)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(self.badge)
        row.addLayout(texts, 1)
        row.addWidget(self.stepper)
        self.set_low(False)

    def show_case(self, facts: CaseFacts, page: str) -> None:
        """Show a case, with the step that `page` belongs to as open."""
        self.badge.set_level(facts.level, facts.level_words)
        self.name.set_text(facts.name)
        self.facts.set_text(facts.line)
        self.stepper.set_steps(STEP_OF_PAGE.get(page, ""), facts.done)

    def set_low(self, low: bool) -> None:
        """Take one line of 40 px in a very low window."""
        self.setFixedHeight(40 if low else self._theme.size("case_header"))
        self.facts.setVisible(not low)
