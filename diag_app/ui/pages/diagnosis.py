"""The diagnosis page: sections left, one question in the middle, the live score right; choices are stored at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from diag_app.model.facts import Evidence
from diag_app.model.ops import Changes
from diag_app.operations.evidence import unlink_evidence
from diag_app.operations.review import tick, untick
from diag_app.operations.roles import record_said, rule
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import OPTION_KEYS, target_name
from diag_app.ui.models.sections import answered_count
from diag_app.ui.models.standing import standing_words
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.answer_drawer import AnswerDrawer
from diag_app.ui.widgets.evidence_input import EvidenceInput
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.live_panel import LivePanel
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.question_view import QuestionView
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.section_list import SectionPanel
from diag_app.ui.widgets.watch_line import WatchLine

LIVE_BELOW = 1280


class DiagnosisPage(CasePage):
    """Questions one at a time. `target.item` names the question; without one the first unanswered is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.current = ""
        self.sections = SectionPanel(context.theme, context.translate)
        self.sections.opened.connect(self.show_answer)
        self.live = LivePanel(context.theme, context.translate)
        self.live.open_target.connect(self.open_answer)
        self.live.why.connect(self.open_why)
        self.live.all_findings.connect(self.calling(self.go, "findings"))
        self.live.findings.explained.connect(self.explain)
        self.live.what_if.connect(self.toggle_what_if)
        self.live.scores.review_requested.connect(self.open_review)
        self.drawer = AnswerDrawer(context)
        self.drawer.closed.connect(self.close_drawer)
        self.side = QStackedWidget()
        self.side.setFixedWidth(self.live.width())
        self.side.setAccessibleName(self.live.accessibleName())
        self.side.addWidget(self.live)
        self.side.addWidget(self.drawer)
        self.views: dict[str, QuestionView] = {}
        self.areas: dict[str, QScrollArea] = {}
        self.pages = QStackedWidget()
        self._after_paint = self._timer(self.refresh)
        self._ahead = self._timer(self._prepare_next)
        self.progress = ProgressLine(context.theme, context.translate)
        self.watch_line = WatchLine(context.evidence.folder, context.theme, context.translate)
        self.evidence = EvidenceInput(context.session, context.jobs, context.translate, self.progress, self)
        self.evidence.known.connect(self._say_known)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.watch_line)
        column.addWidget(self.progress)
        self.arrange_case(centre, left=self.sections, right=self.side)
        self.folds[1].below = LIVE_BELOW
        self._bind_keys()

    @property
    def view(self) -> QuestionView:
        """Return the view of the question shown."""
        return self.views[self.current]

    def open(self, target: Target) -> None:
        """Show the question `target.item`, the one shown before, or the first without an answer."""
        self.flush()
        if target.assessment_id != self.target.assessment_id:
            self._forget_views()
        self.target = target
        self.refresh()
        if self.case is not None:
            self.show_question(self._wanted(target, self.case))

    def reload(self, changes: Changes) -> None:
        """Show the case again, a chosen option at once and what follows from it after the next paint."""
        if changes.operation == "record_answer" and not self.isHidden() and changes.case == self.target.enterprise_id:
            self._after_paint.start()
        else:
            super().reload(changes)

    def refresh(self) -> None:
        """Read the case and show it, with everything that waited."""
        self._after_paint.stop()
        super().refresh()
        if self.case is not None and self.current and self.current not in self.views:  # the case has another pack
            self.show_question(self._wanted(Target(page="diagnosis"), self.case))

    def choose(self, question_id: str, keys: tuple[str, ...]) -> None:
        """Show the chosen options in the same paint as the press, and store them."""
        if keys:
            self.views[question_id].options.preview(keys)
        super().choose(question_id, keys)
        if not self._after_paint.isActive() and not self.is_trying:  # refused: what is stored is shown again
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait for nothing: the case is read again when the page is opened."""
        super().hideEvent(event)
        self._after_paint.stop()
        self._ahead.stop()

    def show_case(self, case: CaseView) -> None:
        """Show figures and answers as they stand."""
        self.sections.show_case(case, self.current)
        self.live.show_case(case)
        self._show_strips(case)
        if self.current in self.views:
            self.view.show_case(case)
        if self.side.currentWidget() is self.drawer:
            self.drawer.show_answer(case, self.current)

    @property
    def answer_shown(self) -> str:
        """Return the question that is shown."""
        return self.current

    def show_question(self, question_id: str) -> None:
        """Show one question; what was typed in the one before is stored first."""
        self._catch_up()
        if self.case is None:
            return
        self.flush()
        self.current = question_id
        if question_id not in self.views:
            self._make_view(self.case, question_id)
        self.pages.setCurrentWidget(self.areas[question_id])
        self.show_case(self.case)
        self.view.set_low(self.is_compact)
        self.areas[question_id].verticalScrollBar().setValue(0)
        self.hints_changed.emit()
        self.focus_first()
        self._ahead.start()

    def show_answer(self, answer: str) -> None:
        """Show a question of the list, or the scenario board."""
        self.folds[0].close()
        if answer == "board":
            self.go("board")
        else:
            self.show_question(answer)

    def focus_first(self) -> None:
        """Put the focus on the chosen option."""
        if self.current in self.views:
            self.view.options.focus_option()

    def flush(self) -> None:
        """Store what is typed."""
        if self.current in self.views:
            self.view.flush()

    def set_compact(self, compact: bool) -> None:
        """Use lower rows and tiles."""
        super().set_compact(compact)
        for view in self.views.values():
            view.set_low(compact)

    def hints(self) -> Hints:
        """Return the keys of this page; the digits as many as the question has options."""
        translate = self.translate
        count = len(self.view.question.options) if self.current in self.views else 0
        digits = (
            ((f"1–{min(count, 9)}",) if count <= len("123456789") else ("1–9", OPTION_KEYS[9:count])) if count else ()
        )
        shown: list[tuple[tuple[str, ...], str]] = [(digits, translate("choose"))] if digits else []
        shown.append((("J", "K"), translate("next, previous")))
        if self.current in self.views and self.view.strip is not None:
            shown.append((("#",), translate("numbers")))
        shown += [
            (("N",), translate("note")),
            (("E",), translate("evidence")),
            (("W",), translate("why")),
            (("T",), translate("what if")),
            (("U",), translate("undo")),
            (("?",), translate("all keys")),
        ]
        return tuple(shown)

    def step(self, by: int) -> None:
        """Show the next or previous question; after the last comes the scenario board."""
        if self.case is None:
            return
        order = [question.question_id for question in self.case.pack.questions]
        place = order.index(self.current) + by
        if place >= len(order):
            self.go("board")
        elif place >= 0:
            self.show_question(order[place])

    def next_question(self) -> None:
        """Show the next question, after the last one the board."""
        self.step(1)

    def previous_question(self) -> None:
        """Show the question before."""
        self.step(-1)

    def next_open(self) -> None:
        """Show the next question without an answer, after the last one the first; without any the board."""
        self._catch_up()
        if self.case is None:
            return
        missing = self.case.card.missing
        order = [question.question_id for question in self.case.pack.questions]
        later = [question for question in missing if order.index(question) > order.index(self.current)]
        if missing:
            self.show_question((*later, *missing)[0])
        else:
            self.go("board")

    def next_explaining(self) -> None:
        """Show the next answer that needs explanation."""
        self._catch_up()
        self.flush()
        self.next_finding(self.current)

    def focus_note(self) -> None:
        """Put the focus into the note."""
        self.view.note.editor.setFocus()

    def focus_numbers(self) -> None:
        """Put the focus into the first figure."""
        if self.view.strip is not None:
            self.view.strip.focus_first()

    def verify(self) -> None:
        """Verify the answer shown as a reviewer, or take the verification back."""
        is_verified = self.view.verified.is_verified
        self.session.do(untick if is_verified else tick, self._assessment(), self.current)

    def open_roles(self) -> None:
        """Open or close where it is recorded what each role says."""
        self.view.roles.toggle()
        if self.view.roles.editor.isVisible():
            self._bring(self.view.roles.editor)

    def open_history(self) -> None:
        """Show what became of the answer shown."""
        self._open_drawer()
        self.drawer.show_tab("history")

    def open_comments(self) -> None:
        """Show the comments on the answer shown, ready to write one."""
        self._open_drawer()
        self.drawer.focus_comment()

    def close_drawer(self) -> None:
        """Show the live score again."""
        self.side.setCurrentWidget(self.live)
        self.focus_first()

    def go_back(self) -> bool:
        """Close the drawer."""
        if self.side.currentWidget() is self.drawer:
            self.close_drawer()
            return True
        return super().go_back()

    def open_review(self) -> None:
        """Show every answer as a reviewer looks at it."""
        self.flush()
        self.go("review", self.current)

    def toggle_guide(self) -> None:
        """Open or fold what the interview guide has for this question."""
        if self.current in self.views:
            self.view.guide.toggle()

    def open_why(self) -> None:
        """Show where the points of this question come from."""
        self.flush()
        self.go("why", self.current)

    def add_evidence(self) -> None:
        """Choose files as evidence for this question."""
        self.evidence.choose(self._assessment(), self.current)

    def paste_evidence(self) -> None:
        """Add what the clipboard holds as evidence for this question."""
        self.evidence.paste(self._assessment(), self.current)

    def _show_strips(self, case: CaseView) -> None:
        """Say in a narrow window which question is open, and how the case stands."""
        sections, live = self.folds
        if self.current in self.views:
            name = target_name(case.pack, self.current, self.translate.language)
            done = self.translate("{done}/{total} questions", done=answered_count(case), total=len(case.pack.questions))
            sections.strip.set_words(f"{name} · {done}")
        live.strip.set_words(standing_words(case, self.translate), case.card.level)

    def _catch_up(self) -> None:
        if self._after_paint.isActive():
            self.refresh()

    def _bind_keys(self) -> None:
        for position, key in enumerate(OPTION_KEYS):
            self.bind(key, self.calling(self._choose, position))
        self.bind_commands("diagnosis")

    def _open_drawer(self) -> None:
        self.side.setCurrentWidget(self.drawer)
        self.folds[1].open()
        if self.case is not None:
            self.drawer.show_answer(self.case, self.current)

    def _bring(self, part: QWidget) -> None:
        """Scroll to a part of the question that has just become higher."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # the area knows its height
        self.areas[self.current].ensureWidgetVisible(part)

    def _bring_note(self) -> None:
        if self.current in self.views and self.view.note.editor.hasFocus():
            self._bring(self.view.note)

    def _choose(self, position: int) -> None:
        if self.current in self.views:
            self.view.options.choose_position(position)

    def _say_known(self, items: tuple[Evidence, ...]) -> None:
        self.view.evidence.say_known(items)

    def _assessment(self) -> str:
        return self.target.assessment_id or ""

    def _wanted(self, target: Target, case: CaseView) -> str:
        known = [question.question_id for question in case.pack.questions]
        if target.item in known:
            return str(target.item)
        if self.current in known:
            return self.current
        return case.card.missing[0] if case.card.missing else known[0]

    def _timer(self, function: Callable[[], None]) -> QTimer:
        """Return a timer that calls `function` once what waits to be painted is painted."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        timer.timeout.connect(function)
        return timer

    def _prepare_next(self) -> None:
        """Make the view of the next question while this one is read: the key that goes there does not wait for it."""
        if self.case is None:
            return
        order = [question.question_id for question in self.case.pack.questions]
        following = order[order.index(self.current) + 1 :] if self.current in self.views else []
        if following and following[0] not in self.views:
            self._make_view(self.case, following[0])

    def _make_view(self, case: CaseView, question_id: str) -> None:
        view = QuestionView(self.context, case.pack, case.pack.question(question_id))
        view.chosen.connect(lambda keys: self.choose(question_id, keys))
        view.entered.connect(self.enter)
        view.noted.connect(lambda text: self.store_note(question_id, text))
        view.note.grown.connect(self._bring_note, Qt.ConnectionType.QueuedConnection)
        view.undo_requested.connect(self.undo)
        view.history_requested.connect(self.open_history)
        view.verified.toggled.connect(self.verify)
        view.roles.said.connect(
            lambda role, said: self.session.do(record_said, self._assessment(), question_id, role, said)
        )
        view.roles.ruled.connect(lambda reason: self.session.do(rule, self._assessment(), question_id, reason))
        view.next_requested.connect(self.next_question)
        view.evidence.add_requested.connect(self.add_evidence)
        view.evidence.files_given.connect(lambda paths: self.evidence.add(self._assessment(), question_id, paths))
        view.evidence.unlink_requested.connect(lambda item: self.session.do(unlink_evidence, item, question_id))
        self.views[question_id] = view
        self.areas[question_id] = scroll_area(view, self.theme)
        self.pages.addWidget(self.areas[question_id])

    def forget_pack(self) -> None:
        """Let go of the questions as the pack before asked them."""
        self.flush()
        self._forget_views(self.current)

    def _forget_views(self, here: str = "") -> None:
        for area in self.areas.values():
            self.pages.removeWidget(area)
            area.deleteLater()
        self.views, self.areas, self.current = {}, {}, here
