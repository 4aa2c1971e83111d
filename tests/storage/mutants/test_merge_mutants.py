"""The test of the merge laws: each of these faults would lose, invent or bring back something, and each is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.mutants.kit import Edit, Mutant, run_mutant, run_tests

LAWS = "test_merge_laws.py::TestLaptops"
REPRO = "test_below.py::test_a_need_below_an_assessment_whose_making_was_undone_elsewhere_is_shown_and_decided"

MUTANTS = (
    Mutant(
        name="arbitrary winner",
        edits=(
            Edit(
                file="model/view.py",
                old="return tuple(sorted(ops, key=lambda op: (not is_misshapen(op), op.hlc, op.op_id)))",
                new="return tuple(sorted(ops, key=lambda op: hash((id(op), op.hlc))))",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="version vector that counts over gaps",
        edits=(
            Edit(
                file="storage/exchange.py",
                old="coalesce(max(seq) FILTER (WHERE seq = place), 0)",
                new="max(seq)",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="a superseded op is a head again",
        edits=(
            Edit(
                file="model/view.py",
                old="superseded = {(op.register, pred) for op in ops for pred in op.preds}",
                new="superseded = {(op.register, pred) for op in ops for pred in op.preds[:1]}",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="delta off by one",
        edits=(Edit(file="storage/exchange.py", old="replica = ? AND seq > ?", new="replica = ? AND seq > ? + 1"),),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="last writer wins",
        edits=(
            Edit(
                file="model/view.py",
                old="    ordered = heads if len(heads) == 1 else in_display_order(heads)\n",
                new="    ordered = in_display_order(heads)[-1:]\n",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="withheld taken for cleared",
        edits=(
            Edit(
                file="model/view.py",
                old="    is_here = op.value_state is ValueState.PRESENT and not is_misshapen(op)\n",
                new="    is_here = not is_misshapen(op)\n",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="withheld value never filled",
        edits=(
            Edit(
                file="storage/exchange.py",
                old="WHERE op_id = ? AND value_state = 'withheld'\"",
                new="WHERE op_id = ? AND value_state = 'cleared'\"",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="vector moved without a receipt",
        edits=(
            Edit(
                file="storage/deliveries.py",
                old="    whole = {chain: told.value for chain, told in _told(store, receiver, WHOLE).items()}\n",
                new="    whole = dict(store.version_vector())\n",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="tombstone dropped by age",
        edits=(
            Edit(
                file="storage/exchange.py",
                old="    row = op_row(op)\n    if state.database",
                new="    if op.kind == OpKind.ENTITY_DEL and op.hlc[0] < state.now - 365 * DAY_MS:\n"
                "        state.already_here += 1\n"
                "        return\n"
                "    row = op_row(op)\n    if state.database",
            ),
        ),
        killed_by=(LAWS,),
    ),
    Mutant(
        name="undoing hides what another wrote",
        edits=(
            Edit(
                file="storage/history.py",
                old="        operation.delete(op.entity, seen=later | self._seen(op, deletions))\n",
                new="        operation.delete(op.entity, seen=[head.op_id for head in heads])\n",
            ),
        ),
        killed_by=(
            "test_undo.py::test_undoing_what_made_an_entity_does_not_hide_what_another_machine_wrote_in_it",
            "test_below.py::test_undoing_what_made_an_assessment_does_not_hide_what_another_machine_wrote_below_it",
        ),
    ),
    Mutant(
        name="work below what is deleted is hidden",
        edits=(
            Edit(
                file="model/deletion.py",
                old="        if sight is not None and _is_seen(standings[work], sight):\n",
                new="        if sight is not None:\n",
            ),
        ),
        killed_by=(LAWS, REPRO),
    ),
    Mutant(
        name="a deletion below counts for itself only",
        edits=(
            Edit(file="storage/projections.py", old="    for place in line:\n", new="    for place in line[:1]:\n"),
        ),
        killed_by=(LAWS, "test_below.py::test_a_parent_goes_when_what_kept_it_is_deleted_or_taken_off"),
    ),
    Mutant(
        name="undoing a decision keeps one side only",
        edits=(
            Edit(
                file="storage/history.py",
                old="        for value, pack in back.values():\n",
                new="        for value, pack in list(back.values())[-1:]:\n",
            ),
        ),
        killed_by=(
            "test_conflicts.py::test_a_decision_travels_and_undoing_it_brings_both_sides_back_under_their_authors",
        ),
    ),
)

pytestmark = pytest.mark.heavy


def test_the_copy_without_a_fault_passes(program: Path) -> None:
    tests = sorted({test for mutant in MUTANTS for test in mutant.killed_by})
    assert set(run_tests(program, tests).values()) == {"passed"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found(program: Path, tmp_path: Path, mutant: Mutant) -> None:
    outcomes = run_mutant(mutant, program, tmp_path / "mutant")
    assert set(outcomes.values()) == {"failed"}, f"nothing here can find: {mutant.name}"
