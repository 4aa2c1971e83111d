"""What the window says at all times: saved when, how much is not delivered, whose case, encrypted or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from diag_app.i18n.translator import Translator
from diag_app.model.ops import Changes
from diag_app.ui.frame import Frame
from diag_app.ui.pages.page import Target
from diag_app.ui.session import Session

if TYPE_CHECKING:
    from diag_app.ui.case_facts import CaseFacts

_COUNT_MS = 250


class Standing(QObject):
    """Reads what the bars show and shows it, soon after a change and never in the way of a key press."""

    def __init__(self, session: Session, frame: Callable[[], Frame], target: Callable[[], Target]) -> None:
        super().__init__(session)
        self._session, self._frame, self._target = session, frame, target
        self._is_demonstration = False
        self.turned_back = ""  # what undo or redo did last, until the next change
        self.title = ""
        self._soon = _timer(self, 0, self.show)
        self._later = _timer(self, _COUNT_MS, self.count)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show everything again in a moment."""
        if changes is None or changes.operation in ("", "add_enterprise", "undo", "redo"):
            self._is_demonstration = self._holds_demonstration()
        self._soon.start()
        self._later.start()

    def show(self) -> None:
        """Show case header, title, demonstration chip and what was saved."""
        self._soon.stop()
        frame = self._frame()
        translate, facts = frame.context.translate, self._case_facts()
        if facts is not None:
            frame.header.show_case(facts, self._target().page)
        is_demonstration = self._is_demonstration if facts is None else facts.is_demonstration
        frame.top_bar.demonstration.setVisible(is_demonstration)
        frame.top_bar.plain.setVisible(self._session.is_open and self._session.key is None)
        frame.top_bar.reading.setVisible(self._session.elsewhere is not None)
        frame.top_bar.saved.set_text(self._saved_text(translate))
        name = translate("QiZhen 企诊")
        self.title = f"{name} — {facts.name}" if facts is not None else name
        frame.window().setWindowTitle(self.title)

    def count(self) -> None:
        """Count what is not delivered, and what two laptops disagree about."""
        self._later.stop()
        frame, total, conflicts = self._frame(), None, 0
        if self._session.is_open:
            from diag_app.ui.after_paint import count_conflicts, undelivered  # noqa: PLC0415

            found = self._session.read(undelivered)
            total = None if found is None else found.total
            conflicts = sum((self._session.read(count_conflicts) or {}).values())
        frame.rail.set_conflicts(conflicts)
        frame.top_bar.show_undelivered(total)
        frame.rail.set_undelivered(total or 0)

    def _saved_text(self, translate: Translator) -> str:
        if self.turned_back:
            return self.turned_back
        if self._session.saved_at is None:
            return translate("Ready")
        return translate("Saved {time}", time=self._session.saved_at.astimezone().strftime("%H:%M"))

    def _case_facts(self) -> CaseFacts | None:
        target = self._target()
        if target.enterprise_id is None or not self._session.is_open:
            return None
        from diag_app.ui.after_paint import load_case_facts  # noqa: PLC0415

        translate = self._frame().context.translate
        return self._session.read(load_case_facts, target.enterprise_id, target.assessment_id, translate)

    def _holds_demonstration(self) -> bool:
        if not self._session.is_open:
            return False
        from diag_app.ui.after_paint import holds_demonstration  # noqa: PLC0415

        return bool(self._session.read(holds_demonstration))


def _timer(parent: QObject, milliseconds: int, function: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(function)
    return timer
