"""The live panel: level and score now, what is missing to the next level, what is unanswered or needs explanation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import Problem
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import level_name, plain_text, score_text, target_name, without_shared_word
from diag_app.ui.models.findings import finding_rows
from diag_app.ui.models.problems import problem_target
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.finding_view import FindingList
from diag_app.ui.widgets.labels import label, set_colour
from diag_app.ui.widgets.level_badge import LevelBadge
from diag_app.ui.widgets.linked_line import LinkedLine
from diag_app.ui.widgets.meter import MeterLine
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.tab_order import read_in_order
from diag_app.ui.widgets.three_scores import ThreeScoresBlock

_SHOWN = 4


class LivePanel(Panel):
    """Shows a `CaseView`. `open_target` names the answer to open; `why` and `what_if` ask for reasons and a trial."""

    open_target = Signal(str)
    why = Signal()
    all_findings = Signal()
    what_if = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="left", parent=parent)
        self.theme = theme
        self.translate = translate
        self.setFixedWidth(theme.size("live_panel"))
        self.badge = LevelBadge(theme, theme.size("badge_large"))
        self.level = label("", theme, "strong", wrap=True)
        self.score = label("", theme, "caption", colour="text_2")
        self._dimensions = QGridLayout()
        self.scores = ThreeScoresBlock(theme, translate)
        self._next_title = label("", theme, "caption", colour="text_2", wrap=True)
        self._meters = (MeterLine(theme), MeterLine(theme), MeterLine(theme))
        self._unanswered = QVBoxLayout()
        self._explain_title = label("", theme, "caption", colour="text_2")
        self._explain = QVBoxLayout()
        self.findings = FindingList(theme, translate, links=_SHOWN)
        self.findings.open_target.connect(self.open_target)
        self.all_button = Button("", theme, "text", small=True)
        self.all_button.clicked.connect(self.all_findings)
        self.why_button = Button("", theme, "text", icon="git-fork", key="W", small=True)
        self.why_button.clicked.connect(self.why)
        self.try_button = Button(translate("What if"), theme, "text", icon="flask-conical", key="T", small=True)
        self.try_button.clicked.connect(self.what_if)
        self._is_trial = False
        self._arrange()

    def show_case(self, case: CaseView) -> None:
        """Show the figures of `case`."""
        self._is_trial = case.is_trial
        self.update()
        self._show_level(case)
        self._show_dimensions(case)
        self.scores.show_case(case)
        self._show_next(case)
        self._show_unanswered(case)
        self._show_problems(case)
        read_in_order(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel, with the dashed outline of what is not stored in a trial."""
        super().paintEvent(event)
        if self._is_trial:
            box = QRectF(self.rect()).adjusted(4, 3, -3, -3)
            paint_frame(QPainter(self), box, self.theme, fill=None, line="accent", dashed=True)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self.translate("Level now"), self.theme, "caption", colour="text_2"))
        words.addWidget(self.level)
        words.addWidget(self.score)
        head.addLayout(words, 1)
        self._dimensions.setHorizontalSpacing(8)
        self._dimensions.setVerticalSpacing(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._dimensions)
        column.addWidget(Rule(self.theme))
        column.addWidget(self.scores)
        column.addWidget(Rule(self.theme))
        column.addWidget(self._next_title)
        for meter in self._meters:
            column.addWidget(meter)
        column.addLayout(self._unanswered)
        column.addWidget(Rule(self.theme))
        titled = QHBoxLayout()
        titled.addWidget(self._explain_title, 1)
        titled.addWidget(self.all_button)
        column.addLayout(titled)
        column.addLayout(self._explain)
        column.addWidget(self.findings)
        column.addStretch(1)
        for lines in (self._unanswered, self._explain):
            lines.setSpacing(6)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 8)
        outer.setSpacing(4)
        outer.addWidget(scroll_area(inside, self.theme), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 16, 4)
        foot.addWidget(self.why_button)
        foot.addStretch(1)
        foot.addWidget(self.try_button)
        outer.addLayout(foot)

    def _show_level(self, case: CaseView) -> None:
        translate, card = self.translate, case.card
        name = level_name(case.pack, card.level, translate.language)
        words = translate("Level {level} {name}", level=card.level, name=name) if card.level else translate("No level")
        self.level.setText(words)
        total = sum((item.max_points for item in case.pack.dimensions if item.max_points is not None), Decimal(0))
        score = translate("{score} of {total} points", score=score_text(card.score), total=plain_text(total))
        self.score.setText(score)
        self.badge.set_level(card.level, f"{words}, {score}, {case.pack.reference}")
        why = translate("Why level {level}?", level=card.level) if card.level else translate("Why no level?")
        self.why_button.set_content(why, icon="git-fork", key="W")

    def _show_dimensions(self, case: CaseView) -> None:
        clear_layout(self._dimensions)
        scored = [item for item in case.pack.dimensions if item.max_points is not None]
        for column, dimension in enumerate(scored):
            name = label(
                without_shared_word(dimension.label.text(self.translate.language)),
                self.theme,
                "caption",
                colour="text_2",
            )
            figure = f"{score_text(case.card.dimensions[dimension.dimension_id])}"
            value = QHBoxLayout()
            value.setSpacing(0)
            value.addWidget(label(figure, self.theme, "dense", bold=True))
            value.addWidget(label(f"/{plain_text(dimension.max_points or 0)}", self.theme, "caption", colour="text_2"))
            value.addStretch(1)
            self._dimensions.addWidget(name, 0, column)
            self._dimensions.addLayout(value, 1, column)
            self._dimensions.setColumnStretch(column, 1)

    def _show_next(self, case: CaseView) -> None:
        translate, to_next = self.translate, case.card.to_next
        for meter in self._meters:
            meter.setVisible(to_next is not None)
        if to_next is None:
            self._next_title.setText(translate("The highest level is reached."))
            return
        rule = next(item for item in case.pack.level_rule.conditions if item.level == to_next.level)
        name = rule.name.text(translate.language)
        self._next_title.setText(translate("To level {level} {name}", level=to_next.level, name=name))
        have = case.card.at_or_above.get(to_next.level, 0)
        starred = case.card.constrained_at_or_above.get(to_next.level, 0)
        points = translate("Points"), score_text(case.card.score), case.card.score, rule.min_score, to_next.points
        scenarios = translate("Scenarios at {level}+", level=to_next.level)
        constrained = translate("of them constrained ★")
        gap = translate("{points} short", points=score_text(to_next.points))
        self._show_meter(0, *points, gap)
        self._show_meter(
            1, scenarios, str(have), have, rule.min_scenarios, to_next.scenarios, self._gap(to_next.scenarios)
        )
        short = to_next.constrained
        self._show_meter(2, constrained, str(starred), starred, rule.min_constrained, short, self._gap(short))

    def _gap(self, count: int) -> str:
        return self.translate("{count} short", count=count)

    def _show_meter(
        self,
        place: int,
        title: str,
        shown: str,
        have: Decimal | int,
        bound: Decimal | int,
        short: Decimal | int,
        gap: str,
    ) -> None:
        words = gap if short else self.translate("met")
        figures = f"{shown} / {plain_text(bound)}"
        self._meters[place].show_figures(title, figures, words, Decimal(have), Decimal(bound))

    def _show_unanswered(self, case: CaseView) -> None:
        clear_layout(self._unanswered)
        translate = self.translate
        for target in case.card.missing[:_SHOWN]:
            gain = plain_text(case.pack.question(target).max_points)
            title = translate("{question}: no answer", question=target_name(case.pack, target, translate.language))
            more = translate("up to {points} points more", points=gain)
            line = LinkedLine(title, self.theme, "circle", "text_2", detail=more)
            line.clicked.connect(self._opener(target))
            self._unanswered.addWidget(line)
        left = len(case.card.missing) - _SHOWN
        if left > 0:
            text = translate.plural(
                "{count} more question without answer", "{count} more questions without answer", left
            )
            self._unanswered.addWidget(label(text, self.theme, "caption", colour="text_2"))

    def _show_problems(self, case: CaseView) -> None:
        clear_layout(self._explain)
        problems, found = case.card.problems, [item for item in case.findings if item.is_open]
        count = len(problems) + len(found)
        title = (
            self.translate("Needs explanation: {count}", count=count)
            if count
            else self.translate("Nothing needs explanation.")
        )
        self._explain_title.setText(title)
        set_colour(self._explain_title, self.theme, "text_2")
        for problem in problems[:_SHOWN]:
            self._explain.addWidget(self._problem_line(problem, case))
        rows = finding_rows(found[: max(1, _SHOWN - len(problems))], case.pack, self.translate)
        self.findings.show_rows(rows, is_trial=case.is_trial)
        explained, every = len(case.findings) - len(found), len(case.findings)
        words = self.translate("All {count}", count=every)
        self.all_button.set_content(words)
        whole = self.translate(
            "All {count}: {open} open, {explained} explained", count=every, open=len(found), explained=explained
        )
        self.all_button.setAccessibleName(whole)
        self.all_button.setToolTip(whole)
        self.all_button.setVisible(bool(case.findings))

    def _problem_line(self, problem: Problem, case: CaseView) -> LinkedLine:
        target = problem_target(problem, case.pack)
        link = f"{target_name(case.pack, target, self.translate.language)} →" if target else ""
        line = LinkedLine(self.translate.problem(problem), self.theme, "triangle-alert", "warning", link=link)
        line.setToolTip(self.translate.remedy(problem))
        if target:
            line.clicked.connect(self._opener(target))
        return line

    def _opener(self, target: str) -> Callable[[], None]:
        def open_it() -> None:
            self.open_target.emit(target)

        return open_it
