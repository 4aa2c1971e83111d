"""Reports of every kind: built from facts, shown as the file they will be, issued and frozen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from diag_app.clock import Progress, no_progress
from diag_app.codec import digest, unstructure
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import read, write
from diag_app.forms.definition import Language
from diag_app.forms.practice import Part
from diag_app.forms.practice_measures import MEASURES_PART
from diag_app.forms.practice_need_forms import NEED_FORMS
from diag_app.forms.practice_rules import RULES
from diag_app.forms.report_template import ReportKind
from diag_app.i18n import load_translator
from diag_app.model.content import Document
from diag_app.model.content_changes import Change
from diag_app.model.content_lint import lint
from diag_app.model.economics import unsourced
from diag_app.model.edition import ENTERPRISE, PROPOSAL, Edition
from diag_app.model.facts import IssuedFile, IssuedProposal
from diag_app.model.ops import EntityView
from diag_app.model.proposal import build_document
from diag_app.model.proposal.copies import CopyFor
from diag_app.model.reading import proposal_from
from diag_app.operations.assessment import load_assessment
from diag_app.operations.chain import chain_problems
from diag_app.operations.economics import books_of
from diag_app.operations.evidence import find_evidence
from diag_app.operations.proposal_changes import changes_since, plain_tree, told_changes
from diag_app.operations.rendering import OfficeFormat, Rendered
from diag_app.operations.report_copy import copy_for, copy_leaks
from diag_app.operations.report_facts import issued_views, proposal_facts, report_kind
from diag_app.operations.report_heads import SIGNED_SECTION, heads_of, sections_of
from diag_app.operations.report_standing import standing_problems
from diag_app.operations.state import newer_problems
from diag_app.operations.workspace import Workspace
from diag_app.report.content_digest import content_digest
from diag_app.storage.operation import Operation

_PRACTICE: tuple[Part[Any], ...] = (RULES, NEED_FORMS, MEASURES_PART)  # what a report has from practice packs
PROPOSAL_EDITION = Edition()
PLAN_SECTIONS = frozenset({"measures", "roadmap", "budget", "owner_money"})
MONEY_SECTIONS = frozenset({"needs", "benefits", "register", "owner_money"})
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What issuing gave: the frozen proposal, where its files were written, and what to look at."""

    proposal: IssuedProposal
    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def preview_proposal(
    workspace: Workspace,
    assessment_id: str,
    language: Language,
    edition: Edition = PROPOSAL_EDITION,
    *,
    progress: Progress = no_progress,
) -> Rendered:
    """Return the PDF as it would be issued now, with its outline and problems; nothing is stored."""
    copy = copy_for(workspace, assessment_id, edition)
    document = report_document(workspace, assessment_id, language, edition, copy)
    progress(1, 2)
    rendered = workspace.renderer(document, _pictures(workspace, assessment_id, edition))
    progress(2, 2)
    loose = _loose(workspace, assessment_id, language, report_kind(workspace, edition))
    leaked = copy_leaks(workspace, assessment_id, copy, rendered.pdf, "pdf")
    return replace(rendered, problems=(*leaked, *loose, *lint(document), *rendered.problems))


def report_document(
    workspace: Workspace,
    assessment_id: str,
    language: Language,
    edition: Edition = PROPOSAL_EDITION,
    copy: CopyFor | None = None,
) -> Document:
    """Return the content tree of a report as it would be issued now; a reissue says what changed since the last.

    `copy` is what `copy_for` says of the edition.

    Raises:
        DiagError: `COPY_EMPTY` where nothing is left for this audience, `REPORT_EMPTY` where nothing is recorded of it.
    """
    document = _content(workspace, assessment_id, language, edition, copy)
    return told_changes(workspace, assessment_id, edition, document)


