"""Merging two copies of a case with 500 answers and 1,000 files, beside `git pull` of as many files of those sizes.

After the copies parted each side changed half of the answers, and half of the files came in on each. Ours takes in the
colleague's sealed bundle, which verifies every file first; git fetches from the colleague's clone and merges.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measurement import Measurement, timed_ms
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import start_assessment
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.workspace import Workspace, open_workspace

MOST_MS = 2000.0
ANSWERS, FILES, BYTES = 500, 1000, 20_000
WANG, LI = (Actor(name=name, firm="示例服务商", device=name) for name in ("王工", "李工"))
_GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "core.fsync=all", "-c", "gc.auto=0")


def measure() -> Measurement:
    """Return the time of taking in a colleague's copy; the note has that of a git pull."""
    with TemporaryDirectory() as name:
        ours_ms = _merge_ours(Path(name))
        reference_ms = _merge_git(Path(name))
    return Measurement(
        name=f"two copies merged: {ANSWERS} answers, {FILES} files",
        ours_ms=ours_ms,
        reference_ms=None,
        limit=MOST_MS,
        note=f"git pull of as many files of those sizes, in the same run: {reference_ms:.0f} ms",
    )


def _merge_ours(folder: Path) -> float:
    with open_workspace(folder / "wang", actor=WANG) as wang, open_workspace(folder / "li", actor=LI) as li:
        firm = add_enterprise(wang, EnterpriseProfile(name="锦程纺织")).enterprise_id
        assessment = start_assessment(wang, firm)
        _write_answers(wang, firm, assessment, range(ANSWERS), "before")
        li.store.import_ops(wang.store.ops())
        for workspace, side in ((wang, 0), (li, 1)):
            _write_answers(workspace, firm, assessment, range(side, ANSWERS, 2), workspace.actor.name)
            _add_files(workspace, firm, assessment, range(side, FILES, 2))
        bundle = folder / "li.zip"
        export_bundle(li, bundle, [firm])
        return timed_ms(lambda: import_bundle(wang, bundle))


def _write_answers(workspace: Workspace, firm: str, assessment: str, numbers: range, value: str) -> None:
    with workspace.store.operation("record_note", firm) as operation:
        for number in numbers:
            operation.set(assessment, f"note:N{number}", f"{value} {number}")


def _add_files(workspace: Workspace, firm: str, assessment: str, numbers: range) -> None:
    digests = {number: workspace.store.put_blob(_content(number)) for number in numbers}
    with workspace.store.operation("add_evidence", firm) as operation:
        for number, sha256 in digests.items():
            item = operation.create("evidence", parent=assessment)
            file = {"sha256": sha256, "name": f"{number}.bin", "media_type": "application/octet-stream", "size": BYTES}
            operation.set(item, "file", file)
            operation.link(item, "target", "B1")


def _content(number: int) -> bytes:
    """Return bytes that no one can make smaller, the same in every run."""
    blocks = (hashlib.sha256(f"{number} {block}".encode()).digest() for block in range(BYTES // 32))
    return b"".join(blocks)


def _merge_git(folder: Path) -> float:
    wang, li = folder / "git-wang", folder / "git-li"
    wang.mkdir()
    _git(wang, "init", "-q", "-b", "main")
    _commit(wang, {f"answers/{number}": b"before" for number in range(ANSWERS)})
    _git(folder, "clone", "-q", str(wang), str(li))
    for clone, side in ((wang, 0), (li, 1)):
        answers = {f"answers/{number}": clone.name.encode() for number in range(side, ANSWERS, 2)}
        _commit(clone, {**answers, **{f"files/{number}": _content(number) for number in range(side, FILES, 2)}})
    return timed_ms(lambda: _git(wang, "pull", "-q", "--no-rebase", "--no-edit", str(li), "main"))


def _commit(clone: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = clone / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    _git(clone, "add", "-A")
    _git(clone, "commit", "-q", "-m", "work")


def _git(folder: Path, *arguments: str) -> None:
    """Run git without any settings of the person at this machine."""
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run((*_GIT, *arguments), cwd=folder, check=True, capture_output=True, env=quiet)
