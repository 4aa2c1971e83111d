"""A cell or a line that a screen reader presses does what a click there does: Qt only selects it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView

from diag_app.ui.pages.board import BoardPage
from diag_app.ui.pages.diagnosis import DiagnosisPage
from diag_app.ui.pages.needs import NeedsPage
from diag_app.ui.widgets.cell_table import CellField
from diag_app.ui.widgets.pressing import Pressing
from tests.accessibility.walk import calm, show, tab_stops, walk
from tests.ui.conftest import WindowMaker


def press(view: QAbstractItemView, index: QModelIndex) -> None:
    """Do what `QAccessibleTableCell` does for its one action."""
    if view.selectionModel().isSelected(index) and len(view.selectedIndexes()) <= 1:
        return  # of one selected cell it does nothing
    view.clearSelection()
    view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    calm()


@pytest.mark.parametrize("level", [0, 3])
def test_a_pressed_cell_of_the_board_is_stored(make_window: WindowMaker, demo_workspace: Path, level: int) -> None:
    page = show(make_window(demo_workspace), "board", "quality")
    assert isinstance(page, BoardPage)
    table, model = page.board.table, page.board.model
    press(table, model.index_of("quality", level))
    assert page.case is not None
    assert (page.scenario_id, page.case.scenario_level("quality")) == ("quality", level)
    press(table, model.index_of("quality", level))
    page.undo()
    calm()
    press(table, model.index_of("quality", level))  # under the cursor, too
    assert page.case.scenario_level("quality") == level


def test_a_pressed_line_is_gone_to(make_window: WindowMaker, demo_workspace: Path) -> None:
    window = make_window(demo_workspace)
    page = show(window, "diagnosis", "B3")
    assert isinstance(page, DiagnosisPage)
    press(page.sections.view, page.sections.model.index_of("M1", ("indicator",)))
    assert page.current == "M1"
    press(page.sections.view, page.sections.model.index_of("board"))
    assert window.target.page == "board"


def test_a_pressed_metric_is_written(make_window: WindowMaker, demo_workspace: Path) -> None:
    page = show(make_window(demo_workspace), "needs")
    assert isinstance(page, NeedsPage)
    table = page.editor.baseline.table
    press(table, table.currentIndex())
    (editor,) = table.findChildren(CellField)
    editor.setText("7.5")
    page.list.view.setFocus()
    calm()
    assert page.case is not None
    assert "7.5" in [str(metric.value) for need in page.case.needs for metric in need.metrics]


def test_every_list_and_table_hears_a_screen_reader(make_window: WindowMaker, demo_workspace: Path) -> None:
    deaf = {
        f"{name}: {type(view).__name__}"
        for window in [make_window(demo_workspace)]
        for name, _ in walk(window)
        for view in tab_stops(window)
        if isinstance(view, QAbstractItemView) and not isinstance(view, Pressing)
    }
    assert deaf == set()
