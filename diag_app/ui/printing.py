"""Printing the pages of a PDF: each is drawn at the printer's resolution when its turn comes, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from diag_app.operations.rendering import page_picture

MOST_DOTS = 300  # an inch; a page in more would take a hundred megabytes and look the same
_POINTS = 72


class Printing(QObject):
    """Prints pages one after the other while the window goes on.

    Signals:
        printed(done, total), finished(), failed() when the printer takes no page.
    """

    printed = Signal(int, int)
    finished = Signal()
    failed = Signal()

    def __init__(self, printer: QPrinter, pdf: bytes, page_count: int, parent: QObject) -> None:
        super().__init__(parent)
        self._printer, self._pdf = printer, pdf
        first = max(1, printer.fromPage())
        self._pages = list(range(first, min(page_count, printer.toPage() or page_count) + 1))
        self._total = len(self._pages)
        self._painter = QPainter()

    def start(self) -> None:
        """Begin to print."""
        if not self._pages or not self._painter.begin(self._printer):
            self.failed.emit()
            self.deleteLater()
            return
        self._later()

    def _later(self) -> None:
        QTimer.singleShot(0, self, self._next)

    def _next(self) -> None:
        page = self._pages.pop(0)
        dots = min(MOST_DOTS, self._printer.resolution())
        made = page_picture(self._pdf, page - 1, dots / _POINTS)
        image = QImage(made.rgb, made.width, made.height, made.width * 3, QImage.Format.Format_RGB888)
        self._painter.drawImage(self._printer.paperRect(QPrinter.Unit.DevicePixel), image)
        self.printed.emit(self._total - len(self._pages), self._total)
        if self._pages and self._printer.newPage():
            self._later()
            return
        self._painter.end()
        (self.failed if self._pages else self.finished).emit()
        self.deleteLater()


def a4_printer() -> QPrinter:
    """Return the standard printer, set up for whole pages of A4."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def ask_printer(parent: QWidget, page_count: int) -> QPrinter | None:
    """Let the person choose a printer and the pages; null when they do not want to print."""
    printer = a4_printer()
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, page_count)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None
