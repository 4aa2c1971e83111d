"""Three real stores on one kitchen table: what each was told, what each author had seen, and what must be shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from diag_app.model.ops import Op, OpKind, ValueState
from diag_app.model.receipt import Receipt, StatedReceiver
from diag_app.model.view import view_case
from diag_app.storage.deliveries import WHOLE, acknowledged, keep_receipt
from diag_app.storage.exchange import ImportResult
from diag_app.storage.operation import Operation
from diag_app.storage.rows import ops_by_id
from diag_app.storage.store import Store, open_store
from diag_app.sync.limits import LIMITS
from diag_app.sync.op_lines import decode_op, encode_op
from diag_app.sync.statement import nested
from tests.fixed_clock import START

LIFECYCLE = (OpKind.ENTITY_NEW, OpKind.ENTITY_DEL, OpKind.ENTITY_UNDEL)
LINKS = (OpKind.LINK_ADD, OpKind.LINK_DEL)
OF_A_NEWER_APP = ("translate",)
DECADE = timedelta(days=3653)


class Wrist:
    """A clock that somebody may set wrong by years."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        """Return the time, a second later each time."""
        self.moment += timedelta(seconds=1)
        return self.moment.astimezone(UTC)


class Laptop:
    """One store with its clock, and all that ever was in it."""

    def __init__(self, directory: Path, name: str) -> None:
        self.name, self.clock = name, Wrist()
        self.store: Store = open_store(directory, clock=self.clock, actor=f"{name} · 公司 · {name}")
        self.held: set[str] = set()

    def wipe(self) -> None:
        """Forget everything, as a store opened for the first time: cheaper than opening one."""
        database, _ = self.store.inside
        with database.transaction():
            for table in ("link", "register", "entity", "enterprise", "op", "receipt", "acknowledged"):
                database.run(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            database.run("DELETE FROM local WHERE name = 'hlc'")
        self.store._writer.__init__(  # type: ignore[misc]
            database, replica=self.store.replica, clock=self.clock, actor=self.store._writer.actor
        )
        self.store._history.forget()
        self.clock.moment, self.held = START, set()

    def act(self, case: str, name: str, change: Callable[[Operation], object], table: Table) -> None:
        """Do one operation, and note what its author had seen."""
        with self.store.operation(name, case) as operation:
            change(operation)
        table.note(self)


class Table:
    """What an all-knowing onlooker knows of every op: it is the reference that the stores are held to."""

    def __init__(self) -> None:
        self.ops: dict[str, Op] = {}
        self.seen: dict[str, frozenset[str]] = {}  # what the author of an op had when writing it, itself included

    def note(self, laptop: Laptop) -> None:
        """Take note of what a laptop wrote; nothing it had may be gone."""
        database, _ = laptop.store.inside
        held = {op_id for (op_id,) in database.all("SELECT op_id FROM op")}
        assert laptop.held <= held, "an op is gone"
        for op in ops_by_id(database, sorted(held - self.ops.keys())):
            self.ops[op.op_id], self.seen[op.op_id] = op, frozenset(held)
            assert held.issuperset(op.preds), "an op replaces what its author had not seen"
        laptop.held = held

    def expect_tables(self, laptop: Laptop, case: str) -> None:
        """Hold what a laptop's tables say is deleted, brought up to date step by step, to what all ops together say."""
        views = view_case(laptop.store.ops([case])).values()
        database, _ = laptop.store.inside
        rows = database.all("SELECT entity, is_deleted FROM entity WHERE case_id = ?", (case,))
        assert dict(rows) == {view.entity_id: int(view.is_deleted) for view in views}

    def expect_view(self, laptop: Laptop) -> None:
        """Hold all that a laptop shows to the ops it has: heads, values, conflicts, links, deletions."""
        ops = {op.op_id: op for op in laptop.store.ops()}
        for case in sorted({op.case for op in ops.values()}):
            of_case = {key: op for key, op in ops.items() if op.case == case}
            assert set(laptop.store.head_ids(case)) == expected_heads(of_case.values())
        for entity in sorted({op.entity for op in ops.values() if op.kind == OpKind.ENTITY_NEW}):
            self._expect_entity(laptop, entity, {key: op for key, op in ops.items() if op.entity == entity})
            if laptop.store.entity(entity).is_deleted:
                self._expect_deleted(laptop, entity, ops)

    def _expect_entity(self, laptop: Laptop, entity: str, ops: dict[str, Op]) -> None:
        view = laptop.store.entity(entity)
        heads = [ops[key] for key in expected_heads(ops.values())]
        registers: dict[str, list[Op]] = {}
        for op in heads:
            if op.kind not in (*LIFECYCLE, *LINKS):
                registers.setdefault(op.register, []).append(op)
        assert view.registers.keys() == registers.keys()
        for register, found in registers.items():
            shown = view.registers[register]
            last = max(found, key=lambda op: (op.hlc, op.op_id))
            assert shown.value == plain(last), "the one shown is not the same on every machine"
            different = {text(op) for op in found}
            assert (len(shown.conflicting) or 1) == len(different), "a side of a conflict is hidden or invented"
        links = {op.op_id: plain(op) for op in heads if op.kind == OpKind.LINK_ADD}
        assert {key: value for found in view.links.values() for key, value in found.items()} == links

    def _expect_deleted(self, laptop: Laptop, entity: str, ops: dict[str, Op]) -> None:
        """Whoever deleted it had seen every edit that stands in it and below it, or what replaced that."""
        known: set[str] = set()
        for op in ops.values():
            if op.entity == entity and op.kind == OpKind.ENTITY_DEL:
                known |= self.ancestors(self.seen[op.op_id])
        below, views = {entity}, laptop.store.entities("need")
        for _ in views:
            below |= {view.entity_id for view in views if view.parent in below}
        heads = [ops[key] for key in expected_heads(op for op in ops.values() if op.entity in below)]
        content = {op.op_id for op in heads if op.kind not in LIFECYCLE}
        births = {op.op_id for op in heads if op.kind in LIFECYCLE[::2] and op.entity != entity}
        assert content | births <= known, "an edit that no deletion had seen is hidden"

    def ancestors(self, op_ids: Iterable[str]) -> set[str]:
        """Return these ops and all that they replaced."""
        found: set[str] = set()
        waiting = list(op_ids)
        while waiting:
            op_id = waiting.pop()
            if op_id not in found:
                found.add(op_id)
                waiting += self.ops[op_id].preds if op_id in self.ops else ()
        return found


