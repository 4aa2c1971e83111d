"""Whatever shape a rule file has, it is read with faults at places, never with a crash."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diag_app.forms.pack_table import Findings, open_table
from diag_app.forms.practice_rules import FILE, RULES
from tests.forms.packs import small_pack
from tests.forms.rule_texts import GOOD

SCALARS = st.one_of(
    st.booleans(),
    st.integers(-3, 10**7),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(["", "Q1", "A", "starred", "part", "all", "gt", "error"]),
    st.text(max_size=3),
)
WORDS = st.sampled_from(["all", "any", "not", "chosen", "level", "score", "number", "question", "option", "x"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=6
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place under which something stands."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(node, dict):
        pairs = list(node.items())
    elif isinstance(node, list):
        pairs = list(enumerate(node))
    found = [(*path, key) for key, _ in pairs]
    for key, inner in pairs:
        found += places(inner, (*path, key))
    return found


def content() -> dict[str, Any]:
    return tomllib.loads(GOOD, parse_float=Decimal)


def read(rules: dict[str, Any]) -> Findings:
    findings = Findings()
    table = open_table(FILE, rules, findings, RULES.marks)
    found = RULES.read(table, small_pack())
    table.close()
    assert RULES.check is not None
    RULES.check(found, small_pack(), findings)
    return findings


def test_the_rules_as_they_are_have_no_fault() -> None:
    assert read(content()).problems == []


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(places(content())), VALUES), min_size=1, max_size=2))
def test_no_shape_crashes_and_every_fault_has_its_place(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    rules = deepcopy(content())
    for path, value in changes:
        node: Any = rules
        for key in path[:-1]:
            try:
                node = node[key]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(node, dict) or (isinstance(node, list) and isinstance(path[-1], int) and path[-1] < len(node)):
            node[path[-1]] = value
    assert all(problem.location.startswith(FILE) for problem in read(rules).problems)
