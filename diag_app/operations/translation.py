"""Words of a recorded text in the other language, for reports in both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diag_app.forms.definition import Language
from diag_app.model.ops import Changes
from diag_app.operations.workspace import Workspace


def record_translation(workspace: Workspace, entity_id: str, language: Language, words: Mapping[str, Any]) -> Changes:
    """Record `{register: words}` in `language` beside what was said; what was recorded stays as it is."""
    view = workspace.store.entity(entity_id)
    with workspace.store.operation("record_translation", view.case) as operation:
        for register, text in words.items():
            operation.set(entity_id, f"{register}@{language}", text)
    return operation.changes