def issue_proposal(
    workspace: Workspace,
    assessment_id: str,
    languages: Sequence[Language],
    output: Path,
    *,
    edition: Edition = PROPOSAL_EDITION,
    formats: Sequence[OfficeFormat] = (),
    accepted: Sequence[Problem] | None = None,
    progress: Progress = no_progress,
) -> Issue:
    """Freeze a report and write one PDF for each language into `output`, and beside it the office `formats`.

    Errors always refuse; a warning does unless it is among those `accepted`, without which all are.

    The files stand in `output` before the record of issuing is stored, so that a record never names a missing file;
    when anything is refused, none of them remains.

    Raises:
        DiagError: `PROPOSAL_BLOCKED` when a rendering has an error among its problems or a figure has no source,
            `PROPOSAL_WARNINGS` when there are other warnings than those accepted,
            `FACTS_CHANGED` when another window changed what the report is made from meanwhile, `FORMAT_UNSUITED` for
            a format that this kind of report does not have, `AUDIENCE_UNKNOWN`, `COPY_EMPTY`, `REPORT_EMPTY`, or a file
            code. What a copy withholds and its file still holds is `COPY_LEAKS` among the problems.
    """
    workspace.store.require_writable()
    kind = report_kind(workspace, edition)
    for name in formats:
        if name not in kind.formats:
            raise DiagError("FORMAT_UNSUITED", location=name, kind=kind.kind_id, known=", ".join(kind.formats))
    seen = _seen(workspace, assessment_id)
    papers = _papers(workspace, assessment_id, edition, languages, formats, progress)
    loose = _loose(workspace, assessment_id, languages[0], kind)
    problems = (*loose, *(problem for paper in papers for problem in paper.problems))
    _refuse(problems, accepted)
    number = papers[0].document.report_number
    files = [
        IssuedFile(
            name=f"{number}-{paper.document.language}.{paper.kind}",
            language=paper.document.language,
            media_type=MEDIA_TYPES[paper.kind],
            sha256=workspace.store.put_blob(paper.data),
            size=len(paper.data),
        )
        for paper in papers
    ]
    documents = [paper.document for paper in papers if paper.kind == "pdf"]
    trees = [_sealed(workspace, document) for document in documents]
    case = workspace.store.entity(assessment_id).case
    with _all_or_none() as paths, workspace.store.operation("issue_proposal", case) as operation:
        if _seen(workspace, assessment_id) != seen:
            raise DiagError("FACTS_CHANGED", location=number)
        for file, paper in zip(files, papers, strict=True):
            paths.append(output / file.name)
            write(paths[-1], paper.data)
        proposal_id = _record(workspace, operation, assessment_id, edition, documents, trees, files)
    progress(len(papers) + 1, len(papers) + 1)
    issued = next(item for item in find_proposals(workspace, assessment_id) if item.proposal_id == proposal_id)
    return Issue(proposal=issued, paths=tuple(paths), problems=problems)


def check_proposal(
    workspace: Workspace,
    assessment_id: str,
    language: Language,
    edition: Edition = PROPOSAL_EDITION,
    *,
    progress: Progress = no_progress,
) -> tuple[Problem, ...]:
    """Return what would keep a report from being issued now, and what would be printed as it is."""
    return preview_proposal(workspace, assessment_id, language, edition, progress=progress).problems


def find_changes(
    workspace: Workspace,
    assessment_id: str,
    language: Language,
    edition: Edition = PROPOSAL_EDITION,
    *,
    since: str | None = None,
    progress: Progress = no_progress,
) -> tuple[str, tuple[Change, ...]]:
    """Return the number of the newest issue, or of the one named, and what a report made now says otherwise.

    Raises:
        DiagError: `PROPOSAL_UNKNOWN` when there is no such issue in this language.
    """
    progress(0, 1)
    document = _content(workspace, assessment_id, language, edition, copy_for(workspace, assessment_id, edition))
    before, changes = changes_since(workspace, assessment_id, edition, document, since)
    return before.number, changes


