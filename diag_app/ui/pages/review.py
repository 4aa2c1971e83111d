"""The review page: every answer in a table, to verify, comment on, return, and complete."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import Problem
from diag_app.operations.completion import complete_assessment, open_points
from diag_app.operations.review import report_correction, return_for_correction, tick, untick
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import local_time, score_text
from diag_app.ui.models.review import ReviewModel, review_rows
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.answer_drawer import AnswerDrawer
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.review_table import ReviewTable


class ReviewPage(CasePage):
    """All answers for the reviewer. `target.item` names the answer to start on."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.model = ReviewModel(translate, self)
        self.table = ReviewTable(self.model, theme, translate)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)
        self.drawer = AnswerDrawer(context, can_close=False)
        self.summary = ElidedLabel("", theme, "dense", colour="text_2")
        self.state = NoticeLine(theme)
        self.reason = LineField(theme, translate("What is to be corrected"))
        self.reason.setPlaceholderText(translate("What is to be corrected"))
        self.reason.returnPressed.connect(self._send_back)
        self.return_button = Button(translate("Return for correction…"), theme, icon="undo-2", key="R")
        self.return_button.clicked.connect(self.ask_reason)
        self.corrected_button = Button(translate("Correction done"), theme, icon="check")
        self.corrected_button.clicked.connect(self.report_corrected)
        self.complete_button = Button(translate("Complete"), theme, "primary", icon="badge-check")
        self.complete_button.clicked.connect(self.complete)
        self.arrange_case(self._centre(), right=self.drawer)
        self.bind_commands("review")

    @property
    def answer(self) -> str:
        """Return the question or scenario the cursor is on."""
        index = self.table.currentIndex()
        return self.model.row_at(index).target if index.isValid() else ""

    def open(self, target: Target) -> None:
        """Show the answers with the cursor on `target.item`, or where it was."""
        if target.assessment_id != self.target.assessment_id:
            self.state.clear()
        before = self.answer
        super().open(target)
        self._go_to(target.item or before)
        self.focus_first()

    def show_case(self, case: CaseView) -> None:
        """Show every answer as it stands."""
        self.model.set_rows(review_rows(case, self.translate))
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_summary(case)
        self._show_state(case)
        self.drawer.show_answer(case, self.answer)

    def focus_first(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Close the field for a reason, else go to the questions."""
        if self.reason.isVisible():
            self._close_reason()
            return True
        if super().go_back():
            return True
        self.go("diagnosis")
        return True

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("J", "K"), translate("next, previous")),
            (("V",), translate("verify")),
            (("C",), translate("comment")),
            (("Y",), translate("history")),
            (("Enter",), translate("open the answer")),
            (("R",), translate("return")),
            (("U",), translate("undo")),
        )

    def next_answer(self) -> None:
        """Move to the next answer."""
        self._step(1)

    def previous_answer(self) -> None:
        """Move to the answer before."""
        self._step(-1)

    def verify(self) -> None:
        """Verify the answer, or take the verification back; then go on to the next."""
        if self.case is None or not self.answer:
            return
        found = self.case.review.tick_of(self.answer)
        if found is not None and found.holds:
            self.session.do(untick, self._assessment(), self.answer)
        elif self.session.do(tick, self._assessment(), self.answer) is not None:
            self._step(1)

    def comment(self) -> None:
        """Write a comment on the answer."""
        self.folds[0].open()
        self.drawer.focus_comment()

    def open_history(self) -> None:
        """Show what became of the answer."""
        self.folds[0].open()
        self.drawer.show_tab("history")

    def ask_reason(self) -> None:
        """Ask why the assessment is returned."""
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def report_corrected(self) -> None:
        """Say that what was returned is corrected."""
        self.session.do(report_correction, self._assessment())

    def points(self) -> tuple[Problem, ...]:
        """Return what stands against completing."""
        return self.session.read(open_points, self._assessment()) or ()

    def complete(self) -> None:
        """Mark the assessment completed, or say in the page what is open."""
        points = self.points()
        if points:
            self.state.show_error(points[0], self.translate, ((self.translate("Open it"), self.open_first_point),))
        else:
            self.session.do(complete_assessment, self._assessment())

    def open_first_point(self) -> None:
        """Open the answer that stands against completing, or the findings of the rules."""
        known = {row.target for row in self.model.rows}
        for point in self.points():
            if point.location in known:
                self.open_answer(point.location)
            elif point.code == "CONTRADICTION_OPEN":
                self.go("findings")
            else:
                continue
            return

    def _send_back(self) -> None:
        if self.session.do(return_for_correction, self._assessment(), self.reason.text()) is not None:
            self._close_reason()

    def _close_reason(self) -> None:
        self.reason.load("")
        self.reason.hide()
        self.focus_first()

    def _centre(self) -> QWidget:
        head = Panel(self.theme, edge="bottom")
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(label(self.translate("Review"), self.theme, "title"))
        line.addWidget(self.summary, 1)
        for button in (self.return_button, self.corrected_button, self.complete_button):
            line.addWidget(button)
        self.reason.hide()
        notes = QVBoxLayout()
        notes.setContentsMargins(16, 8, 16, 0)
        notes.addWidget(self.state)
        notes.addWidget(self.reason)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(notes)
        column.addWidget(self.table, 1)
        return centre

    def _show_summary(self, case: CaseView) -> None:
        scores = case.review.scores
        rows = self.model.rows
        verified = sum(row.state == "verified" for row in rows)
        total = sum(row.state != "nothing" for row in rows)
        self.summary.set_text(
            self.translate(
                "{verified} of {total} verified  ·  claimed {claimed}, supported {supported}, verified {score}",
                verified=verified,
                total=total,
                claimed=score_text(scores.claimed.score),
                supported=score_text(scores.supported.score),
                score=score_text(scores.verified.score),
            )
        )

    def _show_state(self, case: CaseView) -> None:
        state, translate = case.review.state, self.translate
        is_returned = state.step == "returned"
        is_done = case.assessment.status == "completed"
        self.corrected_button.setVisible(is_returned)
        self.return_button.setVisible(not is_returned)
        self.complete_button.setEnabled(not is_done)
        self.complete_button.setText(translate("Completed") if is_done else translate("Complete"))
        signed = {"by": state.by or "–", "time": local_time(state.at), "note": state.note or "–"}
        if is_returned:
            self.state.show_notice("warning", translate("Returned by {by}, {time}: {note}", **signed))
        elif state.step == "corrected" and not is_done:
            self.state.show_notice("info", translate("Corrected by {by}, {time}: {note}", **signed))
        else:
            self.state.clear()

    def _on_moved(self, index: QModelIndex) -> None:
        if self.case is not None and index.isValid():
            self.drawer.show_answer(self.case, self.answer)

    def _on_opened(self, index: QModelIndex) -> None:
        self.open_answer(self.model.row_at(index).target)

    def _step(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _go_to(self, target: str | None) -> None:
        for place, row in enumerate(self.model.rows):
            if row.target == target:
                self.table.setCurrentIndex(self.model.index(place, 0))

    def _assessment(self) -> str:
        return self.target.assessment_id or ""
