"""A practice pack for the small pack of the tests, and the one shipped."""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.paths import resource

SMALL_PRACTICE = {
    "pack.toml": """
format = 1
kind = 'practice'
id = 'small-practice'
version = '0.1.0'
title = { zh = '小实务', en = 'Small practice' }
extends = 'small'
[confidence]
english = 'authored'
title = 'authored'
""",
}


def small_practice(changes: Mapping[str, str | None] | None = None) -> dict[str, bytes]:
    """Return the small practice pack's files with whole files replaced or added, or left out where null."""
    texts: dict[str, str | None] = {**SMALL_PRACTICE, **(changes or {})}
    return {name: text.encode() for name, text in texts.items() if text is not None}


def changed_practice(file: str, old: str, new: str) -> dict[str, bytes]:
    """Return the small practice pack's files with `old` replaced once by `new` in `file`."""
    assert old in SMALL_PRACTICE[file], f"{old!r} does not stand in {file}"
    return small_practice({file: SMALL_PRACTICE[file].replace(old, new, 1)})


def shipped_practice() -> dict[str, bytes]:
    """Return the files of the practice pack shipped."""
    folder = resource("packs", "miit-sme-2024-practice", "1.0.0")
    return {path.name: path.read_bytes() for path in folder.glob("*.toml")}
