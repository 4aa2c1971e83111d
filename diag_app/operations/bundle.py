"""Sealed bundles: carry whole cases to another machine, and know what no receipt has named yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.crypto.age_file import is_age
from diag_app.crypto.age_keys import Recipient, recipient_from_text
from diag_app.crypto.signing import Signer
from diag_app.errors import DiagError, Problem, Severity
from diag_app.files import is_there, reading, refusal
from diag_app.forms.scoring import score
from diag_app.operations.arrival import waiting
from diag_app.operations.assessment import find_assessments, readable_pack
from diag_app.operations.bundle_files import files_of
from diag_app.operations.bundle_keys import keys_at, listed_keys
from diag_app.operations.bundle_profile import Profile, Selection, select
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.evidence import find_evidence
from diag_app.operations.export_log import record_export
from diag_app.operations.need import find_needs
from diag_app.operations.snapshots import snapshot_before
from diag_app.operations.state import state_problems
from diag_app.operations.workspace import Workspace, signing_key_path
from diag_app.storage.exchange import ImportResult
from diag_app.storage.scratch import sweep_drafts
from diag_app.sync import bundle_read
from diag_app.sync.bundle_contents import BundleContents, Sender
from diag_app.sync.bundle_write import SealedBundle, write_bundle
from diag_app.sync.fact_tables import FactTables
from diag_app.sync.facts import CaseFacts, facts_of
from diag_app.sync.limits import LIMITS, MIB
from diag_app.sync.parts import SUFFIX, SUFFIXES, earlier_parts, parts_beside, set_problems
from diag_app.sync.signer_file import load_or_create_signer
from diag_app.sync.statement import StatedAudit, Statement, VersionVector

__all__ = ["Imported", "SealedBundle", "export_bundle", "import_bundle", "verify_bundle"]

BUNDLE_SUFFIX, BUNDLE_SUFFIXES = SUFFIX, SUFFIXES  # as they are written, and as they are looked for
PART_MB = (LIMITS.split // MIB, LIMITS.part // MIB)  # the usual and the largest size of a file


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import of one bundle did; conflicts are kept, both values, until someone settles them."""

    result: ImportResult
    problems: tuple[Problem, ...]
    cases: frozenset[str] = frozenset()  # the enterprises that the bundle is about


def export_bundle(
    workspace: Workspace,
    output: Path,
    ids: Sequence[str] | None = None,
    *,
    profile: Profile = "full",
    base: VersionVector | None = None,
    held: Collection[str] = (),
    recipients: Sequence[str] = (),
    city: str | None = None,
    part_size: int = LIMITS.split,
    without_absent: bool = False,
    progress: Progress = no_progress,
) -> SealedBundle:
    """Seal the cases that `ids` (enterprises or assessments) belong to, or all, into `output`, in parts if need be.

    What the `profile` leaves out is withheld, not lost; see `bundle_profile`. Given what a receipt for this profile
    acknowledged, `base` (up to where of each chain) and `held` (digests of files), only the rest goes. With
    `recipients` (`age1…`) nobody else can open it; the `city` it is for is signed. "Done" is said after every part
    has been read back from the disk and verified.

    What else was left out is among the problems: files that are not here, where it goes `without_absent` ones
    (`FILES_ABSENT`), and the tables of assessments whose method is not installed (`FACTS_LEFT_OUT`).

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `RECIPIENT_INVALID`, `NOTHING_NEW` (all of it was acknowledged), `FILES_ABSENT`,
            `BLOB_DAMAGED`, `SPACE_SHORT`, `OUTPUT_IN_WORKSPACE`, `OUTPUT_FOLDER_MISSING`, `OUTPUT_TAKEN` (another file
            stands there), or a file code; no file remains.
    """
    workspace.store.require_writable()
    _refuse_output(workspace, output)
    sweep_drafts(output.parent, now=workspace.clock.now())
    to = [recipient_from_text(text) for text in dict.fromkeys(recipients)]
    trail = workspace.store.audit_head()
    with workspace.store.unchanging():
        cases = _cases(workspace, ids)
        selection = select(workspace, cases, profile)
        files = files_of(workspace, cases, selection, held, without_absent=without_absent)
        facts, unreadable = _facts(workspace, cases, selection)
        contents = BundleContents(
            ops=lambda: selection.released(workspace.store.ops(cases, after=base)),
            sender=_sender(workspace, city),
            blobs=files.blobs,
            reports=files.reports,
            facts=facts,
            state_digests={case: workspace.store.state_digest(case) for case in cases},
            base_vv={chain: seq for chain, seq in (base or {}).items() if chain[1] in cases},
            profile=profile,
            audit=StatedAudit(trail=trail.trail, seq=trail.seq, head=trail.row_id),
        )
        signer = load_or_create_signer(signing_key_path(workspace.directory), workspace.key)
        sealed = _sealed(output, contents, signer, to, part_size, progress)
    record_export(workspace, sealed, contents.state_digests, profile)
    return replace(sealed, problems=(*files.problems, *unreadable))


