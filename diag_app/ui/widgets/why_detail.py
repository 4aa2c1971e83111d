"""Beside the derivation tree: one reason in full, with its formula, clause, pack and how far the rule is checked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import Confidence, LocalText
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import points_text, target_code
from diag_app.ui.models.why import WhyNode
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card, Panel
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.try_picker import TryPicker
from diag_app.ui.words import confidence_word

_WIDTH = 328


class WhyDetail(Panel):
    """Shows the reason under the cursor. `open_target` names the answer to open."""

    open_target = Signal(str)
    tried = Signal(str, str)  # target, option or level

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="left", parent=parent)
        self.theme, self.translate = theme, translate
        self.setFixedWidth(_WIDTH)
        self._target = ""
        self._place = label("", theme, "caption", colour="text_2", wrap=True)
        self._title = label("", theme, "strong", wrap=True)
        self._card = Card(theme, padding=12)
        self._formula = label("", theme, "dense", colour="text_2", wrap=True)
        self._working = label("", theme, "strong", wrap=True)
        self._result = label("", theme, "dense", wrap=True)
        for part in (self._formula, self._working, self._result):
            self._card.body.addWidget(part)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._notice = NoticeLine(theme)
        self._try_title = label("", theme, "dense", bold=True, wrap=True)
        self._picker = TryPicker(theme)
        self._picker.pressed.connect(lambda key: self.tried.emit(self._target, key))
        self.open_button = Button("", theme, "primary", key="Enter")
        self.open_button.clicked.connect(self._open)
        self._arrange()

    def show_node(self, node: WhyNode, case: CaseView) -> None:
        """Show one reason of the tree."""
        self._target = node.target
        language = self.translate.language
        self._place.setText(self._where(node, case))
        self._title.setText(node.title)
        formula, working = self._derivation(node, case)
        self._formula.setText(formula)
        self._working.setText(working)
        self._result.setText(self._outcome(node, case))
        for part in (self._formula, self._working, self._result):
            part.setVisible(bool(part.text()))
        clear_layout(self._facts)
        rows = [
            (self.translate("Basis"), self._basis(case)),
            (self.translate("Rule"), node.reason.clause),
            (self.translate("Pack version"), f"{case.pack.pack_id} v{case.pack.version}"),
            (self.translate("Checked"), self._confidence(node, case)),
        ]
        if node.target:
            rows.append((self.translate("Evidence"), self._evidence(node, case)))
            note = case.assessment.notes.get(node.target, "")
            rows.append((self.translate("Note"), note or "—"))
        for row, (name, text) in enumerate(rows):
            title = label(name, self.theme, "dense", colour="text_2")
            self._facts.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(text, self.theme, "dense", wrap=True), row, 1)
        self._show_notice(case)
        self._show_trial(node, case)
        self.open_button.setVisible(bool(node.target))
        if node.target:
            code = target_code(case.pack, node.target, language)
            self.open_button.set_content(self.translate("Open {answer}", answer=code), key="Enter")

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(8)
        for part in (self._place, self._title, self._card, self._notice):
            column.addWidget(part)
        column.addWidget(self._try_title)
        column.addWidget(self._picker)
        column.addLayout(self._facts)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll_area(inside, self.theme), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 6, 16, 14)
        foot.addWidget(self.open_button)
        outer.addLayout(foot)

    def focus_trial(self) -> None:
        """Put the focus on the option that counts in the trial."""
        self._picker.focus_chosen()

    def _show_trial(self, node: WhyNode, case: CaseView) -> None:
        """Offer the other options or levels while answers are tried out."""
        is_offered = case.is_trial and bool(node.target)
        self._try_title.setVisible(is_offered)
        self._picker.setVisible(is_offered)
        if not is_offered:
            return
        language = self.translate.language
        code = target_code(case.pack, node.target, language)
        self._try_title.setText(self.translate("What if {answer} were, not stored", answer=code))
        if node.reason.kind == "scenario":
            level = case.scenario_level(node.target)
            levels = tuple((str(key), self.translate("level {level}", level=key)) for key in range(5))
            chosen: tuple[str, ...] = () if level is None else (str(level),)
            self._picker.show_keys(levels, chosen, is_tried=node.is_tried)
        else:
            options = case.pack.question(node.target).options
            keys = tuple((option.key, f"{option.key} {option.label.text(language)}") for option in options)
            self._picker.show_keys(keys, case.card.question(node.target).options, is_tried=node.is_tried)

    def _open(self) -> None:
        if self._target:
            self.open_target.emit(self._target)

    def _where(self, node: WhyNode, case: CaseView) -> str:
        language = self.translate.language
        if node.reason.kind == "question":
            question = case.pack.question(node.target)
            dimensions = {item.dimension_id: item.label.text(language) for item in case.pack.dimensions}
            indicators = {item.indicator_id: item.label.text(language) for item in case.pack.indicators}
            return f"{dimensions[question.dimension_id]} › {indicators[question.indicator_id]}"
        if node.reason.kind == "scenario":
            scenario = case.pack.scenario(node.target)
            groups = {item.group_id: item.label.text(language) for item in case.pack.scenario_groups}
            return groups.get(scenario.group_id, "")
        return case.pack.title.text(language)

    def _derivation(self, node: WhyNode, case: CaseView) -> tuple[str, str]:
        if node.reason.kind != "question":
            return node.detail, node.value
        question = case.pack.question(node.target)
        score = case.card.question(node.target)
        if score.derived is not None and question.derivation is not None:
            return question.derivation.formula.text(self.translate.language), score.derived.working
        return question.label.text(self.translate.language), node.detail

    def _outcome(self, node: WhyNode, case: CaseView) -> str:
        if node.reason.kind != "question":
            return ""
        question, score = case.pack.question(node.target), case.card.question(node.target)
        language = self.translate.language
        chosen = [f"{key} {question.option(key).label.text(language)}" for key in score.options]
        points = points_text(score.points, language)
        return "\n".join([*chosen, f"→ {points}"]) if chosen else self.translate("no answer, 0 points")

    def _basis(self, case: CaseView) -> str:
        title = case.pack.title.text(self.translate.language)
        number = case.pack.document.get("number", "")
        return f"{title}\n{number}".strip()

    def _evidence(self, node: WhyNode, case: CaseView) -> str:
        names = [item.name for item in case.evidence_of(node.target)]
        return self.translate(", ").join(names) or self.translate("none yet")

    def _confidence(self, node: WhyNode, case: CaseView) -> str:
        wording = self._wording(node, case)
        if wording is None:
            return confidence_word(case.pack.level_rule.confidence, self.translate)
        return confidence_word(wording.confidence, self.translate)

    def _wording(self, node: WhyNode, case: CaseView) -> LocalText | None:
        reason = node.reason
        if reason.kind == "question":
            return case.pack.question(reason.ref).label
        if reason.kind == "scenario":
            scenario = case.pack.scenario(reason.ref)
            reached = [criterion.text for criterion in scenario.criteria if criterion.level == reason.value]
            return reached[0] if reached else scenario.label
        if reason.kind == "indicator":
            return next(item.label for item in case.pack.indicators if item.indicator_id == reason.ref)
        if reason.kind == "dimension":
            return next(item.label for item in case.pack.dimensions if item.dimension_id == reason.ref)
        return None

    def _show_notice(self, case: CaseView) -> None:
        if case.pack.level_rule.confidence is Confidence.EXACT:
            self._notice.clear()
            return
        text = self.translate("The level thresholds are reconstructed and not yet checked against the official text.")
        self._notice.show_notice("warning", text)
