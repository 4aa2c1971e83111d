"""Help in the window: the handbook in both languages, offline, and the self-check with its support bundle."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diag_app.errors import Problem
from diag_app.i18n.translator import Language
from diag_app.operations.self_check import PARTS, Checked
from diag_app.ui.handbook import AUDIENCES, page_path, print_page
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.help import HelpPage
from diag_app.ui.pages.page import Target
from diag_app.ui.pages.self_check import SelfCheckPage
from diag_app.ui.theme import load_fonts
from tests.ui.conftest import SETTINGS, WindowMaker, settle


def shown(window: MainWindow, page: str) -> object:
    window.navigate(Target(page=page))
    settle(window)
    return window.frame.page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_audience_has_its_handbook_with_pictures(make_window: WindowMaker, language: Language) -> None:
    page = shown(make_window(None, replace(SETTINGS, language=language)), "help")
    assert isinstance(page, HelpPage)
    seen = set()
    for audience in AUDIENCES:
        page.show_handbook(audience)
        settle(page)
        seen.add(page.text.toPlainText())
        assert page.text.document().idealWidth() <= page.text.viewport().width()
    assert len(seen) == len(AUDIENCES)
    assert all(page_path(language, audience).is_file() for audience in AUDIENCES)


def test_pictures_fit_a_narrow_window(make_window: WindowMaker) -> None:
    page = shown(make_window(None, size=(640, 480)), "help")
    assert isinstance(page, HelpPage)
    assert page.text.horizontalScrollBar().maximum() == 0


def test_no_heading_stands_alone_at_the_end_of_a_printed_page(qapp: QApplication, tmp_path: Path) -> None:
    load_fonts()
    parts = [f"<h2>Chapter {number}</h2>" + "<p>Some words.</p>" * (number % 7 + 1) for number in range(60)]
    page, pdf = tmp_path / "long.html", tmp_path / "long.pdf"
    page.write_text(f"<html><body>{''.join(parts)}</body></html>", encoding="utf-8")
    print_page(page, pdf)
    lasts = [one.extract_text().split("\n") for one in PdfReader(pdf).pages]
    ends = [next(line.strip() for line in reversed(lines) if line.strip()) for lines in lasts]
    assert len(ends) > 6
    assert set(ends) == {"Some\twords."}


def test_a_handbook_is_saved_as_pdf(make_window: WindowMaker, tmp_path: Path) -> None:
    page = shown(make_window(None), "help")
    assert isinstance(page, HelpPage)
    page.choose_target = lambda name: tmp_path / name
    QTest.keyClick(page.text, Qt.Key.Key_P)
    (pdf,) = tmp_path.glob("*.pdf")
    assert 1 <= len(PdfReader(pdf).pages) <= 6


@pytest.mark.parametrize("page", ["help", "self_check"])
def test_a_file_that_cannot_be_written_is_said_in_the_page(make_window: WindowMaker, tmp_path: Path, page: str) -> None:
    shown_page = shown(make_window(None), page)
    target = tmp_path / "taken"
    target.mkdir()
    if isinstance(shown_page, HelpPage):
        shown_page.choose_target = lambda _name: target
        shown_page.print_handbook()
    else:
        assert isinstance(shown_page, SelfCheckPage)
        shown_page.choose_target = lambda: target
        shown_page.write_support()
    assert "Written" not in shown_page.notice.text
    assert str(target) in shown_page.notice.text
    assert list(target.iterdir()) == []


def test_help_is_two_keys_away(make_window: WindowMaker) -> None:
    window = make_window(None)
    QTest.keyClick(window, Qt.Key.Key_F1)
    settle(window)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_H)
    settle(window)
    assert window.target.page == "help"


def test_the_self_check_says_what_was_found_in_each_part(make_window: WindowMaker, tmp_path: Path) -> None:
    page = shown(make_window(None), "self_check")
    assert isinstance(page, SelfCheckPage)
    problem = Problem(code="INSTALLED_FILE_CHANGED", location="diag")
    found = [Checked(part=part, seconds=0.1) for part in PARTS if part != "integrity"]
    page.show_found((Checked(part="integrity", seconds=0.1, problems=(problem,)), *found))
    assert "diag is missing or was changed" in page.lines["integrity"].text
    page.choose_target = lambda: tmp_path / "support.zip"
    QTest.keyClick(page.check_button, Qt.Key.Key_S)
    with zipfile.ZipFile(tmp_path / "support.zip") as archive:
        assert b"INSTALLED_FILE_CHANGED" in archive.read("self-check.json")
