"""What is gone: an entity whose deletions have seen all that stands in it and in what is below it.

Nobody's work disappears unseen: an edit that no deletion had seen keeps the entity visible, and all that it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diag_app.model.ops import Op, OpKind

LEVELS = 16  # how far up work counts; the app makes three, and a made-up chain of thousands shall not cost their square


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides whether an entity is gone: its parent, and the heads of its lifecycle and of its content."""

    parent: str | None
    lifecycle: Sequence[Op]
    content: Sequence[Op]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the deletions of one entity had seen between them."""

    listed: frozenset[str]
    own_before: Mapping[str, int] = field(default_factory=dict)  # by replica; of what is below only

    def has_seen_below(self, op: Op) -> bool:
        """Return whether one of them had seen this head of something below; a deletion there is nothing to see."""
        return op.kind == OpKind.ENTITY_DEL or op.op_id in self.listed or op.seq < self.own_before.get(op.replica, 0)


def deletion_value(heads: Iterable[str]) -> dict[str, Any]:
    """Return the value of a deletion that has seen these heads of the entity and of what is below it."""
    return {"heads": sorted(heads), "below": True}


def sight_of(lifecycle: Iterable[Op]) -> Sight:
    """Return what deletions had seen: what they list, and nothing where the list is not here or is none.

    The earliest ones list nothing below; there they have seen what the same replica had written before.
    """
    listed: set[str] = set()
    own_before: dict[str, int] = {}
    for op in lifecycle:
        heads = op.value.get("heads") if op.kind == OpKind.ENTITY_DEL and isinstance(op.value, dict) else None
        if isinstance(heads, list):
            listed.update(head for head in heads if isinstance(head, str))
            if op.value.get("below") is not True:
                own_before[op.replica] = max(op.seq, own_before.get(op.replica, 0))
    return Sight(listed=frozenset(listed), own_before=own_before)


def asks_to_go(lifecycle: Sequence[Op]) -> bool:
    """Return whether an entity was deleted by all its lifecycle heads: bringing it back beats a deletion beside it."""
    return bool(lifecycle) and all(op.kind == OpKind.ENTITY_DEL for op in lifecycle)


def unseen(lifecycle: Iterable[Op], content: Iterable[Op], below: Iterable[Op] = ()) -> tuple[Op, ...]:
    """Return the heads of an entity's content and of what is visible below it that none of its deletions had seen."""
    sight = sight_of(lifecycle)
    own = (op for op in content if op.op_id not in sight.listed)
    return (*own, *(op for op in below if not sight.has_seen_below(op)))


def seen_heads(deletions: Sequence[Op], below: Iterable[Op]) -> frozenset[str]:
    """Return the heads that deletions had seen; `below` are the heads of what is below now."""
    sight = sight_of(deletions)
    return sight.listed | {op.op_id for op in below if sight.has_seen_below(op)}


def gone(standings: Mapping[str, Standing]) -> frozenset[str]:
    """Return which of these entities are gone.

    The visible ones are the least set that holds whatever no deletion covers, and with it each parent whose deletions
    had not seen it. Work is carried up its parents one by one, and waits where it was seen until that parent turns out
    to be visible through something else; so the order does not matter, and circles of parents end.
    """
    leaving = {
        entity: sight_of(standing.lifecycle)
        for entity, standing in standings.items()
        if asks_to_go(standing.lifecycle) and not unseen(standing.lifecycle, standing.content)
    }
    waiting: dict[str, list[tuple[str, int]]] = {}
    climbing = [(entity, entity, 0) for entity in standings if entity not in leaving] if leaving else []
    while climbing:
        work, place, level = climbing.pop()
        parent = standings[place].parent
        if parent is None or parent not in standings or level == LEVELS:
            continue
        sight = leaving.get(parent)
        if sight is not None and _is_seen(standings[work], sight):
            waiting.setdefault(parent, []).append((work, level + 1))
            continue
        climbing.append((work, parent, level + 1))
        if sight is not None:
            del leaving[parent]
            climbing += ((other, parent, reached) for other, reached in [(parent, 0), *waiting.pop(parent, ())])
    return frozenset(leaving)


def _is_seen(work: Standing, sight: Sight) -> bool:
    return all(sight.has_seen_below(op) for heads in (work.lifecycle, work.content) for op in heads)
