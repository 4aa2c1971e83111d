"""A deletion takes along what is below, and no work that it had not seen, whatever the parents are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diag_app.model.deletion import LEVELS, deletion_value, seen_heads
from diag_app.model.ops import Op, OpKind
from diag_app.model.view import view_case
from tests.model.op_sets import Replica


def deleted(replica: Replica, entity: str, birth: Op, seen: Sequence[Op] = (), value: Any = None) -> Op:
    value = value or deletion_value(op.op_id for op in seen)
    return replica.write(OpKind.ENTITY_DEL, entity, "entity", value, replaces=[birth])


def gone(*replicas: Replica, without: Sequence[Op] = ()) -> set[str]:
    views = view_case(op for replica in replicas for op in replica.ops if op not in without)
    return {entity for entity, view in views.items() if view.is_deleted}


class Family:
    """An assessment with a proposal that is signed, made by A; B writes where A does not see it."""

    def __init__(self) -> None:
        self.a, self.b = Replica("a"), Replica("b", wall=9_000)
        self.top = self.a.birth("assessment", "assessment")
        self.middle = self.a.birth("proposal", "proposal", "assessment")
        self.leaf = self.a.birth("signature", "signature", "proposal")
        self.text = self.a.set("one", entity="signature")
        self.seen = [self.middle, self.leaf, self.text]

    def gone(self) -> set[str]:
        return gone(self.a, self.b)


def test_a_deletion_that_has_seen_what_is_below_takes_it_along() -> None:
    family = Family()
    deleted(family.a, "assessment", family.top, family.seen)
    assert family.gone() == {"assessment"}


@pytest.mark.parametrize(
    "write",
    [
        lambda b, family: b.birth("need", "need", "assessment"),
        lambda b, family: b.set("two", entity="signature", replaces=[family.text]),
        lambda b, family: b.write(OpKind.CLEAR, "proposal", replaces=[]),
        lambda b, family: b.write(OpKind.LINK_ADD, "signature", "target", "B1"),
        lambda b, family: b.write(OpKind.ENTITY_UNDEL, "proposal", "entity", replaces=[family.middle]),
    ],
    ids=["made", "replaced", "cleared", "linked", "brought back"],
)
def test_work_below_that_a_deletion_had_not_seen_keeps_the_parent_visible(write: Any) -> None:
    family = Family()
    deleted(family.a, "assessment", family.top, family.seen)
    op = write(family.b, family)
    assert family.gone() == set()
    deleted(family.b, "assessment", family.a.ops[-1], [*family.seen, op])
    assert family.gone() == {"assessment"}, "deleting again, having seen it, settles it"


def test_each_deletion_above_must_have_seen_the_work() -> None:
    family = Family()
    edit = family.b.set("two", entity="signature", replaces=[family.text])
    deleted(family.a, "proposal", family.middle, [family.leaf, family.text])
    deleted(family.b, "assessment", family.top, [*family.seen, edit])
    assert family.gone() == {"assessment"}


def test_what_somebody_deleted_having_seen_the_work_does_not_bring_back_what_is_above() -> None:
    family = Family()
    deleted(family.a, "assessment", family.top)
    edit = family.b.set("two", entity="signature", replaces=[family.text])
    deleted(family.b, "proposal", family.middle, [family.leaf, edit])
    assert family.gone() == {"assessment", "proposal"}


def test_a_deletion_below_is_no_work_to_keep() -> None:
    family = Family()
    deleted(family.a, "assessment", family.top, family.seen)
    deleted(family.b, "signature", family.leaf)  # without having seen its text: it stays visible
    assert family.gone() == {"assessment"}


def test_what_waited_below_counts_when_its_parent_turns_out_to_be_visible() -> None:
    family = Family()
    family.a.birth("other", "signature", "proposal")
    deleted(family.a, "proposal", family.middle, family.seen)  # had seen the signature, and not the other one
    deleted(family.a, "assessment", family.top, [family.middle, family.a.ops[-2]])  # the other way about
    assert family.gone() == set()


def test_what_stands_in_a_parent_that_work_below_keeps_counts_further_up_too() -> None:
    family = Family()
    note = family.b.set("beside", entity="proposal")
    deleted(family.a, "proposal", family.middle, [note])  # had seen the note, and not the signature
    deleted(family.b, "assessment", family.top, family.seen)  # the other way about
    assert family.gone() == set()


def test_the_deletions_of_earlier_versions_had_seen_below_what_the_same_laptop_wrote_before() -> None:
    family = Family()
    deleted(family.a, "assessment", family.top, value={"heads": []})
    assert family.gone() == {"assessment"}
    family.b.birth("need", "need", "assessment")
    assert family.gone() == set()
    family.b.ops.clear()
    family.a.birth("need", "need", "assessment")
    assert family.gone() == set(), "it wrote this later"


@pytest.mark.parametrize("value", ["text", {"heads": "text"}, {"below": True}, {"heads": None}])
def test_a_deletion_without_a_list_has_seen_nothing_below(value: Any) -> None:
    family = Family()
    deleted(family.a, "assessment", family.top, value=value)
    assert family.gone() == set()


def test_a_deletion_whose_list_was_left_out_has_seen_nothing_until_it_comes() -> None:
    family = Family()
    op = deleted(family.a, "assessment", family.top, family.seen)
    family.a.ops[-1] = op.without_value()
    assert family.gone() == set()


def test_what_deletions_had_seen_is_what_they_list_and_what_earlier_ones_need_not_list() -> None:
    family = Family()
    op = deleted(family.a, "assessment", family.top, value={"heads": ["x"]})
    edit = family.b.set("two", entity="signature")
    assert seen_heads([op], [*family.seen, edit]) == {"x", *(each.op_id for each in family.seen)}


def test_work_counts_for_sixteen_levels_and_no_made_up_chain_costs_more() -> None:
    a, b = Replica("a"), Replica("b", wall=9_000)
    count = 3_000
    births = [a.birth(f"{n:04}", "need", f"{n - 1:04}") for n in range(count)]
    for n, birth in enumerate(births[:-1]):
        deleted(b, f"{n:04}", birth)
    assert gone(a, b) == {f"{n:04}" for n in range(count - 1 - LEVELS)}


@pytest.mark.parametrize("has_work", [True, False])
def test_parents_in_a_circle_end_and_go_together(has_work: bool) -> None:
    a, b = Replica("a"), Replica("b", wall=9_000)
    births = [a.birth(f"e{n}", "need", f"e{(n + 1) % 3}") for n in range(3)]
    for n, birth in enumerate(births):
        deleted(a, f"e{n}", birth)
    own = a.birth("self", "need", "self")
    deleted(a, "self", own)
    if has_work:
        b.birth("need", "need", "e1")
    assert gone(a, b) == ({"self"} if has_work else {"e0", "e1", "e2", "self"})


ENTITIES = [f"e{n}" for n in range(5)]
written = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from(ENTITIES),
        st.sampled_from(["set", "delete", "delete", "undelete"]),
        st.integers(0, 2**17 - 1),
    ),
    min_size=2,
    max_size=12,
)


@given(
    parents=st.lists(st.sampled_from([*ENTITIES, None, "nobody"]), min_size=5, max_size=5),
    steps=written,
    chance=st.randoms(use_true_random=False),
)
def test_the_visible_are_the_least_set_that_the_law_allows_in_whatever_order(
    parents: list[str | None], steps: list[tuple[str, str, str, int]], chance: random.Random
) -> None:
    replicas = {name: Replica(name, wall=wall) for name, wall in (("a", 1_000), ("b", 9_000))}
    heads = {(entity, "entity"): [replicas["a"].birth(entity, "need", parent)]
             for entity, parent in zip(ENTITIES, parents, strict=True)}  # fmt: skip
    for name, entity, step, sight in steps:
        kind = {"set": OpKind.SET, "delete": OpKind.ENTITY_DEL, "undelete": OpKind.ENTITY_UNDEL}[step]
        register = "note" if step == "set" else "entity"
        old = heads.get((entity, register), [])
        written_so_far = [op for replica in replicas.values() for op in replica.ops]
        known = [op for number, op in enumerate(written_so_far) if sight >> number & 1]
        value = {"set": "x", "delete": deletion_value(op.op_id for op in known), "undelete": None}[step]
        heads[entity, register] = [replicas[name].write(kind, entity, register, value, replaces=old)]
    ops = [op for replica in replicas.values() for op in replica.ops]
    views = view_case(ops)
    shuffled = list(ops)
    chance.shuffle(shuffled)
    assert view_case(shuffled) == views
    expected = least_visible(dict(zip(ENTITIES, parents, strict=True)), {key: found[0] for key, found in heads.items()})
    assert {entity for entity, view in views.items() if not view.is_deleted} == expected


def least_visible(parents: dict[str, str | None], heads: dict[tuple[str, str], Op]) -> set[str]:
    """Return the law as it is said, worked out the long way: add until nothing is to be added."""
    visible: set[str] = set()
    while True:
        more = {entity for entity in parents if _stays(entity, parents, heads, visible)} - visible
        if not more:
            return visible
        visible |= more


def _stays(entity: str, parents: dict[str, str | None], heads: dict[tuple[str, str], Op], visible: set[str]) -> bool:
    life = heads[entity, "entity"]
    below = {entity}
    for _, (child, parent) in product(parents, parents.items()):
        if parent in below and child in visible:
            below.add(child)
    vital = [
        op for (place, register), op in heads.items()
        if place in below and op.kind != OpKind.ENTITY_DEL and (place, register) != (entity, "entity")
    ]  # fmt: skip
    return life.kind != OpKind.ENTITY_DEL or any(op.op_id not in life.value["heads"] for op in vital)
