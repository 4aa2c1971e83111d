"""Checks a bundle in a process of its own, which may neither write files nor use time and memory without end."""

from __future__ import annotations

import multiprocessing
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from diag_app.crypto.age_keys import identity_of
from diag_app.errors import DiagError, Severity
from diag_app.model.receipt import ReceiptFault
from diag_app.receiver.verdict import Verdict, verdict_bytes, verdict_from, verdict_of
from diag_app.sync.bundle_read import verify_bundle
from diag_app.sync.signer_file import load_signer

MOST_FAULTS = 50  # of a wholly broken bundle the first ones tell enough


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What the checking process may use. Windows bounds the time only: it has no such limits for a process alone."""

    wall_seconds: float = 900
    cpu_seconds: int = 600
    memory_bytes: int = 2 * 1024**3


BOUNDS = Bounds()


def verify_apart(path: Path, key_file: Path, *, bounds: Bounds = BOUNDS) -> Verdict:
    """Return the verdict over the bundle at `path`; one that uses up its bounds is refused with `VERIFY_EXCEEDED`.

    The process reads the receiver's key from `key_file` itself, to open what is encrypted.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_verify_bounded, args=(there, path, key_file, bounds), daemon=True)
    process.start()
    there.close()
    try:
        if here.poll(bounds.wall_seconds):
            return verdict_from(here.recv_bytes())
    except (EOFError, OSError, DiagError):  # it was ended by its bounds, or brought down
        pass
    finally:
        process.kill()
        process.join()
        here.close()
    return Verdict(faults=(ReceiptFault(code="VERIFY_EXCEEDED", location=path.name),))


def verify_here(path: Path, key_file: Path) -> Verdict:
    """Return the verdict over the bundle at `path`, found in this process."""
    try:
        found = verify_bundle(path, identities=(identity_of(load_signer(key_file)),))
    except DiagError as error:
        return Verdict(faults=(ReceiptFault(code=error.code, location=path.name),))
    faults = tuple(
        ReceiptFault(code=problem.code, location=problem.location)
        for problem in found.problems
        if problem.severity is Severity.ERROR
    )
    return verdict_of(faults[:MOST_FAULTS], found.statement, found.signer)


def _verify_bounded(there: Connection, path: Path, key_file: Path, bounds: Bounds) -> None:
    _bind(bounds)
    try:
        there.send_bytes(verdict_bytes(verify_here(path, key_file)))
    except MemoryError:  # the pipe closes, and that tells
        return


if sys.platform == "win32":

    def _bind(bounds: Bounds) -> None:
        """Leave it to the time: there is nothing else to bind a process with."""

else:
    import resource

    def _bind(bounds: Bounds) -> None:
        for limit, value in (
            (resource.RLIMIT_CPU, bounds.cpu_seconds),
            (resource.RLIMIT_AS, bounds.memory_bytes),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(limit, (value, value))
