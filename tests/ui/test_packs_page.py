"""The packs page says which report templates are here, beside methods and practice packs, and what each says itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from diag_app.clock import SystemClock
from diag_app.operations.pack import install_pack
from diag_app.operations.workspace import open_workspace
from diag_app.ui.main_window import MainWindow
from diag_app.ui.pages.packs import PacksPage
from diag_app.ui.pages.page import Target
from tests.forms.test_report_pack import SVG, city_files
from tests.ui.conftest import WindowMaker, settle


def words_of(window: MainWindow) -> list[str]:
    window.navigate(Target(page="packs"))
    settle(window)
    page = window.frame.page
    assert isinstance(page, PacksPage)
    return [item.text() for item in page.findChildren(QLabel) if item.isVisibleTo(page)]


def test_a_template_is_listed_with_its_reports_its_own_sections_and_its_look(
    make_window: WindowMaker, tmp_path: Path
) -> None:
    with open_workspace(tmp_path / "workspace", clock=SystemClock()):
        pass
    window = make_window(tmp_path / "workspace")
    shipped = words_of(window)
    house = "Digital transformation proposal, Digital diagnosis report, Owner's summary, Visit record, Evidence annex"
    assert house in shipped
    assert not {"Own sections", "Changes", "Look"} & set(shipped), "the house's template has nothing to change"
    folder = tmp_path / "city"
    folder.mkdir()
    for name, data in (city_files() | {"logo.svg": SVG.encode()}).items():
        (folder / name).write_bytes(data)
    city = install_pack(window.session.workspace, folder)
    listed = words_of(window)
    assert {"Diagnosis", "What the city asks", "#1F3A93", city.digest} <= {
        part for text in listed for part in text.split(" · ")
    }
    assert any(text.endswith("with a logo") for text in listed)
    assert any(text.endswith("section changed") for text in listed)
    assert house in listed
