"""The needs page: cards left, one need with its baseline in the middle; a new one is picked from the pack's forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication, QStackedWidget

from diag_app.model.facts import BaselineMetric, ScenarioNeed
from diag_app.operations.need import NeedFields, add_need, fields_of, record_metric, remove_need, update_need
from diag_app.operations.translation import record_translation
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.needs import Suggestion
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.form_picker import FormPicker
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.need_editor import NeedEditor
from diag_app.ui.widgets.need_list import NeedList
from diag_app.ui.widgets.scroll import scroll_area


class NeedsPage(CasePage):
    """Needs of a case. `target.item` names the need to open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.need_id: str | None = None
        self.list = NeedList(context.theme, context.translate)
        self.list.moved.connect(self._show_need)
        self.list.opened.connect(self._enter_editor)
        self.list.new_requested.connect(self.pick_form)
        self.list.taken.connect(self._take)
        self.editor = NeedEditor(context.theme, context.translate)
        self.editor.changed.connect(self._change)
        self.editor.measured.connect(self._measure)
        self.editor.remove_requested.connect(self._remove)
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
        for pane in (self._editor_area, self.picker, self.nothing):
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
        self.list.show_case(case, self.need_id)
        if self.middle.currentWidget() is not self.picker:
            self._show_middle()

    def focus_first(self) -> None:
        """Put the focus on the cards, the picker, or the button of the empty page."""
        shown = self.middle.currentWidget()
        if shown is self.picker:
            self.picker.view.setFocus()
        elif shown is self.nothing:
            self.nothing.button.setFocus()
        else:
            self.list.view.setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        self.editor.flush()

    def go_back(self) -> bool:
        """Close the picker, or go from the editor to the cards."""
        focus = QApplication.focusWidget()
        is_picking = self.middle.currentWidget() is self.picker
        if not is_picking and (focus is None or not self.editor.isAncestorOf(focus)):
            return False
        self._show_middle()
        self.focus_first()
        return True

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
            (("Enter",), translate("edit")),
            (("Tab",), translate("next cell")),
            (("M",), translate("mark not measured")),
            (("Ctrl+Enter",), translate("add metric")),
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
        self.bind("Ctrl+Return", self.editor.choose_metric)
        self.bind("U", self.undo)

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
        if found:
            self.editor.show_need(self.case, found[0])

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
            self.session.do(record_metric, need_id, replace(recorded, value=metric.value))
        else:
            self.session.do(record_metric, need_id, metric)


def _metric(need: ScenarioNeed, metric_id: str) -> BaselineMetric:
    found = [metric for metric in need.metrics if metric.metric_id == metric_id]
    return found[0] if found else BaselineMetric(metric_id=metric_id, value=None)
