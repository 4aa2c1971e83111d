"""Three laptops write on their own and exchange what they have in every bad way there is: nothing may be lost.

The numbers in brackets are those of the laws in `docs/merge.md`.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.conflict import Conflict, Side
from diag_app.model.ops import OpKind, ValueState
from diag_app.storage.conflicts import find_conflicts
from diag_app.storage.operation import Operation
from tests.model.op_sets import Replica
from tests.storage.replicas import DECADE, Laptop, Table, carried, deliver, receipted, told

MEMORY = Path("/dev/shm")  # noqa: S108 - a scratch folder in memory, used where there is one
REGISTERS = ("fact:B1", "remark:B1")
VALUES = ("甲", "乙", {"options": ["A"]}, None)
LAPTOPS: list[Laptop] = []
sides = st.integers(0, 2)
entities = st.integers(0, 3)


@pytest.fixture(scope="module", autouse=True)
def kitchen_table() -> Iterator[None]:
    """Three laptops for all cases, on a disk in memory; each case begins with empty ones."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "home"))
        LAPTOPS[:] = [Laptop(folder / name, name) for name in ("王", "李", "赵")]
        yield
        for laptop in LAPTOPS:
            laptop.store.close()
    shutil.rmtree(folder)


class Laptops(RuleBasedStateMachine):
    """Two cases, three laptops, entities below others; the onlooker's table knows everything."""

    def __init__(self) -> None:
        super().__init__()
        self.laptops = LAPTOPS
        for laptop in self.laptops:
            laptop.wipe()
        self.table = Table()
        self.newer = Replica("e")
        self.receipts = 0

    @initialize(is_shared=st.sampled_from([True, True, False]))
    def begin(self, is_shared: bool) -> None:
        self.cases = [new_id(), new_id()]
        self.entities: list[tuple[str, str]] = []
        for case, count in zip(self.cases, (2, 1), strict=True):
            made = [new_id() for _ in range(count)]
            self.entities += [(case, entity) for entity in made]
            self.laptops[0].act(case, "begin", partial(create_line, made), self.table)
        if is_shared:
            for laptop in self.laptops[1:]:
                deliver(laptop, self.laptops[0].store.ops(), self.table)

    @rule(side=sides, entity=entities)
    def add(self, side: int, entity: int) -> None:
        """Something is made below what is here, and below what is deleted nothing is."""
        laptop, (case, chosen) = self.laptops[side], self.chosen(entity)
        if self.is_open(laptop, chosen):
            made = new_id()
            laptop.act(case, "add", lambda o: o.create("need", entity=made, parent=chosen), self.table)
            self.entities.append((case, made))
        elif self.is_here(laptop, chosen):
            with pytest.raises(DiagError, match="ENTITY_DELETED"):
                laptop.act(case, "add", lambda o: o.create("need", parent=chosen), self.table)

    @rule(side=sides, entity=entities, register=st.sampled_from(REGISTERS), value=st.sampled_from(VALUES))
    def write(self, side: int, entity: int, register: str, value: Any) -> None:
        """[6] A write settles what its author saw."""
        laptop, (case, chosen) = self.laptops[side], self.chosen(entity)
        if self.is_open(laptop, chosen):
            laptop.act(case, "write", lambda o: o.set(chosen, register, value, pack="method@1"), self.table)
            shown = laptop.store.entity(chosen).registers.get(register)
            assert (shown is None and value is None) or (shown is not None and shown.value == value)
            assert not (shown and shown.conflicting)

    @rule(side=sides, entity=entities, is_added=st.booleans())
    def link(self, side: int, entity: int, is_added: bool) -> None:
        laptop, (case, chosen) = self.laptops[side], self.chosen(entity)
        if self.is_open(laptop, chosen):
            laptop.act(case, "link", lambda o: (o.link if is_added else o.unlink)(chosen, "target", "B1"), self.table)
            self.table.expect_tables(laptop, case)

    @rule(
        side=sides, entity=entities, register=st.sampled_from(REGISTERS), values=st.permutations(VALUES),
        is_withheld=st.booleans(),
    )  # fmt: skip
    def quarrel(self, side: int, entity: int, register: str, values: list[Any], is_withheld: bool) -> None:
        """[6, 14] Two write without having met, and meet: both values stand, also one that is not here."""
        one, other, (case, chosen) = self.laptops[side], self.laptops[side - 1], self.chosen(entity)
        if self.is_open(one, chosen) and self.is_open(other, chosen):
            for laptop, value in zip((one, other), values, strict=False):
                laptop.act(case, "write", partial(set_one, chosen, register, value), self.table)
            ops = (op.without_value() if is_withheld and op.register == register else op for op in one.store.ops())
            deliver(other, ops, self.table)
            self.table.expect_view(other)

    @rule(side=sides, entity=entities, is_deleted=st.booleans(), is_late=st.booleans())
    def delete(self, side: int, entity: int, is_deleted: bool, is_late: bool) -> None:
        """[2, 13] A deletion counts however late it comes: perhaps to one whose clock is ten years on."""
        laptop, (case, chosen) = self.laptops[side], self.chosen(entity)
        if self.is_here(laptop, chosen):
            laptop.act(case, "delete", lambda o: (o.delete if is_deleted else o.undelete)(chosen), self.table)
            self.table.expect_tables(laptop, case)
            if is_late:
                self.laptops[side - 1].clock.moment += DECADE
                deliver(self.laptops[side - 1], laptop.store.ops(), self.table)

    @rule(side=sides, entity=entities, is_taken_off=st.booleans())
    def delete_beside(self, side: int, entity: int, is_taken_off: bool) -> None:
        """[7, 13] What one deletes stays for what another makes below it meanwhile, as long as that stays."""
        one, other, (case, chosen) = self.laptops[side], self.laptops[side - 1], self.chosen(entity)
        if self.is_open(one, chosen) and self.is_open(other, chosen):
            made = new_id()
            self.entities.append((case, made))
            other.act(case, "add", lambda o: o.create("need", entity=made, parent=chosen), self.table)
            one.act(case, "delete", lambda o: o.delete(chosen), self.table)
            deliver(one, other.store.ops(), self.table)
            assert (chosen, "entity") in {(c.entity, c.register) for c in find_conflicts(one.store)}
            if is_taken_off:
                one.act(case, "delete", lambda o: o.delete(made), self.table)
                self.table.expect_tables(one, case)

    @rule(side=sides, choice=st.integers(0, 2))
    def settle(self, side: int, choice: int) -> None:
        """[6, 7] Deciding takes a conflict away, and undoing the decision brings the same sides back."""
        laptop = self.laptops[side]
        for conflict in find_conflicts(laptop.store)[:1]:
            chosen = conflict.sides[choice % len(conflict.sides)]
            if conflict.kind == "values" and chosen.value_state is not ValueState.PRESENT:
                return
            laptop.act(conflict.case, "settle", partial(decide, conflict, chosen), self.table)
            key = (conflict.entity, conflict.register)
            assert key not in {(c.entity, c.register) for c in find_conflicts(laptop.store)}

    @rule(side=sides, case=st.integers(0, 1), is_undo=st.booleans())
    def turn_back(self, side: int, case: int, is_undo: bool) -> None:
        store, scope = self.laptops[side].store, self.cases[case]
        if (store.next_undo(scope) if is_undo else store.next_redo(scope)) is not None:
            (store.undo if is_undo else store.redo)(scope)
            self.table.note(self.laptops[side])
            self.table.expect_tables(self.laptops[side], scope)

    @rule(side=sides, entity=entities, version=st.integers(2, 3))
    def upgrade(self, side: int, entity: int, version: int) -> None:
        """An upgrade rewrites no answer."""
        laptop, (case, chosen) = self.laptops[side], self.chosen(entity)
        if self.is_open(laptop, chosen):
            before = laptop.store.entity(chosen).registers.get("fact:B1")
            value = {"reference": f"method@{version}", "digest": ""}
            laptop.act(case, "upgrade", lambda o: o.agree(chosen, "pack", value, kind=OpKind.FORM_UPGRADE), self.table)
            assert laptop.store.entity(chosen).registers.get("fact:B1") == before

    @rule(side=sides, entity=entities, is_same=st.booleans())
    def agree_same(self, side: int, entity: int, is_same: bool) -> None:
        """[11] What is agreed to be the same changes nothing else in the view."""
        laptop, (case, chosen) = self.laptops[side], self.chosen(entity)
        if self.is_open(laptop, chosen):
            before = laptop.store.entity(chosen)
            kind = OpKind.SAME_AS if is_same else OpKind.NOT_SAME_AS
            laptop.act(case, "same", lambda o: o.agree(chosen, "same:x", {"same": is_same}, kind=kind), self.table)
            after = laptop.store.entity(chosen)
            assert {k: v for k, v in after.registers.items() if k != "same:x"} == {
                k: v for k, v in before.registers.items() if k != "same:x"
            }

    @rule(side=sides, decades=st.sampled_from([-1, 1]))
    def set_clock(self, side: int, decades: int) -> None:
        """[5] Somebody sets a clock wrong by ten years."""
        self.laptops[side].clock.moment += decades * DECADE

    @precondition(lambda self: not any(op.kind == OpKind.REDACT for op in self.table.ops.values()))
    @rule(side=sides, entity=entities)
    def redact(self, side: int, entity: int) -> None:
        """[12] Erased values are gone here, and ids and chains go on holding."""
        laptop, (_, chosen) = self.laptops[side], self.chosen(entity)
        here = [op for op in laptop.store.ops() if (op.entity, op.register) == (chosen, "remark:B1")]
        is_here = self.is_here(laptop, chosen)
        if is_here and any(op.kind == OpKind.SET and op.value_state is not ValueState.REDACTED for op in here):
            laptop.store.redact(chosen, "remark:B1", reason="x", with_issued=False)
            self.table.note(laptop)
            assert all(op.value is None for op in laptop.store.ops() if op.op_id in {each.op_id for each in here})

    @rule(side=sides, entity=entities, is_kind=st.booleans())
    def receive_newer(self, side: int, entity: int, is_kind: bool) -> None:
        """[10] A newer app's kinds, fields and versions are kept."""
        case, chosen = self.chosen(entity)
        newer = self.newer
        newer.case = case
        seq = 1 + sum(op.case == case for op in newer.ops)
        prev = next((op.op_id for op in reversed(newer.ops) if op.case == case), None)
        place: dict[str, Any] = {"seq": seq, "prev": prev}
        op = (
            newer.write("translate", chosen, "remark:B1", "x", **place)
            if is_kind
            else newer.write(OpKind.SET, chosen, "future", 1, v=2, extra={"weight": "1.5", "of": [1]}, **place)
        )
        self.table.ops[op.op_id], self.table.seen[op.op_id] = op, frozenset({op.op_id})
        result = deliver(self.laptops[side], [op], self.table)
        assert "OP_NEWER" in {problem.code for problem in result.problems}

    @rule(side=sides, other=sides)
    def fork(self, side: int, other: int) -> None:
        """[9] Two that write under one identity are found when they meet, and neither is lost."""
        own = [op for op in self.laptops[side].store.ops() if op.replica == self.laptops[side].store.replica]
        if side != other and own and not any(op.operation == "twin" for op in self.table.ops.values()):
            twin = replace(own[-1], operation="twin")
            self.table.ops[twin.op_id], self.table.seen[twin.op_id] = twin, frozenset({twin.op_id})
            before = {*self.laptops[other].held}
            result = deliver(self.laptops[other], [*own, twin], self.table)
            assert "OP_FORK" in {problem.code for problem in result.problems}
            assert before | {own[-1].op_id, twin.op_id} <= self.laptops[other].held

    @rule(
        source=sides, goal=sides, seed=st.integers(0, 2**32 - 1), share=st.integers(1, 3),
        cases=st.sampled_from([(0,), (1,), (0, 1)]), is_withheld=st.booleans(), is_delta=st.booleans(),
        is_receipted=st.booleans(),
    )  # fmt: skip
    def exchange(
        self, source: int, goal: int, seed: int, share: int, cases: tuple[int, ...],
        is_withheld: bool, is_delta: bool, is_receipted: bool,
    ) -> None:  # fmt: skip
        """[3, 4, 14] Parts, in any order, more than once, without their values, of some cases only."""
        sender, receiver = self.laptops[source], self.laptops[goal]
        chance = random.Random(seed)  # noqa: S311 - of its own: what is drawn may not depend on the ids of the ops
        after = told(sender, receiver) if is_delta else {}
        ops = list(sender.store.ops([self.cases[case] for case in cases], after=after))
        part = [op for op in ops if chance.randrange(3) < share]
        chance.shuffle(part)
        if is_withheld:
            part = [op.without_value() if op.register == "remark:B1" else op for op in part]
        deliver(receiver, [*part, *part[:2]], self.table)
        self.table.expect_view(receiver)
        if is_receipted:
            self.receipts += 1
            receipted(sender, receiver, self.receipts)

    def teardown(self) -> None:
        """When all have all, they show the same, and it is what the ops say."""
        for laptop in self.laptops:
            self.table.expect_view(laptop)
            for other in self.laptops:
                has = other.store.version_vector()
                ahead = {chain: seq for chain, seq in told(laptop, other).items() if seq > has.get(chain, 0)}
                assert ahead == {}, "counted as there, and no receipt says so"
        self.meet()
        self.compare()

    def meet(self) -> None:
        """[2] Deltas above what each has leave no gap; what they cannot carry, values and twins, the whole brings."""
        first, *others = self.laptops
        has_twins = any(op.operation == "twin" for op in self.table.ops.values())
        for is_whole in (False, True) if has_twins or self.is_anything_withheld() else (False,):
            for source, goal in (*((other, first) for other in others), *((first, other) for other in others)):
                after = {} if is_whole else goal.store.version_vector()
                deliver(goal, source.store.ops(after=after), self.table)
            if is_whole or not has_twins:
                assert all(laptop.held == self.table.ops.keys() for laptop in self.laptops), "an op has not come"

    def is_anything_withheld(self) -> bool:
        asked = "SELECT 1 FROM op WHERE value_state = 'withheld'"
        return any(laptop.store.inside[0].one(asked) for laptop in self.laptops)

    def compare(self) -> None:
        """[1, 3, 13, 14] The same everywhere, twice as once, tables as the ops say; values back, erased ones not."""
        first, *others = self.laptops
        for laptop in self.laptops:
            self.table.expect_view(laptop)
            assert {problem.code for problem in laptop.store.check()} <= {"OP_FORK"}
            states = {op.op_id: op.value_state for op in laptop.store.ops()}
            assert ValueState.WITHHELD not in states.values(), "a value was sent and has not come"
            assert {states[op_id] for op_id in self.erased()} <= {ValueState.REDACTED}, "an erased value is back"
        for other in others:
            assert other.store.version_vector() == first.store.version_vector()
            for case in self.cases:
                assert other.store.state_digest(case) == first.store.state_digest(case)
            for _, entity in self.entities:
                assert other.store.entity(entity) == first.store.entity(entity)
            assert other.store.import_ops(carried(first.store.ops())).applied == 0

    def erased(self) -> set[str]:
        return {op_id for op in self.table.ops.values() if op.kind == OpKind.REDACT for op_id in op.value["ops"]}

    def is_here(self, laptop: Laptop, entity: str) -> bool:
        return entity in parents(laptop)

    def is_open(self, laptop: Laptop, entity: str) -> bool:
        """Return whether it is here, and neither deleted nor below what is."""
        here = parents(laptop)
        place = entity
        while place in here and not here[place][1]:
            place = here[place][0]
        return entity in here and place not in here

    def chosen(self, entity: int) -> tuple[str, str]:
        """Return case and id of one of the entities: the newest for a number above those there are at first."""
        return self.entities[entity] if entity < 3 else self.entities[-1]


