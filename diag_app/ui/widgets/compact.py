"""Whether the window is too low for the full row heights."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from diag_app.ui.theme import Theme, load_tokens


def is_compact(widget: QWidget) -> bool:
    """Return whether the window's client area is lower than the height the layout is designed for."""
    designed: int = load_tokens()["size"]["design_client"][1]
    return widget.window().height() < designed


def compact_size(widget: QWidget, theme: Theme, name: str) -> int:
    """Return the size token `name`, or its `_compact` twin in a low window."""
    return theme.size(f"{name}_compact" if is_compact(widget) else name)
