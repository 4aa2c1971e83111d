"""The program: with a command the command line, without one the window; either is imported only when needed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

WINDOW_FLAGS = ("--quit-after-paint",)
WINDOW_VALUES = ("--workspace", "--language")
BUNDLE_SUFFIX = ".qzb"  # of bundles that a double click opens; the installers register it


def main() -> int:
    """Run the program and return its exit status."""
    if getattr(sys, "frozen", False):  # its worker processes start this very program
        from multiprocessing import freeze_support  # noqa: PLC0415

        freeze_support()
    arguments = sys.argv[1:]
    window = window_options(arguments)
    if window is None:
        try:
            from diag_app.cli import main as run_command  # noqa: PLC0415

            return run_command(arguments)
        except KeyboardInterrupt:  # stopped before the first or after the last word of the command
            return 2
    if not has_display():
        from diag_app.cli import refuse_window  # noqa: PLC0415

        return refuse_window(arguments)
    from diag_app.ui.app import run  # noqa: PLC0415

    directory = window.get("--workspace")
    return run(
        Path(directory) if directory else None,
        language=window.get("--language"),
        bundle=Path(window["bundle"]) if "bundle" in window else None,
        quit_after_paint="--quit-after-paint" in window,
    )


def has_display() -> bool:
    """Return whether a window can be shown; without this question Qt would end the program with a dump."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def window_options(arguments: list[str]) -> dict[str, str] | None:
    """Return the window's options, or null when the arguments name a command (or ask for help)."""
    found: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument in WINDOW_FLAGS:
            found[argument] = ""
        elif argument in WINDOW_VALUES:
            found[argument] = next(rest, "")
        elif argument.lower().endswith(BUNDLE_SUFFIX) and "bundle" not in found:
            found["bundle"] = argument
        else:
            return None
    return found


if __name__ == "__main__":
    sys.exit(main())