def verify_bundle(
    path: Path,
    *more: Path,
    home: Path | None = None,
    key: bytes | None = None,
    identity_file: Path | None = None,
    progress: Progress = no_progress,
) -> tuple[Problem, ...]:
    """Return everything wrong with a bundle, given by its file or its parts.

    A signer other than the workspace `home`'s is a warning, and so is a part that is not among them. An encrypted
    workspace knows its own keys only by its store `key`; `identity_file` holds further ones, as `age-keygen` writes it.
    """
    keys = keys_at(home, key, identity_file)
    found: list[Problem] = []
    whole: list[tuple[Statement, str]] = []
    for one in (path, *more):
        checked = bundle_read.verify_bundle(
            one, trusted_keys=keys.trusted, identities=keys.identities, progress=progress
        )
        found += checked.problems
        if checked.statement and checked.ok:
            whole.append((checked.statement, checked.manifest_sha256))
    return (*found, *set_problems(whole, location=path.name))


def import_bundle(
    workspace: Workspace,
    path: Path,
    *more: Path,
    identity_file: Path | None = None,
    progress: Progress = no_progress,
) -> Imported:
    """Verify a bundle, given by its file or its parts, then take in what is new; a second time changes nothing.

    Each part is taken in by one transaction. Of several, one that is damaged is left out and named among the problems
    (`PART_REFUSED`), and so is what has not come (`PART_MISSING`, `FILES_WAITING`). What is encrypted is opened by the
    workspace's own key or one in `identity_file`, in memory only.

    Raises:
        DiagError: the first error of `verify_bundle` with all of them attached, where nothing could be taken in; the
            workspace is as before.
    """
    keys = keys_at(workspace.directory, workspace.key, identity_file)
    trusted = (*keys.trusted, *listed_keys(workspace))
    done: list[Imported] = []
    refused: list[DiagError] = []
    problems: list[Problem] = []
    whole: list[tuple[Statement, str]] = []
    before: tuple[Problem, ...] | None = None
    for one in (path, *more):
        try:
            with bundle_read.read_bundle(
                one, trusted_keys=trusted, identities=keys.identities, progress=progress
            ) as opened:
                if before is None:  # one for all parts: more would push out what was here before the first
                    before = snapshot_before(workspace, "import")
                done.append(_take_in(workspace, opened))
                whole.append((opened.statement, opened.verification.manifest_sha256))
        except DiagError as error:
            refused.append(error)
            problems.append(Problem(code="PART_REFUSED", location=one.name, parameters={"found": error.code}))
            problems += error.problems
    if not done:
        raise refused[0]
    cases = frozenset[str]().union(*(one.cases for one in done))
    return Imported(
        result=reduce(_added, (one.result for one in done)),
        problems=(
            *(before or ()),
            *problems,
            *(problem for one in done for problem in one.problems),
            *set_problems(whole, location=path.name),
            *waiting(workspace, sorted(cases)),
        ),
        cases=cases,
    )


def import_with_parts(workspace: Workspace, path: Path, *, progress: Progress = no_progress) -> Imported:
    """Take in a bundle by one of its files: the other parts that lie beside it come along."""
    return import_bundle(workspace, *parts_beside(path), progress=progress)


