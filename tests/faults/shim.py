"""The shim between a program and the C library: built once, loaded into a child, armed call by call."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
VARIABLE = "FAULT_SHIM"


class Kind(IntEnum):
    """What a call does; the numbers are those of shim.c."""

    CREATE = 1
    WRITE = 2
    SYNC = 3
    TRUNCATE = 4
    RENAME = 5
    UNLINK = 6
    MAKE_FOLDER = 7
    MARK = 8
    LINK = 9
    SYNC_FAILED = 10


class Mode(IntEnum):
    """What happens at the k-th call; the numbers are those of shim.c."""

    OFF = 0
    COUNT = 1
    EIO_ONCE = 2
    EIO_ON = 3  # from the k-th call on, for ever
    ENOSPC_ON = 4  # every call that needs room
    SHORT = 5  # the k-th call, where it is a write, writes half
    TORN = 6  # as SHORT, and then there is no room any more
    KILL = 7  # the k-th call, half done where it is a write, is the last


WRITES_ONLY = (Mode.SHORT, Mode.TORN)
FAILURES = (Mode.EIO_ONCE, Mode.EIO_ON, Mode.ENOSPC_ON, Mode.SHORT, Mode.TORN)


class Shim:
    """The shim loaded into this process; it watches calls below the folder given last."""

    def __init__(self) -> None:
        self._c = ctypes.CDLL(os.environ[VARIABLE])
        for name in ("fault_calls", "fault_hits"):
            getattr(self._c, name).restype = ctypes.c_long

    def watch(self, folder: Path) -> None:
        self._c.fault_root(os.fsencode(folder))

    def arm(self, mode: Mode, at: int) -> None:
        self._c.fault_arm(int(mode), ctypes.c_long(at))

    def disarm(self) -> None:
        self._c.fault_disarm()

    @property
    def calls(self) -> int:
        """Calls since it was armed."""
        return int(self._c.fault_calls())

    def kind(self, k: int) -> Kind:
        """Return what the k-th call did, counted from 1."""
        return Kind(self._c.fault_kind(ctypes.c_long(k)))

    @property
    def hits(self) -> int:
        """Calls that were made to fail since it was armed."""
        return int(self._c.fault_hits())

    def trace(self, handle: int) -> None:
        """Write every call into this open file; -1 ends it."""
        self._c.fault_trace(handle)

    def mark(self, number: int) -> None:
        """Leave a mark in the trace: so much had been acknowledged."""
        self._c.fault_mark(ctypes.c_long(number))


def can_build() -> bool:
    return shutil.which("cc") is not None and os.uname().sysname == "Linux"


def build_shim(folder: Path) -> Path:
    """Compile the shim into `folder` and return the library."""
    library = folder / "shim.so"
    command = ("cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(library), str(SOURCE), "-ldl")
    subprocess.run(command, check=True, capture_output=True, text=True)
    return library


def environment(library: Path, root: Path) -> dict[str, str]:
    """Return the environment of a child that runs our code from `root` behind the shim."""
    return {
        **os.environ,
        "LD_PRELOAD": str(library),
        VARIABLE: str(library),
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
