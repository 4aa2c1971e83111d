"""Bundles of 1.1 GB: written beside `cp -r` and `sync`, restic and borg; verified beside bagit; encrypted beside age.

Writing is timed to the end of its fsync, before the file is read back, which the others do not do. Its files are
digested when they are read back, as verifying does.
"""

from __future__ import annotations

import atexit
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

import bagit  # type: ignore[import-untyped]

from benchmarks.measurement import Measurement, alternate, peak_mb, timed_ms
from diag_app.crypto.age_keys import Identity, Recipient
from diag_app.crypto.signing import create_signer
from diag_app.model.op_text import digest_value
from diag_app.model.ops import Op, OpKind
from diag_app.sync.bundle_contents import BundleContents, Sender, Source, source_at
from diag_app.sync.bundle_read import verify_bundle
from diag_app.sync.bundle_write import write_bundle

PHOTOS, PHOTO, VIDEO = 250, 4 * 1024**2, 62_000_000
COPY_LIMIT, VERIFY_LIMIT, AGE_LIMIT, BACKUP_LIMIT, MEMORY_MB = 1.3, 1.5, 1.5, 0.5, 64
ROUNDS = 3
CLEAR = Path("/proc/self/clear_refs")
SIGNER = create_signer()
IDENTITY = Identity(bytes(range(32)))
CASE = "0190a5b0-0000-7000-8000-000000000001"


@dataclass
class Site:
    """A folder with the files of 250 photos and a video, and a place to write to."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)

    @property
    def photos(self) -> Path:
        return self.root / "photos"

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """Give an empty folder, with nothing left to flush from before; it is removed afterwards."""
        folder = Path(mkdtemp(dir=self.root))
        os.sync()
        yield folder
        shutil.rmtree(folder)


@cache
def site() -> Site:
    """Make the files once for all measurements of a run."""
    found = Site(root=Path(mkdtemp(prefix="bundle-bench-")))
    atexit.register(shutil.rmtree, found.root, ignore_errors=True)
    found.photos.mkdir()
    chance = random.Random(1)  # noqa: S311  photos need no secret
    for number in range(PHOTOS + 1):
        path = found.photos / f"{number:04d}.jpg"
        path.write_bytes(chance.randbytes(PHOTO if number < PHOTOS else VIDEO))
        with path.open("rb") as file:
            found.sources[file_digest(file, "sha256").hexdigest()] = source_at(path)
    return found


def measure_copy() -> Measurement:
    """Return the time of writing a bundle beside copying its files."""
    ours_ms, reference_ms = alternate(_write_ms, _copy_ms, rounds=ROUNDS)
    return Measurement(
        name="a bundle of 1.1 GB / cp -r and sync", ours_ms=ours_ms, reference_ms=reference_ms, limit=COPY_LIMIT
    )


def measure_verify() -> Measurement:
    """Return the time of verifying a bundle beside bagit's on the same bag, unpacked; both from memory."""
    with site().fresh() as folder:
        path = _write(folder, lambda _: None)
        with ZipFile(path) as archive:
            archive.extractall(folder / "bag")  # our own file
        bag = bagit.Bag(str(folder / "bag"))
        ours_ms, reference_ms = alternate(
            lambda: timed_ms(lambda: verify_bundle(path)), lambda: timed_ms(bag.validate), rounds=ROUNDS
        )
    return Measurement(
        name="a bundle of 1.1 GB verified / bagit", ours_ms=ours_ms, reference_ms=reference_ms, limit=VERIFY_LIMIT
    )


def measure_encrypted() -> Measurement:
    """Return the time of writing an encrypted bundle beside writing it plain and the command age on it."""
    ours_ms, reference_ms = alternate(
        lambda: _write_ms(IDENTITY.recipient), lambda: _write_ms(then=_age), rounds=ROUNDS
    )
    return Measurement(
        name="an encrypted bundle of 1.1 GB / plain, then age",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=AGE_LIMIT,
    )


def measure_restic() -> Measurement:
    """Return the time of writing a bundle beside restic's of the same files."""
    return _beside("restic", _restic)


def measure_borg() -> Measurement:
    """Return the time of writing a bundle beside borg's of the same files."""
    return _beside("borg", _borg)


