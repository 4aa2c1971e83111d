"""Moving a diagnosis to the next version of its method: what that would change, and the button that moves."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.operations.upgrade import ReadOtherwise, UpgradePlan, newer_method, plan_upgrade, upgrade_assessment
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.conflict_words import register_words, value_words
from diag_app.ui.models.figures import target_name
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.fact_rows import FactRows
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.page_parts import stacked, title_bar
from diag_app.ui.widgets.scroll import bounded, scroll_area

_WIDTH, _NAMES = 880, 330  # the longest name of a figure has room, so that the cards' columns stand below each other


class UpgradePage(CasePage):
    """The plan of the move for one diagnosis; where no newer version is here, it says so."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.plan: UpgradePlan | None = None
        self.versions = label("", theme, "dense", colour="text_2")
        self.move_button = Button(translate("Move this diagnosis"), theme, "primary", icon="check", key="Ctrl+Enter")
        self.move_button.clicked.connect(self.move_on)
        self.notice = NoticeLine(theme)
        self.empty = EmptyState(
            theme, "circle-check", translate("This diagnosis has the newest version of its method that is here."), ""
        )
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        self.arrange_case(self._centre())
        self.bind_commands("upgrade")

    def open(self, target: Target) -> None:
        """Show what a move would change; what was said of another diagnosis goes."""
        if target.assessment_id != self.target.assessment_id:
            self.notice.clear()
        super().open(target)

    def show_case(self, case: CaseView) -> None:
        """Show what a move would change as the answers stand."""
        plan = self.plan = self.session.read(_newest_plan, case.assessment.assessment_id)
        clear_layout(self.cards)
        self.move_button.setVisible(plan is not None)
        self.empty.setVisible(plan is None)
        self.versions.setText("" if plan is None else f"{plan.here.reference} → {plan.there.reference}")
        if plan is not None:
            self._show_plan(plan)

    def hints(self) -> Hints:
        """Return the keys of this page."""
        return (
            (("Ctrl+Enter",), self.translate("move to the newest version")),
            (("U",), self.translate("undo")),
            (("Esc",), self.translate("back")),
        )

    def focus_first(self) -> None:
        """Put the focus on the move, where there is one."""
        (self.move_button if self.plan is not None else self).setFocus()

    def move_on(self) -> None:
        """Move the diagnosis as the plan says."""
        plan, assessment_id = self.plan, self.target.assessment_id
        if plan is None or assessment_id is None:
            return
        if self.session.do(upgrade_assessment, assessment_id, plan.there.reference) is not None:
            words = self.translate("Moved to version {version}. Undo moves it back.", version=plan.there.version)
            self.notice.show_notice(
                "info", words, ((self.translate("To the diagnosis"), lambda: self.go("diagnosis")),)
            )

    def _centre(self) -> QWidget:
        title = self.translate("Newer version of the method")
        bar = title_bar(self.theme, title, self.versions, self.move_button)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 12, 0, 16)
        column.addWidget(self.empty, 1)
        column.addLayout(self.cards)
        column.addStretch(1)
        return stacked(bar, self.notice, scroll_area(bounded(content), self.theme))

    def _show_plan(self, plan: UpgradePlan) -> None:
        translate = self.translate
        here, there = plan.score_here, plan.score_there
        self._card(
            translate("The score as the answers stand"),
            translate("No answer is rewritten: each is read as the newer version says. Undo moves back."),
            (
                (translate("Level"), f"{here.level} → {there.level}"),
                (translate("Score"), f"{here.score:.2f} → {there.score:.2f}"),
            ),
        )
        placed = [one for one in plan.otherwise if one.places]
        lost = [one for one in plan.otherwise if not one.places]
        self._card(
            translate("Read otherwise: {count}", count=len(placed)), "", tuple(self._said(one, plan) for one in placed)
        )
        self._card(
            translate("Without a place there: {count}", count=len(lost)),
            translate("They are kept as they are, and scoring names them; answer anew where the method asks for it."),
            tuple(self._said(one, plan) for one in lost),
        )
        names = tuple(
            (target_name(plan.there, one, translate.language), translate("to be answered")) for one in plan.new
        )
        self._card(translate("Asked anew: {count}", count=len(names)), "", names)

    def _said(self, one: ReadOtherwise, plan: UpgradePlan) -> tuple[str, str]:
        """Return what an answer is called, and what it says here and there."""
        before = value_words(one.register, one.value, plan.here, self.translate)
        after = "\n".join(
            (f"{register_words(at, plan.there, self.translate)}: " if at != one.register else "")
            + value_words(at, value, plan.there, self.translate)
            for at, value in one.places.items()
        )
        arrow = "\n→ " if "\n" in before + after else " → "
        words = f"{before}{arrow}{after}" if after else before
        return register_words(one.register, plan.here, self.translate), words

    def _card(self, title: str, note: str, rows: tuple[tuple[str, str], ...]) -> None:
        """Add a card, unless it has nothing to say."""
        if not rows:
            return
        card = Card(self.theme)
        card.body.addWidget(label(title, self.theme, "body", bold=True))
        if note:
            card.body.addWidget(label(note, self.theme, "dense", colour="text_2", wrap=True))
        facts = FactRows(tuple(name for name, _ in rows), self.theme, names_width=_NAMES)
        facts.set_values(tuple(value for _, value in rows))
        card.body.addWidget(facts)
        self.cards.addWidget(card)


def _newest_plan(workspace: Workspace, assessment_id: str) -> UpgradePlan | None:
    newest = newer_method(workspace, assessment_id)
    return None if newest is None else plan_upgrade(workspace, assessment_id, newest)
