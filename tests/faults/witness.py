"""Asks the independent reader, which runs in a process of its own, what lies on the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.faults.workspaces import KEY, NEW_PHRASE, PHRASE, SECRET

READER = Path(__file__).with_name("reader.py")


@dataclass(frozen=True, kw_only=True)
class FoundOp:
    """One op as it lies in the log."""

    op_id: str
    operation_id: str
    operation: str
    register: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the reader found: the ops in log order, the store's shape, files handed over by name, and what is broken."""

    has_store: bool
    version: int
    ops: tuple[FoundOp, ...]
    out: dict[str, str]
    keys: tuple[str, ...]  # what opens it: nothing is needed, which passphrase, which sheet
    marked: tuple[str, ...]  # files that hold the marker
    problems: tuple[str, ...]

    @property
    def op_ids(self) -> frozenset[str]:
        return frozenset(op.op_id for op in self.ops)


class Witness:
    """The running reader, who holds what opens an encrypted workspace."""

    def __init__(self) -> None:
        self._held = {"key": KEY.hex(), "sheet": SECRET.hex(), "phrases": [PHRASE, NEW_PHRASE]}
        self.marker = ""
        self.promised: tuple[str, ...] = ("out/",)
        clean = {name: value for name, value in os.environ.items() if name not in ("LD_PRELOAD", "PYTHONPATH")}
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(READER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=clean
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def expect(self, *, marker: str, promised: tuple[str, ...]) -> None:
        """Look for a marker from now on, and tell of the files handed over in these places."""
        self.marker, self.promised = marker, promised

    def look(self, root: Path, *, remove: bool = False) -> Findings:
        """Return what lies below `root`, which is gone afterwards if `remove`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"root": str(root), "marker": self.marker, "remove": remove, **self._held}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Findings(
            has_store=answer["has_store"],
            version=answer["version"],
            ops=tuple(
                FoundOp(op_id=row[0], operation_id=row[1], operation=row[2], register=row[3], value=row[4])
                for row in answer["ops"]
            ),
            out={name: sha256 for name, sha256 in answer["out"].items() if name.startswith(self.promised)},
            keys=tuple(answer["keys"]),
            marked=tuple(answer["marked"]),
            problems=tuple(answer["problems"]),
        )
