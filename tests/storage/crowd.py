"""One of several processes that save into the same store: `python crowd.py FOLDER CASE ENTITY NAME`."""

from __future__ import annotations

import sys
from pathlib import Path

from diag_app.clock import SystemClock
from tests.storage.stores import opened, save

SAVES = 50


def main(directory: Path, case: str, entity: str, name: str) -> None:
    with opened(directory, clock=SystemClock(), busy_seconds=30.0) as store:
        for number in range(SAVES):
            save(store, case, entity, f"remark:{name}{number}", number)
            save(store, case, entity, "shared", f"{name}{number}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
