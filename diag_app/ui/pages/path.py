"""The path page: what to do first to reach a level, what it costs, what else would do; planned anew at every change."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from diag_app.codec import plain_decimal
from diag_app.model.plan import ChosenPlan, MeasureState, Plan, PlanWish
from diag_app.operations.chain import excuse_orphan
from diag_app.operations.measure import record_measure_state
from diag_app.operations.plan import PlanAnswer, choose_plan
from diag_app.ui.jobs import Job
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.path import (
    NAME,
    WHY,
    PathFacts,
    PathModel,
    TimedAnswer,
    difference_words,
    load_path,
    need_numbers,
    orphan_rows,
    shortfall_words,
    timed_plans,
    unserved,
)
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.orphan_list import OrphanList
from diag_app.ui.widgets.path_bar import MEASURES, PLAN, PathBar
from diag_app.ui.widgets.path_delegate import PathDelegate
from diag_app.ui.widgets.path_panel import PathPanel, PlanRow
from diag_app.ui.widgets.path_total import PathTotal
from diag_app.ui.widgets.roadmap import Roadmap
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.tab_order import read_in_order
from diag_app.ui.widgets.table import Table

COLUMNS = (32, 0, 62, 82, 62, 132, 56, 82, 0, 24)
ROW, LOW_ROW, LOOSE_ROW = 30, 26, 54
NO_PLAN = ChosenPlan(wish=PlanWish(), level=1, measure_ids=())


class PathPage(CasePage):
    """The path of a case. `target.item` names a measure to look at."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.facts: PathFacts | None = None
        self.answer: TimedAnswer | None = None
        self.place = 0  # of the plan looked at
        self._dates = NO_PLAN  # of the roadmap
        self._job: Job | None = None
        self._wish: PlanWish | None = None
        self.bar: PathBar | None = None
        self._bar_holder = QVBoxLayout()
        self.model = PathModel(translate)
        self.delegate = PathDelegate(theme, translate, self.model)
        self.table = Table(theme, translate("Path"), row_height=ROW)
        self.table.setModel(self.model)
        self.table.setItemDelegate(self.delegate)
        for column, width in enumerate(COLUMNS):
            self.table.setColumnWidth(column, width)
        for stretched in (NAME, WHY):
            self.table.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.table.moved.connect(self._on_moved)
        self.total = PathTotal(theme, translate)
        self.roadmap = Roadmap(theme, translate)
        self.roadmap.gantt.picked.connect(self._pick)
        self.roadmap.dated.connect(self._date)
        self.panel = PathPanel(theme, translate)
        self.panel.shown.connect(self._look_at)
        self.panel.taken.connect(self.take_plan)
        self.loose = OrphanList(theme, translate, row_height=LOOSE_ROW)  # while no plan is taken, or none is shown
        for orphans in (self.loose, self.panel.orphans):
            orphans.excused.connect(self._excuse)
        self.nothing = EmptyState(
            theme,
            "calculator",
            translate("No measure has a price yet"),
            translate("A plan counts only prices with a source. Type those that you have; the cheapest path appears."),
            action=(translate("Type prices"), self.open_measures),
        )
        self.blocked = EmptyState(theme, "octagon-alert", translate("No plan"), "")
        self.middle = QStackedWidget()
        for pane in (self._plan_pane(), self.nothing, self.blocked):
            self.middle.addWidget(pane)
        centre = self.centre = QWidget()
        column_box = QVBoxLayout(centre)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(0)
        column_box.addLayout(self._bar_holder)
        column_box.addWidget(self.middle, 1)
        column_box.addWidget(self.loose)
        self.arrange_case(centre, right=self.panel)
        self._bind_keys()

    def open(self, target: Target) -> None:
        """Show the path of the case, planned anew."""
        if target.assessment_id != self.target.assessment_id:
            self.answer, self._wish, self.place = None, None, 0
            self._dates = NO_PLAN
        super().open(target)
        self.focus_first()

    def forget_pack(self) -> None:
        """Build the bar anew: another pack has other levels."""
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None

    def show_case(self, case: CaseView) -> None:
        """Show what is recorded, and plan in the background."""
        assessment_id = self.target.assessment_id or ""
        self.facts = self.session.read(load_path, assessment_id, self.translate.language)
        if self.facts is None:
            return
        if self.bar is None:
            self.bar = PathBar(self.theme, self.translate, case.pack)
            self.bar.wished.connect(self._ask)
            self.bar.looked_at.connect(self._leave_for)
            self._bar_holder.addWidget(self.bar)
        self.delegate.pack = case.pack
        if self.facts.taken is not None:
            self._dates = self.facts.taken.chosen
        self._wish = self._wish or self._first_wish(case)
        self.bar.show_wish(self._wish)
        self._show_middle()
        self._plan_anew()

    def flush(self) -> None:
        """Take what is typed."""
        self.roadmap.flush()
        self.panel.orphans.flush()
        self.loose.flush()
        if self.bar is not None:
            self.bar.flush()

    def focus_first(self) -> None:
        """Put the focus on the plan, or where prices are typed while there is none."""
        (self.nothing.button if self.middle.currentWidget() is self.nothing else self.table).setFocus()

    def set_compact(self, compact: bool) -> None:
        """Use lower table rows."""
        super().set_compact(compact)
        self.table.set_row_height(self.theme.row(LOW_ROW if compact else ROW))

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("1–4",), translate("target level")),
            (("J", "K"), translate("move")),
            (("P",), translate("fix")),
            (("Del",), translate("leave out")),
            (("A",), translate("next plan")),
            (("M",), translate("measures and prices")),
            (("Enter",), translate("take this plan")),
            (("U",), translate("undo")),
        )

    def step_down(self) -> None:
        """Go to the next measure."""
        self._step(1)

    def step_up(self) -> None:
        """Go to the measure before."""
        self._step(-1)

    def toggle_pinned(self) -> None:
        """Fix the measure in the plan, or let it go again."""
        self._toggle("pinned")

    def toggle_excluded(self) -> None:
        """Leave the measure out, or allow it again."""
        self._toggle("excluded")

    def show_next_plan(self) -> None:
        """Look at the next plan, after the last at the cheapest."""
        if self._plans:
            self._look_at((self.place + 1) % len(self._plans))

    def open_measures(self) -> None:
        """Go to all measures with their prices."""
        self.go("measures")

    def take_plan(self) -> None:
        """Store the plan looked at as the one that the owner takes."""
        if not self._plans or self._wish is None or self.facts is None:
            return
        plan = self._plans[self.place]
        chosen = replace(self._dates, wish=self._wish, level=plan.level, measure_ids=plan.measure_ids)
        self.session.do(choose_plan, self.target.assessment_id or "", chosen)

    def set_target(self, level: int) -> None:
        """Ask for a plan to another level."""
        if self._wish is not None and self.bar is not None:
            self._ask(replace(self._wish, level=level))

    @property
    def _plans(self) -> tuple[Plan, ...]:
        answer = self.answer.answer if self.answer is not None else None
        return () if answer is None or answer.best is None else (answer.best, *answer.others)

    def _plan_pane(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 3)
        column.addWidget(self.total)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(16, 8, 16, 8)
        inner.addWidget(self.roadmap)
        column.addWidget(scroll_area(holder, self.theme), 2)
        return pane

    def _bind_keys(self) -> None:
        for level in range(1, 5):
            self.bind(str(level), self.calling(self.set_target, level))
        self.bind_commands("path")
        self.table.opened.connect(lambda _index: self.take_plan())

    def _first_wish(self, case: CaseView) -> PlanWish:
        if self.facts is not None and self.facts.taken is not None:
            return self.facts.taken.chosen.wish
        levels = [condition.level for condition in case.pack.level_rule.conditions]
        return PlanWish(level=min(case.card.level + 1, max(levels)))

    def _ask(self, wish: PlanWish) -> None:
        self._wish, self.place = wish, 0
        if self.bar is not None:
            self.bar.show_wish(wish)
        self._plan_anew()

    def _plan_anew(self) -> None:
        """Plan in the background; what was planning on older facts is given up."""
        if self._job is not None and self._job.is_running:
            self._job.abandon()
        self._job = None
        if self.facts is None or self._wish is None or not self.facts.priced:
            self.answer = None
            self._show_middle()
            return
        self.panel.title.setText(self.translate("Planning"))
        job = self.context.jobs.start(timed_plans, self.target.assessment_id or "", self._wish, parent=self)
        job.finished.connect(lambda found, job=job: self._on_planned(job, found))
        self._job = job

    def _on_planned(self, job: Job, found: TimedAnswer) -> None:
        if job is not self._job:
            return
        self.answer = found
        self.place = min(self.place, max(0, len(self._plans) - 1))
        self._show_answer(found.answer)

    def _show_answer(self, answer: PlanAnswer) -> None:
        seconds = f"{self.answer.seconds:.1f}" if self.answer is not None else ""
        self.panel.title.setText(self.translate("Plans, 10k CNY · proven, {seconds} s", seconds=seconds))
        self._show_middle()
        if answer.best is not None:
            self._show_plan()

    def _show_middle(self) -> None:
        if self.facts is not None and not self.facts.priced:
            self.middle.setCurrentWidget(self.nothing)
        elif self.answer is not None and self.answer.answer.best is None:
            self._show_blocked(self.answer.answer)
            self.middle.setCurrentWidget(self.blocked)
        else:
            self.middle.setCurrentIndex(0)
        self.panel.setVisible(bool(self._plans))
        read_in_order(self.centre)
        if self.facts is not None:
            in_panel = self._plans and self.facts.taken is not None
            self.loose.show_rows(() if in_panel else orphan_rows(self.facts, self.translate))

    def _show_blocked(self, answer: PlanAnswer) -> None:
        if answer.shortfall is None or self.facts is None:
            return
        names = self.facts.names(self.translate.language)
        words = shortfall_words(answer.wish, answer.shortfall, names, self.translate)
        self.blocked.set_texts(self.translate("No plan"), words)

    def _show_plan(self) -> None:
        if self.case is None or self.facts is None or not self._plans or self._wish is None:
            return
        plans, translate = self._plans, self.translate
        plan, best, names = plans[self.place], plans[0], self.facts.names(translate.language)
        self.model.show_plan(plan, self.case.pack, self.facts)
        if not self.table.currentIndex().isValid() and plan.measures:
            self.table.setCurrentIndex(self.model.index(0, NAME))
        self.total.show_plan(plan, self.case.pack)
        taken = self.facts.taken
        self.roadmap.show_plan(plan, names, self._dates)
        taken_ids = frozenset(taken.chosen.measure_ids) if taken is not None else frozenset()
        rows = tuple(
            PlanRow(
                place=place,
                cost=item.cost.likely,
                more=item.cost.likely - best.cost.likely,
                words=translate("Cheapest") if not place else difference_words(best, item, names, translate),
                orphans=self._orphan_words(item),
                is_taken=frozenset(item.measure_ids) == taken_ids,
            )
            for place, item in enumerate(plans)
        )
        self.panel.show_rows(rows, self.place)
        self._show_head(plan, rows[self.place].is_taken)
        self.panel.orphans.show_rows(orphan_rows(self.facts, translate) if rows[self.place].is_taken else ())

    def _orphan_words(self, plan: Plan) -> str:
        orphans = unserved(plan, self.case.needs) if self.case is not None else ()
        return (
            self.translate("{needs} without a measure", needs=need_numbers(orphans, self.translate)) if orphans else ""
        )

    def _show_head(self, plan: Plan, is_taken: bool) -> None:
        translate, wish = self.translate, self._wish
        cost = translate("{amount} (10k CNY)", amount=plain_decimal(plan.cost.likely))
        left = "" if wish is None or wish.budget is None else plain_decimal(wish.budget - plan.cost.likely)
        line = translate("in the budget, {left} left", left=left) if left else translate("no budget named")
        self.panel.head.show_plan(plan.before.level, plan.after.level, cost, line)
        self.panel.take.setVisible(not is_taken)
        self.panel.foot.setText(translate("This plan is taken: the proposal shows it.") if is_taken else "")
        over = wish is not None and wish.budget is not None and plan.cost.high > wish.budget
        if over and wish is not None and wish.budget is not None:
            words = translate(
                "At the high costs {high} (10k CNY), {over} over the budget.",
                high=plain_decimal(plan.cost.high),
                over=plain_decimal(plan.cost.high - wish.budget),
            )
            again = replace(wish, on_high=True)
            links = () if wish.on_high else ((translate("Count high"), self.calling(self._ask, again)),)
            self.panel.say("warning", words, links)
        else:
            self.panel.say("info", "")

    def _leave_for(self, view: str) -> None:
        if self.bar is not None and view == MEASURES:
            self.bar.views.set_value(PLAN)
            self.open_measures()

    def _date(self, start_on: str, trial_weeks: int) -> None:
        """Record the dates of the plan taken; while none is, keep them for the one that will be."""
        self._dates = replace(self._dates, start_on=start_on, trial_weeks=trial_weeks)
        if self.facts is not None and self.facts.taken is not None:
            dated = replace(self.facts.taken.chosen, start_on=start_on, trial_weeks=trial_weeks)
            self.session.do(choose_plan, self.target.assessment_id or "", dated)
        else:
            self._show_plan()

    def _look_at(self, place: int) -> None:
        if 0 <= place < len(self._plans) and place != self.place:
            self.place = place
            self._show_plan()

    def _current(self) -> str | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()].planned.measure_id if index.isValid() else None

    def _toggle(self, state: MeasureState) -> None:
        measure_id = self._current()
        if measure_id is None or self.facts is None:
            return
        wanted = None if self.facts.measure(measure_id).state == state else state
        self.session.do(record_measure_state, self.target.assessment_id or "", measure_id, wanted)

    def _excuse(self, key: str, reason: str) -> None:
        self.session.do(excuse_orphan, self.target.assessment_id or "", key, reason)

    def _step(self, step: int) -> None:
        row = self.table.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, NAME))

    def _on_moved(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.model.rows):
            self.roadmap.gantt.select(self.model.rows[index.row()].planned.measure_id)

    def _pick(self, measure_id: str) -> None:
        for row, item in enumerate(self.model.rows):
            if item.planned.measure_id == measure_id:
                self.table.setCurrentIndex(self.model.index(row, NAME))
