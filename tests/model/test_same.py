"""Agreed duplicates: one of each group is shown for all of it, whatever the order of the agreements."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from diag_app.model.same import pair_register, roots

names = st.sampled_from("abcdef")


def test_the_pair_has_one_register_whoever_says_it() -> None:
    assert pair_register("b", "a") == pair_register("a", "b") == ("a", "same:b")


def test_the_smallest_is_shown_for_all() -> None:
    assert roots([("b", "c"), ("d", "c"), ("e", "f")]) == {"b": "b", "c": "b", "d": "b", "e": "e", "f": "e"}
    assert roots([]) == {}


@given(st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=8))
def test_order_and_direction_do_not_matter(pairs: list[tuple[str, str]]) -> None:
    assert roots(pairs) == roots([(other, one) for one, other in reversed(pairs)])
    found = roots(pairs)
    assert all(found[one] == found[other] for one, other in pairs)
    assert all(found[root] == root <= entity for entity, root in found.items())
