"""The handbook is true: what it names exists, what it shows is there, both languages say the same."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from make_handbook import SOURCE, MissingPictureError, make_handbook, render
from product import PORTABLE

from diag_app.cli.main import root
from diag_app.i18n import load_translator
from diag_app.receiver.main import root as receiver_root
from diag_app.ui.commands import COMMANDS
from tests.house.messages import messages

PAGES = sorted(SOURCE.glob("*/*.md"))
KEYS = {key for command in COMMANDS for key in command.keys}
MARKS = {"reconstructed", "重构"}
LONGEST_WORDS = 1_200  # six printed pages with their pictures


def bold(page: Path) -> set[str]:
    """Return what stands in bold on a page: names of controls, and keys."""
    return set(re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8")))


@cache
def names(language: str) -> frozenset[str]:
    """Return every text that the window can show in a language."""
    translate = load_translator("zh" if language == "zh" else "en")
    return frozenset(translate(message) for message in messages())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_control_it_names_exists(page: Path) -> None:
    assert bold(page) - names(page.parent.name) - KEYS - MARKS == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_what_stands_in_bold_is_bold_when_rendered(page: Path) -> None:
    shown = render(page.read_text(encoding="utf-8"), page.parent.name)
    assert {unescape(text) for text in re.findall(r"<strong>([^<]*)</strong>", shown)} == bold(page)


def test_both_languages_have_the_same_pages_and_chapters() -> None:
    chapters = {page.relative_to(SOURCE): page.read_text(encoding="utf-8").count("\n## ") for page in PAGES}
    for page, count in chapters.items():
        other = {"zh": "en", "en": "zh"}[page.parent.name]
        assert chapters[Path(other) / page.name] == count, page


def test_both_languages_name_the_same_controls() -> None:
    english, chinese = load_translator("en"), load_translator("zh")
    known = [(english(message), chinese(message)) for message in messages()]
    for page in (SOURCE / "en").glob("*.md"):
        named = bold(page)
        same = {there for here, there in known if here in named}
        assert bold(SOURCE / "zh" / page.name) - same - KEYS - MARKS == set(), page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_command_it_names_exists(page: Path) -> None:
    for program, words in re.findall(r"`(diag|diag-receiver) ([a-z][a-z -]*)", page.read_text(encoding="utf-8")):
        command: click.Command = root if program == "diag" else receiver_root
        for word in words.split():
            if isinstance(command, click.Group):
                assert word in command.commands, f"{program} {words}"
                command = command.commands[word]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_no_page_is_longer_than_anybody_reads(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(re.findall(r"[A-Za-z']+", text)) + len(re.findall(r"[一-鿿]", text)) / 2 < LONGEST_WORDS


def test_the_rendered_pages_show_their_pictures(tmp_path: Path) -> None:
    assert make_handbook(SOURCE, tmp_path) == len(PAGES)
    for page in tmp_path.glob("*/*.html"):
        sources = Sources()
        sources.feed(page.read_text(encoding="utf-8"))
        assert sources.found
        assert [name for name in sources.found if not (page.parent / name).resolve().is_file()] == []


def test_a_picture_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.md").write_text("# A\n\n![x](../../screenshots/no-such.png)\n")
    with pytest.raises(MissingPictureError):
        make_handbook(tmp_path, tmp_path / "out")


def test_markup_in_a_text_stays_text() -> None:
    assert "<script>" not in render("# A\n\n`<script>` and &lt;script&gt;\n", "en")


def test_the_administrator_is_told_the_marker_that_packages_carry() -> None:
    assert all(f"`{PORTABLE}`" in page.read_text(encoding="utf-8") for page in PAGES if page.stem == "administrator")


class Sources(HTMLParser):
    """Gathers where the pictures of a page lie."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "img" and name == "src"]
