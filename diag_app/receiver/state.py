"""What a receiver has of some cases after a part came in: what its receipt tells besides the counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from diag_app.model.ops import Op, ValueState
from diag_app.model.receipt import Gap, ReceiptConflict, Refusal, gaps_of
from diag_app.storage.blobs import BLOB_REGISTERS, blobs_named
from diag_app.storage.conflicts import find_conflicts
from diag_app.storage.refusals import find_refusals
from diag_app.storage.store import Store

_KNOWN = "SELECT op_id FROM op WHERE op_id IN ({})"
_SEQS = "SELECT replica, seq FROM op WHERE case_id = ?"


@dataclass(frozen=True, kw_only=True)
class CasesState:
    """What stands at the receiver."""

    vv: dict[str, dict[str, int]]
    gaps: tuple[Gap, ...]
    conflicts: tuple[ReceiptConflict, ...]
    refused: tuple[Refusal, ...]
    have: tuple[str, ...]
    missing: tuple[str, ...]


def known_ids(store: Store, ids: Sequence[str]) -> frozenset[str]:
    """Return those of `ids` whose ops are here."""
    database, _ = store.inside
    return frozenset(op_id for (op_id,) in database.all(_KNOWN.format(", ".join("?" * len(ids))), tuple(ids)))


def state_of(store: Store, cases: Iterable[str], ops: Iterable[Op], carried: Collection[str]) -> CasesState:
    """Return what is here of `cases`, and of the files that `ops` name or that the part `carried`."""
    database, _ = store.inside
    asked = tuple(cases)
    vv: dict[str, dict[str, int]] = {}
    for (replica, case), seq in sorted(store.version_vector().items()):
        if case in asked:
            vv.setdefault(replica, {})[case] = seq
    seqs: dict[tuple[str, str], list[int]] = {}
    conflicts = []
    for case in asked:
        for replica, seq in database.all(_SEQS, (case,)):
            seqs.setdefault((replica, case), []).append(seq)
        conflicts += [
            ReceiptConflict(case=case, entity=item.entity, register=item.register)
            for item in find_conflicts(store, case)
        ]
    named = {sha256 for op in ops if op.register in BLOB_REGISTERS and op.value_state is ValueState.PRESENT
             for sha256 in blobs_named(op.value)} | set(carried)  # fmt: skip
    named -= store.erased_blobs()
    have = tuple(sorted(sha256 for sha256 in named if store.has_blob(sha256)))
    return CasesState(
        vv=vv,
        gaps=gaps_of(seqs),
        conflicts=tuple(conflicts),
        refused=find_refusals(store, asked),
        have=have,
        missing=tuple(sorted(named - set(have))),
    )
