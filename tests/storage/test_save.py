"""One operation, one transaction: what it writes, what it refuses, and that nothing of it is ever half there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.ops import OpKind
from diag_app.storage.store import Store
from tests.storage.stores import ISSUED, add_case, bare, bare_registers, bare_values, opened, save


def save_all(store: Store, case: str, entity: str, values: dict[str, Any]) -> None:
    with store.operation("save_all", case) as operation:
        for register, value in values.items():
            operation.set(entity, register, value)


def test_a_value_is_read_back_in_a_new_session(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "fact:B1", {"options": ["B", "C"]})
    with opened(tmp_path) as store:
        view = store.entity(assessment)
        assert (view.kind, view.case, view.parent) == ("assessment", case, case)
        assert view.value("fact:B1") == {"options": ["B", "C"]}


def test_changes_name_what_was_touched(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with store.operation("record_answer", case) as operation:
            operation.set(assessment, "fact:B1", "x")
            operation.set(assessment, "number:equipment_total", "120")
        changes = operation.changes
        assert (changes.operation, changes.case) == ("record_answer", case)
        assert changes.touched == {(assessment, "fact:B1"), (assessment, "number:equipment_total")}


def test_a_write_names_the_write_it_replaces_and_the_chain_goes_on(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "fact:B1", "one")
        save(store, case, assessment, "fact:B1", "two")
        *_, one, two = store.ops([case])
        assert two.preds == (one.op_id,)
        assert (two.seq, two.prev) == (one.seq + 1, one.op_id)
        assert two.hlc > one.hlc
        assert (two.replica, two.actor, two.operation) == (store.replica, "顾问 · 公司 · 电脑", "record_answer")


def test_chains_are_counted_for_each_case(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        first, second = add_case(store)[0], add_case(store)[0]
        assert [op.seq for op in store.ops([first])] == [op.seq for op in store.ops([second])] == [1, 2, 3]


def test_the_value_that_stands_already_is_not_written_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        for _ in range(2):
            save(store, case, assessment, "fact:B1", {"b": 1, "a": 2})
            save(store, case, assessment, "remark:B1", None)
        assert len(list(store.ops())) == 4
        assert store.next_undo(case) == "record_answer"


@pytest.mark.parametrize(
    "value",
    ["字" * 10_000, "䶮㛃𬭎𠅤", "\0\n\"'\\\u2028", True, 0, [], {}, ["x", None], {"数": {"深": [1]}}, "120.50"],
)
def test_json_values_come_back_as_they_were(tmp_path: Path, value: Any) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        save(store, case, assessment, "remark:B1", value)
        assert store.entity(assessment).value("remark:B1") == value
        assert store.check() == ()


@pytest.mark.parametrize("value", [1.5, Decimal("1.5"), {"x": 0.1}])
def test_a_number_that_is_not_exact_is_a_mistake_in_the_program(tmp_path: Path, value: Any) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with pytest.raises(TypeError):
            save(store, case, assessment, "number:x", value)


def test_what_nobody_could_read_is_not_written(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        before = list(store.ops())
        for register, value in {"answer:B1": 5, "visited_on": "2026-03-12", "target_level": True}.items():
            with pytest.raises(DiagError, match="SHAPE_INVALID") as refused:
                save(store, case, assessment, register, value)
            assert refused.value.location == register
        with pytest.raises(DiagError, match="SHAPE_INVALID"), store.operation("link", case) as operation:
            operation.link(assessment, "target", {"x": 1})
        assert list(store.ops()) == before


def test_half_a_character_is_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        before = list(store.ops())
        with pytest.raises(DiagError) as refused:
            save_all(store, case, assessment, {"remark:B1": "good", "remark:B2": "\ud842"})
        assert (refused.value.code, refused.value.location) == ("TEXT_INVALID", "remark:B2")
        assert list(store.ops()) == before
        assert store.entity(assessment).registers == {}


def test_an_unknown_entity_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, _ = add_case(store)
        unknown = new_id()
        with pytest.raises(DiagError) as refused:
            save(store, case, unknown, "fact:B1", "x")
        assert (refused.value.code, refused.value.location) == ("ENTITY_UNKNOWN", unknown)
        for read in (store.entity, lambda entity: store.operation("x", case).__enter__().delete(entity)):
            with pytest.raises(DiagError, match="ENTITY_UNKNOWN"):
                read(unknown)


def test_an_entity_of_another_case_is_unknown_in_this_one(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, _ = add_case(store)
        _, foreign = add_case(store)
        with pytest.raises(DiagError, match="ENTITY_UNKNOWN"):
            save(store, case, foreign, "fact:B1", "x")


def test_a_late_keystroke_does_not_bring_a_deleted_need_back(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with store.operation("remove_need", case) as operation:
            operation.delete(assessment)
        with pytest.raises(DiagError, match="ENTITY_DELETED"):
            save(store, case, assessment, "remark:B1", "late")
        assert store.entity(assessment).is_deleted
        assert store.entities("assessment", case=case) == ()
        assert len(store.entities("assessment", case=case, include_deleted=True)) == 1


def test_deleting_twice_and_undeleting_what_is_there_write_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with store.operation("delete", case) as operation:
            operation.undelete(assessment)
            operation.delete(assessment)
            operation.delete(assessment)
        assert [op.kind for op in store.ops()][-1] == OpKind.ENTITY_DEL
        assert len(list(store.ops())) == 4


def test_an_entity_is_made_once(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, _ = add_case(store)
        with pytest.raises(ValueError, match="exists"), store.operation("again", case) as operation:
            operation.create("enterprise", entity=case)


def test_a_link_is_held_once_and_removed_by_its_value(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with store.operation("link", case) as operation:
            first = operation.link(assessment, "target", "B1")
            assert operation.link(assessment, "target", "B1") == first
            operation.link(assessment, "target", "B2")
        assert sorted(store.entity(assessment).links["target"].values()) == ["B1", "B2"]
        with store.operation("unlink", case) as operation:
            operation.unlink(assessment, "target", "B1")
            operation.unlink(assessment, "target", "absent")
        assert list(store.entity(assessment).links["target"].values()) == ["B2"]


def test_a_seal_lists_the_heads_it_was_made_from(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        heads = store.head_ids(case)
        with store.operation("issue_proposal", case) as operation:
            proposal = operation.create("proposal", parent=assessment)
            operation.seal(proposal, ISSUED, heads)
        assert store.entity(proposal).value("issued") == {**ISSUED, "heads": list(heads)}
        assert set(heads) < set(store.head_ids(case))


def test_entities_come_in_the_order_they_were_made_in(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        with store.operation("add", case) as operation:
            made = [operation.create("need", parent=assessment) for _ in range(20)]
            operation.create("need", parent=case)
        assert [view.entity_id for view in store.entities("need", parent=assessment)] == made
        assert len(store.entities("need")) == 21


def test_an_operation_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        before = (list(store.ops()), store.entity(assessment), store.find_enterprises(""))
        with pytest.raises(TypeError):
            save_all(store, case, case, {"name": "别的名字", "uscc": "91320594MA1", "employees": 1.5})
        assert (list(store.ops()), store.entity(assessment), store.find_enterprises("")) == before
        save(store, case, assessment, "fact:B1", "x")
        assert store.check() == ()


def test_a_projection_that_fails_takes_its_op_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
    with bare(tmp_path) as connection:
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON register WHEN new.register = 'fact:B1' "
            "BEGIN SELECT raise(ABORT, 'refused'); END"
        )
    with opened(tmp_path) as store:
        with pytest.raises(Exception, match="refused"):
            save(store, case, assessment, "fact:B1", "x")
        assert [op.register for op in store.ops()] == ["entity", "name", "entity"]
    assert bare_values(tmp_path) == bare_registers(tmp_path)


def test_ops_of_a_case_are_read_above_a_version_vector(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, assessment = add_case(store)
        add_case(store)
        for number in range(3):
            save(store, case, assessment, "fact:B1", number)
        known = {(store.replica, case): 4}
        assert [op.seq for op in store.ops([case], after=known)] == [5, 6]
        assert store.version_vector()[(store.replica, case)] == 6


def test_local_facts_are_no_part_of_the_log(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert store.local("last_export") is None
        store.set_local("last_export", "一")
        store.set_local("last_export", "二")
        assert (store.local("last_export"), list(store.ops())) == ("二", [])


def test_two_windows_on_one_workspace_lose_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as left:
        case, assessment = add_case(left)
        with opened(tmp_path) as right:
            for number in range(6):
                save((left, right)[number % 2], case, assessment, f"fact:B{number}", number)
                save((left, right)[number % 2], case, assessment, "shared", number)
            view = left.entity(assessment)
            assert view == right.entity(assessment)
            assert [view.value(f"fact:B{number}") for number in range(6)] == list(range(6))
            assert all(not shown.conflicting for shown in view.registers.values())
            assert left.replica == right.replica
            assert left.check() == ()
            stamps = [op.hlc for op in left.ops([case])]
            assert stamps == sorted(stamps)


def test_the_id_of_every_op_is_the_one_it_is_stored_under(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        add_case(store)
        ops = list(store.ops())
    with bare(tmp_path) as connection:
        stored = {op_id for (op_id,) in connection.execute("SELECT op_id FROM op").fetchall()}
    assert {replace(op).op_id for op in ops} == stored
