"""The findings page: everything that needs explanation by the rules of the practice packs, and what was explained."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.i18n.rule_words import SEVERITIES
from diag_app.operations.contradictions import take_back_overruling
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.findings import FindingRow, finding_rows
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.card import Card, Panel
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.finding_view import FindingList
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.page_parts import stacked
from diag_app.ui.widgets.scroll import bounded, scroll_area

_WIDTH = 880
_EXPLAINED = "explained"


class FindingsPage(CasePage):
    """Open findings by severity, then those that were explained."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.packs = label("", theme, "caption", colour="text_2", wrap=True)
        self.lists = {group: FindingList(theme, translate, gap=14) for group in (*SEVERITIES, _EXPLAINED)}
        self._titles = {group: label("", theme, "dense", bold=True) for group in self.lists}
        self._cards: dict[str, Card] = {}
        self.empty = EmptyState(theme, "circle-check", translate("Nothing needs explanation."), "")
        self.arrange_case(self._centre())
        for found in self.lists.values():
            found.open_target.connect(self.open_answer)
            found.explained.connect(self.explain)
            found.taken_back.connect(self._take_back)

    def show_case(self, case: CaseView) -> None:
        """Show what is found in the answers as they stand."""
        rows = finding_rows(case.findings, case.pack, self.translate)
        for group, shown in self.lists.items():
            found = tuple(row for row in rows if _group(row) == group)
            words = self.translate("explained") if group == _EXPLAINED else self.translate(SEVERITIES[group])
            self._titles[group].setText(f"{words[:1].upper()}{words[1:]} · {len(found)}")
            shown.show_rows(found, is_trial=case.is_trial)
            self._cards[group].setVisible(bool(found))
        self.empty.setVisible(not rows)
        self._show_packs(case)

    def hints(self) -> Hints:
        """Return the keys of this page."""
        return (
            (("Tab",), self.translate("next answer")),
            (("Enter",), self.translate("open the answer")),
            (("Esc",), self.translate("back")),
        )

    def _show_packs(self, case: CaseView) -> None:
        count = sum(len(rules.rules) for rules in case.rule_sets)
        packs = ", ".join(rules.pack for rules in case.rule_sets)
        if packs:
            text = self.translate(
                "{count} rules of {packs}, written by us, no part of the method", count=count, packs=packs
            )
        else:
            text = self.translate("No practice pack with rules is here for this method.")
        self.packs.setText(text)
        self.empty.set_texts(self.translate("Nothing needs explanation."), text)

    def _take_back(self, key: str) -> None:
        self.session.do(take_back_overruling, self.target.assessment_id or "", key)

    def _centre(self) -> QWidget:
        head = Panel(self.theme, edge="bottom")
        line = QVBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(1)
        line.addWidget(label(self.translate("Needs explanation"), self.theme, "heading"))
        line.addWidget(self.packs)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.empty, 1)
        for group, shown in self.lists.items():
            card = Card(self.theme)
            card.body.addWidget(self._titles[group])
            card.body.addWidget(shown)
            self._cards[group] = card
            column.addWidget(card)
        column.addStretch(1)
        return stacked(head, scroll_area(bounded(content, margin=0), self.theme))


def _group(row: FindingRow) -> str:
    return _EXPLAINED if row.state == "explained" else row.severity
