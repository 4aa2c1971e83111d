"""Every code has words, and every code with words is used."""

from __future__ import annotations

import ast
from pathlib import Path

from diag_app.i18n.codes import CODES
from tests.house.sources import PACKAGE, modules, place

CODE_MODULES = PACKAGE / "i18n" / "codes"


def test_every_code_that_is_raised_has_words() -> None:
    unknown = {code: where for code, where in _raised().items() if code not in CODES}
    assert unknown == {}, "\n" + "\n".join(f"{where}: {code}" for code, where in unknown.items())


def test_every_code_with_words_is_used() -> None:
    used = {
        node.value
        for path, tree in modules()
        if CODE_MODULES not in path.parents
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(CODES) - used) == []


def test_no_two_areas_define_the_same_code() -> None:
    seen: dict[str, Path] = {}
    twice = []
    for path, tree in modules():
        if path.parent == CODE_MODULES:
            for node in ast.walk(tree):
                if isinstance(node, ast.Dict):
                    for key in node.keys:
                        if isinstance(key, ast.Constant) and isinstance(key.value, str):
                            if key.value in seen:
                                twice.append(f"{key.value}: {seen[key.value].name}, {path.name}")
                            seen[key.value] = path
    assert twice == []


def _raised() -> dict[str, str]:
    """Return each code written as a literal in `DiagError(…)` or `Problem(code=…)`, with one place where it stands."""
    found: dict[str, str] = {}
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in {"DiagError", "Problem"}:
                arguments = [*node.args[:1], *(item.value for item in node.keywords if item.arg == "code")]
                for argument in arguments:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        found.setdefault(argument.value, place(path, node))
    return found


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
