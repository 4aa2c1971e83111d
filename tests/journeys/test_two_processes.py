"""Several programs on one workspace at once: no acknowledged save is lost, and nothing contradicts itself."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from diag_app.errors import DiagError
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import load_assessment, record_answer, record_note
from diag_app.operations.backup import check_workspace, create_backup
from diag_app.operations.bundle import export_bundle, import_bundle, verify_bundle
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.evidence import NewEvidence, add_evidence_files, find_evidence
from diag_app.operations.export_log import find_exports
from diag_app.operations.history import redo, undo
from diag_app.operations.proposal import find_proposals, issue_proposal
from diag_app.operations.workspace import Workspace, open_workspace
from tests.journeys.bad import Site, make_site

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
FORK = multiprocessing.get_context("fork") if hasattr(os, "fork") else multiprocessing.get_context()
Work = Callable[[Workspace], list[Any]]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path / "home")


def at_once(home: Path, *works: Work) -> list[list[Any]]:
    """Do all works at once, each in a process of its own, and return what each was told is done, in their order.

    A work may be refused with `STORE_BUSY` or `FACTS_CHANGED`; then its list ends with that code.
    """
    gate = FORK.Barrier(len(works))
    pipes = [FORK.Pipe(duplex=False) for _ in works]
    children = [
        FORK.Process(target=_work, args=(home, gate, work, sender))
        for work, (_, sender) in zip(works, pipes, strict=True)
    ]
    for child in children:
        child.start()
    told = [receiver.recv() for receiver, _ in pipes]
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * len(works)
    return told


def _work(home: Path, gate: Any, work: Work, sender: Any) -> None:
    done: list[Any] = []
    try:
        gate.wait(timeout=60)
        with open_workspace(home) as workspace:
            done += work(workspace)
    except DiagError as error:
        done.append(error.code)
    finally:
        sender.send(done)


@contextmanager
def opened(home: Path) -> Iterator[Workspace]:
    """The workspace afterwards; it must be sound."""
    with open_workspace(home) as workspace:
        assert check_workspace(workspace, read_data=True) == ()
        yield workspace


def add_firms(workspace: Workspace, *, who: str) -> list[Any]:
    return [add_enterprise(workspace, EnterpriseProfile(name=f"{who}{n}厂")).enterprise_id for n in range(25)]


def answer(workspace: Workspace, *, assessment: str, question: str) -> list[Any]:
    for option in "BCDBCDBCDBCDB":
        record_answer(workspace, assessment, question, (option,))
    return [question]


def take_back(workspace: Workspace, *, times: int) -> list[Any]:
    return [step(workspace).operation for _ in range(times) for step in (undo, redo)]


def add_notes(workspace: Workspace, *, assessment: str) -> list[Any]:
    for number in range(40):
        record_note(workspace, assessment, "B1", f"note {number}")
    return [number]


def add_files(workspace: Workspace, *, assessment: str, who: str) -> list[Any]:
    names = [f"{who}{number}.txt" for number in range(12)]
    for name in names:
        add_evidence_files(workspace, assessment, [NewEvidence(name=name, data=name.encode(), targets=("B1",))])
    return names


def export(workspace: Workspace, *, output: Path, times: int = 1) -> list[Any]:
    output.mkdir()
    return [export_bundle(workspace, output / f"{number}.zip").path for number in range(times)]


def issue(workspace: Workspace, *, assessment: str, output: Path) -> list[Any]:
    return [str(path) for path in issue_proposal(workspace, assessment, ("zh",), output).paths]


def test_every_firm_added_by_four_at_once_is_there(site: Site) -> None:
    told = at_once(site.home, *(partial(add_firms, who=who) for who in "甲乙丙丁"))
    added = {firm for firms in told for firm in firms}
    assert len(added) == 100, told
    with opened(site.home) as workspace:
        assert {item.enterprise_id for item in find_enterprises(workspace)} == added | {site.enterprise}


def test_one_workspace_made_by_four_at_once_is_one(tmp_path: Path) -> None:
    home = tmp_path / "new"
    told = at_once(home, *(partial(add_firms, who=who) for who in "甲乙丙丁"))
    done = {firm for firms in told for firm in firms if firm != "STORE_BUSY"}
    assert len(done) >= 25
    with opened(home) as workspace:
        assert {item.enterprise_id for item in find_enterprises(workspace)} >= done


def test_answers_notes_and_evidence_of_one_case_are_all_kept(site: Site) -> None:
    told = at_once(
        site.home,
        partial(answer, assessment=site.assessment, question="B2"),
        partial(answer, assessment=site.assessment, question="B3"),
        partial(add_notes, assessment=site.assessment),
        partial(add_files, assessment=site.assessment, who="甲"),
        partial(add_files, assessment=site.assessment, who="乙"),
    )
    assert told[:3] == [["B2"], ["B3"], [39]]
    with opened(site.home) as workspace:
        assessment = load_assessment(workspace, site.assessment)
        assert (assessment.answers.options["B2"], assessment.answers.options["B3"]) == (("B",), ("B",))
        assert assessment.notes["B1"] == "note 39"
        names = {item.name for item in find_evidence(workspace, site.assessment)}
        assert names >= {*told[3], *told[4]}
        assert len(told[3]) == len(told[4]) == 12


def test_undo_in_one_window_while_the_other_saves_leaves_sound_records(site: Site) -> None:
    told = at_once(site.home, partial(take_back, times=10), partial(add_firms, who="甲"))
    assert len(told[1]) == 25
    with opened(site.home) as workspace:
        assert len(find_enterprises(workspace)) in (25, 26)  # the last firm may be the one taken back


def test_an_export_while_others_save_holds_one_state(site: Site, tmp_path: Path) -> None:
    told = at_once(
        site.home,
        partial(export, output=tmp_path / "a", times=4),
        partial(export, output=tmp_path / "b", times=4),
        partial(add_files, assessment=site.assessment, who="甲"),
        partial(add_notes, assessment=site.assessment),
    )
    paths = [*told[0], *told[1]]
    assert len(paths) == 8, told
    for number, path in enumerate(paths):
        assert verify_bundle(path, home=site.home) == ()  # both sealed with the one key of the workspace
        with open_workspace(tmp_path / f"other-{number}") as other:
            taken = import_bundle(other, path)
            assert [problem.code for problem in taken.problems] == ["SIGNER_UNKNOWN"]
            assert check_workspace(other, read_data=True) == ()
    with opened(site.home) as workspace:
        assert {item.path for item in find_exports(workspace)} == set(map(str, paths))


def test_a_proposal_issued_twice_at_once_is_two_or_one(site: Site, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    told = at_once(site.home, *(partial(issue, assessment=site.assessment, output=papers) for _ in range(3)))
    done = [path for paths in told for path in paths if path != "FACTS_CHANGED"]
    assert done
    with opened(site.home) as workspace:
        issued = [file for item in find_proposals(workspace, site.assessment) for file in item.files]
    assert sorted(papers / file.name for file in issued) == sorted(map(Path, done)) == sorted(papers.iterdir())
    for file in issued:
        assert hashlib.sha256((papers / file.name).read_bytes()).hexdigest() == file.sha256


def test_facts_that_change_while_a_proposal_is_made_stop_it(site: Site, tmp_path: Path) -> None:
    """The other window saves while this one lays out the pages: what was shown is not what would be frozen."""

    def change(done: int, total: int) -> None:
        if done == 1:
            with open_workspace(site.home) as other:
                record_note(other, site.assessment, "B1", "changed meanwhile")

    with open_workspace(site.home) as workspace, pytest.raises(DiagError, match="FACTS_CHANGED"):
        issue_proposal(workspace, site.assessment, ("zh",), tmp_path / "papers", progress=change)
    assert not (tmp_path / "papers").exists()
    with opened(site.home) as workspace:
        assert find_proposals(workspace, site.assessment) == ()


def test_a_backup_while_another_saves_is_whole(site: Site, tmp_path: Path) -> None:
    def back_up(workspace: Workspace) -> list[Any]:
        return [create_backup(workspace, tmp_path / f"backup-{number}") for number in range(4)]

    told = at_once(site.home, back_up, partial(add_files, assessment=site.assessment, who="甲"))
    assert ([path.exists() for path in told[0]], len(told[1])) == ([True] * 4, 12)
    with opened(site.home):
        pass
