"""The proposal page: a click on the paper opens where it is recorded; printing, signing, warnings, what changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from diag_app.operations.assessment import record_answer, record_note, start_assessment
from diag_app.operations.proposal import find_proposals, verify_proposal
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.proposal import ProposalPage
from diag_app.ui.printing import Printing, a4_printer
from tests.crypto.certificates import HOLDER, PASSPHRASE, p12
from tests.ui.case.conftest import PageOpener, shown

WAIT = 60_000


def drawn(window: MainWindow, qtbot: QtBot) -> ProposalPage:
    """The page once its pages are drawn."""
    page = shown(window, ProposalPage)
    qtbot.waitUntil(lambda: page.job is None and page.language in page.rendered, timeout=WAIT)
    return page


def click_on(page: ProposalPage, origin: str) -> None:
    """Click where something recorded stands on the paper."""
    place = page.view.stack.page_map.place_of(origin)
    assert place is not None, origin
    scale, gap = page.view.stack.scale, 14
    x, y = (place.left + place.right) / 2 * scale, (place.top + place.bottom) / 2 * scale
    point = QPoint(round(x) + gap, round(y) + gap + page.view.stack.top_of(place.page))
    page.view.verticalScrollBar().setValue(point.y() - 100)
    QTest.mouseMove(page.view.stack, point)
    QTest.mouseClick(page.view.stack, Qt.MouseButton.LeftButton, pos=point)


def test_a_click_on_the_paper_opens_where_it_is_recorded(open_page: PageOpener, qtbot: QtBot) -> None:
    window = open_page("proposal")
    page = drawn(window, qtbot)
    origins = {place.origin.partition(":")[0]: place.origin for place in page.view.stack.page_map.places}
    wanted = {"question": "diagnosis", "scenario": "board", "need": "needs", "evidence": "evidence", "measure": "path"}
    assert origins.keys() >= wanted.keys()
    for kind, name in wanted.items():
        window.navigate(page.target)
        page = drawn(window, qtbot)
        click_on(page, origins[kind])
        assert window.target.page == name, kind
        assert window.target.item == origins[kind].partition(":")[2]


def test_the_pages_are_printed_as_they_are(open_page: PageOpener, qtbot: QtBot, tmp_path: Path) -> None:
    page = drawn(open_page("proposal"), qtbot)
    target = tmp_path / "printed.pdf"

    def to_file(count: int) -> QPrinter:
        printer = a4_printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(72)
        printer.setFromTo(2, 3)
        return printer

    page.desk.choose_printer = to_file
    page.print_draft()
    qtbot.waitUntil(lambda: page.desk.findChild(Printing) is None, timeout=WAIT)
    assert "2 of 2" in page.notice.text
    printed, own = pypdfium2.PdfDocument(target.read_bytes()), pypdfium2.PdfDocument(page.rendered["en"].pdf)
    assert len(printed) == 2
    there, here = (file[index].render(scale=1).to_pil().convert("L") for file, index in ((printed, 0), (own, 1)))
    darkness = [sum(255 - value for value in picture.resize((60, 85)).tobytes()) for picture in (there, here)]
    assert darkness[0] == pytest.approx(darkness[1], rel=0.1)


def test_a_warning_is_one_click_and_an_issue_is_signed_and_compared(
    open_page: PageOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_page("proposal")
    assert window.target.assessment_id is not None
    window.session.do(record_note, window.target.assessment_id, "B2", "好😀")
    page = drawn(window, qtbot)
    asked: list[Path] = []

    def folder() -> Path:
        asked.append(tmp_path)
        return tmp_path

    page.choose_folder = folder
    page.issue()
    assert ("printed as" in page.notice.text, asked) == (True, []), "what is drawn tells its warnings first"
    page.notice.show_notice("info", "Page 1 of 9 is with the printer.")
    page.issue()
    assert ("printed as" in page.notice.text, asked) == (True, []), "an agreement ends with its question"
    assert find_proposals(window.session.workspace, window.target.assessment_id) == ()
    QTest.mouseClick(page.notice._buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.pdf"))) == 1 and "Issued" in page.notice.text, timeout=WAIT)
    (issued,) = find_proposals(window.session.workspace, window.target.assessment_id)

    certificate, signed = tmp_path / "firm.p12", tmp_path / "signed.pdf"
    certificate.write_bytes(p12(days=365 * 20))
    page.desk.choose_output = lambda _suggested: signed
    form = page.desk.signing
    form.choose_certificate = lambda: certificate
    page.issued.sign_asked.emit(issued)
    QTest.mouseClick(form.chooser, Qt.MouseButton.LeftButton)
    QTest.keyClicks(form.passphrase, "wrong")
    QTest.keyClick(form.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "passphrase" in page.notice.text, timeout=WAIT)
    assert (form.isVisible(), form.passphrase.text(), signed.exists()) == (True, "", False)
    QTest.keyClicks(form.passphrase, PASSPHRASE)
    QTest.keyClick(form.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: HOLDER in page.notice.text, timeout=WAIT)
    assert not form.isVisible()
    found, problems = verify_proposal(window.session.workspace, signed)
    assert (found is not None, problems) == (True, ())

    window.session.do(record_answer, window.target.assessment_id, "B1", ("B",))
    page.issued.changes_asked.emit(issued)
    qtbot.waitUntil(lambda: page.middle.currentWidget() is page.desk.changes, timeout=WAIT)
    assert "answers" in {change.kind for change in page.desk.changes.model.rows}
    page.desk.changes.back.click()
    assert page.middle.currentWidget() is page.view
    drawn(window, qtbot)

    page.issued.sign_asked.emit(issued)
    page.issued.changes_asked.emit(issued)
    other = start_assessment(window.session.workspace, window.target.enterprise_id or "")
    window.navigate(replace(window.target, assessment_id=other))
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy, timeout=WAIT)
    assert page.middle.currentWidget() is not page.desk.changes
    assert form.isHidden()


def test_warnings_that_come_up_while_issuing_are_asked_about_once(
    open_page: PageOpener, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_page("proposal")
    key = window.target.assessment_id or ""
    window.session.do(record_note, key, "B2", "好😀")
    page = shown(window, ProposalPage)
    page.choose_folder = lambda: tmp_path
    page.issue()
    qtbot.waitUntil(lambda: "printed as" in page.notice.text, timeout=WAIT)
    other = start_assessment(window.session.workspace, window.target.enterprise_id or "")
    window.session.do(record_note, other, "B2", "好😀")
    window.navigate(replace(window.target, assessment_id=other))
    assert page.notice.isHidden()
    page.issue()
    window.navigate(replace(window.target, assessment_id=key))
    qtbot.waitUntil(lambda: not page.context.jobs.is_busy, timeout=WAIT)
    assert page.notice.text == "", "the other case's warnings are none of this one's"
    assert window.frame.notice.text != ""
    assert list(tmp_path.glob("*.pdf")) == []
