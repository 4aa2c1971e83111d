"""What changed from issue to issue of a report, read from the content trees that issuing sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from diag_app.codec import canonical_json, load_json, unstructure
from diag_app.errors import DiagError
from diag_app.forms.definition import Language
from diag_app.i18n import load_translator
from diag_app.model.content import Document
from diag_app.model.content_changes import Change, Tree, content_changes
from diag_app.model.edition import ENTERPRISE, PROPOSAL, Edition
from diag_app.model.ops import EntityView
from diag_app.model.proposal.changes import with_changes
from diag_app.operations.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class SealedTree:
    """The content of an issued report in one language, as it was sealed."""

    number: str
    tree: Tree


def plain_tree(document: Document) -> bytes:
    """Return a content tree as it is sealed: canonical JSON, whose digest stands on the cover."""
    return canonical_json(unstructure(document))


def told_changes(workspace: Workspace, assessment_id: str, edition: Edition, document: Document) -> Document:
    """Return `document` with the chapter of what changed since the issue before.

    The first issue has none, nor has one that says nothing otherwise, nor a report whose pages are counted.
    """
    before = None if document.most_pages else sealed_before(workspace, assessment_id, edition, document.language)
    if before is None:
        return document
    changes = content_changes(before.tree, load_json(plain_tree(document), location=document.report_number))
    return with_changes(document, changes, before.number, load_translator(document.language))


def changes_since(
    workspace: Workspace, assessment_id: str, edition: Edition, document: Document, number: str | None = None
) -> tuple[SealedTree, tuple[Change, ...]]:
    """Return what `document`, made now, says otherwise than the issue `number`, by default the newest.

    Raises:
        DiagError: `PROPOSAL_UNKNOWN` when there is no such issue in the language of the document.
    """
    before = sealed_before(workspace, assessment_id, edition, document.language, number)
    if before is None:
        raise DiagError("PROPOSAL_UNKNOWN", location=number or assessment_id)
    return before, content_changes(before.tree, load_json(plain_tree(document), location=document.report_number))


def sealed_before(
    workspace: Workspace, assessment_id: str, edition: Edition, language: Language, number: str | None = None
) -> SealedTree | None:
    """Return the newest issue of an edition whose tree is here, or the one numbered so; null where there is none."""
    asked = (edition.kind, edition.audience)
    for view in reversed(workspace.store.entities("proposal", parent=assessment_id)):
        issued = view.value("issued", {})
        is_asked = (issued.get("kind", PROPOSAL), issued.get("audience", ENTERPRISE)) == asked
        if issued and is_asked and number in (None, issued["number"]):
            tree = _tree(workspace, view, language)
            if tree is not None:
                return SealedTree(number=issued["number"], tree=tree)
    return None


def _tree(workspace: Workspace, view: EntityView, language: Language) -> Tree | None:
    trees: Sequence[dict[str, Any]] = view.value("issued", {}).get("trees", ())
    for item in trees:
        if item["language"] == language and workspace.store.has_blob(item["sha256"]):
            tree: Tree = load_json(workspace.store.read_blob(item["sha256"]), location=item["sha256"])
            return tree
    return None
