"""The firm's workbook in the window: written for it, then its plan shown, then taken in by the person's word."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import Pack
from diag_app.forms.guide import Guide
from diag_app.model.previsit_plan import PlanLine
from diag_app.model.previsit_words import line_label, value_words
from diag_app.model.proposal.voice import Voice
from diag_app.operations.previsit import Intake
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.task_card import TaskCard
from diag_app.ui.widgets.tick_box import TickBox
from diag_app.ui.words import problem_words

_MOST = 60  # lines shown of one kind; what is more is counted


class IntakeView(QWidget):
    """Signals: write_requested(), open_requested(), take_requested(keys to record over, partly), dropped()."""

    write_requested = Signal()
    open_requested = Signal()
    take_requested = Signal(object, bool)
    dropped = Signal()

    def __init__(self, theme: Theme, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.voice = theme, voice
        translate = voice.translate
        self.over: dict[str, TickBox] = {}
        self.partly: TickBox | None = None
        self.write_card = TaskCard(
            theme,
            "send",
            translate("For the firm"),
            translate(
                "Profile, figures, questions, scenarios, contacts and papers to fill in before the visit, in Excel, "
                "WPS or LibreOffice. What is known of the firm stands in it."
            ),
            translate("Write workbook…"),
            key="W",
            kind="primary",
        )
        self.write_card.started.connect(self.write_requested)
        self.open_card = TaskCard(
            theme,
            "inbox",
            translate("Back from the firm"),
            translate("First you see what is new, the same and different. Nothing is recorded before you say so."),
            translate("Open the firm's workbook…"),
            key="O",
        )
        self.open_card.started.connect(self.open_requested)
        self.notice = NoticeLine(theme)
        self._plan = QVBoxLayout()
        self._plan.setSpacing(8)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self.write_card, 1)
        cards.addWidget(self.open_card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(10)
        column.addLayout(cards)
        column.addWidget(self.notice)
        column.addLayout(self._plan)
        column.addStretch(1)
        self.take_button = Button("", theme, "primary", icon="check", key="Ctrl+Enter")
        self.take_button.clicked.connect(self.take)
        self.drop_button = Button(translate("Leave it"), theme)
        self.drop_button.clicked.connect(self.dropped)
        self._intake: Intake | None = None

    @property
    def intake(self) -> Intake | None:
        """Return the plan shown."""
        return self._intake

    def show_plan(self, intake: Intake, name: str, pack: Pack, guide: Guide | None) -> None:
        """Show what taking in the workbook would do."""
        self.clear()
        self._intake = intake
        translate, plan = self.voice.translate, intake.plan
        head = self._card(translate("{name}: what it says", name=name))
        who = self.voice.joined((intake.filled_by, intake.filled_on))
        counts = translate(
            "{new} new, {same} the same, {different} different, {unreadable} cells that cannot be read",
            new=len(plan.of("new")),
            same=len(plan.of("same")),
            different=len(plan.of("different")),
            unreadable=len(plan.problems),
        )
        for text in (counts, who):
            if text:
                head.body.addWidget(label(text, self.theme, "dense", colour="text_2", wrap=True))
        if plan.problems:
            self._problems(intake)
        self._lines(
            translate("Different from what is recorded: tick what the firm's word replaces"), "different", pack, guide
        )
        self._lines(translate("New: recorded as the firm's own statement"), "new", pack, guide)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.drop_button)
        buttons.addStretch(1)
        self._plan.addLayout(buttons)
        for button in (self.take_button, self.drop_button):
            button.show()
        self._count()

    def clear(self) -> None:
        """Show no plan."""
        for button in (self.take_button, self.drop_button):
            button.setParent(self)
            button.hide()
        clear_layout(self._plan)
        self.over, self.partly, self._intake = {}, None, None

    def focus_plan(self) -> None:
        """Put the focus on the first thing to decide, else on taking in."""
        boxes = [box for box in (self.partly, *self.over.values()) if box is not None]
        (boxes[0] if boxes else self.take_button).setFocus()

    def take(self) -> None:
        """Ask for taking in, where something may be."""
        if self._intake is not None and self.take_button.isEnabled():
            chosen = tuple(key for key, box in self.over.items() if box.isChecked())
            self.take_requested.emit(chosen, self.partly is not None and self.partly.isChecked())

    def _problems(self, intake: Intake) -> None:
        translate, problems = self.voice.translate, intake.plan.problems
        card = self._card(translate("Cells that cannot be read"))
        for problem in problems[:_MOST]:
            words = problem_words(problem, translate)  # type: ignore[arg-type]
            card.body.addWidget(label(words, self.theme, "dense", colour="warning", wrap=True))
        self.partly = TickBox(translate("Take in the rest without these cells"), self.theme)
        self.partly.clicked.connect(lambda _on: self._count())
        card.body.addWidget(self.partly)

    def _lines(self, title: str, verdict: str, pack: Pack, guide: Guide | None) -> None:
        lines = [line for line in self._intake.plan.lines if line.verdict == verdict] if self._intake else []
        if not lines:
            return
        card = self._card(title)
        for line in lines[:_MOST]:
            name = line_label(line.key, pack, guide, self.voice)
            card.body.addWidget(self._line(line, name, value_words(line.key, line.stated, pack, self.voice), pack))
        more = len(lines) - _MOST
        if more > 0:
            words = self.voice.translate.plural("and {count} more", "and {count} more of these", more)
            card.body.addWidget(label(words, self.theme, "caption", colour="text_3"))

    def _line(self, line: PlanLine, name: str, stated: str, pack: Pack) -> QWidget:
        if line.verdict == "new":
            return label(f"{name}: {stated}", self.theme, "dense", wrap=True)
        recorded = value_words(line.key, line.recorded, pack, self.voice)
        words = self.voice.translate(
            "{name}: recorded {recorded}, the firm says {stated}", name=name, recorded=recorded, stated=stated
        )
        box = TickBox(words, self.theme)
        box.clicked.connect(lambda _on: self._count())
        self.over[line.key] = box
        return box

    def _count(self) -> None:
        if self._intake is None:
            return
        plan, translate = self._intake.plan, self.voice.translate
        chosen = [key for key, box in self.over.items() if box.isChecked()]
        count = len(plan.taken(chosen))
        blocked = bool(plan.problems) and not (self.partly is not None and self.partly.isChecked())
        self.take_button.setEnabled(not blocked)
        self.take_button.set_content(translate("Take in {count}", count=count), icon="check", key="Ctrl+Enter")

    def _card(self, title: str) -> Card:
        card = Card(self.theme, padding=14)
        card.body.setSpacing(3)
        card.body.addWidget(label(title, self.theme, "body", bold=True, wrap=True))
        self._plan.addWidget(card)
        return card