def measure_memory() -> Measurement:
    """Return the megabytes that a process grows by when it writes and verifies an encrypted bundle."""
    command = [sys.executable, "-c", "from benchmarks.bundle import grown; print(grown())"]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measurement(
        name="memory of writing and verifying 1.1 GB, encrypted",
        ours_ms=float(found.stdout),
        reference_ms=None,
        limit=MEMORY_MB,
        unit="MB",
    )


def grown() -> float:
    """Return by how many megabytes this process grew over a small bundle's when it wrote the large one."""
    with site().fresh() as folder:
        small = dict(list(site().sources.items())[:1])
        _sealed(folder / "small.zip", small, (IDENTITY.recipient,), lambda _: None)
        # The peak begins anew: making the files had its own, and so had the process that started this one.
        CLEAR.write_text("5")
        before = peak_mb()
        path = _sealed(folder / "x.zip", site().sources, (IDENTITY.recipient,), lambda _: None)
        if not verify_bundle(path, identities=[IDENTITY]).ok:
            raise ValueError(path)
        return peak_mb() - before


def _beside(name: str, backup: Callable[[Path], None]) -> Measurement:
    def reference() -> float:
        with site().fresh() as folder:
            return timed_ms(lambda: backup(folder))

    ours_ms, reference_ms = alternate(_write_ms, reference, rounds=ROUNDS)
    return Measurement(
        name=f"a bundle of 1.1 GB / {name}", ours_ms=ours_ms, reference_ms=reference_ms, limit=BACKUP_LIMIT
    )


def _write_ms(*recipients: Recipient, then: Callable[[Path], None] | None = None) -> float:
    """Return the milliseconds until the bundle was written and flushed, and what comes `then` with it was done."""
    marks: list[tuple[int, float]] = []
    with site().fresh() as folder:
        begun = time.perf_counter()
        path = _sealed(folder / "x.zip", site().sources, recipients, lambda done: marks.append((done, _now(begun))))
        written = sum(source.size for source in site().sources.values())
        tail = 0.0 if then is None else timed_ms(lambda: then(path))
    # All of the payload is counted once when written; the first count beyond it and the tag files is the first read.
    later = next(at for done, at in marks if done > written + 2 * 1024**2)
    return later + tail


def _now(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def _write(folder: Path, heard: Callable[[int], None]) -> Path:
    return _sealed(folder / "x.zip", site().sources, (), heard)


def _sealed(
    path: Path, sources: dict[str, Source], recipients: tuple[Recipient, ...], heard: Callable[[int], None]
) -> Path:
    contents = BundleContents(ops=lambda: [_op()], sender=Sender(name="x", org="x", device="x"), blobs=sources)
    sealed = write_bundle(
        path, contents=contents, signer=SIGNER, recipients=recipients, progress=lambda done, _: heard(done)
    )
    return sealed.path


def _op() -> Op:
    salt = "00" * 16
    return Op(
        kind=OpKind.SET, case=CASE, entity=CASE, register="name", value_digest=digest_value("x", salt), preds=(),
        replica="0" * 32, seq=1, prev=None, hlc=(1, 0), actor="x", operation_id=CASE, operation="x", pack=None,
        value="x", salt=salt,
    )  # fmt: skip


def _copy_ms() -> float:
    with site().fresh() as folder:
        return timed_ms(lambda: _run("sh", "-c", 'cp -r "$0" "$1" && sync', str(site().photos), str(folder)))


def _age(path: Path) -> None:
    _run("sh", "-c", 'age -r "$0" -o "$1.age" "$1" && sync', IDENTITY.recipient.text, str(path))


def _restic(folder: Path) -> None:
    secret = folder / "passphrase"
    secret.write_text("bench")
    common = ("restic", "--quiet", "--no-cache", "--repo", str(folder / "repo"), "--password-file", str(secret))
    _run(*common, "init")
    _run(*common, "backup", str(site().photos))


def _borg(folder: Path) -> None:
    environment = {**os.environ, "BORG_BASE_DIR": str(folder), "BORG_PASSPHRASE": "bench"}
    _run("borg", "init", "--encryption=repokey-blake2", str(folder / "repo"), environment=environment)
    _run("borg", "create", "--compression=none", f"{folder / 'repo'}::1", str(site().photos), environment=environment)


def _run(*command: str, environment: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, env=environment, capture_output=True)
