"""The files that go into a bundle, and those that belong to it and are not here: in a part yet to come, or lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from diag_app.errors import Problem, Severity, refuse
from diag_app.model.reading import file_of
from diag_app.operations.bundle_profile import Selection
from diag_app.operations.workspace import Workspace
from diag_app.storage.deliveries import freed_blobs
from diag_app.sync.bundle_contents import Source


@dataclass(frozen=True, kw_only=True)
class BundleFiles:
    """Evidence and issued files by their SHA-256, as the bundle takes them, and what is said of those left out."""

    blobs: Mapping[str, Source]
    reports: Mapping[str, Source]
    problems: tuple[Problem, ...]


def files_of(
    workspace: Workspace, cases: Iterable[str], selection: Selection, held: Collection[str], *, without_absent: bool
) -> BundleFiles:
    """Return the files of a selection but those that the receiver has (`held`), that were freed, or that were erased.

    `FILES_ABSENT` names how many others are not here, and one of them: it is refused, and with `without_absent` a
    warning beside the rest. Their ops go along, so that a receipt names them as missing, and the next bundle that
    goes once they are here has them.
    """
    blobs = selection.blobs - freed_blobs(workspace.store) - frozenset(held)
    reports = selection.reports - workspace.store.erased_blobs() - frozenset(held)
    absent = sorted(sha256 for sha256 in blobs | reports if not workspace.store.has_blob(sha256))
    severity = Severity.WARNING if without_absent else Severity.ERROR
    problems = (_absence(workspace, cases, absent, severity),) if absent else ()
    refuse(problems)
    return BundleFiles(
        blobs=_sources(workspace, blobs.difference(absent)),
        reports=_sources(workspace, reports.difference(absent)),
        problems=problems,
    )


def _sources(workspace: Workspace, digests: Iterable[str]) -> dict[str, Source]:
    return {
        sha256: Source(size=workspace.store.blob_size(sha256), open=partial(workspace.store.open_blob, sha256))
        for sha256 in sorted(digests)
    }


def _absence(workspace: Workspace, cases: Iterable[str], absent: list[str], severity: Severity) -> Problem:
    """Name what is absent by what people call it, where that is known; a picture and its reduced copy are one file."""
    views = (view for case in cases for view in workspace.store.entities("evidence", case=case))
    files = [value for value in map(file_of, views) if value is not None]
    pairs = [(str(value["name"]), {value["sha256"], value.get("picture")}.intersection(absent)) for value in files]
    lost = sorted(((name, digests) for name, digests in pairs if digests), key=itemgetter(0))
    others = set(absent).difference(*(digests for _, digests in lost))
    return Problem(
        code="FILES_ABSENT",
        location=lost[0][0] if lost else absent[0],
        severity=severity,
        parameters={"count": str(len(lost) + len(others))},
    )
