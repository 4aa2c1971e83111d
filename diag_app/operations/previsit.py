"""The pre-visit workbook: written for the firm, planned against what is recorded, taken in as the firm's statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from diag_app.clock import Progress, no_progress
from diag_app.codec import digest
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import read, write
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.intake.previsit_read import read_previsit
from diag_app.model.fill_in_document import SheetHead
from diag_app.model.ops import EntityView
from diag_app.model.previsit import PROFILE_FIGURES, PROFILE_TEXTS, RawWorkbook
from diag_app.model.previsit_plan import IntakePlan, make_plan
from diag_app.model.previsit_statement import Stated, Statement, Value, read_statement
from diag_app.model.proposal.voice import Voice
from diag_app.model.reading import assessment_from, pack_reference
from diag_app.operations.assessment import score_assessment
from diag_app.operations.enterprise import check_profile, find_contacts, load_enterprise
from diag_app.operations.guide import guide_of, load_guide
from diag_app.operations.workspace import Workspace, known

FILE_LIMIT = 16 * 1024**2


@dataclass(frozen=True, kw_only=True)
class Intake:
    """A workbook beside what is recorded: the plan, which file it was, and who filled it in when."""

    plan: IntakePlan
    sha256: str
    filled_by: str
    filled_on: str
    statement: Statement


def write_previsit(
    workspace: Workspace, assessment_id: str, language: Language, path: Path, *, progress: Progress = no_progress
) -> Path:
    """Write the workbook for the firm to `path` and return the path; what is known of the firm stands in it."""
    from diag_app.report.previsit_making import PrevisitFacts  # noqa: PLC0415
    from diag_app.report.previsit_workbook import previsit_workbook  # noqa: PLC0415

    view = known(workspace, assessment_id, "assessment")
    profile = load_enterprise(workspace, view.case, language).profile
    head = SheetHead(
        firm=profile.name,
        issuer=workspace.actor.firm,
        reference=assessment_id[-6:].upper(),
        printed_on=workspace.clock.now().date().isoformat(),
        is_demonstration=profile.is_demonstration,
    )
    facts = PrevisitFacts(
        assessment_id=assessment_id,
        pack=workspace.pack(pack_reference(view)),
        profile=profile,
        guide=guide_of(workspace, view),
        head=head,
    )
    progress(1, 3)
    data = previsit_workbook(facts, Voice(language=language, translate=load_translator(language)))
    progress(2, 3)
    write(path, data)
    progress(3, 3)
    return path


def plan_previsit(workspace: Workspace, assessment_id: str, path: Path, *, progress: Progress = no_progress) -> Intake:
    """Return what taking in the workbook at `path` would do; nothing is stored.

    Raises:
        DiagError: `WORKBOOK_OTHER_CASE` or `WORKBOOK_OTHER_PACK` for one made for another firm or method, what
            `open_book` and `read_previsit` refuse, or a file code.
    """
    view = known(workspace, assessment_id, "assessment")
    data = read(path, limit=FILE_LIMIT)
    progress(1, 3)
    raw = read_previsit(data, path.name)
    progress(2, 3)
    pinned = view.value("pack", {"reference": "", "digest": ""})
    if raw.manifest["assessment"] != assessment_id:
        raise DiagError("WORKBOOK_OTHER_CASE", location=path.name)
    if (raw.manifest["pack"], raw.manifest["digest"]) != (pinned["reference"], pinned["digest"]):
        raise DiagError("WORKBOOK_OTHER_PACK", location=path.name, pack=raw.manifest["pack"][:60])
    guide = guide_of(workspace, view)
    papers = () if guide is None else (paper.item_id for paper in guide.papers)
    statement = _checked(workspace, view, read_statement(raw, workspace.pack(pinned["reference"]), papers))
    cover = {item.key: str(item.value) for item in statement.stated if item.key.startswith("cover:")}
    said = replace(statement, stated=tuple(item for item in statement.stated if item.key not in cover))
    progress(3, 3)
    return Intake(
        plan=make_plan(said, _recorded(workspace, view, said.stated, _language(raw))),
        sha256=digest(data),
        filled_by=cover.get("cover:filled_by", ""),
        filled_on=cover.get("cover:filled_on", ""),
        statement=said,
    )


def _recorded(
    workspace: Workspace, view: EntityView, stated: tuple[Stated, ...], language: Language
) -> dict[str, Value]:
    """Return what is recorded by the plan's keys; a question that follows from figures counts as answered."""
    answers = assessment_from(view).answers
    card = score_assessment(workspace, view.entity_id)
    recorded: dict[str, Value] = {f"number:{key}": value for key, value in answers.numbers.items()}
    recorded |= {f"answer:{item.question_id}": item.options for item in card.questions if item.options}
    recorded |= {f"scenario:{key}": value for key, value in answers.scenarios.items()}
    given = {item.key: item.value for item in stated}
    profile = load_enterprise(workspace, view.case).profile
    translated = load_enterprise(workspace, view.case, language).profile
    for name in PROFILE_TEXTS:
        words = {str(getattr(found, name) or "").strip() for found in (profile, translated)}
        key = f"profile:{name}"
        if getattr(profile, name):  # the same words in the workbook's language are no difference
            recorded[key] = given[key] if given.get(key) in words else str(getattr(profile, name)).strip()
    for name in PROFILE_FIGURES:
        if getattr(profile, name) is not None:
            recorded[f"profile:{name}"] = Decimal(getattr(profile, name))
    papers = load_guide(workspace, view.entity_id).papers
    recorded |= {f"paper:{key}": (value.state, value.remark) for key, value in papers.items()}
    people = {item.name: (item.name, item.role, item.phone) for item in find_contacts(workspace, view.case)}
    for item in stated:
        if item.key.startswith("contact:") and isinstance(item.value, tuple) and item.value[0] in people:
            recorded[item.key] = people[item.value[0]]
    return recorded


def _language(raw: RawWorkbook) -> Language:
    return "en" if raw.manifest["language"] == "en" else "zh"


def _checked(workspace: Workspace, view: EntityView, statement: Statement) -> Statement:
    """Return the statement without profile fields that could not be recorded; those are problems at their place."""
    problems, stated = list(statement.problems), []
    profile = load_enterprise(workspace, view.case).profile
    for item in statement.stated:
        kind, _, name = item.key.partition(":")
        if kind == "profile":
            value: Any = int(item.value) if name == "employees" and isinstance(item.value, Decimal) else item.value
            found = check_profile(workspace, replace(profile, **{name: value}), enterprise_id=view.case)
            if any(problem.severity is Severity.ERROR and problem.location == name for problem in found):
                parameters = {
                    "sheet": item.place.sheet,
                    "row": str(item.place.row),
                    "column": item.place.column,
                    "value": str(item.value)[:80],
                }
                problems.append(Problem(code="CELL_PROFILE_INVALID", location=str(item.place), parameters=parameters))
                continue
        stated.append(item)
    return Statement(stated=tuple(stated), problems=tuple(problems))
