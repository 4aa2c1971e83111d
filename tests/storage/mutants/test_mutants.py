"""The tests of the tests: each of these faults would lose or invent data, and each is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.mutants.kit import Edit, Mutant, run_mutant, run_tests

SOLE, TWO = "test_laws.py::TestSoleStore", "test_laws.py::TestTwoStores"
FLUSHES = "test_durable.py::test_every_save_is_flushed_exactly_once"
ORDER = "test_durable.py::test_evidence_is_on_the_disk_before_the_op_that_names_it"

MUTANTS = (
    Mutant(
        name="write without predecessors",
        edits=(Edit(file="storage/writer.py", old="preds=tuple(sorted(preds)),", new="preds=(),"),),
        killed_by=("test_save.py::test_a_write_names_the_write_it_replaces_and_the_chain_goes_on", SOLE, TWO),
    ),
    Mutant(
        name="projection updated outside the transaction",
        edits=(
            Edit(
                file="storage/writer.py",
                old="        project(self.database,",
                new="        self.database.run('COMMIT')\n        self.database.run('BEGIN IMMEDIATE')\n"
                "        project(self.database,",
            ),
        ),
        killed_by=("test_save.py::test_a_projection_that_fails_takes_its_op_with_it", SOLE, FLUSHES),
    ),
    Mutant(
        name="undo that drops ops",
        edits=(
            Edit(
                file="storage/history.py",
                old='        operation.note(UNDO_REGISTER, {"undoes": entry.operation_id})\n',
                new="        from diag_app.storage.projections import rebuild_case\n"
                "        self._database.run('DELETE FROM op WHERE operation_id = ?', (entry.operation_id,))\n"
                "        rebuild_case(self._database, operation.case)\n"
                "        self._scopes.clear()\n"
                "        return\n",
            ),
        ),
        killed_by=("test_undo.py::test_undo_adds_ops_and_takes_none_away", SOLE),
    ),
    Mutant(
        name="synchronous=NORMAL asserted as FULL",
        edits=(Edit(file="storage/connect.py", old='("synchronous", "FULL", 2)', new='("synchronous", "NORMAL", 1)'),),
        killed_by=("test_durable.py::test_the_connection_is_in_the_durable_mode", FLUSHES),
    ),
    Mutant(
        name="evidence op committed before its file",
        edits=(
            Edit(
                file="storage/blobs.py",
                old="            files.write(path, self._to_disk(data))\n",
                new="            self.late = (path, data)\n            self.folder.mkdir(exist_ok=True)\n",
            ),
            Edit(file="storage/operation.py", old="        if register in BLOB_REGISTERS:", new="        if False:"),
            Edit(
                file="storage/store.py",
                old="            yield begin(name, case)\n",
                new="            yield begin(name, case)\n"
                "        if hasattr(self._blobs, 'late'):\n"
                "            from diag_app import files\n"
                "            files.write(*self._blobs.late)\n",
            ),
        ),
        killed_by=("test_evidence.py::test_bytes_are_on_the_disk_when_put_returns", ORDER),
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
        killed_by=("test_import.py::test_the_version_vector_stops_at_the_first_gap",),
    ),
    Mutant(
        name="a redacted value comes back",
        edits=(
            Edit(
                file="storage/exchange.py",
                old="WHERE op_id = ? AND value_state = 'withheld'\"",
                new="WHERE op_id = ? AND value_state <> 'present'\"",
            ),
        ),
        killed_by=("test_import.py::test_a_withheld_value_is_filled_and_a_redacted_one_never",),
    ),
)


pytestmark = pytest.mark.heavy  # a fault takes seconds, and only changed tests let one through


def test_the_copy_without_a_fault_passes(program: Path) -> None:
    tests = sorted({test for mutant in MUTANTS for test in mutant.killed_by})
    assert set(run_tests(program, tests).values()) <= {"passed", "skipped"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_fault_is_found(program: Path, tmp_path: Path, mutant: Mutant) -> None:
    outcomes = run_mutant(mutant, program, tmp_path / "mutant")
    assert set(outcomes.values()) <= {"failed", "skipped"}, "\n".join(outcomes.values())
    assert "failed" in outcomes.values(), f"nothing here can find: {mutant.name}"
