"""Taking in ops of other machines: set union, with everything odd named and nothing dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.storage.store import Store
from tests.fixed_clock import START, FixedClock
from tests.model.op_sets import Replica
from tests.storage.stores import add_case, bare, opened, save

NOW = int(START.timestamp() * 1000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "here") as store:
        yield store


def written(count: int = 3, **options: Any) -> list[Op]:
    """A foreign replica's chain: an entity and `count` values of its note, each over the one before."""
    replica = Replica("b", wall=NOW, **options)
    last = [replica.birth(), replica.set(0)][-1]
    for number in range(1, count):
        last = replica.set(number, replaces=[last])
    return replica.ops


def codes(store: Store, ops: list[Op]) -> list[str]:
    return [problem.code for problem in store.import_ops(ops).problems]


def test_importing_twice_changes_nothing(store: Store) -> None:
    ops = written()
    assert store.import_ops(ops).applied == len(ops)
    before = (store.state_digest("case"), list(store.ops()), store.entity("entity-1"))
    again = store.import_ops(ops)
    assert (again.applied, again.already_here, again.problems) == (0, len(ops), ())
    assert (store.state_digest("case"), list(store.ops()), store.entity("entity-1")) == before


def test_a_part_first_and_the_whole_later_equals_the_whole_alone(store: Store, tmp_path: Path) -> None:
    ops = written(5)
    store.import_ops(ops[3:])
    store.import_ops(ops)
    with opened(tmp_path / "other") as other:
        other.import_ops(ops)
        assert other.entity("entity-1") == store.entity("entity-1")
        assert other.state_digest("case") == store.state_digest("case")


def test_the_version_vector_stops_at_the_first_gap(store: Store) -> None:
    ops = written(5)
    result = store.import_ops([*ops[:2], *ops[4:]])
    assert store.version_vector() == {(ops[0].replica, "case"): 2}
    assert [(problem.code, problem.parameters["last"]) for problem in result.problems] == [("OP_GAP", "2")]
    assert store.import_ops(ops[2:4]).problems == ()
    assert store.version_vector() == {(ops[0].replica, "case"): len(ops)}


def test_a_chain_without_its_beginning_counts_for_nothing(store: Store) -> None:
    ops = written(3)
    store.import_ops(ops[2:])
    assert store.version_vector() == {(ops[0].replica, "case"): 0}


def test_conflicts_are_reported_and_settled_by_a_write(store: Store, tmp_path: Path) -> None:
    case, assessment = add_case(store)
    with opened(tmp_path / "there") as there:
        there.import_ops(store.ops())
        save(store, case, assessment, "note:B1", "here")
        save(there, case, assessment, "note:B1", "there")
        result = store.import_ops(there.ops())
        assert [(c.entity, c.register, set(c.values)) for c in result.conflicts] == [
            (assessment, "note:B1", {"here", "there"})
        ]
        save(store, case, assessment, "note:B1", "both")
        there.import_ops(store.ops())
        assert there.entity(assessment).registers["note:B1"].conflicting == ()
        assert there.entity(assessment).value("note:B1") == "both"


def test_an_unrelated_import_settles_no_conflict(store: Store, tmp_path: Path) -> None:
    case, assessment = add_case(store)
    with opened(tmp_path / "there") as there:
        there.import_ops(store.ops())
        save(store, case, assessment, "note:B1", "here")
        save(there, case, assessment, "note:B1", "there")
        store.import_ops(there.ops())
        save(there, case, assessment, "note:B2", "other")
        assert store.import_ops(there.ops()).conflicts == ()
        assert len(store.entity(assessment).registers["note:B1"].conflicting) == 2


def test_two_writers_under_one_identity_are_both_kept(store: Store) -> None:
    ops = written(2)
    twin = replace(ops[-1], operation_id="another")
    result = store.import_ops([*ops, twin])
    assert [problem.code for problem in result.problems] == ["OP_FORK"]
    assert result.applied == len(ops) + 1


def test_an_op_that_does_not_follow_the_one_before_is_named_and_kept(store: Store) -> None:
    ops = written(2)
    assert codes(store, [*ops[:-1], replace(ops[-1], prev="f" * 64)]) == ["OP_CHAIN_BROKEN"]
    assert len(list(store.ops())) == len(ops)


def test_an_altered_value_is_left_out_and_the_op_kept(store: Store) -> None:
    ops = written(1)
    altered = replace(ops[-1], value="別的")
    result = store.import_ops([ops[0], altered])
    assert [(problem.code, problem.location) for problem in result.problems] == [("OP_VALUE_ALTERED", ops[-1].op_id)]
    assert store.entity("entity-1").value("note") is None
    assert store.import_ops(ops).applied == 1
    assert store.entity("entity-1").value("note") == 0


@pytest.mark.parametrize("change", [{"salt": None}, {"value": 1.5}, {"value_digest": None}, {"value": "\ud842"}])
def test_a_value_that_cannot_be_checked_is_left_out(store: Store, change: dict[str, Any]) -> None:
    ops = written(1)
    assert "OP_VALUE_ALTERED" in codes(store, [ops[0], replace(ops[1], **change)])
    assert store.check() == ()


def test_an_op_of_a_wrong_shape_is_refused(store: Store) -> None:
    ops = written(1)
    assert codes(store, [ops[0], replace(ops[1], seq=0)]) == ["OP_INVALID"]
    assert len(list(store.ops())) == 1


