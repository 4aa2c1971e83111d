"""What can be done by a key: one list, from which keys are bound, the keys page is made, and the palette finds.

`where` is a page, or `everywhere` for what the window does itself. `act` names a method without arguments of that page
or of the window; it is empty where a key needs no name in the palette, such as the digits of the options.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from diag_app.i18n.translator import mark

EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Command:
    """One thing to do, its keys, and the method that does it."""

    where: str
    name: str
    keys: tuple[str, ...]
    act: str = ""


COMMANDS: tuple[Command, ...] = (
    Command(EVERYWHERE, mark("search everything"), ("Ctrl+K",), "open_palette"),
    Command(EVERYWHERE, mark("undo"), ("Ctrl+Z",), "undo"),
    Command(EVERYWHERE, mark("redo"), ("Ctrl+Shift+Z",), "redo"),
    Command(EVERYWHERE, mark("new firm"), ("Ctrl+N",), "add_firm"),
    Command(EVERYWHERE, mark("lock, when encrypted"), ("Ctrl+L",), "lock"),
    Command(EVERYWHERE, mark("steps of the case"), ("Alt+1", "Alt+2", "…")),
    Command(EVERYWHERE, mark("next part of the window"), ("F6",), "focus_next_pane"),
    Command(EVERYWHERE, mark("leave the field, go back"), ("Esc",)),
    Command(EVERYWHERE, mark("keys and help"), ("?", "F1"), "show_keys"),
    Command(EVERYWHERE, mark("Chinese or English"), (), "switch_language"),
    Command(EVERYWHERE, mark("light or dark"), (), "switch_appearance"),
    Command("firms", mark("choose a firm"), ("↑", "↓")),
    Command("firms", mark("go on where work stopped"), ("Enter",)),
    Command("firms", mark("search"), ("/",)),
    Command("diagnosis", mark("choose an option, then A C D F G H"), ("1", "…", "9")),
    Command("diagnosis", mark("next question"), ("J",), "next_question"),
    Command("diagnosis", mark("previous question"), ("K",), "previous_question"),
    Command("diagnosis", mark("next open question"), ("F8",), "next_open"),
    Command("diagnosis", mark("next that needs explanation"), ("F7",), "next_explaining"),
    Command("diagnosis", mark("write a note"), ("N",), "focus_note"),
    Command("diagnosis", mark("add evidence"), ("E",), "add_evidence"),
    Command("diagnosis", mark("paste evidence"), ("Ctrl+V",), "paste_evidence"),
    Command("diagnosis", mark("enter the figures"), ("#",), "focus_numbers"),
    Command("diagnosis", mark("record what roles say"), ("R",), "open_roles"),
    Command("diagnosis", mark("verify, take back"), ("V",), "verify"),
    Command("diagnosis", mark("comment on it"), ("M",), "open_comments"),
    Command("diagnosis", mark("history of the answer"), ("Y",), "open_history"),
    Command("diagnosis", mark("whom to ask, what to see"), ("I",), "toggle_guide"),
    Command("diagnosis", mark("why this level"), ("W",), "open_why"),
    Command("diagnosis", mark("what if, without storing"), ("T",), "toggle_what_if"),
    Command("diagnosis", mark("undo"), ("U",), "undo"),
    Command("board", mark("choose a scenario"), ("↑", "↓", "J", "K")),
    Command("board", mark("set its level"), ("0", "…", "4")),
    Command("board", mark("not applicable"), ("X",), "ask_reason"),
    Command("board", mark("make a need of it"), ("D",), "make_need"),
    Command("board", mark("next open scenario"), ("F8",), "next_open"),
    Command("board", mark("next that needs explanation"), ("F7",), "next_explaining"),
    Command("board", mark("write a note"), ("N",), "focus_note"),
    Command("board", mark("add evidence"), ("E",), "add_evidence"),
    Command("board", mark("paste evidence"), ("Ctrl+V",), "paste_evidence"),
    Command("board", mark("record what roles say"), ("R",), "open_roles"),
    Command("board", mark("verify, take back"), ("V",), "verify"),
    Command("board", mark("comment on it"), ("M",), "open_comments"),
    Command("board", mark("whom to ask, what to see"), ("I",), "toggle_guide"),
    Command("board", mark("why this level"), ("W",), "open_why"),
    Command("board", mark("what if, without storing"), ("T",), "toggle_what_if"),
    Command("board", mark("undo"), ("U",), "undo"),
    Command("review", mark("next answer"), ("J",), "next_answer"),
    Command("review", mark("previous answer"), ("K",), "previous_answer"),
    Command("review", mark("verify, take back"), ("V",), "verify"),
    Command("review", mark("comment on it"), ("C",), "comment"),
    Command("review", mark("history of the answer"), ("Y",), "open_history"),
    Command("review", mark("return for correction"), ("R",), "ask_reason"),
    Command("review", mark("undo"), ("U",), "undo"),
    Command("why", mark("open the answer"), ("Enter",), "open_current"),
    Command("why", mark("what if, without storing"), ("T",), "toggle_what_if"),
    Command("why", mark("fold, unfold"), ("←", "→")),
    Command("needs", mark("next, previous need"), ("J", "K")),
    Command("needs", mark("add a need"), ("+",)),
    Command("needs", mark("baseline, new metric"), ("B", "Ctrl+Enter")),
    Command("needs", mark("mark as not measured"), ("M",)),
    Command("needs", mark("calculator of a metric, its evidence"), ("C", "E")),
    Command("needs", mark("add a cost or benefit"), ("G",)),
    Command("needs", mark("assumption register"), ("A",), "open_register"),
    Command("needs", mark("unfold the form"), ("F",)),
    Command("needs", mark("undo"), ("U",)),
    Command("path", mark("target level"), ("1", "…", "4")),
    Command("path", mark("next measure"), ("J",), "step_down"),
    Command("path", mark("previous measure"), ("K",), "step_up"),
    Command("path", mark("fix a measure in the plan"), ("P",), "toggle_pinned"),
    Command("path", mark("leave a measure out"), ("Del",), "toggle_excluded"),
    Command("path", mark("look at the next plan"), ("A",), "show_next_plan"),
    Command("path", mark("measures and prices"), ("M",), "toggle_view"),
    Command("path", mark("take this plan"), ("Enter",)),
    Command("path", mark("undo"), ("U",), "undo"),
    Command("proposal", mark("turn the pages of the proposal"), ("PgUp", "PgDn")),
    Command("proposal", mark("other language, next problem"), ("L", "F8")),
    Command("proposal", mark("open where the middle of the page is recorded"), ("Ctrl+Enter",)),
    Command("proposal", mark("print the draft"), ("Ctrl+P",)),
    Command("proposal", mark("issue the proposal"), ("Ctrl+I",)),
    Command("delivery", mark("write the bundle, take one in"), ("B", "I")),
    Command("delivery", mark("import a receipt"), ("R",)),
    Command("delivery", mark("over what is to do, open it"), ("J", "K", "Enter")),
    Command("conflicts", mark("choose a side"), ("1", "2")),
    Command("conflicts", mark("decide"), ("Ctrl+Return",), "settle"),
    Command("conflicts", mark("next conflict"), ("J",), "next_conflict"),
    Command("conflicts", mark("previous conflict"), ("K",), "previous_conflict"),
    Command("conflicts", mark("look at its place"), ("O",), "open_place"),
    Command("conflicts", mark("undo"), ("U",), "undo"),
    Command("visit", mark("guide, workbook, record"), ("G",), "next_section"),
    Command("visit", mark("next part of the guide"), ("N",), "next_part"),
    Command("visit", mark("tick"), ("Space",)),
    Command("visit", mark("print the guide"), ("P",), "print_guide"),
    Command("visit", mark("write the firm's workbook"), ("W",), "write_workbook"),
    Command("visit", mark("open the firm's workbook"), ("O",), "open_workbook"),
    Command("visit", mark("take it in"), ("Ctrl+Return",), "take_workbook"),
    Command("visit", mark("undo"), ("U",), "undo"),
    Command("fill_in", mark("next field"), ("J",), "next_field"),
    Command("fill_in", mark("previous field"), ("K",), "previous_field"),
    Command("fill_in", mark("entered"), ("Space",)),
    Command("fill_in", mark("copy the value"), ("C",), "copy_value"),
    Command("fill_in", mark("copy the whole question"), ("A",), "copy_item"),
    Command("fill_in", mark("write the sheet as PDF"), ("P",), "write_pdf"),
    Command("fill_in", mark("write the sheet as Excel"), ("X",), "write_excel"),
    Command("fill_in", mark("undo"), ("U",), "undo"),
    Command("evidence", mark("next item"), ("J",), "next_item"),
    Command("evidence", mark("previous item"), ("K",), "previous_item"),
    Command("evidence", mark("larger"), ("+",), "zoom_in"),
    Command("evidence", mark("smaller"), ("-",), "zoom_out"),
    Command("evidence", mark("fit the picture"), ("0",), "fit"),
    Command("evidence", mark("turn left"), ("Q",), "turn_left"),
    Command("evidence", mark("turn right"), ("R",), "turn_right"),
    Command("evidence", mark("draw an arrow"), ("A",), "use_arrow"),
    Command("evidence", mark("draw a box"), ("B",), "use_box"),
    Command("evidence", mark("write into the picture"), ("T",), "use_text"),
    Command("evidence", mark("draw with the pen"), ("P",), "use_pen"),
    Command("evidence", mark("set a numbered mark"), ("N",), "use_number"),
    Command("evidence", mark("black out a part"), ("X",), "use_redact"),
    Command("evidence", mark("apply what is drawn"), ("Ctrl+Return",), "apply_marks"),
    Command("evidence", mark("write the caption"), ("C",), "focus_caption"),
    Command("evidence", mark("link to a further answer"), ("L",), "focus_link"),
    Command("evidence", mark("take off"), ("Del",), "take_off"),
    Command("evidence", mark("undo"), ("U",), "undo"),
    Command("safe", mark("back up"), ("S",)),
)

PLACES: Mapping[str, str] = {  # pages that can be gone to by name
    "firms": mark("Firms"),
    "delivery": mark("Delivery"),
    "conflicts": mark("Conflicts"),
    "packs": mark("Packs"),
    "safe": mark("Look after the data"),
    "settings": mark("Settings"),
    "keys": mark("Keys"),
    "help": mark("Handbook and help"),
    "self_check": mark("Check this installation"),
    "new_firm": mark("New firm"),
    "roster": mark("Import a roster"),
    "first_run": mark("Open another workspace"),
    "profile": mark("Profile"),
    "diagnosis": mark("Diagnosis"),
    "board": mark("Scenario board"),
    "why": mark("Why this level"),
    "findings": mark("Needs explanation"),
    "review": mark("Review"),
    "needs": mark("Needs"),
    "path": mark("Path"),
    "proposal": mark("Proposal"),
    "visit": mark("Visit"),
    "fill_in": mark("Fill-in sheet"),
    "evidence": mark("Evidence"),
}
CASE_PLACES = frozenset(
    {
        "profile",
        "diagnosis",
        "board",
        "why",
        "evidence",
        "findings",
        "review",
        "needs",
        "path",
        "proposal",
        "fill_in",
        "visit",
    }
)


def commands_of(where: str) -> tuple[Command, ...]:
    """Return what can be done on a page, or everywhere."""
    return tuple(command for command in COMMANDS if command.where == where)