def _take_in(workspace: Workspace, opened: bundle_read.OpenedBundle) -> Imported:
    unwanted = workspace.store.unwanted_blobs((*opened.blobs, *opened.reports), opened.ops)
    for sha256 in opened.blobs:  # those already here too: a file that was damaged since is mended
        if sha256 not in unwanted:
            workspace.store.put_blob(opened.read_blob(sha256))
    for sha256 in opened.reports:
        if sha256 not in unwanted:
            workspace.store.put_blob(opened.read_report(sha256))
    result = workspace.store.import_ops(opened.ops(), bundle=opened.statement.bundle_set)
    return Imported(
        result=result,
        problems=(
            *opened.verification.problems,
            *result.problems,
            *state_problems(workspace, opened.statement),
        ),
        cases=frozenset(opened.statement.state_digests),
    )


def _added(one: ImportResult, other: ImportResult) -> ImportResult:
    return ImportResult(
        applied=one.applied + other.applied,
        already_here=one.already_here + other.already_here,
        conflicts=(*one.conflicts, *other.conflicts),
        problems=(*one.problems, *other.problems),
        erased=one.erased + other.erased,
    )


def _refuse_output(workspace: Workspace, output: Path) -> None:
    """A slip of the hand must not replace the store itself, nor somebody's other file, by a bundle."""
    try:
        is_inside = output.resolve().is_relative_to(workspace.directory.resolve())
    except OSError as error:
        raise refusal(error, output) from error
    if is_inside:
        raise DiagError("OUTPUT_IN_WORKSPACE", location=str(output))
    if not output.parent.is_dir():  # a folder made here would be on this disk, where a stick was meant
        raise DiagError("OUTPUT_FOLDER_MISSING", location=str(output.parent))
    for path in (output, *earlier_parts(output)):
        _refuse_taken(path)


def _refuse_taken(path: Path) -> None:
    if is_there(path):
        with reading(path) as file:
            head = file.read(35)
        is_bundle = head.startswith(b"PK\x03\x04") and head.endswith(b"data/")
        if head and not is_bundle and not is_age(head):
            raise DiagError("OUTPUT_TAKEN", location=str(path))


def _sender(workspace: Workspace, city: str | None) -> Sender:
    actor = workspace.actor
    return Sender(name=actor.name, org=actor.firm, device=actor.device, city=city)


def _sealed(
    output: Path,
    contents: BundleContents,
    signer: Signer,
    recipients: Sequence[Recipient],
    part_size: int,
    progress: Progress,
) -> SealedBundle:
    limits = replace(LIMITS, split=min(part_size, LIMITS.part))
    try:
        return write_bundle(
            output, contents=contents, signer=signer, recipients=recipients, limits=limits, progress=progress
        )
    except DiagError as error:
        if error.code == "BUNDLE_EMPTY" and contents.base_vv:
            raise DiagError("NOTHING_NEW") from None
        raise


def _cases(workspace: Workspace, ids: Sequence[str] | None) -> tuple[str, ...]:
    if ids is None:
        return tuple(view.case for view in workspace.store.entities("enterprise", include_deleted=True))
    return tuple(dict.fromkeys(workspace.store.entity(entity_id).case for entity_id in ids))


def _facts(workspace: Workspace, cases: Sequence[str], selection: Selection) -> tuple[FactTables, tuple[Problem, ...]]:
    """Return the tables; what is by a method that cannot be read here is not in them; each such is named."""
    tables, problems = FactTables(), dict[str, Problem]()
    for case in cases:
        for assessment in find_assessments(workspace, case):
            pack = readable_pack(workspace, assessment.assessment_id)
            if pack is None:
                code = "FACTS_LEFT_OUT"
                problems[assessment.pack] = Problem(code=code, location=assessment.pack, severity=Severity.WARNING)
                continue
            tables += facts_of(
                CaseFacts(
                    enterprise=load_enterprise(workspace, case),
                    assessment=assessment,
                    pack=pack,
                    scorecard=score(pack, assessment.answers),
                    needs=find_needs(workspace, assessment.assessment_id),
                    evidence=selection.stated(find_evidence(workspace, assessment.assessment_id)),
                )
            )
    return tables, tuple(problems.values())
