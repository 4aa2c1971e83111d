"""Language and appearance, as two rows of joined choices."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.settings import Appearance
from diag_app.ui.pages.page import Context
from diag_app.ui.widgets.segmented import Segmented


class LookRow(QWidget):
    """Changes the settings at once; the window is made anew in the other language or look."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        theme, translate = context.theme, context.translate
        self.language = Segmented((("zh", "中文", None), ("en", "English", None)), theme, translate("Language"))
        self.appearance = Segmented(
            (
                ("light", translate("Light"), "sun"),
                ("dark", translate("Dark"), "moon"),
                ("system", translate("As the system"), None),
            ),
            theme,
            translate("Appearance"),
        )
        self.language.set_value(context.settings().language)
        self.appearance.set_value(context.settings().theme)
        self.language.chosen.connect(self._on_language)
        self.appearance.chosen.connect(self._on_appearance)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.language)
        row.addWidget(self.appearance)
        row.addStretch(1)

    def _on_language(self, key: str) -> None:
        self._context.change_settings(lambda now: replace(now, language="zh" if key == "zh" else "en"))

    def _on_appearance(self, key: str) -> None:
        self._context.change_settings(lambda now: replace(now, theme=cast("Appearance", key)))
