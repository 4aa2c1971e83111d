"""The messages of the source code: what the catalogue must translate."""

from __future__ import annotations

import ast
from string import Formatter

from diag_app.i18n.codes import CODES
from tests.house.sources import modules, place

TRANSLATORS = {"translate", "_translate"}


def messages() -> dict[str, str]:
    """Return every message of the app with one place where it stands; of a plural, the singular."""
    found = {}
    for code, words in CODES.items():
        found[words.message] = found[words.remedy] = f"code {code}"
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _is_message_call(node):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = place(path, node)
    return found


def computed_messages() -> list[str]:
    """Return where a message is put together while running, which no catalogue can hold."""
    return [
        place(path, node)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and _is_message_call(node)
        if _is_text_put_together(node.args[0])
    ]


def offered_places() -> dict[str, set[str]]:
    """Return the places that every use of a message fills; a translation may leave out some and use others."""
    found = {words: {*places_in(words), "location"} for code in CODES.values() for words in (code.message, code.remedy)}
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _is_message_call(node):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    offered = _filled(node, first.value)
                    found[first.value] = found.get(first.value, offered) & offered
    return found


def places_in(message: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def _filled(call: ast.Call, message: str) -> set[str]:
    """Return the names given in a call; a marked message, or one filled from a mapping, gets those that it has."""
    names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
    if len(names) < len(call.keywords) or _called(call.func) == "mark":
        names |= places_in(message)
    return names | {"count"} if _is_plural_call(call.func) else names


def _called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _is_text_put_together(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
        return any(isinstance(part, str) for part in parts)
    return isinstance(node, ast.JoinedStr)


def _is_message_call(node: ast.Call) -> bool:
    function = node.func
    if isinstance(function, ast.Name):
        return function.id in TRANSLATORS | {"mark"}
    return isinstance(function, ast.Attribute) and (function.attr in TRANSLATORS or _is_plural_call(function))


def _is_plural_call(function: ast.expr) -> bool:
    if not (isinstance(function, ast.Attribute) and function.attr == "plural"):
        return False
    owner = function.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name in TRANSLATORS
