"""One flipped bit in ops, audit rows, evidence or issued files is found and named, and mended from a copy."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from diag_app.errors import DiagError, Problem
from diag_app.model.actor import Actor
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.assessment import record_answer, start_assessment
from diag_app.operations.backup import check_workspace, create_backup
from diag_app.operations.bundle import export_bundle
from diag_app.operations.chain import WITHOUT_PLAN, excuse_orphan
from diag_app.operations.enterprise import add_enterprise
from diag_app.operations.evidence import add_evidence, caption_evidence
from diag_app.operations.need import NeedFields, add_need
from diag_app.operations.proposal import issue_proposal
from diag_app.operations.rendering import Rendered
from diag_app.operations.repair import repair_from
from diag_app.operations.snapshots import take_snapshot
from diag_app.operations.workspace import Workspace, open_workspace
from tests.care.conftest import FIRM

SEED = 20240603
FLIPS = 200
PAPER = b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF\n"
COLUMNS = ("op_id", "header", "value", "salt")
NAMED = {
    "ANSWER_DAMAGED", "NEED_DAMAGED", "EVIDENCE_RECORD_DAMAGED", "REPORT_RECORD_DAMAGED", "FIRM_RECORD_DAMAGED",
}  # fmt: skip
TRAIL = {"AUDIT_DAMAGED", "AUDIT_BROKEN", "AUDIT_CUT", "AUDIT_REWRITTEN"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with all kinds of records, and beside it a backup, a snapshot and a bundle."""
    root = tmp_path_factory.mktemp("template")
    (root / "note.txt").write_text("巡检记录 " * 50)
    rendered = Rendered(pdf=PAPER, outline=(), page_count=1, problems=())
    actor = Actor(name="甲", firm="乙", device="丙")
    doubles: dict[str, Any] = {"renderer": lambda *_: rendered, "reader": lambda *_: ()}
    with open_workspace(root / "home", actor=actor, **doubles) as workspace:
        enterprise = add_enterprise(workspace, EnterpriseProfile(name=FIRM)).enterprise_id
        assessment = start_assessment(workspace, enterprise)
        for question in ("B1", "B2"):
            record_answer(workspace, assessment, question, ("A",))
        [evidence] = add_evidence(workspace, assessment, "B1", [root / "note.txt"])
        caption_evidence(workspace, evidence.evidence_id, "夜班巡检")
        add_need(workspace, assessment, "visual_inspection", NeedFields(owner_words="夜班漏检"))
        excuse_orphan(workspace, assessment, WITHOUT_PLAN, "业主春天定预算")
        issue_proposal(workspace, assessment, ("zh",), root / "papers")
        create_backup(workspace, root).rename(root / "backup.zip")
        shutil.copyfile(take_snapshot(workspace).path, root / "snapshot.db")
        export_bundle(workspace, root / "bundle.zip")
    shutil.rmtree(root / "home" / "backups")
    with closing(sqlite3.connect(root / "home" / "workspace.db")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # everything into the one file whose bits are flipped
    return root


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template / "home", tmp_path / "damaged"))


