"""What a conflict is about, and what each side of it says, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from diag_app.codec import canonical_json
from diag_app.forms.definition import Pack, Question
from diag_app.i18n.translator import Translator, mark
from diag_app.model.conflict import Conflict, Side
from diag_app.model.ops import EntityView, ValueState
from diag_app.ui.models.figures import target_name

REGISTERS: Mapping[str, str] = {  # by the part of a register before its colon
    "answer": mark("answer"),
    "number": mark("figure"),
    "scenario": mark("scenario level"),
    "note": mark("note"),
    "said": mark("view of a role"),
    "tick": mark("verified"),
    "ruling": mark("ruling"),
    "overruled": mark("explanation of a finding"),
    "metric": mark("metric"),
    "field": mark("field of the form"),
    "precondition": mark("precondition"),
    "pack": mark("pack"),
    "status": mark("status"),
    "visited_on": mark("days of the visit"),
    "name": mark("name"),
    "uscc": mark("credit code"),
    "size": mark("size figures"),
    "contact": mark("contact"),
    "caption": mark("caption"),
    "file": mark("version of the file"),
    "dates": mark("dates"),
    "target": mark("answers it serves"),
    "title": mark("title"),
    "owner_words": mark("owner's words"),
    "process": mark("process"),
    "pain": mark("pain"),
    "wish": mark("wish"),
    "barrier": mark("barrier"),
    "priority": mark("priority"),
    "target_level": mark("target level"),
    "plan": mark("plan"),
    "same": mark("the same firm"),
    "custody": mark("who has the case"),
    "industry": mark("industry"),
    "address": mark("address"),
    "founded_on": mark("founded on"),
    "products": mark("products"),
    "processes": mark("processes"),
    "equipment": mark("equipment"),
    "software": mark("software"),
    "is_demonstration": mark("demonstration mark"),
    "participant": mark("person on the visit"),
    "review": mark("state of the review"),
    "about": mark("what a comment is about"),
    "resolved": mark("settled"),
    "text": mark("text"),
    "entered": mark("tick of the fill-in sheet"),
    "guide": mark("tick of the guide"),
    "paper": mark("paper at hand"),
    "previsit": mark("workbook taken in"),
    "visit": mark("times of a visit day"),
    "drawn_signature": mark("drawn signature"),
    "survey_agenda": mark("agenda of the visit"),
    "survey_summary": mark("summary of the visit"),
    "survey_photo": mark("group photo"),
    "started_on": mark("start day"),
    "place": mark("place of the picture"),
    "keeps_place": mark("whether the place stays"),
    "training": mark("training"),
    "form_id": mark("form"),
    "scenario_id": mark("scenario"),
    "depths": mark("depths"),
    "technologies": mark("technologies"),
    "benefits": mark("benefits"),
    "assumption": mark("assumption"),
    "amount": mark("cost or benefit"),
    "terms": mark("rate and years"),
    "cost": mark("price"),
    "provider": mark("provider"),
    "weeks": mark("weeks it takes"),
    "state": mark("state of the measure"),
    "definition": mark("definition of the measure"),
    "measure_id": mark("measure"),
    "issued": mark("issue"),
    "settled": mark("reason of a decision"),
    "refusal": mark("sent back by the city"),
    "orphan": mark("reason of a loose end"),
    "portal": mark("item of the firm file"),
    "stated": mark("as the firm stated it"),
    "earlier": mark("answer to an earlier version"),
}
ENTITIES: Mapping[str, str] = {
    "enterprise": mark("firm"),
    "assessment": mark("diagnosis"),
    "need": mark("need"),
    "evidence": mark("evidence item"),
    "contact": mark("contact"),
    "comment": mark("comment"),
    "assumption": mark("assumption"),
    "amount": mark("cost or benefit"),
    "measure": mark("measure"),
    "proposal": mark("proposal"),
    "participant": mark("person on the visit"),
}
_RANGE = ("label", "low", "likely", "high", "unit", "source", "dated", "owner")
_OVER = ("stated", "earlier")  # + register: said beside the value that it shows
_NAMED = 5  # of what was written below something that was deleted, so many are named


def title_words(conflict: Conflict, view: EntityView, pack: Pack | None, translate: Translator) -> str:
    """Return what two laptops disagree about: an answer by its name, a register of something else with that."""
    if conflict.kind == "deletion":
        return entity_words(view, translate)
    about = register_words(conflict.register, pack, translate)
    if conflict.entity_kind in ("assessment", "enterprise"):
        return about
    return translate("{name}: {value}", name=entity_words(view, translate), value=about)


def entity_words(view: EntityView, translate: Translator) -> str:
    """Return what an entity is, with its own name where it has one."""
    kind = translate(ENTITIES[view.kind]) if view.kind in ENTITIES else view.kind
    file, contact = view.value("file", {}), view.value("contact", {})
    names = (view.value("title"), view.value("name"), _named(file), _named(contact))
    name = next((str(name) for name in names if name), "")
    return translate("{kind} {name}", kind=kind, name=name) if name else kind


def register_words(register: str, pack: Pack | None, translate: Translator) -> str:
    """Return what a register is called; one without a name of its own as it is."""
    base, _, language = register.partition("@")  # words of a value in another language stand beside it
    kind, _, rest = base.partition(":")
    name = translate(REGISTERS[kind]) if kind in REGISTERS else base
    if language:
        return f"{register_words(base, pack, translate)} ({language})"
    if kind in _OVER and rest:
        return translate("{name}: {value}", name=register_words(rest, pack, translate), value=name)
    target = rest.partition(":")[0]
    if not target or pack is None:
        return f"{name} {target}".rstrip()
    if kind == "number":
        return _number_words(target, pack, translate)
    called = target_name(pack, target, translate.language)
    return called if kind in ("answer", "scenario") else translate("{name}: {value}", name=called, value=name)


def _number_words(number_id: str, pack: Pack, translate: Translator) -> str:
    """Return a figure by the question beside which it is asked, and its own label."""
    labels = {number.number_id: number.label.text(translate.language) for number in pack.numbers}
    asked = [item.question_id for item in pack.questions if number_id in (*item.numbers, *item.more_numbers)]
    name = labels.get(number_id, number_id)
    if not asked:
        return name
    return translate("{name}: {value}", name=target_name(pack, asked[0], translate.language), value=name)


def side_words(
    conflict: Conflict, side: Side, pack: Pack | None, translate: Translator, below: Sequence[EntityView] = ()
) -> str:
    """Return what a side says; `below` are the entities in which it wrote below the one in question."""
    if side.is_deletion:
        return translate("deleted")
    if conflict.kind == "deletion":
        names = dict.fromkeys(register_words(register, pack, translate) for register in side.registers)
        others = [entity_words(view, translate) for view in below[:_NAMED]] + ["…"] * (len(below) > _NAMED)
        comma = "、" if translate.language == "zh" else ", "
        lines = [translate("edited: {names}", names=comma.join(names))] if names else []
        lines += [translate("written in it: {names}", names=comma.join(others))] if others else []
        return "\n".join(lines) or translate("brought back")
    if side.value_state is not ValueState.PRESENT:
        return translate("erased") if side.value_state is ValueState.REDACTED else translate("left out of this copy")
    if side.is_misshapen:
        return translate("cannot be read")
    words = value_words(conflict.register, side.value, pack, translate)
    others = [other.value for other in conflict.sides if other.value != side.value]
    if any(value_words(conflict.register, other, pack, translate) == words for other in others):
        return " · ".join(_leaves(side.value)) or words  # one name and two telephone numbers: all of it is shown
    return words


def value_words(register: str, value: Any, pack: Pack | None, translate: Translator) -> str:
    """Return a value as a person reads it."""
    kind, _, target = register.partition(":")
    if value is None:
        return translate("cleared")
    if isinstance(value, dict):
        return _mapping_words(kind, target, value, pack, translate)
    if isinstance(value, list):
        return " · ".join(map(str, value)) or translate("cleared")
    if kind == "number" and pack is not None:
        units = {number.number_id: number.unit.text(translate.language) for number in pack.numbers}
        return f"{value} {units.get(target, '')}".strip()
    return str(value)


def _mapping_words(kind: str, target: str, value: Mapping[str, Any], pack: Pack | None, translate: Translator) -> str:
    if kind == "answer" and pack is not None:
        questions = [item for item in pack.questions if item.question_id == target]
        return "\n".join(_option_words(key, questions, translate) for key in value.get("options", ()))
    if "level" in value:
        return translate("level {level}", level=value["level"])
    if "not_applicable" in value:
        return translate("not applicable: {reason}", reason=value["not_applicable"])
    if "same" in value:
        return translate("the same firm") if value["same"] else translate("not the same firm")
    if "likely" in value:
        return " · ".join(str(value[name]) for name in _RANGE if value.get(name))
    named = [str(value[name]) for name in ("reference", "name", "value", "reason", "holder") if value.get(name)]
    return " · ".join(named or _leaves(value)) or canonical_json(value).decode()


def _leaves(value: Any) -> list[str]:
    """Return the words and figures in a value, without what is empty; a drawing is none."""
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in _leaves(part)]
    if isinstance(value, list):
        return [str(part) for part in value if not isinstance(part, list | dict)]
    return [str(value)] if value not in (None, "") else []


def _option_words(key: str, questions: list[Question], translate: Translator) -> str:
    texts = [
        option.label.text(translate.language) for item in questions for option in item.options if option.key == key
    ]
    return " ".join((key, *texts))


def _named(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else None
