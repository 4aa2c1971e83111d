"""Sealed bundles: carry whole cases to another machine, and know what no receipt has named yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from diag_app.clock import Progress, no_progress
from diag_app.crypto.signing import PublicKey
from diag_app.errors import DiagError, Problem
from diag_app.files import is_there, reading, refusal
from diag_app.forms.scoring import score
from diag_app.operations.assessment import find_assessments
from diag_app.operations.bundle_profile import Profile, Selection, select
from diag_app.operations.enterprise import load_enterprise
from diag_app.operations.evidence import find_evidence
from diag_app.operations.export_log import record_export
from diag_app.operations.need import find_needs
from diag_app.operations.snapshots import snapshot_before
from diag_app.operations.workspace import Workspace, signing_key_path
from diag_app.storage.exchange import ImportResult
from diag_app.sync import bundle_read
from diag_app.sync.bundle_write import BundleContents, SealedBundle, Sender, Source, write_bundle
from diag_app.sync.fact_tables import FactTables
from diag_app.sync.facts import CaseFacts, facts_of
from diag_app.sync.signer_file import has_signer, load_or_create_signer, load_signer
from diag_app.sync.statement import StatedAudit

__all__ = ["Imported", "SealedBundle", "export_bundle", "import_bundle", "verify_bundle"]


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did; conflicts are kept, both values, until someone settles them."""

    result: ImportResult
    problems: tuple[Problem, ...]
    cases: frozenset[str] = frozenset()  # the enterprises that the bundle is about


def export_bundle(
    workspace: Workspace,
    output: Path,
    ids: Sequence[str] | None = None,
    *,
    profile: Profile = "full",
    progress: Progress = no_progress,
) -> SealedBundle:
    """Seal the cases that `ids` (enterprises or assessments) belong to, or all, into `output`.

    What the `profile` leaves out is withheld, not lost; see `bundle_profile`.

    "Done" is said after the file has been read back from the disk and verified.

    Raises:
        DiagError: `ENTITY_UNKNOWN`, `BLOB_MISSING`, `BLOB_DAMAGED`, `SPACE_SHORT`, `OUTPUT_IN_WORKSPACE`,
            `OUTPUT_TAKEN` (another file stands there), or a file code; no file remains.
    """
    workspace.store.require_writable()
    _refuse_output(workspace, output)
    trail = workspace.store.audit_head()
    with workspace.store.unchanging():
        cases = _cases(workspace, ids)
        selection = select(workspace, cases, profile)
        contents = BundleContents(
            ops=selection.released(workspace.store.ops(cases)),
            sender=Sender(name=workspace.actor.name, org=workspace.actor.firm, device=workspace.actor.device),
            blobs=_sources(workspace, selection.blobs),
            reports=_sources(workspace, selection.reports - workspace.store.erased_blobs()),
            facts=_facts(workspace, cases, selection),
            state_digests={case: workspace.store.state_digest(case) for case in cases},
            audit=StatedAudit(trail=trail.trail, seq=trail.seq, head=trail.row_id),
        )
        signer = load_or_create_signer(signing_key_path(workspace.directory), workspace.key)
        sealed = write_bundle(output, contents=contents, signer=signer, progress=progress)
    record_export(workspace, sealed, cases, profile)
    return sealed


def verify_bundle(
    path: Path, *, home: Path | None = None, key: bytes | None = None, progress: Progress = no_progress
) -> tuple[Problem, ...]:
    """Return everything wrong with the bundle at `path`; a signer other than the workspace `home`'s is a warning.

    An encrypted workspace knows its own signer only by its store `key`.
    """
    return bundle_read.verify_bundle(path, trusted_keys=_trusted(home, key), progress=progress).problems


def import_bundle(workspace: Workspace, path: Path, *, progress: Progress = no_progress) -> Imported:
    """Verify the bundle, then take in what is new in one transaction; a second time changes nothing.

    Raises:
        DiagError: the first error of `verify_bundle` with all of them attached; the workspace is as before.
    """
    own = _trusted(workspace.directory, workspace.key)
    with bundle_read.read_bundle(path, trusted_keys=own, progress=progress) as opened:
        before = snapshot_before(workspace, "import")
        unwanted = workspace.store.unwanted_blobs((*opened.blobs, *opened.reports), opened.ops)
        for sha256 in opened.blobs:  # those already here too: a file that was damaged since is mended
            if sha256 not in unwanted:
                workspace.store.put_blob(opened.read_blob(sha256))
        for sha256 in opened.reports:
            if sha256 not in unwanted:
                workspace.store.put_blob(opened.read_report(sha256))
        statement = opened.verification.statement
        result = workspace.store.import_ops(opened.ops(), bundle=statement.bundle_set if statement else "")
        return Imported(
            result=result,
            problems=(*before, *opened.verification.problems, *result.problems),
            cases=frozenset(statement.state_digests) if statement else frozenset(),
        )


def _refuse_output(workspace: Workspace, output: Path) -> None:
    """A slip of the hand must not replace the store itself, nor somebody's other file, by a bundle."""
    try:
        is_inside = output.resolve().is_relative_to(workspace.directory.resolve())
    except OSError as error:
        raise refusal(error, output) from error
    if is_inside:
        raise DiagError("OUTPUT_IN_WORKSPACE", location=str(output))
    if is_there(output):
        with reading(output) as file:
            head = file.read(35)
        if head and not (head.startswith(b"PK\x03\x04") and head.endswith(b"data/")):
            raise DiagError("OUTPUT_TAKEN", location=str(output))


def own_keys(home: Path, key: bytes | None = None) -> tuple[PublicKey, ...]:
    """Return the key that bundles of the workspace at `home` are sealed with; none before the first.

    An encrypted workspace knows it only by its store `key`.
    """
    return _trusted(home, key)


def _trusted(home: Path | None, key: bytes | None) -> tuple[PublicKey, ...]:
    if home is None or not has_signer(signing_key_path(home), key):
        return ()
    return (load_signer(signing_key_path(home), key).public_key,)


def _cases(workspace: Workspace, ids: Sequence[str] | None) -> tuple[str, ...]:
    if ids is None:
        return tuple(view.case for view in workspace.store.entities("enterprise", include_deleted=True))
    return tuple(dict.fromkeys(workspace.store.entity(entity_id).case for entity_id in ids))


def _sources(workspace: Workspace, digests: Iterable[str]) -> dict[str, Source]:
    found = {}
    for sha256 in sorted(digests):
        size = workspace.store.blob_size(sha256)
        found[sha256] = Source(size=size, open=partial(workspace.store.open_blob, sha256))
    return found


def _facts(workspace: Workspace, cases: Sequence[str], selection: Selection) -> FactTables:
    tables = FactTables()
    for case in cases:
        for assessment in find_assessments(workspace, case):
            pack = workspace.pack(assessment.pack)
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
    return tables
