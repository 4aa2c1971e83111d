"""The answers that are tried out in this window, of one assessment at a time; they are forgotten, never stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:  # the first paint does not wait for what they stand on
    from diag_app.ui.models.case import CaseView
    from diag_app.ui.models.what_if import WhatIf


class Trial(QObject):
    """Shared by the pages of a case, so that what is tried on one is seen on all. `changed()` after each try."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._assessment_id = ""
        self._what_if: WhatIf | None = None  # while nothing is tried

    def is_on(self, assessment_id: str | None) -> bool:
        """Return whether answers of this assessment are tried out now."""
        return bool(assessment_id) and assessment_id == self._assessment_id

    def begin(self, assessment_id: str) -> None:
        """Try out answers of this assessment from now on."""
        from diag_app.ui.after_paint import WhatIf  # noqa: PLC0415

        self._assessment_id, self._what_if = assessment_id, WhatIf()
        self.changed.emit()

    def end(self) -> None:
        """Forget what was tried."""
        self._assessment_id, self._what_if = "", None
        self.changed.emit()

    def leave(self, assessment_id: str | None) -> None:
        """Forget what was tried when another case is shown, or none."""
        if self._assessment_id and not self.is_on(assessment_id):
            self.end()

    def attempt(self, change: Callable[[WhatIf], WhatIf]) -> None:
        """Try one thing more."""
        if self._what_if is not None:
            self._what_if = change(self._what_if)
            self.changed.emit()

    def applied(self, case: CaseView) -> CaseView:
        """Return the case with what is tried, or as it is stored while nothing is."""
        if self._what_if is None or not self.is_on(case.assessment.assessment_id):
            return case
        return self._what_if.applied(case)
