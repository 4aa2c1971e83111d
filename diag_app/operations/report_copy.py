"""Copies of a report for others: what they withhold, and the search of the finished file for it."""

from __future__ import annotations

from diag_app.errors import DiagError, Problem
from diag_app.i18n import LANGUAGES
from diag_app.model.audience import Audience
from diag_app.model.edition import Edition
from diag_app.model.proposal.copies import CopyFor, secrets_of, shown_pictures
from diag_app.operations.evidence import find_evidence
from diag_app.operations.rendering import FileKind, leaks_in
from diag_app.operations.report_facts import proposal_facts
from diag_app.operations.workspace import Workspace


def audience_of(workspace: Workspace, edition: Edition) -> Audience:
    """Return the profile of the copy asked for; `AUDIENCE_UNKNOWN` where there is none."""
    found = workspace.audiences.get(edition.audience)
    if found is None:
        raise DiagError("AUDIENCE_UNKNOWN", location=edition.audience[:40], known=", ".join(workspace.audiences))
    return found


def copy_for(workspace: Workspace, assessment_id: str, edition: Edition) -> CopyFor | None:
    """Return what a copy withholds, said in any language of the case; null for the firm's own report."""
    audience = audience_of(workspace, edition)
    if audience.is_own:
        return None
    told = [proposal_facts(workspace, assessment_id, language, edition) for language in LANGUAGES]
    secrets = dict.fromkeys(secret for facts in told for secret in secrets_of(facts, audience))
    return CopyFor(audience=audience, secrets=tuple(sorted(secrets, key=lambda secret: -len(secret.text))))


def copy_leaks(
    workspace: Workspace, assessment_id: str, copy: CopyFor | None, data: bytes, kind: FileKind
) -> tuple[Problem, ...]:
    """Return where a finished file holds what its copy withholds; nothing for the firm's own report."""
    if copy is None:
        return ()
    evidence = find_evidence(workspace, assessment_id)
    shown = shown_pictures(evidence, copy.audience)
    hidden = {
        digest
        for item in evidence
        for digest in (item.sha256, item.picture_sha256)
        if digest is not None and (item.sha256 not in shown or digest != item.picture_sha256)
    }
    return leaks_in(data, kind, [(secret.kind, secret.text) for secret in copy.secrets], frozenset(hidden))
