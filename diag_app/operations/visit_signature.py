"""Signatures drawn on the visit record: kept as strokes with who, when and on what, and taken back."""

from __future__ import annotations

from collections.abc import Sequence

from diag_app.errors import DiagError
from diag_app.model.drawn_signature import SIGNATURE, SIGNERS, Signer, strokes_from
from diag_app.model.ops import Changes
from diag_app.operations.report_facts import visit_digest
from diag_app.operations.texts import one_line, short
from diag_app.operations.workspace import Workspace, known, signed_now

Strokes = Sequence[Sequence[tuple[float, float]]]


def record_signature(workspace: Workspace, assessment_id: str, signer: str, *, name: str, strokes: Strokes) -> Changes:
    """Keep a signature on the visit record as it reads now; one there already is replaced.

    Strokes are points on an area of 1000 by 400. The signature holds until the record says something else.

    Raises:
        DiagError: `SIGNING_SIDE_UNKNOWN`, `SIGNER_NAMELESS`, `SIGNATURE_EMPTY` for nothing drawn, or more than a hand
            draws.
    """
    side = _signer(signer)
    said = short(name, "name")
    if not said:
        raise DiagError("SIGNER_NAMELESS", location=side)
    try:
        drawn = strokes_from(strokes)
    except (TypeError, ValueError, OverflowError):
        raise DiagError("SIGNATURE_EMPTY", location=said) from None
    view = known(workspace, assessment_id, "assessment", to_change=True)
    value = {
        "name": said,
        "strokes": [[list(point) for point in stroke] for stroke in drawn],
        "signed_on": visit_digest(workspace, assessment_id),
        **signed_now(workspace),
    }
    with workspace.store.operation("record_signature", view.case) as operation:
        operation.set(assessment_id, f"{SIGNATURE}{side}", value)
    return operation.changes


def erase_signature(workspace: Workspace, assessment_id: str, signer: str) -> Changes:
    """Take a signature off the record; `diag redact` takes it out of the log for good."""
    side = _signer(signer)
    view = known(workspace, assessment_id, "assessment", to_change=True)
    with workspace.store.operation("erase_signature", view.case) as operation:
        operation.clear(assessment_id, f"{SIGNATURE}{side}")
    return operation.changes


def _signer(name: str) -> Signer:
    for signer in SIGNERS:
        if signer == name:
            return signer
    raise DiagError("SIGNING_SIDE_UNKNOWN", location=one_line(name)[:40], known=", ".join(SIGNERS))
