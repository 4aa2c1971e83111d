"""The palette: what is typed into the box of the top bar finds pages, questions, scenarios, firms and commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from diag_app.i18n.translator import mark
from diag_app.ui.commands import CASE_PLACES, EVERYWHERE, PLACES, Command, commands_of
from diag_app.ui.frame import Frame
from diag_app.ui.models.palette import FOUND, LAST, EntryKind, PaletteEntry, ranked
from diag_app.ui.pages.page import Target
from diag_app.ui.session import Session
from diag_app.ui.widgets.palette_list import PaletteList

KINDS: Mapping[EntryKind, str] = {
    "page": mark("page"),
    "question": mark("question"),
    "scenario": mark("scenario"),
    "firm": mark("firm"),
    "command": mark("command"),
}
_FIRMS, _KEPT = 8, 30
_SEARCH_FIRMS = "firms"


class Finder(QObject):
    """Joins the box and the list under it, remembers what was used last, and opens what is picked."""

    def __init__(self, window: QWidget, session: Session, frame: Callable[[], Frame], target: Callable[[], Target]):
        super().__init__(window)
        self._window, self._session, self._frame, self._target = window, session, frame, target
        self._entries: tuple[PaletteEntry, ...] = ()
        self._before: QWidget | None = None
        self.recent: list[str] = []
        self.list: PaletteList | None = None

    def attach(self, frame: Frame) -> None:
        """Serve the box of a new frame."""
        context, search = frame.context, frame.top_bar.search
        kinds = {kind: context.translate(word) for kind, word in KINDS.items()}
        self.list = PaletteList(context.theme, context.translate, kinds, frame)
        self.list.picked.connect(self._pick)
        search.textChanged.connect(self._on_typed)
        search.opened.connect(self.open)
        search.stepped.connect(self._step)
        search.returnPressed.connect(self._enter)
        search.left.connect(self._leave)

    @property
    def is_open(self) -> bool:
        """Return whether the list is shown."""
        return self.list is not None and self.list.isVisible()

    def open(self) -> None:
        """Put the focus into the box and show what was used last."""
        search = self._frame().top_bar.search
        focus = QApplication.focusWidget()
        if focus is not search:
            self._before = focus
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()
        self._entries = self._gathered()
        self._show(search.text())

    def close(self) -> None:
        """Hide the list, empty the box, and put the focus back where it was."""
        search = self._frame().top_bar.search
        self._hide()
        search.blockSignals(True)
        search.clear()
        search.blockSignals(False)
        if search.hasFocus():
            page = self._frame().page
            if self._before is not None and _is_there(self._before, self._frame()):
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            elif page is not None:
                page.focus_first()

    def remember(self, entry_id: str) -> None:
        """Take note that something was used, so that it stands first the next time."""
        self.recent = [entry_id, *(other for other in self.recent if other != entry_id)][:_KEPT]

    def found(self, query: str) -> tuple[PaletteEntry, ...]:
        """Return what `query` finds now, the best first."""
        from diag_app.ui.after_paint import abbreviations  # noqa: PLC0415 - the first paint does not wait for it

        return ranked(query, (*self._entries, *self._firms(query)), self.recent, abbreviations)

    def _on_typed(self, text: str) -> None:
        if self._frame().top_bar.search.hasFocus():
            self._show(text)

    def _show(self, text: str) -> None:
        if not self._entries:
            self._entries = self._gathered()
        frame = self._frame()
        search = frame.top_bar.search
        if self.list is not None:
            under = search.mapTo(frame, search.rect().bottomLeft())
            self.list.show_entries(self.found(text), QPointF(under.x(), under.y() + 4), frame.size())
            self._say()

    def _step(self, by: int) -> None:
        if self.list is None:
            return
        if self.is_open:
            self.list.step(by)
            self._say()
        else:
            self.open()

    def _say(self) -> None:
        """Tell screen readers which line is chosen, since the focus stays in the box."""
        if self.list is not None and self.list.current is not None:
            self._frame().top_bar.search.setAccessibleDescription(self.list.model.words_of(self.list.current))

    def _enter(self) -> None:
        entry = self.list.current if self.list is not None and self.is_open else None
        if entry is not None:
            self._pick(entry)

    def _leave(self) -> None:
        self._hide()

    def _hide(self) -> None:
        self._entries = ()
        self._frame().top_bar.search.setAccessibleDescription("")
        if self.list is not None:
            self.list.hide()

    def _pick(self, entry: PaletteEntry) -> None:
        self.remember(entry.entry_id)
        query = self._frame().top_bar.search.text().strip()
        self.close()
        # Later: a page made now must not be built inside the key press that closes the list.
        QTimer.singleShot(0, self, lambda: self._open_entry(entry, query))

    def _open_entry(self, entry: PaletteEntry, query: str) -> None:
        kind, _, key = entry.entry_id.partition(":")
        navigate, here = self._frame().context.navigate, self._target()
        if kind == "page":
            navigate(replace(here, page=key, item=None) if key in CASE_PLACES else Target(page=key))
        elif kind in ("question", "scenario"):
            navigate(replace(here, page="diagnosis" if kind == "question" else "board", item=key))
        elif kind == "firm" and key == _SEARCH_FIRMS:
            navigate(Target(page="firms", item=query))
        elif kind == "firm":
            navigate(self._place_of(key))
        else:
            where, _, act = key.partition(":")
            owner = self._window if where == EVERYWHERE else self._frame().page
            getattr(owner, act)()

    def _place_of(self, enterprise_id: str) -> Target:
        """Return where a firm is opened: its newest diagnosis, or its profile, for none is begun by looking for it."""
        from diag_app.ui.after_paint import find_assessments  # noqa: PLC0415

        found = self._session.read(find_assessments, enterprise_id) or ()
        newest = found[-1].assessment_id if found else None
        return Target(page="diagnosis" if found else "profile", enterprise_id=enterprise_id, assessment_id=newest)

    def _gathered(self) -> tuple[PaletteEntry, ...]:
        """Return all entries but the firms, which the store finds."""
        translate, target = self._frame().context.translate, self._target()
        pages = tuple(
            PaletteEntry(entry_id=f"page:{page}", kind="page", text=translate(name))
            for page, name in PLACES.items()
            if self._is_offered(page, target)
        )
        commands = (*commands_of(EVERYWHERE), *commands_of(target.page))
        return (
            *pages,
            *self._answers(target),
            *(self._command(command) for command in commands if command.act and command.act != "open_palette"),
        )

    def _is_offered(self, page: str, target: Target) -> bool:
        if page in CASE_PLACES:
            return target.enterprise_id is not None
        return self._session.is_open or page in ("settings", "keys", "first_run")

    def _command(self, command: Command) -> PaletteEntry:
        name = self._frame().context.translate(command.name)
        entry_id = f"command:{command.where}:{command.act}"
        return PaletteEntry(entry_id=entry_id, kind="command", text=name[:1].upper() + name[1:], keys=command.keys)

    def _answers(self, target: Target) -> tuple[PaletteEntry, ...]:
        if target.assessment_id is None or not self._session.is_open:
            return ()
        from diag_app.ui.after_paint import assessment_pack  # noqa: PLC0415

        pack = self._session.read(assessment_pack, target.assessment_id)
        if pack is None:
            return ()
        language = self._frame().context.translate.language
        questions = tuple(
            PaletteEntry(
                entry_id=f"question:{question.question_id}",
                kind="question",
                code=question.question_id,
                text=question.name.text(language),
            )
            for question in pack.questions
        )
        scenarios = tuple(
            PaletteEntry(
                entry_id=f"scenario:{scenario.scenario_id}", kind="scenario", text=scenario.label.text(language)
            )
            for scenario in pack.scenarios
        )
        return (*questions, *scenarios)

    def _firms(self, query: str) -> tuple[PaletteEntry, ...]:
        if not query.strip() or not self._session.is_open:
            return ()
        from diag_app.ui.after_paint import find_names  # noqa: PLC0415

        translate = self._frame().context.translate
        rows = self._session.read(find_names, query, limit=_FIRMS) or ()
        found = tuple(
            PaletteEntry(
                entry_id=f"firm:{row.enterprise_id}",
                kind="firm",
                text=row.name,
                detail=row.uscc or "",
                else_rank=FOUND,
            )
            for row in rows
        )
        everything = translate("Search all firms for “{text}”", text=query.strip())
        last = PaletteEntry(entry_id=f"firm:{_SEARCH_FIRMS}", kind="firm", text=everything, else_rank=LAST)
        return (*found, last)


def _is_there(widget: QWidget, frame: Frame) -> bool:
    """Return whether the widget, perhaps destroyed meanwhile, can still take the focus."""
    return isValid(widget) and frame.isAncestorOf(widget) and widget.isVisible()
