"""Merges the message catalogues of all areas into the one the app reads: `locale/zh_CN/*.po` to `diag_app.mo`.

Run by the build hook, by `dev.py`, and by the tests; `python packaging/compile_catalogues.py` does it by hand.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = "zh_CN"
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "locale" / LOCALE
COMPILED = FOLDER / "diag_app.mo"
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)  # a fixed date in the header: equal sources give equal bytes


class ContradictionError(Exception):
    """Two areas translate the same message differently."""


def read_areas(folder: Path = FOLDER) -> dict[str, Catalog]:
    """Return the catalogue of every area, by file name, in the order of the names.

    Raises:
        PoFileError: a file is not a valid catalogue.
    """
    catalogues = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogues[path.name] = read_po(file, locale=LOCALE, abort_invalid=True)
    return catalogues


def merge(catalogues: dict[str, Catalog]) -> Catalog:
    """Return one catalogue with the messages of all areas.

    Raises:
        ContradictionError: a message has different words in two areas; names the message and both files.
    """
    merged = Catalog(locale=LOCALE, project="diag_app", fuzzy=False, creation_date=EPOCH, revision_date=EPOCH)
    origin: dict[str, tuple[str, Message]] = {}
    for name, catalogue in catalogues.items():
        for message in _translated(catalogue):
            key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            earlier_name, earlier = origin.setdefault(key, (name, message))
            if (earlier.id, earlier.string) != (message.id, message.string):
                raise ContradictionError(f"{key!r} differs between {earlier_name} and {name}")
            merged.add(message.id, message.string)
    return merged


def compile_catalogues(folder: Path = FOLDER, compiled: Path = COMPILED) -> int:
    """Write the compiled catalogue when its content has changed; return the number of its messages."""
    merged = merge(read_areas(folder))
    buffer = BytesIO()
    write_mo(buffer, merged)
    if not compiled.is_file() or compiled.read_bytes() != buffer.getvalue():
        temporary = compiled.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(buffer.getvalue())
        temporary.replace(compiled)
    return len(merged)


def _translated(catalogue: Catalog) -> Iterable[Message]:
    for message in catalogue:
        if message.id and message.string and not message.fuzzy:
            yield message


if __name__ == "__main__":
    try:
        print(f"{compile_catalogues()} messages compiled")
    except ContradictionError as error:
        sys.exit(str(error))
