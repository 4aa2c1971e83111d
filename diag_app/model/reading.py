"""Facts read from entity views: the one place that knows which register holds what.

A text is recorded in the language it was said in; `<register>@en` may hold its English words. Reading in a language
takes those words where they stand, and what was recorded where they do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from diag_app.forms.answers import Answers, ScenarioAnswer
from diag_app.forms.definition import Language
from diag_app.model.calculators.definition import Entry, Working
from diag_app.model.edition import ENTERPRISE, PROPOSAL
from diag_app.model.facts import (
    Assessment,
    BaselineMetric,
    Contact,
    EnterpriseProfile,
    Evidence,
    IssuedFile,
    IssuedProposal,
    Overruling,
    Place,
    PreconditionState,
    ScenarioNeed,
)
from diag_app.model.json_shape import read_as
from diag_app.model.ops import EntityView

PROFILE_TEXTS = ("name", "industry", "uscc", "address", "founded_on", "products", "processes", "equipment", "software")
ENTERED = "entered:"  # + field id: ticked on the fill-in sheet; no part of the diagnosis
GUIDE_DONE = "guide:"  # + item id: ticked in the interview guide
PAPER = "paper:"  # + paper id: whether the firm has it at hand
STATED = "stated:"  # + register: a figure, or why a scenario does not apply, as the firm stated it before the visit
PREVISIT = "previsit"  # which workbook was taken in
CUSTODY = "custody"  # who has the case
REVIEW = "review"  # returned for correction, corrected
PORTAL = "portal:"  # + item of a city platform's firm file: typed; on evidence, which item it is the final file for
WORKING_NOTES = (
    ENTERED,
    GUIDE_DONE,
    PAPER,
    STATED,
    PREVISIT,
    CUSTODY,
    REVIEW,
    PORTAL,
)  # registers that change nothing in a report
NEED_TEXTS = ("form_id", "scenario_id", "title", "owner_words", "process", "pain", "wish", "training")
NEED_TAGS = ("depths", "technologies", "benefits")


def profile_registers(profile: EnterpriseProfile) -> dict[str, Any]:
    """Return the profile as {register: value}; null clears. Figures that decide the size class are one register."""
    registers: dict[str, Any] = {name: getattr(profile, name) or None for name in PROFILE_TEXTS}
    registers["size"] = {
        "sector": profile.sector,
        "employees": profile.employees,
        "revenue_10k_cny": _text(profile.revenue_10k_cny),
        "assets_10k_cny": _text(profile.assets_10k_cny),
    }
    registers["is_demonstration"] = True if profile.is_demonstration else None
    return registers


def profile_from(view: EntityView, language: Language | None = None) -> EnterpriseProfile:
    """Return the profile recorded in an enterprise's registers, texts in `language` where it was given."""
    size = view.value("size", {})
    return EnterpriseProfile(
        uscc=view.value("uscc"),
        industry=view.value("industry"),
        sector=size.get("sector", "industry"),
        employees=size.get("employees"),
        revenue_10k_cny=_decimal(size.get("revenue_10k_cny")),
        assets_10k_cny=_decimal(size.get("assets_10k_cny")),
        is_demonstration=view.value("is_demonstration", False),
        **{name: spoken(view, name, language, "") for name in PROFILE_TEXTS if name not in ("uscc", "industry")},
    )


def contact_from(view: EntityView, language: Language | None = None) -> Contact:
    """Return the contact recorded in its one register."""
    stored = spoken(view, "contact", language, {"name": ""})
    return read_as(Contact, stored, contact_id=view.entity_id, enterprise_id=view.case)


def answer_registers(answers: Answers) -> dict[str, Any]:
    """Return all answers as {register: value}."""
    return {
        **{f"number:{key}": _text(value) for key, value in answers.numbers.items()},
        **{f"answer:{key}": {"options": list(value)} for key, value in answers.options.items()},
        **{f"scenario:{key}": scenario_value(value) for key, value in answers.scenarios.items()},
    }


