"""What encryption costs: saving an answer, taking in a photo, opening; each beside the same on a plain workspace.

Encrypted and plain take turns on the same disk, so that the ratios are free of the machine's mood.
"""

from __future__ import annotations

import io
import itertools
import random
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from benchmarks.measurement import Measurement, alternate, timed_ms
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import NewEvidence, add_evidence_files
from diag_app.operations.security import create_encrypted_workspace, unlock
from diag_app.operations.workspace import Workspace, open_workspace

RATIO_LIMIT = 1.3
PASSPHRASE_MS, KEY_MS = 1000.0, 20.0
WARM_UP, ROUNDS, PHOTO_ROUNDS, OPEN_ROUNDS = 30, 400, 12, 7
PHRASE = "four unrelated words"
OPTIONS = ("A", "B", "C", "D")


def measure_keystroke() -> Measurement:
    """Return the median time of an answer's save in an encrypted workspace beside that in a plain one."""
    with TemporaryDirectory() as name:
        sealed, plain = _workspaces(Path(name))
        numbers = itertools.count()
        cases = {id(workspace): _assessment(workspace) for workspace in (sealed, plain)}

        def save(workspace: Workspace) -> float:
            options = (OPTIONS[next(numbers) // 2 % len(OPTIONS)],)
            return timed_ms(lambda: record_answer(workspace, cases[id(workspace)], "B1", options))

        alternate(lambda: save(sealed), lambda: save(plain), rounds=WARM_UP)
        ours_ms, reference_ms = alternate(lambda: save(sealed), lambda: save(plain), rounds=ROUNDS)
        sealed.close()
        plain.close()
    return Measurement(
        name="an answer, saved and durable, encrypted / plain",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=RATIO_LIMIT,
    )


def measure_evidence() -> Measurement:
    """Return the median time of taking in a photo in an encrypted workspace beside that in a plain one."""
    with TemporaryDirectory() as name:
        sealed, plain = _workspaces(Path(name))
        numbers = itertools.count()
        cases = {id(workspace): _assessment(workspace) for workspace in (sealed, plain)}

        def add(workspace: Workspace) -> float:
            photo = _photo(next(numbers) // 2)
            new = NewEvidence(name="photo.jpg", data=photo, targets=("B1",))
            return timed_ms(lambda: add_evidence_files(workspace, cases[id(workspace)], [new]))

        alternate(lambda: add(sealed), lambda: add(plain), rounds=2)
        ours_ms, reference_ms = alternate(lambda: add(sealed), lambda: add(plain), rounds=PHOTO_ROUNDS)
        sealed.close()
        plain.close()
    return Measurement(
        name="a photo taken in as evidence, encrypted / plain",
        ours_ms=ours_ms,
        reference_ms=reference_ms,
        limit=RATIO_LIMIT,
        note=f"a JPEG of {len(_photo(0)) / 1e6:.1f} MB",
    )


def measure_passphrase() -> Measurement:
    """Return the median time from a passphrase to an open workspace, at the usual cost of the derivation."""
    with TemporaryDirectory() as name:
        home = Path(name) / "home"
        create_encrypted_workspace(home, PHRASE)
        times = [
            timed_ms(lambda: open_workspace(home, key=unlock(home, passphrase=PHRASE)).close())
            for _ in range(OPEN_ROUNDS)
        ]
    return Measurement(
        name="opening by passphrase", ours_ms=statistics.median(times), reference_ms=None, limit=PASSPHRASE_MS
    )


def measure_key() -> Measurement:
    """Return the median time of opening with the key at hand, as every further handle does."""
    with TemporaryDirectory() as name:
        home = Path(name) / "home"
        create_encrypted_workspace(home, PHRASE)
        key = unlock(home, passphrase=PHRASE)
        times = []
        for _ in range(ROUNDS // 10):
            opened: list[Workspace] = []
            times.append(timed_ms(lambda: opened.append(open_workspace(home, key=key))))  # noqa: B023  called at once
            opened[0].close()
    return Measurement(name="opening by key", ours_ms=statistics.median(times), reference_ms=None, limit=KEY_MS)


def _workspaces(folder: Path) -> tuple[Workspace, Workspace]:
    create_encrypted_workspace(folder / "sealed", PHRASE)
    key = unlock(folder / "sealed", passphrase=PHRASE)
    return open_workspace(folder / "sealed", key=key), open_workspace(folder / "plain")


def _assessment(workspace: Workspace) -> str:
    return start_assessment(workspace, add_enterprise(workspace, EnterpriseProfile(name="试验厂")).enterprise_id)


def _photo(number: int) -> bytes:
    """Return a photo as a telephone makes them: 12 megapixels with noise, about 3 MB."""
    chance = random.Random(number)  # noqa: S311  a picture needs no secret
    small = Image.frombytes("RGB", (1000, 750), chance.randbytes(1000 * 750 * 3))
    written = io.BytesIO()
    small.resize((4000, 3000)).save(written, "JPEG", quality=85)
    return written.getvalue()
