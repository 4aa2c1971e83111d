"""One row of the settings: icon, name, content, and at most one link at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from diag_app.ui.icons import icon as themed_icon
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.labels import label

NAME_WIDTH = 128


def setting_row(
    icon: str, name: str, content: QWidget, theme: Theme, *links: QWidget, is_tall: bool = False
) -> QWidget:
    """Return the row; `content` takes the room between the name and the links. Tall content has its name at the top."""
    side = Qt.AlignmentFlag.AlignTop if is_tall else Qt.AlignmentFlag.AlignVCenter
    picture = QLabel()
    picture.setPixmap(themed_icon(icon, theme, 20).pixmap(20, 20))
    title = label(name, theme, "dense", bold=True)
    title.setFixedWidth(NAME_WIDTH)
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 6, 0, 6)
    box.setSpacing(10)
    box.addWidget(picture, 0, side)
    box.addWidget(title, 0, side)
    policy = content.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    content.setSizePolicy(policy)
    box.addWidget(content, 1)
    for link in links:
        box.addWidget(link, 0, side)
    return row
