"""The proposal's real pages, one below the other, drawn when they come into view and kept in a small cache."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from diag_app.operations.rendering import PageMap, page_picture
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.scroll import slim_scroll_bars

A4_WIDTH, A4_HEIGHT = 595.276, 841.89  # points; ISO 216 A4
_GAP = 14
_KEPT = 12
_FIRST_SCALE = 1.25


class PageStack(QWidget):
    """All pages in one tall widget; only those in view are drawn. `origin_opened` carries what a click meant."""

    origin_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.pdf = b""
        self.page_count = 0
        self.page_map = PageMap()
        self.scale = _FIRST_SCALE
        self._pictures: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_pdf(self, pdf: bytes, page_count: int, page_map: PageMap) -> None:
        """Show another file."""
        self.pdf, self.page_count, self.page_map = pdf, page_count, page_map
        self._pictures.clear()
        self.fit(self.scale)

    def fit(self, scale: float) -> None:
        """Show the pages at `scale`, 1 being 72 dots an inch."""
        self.scale = scale
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of all pages with their gaps."""
        height = self.page_count * (self.page_size().height() + _GAP) + _GAP
        return QSize(self.page_size().width() + 2 * _GAP, height)

    def page_size(self) -> QSize:
        """Return one page's size on the screen."""
        return QSize(round(A4_WIDTH * self.scale), round(A4_HEIGHT * self.scale))

    def top_of(self, page: int) -> int:
        """Return where page number `page` (from 1) begins."""
        return (page - 1) * (self.page_size().height() + _GAP)

    def page_at(self, y: int) -> int:
        """Return the number of the page at height `y`, from 1."""
        step = self.page_size().height() + _GAP
        return max(1, min(self.page_count, y // step + 1)) if self.page_count else 0

    def origin_at(self, point: QPoint) -> str:
        """Return where what stands at a point is recorded, or an empty text."""
        page = self.page_at(point.y() - _GAP)
        y = point.y() - _GAP - self.top_of(page) if page else 0
        return self.page_map.origin_at(page, (point.x() - _GAP) / self.scale, y / self.scale)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what a click opens."""
        is_open = bool(self.origin_at(event.position().toPoint()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_open else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open where what was clicked is recorded."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open_at(event.position().toPoint())

    def open_at(self, point: QPoint) -> None:
        """Announce the origin of what stands at a point, if it has one."""
        origin = self.origin_at(point)
        if origin:
            self.origin_opened.emit(origin)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that the exposed strip touches."""
        painter = QPainter(self)
        size = self.page_size()
        first, last = self.page_at(event.rect().top() - _GAP), self.page_at(event.rect().bottom())
        for page in range(max(1, first), last + 1):
            box = QRectF(_GAP, self.top_of(page) + _GAP, size.width(), size.height())
            painter.fillRect(box, Qt.GlobalColor.white)
            painter.drawImage(box, self._picture(page))
            painter.setPen(self.theme.pen("border"))
            painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    def _picture(self, page: int) -> QImage:
        dots = self.scale * self.devicePixelRatioF()
        key = (page, dots)
        if key not in self._pictures:
            made = page_picture(self.pdf, page - 1, dots)
            image = QImage(made.rgb, made.width, made.height, made.width * 3, QImage.Format.Format_RGB888)
            self._pictures[key] = image.copy()
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]


class PdfView(QScrollArea):
    """The pages in a scroll area. `page_changed` carries the number of the page at the top, from 1."""

    page_changed = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = PageStack(theme)
        self.page = 0
        self.ring_radius = 2.0
        self.setWidget(self.stack)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        slim_scroll_bars(self, theme)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour("sunken"))
        self.setPalette(palette)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._note_page)

    @property
    def page_count(self) -> int:
        """Return how many pages the file has."""
        return self.stack.page_count

    def show_pdf(self, pdf: bytes, page_count: int, page_map: PageMap) -> None:
        """Show another file at the same place, or at its last page when it is shorter."""
        place = self.verticalScrollBar().value()
        self.stack.show_pdf(pdf, page_count, page_map)
        self.page = 0
        self.verticalScrollBar().setValue(min(place, self.stack.top_of(max(1, page_count))))
        self._note_page()

    def open_middle(self) -> None:
        """Open where what stands in the middle of the view is recorded."""
        seen = self.viewport().rect().center()
        self.stack.open_at(self.stack.mapFrom(self.viewport(), seen))

    def go_to(self, page: int) -> None:
        """Scroll to the top of page `page`, from 1."""
        if 1 <= page <= self.page_count:
            self.verticalScrollBar().setValue(self.stack.top_of(page))
            self._note_page()

    def zoom(self, factor: float) -> None:
        """Show the pages larger or smaller, between half and two and a half times 72 dots an inch."""
        page = self.page
        self.stack.fit(max(0.5, min(2.5, self.stack.scale * factor)))
        self.go_to(page)

    def _note_page(self) -> None:
        page = self.stack.page_at(self.verticalScrollBar().value() + self.viewport().height() // 3)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)
