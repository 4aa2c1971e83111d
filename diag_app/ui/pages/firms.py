"""The firms page: the list with its search, and one firm in short beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from diag_app.model.ops import Changes
from diag_app.operations.assessment import load_assessment, score_assessment
from diag_app.operations.enterprise import EnterpriseSummary, count_enterprises, find_enterprises
from diag_app.operations.export_log import UndeliveredCase, undelivered
from diag_app.operations.report_facts import industries
from diag_app.operations.workspace import Workspace
from diag_app.ui.case_facts import level_words
from diag_app.ui.models.firms import Column, FirmsModel
from diag_app.ui.models.next_place import NextPlace, next_place
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.firm_panel import FirmPanel
from diag_app.ui.widgets.firms_delegate import FirmsDelegate, column_widths
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.search_field import SearchField
from diag_app.ui.widgets.table import Table

_SEARCH_MS = 120
_NAME_LEAST, _INDUSTRY_LEAST, _INDUSTRY_MOST = 232, 76, 150


class FirmsPage(Page):
    """Lists the firms of the workspace."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        translate, theme = self.translate, self.theme
        self._chosen_id = ""
        self._place: NextPlace | None = None
        self._undelivered: dict[str, UndeliveredCase] = {}
        self.count = label("", theme, "body", colour="text_2")
        words = translate("Name, credit code, pinyin initials")
        self.search = SearchField(theme, words, placeholder=words, key="/")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SEARCH_MS)
        self._rest.timeout.connect(self.show_found)
        self.search.textChanged.connect(lambda _text: self._rest.start())
        self.search.returnPressed.connect(self._on_search_entered)
        self.search.left_downwards.connect(self._enter_list)
        self.model = FirmsModel(translate, industries(translate.language), self)
        self._fixed_widths = column_widths(self.theme, translate)
        self.table = self._make_table()
        self.empty = EmptyState(
            theme,
            "factory",
            translate("No firm yet"),
            translate("Add the firm you are about to visit; name and credit code are enough."),
            action=(translate("New firm"), self._add_firm),
        )
        self.nothing_found = EmptyState(theme, "search", translate("No firm found"), "")
        self.panel = FirmPanel(theme, translate)
        self.panel.opened.connect(self._open_chosen)
        self.panel.delivery_asked.connect(lambda: self._go("delivery"))
        self.panel.profile_asked.connect(lambda: self._go("profile"))
        self.arrange(self._lay_out(), right=self.panel)
        self.bind("/", self._focus_search)

    def open(self, target: Target) -> None:
        """Show the list; `item` is a text to search for."""
        super().open(target)
        if target.item is not None and target.item != self.search.text():
            self.search.setText(target.item)
        self._rest.stop()
        self._count_undelivered()
        self.show_found()

    def reload(self, _changes: Changes) -> None:
        """Read the list again, keeping the firm chosen."""
        if self.isVisible():
            self._count_undelivered()
            self.show_found()

    def flush(self) -> None:
        """Search no more: the page is left."""
        self._rest.stop()

    def _count_undelivered(self) -> None:
        counted = self.session.read(undelivered)
        self._undelivered = {} if counted is None else {case.enterprise_id: case for case in counted.by_enterprise}

    def hints(self) -> Hints:
        """Return the keys of the list."""
        translate = self.translate
        return (
            (("↑", "↓"), translate("choose")),
            (("Enter",), translate("open")),
            (("/",), translate("search")),
            (("Ctrl+N",), translate("new")),
            (("?",), translate("all keys")),
        )

    def focus_first(self) -> None:
        """Put the focus on the list, or where the first firm is added."""
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.search.text():
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Use rows of 38 px in a low window."""
        super().set_compact(compact)
        self.table.set_row_height(self.theme.size("table_row_firms") - (4 if compact else 0))
        self.panel.set_compact(compact)

    def _set_widths(self) -> None:
        """Give the columns what their words need and the name the rest; the industry gives way first."""
        widths = {**self._fixed_widths}
        room = self.table.viewport().width() - sum(widths.values())
        widths[Column.INDUSTRY] = max(_INDUSTRY_LEAST, min(_INDUSTRY_MOST, room - _NAME_LEAST))
        widths[Column.NAME] = max(120, room - widths[Column.INDUSTRY])
        for column, width in widths.items():
            self.table.setColumnWidth(column, width)

    def _make_table(self) -> Table:
        theme = self.theme
        table = Table(theme, self.translate("Firms"), row_height=theme.size("table_row_firms"))
        table.setModel(self.model)
        table.setItemDelegate(FirmsDelegate(theme, table))
        table.resized.connect(self._set_widths)
        table.moved.connect(self._on_moved)
        table.opened.connect(lambda _index: self._open_chosen())
        return table

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        add = Button(translate("New firm"), theme, "primary", icon="plus")
        add.clicked.connect(self._add_firm)
        self.roster = Button(translate("Import a roster"), theme, icon="inbox")
        self.roster.clicked.connect(lambda: self.context.navigate(Target(page="roster")))
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(translate("Firms"), theme, "title"))
        self.count.setContentsMargins(0, 0, 0, 3)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.roster)
        head.addWidget(add)
        tools = QHBoxLayout()
        self.search.setMaximumWidth(320)
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        self._stack = QStackedWidget()
        for widget in (self.table, self.empty, self.nothing_found):
            self._stack.addWidget(widget)
        ground = Panel(theme)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._stack)
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 10)
        top.setSpacing(10)
        top.addLayout(head)
        top.addLayout(tools)
        centre = QWidget()
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(ground, 1)
        return centre

    def show_found(self) -> None:
        """Show what the text in the search finds, at once."""
        text = self.search.text().strip()
        before = self.table.currentIndex().row()
        count = self.session.read(count_enterprises, text) or 0
        self.model.show_firms(
            lambda limit, offset: self.session.read(self._read, text, limit, offset), count, self._undelivered
        )
        self.count.setText(self.translate.plural("{count} firm", "{count} firms", count))
        self._show_state(text)
        self.model.firm_at(before)  # reads the page where the firm chosen was, so that it is found there again
        row = max(0, self.model.row_of(self._chosen_id))
        if count:
            self.table.setCurrentIndex(self.model.index(row, 0))
        else:
            self._on_moved(QModelIndex())

    def _read(self, workspace: Workspace, text: str, limit: int, offset: int) -> tuple[EnterpriseSummary, ...]:
        return find_enterprises(workspace, text, limit=limit, offset=offset, language=self.translate.language)

    def _show_state(self, text: str) -> None:
        if self.model.rowCount() or not self.model.is_readable:
            self._stack.setCurrentWidget(self.table)
        elif text:
            translate = self.translate
            hint = translate("Nothing matches “{text}” in name, credit code or pinyin initials.", text=text)
            self.nothing_found.set_texts(translate("No firm found"), hint)
            self._stack.setCurrentWidget(self.nothing_found)
        else:
            self._stack.setCurrentWidget(self.empty)

    def _on_moved(self, index: QModelIndex) -> None:
        firm = self.model.firm_at(index.row()) if index.isValid() else None
        self.show_pane(self.panel, firm is not None)
        if firm is None:
            return
        self._chosen_id = firm.enterprise_id
        self._place, level = self._read_place(firm)
        case = self._undelivered.get(firm.enterprise_id)
        self.panel.show_firm(firm, self._place, level, 0 if case is None else case.count)

    def _read_place(self, firm: EnterpriseSummary) -> tuple[NextPlace, tuple[str, str, str]]:
        translate = self.translate
        if firm.assessment_id is None:
            unknown = translate("Not diagnosed yet")
            return next_place(firm, None, None, None, translate), (unknown, unknown, "")
        assessment = self.session.read(load_assessment, firm.assessment_id)
        card = self.session.read(score_assessment, firm.assessment_id)
        pack = None if assessment is None else self.session.read(Workspace.pack, assessment.pack)
        words = level_words(pack, card, translate)
        short, *status = words.split(" · ")
        return next_place(firm, assessment, card, pack, translate), (short, words, "\n".join(status))

    def _on_search_entered(self) -> None:
        self._rest.stop()
        self.show_found()
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _add_firm(self) -> None:
        self.context.navigate(Target(page="new_firm"))

    def _open_chosen(self) -> None:
        if self._place is not None:
            self._go(self._place.page, self._place.item)

    def _go(self, page: str, item: str | None = None) -> None:
        firm = self.model.firm_at(self.model.row_of(self._chosen_id))
        if firm is not None:
            self.context.navigate(
                Target(page=page, enterprise_id=firm.enterprise_id, assessment_id=firm.assessment_id, item=item)
            )
