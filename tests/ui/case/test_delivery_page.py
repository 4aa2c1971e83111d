"""The delivery page: prepared, handed over, receipted, refused; what came back opens the right question."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from diag_app.__main__ import window_options
from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.receiver.intake import Receipted, take_in
from diag_app.receiver.office import SIGNERS_FILE, Office, enrol
from diag_app.receiver.review import items, refuse
from diag_app.sync.bundle_read import verify_bundle
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.delivery import written_words
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from tests.delivery.city import City
from tests.receiver.desk import make_office, words_of
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle

WAIT_MS = 10_000


def write(window: MainWindow, qtbot: QtBot, path: Path) -> Path:
    page = shown(window, DeliveryPage)
    page.choose_target = lambda _suggested: path
    press(window, "b")
    qtbot.waitUntil(lambda: page.notice.text.startswith("Written"), timeout=WAIT_MS)
    return path


def states(page: DeliveryPage) -> list[str]:
    return [written_words(row, page.translate) for row in page.exports.rows]


def receipt(window: MainWindow, done: Receipted) -> None:
    page = shown(window, DeliveryPage)
    page.choose_file = lambda _title: done.beside
    press(window, "r")
    settle(window)


def trust(window: MainWindow, office: Office, words: str) -> None:
    page = shown(window, DeliveryPage)
    page.choose_file = lambda _title: office.directory / SIGNERS_FILE
    page.cities.signers_button.click()
    if page.ask.isVisible():
        press(window, words, Qt.Key.Key_Return)
        settle(window)


def test_from_card_to_receipt_and_back_to_the_question(open_page: PageOpener, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    with make_office(tmp_path / "office") as office:
        card = tmp_path / "card.json"
        page.choose_target = lambda _suggested: card
        page.cities.card_button.click()
        assert page.notice.text == "", "the paper is set in the background"
        qtbot.waitUntil(lambda: page.notice.text.startswith("Card written"), timeout=WAIT_MS)
        assert card.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        enrol(office, card, words=words_of(window.session.workspace))
        trust(window, office, "river amber")
        assert "do not belong" in page.notice.text
        trust(window, office, " ".join(fingerprint_words(office.city_key, "en")))
        assert "示例市" in page.view.receipt_card.title.text()
        assert page.view.receipt_card.text.text().endswith("No receipt yet.")

        first = write(window, qtbot, tmp_path / "a.zip")
        assert states(page) == ["prepared"]
        page.bundles.ask_to_whom(page.exports.rows[0].export.bundle_id)
        press(window, "Wang", Qt.Key.Key_Return)
        settle(window)
        assert states(page) == ["handed over to Wang"]
        receipt(window, take_in(office, first))
        assert states(page)[0].startswith("receipted ")
        assert ". Last receipt: " in page.view.receipt_card.text.text()
        assert page.view.count.text() == "0 items without a receipt"
        assert not page.todo.things

        answer = next(item.item for item in items(office) if item.words == "answer:B1")
        refuse(office, answer, reason="page 2 is missing")
        page.view.options.encrypted.setChecked(True)
        receipt(window, take_in(office, write(window, qtbot, tmp_path / "b.zip")))
        assert page.notice.text.endswith("Sent back: 1. What is still open stands among the tasks.")
        delivery = window.target
        press(window, "j")
        assert [thing.link.hasFocus() for thing in shown(window, DeliveryPage).todo.things] == [True]
        press(window, Qt.Key.Key_Return)
        settle(window)
        assert shown(window, DiagnosisPage).current == "B1"
        window.navigate(delivery)
        shown(window, DeliveryPage).todo.things[0].link.click()
        settle(window)
        assert shown(window, DiagnosisPage).current == "B1"


def test_a_refused_bundle_says_why_and_a_second_receipt_moves_nothing(
    open_page: PageOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    with make_office(tmp_path / "office") as office:
        trust(window, office, " ".join(fingerprint_words(office.city_key, "en")))
        done = take_in(office, write(window, qtbot, tmp_path / "a.zip"))
        receipt(window, done)
        assert "refused the bundle (SIGNER_NOT_LISTED)" in page.notice.text
        assert [row.state for row in page.exports.rows] == ["refused"]
        receipt(window, done)
        assert page.notice.text.startswith("It was here already")


def test_files_that_are_not_here_are_left_out_only_when_asked(
    open_page: PageOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    target = tmp_path / "a.qzb"
    page.choose_target = lambda _suggested: target
    shutil.rmtree(window.session.workspace.directory / "evidence")
    press(window, "b")
    qtbot.waitUntil(lambda: "12 files of the case are not on" in page.notice.text, timeout=WAIT_MS)
    assert not target.exists()
    words, go = page.notice.links[0]
    assert words == "Write without them"
    go()
    qtbot.waitUntil(lambda: page.notice.text.startswith("Written"), timeout=WAIT_MS)
    assert "not on this computer" in page.notice.text, "it is said once more beside what was written"
    assert target.exists()


def test_a_bundle_is_called_as_a_double_click_opens_it(open_page: PageOpener, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    suggested: list[str] = []

    def typed(name: str) -> Path:
        suggested.append(name)
        return tmp_path / "to the city"

    page.choose_target = typed
    press(window, "b")
    qtbot.waitUntil(lambda: page.notice.text.startswith("Written"), timeout=WAIT_MS)
    (path,) = tmp_path.glob("to the city*")
    assert [window_options([str(name)]) is not None for name in (path, *suggested)] == [True, True]


def test_of_several_cities_one_is_chosen_and_stays_chosen(open_page: PageOpener, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_page("delivery")
    page = shown(window, DeliveryPage)
    options, card = page.view.options, page.view.receipt_card
    for name in ("甲市", "乙市"):
        city = City(folder=tmp_path / name)
        city.folder.mkdir()
        assert not options.receiver.isVisible(), "of one city there is nothing to choose"
        city.trusted_as(window.session.workspace, replace(city.signers(), city=name))
        page.refresh()
    assert [options.receiver.itemText(row) for row in range(options.receiver.count())] == ["乙市", "甲市"]
    first = card.title.text()
    options.receiver.setFocus()
    press(window, Qt.Key.Key_Up)
    assert {first, card.title.text()} == {"甲市", "乙市"}
    chosen = card.title.text()
    assert f"only {chosen} can open it" == options.encrypted.text()
    page.refresh()
    assert card.title.text() == chosen
    written = verify_bundle(write(window, qtbot, tmp_path / "a.zip")).statement
    assert written is not None
    assert written.city == chosen
