"""One row of the settings: icon, name, content, and at most one link at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label

NAME_WIDTH = 132


def setting_row(icon: str, name: str, content: QWidget, theme: Theme, *links: QWidget) -> QWidget:
    """Return the row; `content` takes the room between the name and the links."""
    picture = QLabel()
    picture.setPixmap(themed_icon(icon, theme, 20).pixmap(20, 20))
    title = label(name, theme, "dense", bold=True)
    title.setFixedWidth(max(NAME_WIDTH - 30, title.sizeHint().width()))
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 6, 0, 6)
    box.setSpacing(10)
    box.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
    content.setSizePolicy(QSizePolicy.Policy.Expanding, content.sizePolicy().verticalPolicy())
    box.addWidget(content, 1)
    for link in links:
        box.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    return row