def parents(laptop: Laptop) -> dict[str, tuple[str, bool]]:
    """Return of every entity that is here its parent, and whether it is deleted."""
    rows = laptop.store.inside[0].all("SELECT entity, parent, is_deleted FROM entity WHERE kind = 'need'")
    return {entity: (parent, bool(is_deleted)) for entity, parent, is_deleted in rows}


def create_line(entities: list[str], operation: Operation) -> None:
    """Make entities each below the one before."""
    for place, entity in enumerate(entities):
        operation.create("need", entity=entity, parent=entities[place - 1] if place else operation.case)


def set_one(entity: str, register: str, value: Any, operation: Operation) -> None:
    operation.set(entity, register, value)


def decide(conflict: Conflict, side: Side, operation: Operation) -> None:
    if conflict.kind == "values":
        operation.set(conflict.entity, conflict.register, side.value)
    elif side.is_deletion:
        operation.delete(conflict.entity)
    else:
        operation.undelete(conflict.entity)


def few(examples: int) -> settings:
    return settings(
        max_examples=examples, deadline=None, stateful_step_count=12, suppress_health_check=list(HealthCheck)
    )


TestLaptops = Laptops.TestCase
TestLaptops.settings = few(500)


@pytest.mark.heavy
class TestManyMoreLaptops(Laptops.TestCase):  # type: ignore[misc,valid-type]
    settings = few(5_000)


def test_an_erasure_that_came_without_its_value_erases_when_the_value_comes() -> None:
    """[12, 14] Found by the laws: what an erasure names is in its value, which another bundle may bring."""
    laws = Laptops()
    laws.begin(is_shared=True)
    laws.quarrel(entity=1, register="remark:B1", side=0, values=["甲", "乙"], is_withheld=False)
    laws.redact(entity=1, side=2)
    deliver(laws.laptops[1], laws.laptops[2].store.ops(), laws.table)
    withheld = [op.without_value() if op.register == "remark:B1" else op for op in laws.laptops[1].store.ops()]
    deliver(laws.laptops[0], withheld, laws.table)
    laws.teardown()
