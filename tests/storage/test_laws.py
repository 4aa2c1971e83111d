"""The store's laws: the real store beside a pure model, through saves, undo, restarts and other machines."""

from __future__ import annotations

import random
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from diag_app.clock import new_id
from diag_app.errors import DiagError
from diag_app.model.ops import EntityView
from diag_app.model.view import head_ids, view_case
from diag_app.storage.store import Store
from tests.storage.stores import bare_registers, bare_values, opened

REGISTERS = ("fact:B1", "remark:B1", "level")
values = st.none() | st.integers(0, 3) | st.sampled_from(["一", "𬭎", {"options": ["A"]}, []])
registers = st.sampled_from(REGISTERS)
questions = st.sampled_from(["B1", "B2"])
State = dict[str, dict[str, Any]]  # what the model holds of each entity: deleted or not, registers, links


class BrokenOffError(Exception):
    """The operation's own code failed."""


class SoleStore(RuleBasedStateMachine):
    """One machine. The model keeps whole states: undo is going back to the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.directory = Path(self.folder.name)
        self.store = opened(self.directory)
        self.case = new_id()
        self.state: State = {}
        self.done: list[tuple[State, State]] = []
        self.undone: list[tuple[State, State]] = []
        self.ops: set[str] = set()

    @initialize()
    def begin(self) -> None:
        self.apply_create(self.case)

    @rule(data=st.data())
    def create(self, data: st.DataObject) -> None:
        open_ones = [entity for entity in sorted(self.state) if not self.is_shut(entity)]
        self.apply_create(data.draw(st.sampled_from([self.case, *open_ones])))

    def apply_create(self, parent: str) -> None:
        before = deepcopy(self.state)
        with self.store.operation("create", self.case) as operation:
            entity = operation.create("need", parent=parent)
        self.state[entity] = {"parent": parent, "deleted": False, "registers": {}, "links": set()}
        self.record(before)

    @precondition(lambda self: self.state)
    @rule(data=st.data(), register=registers, value=values)
    def set(self, data: st.DataObject, register: str, value: Any) -> None:
        entity, before = self.pick(data), deepcopy(self.state)
        if self.refuses(entity):
            return
        with self.store.operation("set", self.case) as operation:
            operation.set(entity, register, value)
        self.state[entity]["registers"][register] = value
        self.record(before)

    @precondition(lambda self: self.state)
    @rule(data=st.data(), written=st.lists(st.tuples(registers, values), min_size=2, max_size=4), question=questions)
    def set_many(self, data: st.DataObject, written: list[tuple[str, Any]], question: str) -> None:
        entity, before = self.pick(data), deepcopy(self.state)
        if self.refuses(entity):
            return
        with self.store.operation("set_many", self.case) as operation:
            for register, value in written:
                operation.set(entity, register, value)
            operation.link(entity, "target", question)
            operation.clear(entity, written[0][0])
        self.state[entity]["registers"].update({**dict(written), written[0][0]: None})
        self.state[entity]["links"].add(question)
        self.record(before)

    @precondition(lambda self: self.state)
    @rule(data=st.data(), question=questions, is_added=st.booleans())
    def link(self, data: st.DataObject, question: str, is_added: bool) -> None:
        entity, before = self.pick(data), deepcopy(self.state)
        if self.refuses(entity):
            return
        with self.store.operation("link", self.case) as operation:
            (operation.link if is_added else operation.unlink)(entity, "target", question)
        links = self.state[entity]["links"]
        (links.add if is_added else links.discard)(question)
        self.record(before)

    @precondition(lambda self: self.state)
    @rule(data=st.data(), is_deleted=st.booleans())
    def delete(self, data: st.DataObject, is_deleted: bool) -> None:
        entity, before = self.pick(data), deepcopy(self.state)
        if self.is_shut(self.state[entity]["parent"]):
            return  # what is below a deleted one comes back with it
        with self.store.operation("delete", self.case) as operation:
            (operation.delete if is_deleted else operation.undelete)(entity)
        self.state[entity]["deleted"] = is_deleted
        self.record(before)

    @precondition(lambda self: self.state)
    @rule(data=st.data(), register=registers, value=values)
    def fail_halfway(self, data: st.DataObject, register: str, value: Any) -> None:
        entity = self.pick(data)
        with pytest.raises(BrokenOffError):
            self.break_off(entity, register, value)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.store.undo(self.case)
        before, after = self.done.pop()
        self.undone.append((before, after))
        self.state = deepcopy(before)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.store.redo(self.case)
        before, after = self.undone.pop()
        self.done.append((before, after))
        self.state = deepcopy(after)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = opened(self.directory)

    @invariant()
    def the_store_shows_what_the_model_holds(self) -> None:
        views = self.store.entities("need", case=self.case, include_deleted=True)
        shown = {view.entity_id: seen(view) for view in views}
        born = {key: value for key, value in plain(self.state).items() if key in shown}
        assert shown == {**{key: gone(shown[key]) for key in shown.keys() - born.keys()}, **born}
        assert plain(self.state).keys() <= shown.keys()

    @invariant()
    def the_stacks_are_those_of_the_model(self) -> None:
        assert (self.store.next_undo(self.case) is None) == (not self.done)
        assert (self.store.next_redo(self.case) is None) == (not self.undone)

    @invariant()
    def no_op_is_ever_lost(self) -> None:
        ops = {op.op_id for op in self.store.ops()}
        assert self.ops <= ops
        self.ops = ops

    @invariant()
    def projections_equal_full_recomputation(self) -> None:
        assert self.store.check() == ()
        assert bare_values(self.directory) == bare_registers(self.directory)
        views = view_case(self.store.ops())
        assert self.store.head_ids(self.case) == head_ids(views.values())

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.state)))

    def break_off(self, entity: str, register: str, value: Any) -> None:
        with self.store.operation("fail", self.case) as operation:
            made = operation.create("need", parent=self.case)
            operation.set(made, register, value)
            operation.delete(entity)
            raise BrokenOffError

    def is_shut(self, entity: str) -> bool:
        """Return whether an entity is deleted, or below one that is."""
        while entity in self.state and not self.state[entity]["deleted"]:
            entity = self.state[entity]["parent"]
        return entity in self.state

    def refuses(self, entity: str) -> bool:
        if not self.is_shut(entity):
            return False
        with pytest.raises(DiagError, match="ENTITY_DELETED"), self.store.operation("set", self.case) as operation:
            operation.set(entity, "level", 1)
        return True

    def record(self, before: State) -> None:
        """An operation that wrote nothing is none; else it is done, and nothing may be redone any more."""
        if {op.op_id for op in self.store.ops()} == self.ops:
            assert plain(before) == plain(self.state)
            return
        self.done.append((before, deepcopy(self.state)))
        self.undone.clear()


def plain(state: State) -> State:
    """A cleared register and one never set read alike."""
    return {
        entity: {**facts, "registers": {name: value for name, value in facts["registers"].items() if value is not None}}
        for entity, facts in state.items()
    }


def seen(view: EntityView) -> dict[str, Any]:
    return {
        "parent": view.parent,
        "deleted": view.is_deleted,
        "registers": {name: shown.value for name, shown in view.registers.items() if shown.value is not None},
        "links": set(view.links.get("target", {}).values()),
    }


def gone(facts: dict[str, Any]) -> dict[str, Any]:
    """An entity whose making was undone: all that may be said of it is that it is deleted."""
    return {**facts, "deleted": True}


class TwoStores(RuleBasedStateMachine):
    """Two machines that write on their own and exchange ops in parts, out of order and more than once."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.stores = [opened(Path(self.folder.name, name)) for name in ("left", "right")]
        self.case = new_id()
        self.said: list[set[str]] = [set(), set()]
        self.entities: list[str] = []

    @initialize()
    def begin(self) -> None:
        with self.stores[0].operation("create", self.case) as operation:
            operation.create("enterprise", entity=self.case)
            above = operation.create("need", parent=self.case)
            self.entities = [above, operation.create("need", parent=above)]
        self.stores[1].import_ops(self.stores[0].ops())

    @rule(side=st.integers(0, 1), entity=st.integers(0, 1), register=registers, value=values)
    def set(self, side: int, entity: int, register: str, value: Any) -> None:
        if self.write(side, entity, lambda operation, chosen: operation.set(chosen, register, value)):
            shown = self.stores[side].entity(self.entities[entity]).registers.get(register)
            assert (shown and shown.value) == value
            assert not (shown and shown.conflicting), "a write settles what it has seen"

    @rule(side=st.integers(0, 1), entity=st.integers(0, 1), question=questions, is_added=st.booleans())
    def link(self, side: int, entity: int, question: str, is_added: bool) -> None:
        self.write(side, entity, lambda o, chosen: (o.link if is_added else o.unlink)(chosen, "target", question))

    @rule(side=st.integers(0, 1), entity=st.integers(0, 1), is_deleted=st.booleans())
    def delete(self, side: int, entity: int, is_deleted: bool) -> None:
        with self.stores[side].operation("delete", self.case) as operation:
            (operation.delete if is_deleted else operation.undelete)(self.entities[entity])

    @rule(side=st.integers(0, 1), is_undo=st.booleans())
    def turn_back(self, side: int, is_undo: bool) -> None:
        store = self.stores[side]
        if (store.next_undo(self.case) if is_undo else store.next_redo(self.case)) is not None:
            foreign = foreign_heads(store, self.case)
            (store.undo if is_undo else store.redo)(self.case)
            assert foreign - foreign_heads(store, self.case) <= lifecycle_heads(store, self.case, foreign)

    @rule(side=st.integers(0, 1), seed=st.integers(0, 2**32 - 1), share=st.integers(1, 3))
    def exchange(self, side: int, seed: int, share: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - of its own: what is drawn may not depend on the ids of the ops
        part = [op for op in self.stores[side].ops() if chance.randrange(3) < share]
        chance.shuffle(part)
        result = self.stores[1 - side].import_ops([*part, *part[:2]])
        assert result.applied + result.already_here == len(part) + len(part[:2])

    @rule(side=st.integers(0, 1))
    def reopen(self, side: int) -> None:
        directory = self.stores[side].directory
        self.stores[side].close()
        self.stores[side] = opened(directory)

    @invariant()
    def nothing_is_lost_and_the_tables_are_what_the_ops_say(self) -> None:
        for store, said in zip(self.stores, self.said, strict=True):
            ops = list(store.ops())
            assert said <= {op.op_id for op in ops}
            said.update(op.op_id for op in ops)
            views = view_case(ops)
            assert {key: store.entity(key) for key in self.entities} == {key: views[key] for key in self.entities}
            assert {problem.code for problem in store.check()} <= {"OP_GAP"}

    def teardown(self) -> None:
        left, right = self.stores
        right.import_ops(left.ops())
        left.import_ops(right.ops())
        assert left.state_digest(self.case) == right.state_digest(self.case)
        assert left.version_vector() == right.version_vector()
        assert [left.entity(key) for key in self.entities] == [right.entity(key) for key in self.entities]
        again = left.import_ops(right.ops())
        assert (again.applied, again.problems) == (0, ())
        assert left.check() == right.check() == ()
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    def write(self, side: int, entity: int, action: Any) -> bool:
        store, chosen = self.stores[side], self.entities[entity]
        if any(store.entity(place).is_deleted for place in self.entities[: entity + 1]):
            return False
        with store.operation("write", self.case) as operation:
            action(operation, chosen)
        return True


def foreign_heads(store: Store, case: str) -> set[str]:
    foreign = {op.op_id for op in store.ops([case]) if op.replica != store.replica}
    return foreign & set(store.head_ids(case))


def lifecycle_heads(store: Store, case: str, heads: set[str]) -> set[str]:
    return {op.op_id for op in store.ops([case]) if op.op_id in heads and op.register == "entity"}


few = settings(max_examples=25, deadline=None, stateful_step_count=25, suppress_health_check=list(HealthCheck))
SoleStore.TestCase.settings = few
TwoStores.TestCase.settings = few
TestSoleStore = SoleStore.TestCase
TestTwoStores = TwoStores.TestCase
