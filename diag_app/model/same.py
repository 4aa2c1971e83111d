"""Enterprises that two people entered separately and agreed to be one: which is shown for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SAME = "same:"  # + id of the other enterprise: a register of the one with the smaller id


def pair_register(one: str, other: str) -> tuple[str, str]:
    """Return the entity and the register that say whether two enterprises are the same; the order does not matter."""
    smaller, larger = sorted((one, other))
    return smaller, f"{SAME}{larger}"


def roots(agreed: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return for every enterprise that is one with others the one shown for all: the one with the smallest id."""
    parent: dict[str, str] = {}

    def find(entity: str) -> str:
        while parent.get(entity, entity) != entity:
            entity = parent[entity]
        return entity

    for one, other in agreed:
        smaller, larger = sorted((find(one), find(other)))
        parent[larger] = parent[smaller] = smaller
    return {entity: find(entity) for entity in parent}
