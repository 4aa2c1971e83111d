"""A program to be watched by strace: opens a store, then saves. `python watched.py FOLDER saves N | evidence`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.storage.stores import add_case, file_value, opened, save


def main(directory: Path, what: str, count: int) -> None:
    with opened(directory) as store:
        case, assessment = add_case(store)
        mark("begin")
        for number in range(count):
            if what == "saves":
                save(store, case, assessment, "answer:B1", {"options": [str(number)]})
            else:
                sha256 = store.put_blob(b"photo %d" % number)
                save(store, case, assessment, "file", file_value(sha256))
        mark("end")


def mark(word: str) -> None:
    """Leave a mark in the trace: a look at a file that does not exist."""
    Path("/watched", word).exists()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
