"""The interview guide at hand beside a question or scenario: one line, opened to prompts, papers and photos."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import Language, LocalText, Pack
from diag_app.model.guide_hints import GuideHints, hints_for
from diag_app.operations.guide import method_guide
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.labels import ElidedLabel, label


class GuideHintBox(QWidget):
    """Hidden where the guide has nothing for the target; `toggle` opens and folds it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.theme, self.translate = context.theme, context.translate
        self.target = ""
        self.hints: GuideHints | None = None
        self.line = ElidedLabel("", self.theme, "dense", colour="text_2")
        self.button = Button(self.translate("Interview guide"), self.theme, "text", icon="clipboard-list", small=True)
        self.button.setCheckable(True)
        self.button.clicked.connect(self._fold)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.button)
        head.addWidget(self.line, 1)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(24, 0, 0, 4)
        self._body.setSpacing(2)
        self._inside = QWidget()
        self._inside.setLayout(self._body)
        self._inside.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._inside)
        self.hide()

    def show_target(self, pack: Pack, target: str) -> None:
        """Show what the guide has for a question or scenario of `pack`."""
        if target == self.target:
            return
        self.target = target
        guide = self._context.session.read(method_guide, pack)
        self.hints = None if guide is None else hints_for(guide, target)
        is_there = self.hints is not None and not self.hints.is_empty
        self.setVisible(is_there)
        if self.hints is not None and is_there:
            self.line.set_text(self._summary(self.hints))
            self._fold()

    def toggle(self) -> None:
        """Open or fold the hints."""
        if not self.isHidden():
            self.button.setChecked(not self.button.isChecked())
            self._fold()

    def _fold(self) -> None:
        clear_layout(self._body)
        is_open = self.button.isChecked() and self.hints is not None
        if self.hints is not None and is_open:
            self._fill(self.hints)
        self._inside.setVisible(is_open)
        self.line.setVisible(not is_open)
        self.button.setAccessibleDescription(self.line.text)

    def _fill(self, hints: GuideHints) -> None:
        language = self.translate.language
        for role, items in hints.asks:
            self._add(self.translate("Ask: {role}", role=role.label.text(language)), [item.text for item in items])
        self._add(self.translate("Papers"), [item.text for item in hints.papers])
        stops = [f"{stop.text.text(language)}: {stop.look_for.text(language)}" for stop in hints.stops]
        self._add_lines(self.translate("On the walk"), stops)
        photos = [f"{photo.text.text(language)} ({photo.care.text(language)})" for photo in hints.photos]
        self._add_lines(self.translate("Photograph"), photos)

    def _add(self, title: str, texts: list[LocalText]) -> None:
        self._add_lines(title, [text.text(self.translate.language) for text in texts])

    def _add_lines(self, title: str, lines: list[str]) -> None:
        if lines:
            self._body.addWidget(label(title, self.theme, "caption", bold=True, colour="text_2"))
            self._body.addWidget(label("\n".join(lines), self.theme, "dense", wrap=True))

    def _summary(self, hints: GuideHints) -> str:
        language: Language = self.translate.language
        parts = []
        if hints.asks:
            roles = self.translate(", ").join(role.label.text(language) for role, _ in hints.asks)
            parts.append(self.translate("ask {roles}", roles=roles))
        for words, items in (
            (self.translate("papers {count}", count=len(hints.papers)), hints.papers),
            (self.translate("photos {count}", count=len(hints.photos)), hints.photos),
        ):
            parts += [words] if items else []
        return " · ".join(parts)