def find_proposals(workspace: Workspace, assessment_id: str) -> tuple[IssuedProposal, ...]:
    """Return the issued proposals, the oldest first, each with whether facts changed since."""
    views = _whole(workspace.store.entities("proposal", parent=assessment_id))
    return tuple(proposal_from(view, heads_of(workspace, assessment_id, sections_of(view))) for view in views)


def verify_proposal(workspace: Workspace, path: Path) -> tuple[IssuedProposal | None, tuple[Problem, ...]]:
    """Return the issued proposal that the file at `path` belongs to, signed or not; any other file is a problem."""
    found = issued_file(workspace, read(path))
    if found is None:
        return None, (Problem(code="PROPOSAL_NOT_ISSUED", location=path.name),)
    issued, _ = found
    superseded = Problem(
        code="PROPOSAL_SUPERSEDED",
        location=path.name,
        severity=Severity.WARNING,
        parameters={"number": issued.number},
    )
    return issued, (superseded,) if issued.is_superseded else ()


def issued_file(workspace: Workspace, data: bytes) -> tuple[IssuedProposal, IssuedFile] | None:
    """Return the proposal and the file in it that these bytes are, also where they were signed here; else null."""
    sha256 = digest(data)
    signed = (view.value("file", {}) for view in workspace.store.entities("signature"))
    wanted = next((file.get("issued") for file in signed if file.get("sha256") == sha256), sha256)
    for view in _whole(workspace.store.entities("proposal")):
        issued = proposal_from(view, heads_of(workspace, view.parent or "", sections_of(view)))
        for file in issued.files:
            if file.sha256 == wanted:
                return issued, file
    return None


def _whole(views: Iterable[EntityView]) -> Iterator[EntityView]:
    """Yield the issues whose record is here and can be read."""
    return (view for view in views if view.value("issued") is not None)


def _content(
    workspace: Workspace, assessment_id: str, language: Language, edition: Edition, copy: CopyFor | None
) -> Document:
    """Return what a report says as of now, without what changed since the issue before."""
    document = build_document(
        facts=proposal_facts(workspace, assessment_id, language, edition),
        language=language,
        translate=load_translator(language),
        template=workspace.template(edition.template),
        kind=report_kind(workspace, edition),
        copy=copy,
    )
    if not document.chapters:
        code = "REPORT_EMPTY" if edition.audience == ENTERPRISE else "COPY_EMPTY"
        raise DiagError(code, location=edition.audience, kind=edition.kind)
    return document


def _loose(workspace: Workspace, assessment_id: str, language: Language, kind: ReportKind) -> tuple[Problem, ...]:
    """Return what is loose in what this kind of report says, which packs were left out, and what is not read here."""
    sections = set(kind.sections)
    found = list(newer_problems(workspace, assessment_id))
    if kind.kind_id == PROPOSAL or sections & PLAN_SECTIONS:  # a city's template may leave the plan out of a proposal
        found += chain_problems(workspace, assessment_id, language)
    if sections & MONEY_SECTIONS:
        found += unsourced(books_of(workspace, assessment_id, language))
    found += standing_problems(workspace, assessment_id, sections)
    method = workspace.pack(load_assessment(workspace, assessment_id).pack)
    for part in _PRACTICE:
        found += [problem for problem in workspace.practice_problems(method, part) if problem not in found]
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class _Paper:
    """One file of a proposal that is about to be issued."""

    kind: Literal["pdf", "docx", "xlsx"]
    document: Document
    data: bytes
    problems: tuple[Problem, ...]


