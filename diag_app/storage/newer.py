"""Whether a case holds what only a newer version of this program can read."""

from __future__ import annotations

import json

from diag_app.model.ops import OP_SCHEMA, OpKind
from diag_app.storage.store import Store

_NEEDED = (
    "SELECT max(header ->> 'v') FROM op WHERE case_id = ? "
    "AND (header ->> 'v' > ? OR kind NOT IN (SELECT value FROM json_each(?)))"
)


def needed_format(store: Store, case: str) -> int | None:
    """Return the newest format that the ops of a case are written in, or null where this version reads them all."""
    database, _ = store.inside
    row = database.one(_NEEDED, (case, OP_SCHEMA, json.dumps(list(OpKind))))
    return None if row is None or row[0] is None else int(row[0])
