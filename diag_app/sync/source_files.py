"""The files that go into a bundle: written while the check sum of the next is reckoned; told when one has changed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from functools import partial

from diag_app.errors import DiagError, Problem
from diag_app.sync import names
from diag_app.sync.bundle_contents import BundleContents, Source
from diag_app.sync.canonical_zip import HELD, UnsteadyError, ZipWriter
from diag_app.sync.limits import MIB

_BLOCK = 2 * MIB  # of a file that is not held whole


def add_sources(archive: ZipWriter, named: Mapping[str, str], sources: Mapping[str, Source], worker: Executor) -> None:
    """Write files, by name, each while the check sum of the next is reckoned.

    Whether they still have their digests is told when they are read back: to digest them here too would take longer
    than to write them.
    """
    waiting: list[tuple[str, bytes, Future[int]]] = []  # one at most
    for name in sorted(named):
        source, sha256 = sources[named[name]], named[name]
        if source.size > HELD:
            _add_waiting(archive, waiting)
            try:
                archive.add_stream(name, source.size, partial(_blocks, source))
            except UnsteadyError:
                raise DiagError("SOURCE_CHANGED", location=sha256) from None
            continue
        held = b"".join(_blocks(source))
        if len(held) != source.size:
            raise DiagError("SOURCE_CHANGED", location=sha256)
        summed = worker.submit(zlib.crc32, held)
        _add_waiting(archive, waiting)
        waiting.append((name, held, summed))
    _add_waiting(archive, waiting)


def _add_waiting(archive: ZipWriter, waiting: list[tuple[str, bytes, Future[int]]]) -> None:
    while waiting:
        name, data, summed = waiting.pop()
        archive.add_held(name, data, summed.result())


def refuse_changed(problems: Iterable[Problem], contents: BundleContents) -> None:
    """Refuse with `SOURCE_CHANGED` where what was read back wrong is wrong already where it was taken from."""
    named = {names.blob_name(sha256): (sha256, source) for sha256, source in contents.blobs.items()}
    named |= {names.report_name(sha256): (sha256, source) for sha256, source in contents.reports.items()}
    for problem in problems:
        if problem.location in named:
            sha256, source = named[problem.location]
            found = hashlib.sha256()
            for block in _blocks(source):
                found.update(block)
            if found.hexdigest() != sha256:
                raise DiagError("SOURCE_CHANGED", location=sha256)


def _blocks(source: Source) -> Iterator[bytes]:
    most = max(1, source.size) if source.size <= HELD else _BLOCK
    with source.open() as stream:
        while block := stream.read(most):  # most files are one block, and no copy is made of it
            yield block
