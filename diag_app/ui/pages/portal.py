"""The firm file of a city platform: every item that it asks for, and a folder laid out for a person to upload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from diag_app.operations.evidence import find_evidence
from diag_app.operations.portal import (
    PortalExport,
    export_portal,
    load_portal,
    mark_final,
    portal_items,
    type_portal_item,
)
from diag_app.ui.models.case import CaseView
from diag_app.ui.pages.case_page import CasePage
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.page_parts import folder_link, stacked, title_bar
from diag_app.ui.widgets.portal_row import PortalItemRow
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.scroll import bounded, scroll_area

_WIDTH = 1040


class PortalPage(CasePage):
    """The items of one case. Replace `choose_folder` to answer by program which folder is to be made."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = context.theme, context.translate
        self.choose_folder: Callable[[str], Path | None] = self._ask_folder
        self.counts = label("", theme, "dense", colour="text_2")
        self.write_button = Button(translate("Lay out in a folder…"), theme, "primary", icon="layers", key="W")
        self.write_button.clicked.connect(self.lay_out)
        self.notice = NoticeLine(theme)
        self.progress = ProgressLine(theme, translate)
        self.rows = {item.code: PortalItemRow(item, theme, translate) for item in load_portal().items}
        self.arrange_case(self._centre())
        self.bind_commands("portal")

    def show_case(self, case: CaseView) -> None:
        """Show every item as it stands."""
        assessment_id = case.assessment.assessment_id
        rows = self.session.read(portal_items, assessment_id)
        evidence = self.session.read(find_evidence, assessment_id)
        if rows is None or evidence is None:
            return
        names = {item.evidence_id: item.name for item in evidence}
        for row in rows:
            self.rows[row.item.code].show_row(row, names)
        count = Counter(row.state for row in rows)
        self.counts.setText(
            self.translate(
                "{filled} of {total} items are known, {open} are missing",
                filled=count["filled"],
                total=len(rows),
                open=count["open"] + count["held_back"],
            )
        )

    def open(self, target: Target) -> None:
        """Show the items of a case; what was said of another one goes."""
        if target.assessment_id != self.target.assessment_id:
            self.notice.clear()
        super().open(target)

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("W",), translate("lay it out in a folder")),
            (("U",), translate("undo")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Put the focus on what the page is for."""
        self.write_button.setFocus()

    def flush(self) -> None:
        """Store what is typed."""
        for row in self.rows.values():
            row.field.flush()

    def lay_out(self) -> None:
        """Write what is known and marked as final into a folder that is made."""
        self.flush()
        assessment_id = self.target.assessment_id
        stamp = self.session.workspace.clock.now().strftime("%Y%m%d")
        folder = None if assessment_id is None else self.choose_folder(f"{self.translate('firm-file')}-{stamp}")
        if folder is None:
            return
        job = self.context.jobs.start(export_portal, assessment_id, folder)
        self.progress.follow(job, self.translate("Laying out the firm file"))
        job.finished.connect(lambda done: self._laid_out(folder, done))

    def _centre(self) -> QWidget:
        theme, translate = self.theme, self.translate
        bar = title_bar(theme, translate("Firm file of a city platform"), self.counts, self.write_button)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(2)
        words = translate(
            "The items are those of one city's platform; other cities ask for other things. Only files marked as final "
            "go along, pictures without place and camera. Nothing is sent: you look it through and upload it yourself."
        )
        column.addWidget(label(words, theme, "dense", colour="text_2", wrap=True))
        column.addSpacing(8)
        for row in self.rows.values():
            row.typed.connect(self._type)
            row.marked.connect(self._mark)
            column.addWidget(row)
        column.addStretch(1)
        return stacked(bar, self.notice, self.progress, scroll_area(bounded(content), theme))

    def _type(self, code: str, text: str) -> None:
        self.session.do(type_portal_item, self.target.assessment_id or "", code, text)

    def _mark(self, evidence_id: str, code: str) -> None:
        self.session.do(mark_final, evidence_id, code or None)

    def _laid_out(self, folder: Path, done: PortalExport) -> None:
        words = self.translate.plural(
            "Laid out in {folder}: {count} file. Nothing was sent.",
            "Laid out in {folder}: {count} files. Nothing was sent.",
            len(done.paths),
            folder=folder,
        )
        missing = [problem for problem in done.problems if problem.code == "PORTAL_ITEM_OPEN"]
        if missing:
            codes = self.translate(", ").join(problem.location for problem in missing)
            words += " " + self.translate("Missing: {items}.", items=codes)
        others = [problem for problem in done.problems if problem not in missing]
        words = " ".join([words, *map(self.translate.problem, others)])
        opener = folder_link(self.translate, folder)
        self.notice.show_notice("warning" if done.problems else "info", words, (opener,))

    def _ask_folder(self, suggested: str) -> Path | None:
        title = self.translate("Name of the folder to make")
        name, _ = QFileDialog.getSaveFileName(
            self.window(), title, suggested, options=QFileDialog.Option.DontConfirmOverwrite
        )
        return Path(name) if name else None
