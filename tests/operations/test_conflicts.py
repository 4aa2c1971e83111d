"""Two laptops at one assessment: what they disagree on is weighed, decided with a reason, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from diag_app.cli.main import main
from diag_app.errors import DiagError
from diag_app.forms.answers import ScenarioAnswer
from diag_app.model.actor import Actor
from diag_app.model.conflict import SETTLED
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import (
    record_answer,
    record_note,
    record_number,
    record_scenario,
    start_assessment,
)
from diag_app.operations.conflicts import (
    count_conflicts,
    find_conflict,
    find_conflicts,
    settle_by_text,
    settle_conflict,
    weigh_sides,
)
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence
from diag_app.operations.history import undo
from diag_app.operations.need import NeedFields, add_need, find_needs
from diag_app.operations.survey import load_survey, record_survey_text
from diag_app.operations.workspace import Workspace, open_workspace
from tests.fixed_clock import FixedClock


@dataclass(frozen=True)
class Laptops:
    wang: Workspace
    li: Workspace
    enterprise: str
    assessment: str

    def meet(self) -> None:
        for one, other in ((self.wang, self.li), (self.li, self.wang)):
            other.store.import_ops(one.store.ops())


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Workspace]]:
    folder = tmp_path_factory.mktemp("laptops")
    actors = (Actor(name="王工", firm="甲", device="A"), Actor(name="李工", firm="甲", device="B"))
    wang, li = (open_workspace(folder / actor.device, actor=actor, clock=FixedClock()) for actor in actors)
    with wang, li:
        yield wang, li


@pytest.fixture
def laptops(homes: tuple[Workspace, Workspace]) -> Laptops:
    """A fresh enterprise on both."""
    wang, li = homes
    enterprise = add_enterprise(wang, EnterpriseProfile(name="锦程纺织")).enterprise_id
    found = Laptops(wang, li, enterprise, start_assessment(wang, enterprise))
    found.meet()
    return found


def differ(laptops: Laptops) -> None:
    record_number(laptops.wang, laptops.assessment, "equipment_total", Decimal(120))
    laptops.meet()
    record_number(laptops.wang, laptops.assessment, "equipment_digital", Decimal(66))
    record_number(laptops.li, laptops.assessment, "equipment_digital", Decimal(47))
    laptops.meet()


def test_a_need_written_while_its_assessment_was_deleted_elsewhere_is_listed_and_decided(
    laptops: Laptops, capsys: pytest.CaptureFixture[str]
) -> None:
    need = add_need(laptops.li, laptops.assessment, "visual_inspection", NeedFields(title="视觉质检"))
    undo(laptops.wang, laptops.enterprise)  # what started the assessment
    laptops.meet()
    conflict = find_conflict(laptops.wang, laptops.assessment, "entity")
    assert [(side.actor[:2], side.entities) for side in conflict.sides] == [("王工", ()), ("李工", (need,))]
    arguments = ["--workspace", str(laptops.wang.store.directory), "--language", "en", "conflict"]
    assert main([*arguments, "list", laptops.enterprise]) == 0
    told = capsys.readouterr().out
    assert "王工" in told
    assert f"李工 · 甲 · B  {need}" in told
    settle_conflict(laptops.wang, laptops.assessment, "entity", conflict.sides[1].op_id, "keep")
    laptops.meet()
    assert [found.need_id for found in find_needs(laptops.wang, laptops.assessment)] == [need]
    assert count_conflicts(laptops.li).get(laptops.enterprise) is None


def test_each_side_says_what_it_leads_to_and_what_its_author_has_for_it(laptops: Laptops, tmp_path: Path) -> None:
    differ(laptops)
    paper = tmp_path / "设备清单.txt"
    paper.write_text("66")
    add_evidence(laptops.wang, laptops.assessment, "B2", [paper])
    laptops.meet()
    (conflict,) = find_conflicts(laptops.li, laptops.enterprise)
    weighed = dict(zip([side.value for side in conflict.sides], weigh_sides(laptops.li, conflict), strict=True))
    assert [item.name for item in weighed["66"].evidence] == ["设备清单.txt"]
    assert weighed["47"].evidence == ()
    more, less = weighed["66"].consequence, weighed["47"].consequence
    assert more is not None
    assert less is not None
    assert more.score > less.score


def test_a_decision_keeps_its_reason_and_is_undone_as_one(laptops: Laptops) -> None:
    differ(laptops)
    (conflict,) = find_conflicts(laptops.wang, laptops.enterprise)
    chosen = next(side for side in conflict.sides if side.value == "66")
    settle_conflict(laptops.wang, laptops.assessment, conflict.register, chosen.op_id, "清单含新购 19 台")
    laptops.meet()
    view = laptops.li.store.entity(laptops.assessment)
    assert view.value("number:equipment_digital") == "66"
    reasons = list(view.links[SETTLED].values())
    assert reasons == [{"register": "number:equipment_digital", "reason": "清单含新购 19 台"}]
    assert laptops.enterprise not in count_conflicts(laptops.li)
    undo(laptops.wang, laptops.enterprise)
    assert count_conflicts(laptops.wang)[laptops.enterprise] == 1
    assert SETTLED not in laptops.wang.store.entity(laptops.assessment).links


def test_an_answer_that_was_taken_back_can_stand(laptops: Laptops) -> None:
    record_answer(laptops.wang, laptops.assessment, "B2", ("A",))
    laptops.meet()
    record_answer(laptops.wang, laptops.assessment, "B2", ("B",))
    record_answer(laptops.li, laptops.assessment, "B2", ())
    laptops.meet()
    conflict = find_conflict(laptops.wang, laptops.assessment, "answer:B2")
    empty = next(side for side in conflict.sides if side.value is None)
    settle_conflict(laptops.wang, laptops.assessment, "answer:B2", empty.op_id, "")
    assert laptops.wang.store.entity(laptops.assessment).value("answer:B2") is None


def test_two_notes_are_joined_by_hand(laptops: Laptops) -> None:
    record_note(laptops.wang, laptops.assessment, "B2", "左")
    record_note(laptops.li, laptops.assessment, "B2", "右")
    laptops.meet()
    settle_by_text(laptops.li, laptops.assessment, "note:B2", "左右", "")
    laptops.meet()
    assert laptops.wang.store.entity(laptops.assessment).value("note:B2") == "左右"
    with pytest.raises(DiagError, match="CONFLICT_GONE"):
        settle_by_text(laptops.li, laptops.assessment, "note:B2", "左", "")


def test_two_summaries_of_the_visit_are_joined_by_hand(laptops: Laptops) -> None:
    record_survey_text(laptops.wang, laptops.assessment, "summary", "左")
    record_survey_text(laptops.li, laptops.assessment, "summary", "右")
    laptops.meet()
    settle_by_text(laptops.li, laptops.assessment, "survey_summary", "左右", "")
    laptops.meet()
    assert load_survey(laptops.wang, laptops.assessment).summary == "左右"


def test_what_cannot_be_decided_so_is_refused_and_nothing_is_kept(laptops: Laptops) -> None:
    record_scenario(laptops.wang, laptops.assessment, "quality", ScenarioAnswer(level=1))
    record_scenario(laptops.li, laptops.assessment, "quality", ScenarioAnswer(level=2))
    laptops.li.store.import_ops(op.without_value() for op in laptops.wang.store.ops())
    conflict = find_conflict(laptops.li, laptops.assessment, "scenario:quality")
    absent = next(side for side in conflict.sides if side.value is None)
    refused: dict[str, Callable[[], object]] = {
        "SIDE_NOT_HERE": lambda: settle_conflict(laptops.li, conflict.entity, conflict.register, absent.op_id, "x"),
        "CONFLICT_SIDE_UNKNOWN": lambda: settle_conflict(laptops.li, conflict.entity, conflict.register, "0" * 64, "x"),
        "CONFLICT_NOT_TEXT": lambda: settle_by_text(laptops.li, conflict.entity, conflict.register, "3", "x"),
    }
    for code, act in refused.items():
        with pytest.raises(DiagError, match=code):
            act()
    assert SETTLED not in laptops.li.store.entity(laptops.assessment).links


def test_the_command_line_lists_and_resolves(laptops: Laptops, capsys: pytest.CaptureFixture[str]) -> None:
    differ(laptops)
    place = ("--json", "--workspace", str(laptops.wang.directory), "conflict")
    assert main([*place, "list", laptops.enterprise]) == 0
    ((item),) = json.loads(capsys.readouterr().out)
    assert (item["entity"], item["register"], set(item["values"])) == (
        laptops.assessment, "number:equipment_digital", {"66", "47"},
    )  # fmt: skip
    side = next(side for side in item["sides"] if side["value"] == "47")
    arguments = ("resolve", item["entity"], item["register"], "--reason", "点过")
    assert main([*place, *arguments, "--take", side["op_id"]]) == 0
    assert main([*place, *arguments, "--take", side["op_id"]]) == 2
    assert main([*place, *arguments]) == 2
    assert "CONFLICT_GONE" in capsys.readouterr().err
    assert find_conflicts(laptops.wang, laptops.enterprise) == ()
