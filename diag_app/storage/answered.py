"""Under which pack each of an entity's shown answers was given."""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.model.ops import EntityView
from diag_app.storage.rows import ops_by_id
from diag_app.storage.store import Store


def packs_of(store: Store, view: EntityView) -> Mapping[str, str | None]:
    """Return for each register the pack (`id@version`) that its shown value was given under, null where none."""
    database, _ = store.inside
    shown = {register: found.head_ids[-1] for register, found in view.registers.items()}
    packs = {op.op_id: op.pack for op in ops_by_id(database, list(shown.values()))}
    return {register: packs.get(head) for register, head in shown.items()}
