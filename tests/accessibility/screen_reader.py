"""A client of the accessibility bus that does a diagnosis: it sees names and roles, and presses, types and reads.

Run by the system's Python, which has the bindings: `python3 screen_reader.py ANSWERS SCENARIOS`, the answers as JSON.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version is named first

Node = Any  # what the bus shows of a widget
WAIT_S, PAUSE_S = 90, 0.1
SEARCH = "Search firms, questions, commands"
PLACE = "  ·  Question "
NO_FIGURES = ("", "Note", SEARCH)
CLOSED = {Atspi.Role.TABLE, Atspi.Role.LIST, Atspi.Role.TREE, Atspi.Role.TREE_TABLE}
PRESSED = {Atspi.Role.PUSH_BUTTON, Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.TOGGLE_BUTTON}
TYPED = {Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT}


def main(answers: list[dict[str, Any]], scenarios: int) -> None:
    """Add a firm, answer every question, and write what the board, which follows, says of each scenario."""
    press("New firm")
    write("Name", "Spoken Castings")
    press("Add firm")
    press("Diagnosis")
    for answer in answers:
        until(choices, "options")
        if "figures" in answer:
            names = [name_of(field) for field in fields() if name_of(field) not in NO_FIGURES]
            for place, figure in enumerate(answer["figures"]):
                write(names[place], figure)
        for place in answer.get("options", ()):
            act(choices()[place])
        here = question()
        press("Next")
        until(partial(is_elsewhere, here), f"what follows {here}")
    sys.stdout.write(json.dumps([name_of(cell(row, 0)) for row in range(scenarios)]) + "\n")


def shown() -> Iterator[Node]:
    """Give what can be seen; what is hidden is not gone into, and lists and tables are gone into on purpose only."""
    desktop = Atspi.get_desktop(0)
    waiting = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
    waiting = [
        program.get_child_at_index(0) for program in waiting if program is not None and program.get_child_count()
    ]
    while waiting:
        node = waiting.pop(0)
        if node is None or not node.get_state_set().contains(Atspi.StateType.SHOWING):
            continue
        yield node
        if node.get_role() not in CLOSED:
            waiting += [node.get_child_at_index(place) for place in range(node.get_child_count())]


def name_of(node: Node) -> str:
    """Return what a screen reader calls it."""
    return (node.get_name() or "").strip()


def fields() -> list[Node]:
    """Return the fields that can be written to."""
    return [
        node for node in shown() if node.get_role() in TYPED and node.get_state_set().contains(Atspi.StateType.EDITABLE)
    ]


def choices() -> list[Node]:
    """Return the options of the question."""
    options = (Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX)
    return [node for node in shown() if node.get_role() in options and node.get_description()]


def question() -> str:
    """Return where in the questions one is."""
    return next((name_of(node) for node in shown() if PLACE in name_of(node)), "")


def is_elsewhere(before: str) -> bool:
    """Return whether another question is shown, or the board."""
    return question() != before


def act(node: Node) -> None:
    """Do what a press does."""
    if not node.get_action_iface().do_action(0):
        raise SystemExit(f"{name_of(node)} cannot be pressed")
    time.sleep(PAUSE_S)


def named(name: str) -> Node | None:
    """Return what can be pressed and is called `name`."""
    return next((node for node in shown() if node.get_role() in PRESSED and name_of(node) == name), None)


def press(name: str) -> None:
    """Press what is called `name`."""
    act(until(partial(named, name), name))


def field_named(name: str) -> Node | None:
    """Return the field that is called `name`."""
    return next((field for field in fields() if name_of(field) == name), None)


def write(name: str, text: str) -> None:
    """Write into the field that is called `name`, and leave it."""
    field = until(partial(field_named, name), name)
    field.get_component_iface().grab_focus()
    if not field.get_editable_text_iface().set_text_contents(text):
        raise SystemExit(f"{name} cannot be written to")
    time.sleep(PAUSE_S)


def table() -> Node | None:
    """Return the board."""
    return next((node for node in shown() if node.get_role() == Atspi.Role.TABLE), None)


def cell(row: int, column: int) -> Node:
    """Return a cell of the board."""
    return until(table, "the board").get_table_iface().get_accessible_at(row, column)


def until(found: Callable[[], Any], what: str) -> Any:
    """Return what is found as soon as it is there; the tree changes while it is read."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        try:
            value = found()
        except GLib.Error:
            value = None
        if value:
            return value
        time.sleep(PAUSE_S)
    names = sorted({f"{node.get_role_name()} {name_of(node)}" for node in shown() if name_of(node)})
    raise SystemExit(f"not there: {what}; there is {names}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(json.loads(sys.argv[1]), int(sys.argv[2]))
