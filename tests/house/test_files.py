"""Rules about files: short, free of the machine they were written on, quiet, imports at the top."""

from __future__ import annotations

import ast
import re

from tests.house.sources import PACKAGE, ROOT, modules, place, python_files, tracked_files

LONGEST_FILE = 400

# Built from parts, so that this file does not name them itself.
FOREIGN = re.compile(
    "|".join(
        (
            r"(?<![\w.])/" + r"(work|root|home)/",
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "deb" + r"\.debian\.org",
            "(ghp|github" + "_pat)_[A-Za-z0-9]{20}",
        )
    )
)

# Slow to import or dear in memory: imported inside the function that needs them; and our modules wholly about them.
HEAVY = {
    "sqlite_utils", "reportlab", "openpyxl", "docx", "PIL", "pypinyin", "httpx", "pyhanko", "highspy", "cattrs",
    "pyhanko_certvalidator", "segno", "pypdfium2", "cryptography", "sqlcipher3", "mnemonic", "stdnum", "uuid6",
    "multiprocessing", "concurrent",
}  # fmt: skip
HEAVY_OWN = (
    "diag_app.report", "diag_app.images", "diag_app.ui.after_paint", "diag_app.storage.sealed_blobs",
    "diag_app.sync.signer_file",
)  # fmt: skip
FRONTS = ("diag_app.cli", "diag_app.ui")


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", errors="ignore") if path.stat().st_size < 1_000_000 else ""
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        place(path, node)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert found == []


def test_only_heavy_libraries_are_imported_inside_functions() -> None:
    found = []
    for path, tree in modules():
        fronts = FRONTS if path == PACKAGE / "__main__.py" else ()
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{place(path, node)}: {name}"
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                    for name in _imported(node)
                    if name.split(".")[0] not in HEAVY and not name.startswith((*HEAVY_OWN, *fronts))
                ]
    assert found == [], "\n" + "\n".join(found)


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
