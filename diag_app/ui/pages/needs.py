"""The needs page: cards left, one need in full in the middle; a form is picked, the register opened, in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from diag_app.errors import DiagError
from diag_app.model.economics import Amount, Assumption, Terms
from diag_app.model.facts import BaselineMetric, PreconditionState, ScenarioNeed
from diag_app.operations.economics import (
    add_assumption,
    books_of,
    remove_amount,
    remove_assumption,
    set_figure,
    set_terms,
    update_assumption,
)
from diag_app.operations.need import NeedFields, add_need, fields_of, record_metric, remove_need, update_need
from diag_app.operations.need_form import record_field, record_precondition
from diag_app.operations.translation import record_translation
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.need_books import NeedExtras, load_extras
from diag_app.ui.models.needs import Suggestion
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.form_picker import FormPicker
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.need_editor import NeedEditor
from diag_app.ui.widgets.need_figure_form import EnteredFigure
from diag_app.ui.widgets.need_list import NeedList
from diag_app.ui.widgets.need_register import RegisterPanel
from diag_app.ui.widgets.scroll import scroll_area


class NeedsPage(CasePage):
    """Needs of a case. `target.item` names the need to open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.need_id: str | None = None
        self.extras: NeedExtras | None = None
        self.list = NeedList(context.theme, context.translate)
        self.list.moved.connect(self._show_need)
        self.list.opened.connect(self._enter_editor)
        self.list.new_requested.connect(self.pick_form)
        self.list.taken.connect(self._take)
        self.editor = NeedEditor(context.theme, context.translate)
        self.editor.changed.connect(self._change)
        self.editor.baseline.measured.connect(self._measure)
        self.editor.remove_requested.connect(self._remove)
        self.editor.preconditions.changed.connect(self._record_precondition)
        self.editor.form.fields.changed.connect(self._record_field)
        self.editor.economics.entered.connect(self._enter_figure)
        self.editor.economics.removed.connect(self._remove_amount)
        self.editor.economics.register_requested.connect(self.open_register)
        for panel in (self.editor.baseline, self.editor.economics, self.editor.form):
            panel.opened.connect(self._bring_into_view)
        self.register = RegisterPanel(context.theme, context.translate)
        self.register.edited.connect(self._edit_assumption)
        self.register.entered.connect(self._enter_figure)
        self.register.removed.connect(self._remove_assumption)
        self.register.terms_changed.connect(self._set_terms)
        self.register.closed.connect(self.go_back)
        self.picker = FormPicker(context.theme, context.translate)
        self.picker.picked.connect(self._add)
        self.nothing = EmptyState(
            context.theme,
            "clipboard-list",
            self.translate("No needs yet"),
            self.translate("Press D on the scenario board or take a suggestion."),
            action=(self.translate("New need"), self.pick_form),
        )
        self.middle = QStackedWidget()
        self._editor_area = scroll_area(self.editor, context.theme)
        for pane in (self._editor_area, self.picker, self.register, self.nothing):
            self.middle.addWidget(pane)
        self.arrange_case(self.middle, left=self.list)
        self._bind_keys()

    def open(self, target: Target) -> None:
        """Show the need `target.item`, the one shown before, or the first."""
        self.flush()
        if target.assessment_id != self.target.assessment_id:
            self.need_id = None
        self.need_id = target.item or self.need_id
        super().open(target)
        self.focus_first()

    def show_case(self, case: CaseView) -> None:
        """Show the needs as they stand."""
        known = [need.need_id for need in case.needs]
        if self.need_id not in known:
            self.need_id = known[0] if known else None
        self.picker.show_pack(case.pack)
        self.extras = self.session.read(load_extras, case.assessment.assessment_id, self.translate.language)
        self.list.show_case(case, self.need_id, () if self.extras is None else self.extras.left_out)
        if self.extras is not None:
            self.register.show_books(self.extras.books)
        if self.middle.currentWidget() not in (self.picker, self.register):
            self._show_middle()

    def focus_first(self) -> None:
        """Put the focus on the cards, the picker, or the button of the empty page."""
        shown = self.middle.currentWidget()
        if shown is self.picker:
            self.picker.view.setFocus()
        elif shown is self.register:
            self.register.table.start()
        elif shown is self.nothing:
            self.nothing.button.setFocus()
        else:
            self.list.view.setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        self.editor.flush()
        self.register.flush()

    def go_back(self) -> bool:
        """Close the calculator, a form, the picker or the register, or go from the editor to the cards."""
        focus = QApplication.focusWidget()
        if self.editor.baseline.calculator.isVisible():
            self.editor.baseline.end_calculator()
            return True
        for panel in (self.editor.economics, self.register):
            if panel.form.isVisible():
                panel.end_figure()
                return True
        is_picking = self.middle.currentWidget() in (self.picker, self.register)
        if not is_picking and (focus is None or not self.editor.isAncestorOf(focus)):
            return False
        self._show_middle()
        self.focus_first()
        return True

    def open_register(self) -> None:
        """Show the assumption register."""
        self.flush()
        if self.extras is not None:
            self.register.show_books(self.extras.books)
        self.middle.setCurrentWidget(self.register)
        self.focus_first()

    def set_compact(self, compact: bool) -> None:
        """Use lower table rows."""
        super().set_compact(compact)
        self.editor.fit()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("J", "K"), translate("next, previous need")),
            (("+",), translate("new need")),
            (("B",), translate("baseline")),
            (("M",), translate("mark not measured")),
            (("C",), translate("calculator")),
            (("E",), translate("evidence")),
            (("G",), translate("add a figure")),
            (("A",), translate("assumptions")),
            (("U",), translate("undo")),
        )

    def pick_form(self) -> None:
        """Let the person pick what a new need is about."""
        self.flush()
        self.middle.setCurrentWidget(self.picker)
        self.focus_first()

    def _bind_keys(self) -> None:
        self.bind("J", self.calling(self.list.step, 1))
        self.bind("K", self.calling(self.list.step, -1))
        self.bind("+", self.pick_form)
        self.bind("B", self.editor.table.start)
        self.bind("M", self.editor.mark_not_measured)
        self.bind("C", self.editor.baseline.begin_calculator)
        self.bind("E", self.editor.baseline.toggle_evidence)
        self.bind("G", self.begin_figure)
        self.bind("A", self.open_register)
        self.bind("F", self.editor.form.toggle)
        self.bind("Ctrl+Return", self.editor.baseline.choose_metric)
        self.bind("U", self.undo)

    def _bring_into_view(self, part: QWidget) -> None:
        """Scroll to what was opened, once it has its size."""
        self.editor.settle()
        top = part.mapTo(self.editor, QPoint(0, 0)).y()
        room = self._editor_area.viewport().height()
        self._editor_area.ensureVisible(0, top + min(part.sizeHint().height(), room - 24) + 12, 0, 0)
        self._editor_area.ensureVisible(0, max(0, top - 12), 0, 0)

    def _show_middle(self) -> None:
        self.middle.setCurrentWidget(self._editor_area if self.need_id else self.nothing)
        if self.need_id:
            self._show_need(self.need_id)

    def _show_need(self, need_id: str) -> None:
        if self.case is None:
            return
        if need_id != self.need_id:
            self.flush()
        self.need_id = need_id
        found = [need for need in self.case.needs if need.need_id == need_id]
        if found and self.extras is not None:
            self.editor.show_need(self.case, self.extras, found[0])

    def _enter_editor(self) -> None:
        self.editor.texts["owner_words"].editor.setFocus()

    def _take(self, suggestion: Suggestion) -> None:
        self._add(suggestion.form.form_id, suggestion.target)

    def _add(self, form_id: str, target_level: int | None = None) -> None:
        if self.case is None:
            return
        to_next = self.case.card.to_next
        fields = NeedFields(
            title=self.case.pack.need_form(form_id).label.text(self.translate.language),
            target_level=target_level or (None if to_next is None else to_next.level),
        )
        self.middle.setCurrentWidget(self._editor_area)
        need_id = self.session.do(add_need, self.target.assessment_id or "", form_id, fields)
        if need_id is not None:
            self.need_id = need_id
            self.refresh()
            self._enter_editor()

    def _remove(self) -> None:
        if self.need_id is not None:
            self.session.do(remove_need, self.need_id)
            self.focus_first()

    def _change(self, name: str, value: Any) -> None:
        if self.case is None or self.editor.need is None:
            return
        shown = self.editor.need
        recorded = self.case.recorded_need(shown.need_id)
        if isinstance(value, str) and getattr(shown, name) != getattr(recorded, name):
            words: Any = {"reason": value} if name == "barrier_reason" else value
            register = "barrier" if name == "barrier_reason" else name
            self.session.do(record_translation, shown.need_id, self.translate.language, {register: words})
            return
        self.session.do(update_need, shown.need_id, replace(fields_of(recorded), **{name: value}))

    def begin_figure(self) -> None:
        """Open the form for a figure, of the need or of the register."""
        if self.middle.currentWidget() is self.register:
            self.register.begin_figure()
        elif self.need_id is not None:
            self.editor.economics.begin_figure()

    def _record_field(self, field_id: str, value: Any) -> None:
        if self.need_id is not None:
            self.session.do(record_field, self.need_id, field_id, value)

    def _record_precondition(self, key: str, state: PreconditionState | None) -> None:
        if self.need_id is not None:
            self.session.do(record_precondition, self.need_id, key, state)

    def _enter_figure(self, entered: EnteredFigure) -> None:
        """Enter a figure; a refusal is said under the form, where what was typed stays."""
        is_register = self.middle.currentWidget() is self.register
        form = self.register.form if is_register else self.editor.economics.form
        assessment_id = self.target.assessment_id or ""
        try:
            if entered.role is None:
                result = add_assumption(self.session.workspace, assessment_id, entered.assumption)
            else:
                amount = Amount(
                    amount_id="",
                    subject_id=self.need_id or "",
                    role=entered.role,
                    label=entered.assumption.label,
                    factors=entered.times,
                )
                result = set_figure(self.session.workspace, assessment_id, amount, entered.assumption)
        except DiagError as refused:
            form.show_refusal(refused)
            return
        form.hide()
        self.session.announce(result, self)
        self.refresh()
        if is_register:
            self.register.table.start()
        else:
            self.editor.economics.add_button.setFocus()

    def _remove_amount(self, amount_id: str) -> None:
        self.session.do(remove_amount, amount_id)

    def _edit_assumption(self, assumption: Assumption) -> None:
        """Record an assumption; words typed over a translation stay a translation."""
        if self.session.do(update_assumption, self._as_recorded(assumption)) is None:
            self.refresh()

    def _as_recorded(self, assumption: Assumption) -> Assumption:
        recorded = self.session.read(books_of, self.target.assessment_id or "")
        shown = None if self.extras is None else self.extras.books.assumptions.get(assumption.assumption_id)
        if recorded is None or shown is None:
            return assumption
        said = recorded.assumptions[assumption.assumption_id]
        words = ("label", "source", "owner")
        kept = {name: getattr(said, name) for name in words if getattr(assumption, name) == getattr(shown, name)}
        return replace(assumption, **kept)

    def _remove_assumption(self, assumption_id: str) -> None:
        self.session.do(remove_assumption, assumption_id)

    def _set_terms(self, terms: Terms) -> None:
        self.session.do(set_terms, self.target.assessment_id or "", terms)

    def _measure(self, metric: BaselineMetric) -> None:
        if self.case is None or self.editor.need is None:
            return
        need_id = self.editor.need.need_id
        recorded = _metric(self.case.recorded_need(need_id), metric.metric_id)
        shown = _metric(self.editor.need, metric.metric_id)
        is_translated = (shown.period, shown.source) != (recorded.period, recorded.source)
        if is_translated and (metric.period, metric.source) != (shown.period, shown.source):
            words = {f"metric:{metric.metric_id}": {"period": metric.period, "source": metric.source}}
            self.session.do(record_translation, need_id, self.translate.language, words)
        elif is_translated:
            figures = replace(metric, period=recorded.period, source=recorded.source)
            self.session.do(record_metric, need_id, figures)
        else:
            self.session.do(record_metric, need_id, metric)


def _metric(need: ScenarioNeed, metric_id: str) -> BaselineMetric:
    found = [metric for metric in need.metrics if metric.metric_id == metric_id]
    return found[0] if found else BaselineMetric(metric_id=metric_id, value=None)
