"""The fill-in sheet: every answer as the official system asks for it, copied by field, ticked once typed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget

from diag_app.model.fill_in_document import module_title
from diag_app.model.proposal.voice import Voice
from diag_app.operations.fill_in import FillIn, load_fill_in, record_entered, write_fill_in
from diag_app.ui.models.case import CaseView
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fill_in_item import FillItemCard
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.page_parts import folder_link, stacked, title_bar
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area

_WIDTH = 1040


class FillInPage(CasePage):
    """The sheet of one case. Replace `choose_file` to answer the question where to by program."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.choose_file: Callable[[str, str], Path | None] = self._ask_file
        self.cards: dict[str, FillItemCard] = {}
        self._voice = Voice(language=translate.language, translate=translate)
        self._shape: tuple[str, ...] = ()
        self.counts = label("", theme, "dense", colour="text_2")
        self.pdf_button = Button(translate("PDF…"), theme, icon="file-text", key="P")
        self.pdf_button.clicked.connect(self.write_pdf)
        self.excel_button = Button(translate("Excel…"), theme, icon="file-text", key="X")
        self.excel_button.clicked.connect(self.write_excel)
        self.said = label("", theme, "dense", colour="accent")
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        content.setLayout(self._column)
        self._column.setContentsMargins(0, 4, 0, 16)
        self.area = scroll_area(bounded(content), theme)
        self.arrange_case(self._centre())
        self.bind_commands("fill_in")

    def show_case(self, case: CaseView) -> None:
        """Show values and ticks as they stand."""
        found = self.session.read(load_fill_in, case.assessment.assessment_id, self.translate.language)
        if found is None:
            return
        shape = tuple(field.field_id for field in found.sheet.fields())
        if shape != self._shape:
            self._build(found)
            self._shape = shape
        else:
            for module in found.sheet.modules:
                for item in module.items:
                    self.cards[item.target].show_item(item)
        self._show_counts(found)

    def forget_pack(self) -> None:
        """Build the sheet anew: another pack calls its fields otherwise."""
        self._shape = ()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("J", "K"), translate("next, previous field")),
            (("Space",), translate("entered")),
            (("C",), translate("copy the value")),
            (("A",), translate("copy the whole question")),
            (("P", "X"), translate("as PDF, as Excel")),
            (("U",), translate("undo")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Put the focus on the question that was asked for, else on the first field that is still to be typed in."""
        cards = [self.cards[self.target.item]] if self.target.item in self.cards else list(self.cards.values())
        ticks = [tick for card in cards for tick in card.ticks.values() if tick.isEnabled()]
        wanted = next((tick for tick in ticks if not tick.isChecked()), ticks[0] if ticks else None)
        if wanted is not None:
            wanted.setFocus()
            self.area.ensureWidgetVisible(wanted)
        else:
            self.pdf_button.setFocus()

    def next_field(self) -> None:
        """Go to the next field that has a value."""
        self._step(1)

    def previous_field(self) -> None:
        """Go to the field before that has a value."""
        self._step(-1)

    def copy_value(self) -> None:
        """Copy the value of the field that has the focus."""
        here = self._here()
        if here is not None:
            here[0].copy_field(here[1])

    def copy_item(self) -> None:
        """Copy the whole question or scenario that has the focus."""
        here = self._here()
        if here is not None:
            here[0].copy_item()

    def write_pdf(self) -> None:
        """Write the sheet as PDF to a place of the person's choice."""
        self._write("pdf", "PDF (*.pdf)")

    def write_excel(self) -> None:
        """Write the sheet as Excel to a place of the person's choice."""
        self._write("xlsx", "Excel (*.xlsx)")

    def _centre(self) -> QWidget:
        title = self.translate("Fill-in sheet for the official system")
        bar = title_bar(self.theme, title, self.counts, self.said, self.pdf_button, self.excel_button)
        return stacked(bar, self.notice, self.progress, self.area)

    def _build(self, found: FillIn) -> None:
        clear_layout(self._column)
        self.cards = {}
        for module in found.sheet.modules:
            self._column.addSpacing(8)
            self._column.addWidget(label(module_title(module, found.pack, self._voice), self.theme, "heading"))
            for item in module.items:
                card = FillItemCard(item, found.pack, self._voice, self.theme)
                card.ticked.connect(self._tick)
                card.copied.connect(self._copy)
                self.cards[item.target] = card
                self._column.addWidget(card)
        self._column.addStretch(1)

    def _show_counts(self, found: FillIn) -> None:
        total, filled, entered, lapsed = found.sheet.counts()
        self.counts.setText(
            self.translate(
                "{filled} of {total} fields have a value, {entered} are entered",
                filled=filled,
                total=total,
                entered=entered,
            )
        )
        if lapsed:
            words = self.translate.plural(
                "{count} field was changed after it had been entered; type it in again.",
                "{count} fields were changed after they had been entered; type them in again.",
                lapsed,
            )
            self.notice.show_notice("warning", words)
        elif not filled:
            words = self.translate("Nothing is answered yet; what is answered in the diagnosis stands here at once.")
            self.notice.show_notice(
                "info", words, ((self.translate("To the diagnosis"), lambda: self.go("diagnosis")),)
            )
        else:
            self.notice.clear()

    def _step(self, by: int) -> None:
        places = [
            (card, field_id)
            for card in self.cards.values()
            for field_id, tick in card.ticks.items()
            if tick.isEnabled()
        ]
        if not places:
            return
        here = self._here()
        ids = [field_id for _, field_id in places]
        place = ids.index(here[1]) + by if here is not None and here[1] in ids else 0
        card, field_id = places[max(0, min(place, len(places) - 1))]
        card.ticks[field_id].setFocus()
        self.area.ensureWidgetVisible(card.ticks[field_id])

    def _here(self) -> tuple[FillItemCard, str] | None:
        focus = QApplication.focusWidget()
        for card in self.cards.values():
            if focus is not None and card.isAncestorOf(focus):
                for field_id, tick in card.ticks.items():
                    if tick is focus:
                        return card, field_id
                return card, next(iter(card.ticks))
        return None

    def _tick(self, field_id: str, is_entered: bool) -> None:
        assessment_id = self.target.assessment_id
        if assessment_id is not None:
            self.session.do(record_entered, assessment_id, [field_id], is_entered=is_entered)

    def _copy(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.setText(self.translate("Copied: {what}", what=what))

    def _write(self, kind: str, names: str) -> None:
        assessment_id = self.target.assessment_id
        path = None if assessment_id is None else self.choose_file(kind, names)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(f".{kind}")
        job = self.context.jobs.start(write_fill_in, assessment_id, self.translate.language, path)
        self.progress.follow(job, self.translate("Writing the sheet"))
        job.finished.connect(self._written)

    def _written(self, path: Path) -> None:
        opener = folder_link(self.translate, path.parent)
        self.notice.show_notice("info", self.translate("Written: {path}", path=path), (opener,))

    def _ask_file(self, kind: str, names: str) -> Path | None:
        suggested = f"{self.translate('fill-in sheet')}.{kind}"
        title = self.translate("Where to write the sheet")
        name, _ = QFileDialog.getSaveFileName(self.window(), title, suggested, names)
        return Path(name) if name else None
