"""Bundles on the delivery page: written and read back, taken in, given to a colleague; and the backup beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from diag_app.errors import DiagError
from diag_app.operations.backup import create_backup
from diag_app.operations.bundle import BUNDLE_SUFFIX, Imported, SealedBundle, import_with_parts
from diag_app.operations.handover import hand_over, take_over
from diag_app.operations.receipt import mark_handed_over
from diag_app.ui.delivery_jobs import write_and_verify
from diag_app.ui.jobs import Job
from diag_app.ui.models.figures import size_text
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.delivery_view import DeliveryView
from diag_app.ui.widgets.page_parts import folder_link


class Asking(Protocol):
    """The page as its parts see it: which case is open, and who answers the file dialogs."""

    target: Target
    choose_target: Callable[[str], Path | None]
    choose_bundle: Callable[[], Path | None]
    choose_file: Callable[[str], Path | None]
    choose_folder: Callable[[], Path | None]


class Starting(Protocol):
    """Starts a job that writes a bundle, with files that are not here left out or not."""

    def __call__(self, *, without_absent: bool) -> Job:
        """Start it."""


class BundleDesk(QObject):
    """Writes, takes in, hands over, backs up; what came of it stands in the notice of the page."""

    def __init__(self, context: Context, view: DeliveryView, page: Asking) -> None:
        super().__init__(view)
        self.context, self.session, self.translate = context, context.session, context.translate
        self.view, self._page = view, page
        self.notice, self.progress, self.ask = view.notice, view.progress, view.ask
        view.write_card.started.connect(self.write)
        view.import_card.started.connect(self.take_in)
        view.backup_button.clicked.connect(self.back_up)
        view.hand_over_card.handed_over.connect(self.hand_over)
        view.hand_over_card.taken_over.connect(self.take_over)

    def write(self) -> None:
        """Seal what is here into a file, read it back and verify it."""
        path = self._new_bundle()
        if path is None:
            return
        enterprise_id = self._page.target.enterprise_id
        ids = (enterprise_id,) if enterprise_id else None
        order = self.view.options.order

        def start(*, without_absent: bool) -> Job:
            asked = replace(order, without_absent=without_absent)
            return self.context.jobs.start(write_and_verify, path, ids, asked, is_quiet=True)

        self._start_writing(path, start)

    def hand_over(self, holder: str, note: str) -> None:
        """Give the open case to a colleague as a bundle."""
        path, enterprise_id = self._new_bundle(), self._page.target.enterprise_id
        if path is None or enterprise_id is None:
            return

        def start(*, without_absent: bool) -> Job:
            return self.context.jobs.start(
                hand_over, enterprise_id, holder, path, note=note, without_absent=without_absent, is_quiet=True
            )

        self._start_writing(path, start)

    def take_over(self) -> None:
        """Say that the open case is here now."""
        self.session.do(take_over, self._page.target.enterprise_id or "")

    def take_in(self) -> None:
        """Verify a bundle and take in what is new."""
        path = self._page.choose_bundle()
        if path is not None:
            self._take_in(path)

    def offer(self, path: Path) -> None:
        """Ask whether to take in a bundle that was opened from outside."""
        words = self.translate("Take in {name}? It is verified first.", name=path.name)
        take = (self.translate("Import bundle"), lambda: self._take_in(path))
        self.notice.show_notice("info", words, (take, (self.translate("Close"), self.notice.clear)))

    def back_up(self) -> None:
        """Write a verified copy of the workspace."""
        folder = self._page.choose_folder()
        if folder is not None:
            job = self.context.jobs.start(create_backup, folder)
            self.progress.follow(job, self.translate("Backing up"))
            job.finished.connect(self._backed_up)

    def ask_to_whom(self, bundle_id: str) -> None:
        """Ask who took a bundle, and record it; nothing counts as delivered by that."""

        def said(to: str) -> None:
            self.session.do(mark_handed_over, bundle_id, to)

        self.ask.ask(
            self.translate("Who took the bundle? It counts as delivered once a receipt comes."),
            self.translate("Handed over"),
            said,
        )

    def _new_bundle(self) -> Path | None:
        stamp = self.session.workspace.clock.now().strftime("%Y%m%d-%H%M%S")
        path = self._page.choose_target(f"qizhen-{stamp}{BUNDLE_SUFFIX}")
        return path if path is None or path.suffix else path.with_suffix(BUNDLE_SUFFIX)

    def _start_writing(self, path: Path, start: Starting, *, without_absent: bool = False) -> None:
        self.notice.clear()
        job = start(without_absent=without_absent)
        self.progress.follow(job, self.translate("Writing {name}", name=path.name))
        job.finished.connect(self._written)
        job.failed.connect(lambda error: self._not_written(error, path, start))

    def _not_written(self, error: DiagError, path: Path, start: Starting) -> None:
        """Say why nothing was written; where files are not here, offer to go without them."""
        if error.code != "FILES_ABSENT":
            self.session.failed.emit(error)
            return
        again = (
            self.translate("Write without them"),
            lambda: self._start_writing(path, start, without_absent=True),
        )
        self.notice.show_error(error, self.translate, (again, (self.translate("Close"), self.notice.clear)))

    def _written(self, sealed: SealedBundle) -> None:
        self.session.announce(sealed, None)
        text = self.translate(
            "Written, read back and verified. You can pull the stick. {name}, {size}, {ops} changes, {blobs} files.",
            name=sealed.path.name,
            size=size_text(sealed.size),
            ops=sealed.ops,
            blobs=sealed.blobs,
        )
        opener = folder_link(self.translate, sealed.path.parent)
        given = (self.translate("Handed over to…"), lambda: self.ask_to_whom(sealed.bundle_id))
        words = " ".join([text, *map(self.translate.problem, sealed.problems[:2])])
        self.notice.show_notice("warning" if sealed.problems else "info", words, (opener, given))

    def _take_in(self, path: Path) -> None:
        self.notice.clear()
        job = self.context.jobs.start(import_with_parts, path)
        self.progress.follow(job, self.translate("Reading {name}", name=path.name))
        job.finished.connect(self._taken_in)

    def _taken_in(self, imported: Imported) -> None:
        self.session.announce(imported, None)
        result = imported.result
        text = self.translate(
            "Taken in: {applied} changes. Already here: {known}.", applied=result.applied, known=result.already_here
        )
        warnings = imported.problems
        words = " ".join([text, *(self.translate.problem(problem) for problem in warnings[:2])])
        self.notice.show_notice("warning" if warnings else "info", words)

    def _backed_up(self, path: Path) -> None:
        self.notice.show_notice("info", self.translate("Backed up and verified: {path}", path=path))
