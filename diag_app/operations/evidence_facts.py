"""What a person knows of an item of evidence: the three dates, and whether its place goes out with copies."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from diag_app.errors import DiagError
from diag_app.model.ops import Changes
from diag_app.operations.workspace import Workspace, known

DateKind = Literal["shows_on", "captured_at", "received_at"]
DATE_KINDS: tuple[DateKind, ...] = ("shows_on", "captured_at", "received_at")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?")
_LONGEST = 40


def date_evidence(workspace: Workspace, evidence_id: str, kind: DateKind, moment: str) -> Changes:
    """Record the day (or day and minute) that the content is from, that it was taken, or that it was received.

    An empty text takes a date away; the day of receipt cannot be taken away.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `DATE_INVALID`.
    """
    view = known(workspace, evidence_id, "evidence", to_change=True)
    given = _moment(moment)
    if given is None and kind == "received_at":
        raise DiagError("DATE_INVALID", location=kind, value=moment[:_LONGEST])
    dates = {name: view.value("dates", {}).get(name) for name in DATE_KINDS}
    with workspace.store.operation("date_evidence", view.case) as operation:
        operation.set(evidence_id, "dates", {**dates, kind: given})
    return operation.changes


def keep_place(workspace: Workspace, evidence_id: str, *, keep: bool) -> Changes:
    """Let the place and camera data of a picture go out with exported copies, or not, as is usual."""
    view = known(workspace, evidence_id, "evidence", to_change=True)
    with workspace.store.operation("keep_place", view.case) as operation:
        operation.set(evidence_id, "keeps_place", True if keep else None)
    return operation.changes


def _moment(text: str) -> str | None:
    """Return `text` as ISO day or minute, null where it is empty."""
    plain = text.strip()
    if not plain:
        return None
    match = _MOMENT.fullmatch(plain)
    try:
        if match is None:
            datetime.fromisoformat(plain)  # with a zone, as the day of receipt is recorded
            return plain
        date.fromisoformat(match[1])
        if match[2] is None:
            return match[1]
        datetime.fromisoformat(f"{match[1]}T{match[2]}")
        return f"{match[1]}T{match[2]}{match[3] or ''}"
    except ValueError:
        raise DiagError("DATE_INVALID", location="date", value=plain[:_LONGEST]) from None
