"""What stands around the pages, made anew for each language and theme: top bar, rail, case header, notice, stack."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from diag_app.ui.case_header import CaseHeader
from diag_app.ui.flicking import fit_scrolling
from diag_app.ui.pages.fold import NARROW
from diag_app.ui.pages.page import Context, Page, Target, focus_into
from diag_app.ui.pages.registry import make_page
from diag_app.ui.rail import Rail
from diag_app.ui.theme import load_tokens
from diag_app.ui.top_bar import TopBar
from diag_app.ui.touch import fit_targets
from diag_app.ui.tour_guide import TourGuide
from diag_app.ui.widgets.focus_ring import FocusRing
from diag_app.ui.widgets.notice import NoticeLine

LOW = 560


class Frame(QWidget):
    """The window's content. It owns the pages made so far; all of it goes away when language or theme change."""

    painted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._pages: dict[str, Page] = {}
        self._is_painted = False
        self.top_bar = TopBar(context.theme, context.translate)
        self.rail = Rail(context.theme, context.translate)
        self.header = CaseHeader(context.theme, context.translate)
        self.header.hide()
        self.notice = NoticeLine(context.theme)
        self.tour = TourGuide(self)
        self.stack = QStackedWidget()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tour.strip)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top_bar)
        box.addLayout(row, 1)
        self._ring = FocusRing(self, context.theme)
        for asked, page in (
            (self.top_bar.encryption_asked, "settings"),
            (self.top_bar.delivery_asked, "delivery"),
            (self.top_bar.help_asked, "keys"),
        ):
            asked.connect(partial(context.navigate, Target(page=page)))
        self.rail.chosen.connect(lambda page: context.navigate(Target(page=page)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Announce the first paint; what takes time is done after it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages made so far."""
        return tuple(self._pages.values())

    @property
    def page(self) -> Page | None:
        """Return the page shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def page_named(self, name: str) -> Page:
        """Return the page `name`, made now when it is visited for the first time."""
        if name not in self._pages:
            page = make_page(name, self.context)
            self._pages[name] = page
            self.stack.addWidget(page)
            self._fit_page(page)
        return self._pages[name]

    def fit(self) -> None:
        """Adapt to the window's size: lower rows, a narrow rail, one line of header, no hint bar."""
        self.rail.set_narrow(self.width() < NARROW)
        self.header.set_low(self.height() < LOW)
        for page in self.pages:
            self._fit_page(page)

    def set_touch(self, is_touch: bool) -> None:
        """Give rows and targets the height a finger needs, or their own again."""
        if is_touch != self.context.theme.is_touch:
            self.context.theme.is_touch = is_touch
            self.fit_targets()

    def fit_targets(self) -> None:
        """Fit what was made since; called whenever a page is shown or has changed."""
        fit_targets(self, self.context.theme)
        fit_scrolling(self, is_touch=self.context.theme.is_touch)
        for page in self.pages:
            page.set_compact(page.is_compact)

    def set_bare(self, bare: bool) -> None:
        """Show the page alone, without anything that says what is in a workspace."""
        self.rail.setVisible(not bare)
        self.top_bar.set_bare(bare)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that F6 goes through, in order."""
        page = self.page
        inner = () if page is None else page.panes
        return tuple(pane for pane in (self.top_bar, self.rail, self.header, *inner) if pane.isVisible())

    def focus_next_pane(self) -> None:
        """Put the focus into the part after the one that has it."""
        panes, focus = self.panes(), QApplication.focusWidget()
        here = next((place for place, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), -1)
        for pane in (*panes[here + 1 :], *panes[: here + 1]):
            if focus_into(pane):
                return

    def _fit_page(self, page: Page) -> None:
        compact = self.height() < load_tokens()["size"]["design_client"][1]
        if page.is_compact != compact:
            page.set_compact(compact)
        page.fit_width(self.width())
        page.hint_bar.setVisible(self.height() >= LOW)