def _papers(
    workspace: Workspace,
    assessment_id: str,
    edition: Edition,
    languages: Sequence[Language],
    formats: Sequence[OfficeFormat],
    progress: Progress,
) -> list[_Paper]:
    """Return the files of a report, for each language the PDF and then the others."""
    papers: list[_Paper] = []
    steps = len(languages) * (1 + len(formats)) + 1
    pictures = _pictures(workspace, assessment_id, edition)
    copy = copy_for(workspace, assessment_id, edition)
    for language in languages:
        document = report_document(workspace, assessment_id, language, edition, copy)
        rendered = workspace.renderer(document, pictures)
        leaked = copy_leaks(workspace, assessment_id, copy, rendered.pdf, "pdf")
        looked = (*leaked, *lint(document), *rendered.problems, *workspace.reader(document, rendered.pdf, "pdf"))
        papers.append(_Paper(kind="pdf", document=document, data=rendered.pdf, problems=looked))
        progress(len(papers), steps)
        for kind in formats:
            written = workspace.writer(document, pictures, kind)
            fresh = tuple(problem for problem in written.problems if problem not in rendered.problems)
            fresh += workspace.reader(document, written.data, kind)
            fresh += copy_leaks(workspace, assessment_id, copy, written.data, kind)
            papers.append(_Paper(kind=kind, document=document, data=written.data, problems=fresh))
            progress(len(papers), steps)
    return papers


def _pictures(workspace: Workspace, assessment_id: str, edition: Edition) -> dict[str, bytes]:
    """Return the reduced pictures of an assessment's evidence by the digests of their files, and the logo.

    One that is not here or damaged is left out: the report shows its place empty, and that is among its problems.
    """
    logo = workspace.template(edition.template).branding.logo
    found = {digest(logo.png): logo.png} if logo is not None and logo.png else {}
    for item in find_evidence(workspace, assessment_id):
        if item.picture_sha256:
            with contextlib.suppress(DiagError):
                found[item.sha256] = workspace.store.read_blob(item.picture_sha256)
    return found


def _refuse(problems: tuple[Problem, ...], accepted: Sequence[Problem] | None) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise DiagError("PROPOSAL_BLOCKED", location=errors[0].location, problems=problems, count=str(len(errors)))
    unseen = [problem for problem in problems if accepted is not None and problem not in accepted]
    if unseen:
        raise DiagError("PROPOSAL_WARNINGS", location=unseen[0].location, problems=problems, count=str(len(unseen)))


@contextlib.contextmanager
def _all_or_none() -> Iterator[list[Path]]:
    """Give a list for the files written; they are taken away again when the proposal is not issued."""
    paths: list[Path] = []
    try:
        yield paths
    except BaseException:
        for path in paths:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _sealed(workspace: Workspace, document: Document) -> Mapping[str, str | int]:
    """Keep a content tree beside the files made from it, and return how the record names it."""
    data = plain_tree(document)
    return {"language": document.language, "sha256": workspace.store.put_blob(data), "size": len(data)}


def _record(
    workspace: Workspace,
    operation: Operation,
    assessment_id: str,
    edition: Edition,
    documents: Sequence[Document],
    trees: Sequence[Mapping[str, str | int]],
    files: Sequence[IssuedFile],
) -> str:
    assessment, kind = load_assessment(workspace, assessment_id), report_kind(workspace, edition)
    proposal_id = operation.create("proposal", parent=assessment_id)
    record = {
        "number": documents[0].report_number,
        "kind": edition.kind,
        "sections": list(kind.sections),
        "audience": edition.audience,
        "templates": dict(workspace.template(edition.template).digests),
        "issued_at": workspace.clock.now().isoformat(timespec="seconds"),
        "content_digest": content_digest(documents[0]),
        "contents": {document.language: content_digest(document) for document in documents},
        "pack": assessment.pack,
        "pack_digest": assessment.pack_digest,
        "trees": list(trees),
        "files": [unstructure(file) for file in files],
    }
    operation.seal(proposal_id, record, tuple(sorted(heads_of(workspace, assessment_id, kind.sections))))
    operation.audit("issue", {"proposal": proposal_id, "files": [file.sha256 for file in files]})
    return proposal_id


def _seen(workspace: Workspace, assessment_id: str) -> tuple[frozenset[str], int]:
    """Return what a proposal made now rests on: the facts' ops, and how many were issued before it."""
    return heads_of(workspace, assessment_id, (SIGNED_SECTION,)), len(issued_views(workspace, assessment_id))