def expected_heads(ops: Iterable[Op]) -> set[str]:
    """Return the ops that no other op on the same register replaces; what a newer app writes takes no part."""
    known = [op for op in ops if op.kind not in (*OF_A_NEWER_APP, OpKind.NOTE)]
    replaced = {(op.entity, op.register, pred) for op in known for pred in op.preds}
    return {
        op.op_id for op in known if op.kind != OpKind.LINK_DEL and (op.entity, op.register, op.op_id) not in replaced
    }


def plain(op: Op) -> Any:
    """Return what an op shows."""
    return op.value if op.value_state is ValueState.PRESENT and op.kind != OpKind.REDACT else None


def text(op: Op) -> str:
    """Return what two heads share that are one side; what is not here is a side of its own."""
    return json.dumps(plain(op), sort_keys=True) if op.value_state is ValueState.PRESENT else op.op_id


def carried(ops: Iterable[Op]) -> list[Op]:
    """Return ops as they come out of a bundle: written as lines, and read again; reading holds each to its bytes."""
    return [decode_op(encode_op(op), location="ops", limits=LIMITS) for op in ops]


def receipted(laptop: Laptop, other: Laptop, number: int) -> None:
    """Let `other` give a receipt of what it has, and `laptop` take it in."""
    receipt = Receipt(
        bundle_set="set", part=None, container_sha256="", statement_sha256=None, accepted=0, duplicate=0, classes={},
        missing=(), faults=(), refused=(), conflicts=(), gaps=(), vv_after=nested(other.store.version_vector()),
        blobs_have=(), blobs_missing=(), at=f"{number:06}",
        receiver=StatedReceiver(name="", city="", keyid=other.name, public_key=""),
    )  # fmt: skip
    database, _ = laptop.store.inside
    with database.transaction():
        keep_receipt(laptop.store, f"{number}", receipt, profile=WHOLE, imported_at="")


def told(laptop: Laptop, other: Laptop) -> dict[tuple[str, str], int]:
    """Return what need not be sent to `other` again."""
    return acknowledged(laptop.store, other.name, WHOLE)


def deliver(laptop: Laptop, ops: Iterable[Op], table: Table) -> ImportResult:
    """Give ops to a laptop; all that came in and was well-formed is kept."""
    given = carried(ops)
    result = laptop.store.import_ops(given)
    table.note(laptop)
    assert {op.op_id for op in given} <= laptop.held
    assert result.applied + result.already_here == len(given)
    return result