def test_a_withheld_value_is_filled_and_a_redacted_one_never(store: Store) -> None:
    ops = written(1)
    note = ops[1]
    store.import_ops([ops[0], note.without_value()])
    assert store.import_ops([note]).applied == 1
    assert store.entity("entity-1").value("note") == 0
    with bare(store.directory) as connection:
        connection.execute("UPDATE op SET value = NULL, salt = NULL, value_state = 'redacted' WHERE seq = 2")
    assert store.import_ops([note]).applied == 0
    assert next(op for op in store.ops() if op.seq == 2).value_state is ValueState.REDACTED


def test_newer_kinds_and_versions_are_kept_and_forwarded_byte_for_byte(store: Store, tmp_path: Path) -> None:
    replica = Replica("b", wall=NOW)
    ops = [replica.birth(), replica.write("translate", value="x"), replica.set("y", v=2, extra={"weight": 1.5})]
    assert codes(store, ops) == ["OP_NEWER", "OP_NEWER"]
    forwarded = list(store.ops())
    assert {op.op_id for op in forwarded} == {op.op_id for op in ops}
    assert forwarded[2].extra == {"weight": 1.5}
    with opened(tmp_path / "there") as there:
        there.import_ops(forwarded)
        assert list(there.ops()) == forwarded


def test_a_clock_far_ahead_is_named_and_does_not_move_ours(store: Store) -> None:
    case, assessment = add_case(store)
    ops = written(1)
    future = replace(ops[1], hlc=(NOW + 10 * 365 * 86_400_000, 0))
    assert codes(store, [ops[0], future]) == ["OP_CLOCK"]
    save(store, case, assessment, "note:B1", "x")
    assert list(store.ops([case]))[-1].hlc[0] < NOW + 86_400_000


def test_a_clock_a_little_ahead_moves_ours_and_never_back(tmp_path: Path) -> None:
    ahead = NOW + 3_600_000
    clock = FixedClock(step=timedelta(0))
    with opened(tmp_path, clock=clock) as store:
        case, assessment = add_case(store)
        replica = Replica("b", wall=ahead)
        store.import_ops([replica.birth()])
        save(store, case, assessment, "remark:B1", 1)
    with opened(tmp_path, clock=FixedClock(start=START - timedelta(days=400))) as store:
        save(store, case, assessment, "remark:B1", 2)
        stamps = [op.hlc for op in store.ops([case])]
        assert stamps == sorted(set(stamps))
        assert stamps[-2][0] >= ahead


def test_registers_may_arrive_before_their_entity(store: Store) -> None:
    ops = written(2)
    store.import_ops(ops[1:])
    assert store.entities("need") == ()
    store.import_ops(ops[:1])
    assert [view.value("note") for view in store.entities("need")] == [1]


def test_an_imported_enterprise_is_found_and_an_imported_deletion_takes_it_away(store: Store, tmp_path: Path) -> None:
    with opened(tmp_path / "there") as there:
        case, _ = add_case(there, "远方轴承")
        store.import_ops(there.ops())
        assert [row.enterprise_id for row in store.find_enterprises("轴承")] == [case]
        with there.operation("remove", case) as operation:
            operation.delete(case)
        store.import_ops(there.ops())
        assert store.find_enterprises("轴承") == ()


def test_an_op_of_another_case_cannot_touch_an_entity(store: Store) -> None:
    case, assessment = add_case(store)
    save(store, case, assessment, "note:B1", "mine")
    intruder = Replica("b", case="elsewhere", wall=NOW)
    last = list(store.ops())[-1]
    store.import_ops([intruder.write(OpKind.SET, assessment, "note:B1", "theirs", replaces=[last])])
    assert store.entity(assessment).value("note:B1") == "mine"
    assert store.check() == ()


def test_an_import_that_breaks_off_leaves_nothing(store: Store) -> None:
    def torn() -> Iterator[Op]:
        yield from written(3)
        raise EOFError

    with pytest.raises(EOFError):
        store.import_ops(torn())
    assert list(store.ops()) == []


def test_a_value_that_cannot_be_read_is_kept_told_and_shown_to_nobody(store: Store) -> None:
    replica = Replica("b", wall=NOW)
    replica.birth(kind="assessment")
    good = replica.write(OpKind.SET, register="answer:B1", value={"options": ["A"]})
    odd = replica.write(OpKind.SET, register="answer:B1", value={"options": 5}, replaces=[good])
    [told] = store.import_ops(replica.ops).problems
    assert (told.code, told.location) == ("OP_MISSHAPEN", odd.op_id)
    assert told.parameters == {"case": "case", "entity": "entity-1", "register": "answer:B1", "actor": odd.actor}
    assert store.entity("entity-1").value("answer:B1") is None
    assert {op.op_id: op.value for op in store.ops()}[odd.op_id] == {"options": 5}
    assert store.check() == ()


def test_a_withheld_value_that_cannot_be_read_is_told_when_it_comes(store: Store) -> None:
    replica = Replica("b", wall=NOW)
    replica.birth(kind="assessment")
    odd = replica.write(OpKind.SET, register="answer:B1", value=5)
    assert codes(store, [replica.ops[0], odd.without_value()]) == []
    assert codes(store, replica.ops) == ["OP_MISSHAPEN"]
