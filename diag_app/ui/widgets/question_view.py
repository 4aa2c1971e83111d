"""One question in full: what is asked, its figures, its options, what disagrees, evidence and note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import Pack, Question
from diag_app.forms.scorecard import QuestionScore
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import plain_text
from diag_app.ui.pages.page import Context
from diag_app.ui.paint import chip_width
from diag_app.ui.widgets.action_row import ActionRow
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.evidence_strip import EvidenceStrip
from diag_app.ui.widgets.guide_hint_box import GuideHintBox
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.numbers_strip import NumbersStrip
from diag_app.ui.widgets.option_list import OptionList
from diag_app.ui.widgets.role_row import RoleLine
from diag_app.ui.widgets.text_field import TextField
from diag_app.ui.widgets.verified_mark import VerifiedMark

_NARROWEST = 620  # what is left for the question in the narrowest window the layout is designed for
_NOTE_LINES = 2
_SPACING, _SPACING_LOW = 4, 3


class QuestionView(QWidget):
    """Shows one question of a pack. It stores nothing; its signals say what the person did.

    Signals:
        chosen(option keys), entered(number id, figure or null), noted(text), undo_requested(), history_requested(),
        next_requested().
    """

    chosen = Signal(object)
    entered = Signal(str, object)
    noted = Signal(str)
    undo_requested = Signal()
    history_requested = Signal()
    next_requested = Signal()

    def __init__(self, context: Context, pack: Pack, question: Question) -> None:
        super().__init__()
        self.context, self.pack, self.question = context, pack, question
        self.theme, self.translate = context.theme, context.translate
        self.options = OptionList(question, self.theme, self.translate)
        self.options.chosen.connect(self.chosen)
        self.strip = NumbersStrip(pack, question, self.theme, self.translate) if question.numbers else None
        if self.strip is not None:
            self.strip.entered.connect(self.entered)
        self.notice = NoticeLine(self.theme)
        self.verified = VerifiedMark(self.theme, self.translate)
        self.roles = RoleLine(self.theme, self.translate, context.session.workspace.roles)
        self.evidence = EvidenceStrip(context)
        self.guide = GuideHintBox(context)
        self.note = TextField(self.theme, self.translate("Note"), lines=1, margin=2)
        self.note.fold(_NOTE_LINES)
        self.note.rested.connect(self.noted)
        self.next_button = Button(self.translate("Next"), self.theme, "text", icon="chevron-right", small=True)
        self.next_button.clicked.connect(self.next_requested)
        self._arrange()
        self.guide.show_target(pack, question.question_id)

    def show_case(self, case: CaseView) -> None:
        """Show what is recorded for this question."""
        score = case.card.question(self.question.question_id)
        self.options.show_score(score, is_tried=self.question.question_id in case.tried)
        self.verified.show_tick(case.review.tick_of(self.question.question_id))
        self.roles.show_answer(case, self.question.question_id)
        self._enable_stored(not case.is_trial)
        if self.strip is not None:
            self.strip.show_numbers(case.assessment.answers.numbers, score.derived)
        self._show_disagreement(score)
        hints = tuple(
            hint for hint in self.question.evidence if not hint.options or set(hint.options) & set(score.options)
        )
        self.evidence.show_evidence(case, self.question.question_id, hints or self.question.evidence)
        if not self.note.is_typed_in:
            self.note.load(case.assessment.notes.get(self.question.question_id, ""))

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        if self.strip is not None:
            self.strip.flush()
        self.note.flush()

    def set_low(self, is_low: bool) -> None:
        """Use the lower rows of a low window."""
        self.evidence.set_low(is_low)
        self.note.fold(1 if is_low else _NOTE_LINES)
        self._column.setSpacing(_SPACING_LOW if is_low else _SPACING)
        for row in self.options.rows.values():
            row.updateGeometry()

    def _arrange(self) -> None:
        theme, translate, language = self.theme, self.translate, self.translate.language
        crumb = ActionRow(self._place(), theme)
        undo = Button(translate("Undo"), theme, "text", icon="undo-2", small=True)
        undo.clicked.connect(self.undo_requested)
        history = Button(translate("History"), theme, "text", icon="history", small=True)
        history.clicked.connect(self.history_requested)
        head = QHBoxLayout()
        head.setSpacing(10)
        text, kind = self.question.label.text(language), self._kind()
        needed = theme.metrics("title").horizontalAdvance(text) + chip_width(kind, theme) + head.spacing()
        fits = needed <= _NARROWEST
        if fits:
            head.addWidget(label(text, theme, "title"))
            head.addWidget(Chip(kind, theme))
            head.addStretch(1)
        else:
            crumb.add(Chip(kind, theme))
            head.addWidget(label(text, theme, "title", wrap=True), 1)
        for part in (self.verified, undo, history, self.next_button):
            crumb.add(part)
        note = QHBoxLayout()
        note.setSpacing(10)
        name = label(translate("Note"), theme, "dense", bold=True)
        name.setBuddy(self.note.editor)
        note.addWidget(name)
        note.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 5, 20, 4)
        column.setSpacing(_SPACING)
        self._column = column
        column.addWidget(crumb)
        column.addLayout(head)
        if self.question.guidance is not None:
            column.addWidget(label(self.question.guidance.text(language), theme, "dense", colour="text_2", wrap=True))
        if self.strip is not None:
            column.addWidget(self.strip)
        column.addWidget(self.options)
        column.addWidget(self.notice)
        column.addWidget(self.roles)
        column.addWidget(self.guide)
        column.addWidget(self.evidence)
        column.addLayout(note)
        column.addStretch(1)

    def _place(self) -> str:
        language = self.translate.language
        dimensions = {item.dimension_id: item.label.text(language) for item in self.pack.dimensions}
        indicators = {item.indicator_id: item.label.text(language) for item in self.pack.indicators}
        count = self.translate(
            "Question {number} of {total}", number=self.question.number, total=len(self.pack.questions)
        )
        return f"{dimensions[self.question.dimension_id]} › {indicators[self.question.indicator_id]}  ·  {count}"

    def _kind(self) -> str:
        translate = self.translate
        kind = translate("Several choices") if self.options.is_multiple else translate("One choice")
        points = translate("up to {points} points", points=plain_text(self.question.max_points))
        return f"{kind} · {points}"

    def _enable_stored(self, is_enabled: bool) -> None:
        """Let what is stored be changed, or not: nothing of a trial is."""
        focus = QApplication.focusWidget()
        for widget in (self.note, self.evidence, self.verified, self.roles):
            if not is_enabled and focus is not None and widget.isAncestorOf(focus):
                self.options.focus_option()
            widget.setEnabled(is_enabled)

    def _show_disagreement(self, score: QuestionScore) -> None:
        derived = score.derived
        if derived is None or score.state != "chosen" or score.options == (derived.option,):
            self.notice.clear()
            return
        text = self.translate(
            "The numbers give {derived}, you chose {chosen}. Your choice counts; the report says so.",
            derived=derived.option,
            chosen=" ".join(score.options),
        )
        use = self.translate("Use {option}", option=derived.option)
        reason = self.translate("Give a reason")
        self.notice.show_notice("warning", text, ((use, self._use_derived), (reason, self.note.editor.setFocus)))

    def _use_derived(self) -> None:
        self.chosen.emit(())
