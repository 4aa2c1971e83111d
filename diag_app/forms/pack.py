"""Load a pack: the method as data, read strictly."""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.errors import DiagError
from diag_app.forms.check import check_pack, read_pack
from diag_app.forms.definition import Pack

__all__ = ["check_pack", "load_pack"]


def load_pack(files: Mapping[str, bytes]) -> Pack:
    """Return the pack in `files` (file name to TOML bytes).

    Raises:
        DiagError: `PACK_INVALID` at the first fault, with every fault in `problems`.
    """
    pack, problems = read_pack(files)
    if pack is None:
        raise DiagError("PACK_INVALID", location=problems[0].location, problems=problems, count=str(len(problems)))
    return pack
