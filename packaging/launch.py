"""Where the frozen programs start, each by its own name; the renderer's own process starts here too."""

import sys
from pathlib import Path


def main() -> int:
    """Run the program whose name this is, and import no other: the window's first paint does not wait for it."""
    if Path(sys.executable).stem == "diag-receiver":
        from diag_app.receiver.main import main as start_receiver  # noqa: PLC0415

        return start_receiver()
    from diag_app.__main__ import main as start_app  # noqa: PLC0415

    return start_app()


if __name__ == "__main__":
    sys.exit(main())
