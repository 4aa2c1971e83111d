"""Conflicts as the cards show them: both sides in words, what speaks for each, and where to look."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.forms.definition import Pack
from diag_app.i18n.translator import Translator
from diag_app.model.conflict import Conflict, Side
from diag_app.model.ops import ValueState
from diag_app.operations.assessment import readable_pack
from diag_app.operations.conflicts import SideFacts, find_conflicts, is_joinable, weigh_sides
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.workspace import Workspace
from diag_app.ui.models.conflict_words import side_words, title_words
from diag_app.ui.models.figures import level_name, local_time, score_text

_PAGES = {"need": "needs", "evidence": "evidence", "measure": "path", "amount": "needs", "assumption": "needs"}
_OF_THE_VISIT = ("survey_", "visited_on", "visit:", "drawn_signature:", "guide:", "paper:")


@dataclass(frozen=True, kw_only=True)
class SideRow:
    """One side: who, on which device and when; what it says; what follows from it and who has which evidence."""

    op_id: str
    who: str
    device: str
    when: str
    value: str
    consequence: str
    evidence: tuple[str, ...]
    reason: str
    can_stand: bool  # its value is here
    action: str  # what the button says


@dataclass(frozen=True, kw_only=True)
class ConflictRow:
    """One thing to decide. `page` and `item` are where a third value is entered."""

    entity: str
    register: str
    title: str
    firm: str
    is_text: bool
    is_deletion: bool
    sides: tuple[SideRow, ...]
    page: str
    item: str | None
    enterprise_id: str
    assessment_id: str | None

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells it from others."""
        return self.entity, self.register


def load_conflicts(
    workspace: Workspace, translate: Translator, enterprise_id: str | None = None
) -> tuple[ConflictRow, ...]:
    """Read all that is to decide, of one firm or of all, in words."""
    firms: dict[str, str] = {}
    rows = []
    for conflict in find_conflicts(workspace, enterprise_id):
        if conflict.case not in firms:
            firms[conflict.case] = load_enterprise(workspace, conflict.case).profile.name
        rows.append(_row(workspace, conflict, firms[conflict.case], translate))
    return tuple(rows)


def _row(workspace: Workspace, conflict: Conflict, firm: str, translate: Translator) -> ConflictRow:
    assessment_id = _assessment_of(workspace, conflict)
    pack = readable_pack(workspace, assessment_id) if assessment_id else None
    facts = weigh_sides(workspace, conflict)
    page, item = place_of(conflict, pack)
    return ConflictRow(
        entity=conflict.entity,
        register=conflict.register,
        title=title_words(conflict, workspace.store.entity(conflict.entity), pack, translate),
        firm=firm,
        is_text=conflict.kind == "values" and is_joinable(conflict.register),
        is_deletion=conflict.kind == "deletion",
        sides=tuple(
            _side(workspace, conflict, side, fact, pack, translate)
            for side, fact in zip(conflict.sides, facts, strict=True)
        ),
        page=page,
        item=item,
        enterprise_id=conflict.case,
        assessment_id=assessment_id,
    )


def _side(
    workspace: Workspace, conflict: Conflict, side: Side, fact: SideFacts, pack: Pack | None, translate: Translator
) -> SideRow:
    name, *rest = side.actor.split(" · ")
    device = translate("this laptop") if side.replica == workspace.store.replica else (rest[-1] if rest else "")
    return SideRow(
        op_id=side.op_id,
        who=name or translate("somebody"),
        device=device,
        when=local_time(side.at),
        value=side_words(conflict, side, pack, translate, [workspace.store.entity(each) for each in side.entities]),
        consequence=_consequence(fact, pack, translate),
        evidence=tuple(item.name for item in fact.evidence),
        reason=side.reason,
        can_stand=conflict.kind == "deletion" or (side.value_state is ValueState.PRESENT and not side.is_misshapen),
        action=_action(conflict, side, name, translate),
    )


def _action(conflict: Conflict, side: Side, name: str, translate: Translator) -> str:
    if conflict.kind == "deletion":
        return translate("Delete it") if side.is_deletion else translate("Keep it")
    return translate("Take what {name} has", name=name)


def _consequence(fact: SideFacts, pack: Pack | None, translate: Translator) -> str:
    if fact.consequence is None or pack is None:
        return ""
    level = fact.consequence.level
    name = level_name(pack, level, translate.language)
    words = translate("level {level} {name}", level=level, name=name) if level else translate("no level")
    return translate("{score} points in all, {level}", score=score_text(fact.consequence.score), level=words)


def place_of(conflict: Conflict, pack: Pack | None) -> tuple[str, str | None]:
    """Return the page and the item on it where this is entered or looked at."""
    if conflict.entity_kind == "participant" or conflict.register.startswith(_OF_THE_VISIT):
        return "visit", None
    target = conflict.register.partition(":")[2]
    if conflict.entity_kind != "assessment" or pack is None:
        page = _PAGES.get(conflict.entity_kind, "profile")
        return page, conflict.entity if page in ("needs", "evidence") else None
    for question in pack.questions:
        if target in (question.question_id, *question.numbers, *question.more_numbers):
            return "diagnosis", question.question_id
    if any(scenario.scenario_id == target for scenario in pack.scenarios):
        return "board", target
    return "profile", None


def _assessment_of(workspace: Workspace, conflict: Conflict) -> str | None:
    """Return the assessment that this belongs to, or null for what is the firm's own."""
    entity, seen = conflict.entity, set[str]()
    while entity and entity not in seen:
        seen.add(entity)
        view = workspace.store.entity(entity)
        if view.kind == "assessment":
            return entity
        entity = view.parent or ""
    return None
