"""Durable means flushed: one flush for each save, the file before the op that names it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.storage.stores import opened
from tests.storage.traces import flushes, needs_strace, traced

SAVES = 20


def test_the_connection_is_in_the_durable_mode(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        connection = store._database.connection
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


@needs_strace
def test_every_save_is_flushed_exactly_once(tmp_path: Path) -> None:
    calls = traced(tmp_path, "saves", SAVES)
    assert flushes(calls, "workspace.db-wal") == SAVES
    assert len(calls) == SAVES


@needs_strace
def test_evidence_is_on_the_disk_before_the_op_that_names_it(tmp_path: Path) -> None:
    calls = traced(tmp_path, "evidence", 1)
    steps = [step for name, arguments in calls if (step := _step(name, arguments))]
    new_folders = ["above flushed", "above flushed"]  # their names, before anything is put into them
    assert steps == [*new_folders, "file flushed", "renamed", "folder flushed", "above flushed", "op flushed"]


def _step(name: str, arguments: str) -> str:
    if name.startswith("rename"):
        return "renamed"
    for step, pattern in (
        ("file flushed", r"/\.part-[^/]*>"),
        ("folder flushed", r"/evidence/[0-9a-f]{2}>"),
        ("above flushed", r"/(evidence|workspace)>"),
        ("op flushed", r"workspace\.db-wal>"),
    ):
        if re.search(pattern, arguments):
            return step
    return ""
