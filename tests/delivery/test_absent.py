"""What belongs to a case and is not on this computer: the rest can be delivered, and what was missing goes later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from diag_app.errors import DiagError
from diag_app.operations.bundle import export_bundle, import_bundle
from diag_app.operations.delivery_order import Order, find_destinations, write_order
from diag_app.operations.evidence import add_evidence, find_evidence
from diag_app.operations.export_log import find_exports, undelivered
from diag_app.operations.handover import find_custody, hand_over
from diag_app.operations.receipt import import_receipt
from diag_app.operations.workspace import Workspace
from diag_app.receiver.intake import take_in
from diag_app.receiver.office import Office
from tests.receiver.desk import Case, assessed, introduce, laptop, make_office

PART = 1024**2


@dataclass(kw_only=True)
class Scene:
    """A colleague who has part 1 of a case, the part with the large file on the way, and a city for both."""

    office: Office
    colleague: Workspace
    case: Case
    late: tuple[Path, ...]
    absent: frozenset[str]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with (
        make_office(tmp_path / "office") as office,
        laptop(tmp_path / "one") as first,
        laptop(tmp_path / "two", "李静") as colleague,
    ):
        introduce(office, colleague)
        case = assessed(first, tmp_path)
        for number in range(2):
            (tmp_path / f"能耗{number}.csv").write_bytes(b"%d;" % number * 400_000)
            add_evidence(first, case.assessment_id, "B1", [tmp_path / f"能耗{number}.csv"])
        answers, *late = export_bundle(first, tmp_path / "a.qzb", part_size=PART).paths
        import_bundle(colleague, answers)
        here = {item.sha256 for item in find_evidence(colleague, case.assessment_id)}
        absent = frozenset(sha256 for sha256 in here if not colleague.store.has_blob(sha256))
        assert len(late) == len(absent) - 1, "the smallest file came in no part of its own"
        yield Scene(office=office, colleague=colleague, case=case, late=tuple(late), absent=absent)


def test_nobody_delivers_a_part_of_the_evidence_unawares(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(DiagError, match="FILES_ABSENT") as refusal:
        export_bundle(scene.colleague, tmp_path / "b.qzb")
    assert refusal.value.parameters == {"count": str(len(scene.absent))}
    assert refusal.value.location == "清单.txt"
    assert not (tmp_path / "b.qzb").exists()
    assert find_exports(scene.colleague) == ()


def test_what_was_left_out_is_named_by_the_receipt_and_goes_once_it_is_here(scene: Scene, tmp_path: Path) -> None:
    def delivered(name: str, *, without_absent: bool) -> tuple[int, frozenset[str], frozenset[str]]:
        [city] = find_destinations(scene.colleague)
        order = Order(destination=city, only_new=True, without_absent=without_absent)
        sealed = write_order(scene.colleague, tmp_path / name, None, order)
        assert [problem.code for problem in sealed.problems] == ["FILES_ABSENT"] * without_absent
        done = take_in(scene.office, sealed.path)
        assert done.beside is not None
        import_receipt(scene.colleague, done.beside)
        return sealed.ops, frozenset(done.receipt.blobs_have), frozenset(done.receipt.blobs_missing)

    ops, have, missing = delivered("b.qzb", without_absent=True)
    assert (ops > 0, have, missing) == (True, frozenset(), scene.absent)
    assert undelivered(scene.colleague).total == len(scene.absent)
    import_bundle(scene.colleague, *scene.late)
    ops, have, missing = delivered("c.qzb", without_absent=False)
    assert (ops, missing) == (0, frozenset())
    assert have == scene.absent
    assert undelivered(scene.colleague).total == 0


def test_a_case_is_handed_over_with_what_is_here_of_it(scene: Scene, tmp_path: Path) -> None:
    firm = scene.case.enterprise_id
    with pytest.raises(DiagError, match="FILES_ABSENT"):
        hand_over(scene.colleague, firm, "王工", tmp_path / "b.qzb")
    assert find_custody(scene.colleague, firm) is None
    sealed = hand_over(scene.colleague, firm, "王工", tmp_path / "b.qzb", without_absent=True)
    assert [problem.code for problem in sealed.problems] == ["FILES_ABSENT"]
    custody = find_custody(scene.colleague, firm)
    assert custody is not None
    assert custody.holder == "王工"
