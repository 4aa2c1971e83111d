"""The same way by window: two laptops, one stick, a receiver; by keys from the first answer to the last receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from diag_app.crypto.fingerprint import fingerprint_words
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import add_enterprise, find_enterprises
from diag_app.operations.workspace import open_workspace
from diag_app.receiver.intake import take_in
from diag_app.receiver.office import SIGNERS_FILE, Office, enrol
from diag_app.receiver.review import items, refuse
from diag_app.ui.app import build_application, open_window
from diag_app.ui.main_window import MainWindow
from diag_app.ui.models.delivery import written_words
from diag_app.ui.pages.conflicts import ConflictsPage
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.page import Target
from tests.journeys.test_window_journey import page, press, write
from tests.receiver.desk import make_office, words_of
from tests.ui.conftest import ACTOR, SETTINGS

WAIT_MS = 30_000
LI = replace(ACTOR, name="Li", device="B")


@dataclass(kw_only=True)
class Laptop:
    """A window, and what its person does in it by keys."""

    window: MainWindow
    stick: Path
    qtbot: QtBot

    def come_up(self) -> None:
        """Be the window that keys go to."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=WAIT_MS)

    def answer(self, question: str, key: str) -> None:
        self.come_up()
        (firm,) = find_enterprises(self.window.session.workspace)
        self.window.navigate(Target(page="diagnosis", enterprise_id=firm.enterprise_id, item=question))
        QApplication.processEvents()
        write(self.window, key)

    def delivery(self) -> DeliveryPage:
        self.come_up()
        if self.window.target.page != "delivery":
            press(self.window, Qt.Key.Key_6, alt=True)
        return page(self.window, DeliveryPage)

    def export(self, name: str) -> Path:
        shown = self.delivery()
        shown.choose_target = lambda _suggested: self.stick / name
        write(self.window, "b")
        self.qtbot.waitUntil(lambda: name in shown.notice.text, timeout=WAIT_MS)
        return self.stick / name

    def take_in(self, path: Path) -> None:
        shown = self.delivery()
        shown.choose_bundle = lambda: path
        write(self.window, "i")
        self.qtbot.waitUntil(lambda: shown.notice.text.startswith("Taken in"), timeout=WAIT_MS)

    def receipt(self, office: Office, path: Path) -> None:
        done, shown = take_in(office, path), self.delivery()
        shown.choose_file = lambda _title: done.beside
        write(self.window, "r")

    def introduce(self, office: Office) -> None:
        shown = self.delivery()
        shown.choose_target = lambda _suggested: self.stick / "card.json"
        shown.cities.card_button.click()
        self.qtbot.waitUntil(lambda: "card.json" in shown.notice.text, timeout=WAIT_MS)
        assert (self.stick / "card.pdf").read_bytes().startswith(b"%PDF-")
        enrol(office, self.stick / "card.json", words=words_of(self.window.session.workspace))
        shown.choose_file = lambda _title: office.directory / SIGNERS_FILE
        shown.cities.signers_button.click()
        write(self.window, " ".join(fingerprint_words(office.city_key, "en")))
        press(self.window, Qt.Key.Key_Return)


@pytest.fixture
def laptops(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Laptop, Laptop]]:
    build_application([])
    (tmp_path / "stick").mkdir()
    made = []
    for actor in (ACTOR, LI):
        folder = tmp_path / actor.device
        with open_workspace(folder, actor=actor) as workspace:
            if actor == ACTOR:
                add_enterprise(workspace, EnterpriseProfile(name="Example Castings"))
        settings = replace(SETTINGS, name=actor.name, device=actor.device)
        window = open_window(settings, folder, settings_file=tmp_path / f"{actor.device}.json")
        window.resize(1366, 690)
        window.show()
        made.append(Laptop(window=window, stick=tmp_path / "stick", qtbot=qtbot))
    yield made[0], made[1]
    for laptop in made:
        laptop.window.close()
        laptop.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_two_laptops_one_stick_and_a_city_by_keys(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    mine, theirs = laptops
    mine.answer("M1", "4")
    there = mine.export("there.zip")
    theirs.window.navigate(Target(page="delivery"))
    theirs.take_in(there)
    theirs.answer("M1", "2")
    mine.answer("M1", "3")
    mine.take_in(theirs.export("back.zip"))

    assert len(mine.delivery().todo.things) == 1
    write(mine.window, "j")
    press(mine.window, Qt.Key.Key_Return)
    assert page(mine.window, ConflictsPage).card is not None
    write(mine.window, "1")
    press(mine.window, Qt.Key.Key_Return, control=True)
    press(mine.window, Qt.Key.Key_Escape)  # back from the conflicts of all firms to this one's delivery
    assert not mine.delivery().todo.things

    with make_office(tmp_path / "office") as office:
        mine.introduce(office)
        mine.receipt(office, mine.export("1.zip"))
        shown = mine.delivery()
        assert written_words(shown.exports.rows[0], shown.translate).startswith("receipted ")
        assert shown.view.count.text() == "0 items without a receipt"

        refuse(office, next(one.item for one in items(office) if one.words == "answer:M1"), reason="page 2 is missing")
        mine.receipt(office, mine.export("2.zip"))
        write(mine.window, "j")
        press(mine.window, Qt.Key.Key_Return)
        assert page(mine.window, DiagnosisPage).current == "M1"
        write(mine.window, "1")
        shown = mine.delivery()
        assert not shown.todo.things
        assert shown.view.count.text() == "1 item without a receipt"
        shown.view.options.only_new.setChecked(True)
        mine.receipt(office, mine.export("3.zip"))
        assert shown.view.count.text() == "0 items without a receipt"
