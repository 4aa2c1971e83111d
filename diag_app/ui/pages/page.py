"""What every page is: a widget with a context, a target it shows, keys of its own, and a hint bar that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.model.ops import Changes
from diag_app.settings import Settings
from diag_app.ui.commands import commands_of
from diag_app.ui.evidence_desk import EvidenceDesk
from diag_app.ui.jobs import Jobs
from diag_app.ui.pages.fold import Fold
from diag_app.ui.session import Session
from diag_app.ui.theme import Theme
from diag_app.ui.tour import Tour
from diag_app.ui.trial import Trial
from diag_app.ui.widgets.hint_bar import HintBar, Hints


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where to go: a page and what it shows there."""

    page: str
    enterprise_id: str | None = None
    assessment_id: str | None = None
    item: str | None = None
    then: Target | None = None  # where to go on once what the page is for is done


class WorkspaceOpener(Protocol):
    """Opens the workspace in a folder, an encrypted one with its key; without it, the page for unlocking is shown."""

    def __call__(self, directory: Path, key: bytes | None = None) -> None:
        """Open it and show it; a refusal is shown in the page."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """All a page needs from the window; language and theme never change during a page's life."""

    session: Session
    theme: Theme
    translate: Translator
    jobs: Jobs
    settings: Callable[[], Settings]  # as they are now
    navigate: Callable[[Target], None]
    change_settings: Callable[[Callable[[Settings], Settings]], None]
    open_workspace: WorkspaceOpener
    close_workspace: Callable[[], None]  # with every handle, on the way to opening it in another way
    lock: Callable[[], None]
    undo: Callable[[], None]  # the last thing done, said in the top bar
    trial: Trial  # what is tried out without storing it
    tour: Tour
    evidence: EvidenceDesk


class Page(QWidget):
    """Base of all pages. A subclass builds its widgets, calls `arrange`, and overrides what it needs.

    The window calls `open` each time the page is shown, `reload` after something was stored, and `set_compact` when
    the window is lower than the design height.
    """

    hints_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.session = context.session
        self.theme = context.theme
        self.translate = context.translate
        self.target = Target(page="")
        self.is_compact = False
        self.is_held = False  # while the page must not be left
        self.folds: tuple[Fold, ...] = ()
        self.panes: tuple[QWidget, ...] = ()  # what F6 goes through, set by `arrange`
        self.hint_bar = HintBar(context.theme, self)
        self.hints_changed.connect(self._show_hints)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def arrange(self, centre: QWidget, *, left: QWidget | None = None, right: QWidget | None = None) -> None:
        """Lay out the panes: left and right stand full height, the hint bar runs under the centre alone."""
        self.panes = tuple(pane for pane in (left, centre, right) if pane is not None)
        row = QHBoxLayout(self)
        lines = QHBoxLayout()
        for pane, name, is_left in (
            (left, self.translate("Overview"), True),
            (right, self.translate("Details"), False),
        ):
            if pane is not None:
                fold = Fold(pane, row, pane.accessibleName() or name, self.theme, is_left=is_left)
                self.folds = (*self.folds, fold)
                lines.addWidget(fold.strip)
        self.panes = (*self.panes, *(fold.strip for fold in self.folds))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(lines)
        column.addWidget(centre, 1)
        column.addWidget(self.hint_bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if left is not None:
            row.addWidget(left)
        row.addLayout(column, 1)
        if right is not None:
            row.addWidget(right)
        self._show_hints()

    def open(self, target: Target) -> None:
        """Show what `target` names; called also when the page is shown already."""
        self.target = target

    def reload(self, changes: Changes) -> None:
        """Show again what `changes` touched; empty `touched` means anything."""

    def hints(self) -> Hints:
        """Return the keys of this page in groups, each with its label."""
        return ()

    def focus_first(self) -> None:
        """Put the focus where work begins; called after `open` and when Esc leaves a text field."""
        for pane in self.panes:
            if focus_into(pane):
                return

    def flush(self) -> None:
        """Store what is typed but not stored yet; called before the page is left, rebuilt or closed."""

    def go_back(self) -> bool:
        """Take one step back inside the page (Esc): close a pane that lies over it; False when there is none."""
        return any(fold.close() for fold in self.folds)

    def show_pane(self, pane: QWidget, is_wanted: bool) -> None:
        """Show a side pane, or in a narrow window its line; or hide both."""
        for fold in self.folds:
            if fold.pane is pane:
                fold.show_pane(is_wanted)

    def fit_width(self, width: int) -> None:
        """Fold the side panes for which a window so wide has no room."""
        for fold in self.folds:
            fold.fit(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep an open pane in its place."""
        super().resizeEvent(event)
        for fold in self.folds:
            fold.place()

    def set_compact(self, compact: bool) -> None:
        """Use the lower rows of a low window; override and call this first."""
        self.is_compact = compact

    def bind(self, keys: str, function: Callable[[], object]) -> QShortcut:
        """Call `function` on `keys` while the page has the focus; plain characters never fire inside text fields."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(function)
        return shortcut

    def bind_commands(self, where: str) -> None:
        """Bind the keys that the list of commands gives this page."""
        for command in commands_of(where):
            for key in command.keys if command.act else ():
                self.bind(key, getattr(self, command.act))

    def _show_hints(self) -> None:
        self.hint_bar.set_hints(self.hints())


def focus_into(pane: QWidget) -> bool:
    """Put the focus on the first widget in `pane` that takes it by Tab; return False when there is none."""
    for child in (pane, *pane.findChildren(QWidget)):
        takes_focus = child.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_focus and child.isVisible() and child.isEnabled() and child.focusProxy() is None:
            child.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
