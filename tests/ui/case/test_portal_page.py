"""The firm file of a city platform in the window: what is missing, typed and marked here, laid out in a folder."""

from __future__ import annotations

import csv
from pathlib import Path

from pytestqt.qtbot import QtBot

from diag_app.operations.evidence import find_evidence
from diag_app.operations.portal import portal_items
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.delivery import DeliveryPage
from diag_app.ui.pages.portal import PortalPage
from tests.ui.case.conftest import PageOpener, press, shown
from tests.ui.conftest import settle

WAIT_MS = 10_000


def said_in(window: MainWindow) -> list[str]:
    said: list[str] = []
    window.session.failed.connect(lambda error: said.append(error.code))
    window.frame.context.jobs.failed.connect(lambda error: said.append(error.code))
    return said


def test_delivery_leads_to_the_items_with_what_is_known_of_each(open_page: PageOpener) -> None:
    window = open_page("delivery")
    assert shown(window, DeliveryPage).view.portal_button.isVisible()
    press(window, "p")
    settle(window)
    page = shown(window, PortalPage)
    rows = portal_items(window.session.workspace, window.target.assessment_id or "")
    assert list(page.rows) == [row.item.code for row in rows]
    told = {code: (row.state.text, row.field.text()) for code, row in page.rows.items()}
    assert told["A1"][0] == "known"
    assert told["A1"][1].endswith("91000000MADEM01268")
    assert (told["A8"], told["A9"], told["C5"]) == (("missing", ""), ("never handed on", ""), ("missing", ""))
    assert [page.rows[code].field.isVisibleTo(page) for code in ("A8", "A9", "C5")] == [True, False, False]
    missing = sum(row.state == "open" for row in rows)
    assert page.counts.text() == f"{len(rows) - missing - 1} of {len(rows)} items are known, {missing} are missing"


def test_what_is_missing_is_typed_and_marked_here_but_no_password(open_page: PageOpener) -> None:
    window = open_page("portal")
    page, refused = shown(window, PortalPage), said_in(window)
    scope, contract = page.rows["A8"], page.rows["C5"]
    scope.field.setFocus()
    press(window, "MES in line 3")
    page.flush()
    assert scope.state.text == "known"
    first, second = find_evidence(window.session.workspace, window.target.assessment_id or "")[:2]
    for item in (first, second):
        contract.files.choice.setCurrentIndex(contract.files.choice.findText(item.name))
        contract.files.choice.activated.emit(contract.files.choice.currentIndex())
    assert contract.files.keys == (first.evidence_id, second.evidence_id)
    contract.files._take_off(first.evidence_id)
    stored = {row.item.code: row for row in portal_items(window.session.workspace, window.target.assessment_id or "")}
    assert stored["A8"].value == "MES in line 3"
    assert [file.evidence_id for file in stored["C5"].files] == [second.evidence_id]
    assert refused == []
    scope.field.setText("password hunter2")
    page.flush()
    assert refused == ["PORTAL_SECRET"]
    window.undo()
    assert contract.files.keys == (first.evidence_id, second.evidence_id)


def test_the_folder_is_laid_out_and_what_is_missing_is_named(
    open_page: PageOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_page("portal")
    page, refused = shown(window, PortalPage), said_in(window)
    asked: list[str] = []

    def folder(suggested: str) -> Path:
        asked.append(suggested)
        return tmp_path / "out"

    page.choose_folder = folder
    press(window, "w")
    qtbot.waitUntil(lambda: page.notice.text.startswith("Laid out in"), timeout=WAIT_MS)
    assert [name.startswith("firm-file-") for name in asked] == [True]
    table = list(csv.DictReader((tmp_path / "out" / "firm-file.csv").read_text(encoding="utf-8-sig").splitlines()))
    missing = [row["item"] for row in table if row["state"] == "open"]
    assert f"Missing: {', '.join(missing)}." in page.notice.text
    assert str(tmp_path / "out") in page.notice.text
    press(window, "w")
    qtbot.waitUntil(lambda: refused == ["FOLDER_NOT_EMPTY"], timeout=WAIT_MS)
