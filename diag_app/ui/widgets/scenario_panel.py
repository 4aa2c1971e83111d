"""The scenario beside the board: its criteria, what usually shows them, evidence, note, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import EvidenceHint, Scenario
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import level_figure
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.criterion_card import CriterionCard
from diag_app.ui.widgets.evidence_strip import EvidenceStrip
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import FormRow
from diag_app.ui.widgets.guide_hint_box import GuideHintBox
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.level_badge import LevelBadge
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.role_row import RoleLine
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.text_field import TextField
from diag_app.ui.widgets.verified_mark import VerifiedMark

_LEVELS = (1, 2, 3, 4)
_TITLE = {"zh": 104, "en": 54}  # what is left beside the other button, in pixels


class ScenarioPanel(Panel):
    """Shows one scenario of a case. It stores nothing; its signals say what the person did.

    Signals:
        level_chosen(level), noted(text), not_applicable(reason), need_requested(), reason_closed(), what_if().
    """

    level_chosen = Signal(int)
    noted = Signal(str)
    not_applicable = Signal(str)
    need_requested = Signal()
    reason_closed = Signal()
    what_if = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, edge="left", parent=parent)
        self.theme, self.translate = context.theme, context.translate
        self.scenario_id = ""
        self.setFixedWidth(self.theme.size("detail_panel"))
        self.badge = LevelBadge(self.theme, self.theme.size("badge_large"))
        self.place = label("", self.theme, "caption", colour="text_2", wrap=True)
        self.name = label("", self.theme, "heading", wrap=True)
        self.try_button = Button(
            self.translate("What if"), self.theme, "text", icon="flask-conical", key="T", small=True
        )
        self.try_button.clicked.connect(self.what_if)
        self.cards = tuple(CriterionCard(level, self.theme, self.translate) for level in _LEVELS)
        for card in self.cards:
            card.clicked.connect(lambda _checked=False, level=card.level: self.level_chosen.emit(level))
        self.notice = NoticeLine(self.theme)
        self.verified = VerifiedMark(self.theme, self.translate)
        self.review_button = Button(
            self.translate("Comments"), self.theme, "text", icon="message-square", key="M", small=True
        )
        self.roles = RoleLine(self.theme, self.translate, context.session.workspace.roles, stacked=True)
        self.evidence = EvidenceStrip(context)
        self.guide = GuideHintBox(context)
        self.note = TextField(self.theme, self.translate("Note"), lines=2, margin=2)
        self.note.rested.connect(self.noted)
        self.reason = LineField(self.theme, self.translate("Why it does not apply"))
        self.reason.installEventFilter(self)
        self.reason_row = FormRow(
            self.translate("Why it does not apply"),
            self.reason,
            self.theme,
            note=self.translate("Enter stores it, Esc leaves it. It counts as level 0."),
        )
        self.reason_row.hide()
        self.not_applicable_button = Button(self.translate("Not applicable…"), self.theme, icon="ban", key="X")
        self.not_applicable_button.clicked.connect(self.ask_reason)
        self.need_button = Button("", self.theme, icon="arrow-up-right", key="D")
        self.need_button.clicked.connect(self.need_requested)
        self._arrange()

    def show_case(self, case: CaseView, scenario_id: str) -> None:
        """Show a scenario as it stands."""
        scenario = case.pack.scenario(scenario_id)
        is_other = scenario_id != self.scenario_id
        if is_other:
            self.flush()
            self.reason_row.hide()
        self.scenario_id = scenario_id
        language = self.translate.language
        answer = case.assessment.answers.scenarios.get(scenario_id)
        level = None if answer is None else answer.level
        self.badge.set_level(level, level_figure(level or 0))
        self.verified.show_tick(case.review.tick_of(scenario_id))
        self.roles.show_answer(case, scenario_id)
        for widget in (
            self.note,
            self.evidence,
            self.verified,
            self.roles,
        ):  # what they hold is stored, and nothing of a trial is
            widget.setEnabled(not case.is_trial)
        groups = {group.group_id: group.label.text(language) for group in case.pack.scenario_groups}
        count = self.translate("scenario {number}", number=scenario.number)
        constrained = self.translate("★ constrained") if scenario.is_constrained else ""
        self.place.setText(" · ".join(part for part in (groups.get(scenario.group_id, ""), count, constrained) if part))
        self.name.setText(scenario.label.text(language))
        self.guide.show_target(case.pack, scenario_id)
        texts = {criterion.level: criterion.text.text(language) for criterion in scenario.criteria}
        for card in self.cards:
            card.show_criterion(texts.get(card.level, ""), level)
        self._show_notice(case, scenario)
        self.evidence.show_evidence(case, scenario_id, usual_evidence(scenario, level))
        if is_other or not self.note.is_typed_in:
            self.note.load(case.assessment.notes.get(scenario_id, ""))
        self._show_need(case, scenario_id)

    def ask_reason(self) -> None:
        """Show the field for the reason why the scenario does not apply."""
        self.reason_row.show()
        self.reason_row.show_note()
        self.reason.setFocus()

    def close_reason(self) -> bool:
        """Hide the reason's field; return false when it was not shown."""
        was_shown = self.reason_row.isVisible()
        self.reason_row.hide()
        self.reason.load("")
        if was_shown:
            self.reason_closed.emit()
        return was_shown

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        self.note.flush()

    def set_low(self, is_low: bool) -> None:
        """Use the lower tiles of a low window."""
        self.evidence.set_low(is_low)
        self.note.set_lines(1 if is_low else 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store the reason on Enter."""
        if watched is self.reason and isinstance(event, QKeyEvent) and _is_enter(event):
            self._store_reason()
            return True
        return super().eventFilter(watched, event)

    def _store_reason(self) -> None:
        text = self.reason.text().strip()
        if not text:
            self.reason_row.show_error(self.translate("Without a reason nothing is stored."))
            return
        self.not_applicable.emit(text)
        self.close_reason()

    def _show_notice(self, case: CaseView, scenario: Scenario) -> None:
        answer = case.assessment.answers.scenarios.get(scenario.scenario_id)
        if answer is not None and answer.not_applicable is not None:
            text = self.translate("Not applicable: {reason}. It counts as level 0.", reason=answer.not_applicable)
            self.notice.show_notice("info", text)
        elif scenario.note is not None:
            self.notice.show_notice("info", scenario.note.text(self.translate.language))
        else:
            self.notice.clear()

    def _show_need(self, case: CaseView, scenario_id: str) -> None:
        needs = case.needs_of(scenario_id)
        if needs:
            title = self.theme.metrics("body").elidedText(
                needs[0].title, Qt.TextElideMode.ElideRight, _TITLE[self.translate.language]
            )
            self.need_button.set_content(f"N-{needs[0].number:02d} {title}", icon="arrow-up-right", key="D")
        else:
            self.need_button.set_content(self.translate("Make a need"), icon="plus", key="D")

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.place)
        words.addWidget(self.name)
        head.addLayout(words, 1)
        head.addWidget(self.try_button, 0, Qt.AlignmentFlag.AlignTop)
        note = label(self.translate("Note"), self.theme, "dense", bold=True)
        note.setBuddy(self.note.editor)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(7)
        column.addLayout(head)
        for card in self.cards:
            column.addWidget(card)
        column.addWidget(self.notice)
        review = QHBoxLayout()
        review.addWidget(self.verified)
        review.addStretch(1)
        review.addWidget(self.review_button)
        column.addLayout(review)
        column.addWidget(self.roles)
        column.addWidget(self.guide)
        column.addWidget(self.evidence)
        column.addWidget(note)
        column.addWidget(self.note)
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 6, 16, 10)
        foot.setSpacing(8)
        foot.addWidget(self.reason_row)
        buttons = QHBoxLayout()
        buttons.addWidget(self.not_applicable_button)
        buttons.addStretch(1)
        buttons.addWidget(self.need_button)
        foot.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll_area(inside, self.theme), 1)
        outer.addWidget(Rule(self.theme))
        outer.addLayout(foot)


def _is_enter(event: QKeyEvent) -> bool:
    is_press = event.type() == QEvent.Type.KeyPress
    return is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def usual_evidence(scenario: Scenario, level: int | None) -> tuple[EvidenceHint, ...]:
    """Return what usually shows the recorded level, or the first one where none is recorded."""
    hints = {criterion.level: criterion.evidence for criterion in scenario.criteria}
    return hints.get(level or 1, ())
