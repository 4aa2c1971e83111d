"""The scenario board page: arrows and digits rate the scenarios, the criteria stand beside."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.forms.answers import ScenarioAnswer
from diag_app.operations.evidence import unlink_evidence
from diag_app.operations.need import NeedFields, add_need
from diag_app.operations.review import tick, untick
from diag_app.operations.roles import record_said, rule
from diag_app.ui.models.board import LEVELS
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import scenario_name
from diag_app.ui.models.needs import first_form
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.board_view import BoardView
from diag_app.ui.widgets.evidence_input import EvidenceInput
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scenario_panel import ScenarioPanel
from diag_app.ui.widgets.watch_line import WatchLine


class BoardPage(CasePage):
    """All scenarios on one board. `target.item` names the scenario to start on."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.board = BoardView(context.theme, context.translate)
        self.board.moved.connect(self._on_moved)
        self.board.level_chosen.connect(self._record)
        self.progress = ProgressLine(context.theme, context.translate)
        self.watch_line = WatchLine(context.evidence.folder, context.theme, context.translate)
        self.evidence = EvidenceInput(context.session, context.jobs, context.translate, self.progress, self)
        self.panel = ScenarioPanel(context)
        self.evidence.known.connect(self.panel.evidence.say_known)
        self.panel.level_chosen.connect(lambda level: self._record(self.scenario_id, level))
        self.panel.noted.connect(self._record_note)
        self.panel.not_applicable.connect(self._record_not_applicable)
        self.panel.need_requested.connect(self.make_need)
        self.panel.what_if.connect(self.toggle_what_if)
        self.panel.reason_closed.connect(self.focus_first)
        self.panel.evidence.add_requested.connect(self.add_evidence)
        self.panel.evidence.files_given.connect(
            lambda paths: self.evidence.add(self._assessment(), self.scenario_id, paths)
        )
        self.panel.evidence.unlink_requested.connect(
            lambda item: self.session.do(unlink_evidence, item, self.scenario_id)
        )
        self.panel.verified.toggled.connect(self.verify)
        self.panel.review_button.clicked.connect(self.open_comments)
        self.panel.roles.said.connect(
            lambda role, said: self.session.do(record_said, self._assessment(), self.scenario_id, role, said)
        )
        self.panel.roles.ruled.connect(
            lambda reason: self.session.do(rule, self._assessment(), self.scenario_id, reason)
        )
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(16, 4, 16, 0)
        column.addWidget(self.board, 1)
        column.addWidget(self.watch_line)
        column.addWidget(self.progress)
        self.arrange_case(centre, right=self.panel)
        self._bind_keys()

    @property
    def scenario_id(self) -> str:
        """Return the scenario the cursor is on."""
        return self.panel.scenario_id

    def open(self, target: Target) -> None:
        """Show the board with the cursor on `target.item`, or where it was."""
        self.flush()
        before = self.scenario_id if target.assessment_id == self.target.assessment_id else ""
        super().open(target)
        if self.case is None:
            return
        known = [scenario.scenario_id for scenario in self.case.pack.scenarios]
        wanted = target.item if target.item in known else before if before in known else self._first_open(self.case)
        self.board.go_to(str(wanted))
        self.focus_first()

    @property
    def answer_shown(self) -> str:
        """Return the scenario that is chosen."""
        return self.board.scenario_id

    def show_case(self, case: CaseView) -> None:
        """Show all scenarios as they stand."""
        self.board.show_case(case)
        self.board.fit()
        if self.board.scenario_id:
            self.panel.show_case(case, self.board.scenario_id)
            self._show_strip(case)

    def focus_first(self) -> None:
        """Put the focus on the board."""
        self.board.table.setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        self.panel.flush()

    def go_back(self) -> bool:
        """Close the reason's field, else go to the questions."""
        if self.panel.close_reason() or super().go_back():
            return True
        self.go("diagnosis")
        return True

    def set_compact(self, compact: bool) -> None:
        """Use lower rows and tiles."""
        super().set_compact(compact)
        self.panel.set_low(compact)
        self.board.fit()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("↑", "↓"), translate("scenario")),
            (("0–4",), translate("level")),
            (("E",), translate("evidence")),
            (("N",), translate("note")),
            (("X",), translate("not applicable")),
            (("D",), translate("make a need")),
            (("W",), translate("why")),
            (("T",), translate("what if")),
            (("U",), translate("undo")),
            (("Esc",), translate("questions")),
        )

    def toggle_guide(self) -> None:
        """Open or fold what the interview guide has for this scenario."""
        self.panel.guide.toggle()

    def make_need(self) -> None:
        """Open the scenario's need; without one, make it and open it."""
        if self.case is None:
            return
        needs = self.case.needs_of(self.scenario_id)
        if needs:
            self.go("needs", needs[0].need_id)
            return
        form = first_form(self.case, self.scenario_id)
        if form is None:
            return
        target = self.case.card.to_next.level if self.case.card.to_next is not None else None
        fields = NeedFields(title=form.label.text(self.translate.language), target_level=target)
        need_id = self.session.do(add_need, self._assessment(), form.form_id, fields)
        if need_id is not None:
            self.go("needs", need_id)

    def add_evidence(self) -> None:
        """Choose files as evidence for the scenario."""
        self.evidence.choose(self._assessment(), self.scenario_id)

    def paste_evidence(self) -> None:
        """Add what the clipboard holds as evidence for the scenario."""
        self.evidence.paste(self._assessment(), self.scenario_id)

    def focus_note(self) -> None:
        """Put the focus into the note."""
        self.panel.note.editor.setFocus()

    def ask_reason(self) -> None:
        """Ask why the scenario does not apply."""
        self.panel.ask_reason()

    def open_why(self) -> None:
        """Show what the scenario counts for."""
        self.go("why", self.scenario_id)

    def next_open(self) -> None:
        """Go to the next scenario without a level, after the last one to the first."""
        if self.case is not None:
            answered = self.case.assessment.answers.scenarios
            order = [scenario.scenario_id for scenario in self.case.pack.scenarios]
            here = order.index(self.scenario_id) if self.scenario_id in order else -1
            later = [item for item in (*order[here + 1 :], *order[: here + 1]) if item not in answered]
            if later:
                self.board.go_to(later[0])

    def next_explaining(self) -> None:
        """Go to the next answer that needs explanation."""
        self.flush()
        self.next_finding(self.scenario_id)

    def _show_strip(self, case: CaseView) -> None:
        """Say in a narrow window which scenario is beside the board."""
        scenario = case.pack.scenario(self.scenario_id)
        words = scenario_name(scenario, self.translate.language)
        self.folds[0].strip.set_words(words, case.scenario_level(self.scenario_id) or 0)

    def verify(self) -> None:
        """Verify the scenario's level as a reviewer, or take the verification back."""
        is_verified = self.panel.verified.is_verified
        self.session.do(untick if is_verified else tick, self._assessment(), self.scenario_id)

    def open_roles(self) -> None:
        """Open or close where it is recorded what each role says."""
        self.panel.roles.toggle()

    def open_comments(self) -> None:
        """Show the comments on the scenario, and its history."""
        self.flush()
        self.go("review", self.scenario_id)

    def _bind_keys(self) -> None:
        for level in range(LEVELS):
            self.bind(str(level), self.calling(self._rate, level))
        self.bind("J", self.calling(self.board.step, 1))
        self.bind("K", self.calling(self.board.step, -1))
        self.bind_commands("board")

    def _rate(self, level: int) -> None:
        self._record(self.scenario_id, level)
        self.board.go_to(self.scenario_id)

    def _record(self, scenario_id: str, level: int) -> None:
        self.rate(scenario_id, ScenarioAnswer(level=level))

    def _record_not_applicable(self, reason: str) -> None:
        self.rate(self.scenario_id, ScenarioAnswer(not_applicable=reason))

    def _record_note(self, text: str) -> None:
        self.store_note(self.scenario_id, text)

    def _on_moved(self, scenario_id: str) -> None:
        if self.case is not None:
            self.panel.show_case(self.case, scenario_id)
            self._show_strip(self.case)

    def _assessment(self) -> str:
        return self.target.assessment_id or ""

    def _first_open(self, case: CaseView) -> str:
        answered = case.assessment.answers.scenarios
        scenarios = [scenario.scenario_id for scenario in case.pack.scenarios]
        return next((item for item in scenarios if item not in answered), scenarios[0])
