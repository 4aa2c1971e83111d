"""A ZIP file whose bytes depend on its contents alone: office files would otherwise hold the time they were written."""

from __future__ import annotations

import zipfile
from io import BytesIO

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def same_zip(data: bytes) -> bytes:
    """Return the ZIP in `data` with the same entries in the same order, without times and machine."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            copy.writestr(entry, source.read(name))
    return target.getvalue()
