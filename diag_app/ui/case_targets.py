"""Which assessment of a firm is meant where a page needs one, and whether it is still there."""

from __future__ import annotations

from dataclasses import replace

from diag_app.ui.pages.page import Target
from diag_app.ui.pages.registry import NEEDS_ASSESSMENT
from diag_app.ui.session import Session


def with_assessment(session: Session, target: Target) -> Target | None:
    """Return `target` with the newest assessment of its firm, the first one started now; None where that is refused."""
    if target.page not in NEEDS_ASSESSMENT or target.enterprise_id is None or target.assessment_id is not None:
        return target
    from diag_app.ui.after_paint import find_assessments, leading, start_assessment  # noqa: PLC0415

    firm = session.read(leading, target.enterprise_id) or target.enterprise_id
    found = session.read(find_assessments, firm)
    if found is None:
        return None
    started = found[-1].assessment_id if found else session.do(start_assessment, firm)
    return None if started is None else replace(target, enterprise_id=firm, assessment_id=started)


def is_gone(session: Session, target: Target) -> bool:
    """Return whether the assessment shown was undone or removed."""
    if target.enterprise_id is None or target.assessment_id is None:
        return False
    from diag_app.ui.after_paint import find_assessments  # noqa: PLC0415

    found = session.read(find_assessments, target.enterprise_id) or ()
    return target.assessment_id not in {item.assessment_id for item in found}