def scenario_value(answer: ScenarioAnswer) -> dict[str, Any]:
    """Return a scenario's answer as stored: a level, or the reason why it does not apply."""
    if answer.not_applicable is not None:
        return {"not_applicable": answer.not_applicable}
    return {"level": answer.level}


def answers_from(view: EntityView) -> Answers:
    """Return the answers recorded in an assessment's registers."""
    return answers_in({register: shown.value for register, shown in view.registers.items()})


def answers_in(values: Mapping[str, Any]) -> Answers:
    """Return the answers in {register: value}; other registers, translations and null values are left out."""
    given = [
        (register.partition(":"), value)
        for register, value in values.items()
        if value is not None and "@" not in register
    ]
    return Answers(
        numbers={key: Decimal(value) for (kind, _, key), value in given if kind == "number"},
        options={key: tuple(value["options"]) for (kind, _, key), value in given if kind == "answer"},
        scenarios={key: read_as(ScenarioAnswer, value) for (kind, _, key), value in given if kind == "scenario"},
    )


def pack_reference(view: EntityView) -> str:
    """Return which pack an assessment is made with (`id@version`), empty where that is not recorded here."""
    return str(view.value("pack", {}).get("reference", ""))


def assessment_from(view: EntityView, language: Language | None = None) -> Assessment:
    """Return the assessment recorded in its registers, notes in `language` where it was given."""
    pack = view.value("pack", {"reference": "", "digest": ""})
    return Assessment(
        assessment_id=view.entity_id,
        enterprise_id=view.case,
        pack=pack["reference"],
        pack_digest=pack["digest"],
        status=view.value("status", "in_progress"),
        started_on=view.value("started_on", ""),
        visited_on=tuple(view.value("visited_on", ())),
        answers=answers_from(view),
        notes=_prefixed(view, "note:", language),
        overrulings={key: read_as(Overruling, value) for key, value in _prefixed(view, "overruled:", language).items()},
    )


def evidence_from(views: Iterable[EntityView], language: Language | None = None) -> tuple[Evidence, ...]:
    """Return an assessment's evidence numbered from 1 in order of entry.

    Deleted items, and those whose file was erased or left out of this copy, keep their number free.
    """
    return tuple(
        _evidence(view, number, language)
        for number, view in enumerate(views, start=1)
        if not view.is_deleted and file_of(view) is not None
    )


def file_of(view: EntityView) -> dict[str, Any] | None:
    """Return the file of an evidence item's newest version, null where it was erased or left out of this copy.

    Where two people edited at once, the version that hides more is the one shown and handed out.
    """
    shown = view.registers.get("file")
    if shown is None or not isinstance(shown.value, dict):
        return None
    known = [value for value in (*shown.conflicting, shown.value) if isinstance(value, dict)]
    most = max(redactions_of(value) for value in known)
    return next(value for value in reversed(known) if redactions_of(value) == most)


def redactions_of(file: Mapping[str, Any]) -> int:
    """Return how many blackings-out stand between the file that was brought and this version of it."""
    return _count(file.get("redactions"), 0)


def needs_from(views: Iterable[EntityView], language: Language | None = None) -> tuple[ScenarioNeed, ...]:
    """Return an assessment's needs numbered from 1 in order of entry; deleted needs keep their number free."""
    return tuple(_need(view, number, language) for number, view in enumerate(views, start=1) if not view.is_deleted)


def metric_value(metric: BaselineMetric) -> dict[str, Any]:
    """Return a baseline metric as stored; a null value means not measured. What was not given takes no room."""
    stored: dict[str, Any] = {"value": _text(metric.value), "period": metric.period, "source": metric.source}
    if metric.evidence:
        stored["evidence"] = list(metric.evidence)
    if metric.working is not None:
        stored["working"] = working_value(metric.working)
    return stored


def working_value(working: Working) -> dict[str, Any]:
    """Return a working as stored."""
    entries = {key: {"value": _text(entry.value), "unit": entry.unit} for key, entry in working.entries.items()}
    return {"calculator": working.calculator, "entries": entries}


