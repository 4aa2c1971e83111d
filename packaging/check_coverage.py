"""Refuses the gate when a pure package has a line or branch that no test runs, or one excluded from counting.

`python packaging/check_coverage.py COVERAGE_JSON PACKAGE…`, with packages named below `diag_app` (`forms`, `model`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PACKAGE = Path("diag_app")


def gaps(report: dict[str, Any], packages: Iterable[str]) -> list[str]:
    """Return one line for each file of `packages` that is not wholly covered; a package that is absent has none."""
    found = []
    measured = {Path(name): file for name, file in report["files"].items()}
    for source in _sources(packages):
        file = measured.get(source)
        if file is None:
            found.append(f"{source}: never measured")
            continue
        lines, branches, excluded = file["missing_lines"], file["missing_branches"], file["excluded_lines"]
        for what, where in (("lines", lines), ("branches", branches), ("excluded lines", excluded)):
            if where:
                found.append(f"{source}: {what} {', '.join(map(_place, where))}")
    return found


def _sources(packages: Iterable[str]) -> list[Path]:
    return [path for package in packages for path in sorted((PACKAGE / package).rglob("*.py"))]


def _place(where: int | list[int]) -> str:
    return str(where) if isinstance(where, int) else f"{where[0]}->{where[1]}"


def main(coverage: str, *packages: str) -> int:
    """Print the gaps of the packages named; return 1 when there are any."""
    report = json.loads(Path(coverage).read_text(encoding="utf-8"))
    found = gaps(report, packages)
    print("\n".join(found) if found else f"{', '.join(packages)}: every line and branch is covered")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
