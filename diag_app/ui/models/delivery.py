"""Words and tables of what was written and receipted; "sent" is no word here: only a receipt tells that."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from diag_app.forms.definition import Pack
from diag_app.i18n import Translator
from diag_app.model.receipt import Receipt
from diag_app.operations.delivery import Place, Task
from diag_app.operations.delivery_order import Written
from diag_app.ui.models.figures import local_time, size_text, target_name
from diag_app.ui.models.rows import CellsModel
from diag_app.ui.pages.page import Target

_PAGES: dict[Place, str] = {
    "question": "diagnosis", "scenario": "board", "need": "needs", "proposal": "proposal", "profile": "profile",
}  # fmt: skip


def written_words(written: Written, translate: Translator) -> str:
    """Return how far a bundle has come."""
    newest, said = written.newest, written.handed_over
    if written.state == "receipted" and newest is not None:
        return translate("receipted {day}", day=local_time(newest.at))
    if written.state == "refused":
        return translate("refused")
    if newest is not None:
        return translate(
            "{count} of {parts} parts receipted", count=len(written.receipts), parts=len(written.export.parts)
        )
    if said is not None:
        return translate("handed over to {to}", to=said.to)
    return translate("prepared")


def task_target(task: Task) -> Target:
    """Return where a task is mended."""
    return Target(
        page=_PAGES[task.place], enterprise_id=task.enterprise_id, assessment_id=task.assessment_id, item=task.item
    )


def task_words(task: Task, pack: Pack | None, translate: Translator) -> tuple[str, str]:
    """Return what was sent back, and the short name of the place that its link opens."""
    name = target_name(pack, task.item, translate.language) if pack is not None and task.item else ""
    place = {
        "need": translate("Needs"), "proposal": translate("Proposal"), "profile": translate("Profile"),
    }.get(task.place, name or translate("Diagnosis"))  # fmt: skip
    what = translate("evidence {name}", name=task.about) if task.about else place
    return what, task.item if task.place == "question" and task.item else place


class WrittenModel(CellsModel[Written]):
    """Bundles that were written and read back, with how far they have come."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            translate("Written"), translate("File"), translate("Changes"), translate("Enclosed"), translate("Size"),
            translate("State"),
        )  # fmt: skip
        super().__init__(headings, parent)
        self.translate = translate

    def is_figure(self, column: int) -> bool:
        """Return true for counts and size."""
        return column in (2, 3, 4)

    def cell(self, row: Written, column: int) -> str:
        """Return the text of one cell."""
        export = row.export
        return (
            local_time(export.written_at), Path(export.path).name, str(export.ops), str(export.blobs),
            size_text(export.size), written_words(row, self.translate),
        )[column]  # fmt: skip

    def words(self, row: Written, column: int) -> str:
        """Return the whole path for the file."""
        return row.export.path if column == 1 else self.cell(row, column)


class ReceiptsModel(CellsModel[Receipt]):
    """Receipts, by what they count; each was signed by a receiver on the city's list when it was taken in."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            translate("Given at"), translate("Receiver"), translate("Accepted"), translate("Here already"),
            translate("Refused"), translate("Files missing"), translate("Signature check"),
        )  # fmt: skip
        super().__init__(headings, parent)
        self.translate = translate

    def is_figure(self, column: int) -> bool:
        """Return true for the counts."""
        return column in (2, 3, 4, 5)

    def cell(self, row: Receipt, column: int) -> str:
        """Return the text of one cell."""
        return (
            local_time(row.at), f"{row.receiver.city} · {row.receiver.name}", str(row.accepted), str(row.duplicate),
            str(len(row.refused) + len(row.faults)), str(len(row.blobs_missing)), self.translate("signature holds"),
        )[column]  # fmt: skip
