"""One option of a question as a wide row: a key circle, the text, a tag, the points. The whole row is the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from diag_app.ui.icons import paint_icon
from diag_app.ui.paint import ChipStyle, chip_width, paint_chip, paint_frame, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.compact import compact_size
from diag_app.ui.widgets.toggling import Toggling

Tag = Literal["derived", "by_hand", "tried"]
CIRCLE = 22
_PAD, _PAD_OF_MANY = 14, 9
_LETTER = 22
_TAGS: dict[Tag, tuple[str, ChipStyle]] = {
    "derived": ("calculator", "accent_line"),
    "by_hand": ("hand", "warning"),
    "tried": ("flask-conical", "dashed"),
}
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, kw_only=True)
class OptionContent:
    """What a row shows. `mark` is the keyboard key printed in the circle, `key` the option's letter in the pack."""

    key: str
    mark: str
    text: str
    points: str
    tag: Tag | None = None
    tag_text: str = ""
    is_first: bool = False
    is_last: bool = False
    is_one_of_many: bool = False  # in two columns: lower, and with less room around

    @property
    def pad(self) -> int:
        """Return the room at both ends."""
        return _PAD_OF_MANY if self.is_one_of_many else _PAD


class _Row(Toggling):
    """What both kinds of row are, beside the button of Qt that tells a screen reader which."""

    def __init__(self, content: OptionContent, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 6.0
        self.content = content
        self.theme = theme
        self.watch_toggles()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)  # as high as its neighbour
        self.show_content(content)

    def show_content(self, content: OptionContent) -> None:
        """Show other points or another tag."""
        self.content = content
        self.setAccessibleName(f"{content.key} {content.text}")
        self.setAccessibleDescription(" ".join(part for part in (content.tag_text, content.points) if part))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        paint_option(self, self.content, self.theme)

    def sizeHint(self) -> QSize:
        """Return the least width and the height that the text needs there."""
        return option_size(self, self.content, self.theme)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a row is never lower than its text."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Return true for the whole row."""
        return self.rect().contains(pos)


class RadioRow(_Row, QRadioButton):
    """An option of which one is chosen."""


class CheckRow(_Row, QCheckBox):
    """An option of which several may be chosen."""

    hears_off = True


OptionRow = RadioRow | CheckRow


def option_size(row: QAbstractButton, content: OptionContent, theme: Theme) -> QSize:
    """Return the size a row asks for: one line in the token's height, more where the text wraps at its width."""
    height = theme.row(compact_size(row, theme, "option_row_many" if content.is_one_of_many else "option_row"))
    width = max(row.width(), 240)
    box = QRect(0, 0, max(80, int(_text_rect(QRectF(0, 0, width, height), content, theme).width())), 400)
    needed = theme.metrics("body", bold=True).boundingRect(box, _WRAP, content.text).height()  # as when it is chosen
    return QSize(240, max(height, needed + 6))


def paint_option(row: QAbstractButton, content: OptionContent, theme: Theme) -> None:
    """Paint `row`: its part of the list's box, the circle, text, tag and points."""
    painter = QPainter(row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(row.rect())
    _paint_ground(painter, whole, row, content, theme)
    circle = QRectF(whole.left() + content.pad, whole.center().y() - CIRCLE / 2, CIRCLE, CIRCLE)
    _paint_circle(painter, circle, row, content, theme)
    text = _text_rect(QRectF(row.rect()), content, theme)
    letter = QRectF(text.left() - _LETTER, text.top(), _LETTER, text.height())
    colour = "accent" if row.isChecked() else "text_3" if row.isEnabled() else "text_disabled"
    paint_text(painter, letter, content.key, theme, font="body", bold=row.isChecked(), colour=colour)
    painter.setFont(theme.font("body", bold=row.isChecked()))
    painter.setPen(theme.colour("text" if row.isEnabled() else "text_disabled"))
    painter.drawText(text, _WRAP, content.text)
    if content.tag is not None:
        shown = theme.metrics("body", bold=row.isChecked()).boundingRect(text.toRect(), _WRAP, content.text)
        width = _tag_width(content, theme)
        chip = QRectF(shown.right() + 12, whole.center().y() - 11, width, 22)
        icon, style = _TAGS[content.tag]
        paint_chip(painter, chip, content.tag_text, theme, style=style, icon=icon)
    width = _points_width(content, theme)
    points = QRectF(whole.right() - content.pad - width, whole.top(), width, whole.height())
    colour = "text_2" if row.isEnabled() else "text_disabled"
    paint_text(painter, points, content.points, theme, colour=colour, align=Qt.AlignmentFlag.AlignRight)
    painter.end()


def _paint_ground(painter: QPainter, rect: QRectF, row: QAbstractButton, content: OptionContent, theme: Theme) -> None:
    fill = "accent_soft" if row.isChecked() else "hover" if row.underMouse() else "surface"
    if row.isDown():
        fill = "border"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush(fill if row.isEnabled() else "sunken"))
    painter.save()
    painter.setClipRect(rect)
    box = rect.adjusted(0.5, 0.5 if content.is_first else -8, -0.5, -0.5 if content.is_last else 8)
    painter.setPen(theme.pen("border"))
    painter.drawRoundedRect(box, 6, 6)
    if not content.is_first:
        painter.drawLine(QPointF(rect.left(), rect.top() + 0.5), QPointF(rect.right(), rect.top() + 0.5))
    painter.restore()
    if content.tag == "tried":
        paint_frame(painter, rect.adjusted(2, 2, -2, -2), theme, fill=None, line="accent", dashed=True)


def _paint_circle(painter: QPainter, rect: QRectF, row: QAbstractButton, content: OptionContent, theme: Theme) -> None:
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    is_radio = isinstance(row, QRadioButton)
    painter.setBrush(theme.brush("accent" if row.isChecked() else "surface"))
    painter.setPen(theme.pen("accent" if row.isChecked() else "border_strong"))
    painter.drawRoundedRect(inner, 11 if is_radio else 5, 11 if is_radio else 5)
    if row.isChecked() and not is_radio and not content.mark:
        paint_icon(painter, rect.topLeft() + QPointF(4, 4), "check", theme, 14, "on_accent")
    paint_text(
        painter,
        rect,
        content.mark,
        theme,
        bold=row.isChecked(),
        colour="on_accent" if row.isChecked() else "text_2",
        align=Qt.AlignmentFlag.AlignHCenter,
        elide=Qt.TextElideMode.ElideNone,
    )


def _text_rect(row: QRectF, content: OptionContent, theme: Theme) -> QRectF:
    left = content.pad + CIRCLE + (content.pad - 2) + _LETTER
    right = content.pad + _points_width(content, theme) + 8 + (_tag_width(content, theme) + 16 if content.tag else 0)
    return row.adjusted(left, 0, -right, 0)


def _points_width(content: OptionContent, theme: Theme) -> int:
    return theme.metrics("dense").horizontalAdvance(content.points) + 2


def _tag_width(content: OptionContent, theme: Theme) -> int:
    return chip_width(content.tag_text, theme, icon="hand") + 2
