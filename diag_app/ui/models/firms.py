"""The firms list as an item model that reads 25 firms at a time, and only those that are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from diag_app.i18n.translator import Translator
from diag_app.operations.enterprise import EnterpriseSummary
from diag_app.operations.export_log import UndeliveredCase
from diag_app.ui.models.figures import score_text
from diag_app.ui.models.rows import ROOT, ROW_ROLE, Index
from diag_app.ui.paint import Status
from diag_app.ui.words import scale_word, size_word

PAGE_SIZE, _PAGES = 25, 80
STAGES = 5
STATUS_ROLE = ROW_ROLE + 1
Fetch = Callable[[int, int], tuple[EnterpriseSummary, ...] | None]  # limit, offset


class Column(IntEnum):
    """The columns in their order."""

    NAME = 0
    INDUSTRY = 1
    SIZE = 2
    LEVEL = 3
    SCORE = 4
    STAGE = 5
    VISITED = 6
    DELIVERY = 7


class FirmsModel(QAbstractTableModel):
    """Firms in the order of the store. `is_readable` is false when the list could not be read, which is not empty."""

    def __init__(self, translate: Translator, industries: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translate, self._industries = translate, industries
        self._headings = (
            translate("Firm"),
            translate("Industry"),
            translate("Class, scale"),
            translate("Level"),
            translate("Score"),
            translate("Stage"),
            translate("Visited"),
            translate("Delivery"),
        )
        self._count = 0
        self.is_readable = True
        self._fetch: Fetch = _nothing
        self._pages: OrderedDict[int, tuple[EnterpriseSummary, ...]] = OrderedDict()
        self._undelivered: Mapping[str, UndeliveredCase] = {}

    def show_firms(self, fetch: Fetch, count: int, undelivered: Mapping[str, UndeliveredCase]) -> None:
        """Show `count` firms; each page is read with `fetch` when it is first looked at, and the oldest are let go."""
        self.beginResetModel()
        self._fetch, self._undelivered, self._count = fetch, undelivered, count
        self._pages.clear()
        self.is_readable = self._page(0) is not None
        if not self.is_readable:
            self._count = 0
        self.endResetModel()

    def firm_at(self, row: int) -> EnterpriseSummary | None:
        """Return the firm of a row; None where it could not be read."""
        page = self._page(row // PAGE_SIZE) if 0 <= row < self._count else None
        place = row % PAGE_SIZE
        return page[place] if page is not None and place < len(page) else None

    def row_of(self, enterprise_id: str) -> int:
        """Return the row of a firm among the pages at hand, or -1."""
        for page, firms in self._pages.items():
            for place, firm in enumerate(firms):
                if firm.enterprise_id == enterprise_id:
                    return page * PAGE_SIZE + place
        return -1

    def _page(self, page: int) -> tuple[EnterpriseSummary, ...] | None:
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page]
        found = self._fetch(PAGE_SIZE, page * PAGE_SIZE)
        if found is not None:
            self._pages[page] = found
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        return found

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of firms."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading and its alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, the delivery status under `STATUS_ROLE`, the whole firm under `ROW_ROLE`."""
        firm = self.firm_at(index.row()) if index.isValid() else None
        if firm is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(firm, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {self._cell(firm, Column(index.column()))}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (Column.NAME, Column.INDUSTRY):
            return self._cell(firm, Column(index.column()))
        if role == STATUS_ROLE:
            return self._status(firm)
        return firm if role == ROW_ROLE else None

    def _cell(self, firm: EnterpriseSummary, column: Column) -> str:
        translate = self._translate
        match column:
            case Column.NAME:
                return firm.name
            case Column.INDUSTRY:
                return f"{firm.industry} {self._industries.get(firm.industry, '')}".strip() if firm.industry else "—"
            case Column.SIZE:
                words = (size_word(firm.size_class, translate), scale_word(firm.is_above_scale, translate))
                return translate(", ").join(word for word in words if word) or "—"
            case Column.LEVEL:
                if firm.level is None:
                    return translate("None yet")
                return str(firm.level) if firm.level else translate("No level")
            case Column.SCORE:
                return "—" if firm.score is None else score_text(firm.score)
            case Column.STAGE:
                return stage_word(firm, translate)
            case Column.VISITED:
                return firm.visited_on[5:] if firm.visited_on else "—"
            case Column.DELIVERY:
                return self._delivery_word(firm)

    def _status(self, firm: EnterpriseSummary) -> Status:
        found = self._undelivered.get(firm.enterprise_id)
        if found is None:
            return "nothing"
        return "sent" if found.is_written else "undelivered"

    def _delivery_word(self, firm: EnterpriseSummary) -> str:
        found = self._undelivered.get(firm.enterprise_id)
        if found is None:
            return self._translate("Nothing new")
        if found.is_written:
            return self._translate.plural("{count} awaiting receipt", "{count} awaiting receipt", found.count)
        return self._translate.plural("{count} not delivered", "{count} not delivered", found.count)


def stages_done(firm: EnterpriseSummary) -> int:
    """Return how many of the five steps, counted from the first, need nothing more; delivery needs a receipt."""
    done = (
        bool(firm.uscc and firm.size_class),
        firm.questions > 0 and firm.answered == firm.questions,
        firm.needs > 0,
        firm.proposals > 0,
    )
    return done.index(False) if False in done else len(done)


def stage_word(firm: EnterpriseSummary, translate: Translator) -> str:
    """Return how far the firm's case is."""
    if firm.assessment_id is None:
        return translate("Not begun")
    if firm.answered < firm.questions:
        return f"{firm.answered}/{firm.questions}"
    if not firm.needs:
        return translate("No needs yet")
    if not firm.proposals:
        return translate("Needs: {count}", count=firm.needs)
    return translate("Issued")


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Column.SCORE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _nothing(_limit: int, _offset: int) -> tuple[EnterpriseSummary, ...]:
    return ()
