"""What the roles of the firm say of an answer: a line of chips, and below it, when opened, where it is recorded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.review import Role, Views
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.opinions import RoleRow, choices, position_text, pressed, role_rows
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.chip_strip import ChipStrip
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.icon_words import IconWords
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.segmented import Segment


class RoleLine(QWidget):
    """The line and its editor for one question or scenario; `stacked` puts the ruling on a line of its own.

    Signals:
        said(role id, answer), ruled(reason).
    """

    said = Signal(str, object)
    ruled = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, roles: tuple[Role, ...], *, stacked: bool = False) -> None:
        super().__init__()
        self._theme, self._translate, self._roles, self.target = theme, translate, roles, ""
        self._is_stacked = stacked
        self._case: CaseView | None = None
        self.chips = ChipStrip(theme)
        self._differ = IconWords("triangle-alert", translate("they differ"), theme, "warning")
        self.ruling = ElidedLabel("", theme, "dense")
        self.opener = Button("", theme, "text", icon="user", key="R", small=True)
        self.opener.clicked.connect(self.toggle)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label(translate("Asked"), theme, "dense", colour="text_2"))
        row.addWidget(self.chips)
        row.addWidget(self._differ)
        row.addWidget(QWidget() if stacked else self.ruling, 1)
        row.addWidget(self.opener)
        self.editor = RoleEditor(theme, translate, is_narrow=stacked)
        self.editor.pressed.connect(self._press)
        self.editor.ruled.connect(self.ruled)
        self.editor.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        if stacked:
            column.addWidget(self.ruling)
        column.addWidget(self.editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_answer(self, case: CaseView, target: str) -> None:
        """Show who says what of the answer to `target`, whether they differ, and the ruling."""
        self._case, self.target = case, target
        views = case.review.views_of(self.target)
        rows = role_rows(self._roles, views, self._translate.language)
        asked = [row for row in rows if row.position]
        spoken = ", ".join(f"{row.name}: {position_text(row.position)}" for row in asked)
        self.chips.show_texts(tuple(f"{row.short} {position_text(row.position)}" for row in asked), spoken)
        self.chips.setVisible(bool(asked))
        self._differ.setVisible(views is not None and views.differ)
        words = self._ruling_words(views)
        self.ruling.set_text(words)
        self.ruling.setVisible(bool(words) or not self._is_stacked)
        is_open = self.editor.isVisibleTo(self)
        self.opener.set_content(self._translate("Close") if is_open else self._translate("Roles"), icon="user", key="R")
        if is_open:
            self.editor.show_rows(rows, choices(case.pack, self.target), views)

    def toggle(self) -> None:
        """Open the editor, or close it."""
        is_open = not self.editor.isVisibleTo(self)
        self.editor.setVisible(is_open)
        if self._case is not None:
            self.show_answer(self._case, self.target)
        if is_open:
            self.editor.focus_first()
        else:
            self.opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ruling_words(self, views: Views | None) -> str:
        if views is None:
            return self._translate("Nobody asked yet")
        if not views.differ:
            return ""
        if views.ruling is None or views.is_open:
            return (
                self._translate("No ruling yet") if views.ruling is None else self._translate("The ruling has lapsed")
            )
        answer = position_text(views.agreed)
        return self._translate("Consultant: {answer}. {reason}", answer=answer, reason=views.ruling.reason)

    def _press(self, role_id: str, key: str) -> None:
        if self._case is not None:
            views = self._case.review.views_of(self.target)
            rows = role_rows(self._roles, views, self._translate.language)
            position = next(row.position for row in rows if row.role_id == role_id)
            self.said.emit(role_id, pressed(self._case, self.target, position, key))


class RoleEditor(Card):
    """Each role with the answers to press, and where they differ the field for the ruling."""

    pressed = Signal(str, str)
    ruled = Signal(str)

    def __init__(self, theme: Theme, translate: Translator, *, is_narrow: bool) -> None:
        super().__init__(theme, padding=10)
        self._theme, self._translate, self._is_narrow = theme, translate, is_narrow
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._segments: dict[tuple[str, str], Segment] = {}
        self._shape: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.reason = LineField(theme, translate("Reason of the ruling"))
        self.reason.setPlaceholderText(translate("Why the agreed answer stands, or after changing it, why that one"))
        self.reason.returnPressed.connect(self._rule)
        self.rule_button = Button(translate("Rule on it"), theme, "secondary", icon="check", small=True)
        self.rule_button.clicked.connect(self._rule)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 4, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.rule_button)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._foot)

    def show_rows(self, rows: tuple[RoleRow, ...], keys: tuple[str, ...], views: Views | None) -> None:
        """Show what each role answers of `keys`; the reason is asked for where they differ."""
        shape = (tuple(row.role_id for row in rows), keys)
        if shape != self._shape:
            self._shape = shape
            self._make(rows, keys)
        for row in rows:
            for key in keys:
                self._segments[row.role_id, key].setChecked(key in row.position)
        self._foot.setVisible(views is not None and views.differ)
        if not self.reason.is_typed_in:
            holds = views is not None and views.ruling is not None and views.ruling.holds
            self.reason.load(views.ruling.reason if views is not None and views.ruling is not None and holds else "")

    def focus_first(self) -> None:
        """Put the focus on the first role's first answer."""
        for segment in self._segments.values():
            segment.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _make(self, rows: tuple[RoleRow, ...], keys: tuple[str, ...]) -> None:
        clear_layout(self._rows)
        self._segments.clear()
        names = {row.role_id: row.short if self._is_narrow else row.name for row in rows}
        width = max(self._theme.metrics("dense").horizontalAdvance(name) for name in names.values()) + 8
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(4)
            name = label(names[row.role_id], self._theme, "dense", colour="text_2")
            name.setFixedWidth(width)
            line.addWidget(name)
            for key in keys:
                segment = Segment(key, self._theme, None)
                segment.setAccessibleName(f"{row.name}: {key}")
                segment.clicked.connect(self._presser(row.role_id, key))
                self._segments[row.role_id, key] = segment
                line.addWidget(segment)
            line.addStretch(1)
            self._rows.addLayout(line)

    def _presser(self, role_id: str, key: str) -> Callable[[], None]:
        def press() -> None:
            self.pressed.emit(role_id, key)

        return press

    def _rule(self) -> None:
        self.ruled.emit(self.reason.text())
