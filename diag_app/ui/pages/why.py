"""The why page: the derivation from the level down to single answers, each of which opens."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.answers import ScenarioAnswer
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.rows import ROOT
from diag_app.ui.models.what_if import after_press
from diag_app.ui.models.why import WhyModel, why_nodes
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import slim_scroll_bars
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.why_delegate import WhyDelegate
from diag_app.ui.widgets.why_detail import WhyDetail
from diag_app.ui.widgets.why_tree import WhyTree


class WhyPage(CasePage):
    """Why this level. `target.item` names the answer to start on."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: CaseView | None = None  # the case with the score whose reasons are shown
        self.model = WhyModel(context.translate, self)
        self.tree = WhyTree(context.theme)
        self._delegate = WhyDelegate(context.theme, context.translate)
        self.tree.setItemDelegate(self._delegate)
        self.tree.setModel(self.model)
        self.tree.fix_columns()
        self.tree.setAccessibleName(self.translate("Why this level"))
        self.tree.doubleClicked.connect(self._open_index)
        slim_scroll_bars(self.tree, context.theme)
        self.tree.selectionModel().currentChanged.connect(self._on_moved)
        choices = (
            ("claimed", self.translate("Claimed"), None),
            ("supported", self.translate("Supported"), None),
            ("verified", self.translate("Verified"), None),
        )
        self.counted = Segmented(choices, context.theme, self.translate("Three scores"))
        self.counted.set_value("claimed")
        self.counted.chosen.connect(self._show_counted)
        self.detail = WhyDetail(context.theme, context.translate)
        self.detail.open_target.connect(self.open_answer)
        self.detail.tried.connect(self._try)
        centre = Panel(context.theme)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(label(self.translate("Why this level"), context.theme, "heading"))
        line.addSpacing(12)
        line.addWidget(self.counted)
        line.addStretch(1)
        self.try_button = Button(self.translate("What if"), context.theme, icon="flask-conical", key="T")
        self.try_button.clicked.connect(self.toggle_what_if)
        line.addWidget(self.try_button)
        column.addWidget(head)
        column.addWidget(self.tree, 1)
        self.arrange_case(centre, right=self.detail)
        self.bind("Return", self.open_current)
        self.bind_commands("why")

    def open(self, target: Target) -> None:
        """Show the tree with the cursor on `target.item`, or on the level."""
        super().open(target)
        if self.case is None:
            return
        index = self.model.index_of(target.item or "")
        self.tree.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self.tree.scrollTo(self.tree.currentIndex())
        self.focus_first()

    def show_case(self, case: CaseView) -> None:
        """Show the reasons as they stand, of the score chosen above; in a trial of what is tried."""
        self.counted.setEnabled(not case.is_trial)
        if not case.is_trial:
            cards = {"supported": case.review.scores.supported, "verified": case.review.scores.verified}
            case = replace(case, card=cards.get(self.counted.value, case.card))
        self._shown = case
        place = self.model.place_of(self.tree.currentIndex())
        unfolded = {self.model.place_of(index) for index in self.model.all_indexes() if self.tree.isExpanded(index)}
        self.model.set_nodes(why_nodes(case, self.translate))
        if unfolded:
            for index in self.model.all_indexes():
                self.tree.setExpanded(index, self.model.place_of(index) in unfolded)
        else:
            self._unfold(ROOT, 0)
        here = self.model.index_at_place(place)
        if here.isValid():
            self.tree.setCurrentIndex(here)

    def focus_first(self) -> None:
        """Put the focus on the tree."""
        self.tree.setFocus()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        return (
            (("↑", "↓"), self.translate("move")),
            (("←", "→"), self.translate("fold, unfold")),
            (("Enter",), self.translate("open the answer")),
            (("T",), self.translate("what if")),
            (("Esc",), self.translate("back")),
        )

    def open_current(self) -> None:
        """Open the answer under the cursor; fold or unfold what is none."""
        self._open_index(self.tree.currentIndex())

    def toggle_what_if(self) -> None:
        """Begin to try out answers with the one under the cursor, or forget what was tried."""
        super().toggle_what_if()
        if self.is_trying:
            self.detail.focus_trial()

    def _show_counted(self) -> None:
        if self.case is not None:
            self.show_case(self.case)

    def _try(self, target: str, key: str) -> None:
        if self.case is None:
            return
        if any(scenario.scenario_id == target for scenario in self.case.pack.scenarios):
            self.rate(target, ScenarioAnswer(level=int(key)))
        else:
            question, selected = self.case.pack.question(target), self.case.card.question(target).options
            self.choose(target, after_press(question, selected, key))

    def _open_index(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        first = index.siblingAtColumn(0)
        node = self.model.node_at(first)
        if node.target:
            self.open_answer(node.target)
        else:
            self.tree.setExpanded(first, not self.tree.isExpanded(first))

    def _on_moved(self, index: QModelIndex) -> None:
        if index.isValid() and self._shown is not None:
            self.detail.show_node(self.model.node_at(index.siblingAtColumn(0)), self._shown)
            self.tree.viewport().update()

    def _unfold(self, parent: QModelIndex | QPersistentModelIndex, depth: int) -> None:
        """Unfold what decides: the level, its score condition, dimensions; below that only what holds the cursor."""
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            reason = self.model.node_at(index).reason
            if reason.kind in ("level", "next_level") or (depth and self._leads_to_points(index)):
                self.tree.setExpanded(index, True)
                self._unfold(index, depth + 1)

    def _leads_to_points(self, index: QModelIndex) -> bool:
        node = self.model.node_at(index)
        top = index
        while top.parent().isValid():
            top = top.parent()
        is_level = self.model.node_at(top).reason.kind == "level"
        return is_level and (
            node.reason.kind == "dimension" or (node.reason.kind, node.reason.ref) == ("condition", "score")
        )
