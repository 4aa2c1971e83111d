"""A window in its own process: `python other_window.py FOLDER` opens it, says so, and waits for a line or death."""

from __future__ import annotations

import sys
from pathlib import Path

from diag_app.errors import DiagError
from diag_app.model.actor import Actor
from diag_app.operations.workspace import open_workspace


def main(directory: Path) -> None:
    try:
        with open_workspace(directory, actor=Actor(name="李四", firm="某公司", device="B"), exclusive=True):
            sys.stdout.write("open\n")
            sys.stdout.flush()
            sys.stdin.readline()
    except DiagError as error:
        sys.stdout.write(f"{error.code} {error.parameters['who']}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
