"""A ZIP file whose bytes depend on its contents alone: office files would otherwise hold the time they were written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def same_zip(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """Return the ZIP in `data` with the same entries in the same order, without times and machine.

    `changes` gives by name what an entry's content becomes.
    """
    changed = changes or {}
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            content = source.read(name)
            copy.writestr(entry, changed[name](content) if name in changed else content)
    return target.getvalue()
