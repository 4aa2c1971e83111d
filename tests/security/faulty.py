"""The command line with a bug put into one operation: it raises with a secret in its message and beside it.

`python -m tests.security.faulty FILE ARGUMENTS…`: FILE holds the secret.
"""

from __future__ import annotations

import sys
from pathlib import Path

from diag_app.cli import main
from diag_app.storage.operation import Operation


def fail(_operation: Operation, _entity: str, _register: str, _value: object, **_others: object) -> None:
    """Stand in for the recording of a value."""
    secret = Path(sys.argv[1]).read_text(encoding="utf-8").strip()
    try:
        dict[str, str]()[secret]
    except KeyError as error:
        raise RuntimeError(f"cannot record {secret}", secret) from error


if __name__ == "__main__":
    Operation.set = fail  # type: ignore[assignment, method-assign]
    sys.exit(main(sys.argv[2:]))
