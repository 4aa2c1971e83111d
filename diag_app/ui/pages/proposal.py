"""The proposal page: the real pages as they will be issued, drawn again after each change, and issuing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from diag_app.errors import DiagError, Problem, Severity
from diag_app.forms.definition import Language
from diag_app.model.edition import Edition
from diag_app.model.ops import Changes
from diag_app.operations.proposal import Issue, find_proposals, issue_proposal, preview_proposal
from diag_app.operations.rendering import Rendered
from diag_app.operations.workspace import Workspace
from diag_app.ui.jobs import Job
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.outline import OutlineRow
from diag_app.ui.models.problems import problem_rows
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.issued_desk import IssuedDesk
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.issued_list import IssuedList
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.outline_list import OutlinePanel
from diag_app.ui.widgets.page_parts import folder_link
from diag_app.ui.widgets.pdf_view import PdfView
from diag_app.ui.widgets.problem_table import ProblemTable
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.proposal_bar import ProposalBar

_ORIGINS = {  # of what stands on the paper: the page on which it is recorded
    "question": "diagnosis",
    "diagnosis": "diagnosis",
    "scenario": "board",
    "scenarios": "board",
    "need": "needs",
    "needs": "needs",
    "evidence": "evidence",
    "measure": "path",
    "plan": "path",
    "enterprise": "profile",
    "visit": "visit",
}
_LANGUAGES: dict[str, tuple[Language, ...]] = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}


class ProposalPage(CasePage):
    """Shows the proposal of a case. Replace `choose_folder` to answer the question where to by program."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self.rendered: dict[Language, Rendered] = {}
        self.job: Job | None = None
        self._stale = True
        self._drawing: tuple[str, Edition, Language] = ("", Edition(), context.translate.language)
        theme, translate = context.theme, context.translate
        self.outline = OutlinePanel(theme, translate)
        self.outline.foot.setText(translate("Draft. Issuing freezes the content, the pack and the file digests."))
        self.bar = ProposalBar(theme, translate)
        self.bar.edition_chosen.connect(self._show_edition)
        self.bar.language_chosen.connect(self._show_language)
        self.bar.issue_requested.connect(self.issue)
        self.bar.print_requested.connect(self.print_draft)
        self.view = PdfView(theme, translate("Pages of the proposal"))
        self.view.page_changed.connect(self._on_page)
        self.view.stack.origin_opened.connect(self._open_target)
        self.bar.zoomed.connect(self._zoom)
        self.outline.page_chosen.connect(self.view.go_to)
        self.progress = ProgressLine(theme, translate)
        self.notice = NoticeLine(theme)
        self.problems = ProblemTable(theme, translate)
        self.problems.target_opened.connect(self._open_target)
        self.problem_title = label("", theme, "dense", bold=True)
        self.problem_note = label("", theme, "caption", colour="text_2")
        self.issued = IssuedList(theme, translate)
        self.desk = IssuedDesk(context, self.notice, self.progress, self._show_in_place)
        self.desk.changes.closed.connect(lambda: self._show_in_place(self.view))
        self.issued.print_asked.connect(self.desk.print_issued)
        self.issued.sign_asked.connect(self.desk.signing.ask)
        self.issued.changes_asked.connect(lambda asked: self.desk.compare(self.target.assessment_id or "", asked))
        self.drawing = EmptyState(
            theme, "file-text", translate("Drawing the pages"), translate("This takes a few seconds.")
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.drawing)
        self.middle.addWidget(self.view)
        self.middle.addWidget(self.desk.changes)
        self.arrange_case(self._centre(), left=self.outline)
        self._bind_keys()

    @property
    def language(self) -> Language:
        """Return the language of the pages shown."""
        chosen = self.bar.language
        return _LANGUAGES[chosen][0] if chosen in ("zh", "en") else self.translate.language

    def open(self, target: Target) -> None:
        """Show the pages of the case; drawn anew when something changed since."""
        if target.assessment_id != self.target.assessment_id:
            self._forget()
            self.desk.forget()
            self.bar.set_language(self.translate.language)
        super().open(target)
        self.focus_first()

    def reload(self, changes: Changes) -> None:
        """Draw again after a change of this case; a hidden page does so when it is opened."""
        if not changes.touched or changes.case == self.target.enterprise_id:
            self._stale = True
        super().reload(changes)

    def show_case(self, case: CaseView) -> None:
        """Show what was issued and draw the pages when they are not up to date."""
        kinds = self.session.read(Workspace.template)
        if kinds is not None and not self.bar.kinds.count():
            self.bar.show_kinds((kind.kind_id, kind.head.text(self.translate.language)) for kind in kinds.kinds)
        found = self.session.read(find_proposals, case.assessment.assessment_id)
        self.issued.show_issued(found or ())
        self._show_rendered()
        if self._stale or self.language not in self.rendered:
            self.draw()

    def focus_first(self) -> None:
        """Put the focus on the pages."""
        self.view.setFocus()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("PgUp", "PgDn"), translate("page")),
            (("L",), translate("language")),
            (("+", "−"), translate("zoom")),
            (("F8",), translate("next problem")),
            (("Enter",), translate("open its question")),
            (("Ctrl+P",), translate("print draft")),
            (("Ctrl+I",), translate("issue")),
        )

    def draw(self) -> None:
        """Draw the pages in the background; one drawing at a time."""
        assessment_id = self.target.assessment_id
        if assessment_id is None or self.job is not None:
            return
        if self._stale:
            self.rendered.clear()
        self._stale = False
        edition, language = self.bar.edition, self.language
        self.job = self.context.jobs.start(preview_proposal, assessment_id, language, edition)
        self.progress.follow(self.job, self.translate("Drawing the pages"))
        self._drawing = assessment_id, edition, language
        self.job.finished.connect(self._drawn)
        for ended in (self.job.failed, self.job.cancelled):
            ended.connect(self._job_over)

    def issue(self) -> None:
        """Freeze the proposal and write its files into a folder of the person's choice; once more accepts warnings.

        Warnings that the drawn pages tell are asked about before the folder is, where all that is issued is drawn.
        """
        assessment_id = self.target.assessment_id
        if assessment_id is None or self._blocking():
            return
        agreeing = [function for words, function in self.notice.links if words == self._agree_words]
        is_all_drawn = _LANGUAGES[self.bar.language] == (self.language,) and not self._stale
        known = self.rendered[self.language].problems if is_all_drawn and self.language in self.rendered else ()
        if agreeing:
            agreeing[0]()
        elif known:
            self._ask_about(known, lambda: self._issue_where(known))
        else:
            self._issue_where(())

    def print_draft(self) -> None:
        """Print the pages as they are shown."""
        found = self.rendered.get(self.language)
        if found is not None:
            self.desk.print_pages(found.pdf, found.page_count)

    @property
    def _agree_words(self) -> str:
        return self.translate("Issue all the same")

    def _issue_where(self, accepted: Sequence[Problem]) -> None:
        folder = self.choose_folder()
        if folder is not None:
            self._issue_into(folder, accepted)

    def _issue_into(self, folder: Path, accepted: Sequence[Problem]) -> None:
        """Issue with the warnings that were accepted; others are shown first."""
        self.notice.clear()
        asked = self.target.assessment_id, self.bar.edition
        job = self.context.jobs.start(
            issue_proposal,
            self.target.assessment_id,
            _LANGUAGES[self.bar.language],
            folder,
            edition=self.bar.edition,
            accepted=accepted,
            is_quiet=True,
        )
        self.progress.follow(job, self.translate("Issuing the proposal"))
        job.finished.connect(self._issued)
        job.failed.connect(lambda error: self._not_issued(asked, folder, error))

    def _not_issued(self, asked: tuple[str | None, Edition], folder: Path, error: DiagError) -> None:
        if asked != (self.target.assessment_id, self.bar.edition):
            self.session.failed.emit(error)  # the page is about something else by now
        elif error.code == "PROPOSAL_WARNINGS":
            self._ask_about(error.problems, lambda: self._issue_into(folder, error.problems))
        else:
            self.notice.show_error(error, self.translate)

    def _ask_about(self, problems: Sequence[Problem], agree: Callable[[], None]) -> None:
        """Ask whether to issue with these warnings; the question holds for as long as it is shown."""
        first = self.translate.problem(problems[0])
        text = self.translate.plural(
            "{count} thing would be printed as it is: {first}",
            "{count} things would be printed as they are, the first: {first}",
            len(problems),
            first=first,
        )
        links = ((self._agree_words, agree), (self.translate("Leave it"), self.notice.clear))
        self.notice.show_notice("warning", text, links)

    def _show_in_place(self, widget: QWidget) -> None:
        """Show something in place of the pages, or the pages again."""
        self.middle.setCurrentWidget(widget)

    def _bind_keys(self) -> None:
        self.bind("PgDown", self.calling(self._turn, 1))
        self.bind("PgUp", self.calling(self._turn, -1))
        self.bind("Ctrl+Return", self.view.open_middle)
        self.bind("F8", self.problems.step)
        self.bind("Ctrl+I", self.issue)
        self.bind("Ctrl+P", self.print_draft)
        self.bind("L", self.bar.next_language)
        self.bind("+", self.calling(self._zoom, 1.15))
        self.bind("=", self.calling(self._zoom, 1.15))
        self.bind("-", self.calling(self._zoom, 1 / 1.15))

    def _centre(self) -> QWidget:
        foot = Panel(self.theme, edge="top")
        lines = QVBoxLayout(foot)
        lines.setContentsMargins(0, 1, 0, 0)
        lines.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 6)
        head.setSpacing(10)
        head.addWidget(self.problem_title)
        head.addWidget(self.problem_note, 1)
        lines.addLayout(head)
        lines.addWidget(self.problems)
        lines.addWidget(self.issued)
        lines.addWidget(self.desk.signing)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.notice, self.progress):
            column.addWidget(part)
        column.addWidget(self.middle, 1)
        column.addWidget(foot)
        return centre

    def _drawn(self, result: Rendered) -> None:
        self.job = None
        assessment_id, edition, language = self._drawing
        if (assessment_id, edition) != (self.target.assessment_id, self.bar.edition):
            self.draw()
            return
        if not self._stale:
            self.rendered[language] = result
        self._show_rendered()
        if self._stale or self.language not in self.rendered:
            self.draw()

    def _job_over(self) -> None:
        self.job = None
        self.drawing.set_texts(
            self.translate("The pages are not drawn"),
            self.translate("Any change, or opening this page again, draws them."),
        )
        self._stale = True

    def _show_rendered(self) -> None:
        found = self.rendered.get(self.language)
        if found is None:
            self.outline.show_outline((), 0)
            self.middle.setCurrentWidget(self.drawing)
            self.problem_title.setText(self.translate("Problems"))
            self.problem_note.setText("")
            self.problems.show_rows(())
            return
        self.middle.setCurrentWidget(self.view)
        if found.pdf is not self.view.stack.pdf:
            rows = tuple(OutlineRow(number=item.number, name=item.name, page=item.page) for item in found.outline)
            self.outline.show_outline(rows, found.page_count)
            self.view.show_pdf(found.pdf, found.page_count, found.page_map)
            self._on_page(self.view.page)
        self._show_problems(found)

    def _open_target(self, target: str) -> None:
        kind, _, item = target.partition(":")
        if kind in _ORIGINS:
            self.go(_ORIGINS[kind], item or None)
        else:
            self.open_answer(target)

    def _show_problems(self, found: Rendered) -> None:
        if self.case is None:
            return
        rows = problem_rows(found.problems, self.case.pack, self.translate)
        blocking = sum(row.blocks for row in rows)
        self.problems.show_rows(rows)
        if not rows:
            self.problem_title.setText(self.translate("No problems"))
            self.problem_note.setText(self.translate("all characters present"))
        else:
            self.problem_title.setText(self.translate("Problems {count}", count=len(rows)))
            self.problem_note.setText(
                self.translate(
                    "{blocking} block issuing, {printed} are printed in the report",
                    blocking=blocking,
                    printed=len(rows) - blocking,
                )
            )
        self.bar.set_blocking(blocking)

    def _blocking(self) -> bool:
        found = self.rendered.get(self.language)
        return found is not None and any(problem.severity is Severity.ERROR for problem in found.problems)

    def _issued(self, result: Issue) -> None:
        self.session.announce(result, self)
        self.refresh()
        folder = result.paths[0].parent if result.paths else Path()
        names = self.translate(", ").join(path.name for path in result.paths)
        text = self.translate(
            "Issued {number}: {names} in {folder}", number=result.proposal.number, names=names, folder=folder
        )
        opener = folder_link(self.translate, folder)
        self.notice.show_notice("info", text, (opener, (self.translate("To delivery"), lambda: self.go("delivery"))))

    def _show_edition(self) -> None:
        self._forget()
        self._show_language()

    def _show_language(self) -> None:
        self._show_rendered()
        if self.language not in self.rendered:
            self.draw()

    def _turn(self, by: int) -> None:
        self.view.go_to(self.view.page + by)

    def _zoom(self, factor: float) -> None:
        self.view.zoom(factor)
        self._on_page(self.view.page)

    def _on_page(self, page: int) -> None:
        self.bar.show_page(page, self.view.page_count, self.view.stack.scale)
        self.outline.follow(page)

    def _forget(self) -> None:
        self.rendered.clear()
        self._stale = True
        self.notice.clear()

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self.window(), self.translate("Folder for the issued files"))
        return Path(chosen) if chosen else None
