"""What the window calls only after its first paint; one import brings all of it, and with it the operations."""

from diag_app.clock import Cancelled
from diag_app.operations.assessment import assessment_pack, find_assessments, start_assessment
from diag_app.operations.audit import record_settings
from diag_app.operations.conflicts import count_conflicts
from diag_app.operations.enterprise import find_enterprises, find_names, holds_demonstration, leading
from diag_app.operations.evidence import bring_evidence
from diag_app.operations.evidence_pictures import evidence_thumbnails
from diag_app.operations.evidence_watch import FolderWatch
from diag_app.operations.export_log import undelivered
from diag_app.operations.history import next_redo, next_undo, redo, undo
from diag_app.operations.naming import abbreviations
from diag_app.operations.rendering import RenderProcess
from diag_app.operations.workspace import is_encrypted, open_workspace
from diag_app.ui.care import look_after
from diag_app.ui.case_facts import CaseFacts, load_case_facts
from diag_app.ui.models.what_if import WhatIf
from diag_app.ui.turned_words import answer_words, read_answers

__all__ = [
    "Cancelled",
    "CaseFacts",
    "FolderWatch",
    "RenderProcess",
    "WhatIf",
    "abbreviations",
    "answer_words",
    "assessment_pack",
    "bring_evidence",
    "count_conflicts",
    "evidence_thumbnails",
    "find_assessments",
    "find_enterprises",
    "find_names",
    "holds_demonstration",
    "is_encrypted",
    "leading",
    "load_case_facts",
    "look_after",
    "next_redo",
    "next_undo",
    "open_workspace",
    "read_answers",
    "record_settings",
    "redo",
    "start_assessment",
    "undelivered",
    "undo",
]
