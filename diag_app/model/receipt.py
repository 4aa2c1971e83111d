"""Receipts: what a receiver states, item by item, that it has; and what that moves here. Nothing else moves it.

Every fact of a receipt stands by itself, and of two receipts of one receiver the one given later tells it. So the order
that receipts come in on a stick does not matter, and one that is imported again, or late, moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

SCHEMA = "1.0"
REFUSAL = "refusal"  # register in which a receiver's reviewer refuses what stands in another register of the entity
ItemClass = Literal["answers", "evidence", "needs", "proposals", "other"]
CLASSES: tuple[ItemClass, ...] = ("answers", "evidence", "needs", "proposals", "other")
_KINDS: Mapping[str, ItemClass] = {"evidence": "evidence", "need": "needs", "proposal": "proposals"}
_ANSWERS = frozenset({"answer", "number", "scenario", "note"})
Chain = tuple[str, str]  # (replica, case)
K = TypeVar("K")


@dataclass(frozen=True, kw_only=True)
class StatedReceiver:
    """Who gives the receipt, with the key; whether the key is theirs is for the city's list of signers to say."""

    name: str
    city: str
    keyid: str
    public_key: str


@dataclass(frozen=True, kw_only=True)
class ReceiptFault:
    """Why a bundle was not taken in: a code of the check, and the place it was found."""

    code: str
    location: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What a reviewer at the receiver sends back, of which register of which entity, and why.

    `judged` are the ids of the heads it was judged on: once others stand there, the refusal was answered.
    """

    case: str
    entity: str
    register: str
    reason: str
    by: str
    at: str
    judged: tuple[str, ...]
    code: str = ""

    def is_open(self, heads: Iterable[str]) -> bool:
        """Return whether what was judged still stands."""
        return set(heads) <= set(self.judged)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Ops that the receiver has not got though later ones are there: `first` to `last` of one chain."""

    replica: str
    case: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class ReceiptConflict:
    """What is to decide at the receiver after this part: a register, or `entity` for a deletion beside an edit."""

    case: str
    entity: str
    register: str


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many ops of a class were new at the receiver, and how many were there already."""

    accepted: int = 0
    duplicate: int = 0


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of one part of a bundle.

    Attributes:
        bundle_set, part, statement_sha256: which part; null where the file could not be read that far.
        container_sha256: digest of the file as it arrived.
        accepted, duplicate: ops that were new, and that were there already; `classes` tells them by class.
        missing: numbers of the bundle's other parts that have not arrived.
        faults: why nothing was taken in; empty when it was.
        refused: what a reviewer sends back, of all that the receiver has of these cases.
        vv_after: what the receiver has of these cases now, `{replica: {case: number}}`.
        blobs_have, blobs_missing: files named by this part's ops, by whether the receiver has them.
        at: the receiver's time, UTC; later receipts of one receiver have later times.
    """

    bundle_set: str | None
    part: tuple[int, int] | None
    container_sha256: str
    statement_sha256: str | None
    accepted: int
    duplicate: int
    classes: Mapping[str, Tally]
    missing: tuple[int, ...]
    faults: tuple[ReceiptFault, ...]
    refused: tuple[Refusal, ...]
    conflicts: tuple[ReceiptConflict, ...]
    gaps: tuple[Gap, ...]
    vv_after: Mapping[str, Mapping[str, int]]
    blobs_have: tuple[str, ...]
    blobs_missing: tuple[str, ...]
    receiver: StatedReceiver
    at: str
    schema: str = field(default=SCHEMA)

    @property
    def vector(self) -> dict[Chain, int]:
        """Return `vv_after` as a version vector."""
        return {(replica, case): seq for replica, cases in self.vv_after.items() for case, seq in cases.items()}

    @property
    def was_taken_in(self) -> bool:
        """Return whether the part was taken in at all."""
        return not self.faults


@dataclass(frozen=True, kw_only=True)
class Told:
    """One fact as a receiver told it last: a number of a chain, or 1 and 0 for a file it has and has not."""

    value: int
    at: str


def moved(known: Mapping[Chain, Told], receipt: Receipt) -> dict[Chain, Told]:
    """Return the numbers that `receipt` moves beyond what was `known` of its receiver, on or back.

    Back: a receiver that has less than before has lost something, and is sent it again.
    """
    return _later(known, receipt.vector, receipt.at)


def moved_files(known: Mapping[str, Told], receipt: Receipt) -> dict[str, Told]:
    """Return of which files `receipt` tells anew whether the receiver has them."""
    told = dict.fromkeys(receipt.blobs_missing, 0) | dict.fromkeys(receipt.blobs_have, 1)
    return _later(known, told, receipt.at)


def class_of(entity: str, register: str, kind_of: Callable[[str], str]) -> ItemClass:
    """Return the class that a write is counted in; `kind_of` tells the kind of an entity by its id."""
    if register.partition(":")[0] in _ANSWERS:
        return "answers"
    return _KINDS.get(kind_of(entity), "other")


def tallies(accepted: Mapping[str, int], duplicate: Mapping[str, int]) -> dict[str, Tally]:
    """Return the counts of every class that has any."""
    found = {name: Tally(accepted=accepted.get(name, 0), duplicate=duplicate.get(name, 0)) for name in CLASSES}
    return {name: tally for name, tally in found.items() if tally != Tally()}


def gaps_of(seqs: Mapping[Chain, Iterable[int]]) -> tuple[Gap, ...]:
    """Return what is missing in chains whose numbers are given."""
    found = []
    for (replica, case), numbers in sorted(seqs.items()):
        last = 0
        for seq in sorted(set(numbers)):
            if seq > last + 1:
                found.append(Gap(replica=replica, case=case, first=last + 1, last=seq - 1))
            last = seq
    return tuple(found)


def _later(known: Mapping[K, Told], told: Mapping[K, int], at: str) -> dict[K, Told]:
    return {key: Told(value=value, at=at) for key, value in told.items() if key not in known or known[key].at < at}
