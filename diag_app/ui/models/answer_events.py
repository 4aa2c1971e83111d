"""The history of one answer in words: what was done, by whom, when, on which device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diag_app.i18n import Translator
from diag_app.i18n.operation_words import operation_word
from diag_app.model.answer_history import AnswerEvent
from diag_app.model.ops import ValueState
from diag_app.model.review import Role
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import local_time

_LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One line of the history: what, and below it who and when."""

    what: str
    who: str
    is_undo: bool


def event_lines(
    events: tuple[AnswerEvent, ...], case: CaseView, roles: tuple[Role, ...], translate: Translator
) -> tuple[EventLine, ...]:
    """Return the events in words, in the order given."""
    names = {item.evidence_id: item.name for item in case.evidence}
    called = {role.role_id: role.label.text(translate.language) for role in roles}
    return tuple(
        EventLine(
            what=_what(event, case, {**names, **called}, translate),
            who=" · ".join((local_time(event.at), _actor(event.actor) or translate("somebody"))),
            is_undo=event.operation in ("undo", "redo"),
        )
        for event in events
    )


def _actor(text: str) -> str:
    """Return name and device of who acted; the firm between them is the reader's own."""
    name, *rest = text.split(" · ")
    return " · ".join((name, *rest[-1:]))


def _what(event: AnswerEvent, case: CaseView, names: Mapping[str, str], translate: Translator) -> str:
    prefix = f"{operation_word(event.operation, translate)}: " if event.operation in ("undo", "redo") else ""
    if event.kind in ("evidence_added", "evidence_removed", "file"):
        return prefix + _evidence(event, names.get(event.subject, translate("a file taken off")), translate)
    words = _value(event, translate)
    if event.kind == "figure":
        label = case.pack.number(event.subject).label.text(translate.language)
        return prefix + translate("{name}: {value}", name=label, value=words)
    if event.kind == "said":
        return prefix + translate("{name}: {value}", name=names.get(event.subject, event.subject), value=words)
    titles = {
        "answer": translate("Answer"),
        "level": translate("Level"),
        "note": translate("Note"),
        "tick": translate("Verified"),
        "ruling": translate("Ruling"),
    }
    return prefix + translate("{name}: {value}", name=titles[event.kind], value=words)


def _evidence(event: AnswerEvent, name: str, translate: Translator) -> str:
    if event.kind == "evidence_added":
        return translate("Evidence added: {name}", name=name)
    if event.kind == "evidence_removed":
        return translate("Evidence removed: {name}", name=name)
    return translate("New version of {name}", name=name)


def _value(event: AnswerEvent, translate: Translator) -> str:
    if event.value_state is not ValueState.PRESENT:
        return translate("erased") if event.value_state is ValueState.REDACTED else translate("left out of this copy")
    if event.is_misshapen:
        return translate("cannot be read")
    value: Any = event.value
    if value is None:
        return translate("taken back") if event.kind == "tick" else translate("cleared")
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    return _mapping_text(value, translate)


def _mapping_text(value: Mapping[str, Any], translate: Translator) -> str:
    if "options" in value:
        return " ".join(value["options"])
    if "level" in value:
        return str(value["level"])
    if "reason" in value:
        return str(value["reason"])
    if "not_applicable" in value:
        return translate("not applicable: {reason}", reason=value["not_applicable"])
    return str(value.get("by") or "✓")
