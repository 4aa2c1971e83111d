"""What the roles say of one answer, as rows to show and to edit."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.forms.definition import Language, Pack
from diag_app.model.review import Position, Role, Views
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.what_if import after_press


@dataclass(frozen=True, kw_only=True)
class RoleRow:
    """One role: what it is called, what it answers (empty where it was not asked), whether it differs."""

    role_id: str
    name: str
    short: str
    position: Position
    differs: bool


def role_rows(roles: tuple[Role, ...], views: Views | None, language: Language) -> tuple[RoleRow, ...]:
    """Return every role in the order of the list; where two laptops recorded different things the last is shown."""
    said = {item.role_id: item.position for item in views.said} if views is not None else {}
    agreed = views.agreed if views is not None else ()
    return tuple(
        RoleRow(
            role_id=role.role_id,
            name=role.label.text(language),
            short=role.short.text(language),
            position=said.get(role.role_id, ()),
            differs=role.role_id in said and said[role.role_id] != agreed,
        )
        for role in roles
    )


def choices(pack: Pack, target: str) -> tuple[str, ...]:
    """Return what can be answered: the option keys of a question, the levels of a scenario."""
    for question in pack.questions:
        if question.question_id == target:
            return tuple(option.key for option in question.options)
    return tuple(str(level) for level in range(len(pack.scenario(target).criteria) + 1))


def pressed(case: CaseView, target: str, position: Position, key: str) -> Position:
    """Return what a role answers after a press of `key`, as on the question itself; a second press takes it back."""
    if position == (key,):
        return ()
    for question in case.pack.questions:
        if question.question_id == target:
            return after_press(question, position, key)
    return (key,)


def position_text(position: Position) -> str:
    """Return an answer in few letters, as on a chip."""
    return " ".join(position) if position else "–"
