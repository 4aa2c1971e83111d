"""Copies for the city and the public: seeded secrets stand in none of them, in no format, in neither language."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pypdfium2
import pytest

from diag_app.errors import DiagError
from diag_app.forms.definition import Language
from diag_app.model.edition import Edition
from diag_app.model.proposal.copies import CopyFor, scrubbed
from diag_app.operations.assessment import record_note
from diag_app.operations.chain import excuse_orphan, load_chain
from diag_app.operations.demo import ACTOR, fill_demo
from diag_app.operations.enterprise import save_contact
from diag_app.operations.need import fields_of, find_needs, update_need
from diag_app.operations.proposal import find_proposals, issue_proposal, report_document
from diag_app.operations.proposal_changes import plain_tree
from diag_app.operations.rendering import FileKind, OfficeFormat
from diag_app.operations.report_copy import copy_for
from diag_app.operations.survey import record_survey_text, save_participant
from diag_app.operations.workspace import Workspace, open_workspace
from diag_app.report.leaks import leaks
from diag_app.report.read_back import written_text
from tests.fixed_clock import FixedClock

PERSON, PHONE = "司徒海棠", "13912345678"
NOTE = "夜班长说他们私下改过验收记录"
WORDS, BARRIER = "老板说去年差点发不出工资", "怕税务局看到真实库存"
AGENDA, SUMMARY = "先避开工会代表再看车间", "负责人承认备份从未恢复过"
REASON, PAIN = "供应商是负责人的亲戚开的", "订单多了就只能靠加班"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration with secrets in it, closed, to be copied."""
    home = tmp_path_factory.mktemp("filled")
    with open_workspace(home, actor=ACTOR, clock=FixedClock()) as workspace:
        assessment_id = fill_demo(workspace)
        case = workspace.store.entity(assessment_id).case
        save_contact(workspace, case, name=PERSON, role="财务", phone=PHONE)
        record_note(workspace, assessment_id, "B1", f"{PERSON}：{NOTE}")
        need = find_needs(workspace, assessment_id)[0]
        told = replace(fields_of(need), owner_words=f"唉。\n{WORDS}", barrier_reason=BARRIER, pain=PAIN)
        update_need(workspace, need.need_id, told)
        record_survey_text(workspace, assessment_id, "agenda", f"首次会议\n{AGENDA}")
        record_survey_text(workspace, assessment_id, "summary", SUMMARY)
        (loose,) = load_chain(workspace, assessment_id).orphans
        excuse_orphan(workspace, assessment_id, loose.key, REASON)
    return home, assessment_id


