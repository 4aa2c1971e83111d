"""All measures of a case with their prices; own measures are added here, and workbooks go out and come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from diag_app.errors import DiagError
from diag_app.model.measure_sheet import MeasurePlan
from diag_app.model.own_measure import OwnMeasure, definition_of, own_from
from diag_app.model.plan import CaseMeasure, MeasureState, Offer
from diag_app.operations.measure import (
    add_own_measure,
    find_measures,
    record_measure_state,
    record_offer,
    remove_own_measure,
)
from diag_app.operations.measure_exchange import (
    MeasureImport,
    export_measures,
    import_measures,
    look_at_measures,
)
from diag_app.ui.jobs import Job
from diag_app.ui.models.case import CaseView
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.measure_import import MeasureImportView
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.offer_form import MeasureTable
from diag_app.ui.widgets.own_measure_form import OwnMeasureForm
from diag_app.ui.widgets.page_parts import stacked
from diag_app.ui.widgets.path_bar import BAR_HEIGHT, MEASURES, PLAN, view_switch
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import scroll_area

_WORKBOOK = "Excel (*.xlsx)"


class MeasuresPage(CasePage):
    """`target.item` names a measure. Replace `choose_file(is_new)` to answer the question for a file by program."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.choose_file: Callable[[bool], Path | None] = self._ask_file
        self.measures: tuple[CaseMeasure, ...] = ()
        self.plan: MeasurePlan | None = None
        self._path: Path | None = None
        self._job: Job | None = None  # that reads or takes in a workbook for the case shown
        self.table = MeasureTable(theme, translate)
        self.table.form.offered.connect(self._offer)
        self.table.table.moved.connect(lambda _index: self._show_buttons())
        self.own = OwnMeasureForm(theme, translate)
        self.own.entered.connect(self._keep)
        self.own.closed.connect(self.go_back)
        self.look = MeasureImportView(theme, translate)
        self.look.taken.connect(self._take)
        self.look.left.connect(self.go_back)
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self.add_button = Button(translate("New measure"), theme, icon="plus", key="N")
        self.add_button.clicked.connect(self.begin_own)
        self.change_button = Button(translate("Change"), theme, "text", key="E")
        self.change_button.clicked.connect(self.change_own)
        self.remove_button = Button(translate("Remove"), theme, "text", icon="trash-2")
        self.remove_button.clicked.connect(self._remove)
        self.out_button = Button(translate("To Excel…"), theme, icon="table-2", key="X")
        self.out_button.clicked.connect(self.write_excel)
        self.in_button = Button(translate("From Excel…"), theme, icon="inbox", key="O")
        self.in_button.clicked.connect(self.choose_excel)
        self.views = view_switch(theme, translate, MEASURES)
        self.views.chosen.connect(lambda view: self.open_path() if view == PLAN else None)
        self.middle = QStackedWidget()
        self._panes = {
            "table": self.table,
            "own": scroll_area(self.own, theme),
            "look": scroll_area(self.look, theme),
        }
        for pane in self._panes.values():
            self.middle.addWidget(pane)
        self.arrange_case(self._centre())
        self.bind_commands("measures")

    def open(self, target: Target) -> None:
        """Show the measures, with the one that the target names chosen."""
        self._job = None
        super().open(target)
        self._show("table")
        if target.item is not None:
            self._choose(target.item)

    def show_case(self, case: CaseView) -> None:
        """Show the measures as they stand."""
        found = self.session.read(find_measures, case.assessment.assessment_id)
        if found is not None:
            self.measures = found
            self.table.show_measures(found)
        self._show_buttons()

    def flush(self) -> None:
        """Take what is typed."""
        self.table.form.flush()

    def focus_first(self) -> None:
        """Begin where work goes on in what is shown."""
        shown = self.middle.currentWidget()
        if shown is self._panes["own"]:
            self.own.name.setFocus()
        elif shown is self._panes["look"]:
            (self.look.leave if self.look.take.isHidden() else self.look.take).setFocus()
        else:
            self.table.table.setFocus()

    def go_back(self) -> bool:
        """Close the form or the look at a workbook; nothing of it is stored."""
        if self.middle.currentWidget() is self.table:
            return super().go_back()
        self._show("table")
        return True

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("J", "K"), translate("move")),
            (("Enter",), translate("price")),
            (("P",), translate("fix")),
            (("D",), translate("done")),
            (("Del",), translate("leave out")),
            (("N",), translate("new")),
            (("X", "O"), translate("Excel")),
            (("M",), translate("path")),
            (("U",), translate("undo")),
        )

    def step_down(self) -> None:
        """Go to the next measure."""
        self.table.step(1)

    def step_up(self) -> None:
        """Go to the measure before."""
        self.table.step(-1)

    def toggle_pinned(self) -> None:
        """Fix the measure in every plan, or let it go again."""
        self._toggle("pinned")

    def toggle_done(self) -> None:
        """Say that the measure is done already, or take that back."""
        self._toggle("done")

    def toggle_excluded(self) -> None:
        """Leave the measure out of every plan, or allow it again."""
        self._toggle("excluded")

    def open_path(self) -> None:
        """Go back to the path."""
        self.views.set_value(MEASURES)
        self.go("path")

    def begin_own(self) -> None:
        """Open the form for a new measure."""
        self._open_form(None)

    def change_own(self) -> None:
        """Open the form with the own measure that is chosen, where it can be said in the form."""
        chosen = self._own()
        if chosen is not None:
            self._open_form(chosen)

    def write_excel(self) -> None:
        """Write all measures with their prices to a workbook."""
        path = self.choose_file(True)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        job = self.context.jobs.start(export_measures, self.target.assessment_id or "", self.translate.language, path)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(lambda _count: self._say(self.translate("Written: {path}", path=path)))

    def choose_excel(self) -> None:
        """Look at a workbook; what it would change is shown before anything is stored."""
        path = self.choose_file(False)
        if path is None:
            return
        self._path = path
        job = self._job = self.context.jobs.start(look_at_measures, self.target.assessment_id or "", path)
        self.progress.follow(job, self.translate("Reading {name}", name=path.name))
        job.finished.connect(lambda plan, job=job: self._on_looked(job, plan))

    def accept(self) -> None:
        """Keep the measure of the form, or take the workbook in."""
        shown = self.middle.currentWidget()
        if shown is self._panes["own"]:
            self.own.enter()
        elif shown is self._panes["look"] and not self.look.take.isHidden():
            self.look.take.click()

    def _centre(self) -> QWidget:
        bar = Panel(self.theme, edge="bottom")
        bar.setFixedHeight(BAR_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(8)
        for button in (self.add_button, self.change_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        for part in (self.out_button, self.in_button, self.views):
            row.addWidget(part)
        return stacked(bar, self.notice, self.progress, self.middle)

    def _show(self, pane: str) -> None:
        self.middle.setCurrentWidget(self._panes[pane])
        self._show_buttons()
        self.focus_first()

    def _show_buttons(self) -> None:
        is_list, chosen = self.middle.currentWidget() is self.table, self.table.current
        is_own = is_list and chosen is not None and chosen.is_own
        self.remove_button.setVisible(is_own)
        self.change_button.setVisible(is_own and self._own() is not None)
        for button in (self.add_button, self.out_button, self.in_button):
            button.setEnabled(is_list)

    def _own(self) -> OwnMeasure | None:
        chosen = self.table.current
        return own_from(chosen.measure) if chosen is not None and chosen.is_own else None

    def _open_form(self, own: OwnMeasure | None) -> None:
        if self.case is None or self.middle.currentWidget() is not self.table:
            return
        self.flush()
        names = {item.measure_id: item.measure.label.text(self.translate.language) for item in self.measures}
        self.own.begin(self.case.pack, names, own)
        self._show("own")

    def _keep(self, own: OwnMeasure) -> None:
        """Record an own measure; a refusal is said in the form, where what was typed stays."""
        if self.case is None:
            return
        definition = definition_of(own, self.case.pack)
        try:
            add_own_measure(self.session.workspace, self.target.assessment_id or "", definition)
        except DiagError as refused:
            self.own.show_refusal(refused)
            return
        self.session.announce(None, self)
        self.refresh()
        self._choose(own.measure_id)
        self._show("table")
        self.table.form.ends["low"].setFocus()

    def _remove(self) -> None:
        chosen = self.table.current
        if chosen is not None:
            self.session.do(remove_own_measure, self.target.assessment_id or "", chosen.measure_id)
            self.table.table.setFocus()

    def _choose(self, measure_id: str) -> None:
        for row, item in enumerate(self.measures):
            if item.measure_id == measure_id:
                self.table.table.setCurrentIndex(self.table.model.index(row, 0))

    def _toggle(self, state: MeasureState) -> None:
        chosen = self.table.current
        if chosen is not None and self.middle.currentWidget() is self.table:
            wanted = None if chosen.state == state else state
            self.session.do(record_measure_state, self.target.assessment_id or "", chosen.measure_id, wanted)

    def _offer(self, measure_id: str, offer: Offer) -> None:
        self.session.do(record_offer, self.target.assessment_id or "", measure_id, offer)

    def _is_awaited(self, job: Job) -> bool:
        """Return whether what a job brings belongs to the case that is looked at."""
        return job is self._job and self.isVisible()

    def _on_looked(self, job: Job, plan: MeasurePlan) -> None:
        if not self._is_awaited(job) or self._path is None:
            return
        self.plan = plan
        self.notice.clear()
        self.look.show_plan(plan, self._path.name, self.measures)
        self.look.take.setEnabled(True)
        self._show("look")

    def _take(self, without_faulty: bool) -> None:
        if self._path is None or self.plan is None:
            return
        self.look.take.setEnabled(False)
        job = self._job = self.context.jobs.start(
            import_measures,
            self.target.assessment_id or "",
            self._path,
            without_faulty=without_faulty,
            shown=self.plan,
        )
        self.progress.follow(job, self.translate("Taking in {name}", name=self._path.name))
        job.finished.connect(lambda taken, job=job: self._on_taken(job, taken))
        for ended in (job.failed, job.cancelled, job.crashed):
            ended.connect(lambda *_: self.look.take.setEnabled(True))

    def _on_taken(self, job: Job, taken: MeasureImport) -> None:
        self.session.announce(taken)
        if self._is_awaited(job):
            self._show("table")
            words = self.translate.plural("{count} measure taken in", "{count} measures taken in", taken.changed)
            self._say(words)

    def _say(self, words: str) -> None:
        self.notice.show_notice("info", words)

    def _ask_file(self, is_new: bool) -> Path | None:
        title = self.translate("Measures and prices")
        if is_new:
            name, _ = QFileDialog.getSaveFileName(self.window(), title, "", _WORKBOOK)
        else:
            name, _ = QFileDialog.getOpenFileName(self.window(), title, "", _WORKBOOK)
        return Path(name) if name else None
