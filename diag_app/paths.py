"""The only place that knows where files are: from a checkout, an installed wheel, or a frozen build."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from platformdirs import user_data_path, user_log_path

from diag_app.errors import DiagError

APPLICATION = "QiZhen"
PORTABLE_MARKER = "portable"  # a file beside the programs: data stay in a folder beside it
PORTABLE_DATA = "data"


def resource(*parts: str) -> Path:
    """Return the path of a read-only file shipped with the app, such as `resource("fonts", "OFL.txt")`."""
    return _resource_root().joinpath(*parts)


def program_dir() -> Path | None:
    """Return the folder of the installed programs; null where Python runs the app from a checkout or a wheel."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def data_dir() -> Path:
    """Return the folder of the user's own data (not created); `HOME_UNKNOWN` where the system names none.

    It lies beside the programs when their folder holds the marker of the portable app.
    """
    portable = _portable_data()
    if portable is not None:
        return portable
    try:
        return user_data_path(APPLICATION, appauthor=False)
    except RuntimeError:
        raise DiagError("HOME_UNKNOWN") from None


def log_dir() -> Path:
    """Return the folder of the log files (not created); `HOME_UNKNOWN` where the system names none."""
    portable = _portable_data()
    if portable is not None:
        return portable / "logs"
    try:
        return user_log_path(APPLICATION, appauthor=False)
    except RuntimeError:
        raise DiagError("HOME_UNKNOWN") from None


def _portable_data() -> Path | None:
    folder = program_dir()
    return folder / PORTABLE_DATA if folder is not None and (folder / PORTABLE_MARKER).is_file() else None


@cache
def _resource_root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    checkout = package.parent / "resources"
    return checkout if checkout.is_dir() else package / "resources"
