"""What a report made now says otherwise than an issue of it: a table in place of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.content_changes import Change
from diag_app.model.proposal.changes import kind_names
from diag_app.ui.models.rows import CellsModel
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.count_table import CountTable
from diag_app.ui.widgets.labels import label


class ChangesModel(CellsModel[Change]):
    """Changes for a table view."""

    def __init__(self, translate: Translator) -> None:
        heads = (translate("Kind"), translate("Of what"), translate("Entry"), translate("Before"), translate("Now"))
        super().__init__(heads)
        self._names = kind_names(translate)

    def cell(self, row: Change, column: int) -> str:
        """Return the text of one cell."""
        texts = (self._names[row.kind], row.item or row.chapter, row.what, row.before or "—", row.after or "—")
        return " ".join(texts[column].split())


class ChangesView(QWidget):
    """Lists changes; `closed` goes back to the pages."""

    closed = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.translate = translate
        self.model = ChangesModel(translate)
        self._title = label("", theme, "body", bold=True)
        self.back = Button(translate("Back to the pages"), theme, "text", small=True)
        self.back.clicked.connect(self.closed)
        self.table = CountTable(self.model, theme, translate("Changes"), widths={0: 90, 1: 220, 2: 90, 3: 230}, wide=4)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def show_changes(self, number: str, changes: Sequence[Change]) -> None:
        """Show what is said otherwise than in the issue `number`."""
        self.model.set_rows(tuple(changes))
        count = self.translate.plural(
            "{count} change since {number}", "{count} changes since {number}", len(changes), number=number
        )
        self._title.setText(count if changes else self.translate("Nothing that this report says is different."))
        self.back.setFocus()
