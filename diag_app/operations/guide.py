"""The interview guide of an assessment: read from the practice packs, ticked on the visit, printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.errors import DiagError
from diag_app.files import write
from diag_app.forms.definition import Language, Pack
from diag_app.forms.guide import Guide, joined
from diag_app.forms.practice_guide import GUIDE
from diag_app.i18n import load_translator
from diag_app.model.fill_in_document import SheetHead
from diag_app.model.guide_document import guide_document
from diag_app.model.json_shape import read_as
from diag_app.model.ops import Changes, EntityView
from diag_app.model.proposal.voice import Voice
from diag_app.model.reading import GUIDE_DONE, PAPER, pack_reference
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.rendering import Rendered
from diag_app.operations.texts import short
from diag_app.operations.workspace import Workspace, known

PAPER_STATES = ("ready", "partly", "missing")


@dataclass(frozen=True, kw_only=True)
class PaperState:
    """Whether a paper is at hand, in whose words."""

    state: str  # ready, partly, missing
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class GuideOf:
    """The guide for one assessment: `done` gives the day each item was ticked, `papers` what is known of each."""

    guide: Guide | None
    done: dict[str, str]
    papers: dict[str, PaperState]


def load_guide(workspace: Workspace, assessment_id: str) -> GuideOf:
    """Return the guide for an assessment with its ticks; without a practice pack that has one, the guide is null."""
    view = known(workspace, assessment_id, "assessment")
    return GuideOf(
        guide=guide_of(workspace, view),
        done={key: value["on"] for key, value in _under(view, GUIDE_DONE).items()},
        papers={key: read_as(PaperState, value) for key, value in _under(view, PAPER).items()},
    )


def guide_of(workspace: Workspace, assessment: EntityView) -> Guide | None:
    """Return what the practice packs say about visits under the method of an assessment."""
    return method_guide(workspace, workspace.pack(pack_reference(assessment)))


def method_guide(workspace: Workspace, method: Pack) -> Guide | None:
    """Return what the practice packs say about visits under `method`."""
    return joined([part.content for part in workspace.practice(method, GUIDE)])


def record_guide_tick(workspace: Workspace, assessment_id: str, item_id: str, *, is_done: bool = True) -> Changes:
    """Tick an item of the guide as done today, or take the tick away; `GUIDE_ITEM_UNKNOWN` for what is none."""
    view = known(workspace, assessment_id, "assessment", to_change=True)
    guide = guide_of(workspace, view)
    if guide is None or item_id not in {item.item_id for item in guide.items()}:
        raise DiagError("GUIDE_ITEM_UNKNOWN", location=item_id)
    tick = {"on": workspace.clock.now().date().isoformat()} if is_done else None
    with workspace.store.operation("record_guide_tick", view.case) as operation:
        operation.set(assessment_id, f"{GUIDE_DONE}{item_id}", tick)
    return operation.changes


def record_paper(
    workspace: Workspace, assessment_id: str, paper_id: str, state: str | None, remark: str = ""
) -> Changes:
    """Record whether a paper is at hand; a null state forgets it.

    Raises:
        DiagError: `GUIDE_ITEM_UNKNOWN`, `PAPER_STATE_UNKNOWN`, `TEXT_TOO_LONG`.
    """
    view = known(workspace, assessment_id, "assessment", to_change=True)
    guide = guide_of(workspace, view)
    if guide is None or paper_id not in {paper.item_id for paper in guide.papers}:
        raise DiagError("GUIDE_ITEM_UNKNOWN", location=paper_id)
    if state is not None and state not in PAPER_STATES:
        raise DiagError("PAPER_STATE_UNKNOWN", location=paper_id, value=state[:40], known=", ".join(PAPER_STATES))
    value = None if state is None else {"state": state, "remark": short(remark, paper_id)}
    with workspace.store.operation("record_paper", view.case) as operation:
        operation.set(assessment_id, f"{PAPER}{paper_id}", value)
    return operation.changes


def render_guide(
    workspace: Workspace,
    assessment_id: str,
    language: Language,
    visit_id: str | None = None,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Return the guide as PDF for one form of visit (default: the first).

    Raises:
        DiagError: `GUIDE_MISSING` where no practice pack has a guide, `GUIDE_ITEM_UNKNOWN` for another visit.
    """
    found = load_guide(workspace, assessment_id)
    if found.guide is None:
        raise DiagError("GUIDE_MISSING", location=assessment_id)
    wanted = visit_id or found.guide.visits[0].visit_id
    if wanted not in {visit.visit_id for visit in found.guide.visits}:
        raise DiagError("GUIDE_ITEM_UNKNOWN", location=wanted)
    view = known(workspace, assessment_id, "assessment")
    profile = load_enterprise(workspace, view.case, language).profile
    head = SheetHead(
        firm=profile.name,
        issuer=workspace.actor.firm,
        reference=assessment_id[-6:].upper(),
        printed_on=workspace.clock.now().date().isoformat(),
        is_demonstration=profile.is_demonstration,
    )
    pack = workspace.pack(pack_reference(view))
    voice = Voice(language=language, translate=load_translator(language))
    progress(1, 2)
    rendered = workspace.renderer(guide_document(found.guide, wanted, found.done, pack, head, voice), {})
    progress(2, 2)
    return rendered


def write_guide(
    workspace: Workspace,
    assessment_id: str,
    language: Language,
    path: Path,
    visit_id: str | None = None,
    *,
    progress: Progress = no_progress,
) -> Path:
    """Write the guide as PDF to `path` and return the path; otherwise as `render_guide`."""
    write(path, render_guide(workspace, assessment_id, language, visit_id, progress=progress).pdf)
    return path


def _under(view: EntityView, prefix: str) -> dict[str, dict[str, str]]:
    return {
        register.removeprefix(prefix): shown.value
        for register, shown in view.registers.items()
        if register.startswith(prefix) and shown.value is not None
    }
