"""Runs a command of the program and writes down every socket that is made, with its family, and every name looked up.

`python -m tests.security.watched_sockets FILE ARGUMENTS…`
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from diag_app.cli import main

LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: a socket between processes of this machine (AF_UNIX) is how worker processes talk."""
    is_outside = event == "socket.__new__" and arguments[1] != getattr(socket, "AF_UNIX", None)
    if is_outside or event in LOOKUPS or event in ("socket.connect", "socket.bind"):
        with Path(sys.argv[1]).open("a", encoding="utf-8") as file:
            file.write(f"{event} {arguments[1:]}\n")


if __name__ == "__main__":
    sys.addaudithook(watch)
    if sys.argv[2] == "socket":
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
        sys.exit(0)
    sys.exit(main(sys.argv[2:]))
