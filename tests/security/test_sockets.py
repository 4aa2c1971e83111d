"""The program reaches for no network, and the guard that says so of every test is awake."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

OUTSIDE = ("192.0.2.1", 9)  # RFC 5737: an address of nobody


def watched(log: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tests.security.watched_sockets", str(log), *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=300)


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_the_guard_refuses_and_notes_what_leaves_this_machine(kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as opened, pytest.raises(ConnectionRefusedError, match="use no network"):
        opened.connect(OUTSIDE)
    with socket.socket(socket.AF_INET, kind) as opened, pytest.raises(ConnectionRefusedError, match="use no network"):
        opened.sendto(b"x", OUTSIDE)
    found = next(module for name, module in sys.modules.items() if getattr(module, "outside_addresses", None))
    assert found.outside_addresses == [OUTSIDE[0]] * 2
    found.outside_addresses.clear()  # else the guard fails this test, as it should any other


def test_the_guard_lets_this_machine_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as one:
        one.sendall(b"x")


def test_the_watch_sees_a_socket(tmp_path: Path) -> None:
    assert watched(tmp_path / "log", "socket").returncode == 0
    assert "socket.__new__" in (tmp_path / "log").read_text(encoding="utf-8")


def test_the_whole_main_job_opens_no_socket(tmp_path: Path) -> None:
    done = watched(tmp_path / "log", "demo", str(tmp_path / "demo"))
    assert done.returncode == 0, done.stderr.decode()
    assert not (tmp_path / "log").exists(), (tmp_path / "log").read_text(encoding="utf-8")