@pytest.fixture
def site(filled: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    home, assessment_id = filled
    with open_workspace(shutil.copytree(home, tmp_path / "home"), actor=ACTOR, clock=FixedClock()) as workspace:
        yield workspace, assessment_id


SECRETS = [
    ("person", PERSON),
    ("phone", PHONE),
    ("note", NOTE),
    *(("words", words) for words in (WORDS, BARRIER, AGENDA, SUMMARY, REASON)),
    ("person", "示例质量主管"),
    ("revenue", "5980"),
    ("spend", "75.30"),
]
OF_THE_PUBLIC = [
    ("firm", "恒信精密机械有限公司"),
    ("firm", "Hengxin Precision Machinery"),
    ("credit code", "91000000MADEM01268"),
    ("consultant", "示例顾问"),
]


ALL: tuple[OfficeFormat, ...] = ("docx", "xlsx")
PUBLIC = [*SECRETS, *OF_THE_PUBLIC]
CASES = [
    ("city", "diagnosis", "zh", ALL, SECRETS, "主管部门版"),
    ("public", "diagnosis", "en", (), PUBLIC, "Public copy"),
    pytest.param("city", "proposal", "en", ALL, SECRETS, "City copy", marks=pytest.mark.heavy),
    pytest.param("public", "proposal", "zh", ALL, PUBLIC, "公开版", marks=pytest.mark.heavy),
]


@pytest.mark.parametrize(("audience", "kind", "language", "formats", "secrets", "label"), CASES)
def test_seeded_secrets_are_in_no_copy_and_every_page_says_which_it_is(
    site: tuple[Workspace, str],
    tmp_path: Path,
    audience: str,
    kind: str,
    language: Language,
    formats: tuple[OfficeFormat, ...],
    secrets: list[tuple[str, str]],
    label: str,
) -> None:
    workspace, assessment_id = site
    edition = Edition(kind=kind, audience=audience)
    issued = issue_proposal(
        workspace, assessment_id, (language,), tmp_path / "papers", edition=edition, formats=formats
    )
    assert issued.proposal.audience == audience
    kinds: tuple[FileKind, ...] = ("pdf", *formats)
    for path, written in zip(issued.paths, kinds, strict=True):
        assert leaks(path.read_bytes(), written, secrets) == ()
        assert label in written_text(path.read_bytes(), written)
    for path in issued.paths[2:]:
        with zipfile.ZipFile(path) as book:
            sheets = [
                unescape(book.read(name).decode()) for name in book.namelist() if name.startswith("xl/worksheets/sheet")
            ]
        assert all(label in sheet for sheet in sheets)  # in the head of each printed page
    pdf = pypdfium2.PdfDocument(issued.paths[0].read_bytes())
    try:
        assert all(label in page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


@pytest.mark.parametrize("audience", ["city", "public"])
def test_each_wall_alone_keeps_words_said_in_confidence(site: tuple[Workspace, str], audience: str) -> None:
    workspace, assessment_id = site
    edition = Edition(audience=audience)
    copy = copy_for(workspace, assessment_id, edition)
    assert copy is not None
    words = {WORDS, BARRIER, AGENDA, SUMMARY, REASON}
    assert words <= {secret.text for secret in copy.secrets}
    assert "首次会议" not in {secret.text for secret in copy.secrets}  # a phrase that any report uses
    first = plain_tree(
        report_document(workspace, assessment_id, "zh", edition, CopyFor(audience=copy.audience))
    ).decode()
    assert [text for text in (*words, PAIN) if text in first] == [PAIN]
    own = report_document(workspace, assessment_id, "zh")
    kept = plain_tree(scrubbed(own, copy.secrets, "#")).decode()
    assert [text for text in words if text not in plain_tree(own).decode()] == []
    assert [text for text in words if text in kept] == []


def test_every_consultant_who_took_part_is_kept_from_the_public(site: tuple[Workspace, str]) -> None:
    workspace, assessment_id = site
    save_participant(workspace, assessment_id, side="consultant", name="欧阳木槿", role="顾问")
    need = find_needs(workspace, assessment_id)[0]
    update_need(workspace, need.need_id, replace(fields_of(need), pain="欧阳木槿量过三班"))
    city, public = (
        plain_tree(
            report_document(workspace, assessment_id, "zh", edition, copy_for(workspace, assessment_id, edition))
        )
        for edition in (Edition(audience="city"), Edition(audience="public"))
    )
    assert ("欧阳木槿" in city.decode(), "欧阳木槿" in public.decode()) == (True, False)
    assert "量过三班" in public.decode()


def test_what_is_written_another_way_is_found_in_the_finished_file_and_nothing_is_issued(
    site: tuple[Workspace, str], tmp_path: Path
) -> None:
    workspace, assessment_id = site
    before = len(find_proposals(workspace, assessment_id))
    need = find_needs(workspace, assessment_id)[0]
    update_need(workspace, need.need_id, replace(fields_of(need), pain="电话 139-1234 5678 找司徒 海棠"))
    with pytest.raises(DiagError) as refused:
        issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=Edition(audience="city"))
    assert refused.value.code == "PROPOSAL_BLOCKED"
    found = {problem.parameters["kind"] for problem in refused.value.problems if problem.code == "COPY_LEAKS"}
    assert found == {"person", "phone"}
    assert PHONE not in str(refused.value.problems)
    assert (len(find_proposals(workspace, assessment_id)), list(tmp_path.glob("papers/*"))) == (before, [])


def test_a_kind_of_which_nothing_is_left_is_refused(site: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, assessment_id = site
    for edition, code in (
        (Edition(kind="visit", audience="public"), "COPY_EMPTY"),
        (Edition(audience="press"), "AUDIENCE_UNKNOWN"),
    ):
        with pytest.raises(DiagError, match=code):
            issue_proposal(workspace, assessment_id, ("zh",), tmp_path / "papers", edition=edition)
