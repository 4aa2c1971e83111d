"""The pre-visit workbook while it is made: what it is made from, its look, and the lists its cells choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diag_app.forms.definition import Pack
from diag_app.forms.guide import Guide
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.fill_in_document import SheetHead
from diag_app.model.previsit import LIST_SHEET, NOT_APPLICABLE, PAPER_STATES, TICK
from diag_app.model.proposal.voice import Voice
from diag_app.report.workbook import Look, put


@dataclass(frozen=True, kw_only=True)
class PrevisitFacts:
    """What the workbook is made from: whose it is, what is known already, and which papers are asked for."""

    assessment_id: str
    pack: Pack
    profile: EnterpriseProfile
    guide: Guide | None
    head: SheetHead


@dataclass(kw_only=True)
class Making:
    """The workbook while it is made: its look, its voice, and the lists its cells choose from."""

    book: Workbook
    voice: Voice
    facts: PrevisitFacts
    look: Look = field(default_factory=Look)
    lists: dict[tuple[str, ...], DataValidation] = field(default_factory=dict)

    def choose(self, sheet: Worksheet, coordinate: str, words: Sequence[str]) -> None:
        """Let a cell be chosen from `words`; a list longer than a formula may be stands on a hidden sheet."""
        key = (sheet.title, *words)
        if key not in self.lists:
            page = self.book[LIST_SHEET]
            column = page.max_column + 1 if page["A1"].value else 1
            for row, word in enumerate(words, start=1):
                put(page, (row, column), word, self.look)
            letter = get_column_letter(column)
            rule = DataValidation(
                type="list",
                formula1=f"='{LIST_SHEET}'!${letter}$1:${letter}${len(words)}",
                allow_blank=True,
                showErrorMessage=True,
            )
            rule.errorTitle, rule.error = (
                self.voice.translate("Not in the list"),
                self.voice.translate("Choose one of the list, or clear the cell."),
            )
            sheet.add_data_validation(rule)
            self.lists[key] = rule
        self.lists[key].add(coordinate)

    def levels(self) -> tuple[str, ...]:
        """Return the words for a scenario's level."""
        return ("0", "1", "2", "3", "4", NOT_APPLICABLE.text(self.voice.language))

    def states(self) -> tuple[str, ...]:
        """Return the words for the state of a paper."""
        return tuple(words.text(self.voice.language) for words in PAPER_STATES.values())

    def ticks(self) -> tuple[str, ...]:
        """Return what a tick is chosen from."""
        return (TICK,)
