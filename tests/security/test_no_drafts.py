"""Whatever is shown or written from an encrypted workspace: no file in clear beside the one that was asked for."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from diag_app.model.marks import Box
from diag_app.operations.assessment import find_assessments
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.demo import run_demo
from diag_app.operations.evidence import evidence_picture, find_evidence
from diag_app.operations.evidence_export import export_evidence
from diag_app.operations.evidence_versions import redact_evidence, rotate_evidence
from diag_app.operations.fill_in import write_fill_in
from diag_app.operations.guide import write_guide
from diag_app.operations.previsit import write_previsit
from diag_app.operations.proposal import issue_proposal, preview_proposal
from diag_app.operations.security import create_encrypted_workspace, unlock
from diag_app.operations.snapshots import take_snapshot
from diag_app.operations.workspace import Workspace, open_workspace
from tests.security.cases import COST, PHRASE, files_holding

WRITING = os.O_WRONLY | os.O_RDWR
Act = Callable[[Workspace, str, Path], object]
written: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: every file that this process opens for writing."""
    if written is not None and event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        written.append(os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes)) else str(arguments[0]))


sys.addaudithook(_watch)


@contextmanager
def writing() -> Iterator[list[str]]:
    """Give the names of files opened for writing in the block."""
    global written  # noqa: PLW0603 - a hook of the interpreter stays for good
    written = []
    try:
        yield written
    finally:
        written = None


def picture(workspace: Workspace, assessment: str) -> str:
    return next(item.evidence_id for item in find_evidence(workspace, assessment) if item.picture_sha256)


ACTS: dict[str, Act] = {
    "preview": lambda workspace, assessment, _: preview_proposal(workspace, assessment, "zh"),
    "issue": lambda workspace, assessment, out: issue_proposal(
        workspace, assessment, ("zh",), out, formats=("docx", "xlsx")
    ),
    "workbook for the firm": lambda workspace, assessment, out: write_previsit(
        workspace, assessment, "zh", out / "firm.xlsx"
    ),
    "fill-in sheet": lambda workspace, assessment, out: [
        write_fill_in(workspace, assessment, "zh", out / name) for name in ("sheet.xlsx", "sheet.pdf")
    ],
    "guide": lambda workspace, assessment, out: write_guide(workspace, assessment, "zh", out / "guide.pdf"),
    "evidence list": lambda workspace, assessment, out: export_evidence(workspace, assessment, out / "evidence"),
    "bundle": lambda workspace, _, out: export_bundle(workspace, out / "bundle.zip"),
    "thumbnail": lambda workspace, assessment, _: evidence_picture(workspace, picture(workspace, assessment), 200),
    "turned picture": lambda workspace, assessment, _: rotate_evidence(workspace, picture(workspace, assessment), 1),
    "blacked-out picture": lambda workspace, assessment, _: redact_evidence(
        workspace, picture(workspace, assessment), [Box(left=0, top=0, right=300, bottom=300)]
    ),
    "snapshot": lambda workspace, _, __: take_snapshot(workspace),
}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """The demonstration factory, with all its facts, in an encrypted workspace."""
    folder = tmp_path_factory.mktemp("sealed")
    bundle = next(path for path in run_demo(folder / "demo").files if path.suffix == ".qzb")
    create_encrypted_workspace(folder / "home", PHRASE, cost=COST)
    with open_workspace(folder / "home", key=unlock(folder / "home", passphrase=PHRASE)) as workspace:
        import_bundle(workspace, bundle)
        (firm,) = workspace.store.entities("enterprise")
        yield workspace, find_assessments(workspace, firm.entity_id)[0].assessment_id


@pytest.mark.parametrize("name", ACTS)
def test_nothing_is_written_but_the_workspace_and_what_was_asked_for(
    sealed: tuple[Workspace, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    workspace, assessment = sealed
    for variable in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(variable, str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "temporary").mkdir()
    (tmp_path / "out").mkdir()
    with writing() as names:
        ACTS[name](workspace, assessment, tmp_path / "out")
    allowed = (str(workspace.directory), str(tmp_path / "out"), os.devnull)
    assert [path for path in names if not path.startswith(allowed) and not path.isdigit()] == []


def test_the_watch_sees_a_draft(tmp_path: Path) -> None:
    with writing() as names, tempfile.NamedTemporaryFile(dir=tmp_path) as file:
        pass
    assert file.name in names


def test_no_text_of_any_fact_lies_in_clear(sealed: tuple[Workspace, str]) -> None:
    """Every kind of fact there is: comments, rulings, captions, the visit, needs, figures, measures."""
    workspace, _ = sealed
    texts = {text for op in workspace.store.ops() for text in leaves(op.value) if len(text) >= 6 and not text.isascii()}
    registers = {op.register.partition(":")[0] for op in workspace.store.ops()}
    assert len(texts) > 100, len(texts)
    assert len(registers) > 40, len(registers)
    found = [text for text in sorted(texts) if files_holding(text.encode(), workspace.directory)]
    assert found == []


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
