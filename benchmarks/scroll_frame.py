"""One frame of scrolling the list of 100,000 firms by three rows, beside a bare table of as many rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from benchmarks.many_firms import make_firms
from benchmarks.measurement import Measurement, alternate
from benchmarks.window import settle, shown_page, shown_window, until_painted_ms
from diag_app.ui.pages.firms import FirmsPage

LIMIT_MS = 8.0
FIRMS, STEP, ROUNDS = 100_000, 126, 120


def measure() -> Measurement:
    """Return the median frame while scrolling down through pages that are read as they come into sight."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        make_firms(folder, FIRMS).close()
        with shown_window(folder) as window:
            page = shown_page(window, FirmsPage)
            bare = QTableView()
            bare.setModel(PlainRows())
            bare.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
            bare.resize(page.table.size())
            bare.show()
            settle()
            ours_ms, reference_ms = alternate(lambda: frame(page.table), lambda: frame(bare), rounds=ROUNDS)
            bare.close()
    return Measurement(
        name="one frame of scrolling 100,000 firms",
        ours_ms=ours_ms,
        reference_ms=None,
        limit=LIMIT_MS,
        note=f"a bare QTableView of as many rows: {reference_ms:.2f} ms",
    )


def frame(table: QTableView) -> float:
    """Return how long scrolling by a few rows takes to the end of the repaint."""
    bar = table.verticalScrollBar()
    return until_painted_ms(lambda: bar.setValue(bar.value() + STEP))


class PlainRows(QAbstractTableModel):
    """Eight columns of plain words."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return as many rows as there are firms."""
        return 0 if parent.isValid() else FIRMS

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return as many columns as the firms have."""
        return 0 if parent.isValid() else 8

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words."""
        return f"Firm {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None
