"""The visit page: the interview guide, the firm's workbook before the visit, the survey record after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from diag_app.model.proposal.voice import Voice
from diag_app.model.survey import AGENDA, SUMMARY, VISIT_DAY
from diag_app.operations.guide import load_guide, record_guide_tick, record_paper, write_guide
from diag_app.operations.previsit import Intake, plan_previsit, write_previsit
from diag_app.operations.previsit_taking import Taken, take_previsit
from diag_app.operations.report_facts import find_signatures
from diag_app.operations.survey import (
    add_group_photo,
    load_survey,
    record_group_photo,
    record_survey_text,
    record_visit_day,
    remove_participant,
    remove_visit_day,
    save_participant,
)
from diag_app.operations.translation import record_translation
from diag_app.operations.visit_signature import Strokes, erase_signature, record_signature
from diag_app.ui.models.case import CaseView
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.guide_view import GuideView
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.intake_view import IntakeView
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.page_parts import folder_link, stacked
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.signature_card import SignatureCard
from diag_app.ui.widgets.survey_form import SurveyForm

SECTIONS = ("guide", "workbook", "record")
_WIDTH = 980
_XLSX, _PDF = "Excel (*.xlsx)", "PDF (*.pdf)"
_PICTURES = "JPEG, PNG (*.jpg *.jpeg *.png *.webp)"


class VisitPage(CasePage):
    """Before, on and after the visit. `target.item` names the section: guide, workbook or record.

    Replace `choose_output` and `choose_input` to answer the file dialogs by program.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.choose_output: Callable[[str, str], Path | None] = self._ask_output
        self.choose_input: Callable[[str], Path | None] = self._ask_input
        self._voice = Voice(language=translate.language, translate=translate)
        self._workbook: Path | None = None
        self.guide = GuideView(theme, self._voice)
        self.guide.ticked.connect(self._tick)
        self.guide.paper_set.connect(self._set_paper)
        self.guide.print_requested.connect(self._print)
        self.record = SurveyForm(theme, translate)
        self.intake = IntakeView(theme, self._voice)
        self.intake.write_requested.connect(self.write_workbook)
        self.intake.open_requested.connect(self.open_workbook)
        self.intake.take_requested.connect(self._take)
        self.intake.dropped.connect(self.intake.clear)
        self._connect_record()
        self.signatures = SignatureCard(theme, translate)
        self.signatures.kept.connect(self._sign)
        self.signatures.erased.connect(lambda signer: self.session.do(erase_signature, self._assessment(), signer))
        words = (translate("Interview guide"), translate("Pre-visit workbook"), translate("Survey record"))
        choices = tuple((key, word, None) for key, word in zip(SECTIONS, words, strict=True))
        self.sections = Segmented(choices, theme, translate("Part of the visit"))
        self.sections.set_value("guide")
        self.sections.chosen.connect(self.show_section)
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self.areas = QStackedWidget()
        record = QWidget()
        below = QVBoxLayout(record)
        below.setContentsMargins(0, 0, 0, 16)
        below.addWidget(self.record)
        below.addWidget(self.signatures)
        for widget in (self.guide, self.intake, record):
            self.areas.addWidget(self._area(widget))
        self.arrange_case(self._centre())
        self.bind_commands("visit")

    def open(self, target: Target) -> None:
        """Show the visit of the case; what was drawn for another one is not kept."""
        if target.assessment_id != self.target.assessment_id:
            self.signatures.forget()
        super().open(target)

    def show_case(self, case: CaseView) -> None:
        """Show guide and record as they stand."""
        assessment_id, language = case.assessment.assessment_id, self.translate.language
        if self.target.item in SECTIONS and self.sections.value != self.target.item:
            self.show_section(str(self.target.item))
        found = self.session.read(load_guide, assessment_id)
        record = self.session.read(load_survey, assessment_id, language)
        if found is None or record is None:
            return
        self.guide.show_guide(found, case.pack)
        photos = [item for item in case.evidence if item.evidence_id == record.photo]
        photo = f"E-{photos[0].number:03d} {photos[0].caption or photos[0].name}" if photos else ""
        self.record.show_record(record, photo)
        self.signatures.show_signatures(self.session.read(find_signatures, assessment_id) or ())

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("G",), translate("next section")),
            (("N",), translate("next part of the guide")),
            (("Space",), translate("tick")),
            (("P",), translate("print the guide")),
            (("W", "O"), translate("write, open the workbook")),
            (("Ctrl+Enter",), translate("take it in")),
            (("U",), translate("undo")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Put the focus where the section begins."""
        if self.sections.value == "guide":
            self.guide.focus_first()
        elif self.sections.value == "workbook":
            self.intake.write_card.button.setFocus()
        else:
            self.record.new_day.setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        self.record.flush()

    def show_section(self, section: str) -> None:
        """Show the guide, the workbook or the record."""
        self.flush()
        self.sections.set_value(section)
        self.areas.setCurrentIndex(SECTIONS.index(section))

    def next_section(self) -> None:
        """Show the next section, after the last the first."""
        self.show_section(SECTIONS[(SECTIONS.index(self.sections.value) + 1) % len(SECTIONS)])
        self.focus_first()

    def next_part(self) -> None:
        """Show the next part of the guide."""
        self.show_section("guide")
        self.guide.next_part()
        self.guide.focus_first()

    def print_guide(self) -> None:
        """Write the guide as PDF."""
        self._print(self.guide.visit_id)

    def write_workbook(self) -> None:
        """Write the workbook for the firm to a place of the person's choice."""
        self.show_section("workbook")
        path = self.choose_output(f"{self.translate('pre-visit workbook')}.xlsx", _XLSX)
        if path is not None:
            job = self.context.jobs.start(
                write_previsit, self._assessment(), self.translate.language, path.with_suffix(".xlsx")
            )
            self.progress.follow(job, self.translate("Writing the workbook"))
            job.finished.connect(self._written)

    def open_workbook(self) -> None:
        """Show what the firm's workbook says beside what is recorded."""
        self.show_section("workbook")
        path = self.choose_input(_XLSX)
        if path is not None:
            self._workbook = path
            job = self.context.jobs.start(plan_previsit, self._assessment(), path)
            self.progress.follow(job, self.translate("Reading {name}", name=path.name))
            job.finished.connect(self._planned)

    def take_workbook(self) -> None:
        """Take in the workbook whose plan is shown."""
        self.intake.take()

    def _planned(self, intake: Intake) -> None:
        found = self.session.read(load_guide, self._assessment())
        if self.case is not None and self._workbook is not None and found is not None:
            self.intake.show_plan(intake, self._workbook.name, self.case.pack, found.guide)
            self.intake.focus_plan()

    def _take(self, over: tuple[str, ...], partly: bool) -> None:
        if self._workbook is not None:
            job = self.context.jobs.start(take_previsit, self._assessment(), self._workbook, over=over, partly=partly)
            self.progress.follow(job, self.translate("Taking in {name}", name=self._workbook.name))
            job.finished.connect(self._taken)

    def _taken(self, taken: Taken) -> None:
        self.intake.clear()
        self.session.announce(taken)
        words = self.translate(
            "{recorded} recorded, {kept} differ and were left as they are",
            recorded=len(taken.recorded),
            kept=len(taken.kept),
        )
        self.notice.show_notice("info", words, ((self.translate("To the diagnosis"), lambda: self.go("diagnosis")),))

    def _print(self, visit_id: str) -> None:
        path = self.choose_output(f"{self.translate('interview guide')}.pdf", _PDF)
        if path is not None:
            target = path.with_suffix(".pdf")
            job = self.context.jobs.start(write_guide, self._assessment(), self.translate.language, target, visit_id)
            self.progress.follow(job, self.translate("Writing the guide"))
            job.finished.connect(self._written)

    def _written(self, path: Path) -> None:
        opener = folder_link(self.translate, path.parent)
        self.notice.show_notice("info", self.translate("Written: {path}", path=path), (opener,))

    def _tick(self, item_id: str, is_done: bool) -> None:
        self.session.do(record_guide_tick, self._assessment(), item_id, is_done=is_done)

    def _set_paper(self, paper_id: str, state: str) -> None:
        found = self.session.read(load_guide, self._assessment())
        before = None if found is None else found.papers.get(paper_id)
        remark = "" if before is None else before.remark
        self.session.do(record_paper, self._assessment(), paper_id, state or None, remark)

    def _connect_record(self) -> None:
        form, do = self.record, self.session.do
        form.day_added.connect(self._add_day)
        form.day_edited.connect(self._edit_day)
        form.day_removed.connect(lambda day: do(remove_visit_day, self._assessment(), day))
        form.person_added.connect(
            lambda name, side: do(save_participant, self._assessment(), name=name, role="", side=side)
        )
        form.person_edited.connect(self._edit_person)
        form.person_removed.connect(lambda person_id: do(remove_participant, person_id))
        form.text_edited.connect(self._edit_text)
        form.photo_requested.connect(self._add_photo)
        form.photo_removed.connect(lambda: do(record_group_photo, self._assessment(), None))

    def _add_day(self, day: str) -> None:
        if self.session.do(record_visit_day, self._assessment(), day) is not None:
            self.record.new_day.load("")

    def _edit_day(self, day: str, parts: dict[str, str]) -> None:
        said, shown = self._records()
        here = {item.day: item for item in said.days}.get(day)
        there = {item.day: item for item in shown.days}.get(day)
        if here is None or there is None:
            return
        if here.place != there.place:  # shown in its other language: what was said stays
            times = {"start": parts["start"], "end": parts["end"], "place": here.place}
            self.session.do(record_visit_day, self._assessment(), day, **times)
            words = {f"{VISIT_DAY}{day}": {"place": parts["place"]}}
            self.session.do(record_translation, self._assessment(), self.translate.language, words)
        else:
            self.session.do(record_visit_day, self._assessment(), day, **parts)

    def _edit_person(self, person_id: str, parts: dict[str, Any]) -> None:
        said, shown = self._records()
        here = {item.participant_id: item for item in said.people}.get(person_id)
        there = {item.participant_id: item for item in shown.people}.get(person_id)
        if here is None or there is None:
            return
        if (here.name, here.role) != (there.name, there.role):
            words = {"participant": {"name": parts["name"], "role": parts["role"]}}
            self.session.do(record_translation, person_id, self.translate.language, words)
            parts = {"name": here.name, "role": here.role, "side": parts["side"]}
        self.session.do(save_participant, self._assessment(), participant_id=person_id, **parts)

    def _edit_text(self, which: str, text: str) -> None:
        said, shown = self._records()
        if getattr(said, which) != getattr(shown, which):
            register = {"agenda": AGENDA, "summary": SUMMARY}[which]
            self.session.do(record_translation, self._assessment(), self.translate.language, {register: text})
        else:
            self.session.do(record_survey_text, self._assessment(), which, text)

    def _records(self) -> tuple[Any, Any]:
        workspace, assessment_id = self.session.workspace, self._assessment()
        return load_survey(workspace, assessment_id), load_survey(workspace, assessment_id, self.translate.language)

    def _sign(self, signer: str, name: str, strokes: Strokes) -> None:
        self.flush()  # what is signed is what is shown
        self.session.do(record_signature, self._assessment(), signer, name=name, strokes=strokes)

    def _add_photo(self) -> None:
        path = self.choose_input(_PICTURES)
        if path is not None:
            self.session.do(add_group_photo, self._assessment(), path)

    def _assessment(self) -> str:
        return self.target.assessment_id or ""

    def _area(self, widget: QWidget) -> QScrollArea:
        widget.setMaximumWidth(_WIDTH)
        return scroll_area(bounded(widget), self.theme)

    def _centre(self) -> QWidget:
        bar = Panel(self.theme, edge="bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 7, 16, 8)
        row.setSpacing(12)
        row.addWidget(label(self.translate("Visit"), self.theme, "strong", bold=True))
        row.addWidget(self.sections)
        row.addStretch(1)
        return stacked(bar, self.notice, self.progress, self.areas)

    def _ask_output(self, suggested: str, names: str) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self.window(), self.translate("Where to write it"), suggested, names)
        return Path(name) if name else None

    def _ask_input(self, names: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self.window(), self.translate("Choose the file"), "", names)
        return Path(name) if name else None
