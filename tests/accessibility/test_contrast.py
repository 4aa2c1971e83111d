"""Contrast as it is on the screen: words against the ground that is really painted under them, on every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QLabel, QListView, QWidget

from diag_app.i18n.translator import Language
from diag_app.settings import Appearance
from diag_app.ui.main_window import MainWindow
from diag_app.ui.theme import contrast
from diag_app.ui.widgets.add_tile import AddTile
from diag_app.ui.widgets.labels import ElidedLabel
from tests.accessibility.walk import visible, walk
from tests.ui.conftest import SETTINGS, WindowMaker

Pixels = NDArray[np.uint32]
NEEDED = 4.5
ZOOM = 3  # strokes are then wide enough to show their full colour
SHARE = 0.0015  # of the pixels: less is the soft edge of a letter
STROKE = 24  # pixels that the core of one sign has at least, a dash too


@pytest.mark.parametrize(
    ("language", "theme"),
    [
        ("zh", "light"),
        ("en", "dark"),
        pytest.param("zh", "dark", marks=pytest.mark.heavy),
        pytest.param("en", "light", marks=pytest.mark.heavy),
    ],
)
def test_every_text_stands_out_from_its_ground(
    make_window: WindowMaker, demo_workspace: Path, theme: Appearance, language: Language
) -> None:
    window = make_window(demo_workspace, replace(SETTINGS, theme=theme, language=language))
    pale = []
    for name, _ in walk(window):
        picture = painted(window)
        for words, place in texts(window):
            found = measured(picture, place, len(words.strip()))
            if found < NEEDED:
                pale.append(f"{name}: {words[:40]!r} {found:.2f}")
    assert "\n".join(pale) == ""


def texts(window: MainWindow) -> Iterator[tuple[str, QRect]]:
    """Give the words of labels, buttons and cells that can be read, with the place they can be seen at."""
    for widget in visible(window):
        if not widget.isEnabled() or isinstance(widget, AddTile) or is_partly_hidden(widget):
            continue  # an adding tile without room shows its plus alone
        if isinstance(widget, QLabel | QAbstractButton) and widget.text().strip():
            yield widget.text(), on_window(widget, widget.visibleRegion().boundingRect(), window)
        elif isinstance(widget, ElidedLabel) and widget.text.strip():
            yield widget.text, on_window(widget, widget.visibleRegion().boundingRect(), window)
        elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            yield from cells(widget, window)


def is_partly_hidden(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().height() < widget.height() and not isinstance(
        widget, QAbstractItemView
    )


def cells(view: QAbstractItemView, window: MainWindow) -> Iterator[tuple[str, QRect]]:
    model, shown = view.model(), view.viewport().visibleRegion().boundingRect()
    for row in range(model.rowCount()):
        for column in range(columns_of(view)):
            index = model.index(row, column)
            place = view.visualRect(index) & shown
            words = str(index.data() or "")
            if words.strip() and place.width() > 8 and place.height() == view.visualRect(index).height():
                yield words, on_window(view.viewport(), place, window)


def on_window(widget: QWidget, place: QRect, window: MainWindow) -> QRect:
    return QRect(widget.mapTo(window, place.topLeft()), place.size())


def painted(window: MainWindow) -> Pixels:
    """Return the window as it looks, three times as large."""
    image = QImage(window.size() * ZOOM, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ZOOM)
    image.fill(Qt.GlobalColor.magenta)
    window.render(image)
    data = np.frombuffer(image.constBits(), dtype=np.uint32).copy()  # the image goes, the pixels stay
    return data.reshape(image.height(), image.bytesPerLine() // 4)


def measured(picture: Pixels, place: QRect, signs: int) -> float:
    """Return the contrast of the commonest colour, the ground, with the one of `signs` signs that stands out most."""
    left, top = place.left() * ZOOM, place.top() * ZOOM
    part = picture[top : top + place.height() * ZOOM, left : left + place.width() * ZOOM]
    colours, counts = np.unique(part & 0xFFFFFF, return_counts=True)
    ground = QColor(int(colours[counts.argmax()]))
    common = colours[counts >= max(6, min(part.size * SHARE, signs * STROKE))]
    return max((contrast(QColor(int(colour)), ground) for colour in common), default=21.0)


def test_a_pale_text_is_found(make_window: WindowMaker, demo_workspace: Path) -> None:
    """The measure sees what it is for: a grey on white that is too pale."""
    window = make_window(demo_workspace)
    label = QLabel("Too pale to read", window.frame)
    label.setStyleSheet("color: #999999; background: #ffffff")
    label.setGeometry(300, 300, 160, 24)
    label.show()
    found = measured(painted(window), QRect(300, 300, 160, 24), len(label.text()))
    assert found == pytest.approx(contrast(QColor("#999999"), QColor("#ffffff")), abs=0.05)
    assert found < NEEDED


def columns_of(view: QAbstractItemView) -> int:
    """Return how many columns a view shows: a list has one."""
    return 1 if isinstance(view, QListView) else view.model().columnCount(view.rootIndex())
