"""The proposal's outline: sections with the page they begin on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from diag_app.i18n import Translator
from diag_app.ui.models.rows import RowsModel


@dataclass(frozen=True, kw_only=True)
class OutlineRow:
    """One section: its number as printed, its name, the page it begins on (from 1)."""

    number: str
    name: str
    page: int


class OutlineModel(RowsModel[OutlineRow]):
    """Sections for a list view."""

    def __init__(self, translate: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.translate = translate

    def position_of_page(self, page: int) -> int:
        """Return the position of the last section that begins on or before `page`, or -1."""
        found = [position for position, row in enumerate(self.rows) if row.page <= page]
        return found[-1] if found else -1

    def text_of(self, row: OutlineRow) -> str:
        """Return number and name."""
        return f"{row.number} {row.name}".strip()

    def words_of(self, row: OutlineRow) -> str:
        """Return number, name and page."""
        return self.translate("{section}, page {page}", section=self.text_of(row), page=row.page)
