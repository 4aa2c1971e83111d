"""A client of the accessibility bus that does the main job: it sees names and roles, and presses, types and reads.

Run by the system's Python, which has the bindings: `python3 screen_reader.py WORK`, the work as JSON.
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
FIRST_LEVEL, VALUE = 1, 1  # columns of the board, of the metrics
CLOSED = {Atspi.Role.TABLE, Atspi.Role.LIST, Atspi.Role.TREE, Atspi.Role.TREE_TABLE}
PRESSED = {Atspi.Role.PUSH_BUTTON, Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX, Atspi.Role.TOGGLE_BUTTON}
TYPED = {Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT}


def main(work: dict[str, Any]) -> None:
    """Do the work from a new firm to a bundle on the stick, and write what was heard on the way."""
    Atspi.set_timeout(WAIT_S * 1000, WAIT_S * 1000)  # a press is answered once the page it opens is made
    press("New firm")
    write("Name", "Spoken Castings")
    press("Add firm")
    press("Diagnosis")
    heard: dict[str, Any] = {"evidence": answer_questions(work)}
    heard |= {"before": names_of_scenarios(work), "rated": rate_scenarios(work)}
    heard["need"] = record_need(work)
    give_reason(work)
    heard["issued"] = issue(work)
    heard["delivered"] = deliver(work)
    sys.stdout.write(json.dumps(heard) + "\n")


def answer_questions(work: dict[str, Any]) -> str:
    """Answer every question, and add a file to the last; return what is then said of its evidence."""
    for answer in work["answers"]:
        until(choices, "options")
        if "figures" in answer:
            names = [name_of(field) for field in fields() if name_of(field) not in NO_FIGURES]
            for place, figure in enumerate(answer["figures"]):
                write(names[place], figure)
        for place in answer.get("options", ()):
            act(choices()[place])
        if answer is work["answers"][-1]:
            press("Drop, paste, or press E")
            choose_file(work["file"], "Open")
            evidence = name_of(until(partial(said, "Evidence 1"), "the evidence"))
        here = question()
        press("Next")
        until(partial(is_elsewhere, here), f"what follows {here}")
    return evidence


def names_of_scenarios(work: dict[str, Any]) -> list[str]:
    """Return what is said of each scenario."""
    return [name_of(cell("Scenario board", row, 0)) for row in range(len(work["levels"]))]


def rate_scenarios(work: dict[str, Any]) -> list[str]:
    """Press the cell of each scenario's level; return what is said of each then."""
    for row, level in enumerate(work["levels"]):
        act(cell("Scenario board", row, FIRST_LEVEL + int(level)))
        until(partial(is_rated, row, level), f"level {level} of scenario {row}")
    return names_of_scenarios(work)


def is_rated(row: int, level: str) -> bool:
    """Return whether a scenario is said to be at a level."""
    return f"level {level} of 4" in name_of(cell("Scenario board", row, 0))


def record_need(work: dict[str, Any]) -> str:
    """Make a need of the scenario under the cursor with the owner's words and a measure; return its title."""
    press("Make a need")
    write("In the owner's words", work["words"])
    press("unwilling")
    write_cell("Baseline metrics", 0, VALUE, work["measured"])
    until(partial(is_measured, work["measured"]), "the measure")
    return text_of(until(partial(field_named, "Title of the need"), "the title"))


def is_measured(value: str) -> bool:
    """Return whether the first metric is said to have a value."""
    return value in name_of(cell("Baseline metrics", 0, VALUE))


def give_reason(work: dict[str, Any]) -> None:
    """Say why no path is taken: without it nothing is issued."""
    press("Path")
    loose = until(partial(first_field, "No path is taken yet"), "the loose end")
    write(name_of(loose), work["reason"])


def first_field(words: str) -> Node | None:
    """Return the field whose name begins with `words`."""
    return next((field for field in fields() if name_of(field).startswith(words)), None)


def issue(work: dict[str, Any]) -> str:
    """Issue the proposal into a folder, with what it warns of; return what is said then."""
    press("Proposal")
    press("Issue")
    choose_file(work["folder"], "Choose", field="Directory:")
    press("Issue all the same")
    return name_of(until(partial(said, "Issued "), "the issued proposal"))


def deliver(work: dict[str, Any]) -> str:
    """Write the bundle; return what is said then."""
    press("Delivery")
    press("Write bundle…")
    choose_file(work["bundle"], "Save")
    return name_of(until(partial(said, "You can pull the stick"), "the verified bundle"))


def choose_file(path: str, button: str, *, field: str = "File name:") -> None:
    """Type a path into the dialog that is open, and press its button."""
    write(field, path)
    press(button)


def shown() -> Iterator[Node]:
    """Give what can be seen; what is hidden is not gone into, and lists and tables are gone into on purpose only."""
    desktop = Atspi.get_desktop(0)
    programs = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
    waiting = [window for program in programs if program is not None for window in reversed(children(program))]
    while waiting:
        node = waiting.pop(0)
        if node is None or not node.get_state_set().contains(Atspi.StateType.SHOWING):
            continue
        yield node
        if node.get_role() not in CLOSED:
            waiting += children(node)


def children(node: Node) -> list[Node]:
    """Return what is directly in a node."""
    return [node.get_child_at_index(place) for place in range(node.get_child_count())]


def name_of(node: Node) -> str:
    """Return what a screen reader calls it."""
    return (node.get_name() or "").strip()


def text_of(field: Node) -> str:
    """Return what stands in a field."""
    return str(field.get_text_iface().get_text(0, -1))


def said(words: str) -> Node | None:
    """Return what says `words`."""
    return next((node for node in shown() if words in name_of(node)), None)


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
    """Return what can be pressed now and is called `name`."""
    found = (node for node in shown() if node.get_role() in PRESSED and name_of(node) == name)
    return next((node for node in found if node.get_state_set().contains(Atspi.StateType.ENABLED)), None)


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


def write_cell(name: str, row: int, column: int, text: str) -> None:
    """Press a cell, write where the focus goes, and leave it: an editor is told of by its focus alone."""
    went: list[Node] = []
    listener = Atspi.EventListener.new(lambda event: went.append(event.source) if event.detail1 else None)
    listener.register("object:state-changed:focused")
    act(cell(name, row, column))
    editor = until(partial(last_editable, went), f"the editor of {name}")
    listener.deregister("object:state-changed:focused")
    if not editor.get_editable_text_iface().set_text_contents(text):
        raise SystemExit(f"{name_of(editor)} cannot be written to")
    fields()[-1].get_component_iface().grab_focus()


def last_editable(went: list[Node]) -> Node | None:
    """Return where the focus went last, if that can be written to; what happened meanwhile is heard first."""
    while GLib.MainContext.default().iteration(False):
        pass
    return went[-1] if went and went[-1].get_state_set().contains(Atspi.StateType.EDITABLE) else None


def table(name: str) -> Node | None:
    """Return the table that is called `name`."""
    tables = (node for node in shown() if node.get_role() == Atspi.Role.TABLE)
    return next((node for node in tables if name_of(node) == name), None)


def cell(name: str, row: int, column: int) -> Node:
    """Return a cell of a table."""
    return until(partial(table, name), name).get_table_iface().get_accessible_at(row, column)


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
    main(json.loads(sys.argv[1]))
