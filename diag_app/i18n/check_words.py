"""What the parts of the self-check are called, and their figures in words."""

from __future__ import annotations

from collections.abc import Mapping

from diag_app.i18n.translator import Translator, mark

PART_WORDS: Mapping[str, str] = {
    "integrity": mark("Installed files"),
    "libraries": mark("Libraries"),
    "fonts": mark("Fonts"),
    "disk": mark("Disk"),
    "clock": mark("Clock"),
    "main_job": mark("Main job"),
    "store": mark("Store"),
    "printer": mark("Printer"),
}
_FIGURE_WORDS: Mapping[str, str] = {
    "integrity": mark("{files} files as they were made"),
    "libraries": mark("{libraries} load"),
    "fonts": mark("{characters} characters"),
    "disk": mark("{save_ms} ms for one save, {free_gb} GB free"),
    "clock": mark("it is {time}"),
    "main_job": mark("level {level}, {score} points"),
    "store": mark("SQLite {sqlite}, everything read back"),
    "printer": mark("{printers} found"),
}
_NOT_ASKED: Mapping[str, str] = {
    "integrity": mark("no list: run from sources"),
    "printer": mark("asked in the window only"),
}


def part_name(translate: Translator, part: str) -> str:
    """Return the name of a part."""
    return translate(PART_WORDS[part])


def figures_line(translate: Translator, part: str, figures: Mapping[str, str]) -> str:
    """Return what was measured in a part; nothing when it broke off before."""
    if not figures or figures.get("files") == "0":
        return translate(_NOT_ASKED[part]) if part in _NOT_ASKED else ""
    return translate(_FIGURE_WORDS[part], **figures)
