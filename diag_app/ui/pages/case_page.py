"""What the pages of one case share: reading the case, showing it again after a change, and failing in the open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from diag_app.forms.answers import ScenarioAnswer
from diag_app.model.ops import Changes
from diag_app.operations.assessment import record_answer, record_note, record_number, record_scenario
from diag_app.operations.conflicts import count_conflicts
from diag_app.operations.contradictions import overrule_finding
from diag_app.operations.handover import custody_problems
from diag_app.operations.translation import record_translation
from diag_app.operations.upgrade import newer_method
from diag_app.ui.models.case import CaseView, load_case
from diag_app.ui.models.findings import next_compared
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.what_if_bar import WhatIfBar

_WITH_METHOD = frozenset({"diagnosis", "board"})  # pages that ask what a version of the method asks


class CasePage(Page):
    """A page over one assessment. A subclass builds its panes, calls `arrange_case`, and overrides `show_case`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.case: CaseView | None = None  # as it is shown: in a trial with what is tried
        self.stored: CaseView | None = None
        self.trial = context.trial
        self.trial.changed.connect(self._on_trial)
        self.what_if = WhatIfBar(context.theme, context.translate)
        self.what_if.ended.connect(self.trial.end)
        self.custody = NoticeLine(context.theme)
        self.conflicts = NoticeLine(context.theme)
        self.newer = NoticeLine(context.theme)
        self._newer_of: tuple[str, str] | None = None  # the assessment and version that were looked at last
        self._pack_digest = ""
        self.stack = QStackedWidget()
        self._sides: tuple[QWidget, ...] = ()
        self._failed = EmptyState(
            context.theme,
            "octagon-alert",
            self.translate("This case could not be read"),
            self.translate("Nothing was changed. The notice above says what happened."),
            action=(self.translate("Read again"), self.refresh),
        )

    def arrange_case(self, centre: QWidget, *, left: QWidget | None = None, right: QWidget | None = None) -> None:
        """Lay out the panes with the error state behind the centre."""
        self.stack.addWidget(centre)
        self.stack.addWidget(self._failed)
        self._sides = tuple(pane for pane in (left, right) if pane is not None)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.custody)
        column.addWidget(self.conflicts)
        column.addWidget(self.newer)
        column.addWidget(self.what_if)
        column.addWidget(self.stack, 1)
        self.arrange(middle, left=left, right=right)

    def show_case(self, case: CaseView) -> None:
        """Show what is recorded in `case`."""
        raise NotImplementedError

    def open(self, target: Target) -> None:
        """Read and show the case that `target` names."""
        super().open(target)
        self.refresh()

    def reload(self, changes: Changes) -> None:
        """Show the case again when it was touched, or anything may have been; a hidden page reads when it is opened."""
        if (
            not self.isHidden()
            and self.target.assessment_id
            and (not changes.touched or changes.case == self.target.enterprise_id)
        ):
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for a newer version of the method again when the page is shown."""
        super().hideEvent(event)
        self._newer_of = None

    def forget_pack(self) -> None:
        """Let go of what was built from a pack: the case has another now."""

    def refresh(self) -> None:
        """Read the case and show it, or say that it could not be read."""
        assessment_id = self.target.assessment_id
        self.stored = self.session.read(load_case, assessment_id, self.translate.language) if assessment_id else None
        if self.stored is not None and self.stored.pack.digest != self._pack_digest:
            self._pack_digest = self.stored.pack.digest
            self.forget_pack()
        self._show_custody()
        self._show_conflicts()
        self._show_newer()
        self._show_stored()

    def go_back(self) -> bool:
        """End a trial."""
        if super().go_back():
            return True
        was_on = self.is_trying
        if was_on:
            self.trial.end()
        return was_on

    def _show_custody(self) -> None:
        """Say in the page that a colleague has the case; nothing is blocked."""
        problems = self.session.read(custody_problems, self.target.enterprise_id) if self.target.enterprise_id else None
        if problems:
            self.custody.show_notice("warning", self.translate.problem(problems[0]))
        else:
            self.custody.clear()

    def _show_conflicts(self) -> None:
        """Say in the page how much two laptops left to decide in this case."""
        count = (self.session.read(count_conflicts) or {}).get(self.target.enterprise_id or "", 0)
        if count:
            words = self.translate.plural("{count} conflict to decide", "{count} conflicts to decide", count)
            self.conflicts.show_notice("warning", words, ((self.translate("Decide →"), self.open_conflicts),))
        elif self.conflicts.isVisibleTo(self):
            self.conflicts.clear()

    def _show_newer(self) -> None:
        """Offer a newer version of the method; looked for when the page is opened or the version is another one."""
        stored = self.stored
        if stored is None or self.target.page not in _WITH_METHOD:
            return
        shown = (stored.assessment.assessment_id, stored.assessment.pack)
        if shown == self._newer_of:
            return
        self._newer_of = shown
        newer = self.session.read(newer_method, stored.assessment.assessment_id)
        if newer is None:
            self.newer.clear()
            return
        version = newer.partition("@")[2]
        words = self.translate("Version {version} of the method is installed here.", version=version)
        look = (self.translate("See what would change →"), lambda: self.go("upgrade"))
        self.newer.show_notice("info", words, (look,))

    @property
    def answer_shown(self) -> str:
        """Return the question or scenario that is looked at, or an empty text."""
        return ""

    def open_conflicts(self) -> None:
        """Open what is to decide in this case, beginning with the answer that is looked at."""
        self.go("conflicts", self.answer_shown or None)

    @property
    def is_trying(self) -> bool:
        """Return whether answers are tried out without storing them."""
        return self.trial.is_on(self.target.assessment_id)

    def toggle_what_if(self) -> None:
        """Begin to try out answers, or forget what was tried."""
        self.flush()
        if self.is_trying:
            self.trial.end()
        elif self.target.assessment_id is not None:
            self.trial.begin(self.target.assessment_id)

    def choose(self, question_id: str, keys: tuple[str, ...]) -> None:
        """Store the options of a question, or in a trial try them."""
        if self.is_trying:
            self.trial.attempt(lambda tried: tried.choosing(question_id, keys))
        else:
            self.session.do(record_answer, self.target.assessment_id or "", question_id, keys)

    def enter(self, number_id: str, value: Decimal | None) -> None:
        """Store a figure, or in a trial try it."""
        if self.is_trying:
            self.trial.attempt(lambda tried: tried.entering(number_id, value))
        else:
            self.session.do(record_number, self.target.assessment_id or "", number_id, value)

    def rate(self, scenario_id: str, answer: ScenarioAnswer) -> None:
        """Store a scenario's level, or in a trial try it."""
        if self.is_trying:
            self.trial.attempt(lambda tried: tried.rating(scenario_id, answer))
        else:
            self.session.do(record_scenario, self.target.assessment_id or "", scenario_id, answer)

    def _on_trial(self) -> None:
        if not self.isHidden() and self.stored is not None:
            self._show_stored()

    def _show_stored(self) -> None:
        stored = self.stored
        self.case = None if stored is None else self.trial.applied(stored)
        if stored is not None and self.case is not None and self.case.is_trial:
            self.what_if.show_trial(stored, self.case)
        else:
            self.what_if.hide()
        for pane in self._sides:
            self.show_pane(pane, self.case is not None)
        self.stack.setCurrentIndex(0 if self.case is not None else 1)
        if self.case is not None:
            self.show_case(self.case)

    def go(self, page: str, item: str | None = None) -> None:
        """Open another page of the same case."""
        target = self.target
        self.context.navigate(
            Target(page=page, enterprise_id=target.enterprise_id, assessment_id=target.assessment_id, item=item)
        )

    def open_answer(self, answer: str) -> None:
        """Open the question or the scenario `answer`."""
        if self.case is None:
            return
        is_scenario = any(scenario.scenario_id == answer for scenario in self.case.pack.scenarios)
        self.go("board" if is_scenario else "diagnosis", answer)

    def next_finding(self, here: str) -> None:
        """Open the next answer after `here` that needs explanation by a rule; where none does, the page says so."""
        answer = None if self.case is None else next_compared(self.case.findings, self.case.pack, here)
        if answer is None:
            self.go("findings")
        else:
            self.open_answer(answer)

    def undo(self) -> None:
        """Take back the last change of this case; the page keeps its place."""
        self.context.undo()

    def explain(self, finding: str, reason: str) -> None:
        """Store why what a rule found may stand."""
        self.session.do(overrule_finding, self.target.assessment_id or "", finding, reason)

    def store_note(self, answer: str, text: str) -> None:
        """Store the note of a question or scenario, in the language in which it is shown."""
        assessment_id, case = self.target.assessment_id, self.case
        if assessment_id is None or case is None:
            return
        register = f"note:{answer}"
        if case.assessment.notes.get(answer) != case.recorded.notes.get(answer):
            self.session.do(record_translation, assessment_id, self.translate.language, {register: text})
        else:
            self.session.do(record_note, assessment_id, answer, text)

    def calling(self, function: Callable[..., object], *arguments: object) -> Callable[[], None]:
        """Return a function without arguments for signals that bring some."""

        def call() -> None:
            function(*arguments)

        return call
