"""Opens a bundle: what is in it is given out only after all of it has been verified."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from diag_app import files
from diag_app.clock import Progress, no_progress
from diag_app.codec import digest
from diag_app.crypto.age_keys import Identity
from diag_app.crypto.signing import PublicKey
from diag_app.errors import DiagError, Problem, refuse
from diag_app.model.ops import Op
from diag_app.sync import names
from diag_app.sync.bundle_check import CheckedBundle, Verification, check_bundle
from diag_app.sync.canonical_zip import Entry
from diag_app.sync.container import opened
from diag_app.sync.limits import LIMITS, Limits
from diag_app.sync.ops_check import decode_segment
from diag_app.sync.statement import Statement
from diag_app.sync.zip_reader import chunks

__all__ = ["OpenedBundle", "Verification", "read_bundle", "verify_bundle"]


class OpenedBundle:
    """A verified bundle, open for reading. Every digest is checked once more on the way out."""

    def __init__(self, file: BinaryIO, checked: CheckedBundle, statement: Statement, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._entries = {entry.name: entry for entry in checked.entries}
        self.verification = checked.verification
        self.statement = statement

    @property
    def blobs(self) -> tuple[str, ...]:
        """Return the SHA-256 of every piece of evidence, ascending."""
        return self._named("data/blobs/")

    @property
    def reports(self) -> tuple[str, ...]:
        """Return the SHA-256 of every issued report, ascending."""
        return self._named("data/reports/")

    def ops(self) -> Iterator[Op]:
        """Return all ops, ascending by replica, case, seq and id."""
        for name, entry in self._entries.items():
            if name.startswith("data/ops/"):
                yield from decode_segment(self._read(entry), name=name, limits=self._limits)

    def read_blob(self, sha256: str) -> bytes:
        """Return one piece of evidence; `ENTRY_MISSING` or `ENTRY_CHANGED` is raised where it is not as verified."""
        return self._read_named(names.blob_name(sha256), sha256)

    def read_report(self, sha256: str) -> bytes:
        """Return one issued report, as `read_blob` does."""
        return self._read_named(names.report_name(sha256), sha256)

    def _named(self, folder: str) -> tuple[str, ...]:
        found = (names.digest_in(name) for name in self._entries if name.startswith(folder))
        return tuple(sha256 for sha256 in found if sha256 is not None)

    def _read_named(self, name: str, sha256: str) -> bytes:
        if name not in self._entries:
            raise DiagError("ENTRY_MISSING", location=name)
        data = self._read(self._entries[name])
        if digest(data) != sha256:
            raise DiagError("ENTRY_CHANGED", location=name)
        return data

    def _read(self, entry: Entry) -> bytes:
        return b"".join(chunks(self._file, entry))


def verify_bundle(
    path: Path,
    *,
    trusted_keys: Collection[PublicKey] = (),
    identities: Collection[Identity] = (),
    limits: Limits = LIMITS,
    progress: Progress = no_progress,
) -> Verification:
    """Return everything that is wrong with the part at `path`; `progress` counts bytes.

    One that is encrypted is opened by one of `identities`, in memory only. A signer that is not among
    `trusted_keys` is the warning `SIGNER_UNKNOWN`; all else found is an error.

    Raises:
        DiagError: where the file itself cannot be read (`NOT_FOUND`, `NO_ACCESS`, …).
    """
    with files.reading(path) as file:
        return _checked(file, path, trusted_keys, identities, limits, progress)[1].verification


@contextlib.contextmanager
def read_bundle(
    path: Path,
    *,
    trusted_keys: Collection[PublicKey] = (),
    identities: Collection[Identity] = (),
    limits: Limits = LIMITS,
    progress: Progress = no_progress,
) -> Iterator[OpenedBundle]:
    """Verify the part at `path` and give it open for reading; one that is encrypted is opened in memory only.

    Raises:
        DiagError: the first error of `verify_bundle`, with all of them attached.
    """
    with files.reading(path) as file:
        plain, checked = _checked(file, path, trusted_keys, identities, limits, progress)
        refuse(checked.verification.problems)
        if checked.verification.statement is None:
            raise DiagError("STATEMENT_INVALID", location=names.SIGNATURE)
        yield OpenedBundle(plain, checked, checked.verification.statement, limits)


def _checked(
    file: BinaryIO,
    path: Path,
    trusted_keys: Collection[PublicKey],
    identities: Collection[Identity],
    limits: Limits,
    progress: Progress,
) -> tuple[BinaryIO, CheckedBundle]:
    total, done = file.seek(0, 2), 0

    def count(read: int) -> None:
        nonlocal done
        done += read
        progress(done, total)

    try:
        plain = opened(file, identities, location=names.shown(path.name))
        checked = check_bundle(plain, trusted_keys=trusted_keys, limits=limits, count=count)
    except DiagError as error:
        found = Problem(code=error.code, location=error.location, parameters=error.parameters)
        checked = CheckedBundle(verification=Verification(problems=(found,), statement=None, signer=None), entries=())
        return file, checked
    except OSError as error:
        raise files.refusal(error, path) from error
    problems = tuple(_placed(problem, path) for problem in checked.verification.problems)
    return plain, replace(checked, verification=replace(checked.verification, problems=problems))


def _placed(problem: Problem, path: Path) -> Problem:
    """Name the file in a problem of the whole bundle."""
    return problem if problem.location else replace(problem, location=names.shown(path.name))
