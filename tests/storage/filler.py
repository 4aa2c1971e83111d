"""Saves until the disk takes no more, then looks whether all that was acknowledged is there and nothing else.

`python filler.py FOLDER` prints the code of the refusal and `whole`, or `nothing` where not even a store could be made.
"""

from __future__ import annotations

import sys
from pathlib import Path

from diag_app.errors import DiagError
from tests.storage.stores import add_case, opened, save


def main(directory: Path) -> None:
    acknowledged = 0
    code = ""
    try:
        with opened(directory) as store:
            case, assessment = add_case(store)
            while acknowledged < 10_000:
                save(store, case, assessment, "note:B1", f"{acknowledged:05}" * 100)
                acknowledged += 1
    except DiagError as error:
        code = error.code
    sys.stdout.write(f"{code} {'whole' if acknowledged == found(directory) else 'torn'}\n")


def found(directory: Path) -> int:
    """Count the saves on the disk, which must be those that were acknowledged, in their order."""
    if not (directory / "workspace.db").exists():
        return 0
    with opened(directory, create=False) as store:
        values = [op.value for op in store.ops() if op.register == "note:B1"]
    assert values == [f"{number:05}" * 100 for number in range(len(values))]
    return len(values)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
