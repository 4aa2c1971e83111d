"""Codes of looking after a workspace: one window, own identity, copies, drill, damage and repair."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "WORKSPACE_OPEN_ELSEWHERE": CodeText(
        "{location} is open in another window: {who}, since {since}.",
        "Close that window to write here. Until then everything can be read.",
    ),
    "REPLICA_NEW": CodeText(
        "{location} is a copy, or was restored. It now writes under an identity of its own; nothing was changed.",
        "Nothing needs to be done. What was recorded before can no longer be undone step by step.",
    ),
}
