"""What arrived at a receiver and how far each has come: one row a file, moved on only when a stage is wholly done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from diag_app.codec import canonical_json, structure, unstructure
from diag_app.model.receipt import Receipt
from diag_app.receiver.verdict import Verdict
from diag_app.storage.database import Database, decoded
from diag_app.storage.store import Store

Stage = Literal["received", "verified", "counted", "ingested", "quarantined"]
OPEN: tuple[Stage, ...] = ("received", "verified", "counted")

_ADD = "INSERT INTO arrival (container, stage, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_MOVE = "UPDATE arrival SET stage = ?, body = ? WHERE container = ?"
_READ = "SELECT container, stage, body FROM arrival"


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many ops were new and known before the part was taken in, by class; and the cases it is about."""

    accepted: dict[str, int]
    duplicate: dict[str, int]
    cases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One file that arrived, named by its SHA-256. It is receipted once it has a receipt."""

    container: str
    stage: Stage
    received_at: str
    verdict: Verdict | None = None
    counted: Counted | None = None
    receipt: Receipt | None = None
    names: tuple[str, ...] = field(default=())  # of the files it came as


def add_arrival(store: Store, arrival: Arrival) -> Arrival:
    """Note a file that arrived and return it; one that came before, as far as it has come."""
    database, _ = store.inside
    if database.run(_ADD, (arrival.container, arrival.stage, _body(arrival))) == 1:
        return arrival
    found = find_arrival(store, arrival.container)
    return arrival if found is None else found


def move_arrival(store: Store, arrival: Arrival, stage: Stage, **found: Any) -> Arrival:
    """Note that a file has come to `stage`, with what was found there."""
    database, _ = store.inside
    moved = replace(arrival, stage=stage, **found)
    database.run(_MOVE, (stage, _body(moved), moved.container))
    return moved


def find_arrival(store: Store, container: str) -> Arrival | None:
    """Return what is known of a file, by its digest."""
    database, _ = store.inside
    rows = _arrivals(database, "WHERE container = ?", (container,))
    return rows[0] if rows else None


def open_arrivals(store: Store) -> tuple[Arrival, ...]:
    """Return what has come and is not finished, the first first."""
    database, _ = store.inside
    marks = ", ".join("?" * len(OPEN))
    return _arrivals(database, f"WHERE stage IN ({marks}) ORDER BY id", OPEN)


def all_arrivals(store: Store) -> tuple[Arrival, ...]:
    """Return everything that arrived, the last first."""
    database, _ = store.inside
    return _arrivals(database, "ORDER BY id DESC", ())


def _arrivals(database: Database, condition: str, given: tuple[str, ...]) -> tuple[Arrival, ...]:
    return tuple(
        structure({**decoded(body), "container": container, "stage": stage}, Arrival, location="arrival")
        for container, stage, body in database.all(f"{_READ} {condition}", given)
    )


def _body(arrival: Arrival) -> str:
    body = unstructure(arrival)
    return canonical_json({name: body[name] for name in body if name not in ("container", "stage")}).decode()
