"""The project's own files, for the tests that read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "diag_app"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file under version control, and new ones that are not ignored."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(path for path in (ROOT / name for name in names if name) if path.is_file())


@cache
def python_files() -> tuple[Path, ...]:
    """Return every Python file of the project."""
    return tuple(path for path in tracked_files() if path.suffix in {".py", ".pyi", ".spec"})


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Return every module of the package with its syntax tree."""
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py")))


def place(path: Path, node: ast.expr | ast.stmt) -> str:
    """Return where a piece of code stands, as `file:line`."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"
