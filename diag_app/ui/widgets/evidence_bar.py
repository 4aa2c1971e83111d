"""The tools over a picture: back and forth, larger and smaller, turn, mark, black out; and what to do with marks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from diag_app.i18n import Translator
from diag_app.ui.models.drafts import TOOLS, Drafts, Tool
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.tool_button import ToolButton

_ICONS: dict[Tool, tuple[str, str]] = {  # icon and key
    "arrow": ("move-up-right", "A"),
    "box": ("square", "B"),
    "text": ("type", "T"),
    "pen": ("pen-line", "P"),
    "number": ("circle-dot", "N"),
    "redact": ("eye-off", "X"),
}


class EvidenceBar(Panel):
    """Signals: stepped(±1), zoomed(±1; 0: fit), turned(±1), tool_chosen(name), applied(), dropped(), written(text)."""

    stepped = Signal(int)
    zoomed = Signal(int)
    turned = Signal(int)
    tool_chosen = Signal(str)
    applied = Signal()
    dropped = Signal()
    written = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="bottom", parent=parent)
        self._theme, self._translate = theme, translate
        self.place: QLabel = label("", theme, "dense", colour="text_2")
        self.tools: dict[Tool, ToolButton] = {}
        self._picture_buttons: list[ToolButton] = []
        self._resting: list[QWidget] = []  # what gives its room to the marks while there are some
        self.words = LineField(theme, translate("Words of the mark"), placeholder=translate("Words of the mark"))
        self.words.textEdited.connect(self.written)
        self.words.setMaximumWidth(180)
        self.apply = Button("", theme, "primary", key="Ctrl+Enter")
        self.apply.clicked.connect(self.applied)
        self.drop = Button(translate("Drop"), theme, key="Esc")
        self.drop.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 4)
        row.setSpacing(2)
        self._add_looking(row)
        self._add_tools(row)
        row.addStretch(1)
        for widget in (self.words, self.drop, self.apply):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addSpacing(4)
            widget.hide()

    def show_place(self, number: int, total: int, *, is_picture: bool, is_editable: bool) -> None:
        """Show which of how many is seen, and offer what can be done with it."""
        self.place.setText(f"{number} / {total}")
        for button in self._picture_buttons:
            button.setEnabled(is_picture)
        for button in (*self.tools.values(), *self._turns):
            button.setEnabled(is_editable)

    def show_tool(self, tool: Tool | None, drafts: Drafts) -> None:
        """Show the tool in use, and what to do with the marks there are."""
        for name, button in self.tools.items():
            button.setChecked(name == tool)
        chosen = drafts.chosen
        self.words.setVisible(chosen is not None and chosen.tool == "text")
        if chosen is not None and chosen.tool == "text":
            self.words.load(chosen.text)
        hides = any(draft.tool == "redact" for draft in drafts.items)
        self.apply.set_content(self._translate("Black out") if hides else self._translate("Apply"), key="Ctrl+Enter")
        for widget in self._resting:
            widget.setVisible(not drafts.items)
        self.apply.setVisible(bool(drafts.items))
        self.drop.setVisible(bool(drafts.items))

    def _add_looking(self, row: QHBoxLayout) -> None:
        translate = self._translate
        before = self._button("chevron-left", translate("Previous item"), "K", self.stepped, -1)
        after = self._button("chevron-right", translate("Next item"), "J", self.stepped, 1)
        self._resting += [before, self.place, after, self._gap()]
        for widget in self._resting:
            row.addWidget(widget)
        for icon, name, key, way in (
            ("maximize", translate("Fit"), "0", 0),
            ("zoom-out", translate("Smaller"), "-", -1),
            ("zoom-in", translate("Larger"), "+", 1),
        ):
            button = self._button(icon, name, key, self.zoomed, way)
            self._picture_buttons.append(button)
            row.addWidget(button)
        row.addWidget(self._gap())
        self._turns = (
            self._button("rotate-ccw", translate("Turn left"), "Q", self.turned, -1),
            self._button("rotate-cw", translate("Turn right"), "R", self.turned, 1),
        )
        turning = (*self._turns, self._gap())
        self._resting += turning
        for widget in turning:
            row.addWidget(widget)

    def _add_tools(self, row: QHBoxLayout) -> None:
        translate = self._translate
        names: dict[Tool, str] = {
            "arrow": translate("Arrow"),
            "box": translate("Box"),
            "text": translate("Text"),
            "pen": translate("Pen"),
            "number": translate("Numbered mark"),
            "redact": translate("Black out"),
        }
        for tool in TOOLS:
            icon, key = _ICONS[tool]
            button = ToolButton(icon, names[tool], self._theme, key=key, is_tool=True)
            button.clicked.connect(lambda checked, tool=tool: self.tool_chosen.emit(tool if checked else ""))
            self.tools[tool] = button
            row.addWidget(button)

    def _button(self, icon: str, name: str, key: str, signal: SignalInstance, way: int) -> ToolButton:
        button = ToolButton(icon, name, self._theme, key=key)
        button.clicked.connect(lambda: signal.emit(way))
        return button

    def _gap(self) -> QWidget:
        gap = Rule(self._theme)
        gap.setFixedSize(1, 28)
        return gap
