"""Taking back and doing again, with the words that say what was turned."""

from __future__ import annotations

from diag_app.i18n.operation_words import operation_word
from diag_app.i18n.translator import Translator
from diag_app.ui.pages.page import Target
from diag_app.ui.session import Session


def turn_back(session: Session, target: Target, translate: Translator, *, redo: bool) -> str:
    """Undo or redo the last operation of the case shown, or of the workspace; say what, or nothing if refused."""
    from diag_app.ui.after_paint import (  # noqa: PLC0415 - the first paint does not wait for it
        answer_words,
        next_redo,
        next_undo,
        read_answers,
    )

    scope, shown = target.enterprise_id, target.assessment_id
    name = session.read(next_redo if redo else next_undo, scope)
    before = session.read(read_answers, shown) if shown is not None else None
    if (session.redo(scope) if redo else session.undo(scope)) is None:
        return ""
    word = operation_word(name or "", translate)
    if before is not None and shown is not None and name != "start_assessment":
        after = session.read(read_answers, shown)
        if after is not None:
            earlier, later = (before[0], after[0]) if redo else (after[0], before[0])
            word = answer_words(earlier, later, before[1], translate) or word
    return translate("Redone: {what}", what=word) if redo else translate("Undone: {what}", what=word)
