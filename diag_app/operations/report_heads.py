"""Which ops a report is made from: what it was issued on, and by what it is superseded."""

from __future__ import annotations

from collections.abc import Collection

from diag_app.model.drawn_signature import SIGNATURE
from diag_app.model.ops import EntityView
from diag_app.model.reading import WORKING_NOTES
from diag_app.operations.economics import economics_views
from diag_app.operations.workspace import Workspace

SIGNED_SECTION = "visit_record"  # the section that signatures are drawn on; they supersede nothing else


def heads_of(workspace: Workspace, assessment_id: str, sections: Collection[str]) -> frozenset[str]:
    """Return the ids of the ops whose values a report of these sections is made from."""
    left_out = WORKING_NOTES if SIGNED_SECTION in sections else (*WORKING_NOTES, SIGNATURE)
    entities = workspace.store.entities
    assessment = workspace.store.entity(assessment_id)
    views = (
        workspace.store.entity(assessment.case),
        *entities("contact", parent=assessment.case),
        assessment,
        *entities("participant", parent=assessment_id),
        *entities("evidence", parent=assessment_id),
        *entities("need", parent=assessment_id),
        *entities("measure", parent=assessment_id),
        *economics_views(workspace, assessment_id),
    )
    registers = {
        head
        for view in views
        for register, shown in view.registers.items()
        if not register.startswith(left_out)
        for head in shown.head_ids
    }
    links = {op_id for view in views for live in view.links.values() for op_id in live}
    return frozenset(registers | links)


def sections_of(view: EntityView) -> Collection[str]:
    """Return the sections of an issued report; records from before there were kinds name none."""
    sections: Collection[str] = (view.value("issued") or {}).get("sections", ())
    return sections
