"""Tables of the delivery page: what is not delivered, by class and by firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject

from diag_app.i18n import Translator
from diag_app.operations.export_log import ItemClass, Undelivered, UndeliveredCase
from diag_app.ui.models.rows import CellsModel


def class_word(name: ItemClass, translate: Translator) -> str:
    """Return a class of items in words."""
    return {
        "answers": translate("Answers and scenarios"),
        "evidence": translate("Evidence files"),
        "needs": translate("Needs"),
        "proposals": translate("Proposals"),
    }[name]


@dataclass(frozen=True, kw_only=True)
class ClassCount:
    """How much of a class has no receipt, has one, and was sent back."""

    name: ItemClass
    undelivered: int
    receipted: int
    refused: int


class ClassesModel(CellsModel[ClassCount]):
    """Classes of items with their counts."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        headings = (translate("Class"), translate("Not delivered"), translate("Receipted"), translate("Refused"))
        super().__init__(headings, parent)
        self.translate = translate

    def show(self, found: Undelivered, refused: Mapping[str, int]) -> None:
        """Show the counts of `found`, and how many of each class were sent back."""
        self.set_rows(
            tuple(
                ClassCount(name=name, undelivered=count, receipted=found.receipted[name], refused=refused.get(name, 0))
                for name, count in found.by_class.items()
            )
        )

    def is_figure(self, column: int) -> bool:
        """Return true for the counts."""
        return column > 0

    def cell(self, row: ClassCount, column: int) -> str:
        """Return the class in words, or a count."""
        if column == 0:
            return class_word(row.name, self.translate)
        return str((row.undelivered, row.receipted, row.refused)[column - 1])


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
        return self.translate("prepared, no receipt") if row.is_written else self.translate("not delivered")