def flip(path: Path, place: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def op_places(store: Path) -> list[tuple[int, int]]:
    """Return (start, length) of every column of every op in the store's file, found by its bytes."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM op ORDER BY id").fetchall()  # noqa: S608
    content = store.read_bytes()
    found = []
    for op_id, header, value, salt in rows:
        start = content.find((op_id + header).encode())  # a row's columns lie side by side in its record
        if start < 0 or content.count((op_id + header).encode()) != 1:
            continue
        whole = op_id + header + (value or "") + (salt or "")
        if content[start : start + len(whole.encode())] == whole.encode():
            found.append((start, len(whole.encode())))
    assert len(found) > len(rows) * 0.8
    return found


def audit_places(store: Path) -> list[tuple[int, int]]:
    """Return (start, length) of what every row of the audit trail says, found by its bytes."""
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT row_id, prev, at, actor, event, details FROM audit ORDER BY seq").fetchall()
    content = store.read_bytes()
    texts = ["".join(part or "" for part in row).encode() for row in rows]
    found = [(content.find(text), len(text)) for text in texts if content.count(text) == 1]
    assert len(found) == len(rows) > 3
    return found


def checked(home: Path) -> tuple[Problem, ...]:
    try:
        with open_workspace(home) as workspace:
            return check_workspace(workspace, read_data=True)
    except DiagError as error:
        return (Problem(code=error.code, location=error.location),)


def flips(home: Path) -> Iterator[tuple[Path, int, int]]:
    """Return 200 places: in ops most of all, in audit rows, evidence and issued files."""
    chance = random.Random(SEED)  # noqa: S311 - places to damage need no secret
    store = home / "workspace.db"
    ops, rows = op_places(store), audit_places(store)
    files = sorted(path for path in (home / "evidence").rglob("*") if path.is_file())
    for number in range(FLIPS):
        if number % 3:
            start, length = chance.choice(rows if number % 6 == 1 else ops)
            yield store, start + chance.randrange(length), chance.randrange(8)
        else:
            path = chance.choice(files)
            yield path, chance.randrange(path.stat().st_size), chance.randrange(8)


def test_every_one_of_200_flipped_bits_is_found_and_named(template: Path, tmp_path: Path) -> None:
    print(f"seed {SEED}")  # noqa: T201 - so that a failure can be repeated
    home = tmp_path / "home"
    rows = audit_places(template / "home" / "workspace.db")
    missed = []
    for path, place, bit in flips(template / "home"):
        shutil.copytree(template / "home", home)
        flip(home / path.relative_to(template / "home"), place, bit)
        problems = checked(home)
        wanted = NAMED if path.suffix == ".db" else {"EVIDENCE_DAMAGED", "REPORT_DAMAGED"}
        named = [problem for problem in problems if problem.code in wanted]
        is_row = any(start <= place < start + length for start, length in rows) and path.suffix == ".db"
        found = {problem.code for problem in problems}
        if not (found & TRAIL if is_row else any(problem.parameters.get("firm") == FIRM for problem in named)):
            missed.append((path.name, place, bit, [str(problem) for problem in problems]))
        shutil.rmtree(home)
    assert missed == [], f"seed {SEED}: {len(missed)} of {FLIPS} missed: {missed[:3]}"


@pytest.mark.parametrize(
    ("register", "code", "item"),
    [
        ("answer:B1", "ANSWER_DAMAGED", "B1"),
        ("caption", "EVIDENCE_RECORD_DAMAGED", "note.txt"),
        ("form_id", "NEED_DAMAGED", "视觉质检"),
        ("name", "FIRM_RECORD_DAMAGED", "name"),
    ],
)
@pytest.mark.parametrize("column", ["value", "salt"])
def test_a_damaged_record_is_said_in_words(home: Path, register: str, code: str, item: str, column: str) -> None:
    with closing(sqlite3.connect(home / "workspace.db", isolation_level=None)) as connection:
        row = connection.execute(
            f"SELECT id, CAST({column} AS BLOB) FROM op WHERE header ->> 'register' = ?",  # noqa: S608
            (register,),
        ).fetchone()
        damaged = bytearray(row[1])
        damaged[len(damaged) // 2] ^= 1
        connection.execute(f"UPDATE op SET {column} = CAST(? AS TEXT) WHERE id = ?", (bytes(damaged), row[0]))  # noqa: S608
    found = [problem for problem in checked(home) if problem.code == code]
    assert [(p.parameters["firm"], p.parameters["item"]) for p in found] == [(FIRM, item)]


def damage_ops(home: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311
    store = home / "workspace.db"
    for start, length in chance.sample(op_places(store), 6):
        flip(store, start + chance.randrange(length), chance.randrange(7))


def damage_files(home: Path) -> None:
    files = sorted(path for path in (home / "evidence").rglob("*") if path.is_file())
    for path in files[:-1]:
        flip(path, path.stat().st_size // 2, 3)
    files[-1].unlink()


def lose_an_op(home: Path) -> None:
    with closing(sqlite3.connect(home / "workspace.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM op WHERE header ->> 'register' = 'answer:B1'")


def confuse_the_tables(home: Path) -> None:
    with closing(sqlite3.connect(home / "workspace.db", isolation_level=None)) as connection:
        connection.execute("UPDATE register SET value = '1' WHERE register = 'answer:B1'")


def everything(home: Path) -> list[tuple[str, object, str]]:
    with open_workspace(home) as workspace:
        return sorted((op.op_id, str(op.value), op.value_state.value) for op in workspace.store.ops())


@pytest.mark.parametrize("source", ["backup.zip", "bundle.zip", "snapshot"])
@pytest.mark.parametrize("damage", [damage_ops, damage_files, lose_an_op, confuse_the_tables])
def test_what_is_damaged_or_missing_is_brought_back_and_said(
    template: Path, home: Path, damage: Callable[[Path], None], source: str
) -> None:
    path = template / source
    if source == "snapshot":  # with the evidence beside it, as a second copy has it
        copy = home.parent / "copy"
        shutil.copytree(template / "home" / "evidence", copy / "evidence")
        (copy / "backups").mkdir()
        path = copy / "backups" / "20240603T090000Z-copy.db"
        shutil.copyfile(template / "snapshot.db", path)
    damage(home)
    assert checked(home) != ()
    with open_workspace(home) as workspace:
        repaired = repair_from(workspace, path)
        assert (repaired.left, len(repaired.mended) > 0) == ((), True)
        assert repair_from(workspace, path).mended == ()
    assert everything(home) == everything(template / "home")


def test_an_erased_value_does_not_come_back(template: Path, home: Path) -> None:
    with closing(sqlite3.connect(home / "workspace.db", isolation_level=None)) as connection:
        connection.execute(
            "UPDATE op SET value = NULL, salt = NULL, value_state = 'redacted', op_id = upper(op_id) "
            "WHERE header ->> 'register' = 'caption'"
        )
    with open_workspace(home) as workspace:
        repair_from(workspace, template / "backup.zip")
        [op] = [op for op in workspace.store.ops() if op.register == "caption"]
        assert (op.value, op.value_state.value) == (None, "redacted")


def test_a_copy_that_is_damaged_itself_changes_nothing(template: Path, home: Path, tmp_path: Path) -> None:
    damage_files(home)
    before = checked(home)
    for name, code in (("backup.zip", "BACKUP_DAMAGED"), ("absent.zip", "NOT_FOUND")):
        torn = tmp_path / name
        if code == "BACKUP_DAMAGED":
            shutil.copyfile(template / name, torn)
            flip(torn, torn.stat().st_size // 2, 1)
        with open_workspace(home) as workspace, pytest.raises(DiagError, match=code):
            repair_from(workspace, torn)
    assert checked(home) == before


def test_what_the_copy_has_not_got_is_left_and_named(template: Path, home: Path, workspace: Workspace) -> None:
    damage_files(home)
    export_bundle(workspace, home.parent / "other.zip")
    with open_workspace(home) as opened:
        repaired = repair_from(opened, home.parent / "other.zip")
    assert {problem.code for problem in repaired.left} <= {
        "EVIDENCE_DAMAGED", "EVIDENCE_MISSING", "REPORT_DAMAGED", "REPORT_MISSING",
    }  # fmt: skip
    assert len(repaired.left) > 0
