"""The words of every code: what happened and what to do. One module for each area of the house."""

from collections.abc import Mapping

from diag_app.i18n.codes import (
    audit,
    care,
    conflicts,
    crypto,
    delivery,
    economics,
    evidence,
    files,
    forms,
    images,
    lint,
    operations,
    parts,
    planning,
    practice,
    report,
    review,
    roster,
    security,
    self_check,
    settings,
    signature,
    storage,
    sync,
    templates,
    visit,
)
from diag_app.i18n.codes.text import CodeText

CODES: Mapping[str, CodeText] = {
    **audit.CODES,
    **care.CODES,
    **conflicts.CODES,
    **crypto.CODES,
    **delivery.CODES,
    **economics.CODES,
    **evidence.CODES,
    **files.CODES,
    **forms.CODES,
    **images.CODES,
    **lint.CODES,
    **operations.CODES,
    **parts.CODES,
    **planning.CODES,
    **practice.CODES,
    **report.CODES,
    **review.CODES,
    **roster.CODES,
    **security.CODES,
    **self_check.CODES,
    **settings.CODES,
    **signature.CODES,
    **storage.CODES,
    **sync.CODES,
    **templates.CODES,
    **visit.CODES,
}

__all__ = ["CODES", "CodeText"]
