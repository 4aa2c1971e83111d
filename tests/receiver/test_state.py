"""What a receiver tells of its cases besides the counts."""

from __future__ import annotations

from pathlib import Path

from diag_app.receiver.state import state_of
from diag_app.storage.store import open_store
from tests.fixed_clock import FixedClock
from tests.storage.stores import add_case


def test_a_deletion_and_two_values_are_both_told_as_conflicts(tmp_path: Path) -> None:
    clock = FixedClock()
    with (
        open_store(tmp_path / "a", clock=clock, actor="市级平台") as receiver,
        open_store(tmp_path / "b", clock=clock, actor="张宁") as laptop,
    ):
        case, _ = add_case(receiver)
        with receiver.operation("start_assessment", case) as operation:
            assessment = operation.create("assessment", parent=case)
        laptop.import_ops(receiver.ops())
        with laptop.operation("add_need", case) as operation:
            operation.create("need", parent=assessment)
            operation.set(case, "remark:x", "theirs")
        with receiver.operation("remove", case) as operation:
            operation.delete(assessment)
            operation.set(case, "remark:x", "ours")
        receiver.import_ops(laptop.ops())
        told = state_of(receiver, [case], (), ()).conflicts
    assert {(item.case, item.entity, item.register) for item in told} == {
        (case, assessment, "entity"),
        (case, case, "remark:x"),
    }
