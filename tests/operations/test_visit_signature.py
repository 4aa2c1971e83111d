"""Drawn signatures: kept as strokes with who and when, lapsed by a change, taken off, in no copy for others."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from diag_app.cli.main import main
from diag_app.errors import DiagError
from diag_app.model.content import SignatureBoxes
from diag_app.model.content_texts import blocks_of
from diag_app.model.drawn_signature import DrawnInBox
from diag_app.model.edition import Edition
from diag_app.operations.demo import ACTOR, fill_demo
from diag_app.operations.proposal import find_proposals, issue_proposal, report_document
from diag_app.operations.report_copy import copy_for
from diag_app.operations.report_facts import find_signatures
from diag_app.operations.survey import record_survey_text
from diag_app.operations.visit_signature import erase_signature, record_signature
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock

STROKES: list[list[tuple[float, float]]] = [[(100, 300), (300, 80), (420, 320)], [(500.4, 200), (1800, -20)], [(3, 3)]]
VISIT = Edition(kind="visit")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration, closed, to be copied."""
    home = tmp_path_factory.mktemp("filled")
    with open_workspace(home, actor=ACTOR, clock=FixedClock()) as workspace:
        return home, fill_demo(workspace)


@pytest.fixture
def site(filled: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    home, assessment_id = filled
    with open_workspace(shutil.copytree(home, tmp_path / "home"), actor=ACTOR, clock=FixedClock()) as workspace:
        yield workspace, assessment_id


def drawn(workspace: Workspace, assessment_id: str, edition: Edition = VISIT) -> tuple[DrawnInBox, ...]:
    document = report_document(workspace, assessment_id, "zh", edition, copy_for(workspace, assessment_id, edition))
    boxes = [block for chapter in document.chapters for block in blocks_of(chapter.blocks)]
    return tuple(item for block in boxes if isinstance(block, SignatureBoxes) for item in block.drawn)


def sign_both(workspace: Workspace, assessment_id: str) -> None:
    record_signature(workspace, assessment_id, "firm", name="示例负责人", strokes=STROKES)
    record_signature(workspace, assessment_id, "consultant", name="示例顾问", strokes=STROKES[:1])


def test_a_signature_is_kept_with_who_and_when_and_drawn_where_it_belongs(site: tuple[Workspace, str]) -> None:
    workspace, assessment_id = site
    record_signature(workspace, assessment_id, "firm", name="示例负责人", strokes=STROKES)
    (kept,) = find_signatures(workspace, assessment_id)
    assert (kept.signer, kept.name, kept.by, kept.holds) == ("firm", "示例负责人", ACTOR.name, True)
    assert kept.strokes == (((100, 300), (300, 80), (420, 320)), ((500, 200), (1000, 0)))
    (shown,) = drawn(workspace, assessment_id)
    assert (shown.box, shown.strokes) == (0, kept.strokes)
    assert drawn(workspace, assessment_id, Edition(kind="visit", audience="city")) == ()


def test_it_lapses_with_the_record_and_holds_again_when_that_is_undone(site: tuple[Workspace, str]) -> None:
    workspace, assessment_id = site
    record_signature(workspace, assessment_id, "consultant", name="示例顾问", strokes=STROKES[:1])
    before = report_document(workspace, assessment_id, "zh", VISIT)
    record_survey_text(workspace, assessment_id, "summary", "补记一条。")
    assert not any(item.holds for item in find_signatures(workspace, assessment_id))
    assert drawn(workspace, assessment_id) == ()
    workspace.store.undo(workspace.store.entity(assessment_id).case)
    assert all(item.holds for item in find_signatures(workspace, assessment_id))
    assert report_document(workspace, assessment_id, "zh", VISIT) == before


def test_strokes_are_vectors_on_paper_and_a_picture_in_word(site: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, assessment_id = site
    sign_both(workspace, assessment_id)
    issued = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=VISIT, formats=("docx",))
    pdf = pypdfium2.PdfDocument(issued.paths[0].read_bytes())
    try:
        assert not [item for page in pdf for item in page.get_objects() if isinstance(item, pypdfium2.PdfImage)]
    finally:
        pdf.close()
    with zipfile.ZipFile(issued.paths[1]) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(media) == len(drawn(workspace, assessment_id)) == 2


def test_signing_supersedes_the_visit_record_only(site: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, assessment_id = site
    sign_both(workspace, assessment_id)
    for kind in ("visit", "summary"):
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=Edition(kind=kind))
    erase_signature(workspace, assessment_id, "firm")
    assert [item.signer for item in find_signatures(workspace, assessment_id)] == ["consultant"]
    states = {item.kind: item.is_superseded for item in find_proposals(workspace, assessment_id)}
    assert states == {"visit": True, "summary": False}


REFUSED = [
    ("owner", "甲", STROKES, "SIGNING_SIDE_UNKNOWN"),
    ("firm", "  ", STROKES, "SIGNER_NAMELESS"),
    ("firm", "甲", [], "SIGNATURE_EMPTY"),
    ("firm", "甲", [[(1, 1)]], "SIGNATURE_EMPTY"),
    ("firm", "甲", [[(1, 1), (2, float("nan"))]], "SIGNATURE_EMPTY"),
    ("firm", "甲", [[(1, 1, 1), (2, 2)]], "SIGNATURE_EMPTY"),
    ("firm", "甲", [[(1, 1)] * 20_001], "SIGNATURE_EMPTY"),
    ("firm", "甲", [[(1, 1), (2, 2)]] * 201, "SIGNATURE_EMPTY"),
]


@pytest.mark.parametrize(("signer", "name", "strokes", "code"), REFUSED)
def test_what_is_no_signature_is_refused(
    site: tuple[Workspace, str], signer: str, name: str, strokes: list[list[tuple[float, float]]], code: str
) -> None:
    with pytest.raises(DiagError, match=code):
        record_signature(*site, signer, name=name, strokes=strokes)


def test_the_command_line_signs_shows_and_erases(
    site: tuple[Workspace, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, assessment_id = site
    sign_both(workspace, assessment_id)
    file = tmp_path / "strokes.json"
    file.write_text(json.dumps(STROKES), encoding="utf-8")
    home = ("--workspace", str(workspace.directory), "--json", "survey", "sign", assessment_id, "firm")
    for more, names in ((("--name", "王", "--strokes", str(file)), ["王", "示例顾问"]), (("--erase",), ["示例顾问"])):
        capsys.readouterr()
        assert main([*home, *more]) == 0
        assert [item["name"] for item in json.loads(capsys.readouterr().out)] == names
