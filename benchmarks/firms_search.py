"""Two characters typed into the search of 100,000 firms, to the end of the repaint, beside a filtered plain model."""

from __future__ import annotations

import itertools
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel
from PySide6.QtWidgets import QListView

from benchmarks.many_firms import NAMES, make_firms
from benchmarks.measurement import Measurement, alternate
from benchmarks.window import resident_mb, settle, shown_page, shown_window, until_painted_ms
from diag_app.ui.pages.firms import FirmsPage

LIMIT_MS, LIMIT_MB = 20.0, 60.0
FIRMS, ROUNDS = 100_000, 24


def measure() -> Measurement:
    """Return the median time of a search for two characters, in names and in their initials."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "workspace"
        make_firms(folder, FIRMS).close()
        with shown_window(folder) as window:
            page = shown_page(window, FirmsPage)
            words = itertools.cycle(NAMES)
            view, bare = filtered_list(
                [f"{name}{number}" for number, name in zip(range(FIRMS), itertools.cycle(NAMES), strict=False)]
            )

            def ours() -> float:
                page.search.setText(next(words))
                taken = until_painted_ms(page.show_found)
                settle()
                return taken

            def reference() -> float:
                return until_painted_ms(lambda: bare.setFilterFixedString(next(words)))

            ours_ms, _ = alternate(ours, lambda: 0.0, rounds=ROUNDS)
            reference_ms, _ = alternate(reference, lambda: 0.0, rounds=3)
            view.close()
    return Measurement(
        name="find two characters in 100,000 firms, repainted",
        ours_ms=ours_ms,
        reference_ms=None,
        limit=LIMIT_MS,
        note=f"QSortFilterProxyModel over a list of names: {reference_ms:.0f} ms",
    )


def filtered_list(names: list[str]) -> tuple[QListView, QSortFilterProxyModel]:
    """Return a plain list with Qt's own filter."""
    view = QListView()
    proxy = QSortFilterProxyModel(view)
    proxy.setSourceModel(QStringListModel(names, view))
    view.setModel(proxy)
    view.setUniformItemSizes(True)
    view.show()
    return view, proxy


def measure_memory() -> Measurement:
    """Return what the list of 100,000 firms costs once it was scrolled through, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        grown = apart.submit(list_costs_mb).result()
    return Measurement(
        name="memory of a list of 100,000 firms",
        ours_ms=max(0.0, grown),
        reference_ms=None,
        limit=LIMIT_MB,
        unit="MB",
        note="beside the same window on one firm",
    )


def list_costs_mb() -> float:
    """Return by how much the process grows from a list of one firm to one of 100,000, seen from end to end."""
    with TemporaryDirectory() as scratch:
        few, many = Path(scratch) / "few", Path(scratch) / "many"
        make_firms(few, 1).close()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            apart.submit(fill, many).result()  # elsewhere, so that what making them costs is not counted
        with shown_window(few) as window:
            before = resident_mb()
            window.open_workspace(many)
            settle()
            page = shown_page(window, FirmsPage)
            bar = page.table.verticalScrollBar()
            for part in range(401):
                until_painted_ms(partial(bar.setValue, bar.maximum() * part // 400))
            settle()
            return resident_mb() - before


def fill(directory: Path) -> None:
    """Make the workspace with all firms."""
    make_firms(directory, FIRMS).close()
