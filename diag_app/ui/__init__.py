"""The only code that imports Qt."""

import builtins

import PySide6.QtCore  # noqa: F401 - its import puts the hook there

# PySide looks for its `__feature__` switches, which we do not use, in the source of every module imported from then on,
# and `linecache` keeps those sources: some ten megabytes. The import that Python came with reads none.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
