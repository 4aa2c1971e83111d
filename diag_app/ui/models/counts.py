"""Tables of the delivery page: what is not delivered, by class and by firm, and what was written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from diag_app.i18n import Translator
from diag_app.operations.export_log import Export, ItemClass, Undelivered, UndeliveredCase
from diag_app.ui.models.figures import local_time, size_text
from diag_app.ui.models.rows import CellsModel


def class_word(name: ItemClass, translate: Translator) -> str:
    """Return a class of items in words."""
    return {
        "answers": translate("Answers and scenarios"),
        "evidence": translate("Evidence files"),
        "needs": translate("Needs"),
        "proposals": translate("Proposals"),
    }[name]


class ClassesModel(CellsModel[tuple[ItemClass, int]]):
    """Classes of items with their counts."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__((translate("Class"), translate("Items")), parent)
        self.translate = translate

    def show(self, found: Undelivered) -> None:
        """Show the counts of `found`."""
        self.set_rows(tuple(found.by_class.items()))

    def is_figure(self, column: int) -> bool:
        """Return true for the count."""
        return column == 1

    def cell(self, row: tuple[ItemClass, int], column: int) -> str:
        """Return the class in words, or its count."""
        return class_word(row[0], self.translate) if column == 0 else str(row[1])


class CasesModel(CellsModel[UndeliveredCase]):
    """Firms with their counts and states."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__((translate("Firm"), translate("Items"), translate("State")), parent)
        self.translate = translate

    def is_figure(self, column: int) -> bool:
        """Return true for the count."""
        return column == 1

    def cell(self, row: UndeliveredCase, column: int) -> str:
        """Return name, count, or the state in words."""
        if column == 0:
            return row.name
        if column == 1:
            return str(row.count)
        return self.translate("written, no receipt") if row.is_written else self.translate("not delivered")


class ExportsModel(CellsModel[Export]):
    """Bundles that were written and read back; none of them is a receipt."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (
            translate("Written"),
            translate("File"),
            translate("Changes"),
            translate("Enclosed"),
            translate("Size"),
            translate("State"),
        )
        super().__init__(headings, parent)
        self.translate = translate

    def is_figure(self, column: int) -> bool:
        """Return true for counts and size."""
        return column in (2, 3, 4)

    def cell(self, row: Export, column: int) -> str:
        """Return the text of one cell."""
        texts = (
            local_time(row.written_at),
            Path(row.path).name,
            str(row.ops),
            str(row.blobs),
            size_text(row.size),
            self.translate("handed over, no receipt"),
        )
        return texts[column]

    def words(self, row: Export, column: int) -> str:
        """Return the whole path for the file."""
        return row.path if column == 1 else self.cell(row, column)
