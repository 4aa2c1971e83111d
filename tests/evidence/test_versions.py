"""Edits make versions: numbered, listed, undone; the item keeps its number, and what is hidden stays hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diag_app.errors import DiagError
from diag_app.model.marks import Box, Mark
from diag_app.operations import history
from diag_app.operations.evidence import (
    NewEvidence,
    add_evidence_files,
    bring_evidence_files,
    evidence_file,
    evidence_picture,
    find_evidence,
)
from diag_app.operations.evidence_versions import (
    annotate_evidence,
    find_versions,
    redact_evidence,
    rotate_evidence,
    version_picture,
)
from diag_app.operations.workspace import Workspace
from tests.evidence.photos import HEIGHT, SECRET, WIDTH, photo, pixels, shows_secret

ARROW = Mark(kind="arrow", points=((1000, 1000), (9000, 9000)))
Edit = Callable[[Workspace, str], object]


@pytest.fixture
def item(workspace: Workspace, assessment_id: str) -> str:
    [added] = add_evidence_files(workspace, assessment_id, [NewEvidence(name="a.jpg", data=photo(), targets=("B3",))])
    return added.evidence_id


def hows(workspace: Workspace, item: str) -> list[tuple[int, str, bool, bool]]:
    return [(one.number, one.how, one.is_current, one.is_sealed) for one in find_versions(workspace, item)]


def test_each_edit_is_a_version_and_the_item_keeps_its_number(
    workspace: Workspace, assessment_id: str, item: str
) -> None:
    rotate_evidence(workspace, item, 1)
    annotate_evidence(workspace, item, [ARROW])
    redact_evidence(workspace, item, [SECRET])
    rotate_evidence(workspace, item, 2)
    assert hows(workspace, item) == [
        (1, "brought", False, True),
        (2, "rotate", False, True),
        (3, "annotate", False, True),
        (4, "redact", False, False),
        (5, "rotate", True, False),
    ]
    [found] = find_evidence(workspace, assessment_id)
    assert (found.number, found.version, found.redactions, found.targets) == (1, 5, 1, ("B3",))


def test_a_turned_picture_is_turned_in_its_file_and_its_reduced_copy(workspace: Workspace, item: str) -> None:
    rotate_evidence(workspace, item, 1)
    assert pixels(evidence_file(workspace, item)).size == (HEIGHT, WIDTH)
    small = evidence_picture(workspace, item, 100)
    assert small is not None
    assert pixels(small).size == (75, 100)


def test_earlier_versions_can_be_looked_at(workspace: Workspace, item: str) -> None:
    redact_evidence(workspace, item, [SECRET])
    before, after = find_versions(workspace, item)
    assert shows_secret(pixels(version_picture(workspace, before, 400)))
    assert not shows_secret(pixels(version_picture(workspace, after, 400)))


def test_what_a_second_redaction_hides_the_first_version_of_it_is_sealed_for(workspace: Workspace, item: str) -> None:
    redact_evidence(workspace, item, [Box(left=6000, top=0, right=7000, bottom=1000)])
    redact_evidence(workspace, item, [SECRET])
    assert [one.is_sealed for one in find_versions(workspace, item)] == [True, True, False]


def test_undo_brings_the_version_before_back_and_redo_the_edit(
    workspace: Workspace, assessment_id: str, item: str
) -> None:
    before = evidence_file(workspace, item)
    redact_evidence(workspace, item, [SECRET])
    history.undo(workspace)
    assert evidence_file(workspace, item) == before
    assert hows(workspace, item) == [(1, "brought", True, False)]
    history.redo(workspace)
    assert [one.redactions for one in find_evidence(workspace, assessment_id)] == [1]
    history.undo(workspace)
    rotate_evidence(workspace, item, 1)
    assert hows(workspace, item) == [(1, "brought", False, False), (2, "rotate", True, False)]


def test_an_erased_original_leaves_the_newest_version_and_no_way_back(workspace: Workspace, item: str) -> None:
    rotate_evidence(workspace, item, 2)
    done = redact_evidence(workspace, item, [SECRET], erase_because="本人要求")
    assert done.is_erased
    assert hows(workspace, item) == [(3, "redact", True, False)]
    while workspace.store.next_undo() is not None:
        history.undo(workspace)
    assert [version.how for version in find_versions(workspace, item)] in ([], ["redact"])
    assert workspace.store.check(read_data=True) == ()


def test_the_original_brought_again_is_the_redacted_item_not_a_way_round_it(
    workspace: Workspace, assessment_id: str, item: str
) -> None:
    redact_evidence(workspace, item, [SECRET])
    again = bring_evidence_files(
        workspace, assessment_id, [NewEvidence(name="b.jpg", data=photo(), targets=("quality",))]
    )
    assert [one.evidence_id for one in again.known] == [item]
    assert not shows_secret(pixels(evidence_file(workspace, item)))


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda w, e: redact_evidence(w, e, []), "BOX_INVALID"),
        (lambda w, e: redact_evidence(w, e, [Box(left=5, top=5, right=5, bottom=9)]), "BOX_INVALID"),
        (lambda w, e: redact_evidence(w, e, [SECRET], erase_because=" "), "REASON_MISSING"),
        (lambda w, e: redact_evidence(w, e, [SECRET], erase_because="it is a.jpg"), "REASON_TELLS"),
        (lambda w, e: annotate_evidence(w, e, []), "MARK_INVALID"),
        (lambda w, e: annotate_evidence(w, e, [Mark(kind="text", points=((0, 0),), text="\u200b ")]), "MARK_INVALID"),
        (lambda w, e: annotate_evidence(w, e, [ARROW] * 201), "MARK_INVALID"),
        (lambda w, e: rotate_evidence(w, "nobody", 1), "ENTITY_UNKNOWN"),
    ],
)
def test_a_refused_edit_changes_nothing(workspace: Workspace, item: str, edit: Edit, code: str) -> None:
    before = list(workspace.store.ops())
    with pytest.raises(DiagError) as refused:
        edit(workspace, item)
    assert (refused.value.code, list(workspace.store.ops())) == (code, before)


def test_what_is_no_picture_cannot_be_edited(workspace: Workspace, assessment_id: str) -> None:
    [table] = add_evidence_files(workspace, assessment_id, [NewEvidence(name="a.csv", data=b"1,2", targets=("B3",))])
    with pytest.raises(DiagError, match="EVIDENCE_NO_PICTURE"):
        rotate_evidence(workspace, table.evidence_id, 1)
