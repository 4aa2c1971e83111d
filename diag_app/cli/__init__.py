"""The command line: one command for each operation, `--json` everywhere, exit status 0, 1 or 2, never a traceback."""

from diag_app.cli.main import main, refuse_window

__all__ = ["main", "refuse_window"]
