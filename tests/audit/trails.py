"""Trails and markers for tests, read and damaged without any of our code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.storage.stores import bare

ROOT = Path(__file__).resolve().parents[2]
VERIFIER = ROOT / "docs" / "tools" / "verify_audit.py"


def damage_trail(directory: Path, *statements: str) -> None:
    """Change the trail as somebody would who has the file and knows SQL: the triggers go first."""
    with bare(directory) as connection:
        for trigger in ("audit_follows", "audit_stays", "audit_remains"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.execute(statement)


def refuses(directory: Path, statement: str) -> bool:
    """Whether the file itself refuses a statement, whatever program runs it."""
    with bare(directory) as connection:
        try:
            connection.execute(statement)
        except dbapi2.IntegrityError:
            return True
    return False


def verified(*paths: Path) -> tuple[int, str]:
    """Run the stand-alone verifier, isolated from everything installed; its status and what it says."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def occurrences(folder: Path, *needles: str | bytes) -> dict[str, int]:
    """Count the needles in every file below `folder`, texts in UTF-8 and UTF-16, and in the names of files."""
    forms = [form for needle in needles for form in _forms(needle)]
    found: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes() + str(path.relative_to(folder)).encode()
            count = sum(data.count(form) for form in forms)
            if count:
                found[str(path.relative_to(folder))] = count
    return found


def _forms(needle: str | bytes) -> list[bytes]:
    if isinstance(needle, bytes):
        return [needle]
    return [needle.encode(), needle.encode("utf-16-le"), needle.encode("utf-16-be")]
