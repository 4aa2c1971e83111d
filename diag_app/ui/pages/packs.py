"""The packs page: which methods, practice packs and report templates are here, and what in them is not checked yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import Confidence, OpenItem, Pack
from diag_app.forms.practice import PracticePack
from diag_app.forms.report_template import ReportTemplate
from diag_app.i18n.translator import Translator
from diag_app.operations.pack import list_packs, list_practice_packs, list_templates
from diag_app.operations.workspace import Workspace
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.paint import ChipStyle
from diag_app.ui.widgets.card import Card, Rule
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.fact_rows import FactRows
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import ReadingArea, bounded
from diag_app.ui.words import confidence_word

_WIDTH, _NAMES = 960, 132


class PacksPage(Page):
    """Reads the packs anew each time it is opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(0, 14, 0, 16)
        self._box.setSpacing(12)
        self._area = ReadingArea(bounded(content), self.theme, self.translate("Packs"))
        self.arrange(self._area)

    def open(self, target: Target) -> None:
        """List the packs shipped with the program and those installed in the workspace."""
        super().open(target)
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        packs = self.session.read(_packs)
        title = label(self.translate("Packs"), self.theme, "title")
        self._box.addWidget(title)
        if packs == ():
            self._box.addWidget(
                EmptyState(
                    self.theme,
                    "library",
                    self.translate("No pack here"),
                    self.translate("Install one with diag pack install."),
                )
            )
        for pack in packs or ():
            self._box.addWidget(self._card(pack))
        for practice in self.session.read(_practice_packs) or ():
            self._box.addWidget(self._practice_card(practice))
        for template in self.session.read(_templates) or ():
            self._box.addWidget(self._template_card(template))
        self._box.addStretch(1)

    def hints(self) -> Hints:
        """Return the keys of the page."""
        return ((("↑", "↓"), self.translate("scroll")), (("Esc",), self.translate("back")))

    def focus_first(self) -> None:
        """Let the arrow keys scroll."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, pack: Pack) -> Card:
        theme, translate, language = self.theme, self.translate, self.translate.language
        card = self._titled(pack)
        facts = FactRows(
            (translate("Document"), translate("Holds"), translate("Level thresholds"), translate("Digest (SHA-256)")),
            theme,
            names_width=_NAMES,
        )
        facts.set_values(
            (
                _document(pack, language),
                translate(
                    "{questions} questions, {scenarios} scenarios, {forms} need forms",
                    questions=len(pack.questions),
                    scenarios=len(pack.scenarios),
                    forms=len(pack.need_forms),
                ),
                confidence_word(pack.level_rule.confidence, translate),
                pack.digest,
            )
        )
        card.body.addWidget(facts)
        card.body.addWidget(Rule(theme))
        words = translate.plural("{count} open item", "{count} open items", len(pack.open_items))
        card.body.addWidget(label(words, theme, "strong"))
        note = translate("Not checked against the official text; never shown as official.")
        card.body.addWidget(label(note, theme, "dense", colour="text_2", wrap=True))
        for item in pack.open_items:
            card.body.addWidget(self._open_item(item))
        return card

    def _practice_card(self, pack: PracticePack) -> Card:
        theme, translate = self.theme, self.translate
        card = self._titled(pack)
        facts = FactRows((translate("Practice for"), translate("Digest (SHA-256)")), theme, names_width=_NAMES)
        facts.set_values((pack.extends, pack.digest))
        card.body.addWidget(facts)
        note = translate("What practice adds to the method, such as rules. It changes no points and no level.")
        card.body.addWidget(label(note, theme, "dense", colour="text_2", wrap=True))
        return card

    def _template_card(self, template: ReportTemplate) -> Card:
        theme, translate = self.theme, self.translate
        card = self._titled(template)
        rows = [(name, text) for name, text in _said_by(template, translate) if text]
        facts = FactRows(tuple(name for name, _ in rows), theme, names_width=_NAMES)
        facts.set_values(tuple(text for _, text in rows))
        card.body.addWidget(facts)
        note = translate(
            "What stands in a report, in which words and in whose name. It changes no points and no level."
        )
        card.body.addWidget(label(note, theme, "dense", colour="text_2", wrap=True))
        return card

    def _titled(self, pack: Pack | PracticePack | ReportTemplate) -> Card:
        theme = self.theme
        card = Card(theme, padding=20)
        head = QHBoxLayout()
        head.addWidget(label(pack.title.text(self.translate.language), theme, "heading", wrap=True), 1)
        head.addWidget(Chip(f"{pack.pack_id} v{pack.version}", theme), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        return card

    def _open_item(self, item: OpenItem) -> QWidget:
        theme, language = self.theme, self.translate.language
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(12)
        style: ChipStyle = "warning" if item.status in (Confidence.UNKNOWN, Confidence.MEMORY) else "plain"
        chip = Chip(confidence_word(item.status, self.translate), theme, style=style)
        holder = QWidget()
        holder.setFixedWidth(_NAMES)
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(item.text.text(language), theme, "dense", wrap=True))
        texts.addWidget(label(item.effect.text(language), theme, "caption", colour="text_3", wrap=True))
        box.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(texts, 1)
        return row


def _packs(workspace: Workspace) -> tuple[Pack, ...]:
    return list_packs(workspace.directory)


def _practice_packs(workspace: Workspace) -> tuple[PracticePack, ...]:
    return list_practice_packs(workspace.directory)


def _templates(workspace: Workspace) -> tuple[ReportTemplate, ...]:
    return list_templates(workspace.directory)


def _said_by(template: ReportTemplate, translate: Translator) -> tuple[tuple[str, str], ...]:
    """Return what a report template says by itself; what it leaves to the house's is empty."""
    branding, language = template.branding, translate.language
    logo = translate("with a logo") if branding.logo is not None else ""
    look = ("" if branding.name is None else branding.name.text(language), branding.accent or "", logo)
    changed = translate.plural("{count} section changed", "{count} sections changed", len(template.changes))
    return (
        (translate("Kinds of report"), translate(", ").join(kind.title.text(language) for kind in template.kinds)),
        (
            translate("Own sections"),
            translate(", ").join(section.name.text(language) for section in template.own.values()),
        ),
        (translate("Changes"), changed if template.changes else ""),
        (translate("Look"), " · ".join(part for part in look if part)),
        (translate("Digest (SHA-256)"), template.digest),
    )


def _document(pack: Pack, language: str) -> str:
    parts = (pack.document.get("number"), pack.document.get("issued_on"), pack.document.get(f"issuer_{language}"))
    return " · ".join(part for part in parts if part) or "—"
