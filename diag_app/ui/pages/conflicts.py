"""The conflicts page: what two laptops disagree about, the open one as a card, the others as lines below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from diag_app.model.ops import Changes
from diag_app.operations.conflicts import settle_by_text, settle_conflict
from diag_app.ui.models.conflicts import ConflictRow, load_conflicts
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.conflict_card import ConflictCard
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.linked_line import LinkedLine
from diag_app.ui.widgets.page_parts import stacked
from diag_app.ui.widgets.scroll import ReadingArea, bounded

_WIDTH = 900


class ConflictsPage(Page):
    """Conflicts of one firm, or of all; the target's item is the answer or entity to begin with."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        self.rows: tuple[ConflictRow, ...] = ()
        self.here = 0
        self.card: ConflictCard | None = None
        self.lines: list[LinkedLine] = []
        self.title = label("", theme, "heading")
        self.empty = EmptyState(
            theme,
            "circle-check",
            translate("Nothing to decide"),
            translate("What two laptops changed differently stands here after a bundle was taken in."),
        )
        self.list = QVBoxLayout()
        self.list.setSpacing(8)
        self.arrange(self._centre())
        self.bind_commands("conflicts")
        for number in range(9):
            self.bind(str(number + 1), partial(self.choose, number))

    def open(self, target: Target) -> None:
        """Show what is to decide, beginning with the one asked for."""
        super().open(target)
        self._read()
        wanted = [place for place, row in enumerate(self.rows) if target.item and target.item in (row.item, row.entity)]
        self._show(wanted[0] if wanted else 0)

    def reload(self, changes: Changes) -> None:
        """Read again, and stay where one was; a hidden page does so when it is opened."""
        if self.isHidden():
            return
        before, card = self.rows, self.card
        self._read()
        if self.rows == before:
            return  # what is typed and chosen stays as it is
        key = before[self.here].key if before else None
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        place = next((place for place, row in enumerate(self.rows) if row.key == key), None)
        self._show(self.here if place is None else place)
        if place is not None and card is not None and self.card is not None:
            self.card.resume(card)
        if had_focus:
            self.focus_first()

    def hints(self) -> Hints:
        """Return the keys of this page."""
        translate = self.translate
        return (
            (("1", "2"), translate("choose a side")),
            (("Ctrl+Enter",), translate("decide")),
            (("J", "K"), translate("next, previous conflict")),
            (("O",), translate("look at its place")),
            (("U",), translate("undo")),
        )

    def focus_first(self) -> None:
        """Put the focus on the first side."""
        where = self.area if self.card is None else self.card.sides[0].choice
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, number: int) -> None:
        """Choose a side of the open conflict by its number from 0."""
        if self.card is not None:
            self.card.choose(number)

    def settle(self) -> None:
        """Let the chosen side stand."""
        if self.card is not None:
            self.card.settle()

    def next_conflict(self) -> None:
        """Open the next one."""
        self._show(self.here + 1)
        self.focus_first()

    def previous_conflict(self) -> None:
        """Open the one before."""
        self._show(self.here - 1)
        self.focus_first()

    def open_place(self) -> None:
        """Go to where the thing in question is entered; a value entered there decides too."""
        if self.rows:
            row = self.rows[self.here]
            self.context.navigate(
                Target(page=row.page, enterprise_id=row.enterprise_id, assessment_id=row.assessment_id, item=row.item)
            )

    def undo(self) -> None:
        """Take the last decision back: it is a conflict again."""
        self.context.undo()

    def _read(self) -> None:
        found = self.session.read(load_conflicts, self.translate, self.target.enterprise_id)
        self.rows = found if found is not None else ()

    def _show(self, place: int) -> None:
        self.here = place = max(0, min(place, len(self.rows) - 1))
        clear_layout(self.list)
        self.card, self.lines = None, []
        for number, row in enumerate(self.rows):
            shown = self._card(row, number) if number == place else self._line(row, number)
            self.list.addWidget(shown)
            shown.show()  # at once: the focus goes into it
        count = len(self.rows)
        self.title.setText(self.translate.plural("{count} conflict to decide", "{count} conflicts to decide", count))
        self.title.setVisible(bool(count))
        self.empty.setVisible(not count)
        self.cards.setVisible(bool(count))
        QTimer.singleShot(0, self, self._scroll_to_card)

    def _card(self, row: ConflictRow, number: int) -> ConflictCard:
        place = self.translate("{number} of {count}", number=number + 1, count=len(self.rows))
        card = ConflictCard(self.theme, self.translate, row, place)
        card.settled.connect(
            lambda op_id, reason: self.session.do(settle_conflict, row.entity, row.register, op_id, reason)
        )
        card.joined.connect(
            lambda text, reason: self.session.do(settle_by_text, row.entity, row.register, text, reason)
        )
        card.opened.connect(self.open_place)
        self.card = card
        return card

    def _line(self, row: ConflictRow, number: int) -> LinkedLine:
        sides = " / ".join(side.value.splitlines()[0][:40] if side.value else "" for side in row.sides)
        line = LinkedLine(row.title, self.theme, "git-compare", "warning", detail=f"{row.firm} · {sides}")
        line.clicked.connect(lambda: self._open_line(number))
        self.lines.append(line)
        return line

    def _open_line(self, number: int) -> None:
        self._show(number)
        self.focus_first()

    def _scroll_to_card(self) -> None:
        if self.card is not None:
            self.area.ensureWidgetVisible(self.card, 0, 8)

    def _centre(self) -> QWidget:
        head = Panel(self.theme, edge="bottom")
        line = QVBoxLayout(head)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.title)
        cards = QWidget()
        self.cards = bounded(cards)
        cards.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(cards)
        box.setContentsMargins(0, 12, 0, 16)
        box.addLayout(self.list)
        box.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.cards)
        self.area: QScrollArea = ReadingArea(content, self.theme, self.translate("Conflicts"))
        return stacked(head, self.area)
