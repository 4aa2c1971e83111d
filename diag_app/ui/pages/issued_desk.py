"""What is done with the pages, drafted or issued: printed, signed, compared with an earlier issue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from diag_app.errors import DiagError
from diag_app.model.content_changes import Change
from diag_app.model.edition import Edition
from diag_app.model.facts import IssuedFile, IssuedProposal
from diag_app.operations.proposal import find_changes
from diag_app.operations.rendering import page_count
from diag_app.operations.signature import Signed, issued_bytes, sign_issued
from diag_app.ui.jobs import Job
from diag_app.ui.pages.page import Context
from diag_app.ui.printing import Printing, ask_printer
from diag_app.ui.widgets.changes_view import ChangesView
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.sign_panel import SignPanel


class IssuedDesk(QObject):
    """Prints, signs and compares. Replace `choose_printer` and `choose_output` to answer the questions by program."""

    def __init__(
        self, context: Context, notice: NoticeLine, progress: ProgressLine, show: Callable[[ChangesView], object]
    ) -> None:
        super().__init__(notice)
        self.context, self.notice, self.progress = context, notice, progress
        self.translate = context.translate
        self.choose_printer: Callable[[int], QPrinter | None] = self._ask_printer
        self.choose_output: Callable[[str], Path | None] = self._ask_output
        self.signing = SignPanel(context.theme, context.translate)
        self.signing.confirmed.connect(self.sign)
        self.changes = ChangesView(context.theme, context.translate)
        self._show = show
        self._comparing: Job | None = None

    def forget(self) -> None:
        """Let go of what belongs to the case shown so far: the form for signing, a comparison that still runs."""
        self._comparing = None
        self.signing.hide()

    def print_issued(self, proposal: IssuedProposal) -> None:
        """Print the issued PDF, in the language of the window where there are two."""
        files = [file for file in proposal.files if file.media_type == "application/pdf"]
        if files:
            spoken = [file for file in files if file.language == self.translate.language]
            pdf = self.context.session.read(issued_bytes, (spoken or files)[0])
            if pdf is not None:
                self.print_pages(pdf, page_count(pdf))

    def print_pages(self, pdf: bytes, count: int) -> None:
        """Print the pages of a PDF on a printer of the person's choice."""
        printer = self.choose_printer(count)
        if printer is None:
            return
        printing = Printing(printer, pdf, count, self)
        printing.printed.connect(self._printed)
        printing.failed.connect(self._not_printed)
        printing.start()

    def sign(self, file: IssuedFile, certificate: Path, passphrase: str, is_visible: bool) -> None:
        """Write a signed copy of an issued PDF; a certificate without passphrase is opened without one."""
        output = self.choose_output(f"{Path(file.name).stem}-signed.pdf")
        if output is None:
            return
        job = self.context.jobs.start(
            sign_issued, file, certificate, passphrase or None, output, is_visible=is_visible, is_quiet=True
        )
        self.progress.follow(job, self.translate("Signing"))
        job.finished.connect(self._signed)
        job.failed.connect(self._refused)

    def compare(self, assessment_id: str, proposal: IssuedProposal) -> None:
        """List what a report made now says otherwise than an issued one."""
        spoken = {file.language for file in proposal.files}
        language = "en" if (self.translate.language == "en" and "en" in spoken) or spoken == {"en"} else "zh"
        edition = Edition(kind=proposal.kind, audience=proposal.audience)
        job = self._comparing = self.context.jobs.start(
            find_changes, assessment_id, language, edition, since=proposal.number, is_quiet=True
        )
        self.progress.follow(job, self.translate("Comparing"))
        job.finished.connect(lambda found, job=job: self._compared(job, found))
        job.failed.connect(self._refused)

    def _compared(self, job: Job, found: tuple[str, tuple[Change, ...]]) -> None:
        if job is self._comparing:
            self.changes.show_changes(*found)
            self._show(self.changes)

    def _signed(self, result: Signed) -> None:
        self.signing.hide()
        text = self.translate(
            "Signed by {holder}: {path}. The signature was read back and holds.",
            holder=result.signature.holder,
            path=str(result.path),
        )
        self.notice.show_notice("info", text)

    def _refused(self, error: DiagError) -> None:
        self.notice.show_error(error, self.translate)

    def _printed(self, done: int, total: int) -> None:
        words = self.translate("Page {done} of {total} is with the printer.", done=done, total=total)
        self.notice.show_notice("info", words)

    def _not_printed(self) -> None:
        self.notice.show_notice("error", self.translate("The printer takes no pages. Nothing else was changed."))

    def _ask_printer(self, count: int) -> QPrinter | None:
        return ask_printer(self.notice.window(), count)

    def _ask_output(self, suggested: str) -> Path | None:
        title = self.translate("Where to write it")
        name, _ = QFileDialog.getSaveFileName(self.notice.window(), title, suggested, "PDF (*.pdf)")
        return Path(name) if name else None
