"""Every kind of report is issued, frozen and verified as the proposal is, with numbers of its own."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from diag_app.cli.main import main
from diag_app.clock import SystemClock
from diag_app.errors import DiagError
from diag_app.forms.logo import LOGO_SVG
from diag_app.model.edition import Edition
from diag_app.operations.demo import fill_demo
from diag_app.operations.pack import install_pack
from diag_app.operations.plan import drop_plan
from diag_app.operations.proposal import (
    PLAN_SECTIONS,
    check_proposal,
    find_proposals,
    issue_proposal,
    preview_proposal,
    report_document,
    verify_proposal,
)
from diag_app.operations.rendering import OfficeFormat, write_here
from diag_app.operations.report_facts import report_kind
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.report.preview import page_count
from diag_app.report.read_back import written_text
from tests.forms.test_report_pack import SVG, city_files

OFFICE: tuple[OfficeFormat, ...] = ("docx", "xlsx")
KINDS = {"diagnosis": "-D1", "summary": "-S1", "visit": "-V1", "evidence": "-E1"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration, closed, to be copied."""
    home = tmp_path_factory.mktemp("filled")
    with open_workspace(home, clock=SystemClock()) as workspace:
        return home, fill_demo(workspace)


@pytest.fixture
def site(filled: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    home, assessment_id = filled
    with open_workspace(shutil.copytree(home, tmp_path / "home"), clock=SystemClock()) as workspace:
        yield workspace, assessment_id


def test_each_kind_is_issued_in_a_series_of_its_own_and_verified(site: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, assessment_id = site
    for kind, ending in KINDS.items():
        issued = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=Edition(kind=kind))
        found, problems = verify_proposal(workspace, issued.paths[0])
        assert found is not None
        assert (found.kind, found.number[-3:], problems) == (kind, ending, ())
        assert found.templates == dict(workspace.template().digests)
    kinds = [item.kind for item in find_proposals(workspace, assessment_id)]
    assert kinds[-4:] == list(KINDS)


def test_a_kind_without_a_cover_is_issued_in_every_format_that_it_names(
    site: tuple[Workspace, str], tmp_path: Path
) -> None:
    workspace, assessment_id = site
    for kind in ("summary", "visit", "evidence"):
        edition = Edition(kind=kind)
        formats = tuple(name for name in OFFICE if name in report_kind(workspace, edition).formats)
        issued = issue_proposal(workspace, assessment_id, ("en",), tmp_path, edition=edition, formats=formats)
        assert [path.suffix[1:] for path in issued.paths] == ["pdf", *formats]
        for path, form in zip(issued.paths[1:], formats, strict=True):
            assert issued.proposal.number in written_text(path.read_bytes(), form)


def test_the_owners_summary_has_two_pages_and_the_visit_record_one_in_both_languages(
    site: tuple[Workspace, str],
) -> None:
    workspace, assessment_id = site
    for kind, pages in (("summary", 2), ("visit", 1)):
        for language in ("zh", "en"):
            shown = preview_proposal(workspace, assessment_id, language, Edition(kind=kind))
            assert (kind, language, page_count(shown.pdf)) == (kind, language, pages)


def test_an_unknown_kind_or_an_unsuited_format_is_refused(site: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, assessment_id = site
    with pytest.raises(DiagError, match="KIND_UNKNOWN"):
        preview_proposal(workspace, assessment_id, "zh", Edition(kind="poem"))
    with pytest.raises(DiagError, match="TEMPLATE_UNKNOWN"):
        preview_proposal(workspace, assessment_id, "zh", Edition(template="miit-sme-2024"))
    with pytest.raises(DiagError, match="FORMAT_UNSUITED"):
        issue_proposal(
            workspace, assessment_id, ("zh",), tmp_path / "papers", edition=Edition(kind="visit"), formats=("xlsx",)
        )
    assert list(tmp_path.glob("papers/*")) == []


def test_the_command_line_issues_a_kind(
    site: tuple[Workspace, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, assessment_id = site
    home = ("--workspace", str(workspace.directory), "--json")
    assert main([*home, "proposal", "issue", assessment_id, "--kind", "visit", "--output", str(tmp_path)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["kind"] == "visit"
    assert main([*home, "proposal", "verify", answer["files"][0]["path"]]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "visit"


def test_a_city_template_is_installed_and_changes_order_words_and_look_without_code(
    site: tuple[Workspace, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, assessment_id = site
    folder = tmp_path / "city"
    folder.mkdir()
    for name, data in (city_files() | {LOGO_SVG: SVG.encode()}).items():
        (folder / name).write_bytes(data)
    home = ("--workspace", str(workspace.directory), "--json")
    for words in (("check", str(folder)), ("install", str(folder))):
        assert main([*home, "pack", *words]) == 0
    edition = Edition(kind="diagnosis", template="city-report")
    issued = issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=edition, formats=())
    assert list(issued.proposal.templates) == ["city-report@2.0.0", "qizhen-report@1.0.0"]
    document = report_document(workspace, assessment_id, "zh", edition)
    assert [chapter.name for chapter in document.chapters if chapter.number in ("6", "15", "")][:2] == [
        "等级",
        "市要求",
    ]
    text = written_text(issued.paths[0].read_bytes(), "pdf")
    assert f"city-report@2.0.0 摘要 {issued.proposal.templates['city-report@2.0.0'][:8]}" in " ".join(text.split())
    assert "某市" in text
    word = write_here(document, {}, "docx")
    assert zipfile.ZipFile(BytesIO(word.data)).testzip() is None
    (folder / LOGO_SVG).write_text(SVG.replace("<title>Mark</title>", "<script/>"), encoding="utf-8")
    capsys.readouterr()
    assert main([*home, "pack", "check", str(folder)]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert (fault["code"], fault["location"]) == ("PACK_LOGO", "logo.svg")


def test_a_template_that_leaves_the_plan_out_of_a_proposal_lets_no_loose_end_through(
    site: tuple[Workspace, str], tmp_path: Path
) -> None:
    workspace, assessment_id = site
    files = {name: data for name, data in city_files().items() if name in ("pack.toml", "kinds.toml")}
    bare = files["kinds.toml"].decode().replace("'diagnosis'", "'proposal'").replace("'notice', ", "")
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "pack.toml").write_bytes(files["pack.toml"])
    (folder / "kinds.toml").write_text(bare, encoding="utf-8")
    install_pack(workspace, folder)
    drop_plan(workspace, assessment_id)
    edition = Edition(template="city-report")
    assert not PLAN_SECTIONS & set(report_kind(workspace, edition).sections)
    assert "NEEDS_WITHOUT_PLAN" in {one.code for one in check_proposal(workspace, assessment_id, "zh", edition)}


def test_two_kinds_that_share_a_mark_by_another_template_never_share_a_number(
    site: tuple[Workspace, str], tmp_path: Path
) -> None:
    workspace, assessment_id = site
    folder = tmp_path / "city"
    folder.mkdir()
    files = {name: data for name, data in city_files().items() if name in ("pack.toml", "kinds.toml")}
    files["kinds.toml"] = files["kinds.toml"].replace(b"mark = 'D'", b"mark = 'V'").replace(b"'notice', ", b"")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    install_pack(workspace, folder)
    editions = [Edition(kind="visit"), Edition(kind="diagnosis", template="city-report"), Edition(kind="visit")]
    numbers = [
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=edition).proposal.number[-3:]
        for edition in editions
    ]
    assert numbers == ["-V1", "-V2", "-V3"]
