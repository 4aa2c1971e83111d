"""What two machines disagree about, found without reading every case."""

from __future__ import annotations

from diag_app.model.conflict import SETTLED, Conflict, conflicts_of
from diag_app.model.ops import OpKind
from diag_app.model.view import LIFECYCLE, content_heads
from diag_app.storage.below import heads_below
from diag_app.storage.contested import contested_deletions, contested_values
from diag_app.storage.reading import read_entity
from diag_app.storage.rows import ops_about, ops_by_id
from diag_app.storage.store import Store


def find_conflicts(store: Store, case: str | None = None) -> tuple[Conflict, ...]:
    """Return what is to decide, of one case or of all, in the order the entities were made.

    Deleted entities and what is below them are left out: that is decided when somebody brings them back.
    """
    database, _ = store.inside
    found: list[Conflict] = []
    contested = {*contested_values(database), *contested_deletions(database)}
    for entity in sorted(entity for owner, entity in contested if case in (None, owner)):
        view = read_entity(database, entity)
        registers = [name for name, shown in view.registers.items() if shown.conflicting]
        ops = ops_about(database, view.case, [entity], [*registers, LIFECYCLE, SETTLED], None)
        is_deleted = any(op.kind == OpKind.ENTITY_DEL and op.op_id in view.lifecycle for op in ops)
        below = ops_by_id(database, heads_below(database, view.case, entity)) if is_deleted else ()
        found += conflicts_of(view, [*ops, *ops_by_id(database, content_heads(view))], below)
    return tuple(found)


def count_conflicts(store: Store) -> dict[str, int]:
    """Return how many decisions are open in each case that has any."""
    database, _ = store.inside
    counts: dict[str, int] = {}
    for found in (contested_values(database), contested_deletions(database)):
        for (case, _entity), count in found.items():
            counts[case] = counts.get(case, 0) + count
    return counts
