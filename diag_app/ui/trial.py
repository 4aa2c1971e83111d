"""The answers that are tried out in this window, of one assessment at a time; they are forgotten, never stored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from diag_app.ui.models.case import CaseView
from diag_app.ui.models.what_if import WhatIf


class Trial(QObject):
    """Shared by the pages of a case, so that what is tried on one is seen on all. `changed()` after each try."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._assessment_id = ""
        self._what_if = WhatIf()

    def is_on(self, assessment_id: str | None) -> bool:
        """Return whether answers of this assessment are tried out now."""
        return bool(assessment_id) and assessment_id == self._assessment_id

    def begin(self, assessment_id: str) -> None:
        """Try out answers of this assessment from now on."""
        self._assessment_id, self._what_if = assessment_id, WhatIf()
        self.changed.emit()

    def end(self) -> None:
        """Forget what was tried."""
        self._assessment_id, self._what_if = "", WhatIf()
        self.changed.emit()

    def leave(self, assessment_id: str | None) -> None:
        """Forget what was tried when another case is shown, or none."""
        if self._assessment_id and not self.is_on(assessment_id):
            self.end()

    def attempt(self, change: Callable[[WhatIf], WhatIf]) -> None:
        """Try one thing more."""
        self._what_if = change(self._what_if)
        self.changed.emit()

    def applied(self, case: CaseView) -> CaseView:
        """Return the case with what is tried, or as it is stored while nothing is."""
        return self._what_if.applied(case) if self.is_on(case.assessment.assessment_id) else case