def proposal_from(view: EntityView, current_heads: frozenset[str]) -> IssuedProposal:
    """Return an issued proposal; superseded when it would be made from other ops now."""
    issued = view.value("issued")
    return IssuedProposal(
        proposal_id=view.entity_id,
        assessment_id=view.parent or "",
        number=issued["number"],
        issued_at=issued["issued_at"],
        content_digest=issued["content_digest"],
        pack=issued["pack"],
        files=tuple(read_as(IssuedFile, file) for file in issued["files"]),
        is_superseded=frozenset(issued["heads"]) != current_heads,
        kind=issued.get("kind", PROPOSAL),
        audience=issued.get("audience", ENTERPRISE),
        templates=issued.get("templates", {}),
    )


def _evidence(view: EntityView, number: int, language: Language | None) -> Evidence:
    file, dates, place = file_of(view) or {}, view.value("dates", {}), view.value("place")
    return Evidence(
        evidence_id=view.entity_id,
        assessment_id=view.parent or "",
        number=number,
        sha256=file["sha256"],
        name=file["name"],
        media_type=file["media_type"],
        size=file["size"],
        caption=spoken(view, "caption", language, ""),
        shows_on=dates.get("shows_on"),
        captured_at=dates.get("captured_at"),
        received_at=dates.get("received_at") or "",
        targets=tuple(sorted(set(filter(None, view.links.get("target", {}).values())))),
        picture_sha256=file.get("picture"),
        version=_count(file.get("version"), 1),
        redactions=redactions_of(file),
        place=place and Place(latitude=Decimal(place["latitude"]), longitude=Decimal(place["longitude"])),
        keeps_place=view.value("keeps_place") is True,
    )


def _need(view: EntityView, number: int, language: Language | None) -> ScenarioNeed:
    barrier = spoken(view, "barrier", language, {"kind": None, "reason": ""})
    texts: dict[str, Any] = {name: spoken(view, name, language, "") for name in NEED_TEXTS}
    tags: dict[str, Any] = {name: tuple(view.value(name, ())) for name in NEED_TAGS}
    metrics = tuple(_metric(key, value) for key, value in _prefixed(view, "metric:", language).items())
    return ScenarioNeed(
        need_id=view.entity_id,
        assessment_id=view.parent or "",
        number=number,
        barrier=barrier["kind"],
        barrier_reason=barrier["reason"],
        priority=view.value("priority", "should"),
        target_level=view.value("target_level"),
        metrics=metrics,
        entries=_prefixed(view, "field:", language),
        preconditions={
            key: read_as(PreconditionState, value) for key, value in _prefixed(view, "precondition:", language).items()
        },
        **texts,
        **tags,
    )


def _metric(metric_id: str, stored: Mapping[str, Any]) -> BaselineMetric:
    working = stored.get("working")
    return BaselineMetric(
        metric_id=metric_id,
        value=_decimal(stored["value"]),
        period=stored["period"],
        source=stored["source"],
        evidence=tuple(stored.get("evidence", ())),
        working=None if working is None else _working(working),
    )


def _working(stored: Mapping[str, Any]) -> Working:
    entries = {key: Entry(value=Decimal(item["value"]), unit=item["unit"]) for key, item in stored["entries"].items()}
    return Working(calculator=stored["calculator"], entries=entries)


def _prefixed(view: EntityView, prefix: str, language: Language | None = None) -> Mapping[str, Any]:
    return {
        register.removeprefix(prefix): spoken(view, register, language, None)
        for register, shown in view.registers.items()
        if register.startswith(prefix) and "@" not in register and shown.value is not None
    }


def spoken(view: EntityView, register: str, language: Language | None, default: Any) -> Any:
    """Return what a register holds, in the words of `language` where they stand beside it."""
    recorded = view.value(register, default)
    words = view.value(f"{register}@{language}") if language else None
    if isinstance(words, dict):  # of some of its keys, and of nothing where the rest is not here
        return {**recorded, **words} if isinstance(recorded, dict) else recorded
    return recorded if words is None else words


def _count(value: Any, default: int) -> int:
    return value if isinstance(value, int) else default


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
