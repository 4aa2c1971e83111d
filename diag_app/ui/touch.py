"""Whether the person works with a finger now; then everything that is pressed is as high as a finger needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget

from diag_app.ui.theme import Theme

_HEIGHTS = "_heights_without_touch"
_ENDED = frozenset({QEvent.Type.TouchEnd, QEvent.Type.TouchCancel})


class TouchMode(QObject):
    """Emits `changed(is_touch)` after a press of a finger, and after the next press of a key or a mouse button.

    It waits until the press has ended: what is pressed must not move away under the finger or the mouse.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_touch = False

    def watch(self, window: QWindow) -> None:
        """See what `window` is pressed with."""
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See input go by; a mouse press that Qt made of a touch counts as the touch it was."""
        if event.type() in _ENDED:
            self._set(True)
        elif event.type() == QEvent.Type.KeyPress:
            self._set(False)
        elif event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._set(event.source() != Qt.MouseEventSource.MouseEventNotSynthesized)
        return False

    def _set(self, is_touch: bool) -> None:
        if is_touch != self.is_touch:
            self.is_touch = is_touch
            QTimer.singleShot(0, self, self._say)  # the press itself is handled first

    def _say(self) -> None:
        self.changed.emit(self.is_touch)


def fit_targets(root: QWidget, theme: Theme) -> None:
    """Give what is pressed below `root` the height a finger needs, or its own again."""
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for target in root.findChildren(kind):
            _fit(target, theme)
    for view in root.findChildren(QAbstractItemView):
        refit = getattr(view, "fit_rows", None)
        if refit is not None:
            refit()
        view.scheduleDelayedItemsLayout()


def _fit(target: QWidget, theme: Theme) -> None:
    kept = target.property(_HEIGHTS)
    if theme.is_touch and kept is None:
        least, most, width = target.minimumHeight(), target.maximumHeight(), target.minimumWidth()
        target.setProperty(_HEIGHTS, [least, most, width, target.maximumWidth()])
        needed = theme.size("row_touch")
        target.setMaximumHeight(max(most, needed))
        target.setMinimumHeight(max(least, needed))
        target.setMaximumWidth(max(target.maximumWidth(), needed))
        target.setMinimumWidth(max(width, needed))
        target.updateGeometry()
    elif not theme.is_touch and kept is not None:
        least, most, width, widest = kept
        target.setMinimumSize(width, least)
        target.setMaximumSize(widest, most)
        target.setProperty(_HEIGHTS, None)
        target.updateGeometry()
