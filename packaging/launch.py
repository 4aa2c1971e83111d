"""Where the frozen programs start; the renderer's own process starts here too.

`diag receiver …` is the city's desk, `diag-receiver` elsewhere: a program of its own would hold all code once more.
"""

import sys


def main() -> int:
    """Run what is asked for and import nothing else: the window's first paint does not wait for it."""
    if sys.argv[1:2] == ["receiver"]:
        from diag_app.receiver.main import main as start_receiver  # noqa: PLC0415

        return start_receiver(sys.argv[2:])
    from diag_app.__main__ import main as start_app  # noqa: PLC0415

    return start_app()


if __name__ == "__main__":
    sys.exit(main())
