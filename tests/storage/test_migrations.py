"""Migrations: only appended, all or none, with a copy of what was before."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database as Tables

from diag_app.storage.database import Database
from diag_app.storage.migrations import MIGRATIONS, migrate, schema_version
from tests.storage.stores import add_case, bare, opened


def m002_colour(tables: Tables) -> None:
    tables.execute("ALTER TABLE enterprise ADD COLUMN colour TEXT")


def m003_broken(tables: Tables) -> None:
    tables.execute("CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT")
    tables.execute("ALTER TABLE nowhere ADD COLUMN x TEXT")


def test_an_older_store_is_backed_up_and_brought_up_to_date(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        add_case(store)
        migrate(store._database, (*MIGRATIONS, m002_colour))
        assert schema_version(store._database) == len(MIGRATIONS) + 1
        assert store._database.one("SELECT colour FROM enterprise") == (None,)
    copy = tmp_path / "backups" / f"before-migration-{len(MIGRATIONS)}.db"
    before = Database(dbapi2.connect(str(copy)), copy, key=None)
    assert schema_version(before) == len(MIGRATIONS)
    assert before.one("SELECT name FROM enterprise") == ("恒信精密机械有限公司",)
    before.connection.close()


def test_a_step_that_fails_takes_all_back(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        case, _ = add_case(store)
        with pytest.raises(dbapi2.OperationalError):
            migrate(store._database, (*MIGRATIONS, m002_colour, m003_broken))
        assert schema_version(store._database) == len(MIGRATIONS)
        assert store._database.all("SELECT 1 FROM sqlite_schema WHERE name = 'half'") == []
        assert store.entity(case).kind == "enterprise"
        migrate(store._database, (*MIGRATIONS, m002_colour))
        assert schema_version(store._database) == len(MIGRATIONS) + 1


def test_a_new_store_is_not_backed_up(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert not (tmp_path / "backups").exists()


def test_every_table_of_ours_is_strict(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with bare(tmp_path) as connection:
        rows = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    loose = {name for name, strict in rows if not strict}
    assert {name for name in loose if not name.startswith(("sqlite_", "_sqlite_"))} == set()


def test_what_became_of_an_answer_is_found_without_going_through_the_log(tmp_path: Path) -> None:
    said: list[str] = []
    with opened(tmp_path) as store:
        case, _ = add_case(store)
        store._database.connection.set_trace_callback(said.append)
        store.ops_about(case, [case], ("name",), newest=5)
        store.register_ops(case, "name")
        store._database.connection.set_trace_callback(None)
        asked = [statement for statement in said if "FROM op" in statement]
        assert len(asked) == 2
        for statement in asked:
            plan = [row[3] for row in store._database.all(f"EXPLAIN QUERY PLAN {statement}")]
            assert any("USING INDEX op_about" in step for step in plan), plan
