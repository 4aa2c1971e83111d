"""One picture at work: looked at, turned, marked, blacked out; each edit becomes a new version by a job."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.model.facts import Evidence
from diag_app.operations.evidence_pictures import Shown, evidence_view
from diag_app.operations.evidence_versions import BlackedOut, annotate_evidence, redact_evidence, rotate_evidence
from diag_app.ui.jobs import Job
from diag_app.ui.models.drafts import Tool
from diag_app.ui.models.evidence_words import item_title
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.evidence_bar import EvidenceBar
from diag_app.ui.widgets.notice import NoticeLine
from diag_app.ui.widgets.picture_canvas import ZOOM_STEP, PictureCanvas
from diag_app.ui.widgets.progress import ProgressLine
from diag_app.ui.widgets.redact_question import RedactQuestion
from diag_app.ui.words import problem_words

PIXELS = 2400


class EvidenceStudio(QWidget):
    """Bar, question, picture and progress. Signals: stepped(±1): another item is asked for; tool_changed()."""

    stepped = Signal(int)
    tool_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme, translate = context.theme, context.translate
        self.context, self.translate, self.session = context, translate, context.session
        self.item: Evidence | None = None
        self.version: int | None = None  # an earlier one that is looked at
        self._shown = ""  # which file is on the canvas
        self.bar = EvidenceBar(theme, translate)
        self.question = RedactQuestion(theme, translate)
        self.notice = NoticeLine(theme)
        self.canvas = PictureCanvas(theme, translate)
        self.progress = ProgressLine(theme, translate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.question, self.notice):
            column.addWidget(widget)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.progress)
        self._connect()

    @property
    def is_editable(self) -> bool:
        """Return whether the picture shown can be edited: an earlier version and a document cannot."""
        is_picture = self.item is not None and self.item.media_type.startswith("image/")
        return is_picture and self.version is None and self.canvas.has_picture

    def show_item(self, item: Evidence | None, version: int | None, *, place: tuple[int, int]) -> None:
        """Show an item, one of its earlier versions, or that there is none; `place` is its number of how many."""
        self.item, self.version = item, version
        self._place = place
        if item is None:
            self._shown = ""
            self._end_drawing()
            self.canvas.show_picture(None, self.translate("No evidence here"), self.translate("Picture"))
        elif f"{item.sha256} {version}" != self._shown:
            self._shown = f"{item.sha256} {version}"
            self._load(item)
        self._show_place()

    def flush(self) -> None:
        """Apply what is drawn; where a part is to be hidden the original is kept, sealed, and undo is there."""
        item, drafts = self.item, self.canvas.drafts
        if item is None or not drafts.items:
            return
        boxes, marks = drafts.boxes, drafts.marks
        self._end_drawing()
        if marks:
            self.session.do(annotate_evidence, item.evidence_id, marks)
        if boxes:
            self.session.do(redact_evidence, item.evidence_id, boxes)

    def step_back(self) -> bool:
        """Drop the question, the marks or the tool; return False where there is none of them."""
        if not self.question.isHidden():
            self._cancel_question()
        elif self.canvas.drafts.items or self.canvas.tool:
            self.drop_marks()
        else:
            return False
        return True

    def zoom(self, way: int) -> None:
        """Show the picture larger (1), smaller (-1), or all of it (0)."""
        if way:
            self.canvas.zoom_by(ZOOM_STEP if way > 0 else 1 / ZOOM_STEP)
        else:
            self.canvas.fit()

    def turn(self, quarters: int) -> None:
        """Turn the picture clockwise by quarters, as a new version."""
        if self.is_editable and self.item is not None:
            self.flush()
            self._follow(self.context.jobs.start(rotate_evidence, self.item.evidence_id, quarters))

    def use(self, tool: Tool | None) -> None:
        """Draw with this tool, or with none; the same one again puts it away."""
        if tool is not None and not self.is_editable:
            return
        self.canvas.set_tool(None if tool == self.canvas.tool else tool)
        self._show_tool()
        self.canvas.setFocus()

    def apply_marks(self) -> None:
        """Draw the marks into the picture; ask first what becomes of the original where a part is hidden."""
        if self.canvas.drafts.boxes:
            self.question.ask()
        elif self.canvas.drafts.marks and self.item is not None:
            marks = self.canvas.drafts.marks
            self._end_drawing()
            self._follow(self.context.jobs.start(annotate_evidence, self.item.evidence_id, marks))

    def drop_marks(self) -> None:
        """Forget the marks and put the tool away."""
        self._end_drawing()
        self.canvas.setFocus()

    def _connect(self) -> None:
        self.bar.stepped.connect(self.stepped)
        self.bar.zoomed.connect(self.zoom)
        self.bar.turned.connect(self.turn)
        self.bar.tool_chosen.connect(lambda tool: self.use(tool or self.canvas.tool))
        self.bar.applied.connect(self.apply_marks)
        self.bar.dropped.connect(self.drop_marks)
        self.bar.written.connect(self._write)
        self.canvas.stepped.connect(self.stepped)
        self.canvas.drafts_changed.connect(self._show_tool)
        self.canvas.text_wanted.connect(self.bar.words.setFocus)
        self.question.kept.connect(lambda: self._black_out(None))
        self.question.erased.connect(self._black_out)
        self.question.cancelled.connect(self._cancel_question)

    def _load(self, item: Evidence) -> None:
        self._end_drawing()
        self.canvas.show_picture(None, self.translate("Reading…"), item_title(item))
        key = self._shown
        job = self.context.jobs.start(evidence_view, item.evidence_id, PIXELS, version=self.version)
        job.finished.connect(lambda shown: self._on_loaded(key, item, shown))

    def _on_loaded(self, key: str, item: Evidence, shown: Shown) -> None:
        if key != self._shown:
            return
        picture = QPixmap()
        has_picture = shown.jpeg is not None and picture.loadFromData(shown.jpeg)
        words = (
            self.translate("No picture of this kind of file; it is kept as it is.")
            if shown.is_here
            else self.translate("This file has not arrived here yet.")
        )
        self.canvas.show_picture(picture if has_picture else None, words, f"{item_title(item)} {item.caption}".strip())
        self._show_place()

    def _show_place(self) -> None:
        number, total = self._place
        has_picture = self.canvas.has_picture
        self.bar.show_place(number, total, is_picture=has_picture, is_editable=self.is_editable)

    def _show_tool(self) -> None:
        self.bar.show_tool(self.canvas.tool, self.canvas.drafts)
        self.tool_changed.emit()

    def _end_drawing(self) -> None:
        self.question.hide()
        self.canvas.drafts.clear()
        self.canvas.set_tool(None)
        self._show_tool()

    def _cancel_question(self) -> None:
        self.question.hide()
        self.canvas.setFocus()

    def _write(self, text: str) -> None:
        self.canvas.drafts.write(text)
        self.canvas.update()

    def _black_out(self, reason: str | None) -> None:
        if self.item is None:
            return
        boxes, marks = self.canvas.drafts.boxes, self.canvas.drafts.marks
        self._end_drawing()
        if marks:
            self.session.do(annotate_evidence, self.item.evidence_id, marks)
        job = self.context.jobs.start(redact_evidence, self.item.evidence_id, boxes, erase_because=reason)
        self._follow(job)
        job.finished.connect(self._on_blacked_out)

    def _on_blacked_out(self, done: BlackedOut) -> None:
        self.context.evidence.thumbnails.clear()
        if done.problems:
            self.notice.show_notice("warning", problem_words(done.problems[0], self.translate))

    def _follow(self, job: Job) -> None:
        self.progress.follow(job, self.translate("Making a new version"))
        job.finished.connect(self.session.announce)
        self.canvas.setFocus()
