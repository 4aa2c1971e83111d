"""Which figure moves the result most: one bar for each assumption, the widest first, in the colours of the report."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from diag_app.i18n import Translator
from diag_app.model.economics import Books
from diag_app.model.economics_figures import FIGURE_UNITS, Figure, at, can_reckon
from diag_app.model.economics_risk import tornado
from diag_app.model.economics_words import figure_names
from diag_app.model.unit_words import unit_names
from diag_app.model.units import convert
from diag_app.ui.models.need_books import SHOWN_UNITS, end_text
from diag_app.ui.paint import paint_text
from diag_app.ui.theme import Theme

_ROW, _TOP, _NAME, _BAR, _FIGURE = 24, 26, 220, 14, 52
MOST = 8


@dataclass(frozen=True, kw_only=True)
class SwingBar:
    """One assumption with the result at its low and at its high end, in the unit shown; null is never."""

    name: str
    at_low: Fraction | None
    at_high: Fraction | None


@dataclass(frozen=True, kw_only=True)
class TornadoView:
    """The swings of one figure around its most likely value."""

    figure: Figure
    likely: Fraction
    bars: tuple[SwingBar, ...]


def tornado_view(books: Books) -> TornadoView | None:
    """Return the swings of the payback, or of the net benefit where there is none; null where nothing moves."""
    figures: tuple[Figure, ...] = ("payback", "net_benefit")
    for figure in figures:
        likely = at(books, figure, {}) if can_reckon(books, figure) else None
        if likely is None:
            continue
        unit = FIGURE_UNITS[figure]
        shown = [
            SwingBar(
                name=f"A-{found.number:02d} {found.label}",
                at_low=_shown(swing.at_low, unit),
                at_high=_shown(swing.at_high, unit),
            )
            for swing in tornado(books, figure)[:MOST]
            for found in (books.assumptions[swing.assumption_id],)
        ]
        if shown:
            return TornadoView(figure=figure, likely=convert(likely, unit, SHOWN_UNITS[unit]), bars=tuple(shown))
    return None


class Tornado(QWidget):
    """Draws a `TornadoView`; hidden while there is none."""

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.view: TornadoView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_view(self, view: TornadoView | None) -> None:
        """Draw these swings from now on."""
        self.view = view
        self.setVisible(view is not None)
        if view is not None:
            self.setAccessibleName(self.words(view))
        self.updateGeometry()
        self.update()

    def words(self, view: TornadoView) -> str:
        """Return the swings in words, for a screen reader."""
        swings = (
            f"{bar.name} {end_text(bar.at_low, self.translate)} – {end_text(bar.at_high, self.translate)}"
            for bar in view.bars
        )
        return f"{self._caption(view)}: {self.translate(', ').join(swings)}"

    def sizeHint(self) -> QSize:
        """Return the height of its bars."""
        bars = 0 if self.view is None else len(self.view.bars)
        return QSize(400, _TOP + bars * _ROW + 4)

    def minimumSizeHint(self) -> QSize:
        """Return the height of its bars: none is cut."""
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint caption, axis and bars."""
        if self.view is None:
            return
        painter = QPainter(self)
        view = self.view
        left, right = float(_NAME + _FIGURE + 8), float(self.width() - _FIGURE - 8)
        ends = [end for bar in view.bars for end in (bar.at_low, bar.at_high) if end is not None]
        low, high = float(min([*ends, view.likely])), float(max([*ends, view.likely]))
        unit = (right - left) / (high - low) if high > low else 0.0
        centre = left + (float(view.likely) - low) * unit
        paint_text(
            painter, QRectF(0, 0, self.width(), 22), self._caption(view), self.theme, font="caption", colour="text_2"
        )
        for place, bar in enumerate(view.bars):
            top = float(_TOP + place * _ROW)
            paint_text(painter, QRectF(0, top, _NAME - 8, _ROW), bar.name, self.theme)
            self._paint_bar(painter, bar, top, (low, left, unit, right), centre)
        painter.setPen(self.theme.pen("text", 2))
        painter.drawLine(QPointF(centre, _TOP), QPointF(centre, _TOP + len(view.bars) * _ROW))

    def _paint_bar(
        self, painter: QPainter, bar: SwingBar, top: float, axis: tuple[float, float, float, float], centre: float
    ) -> None:
        low, left, unit, right = axis
        darker, lighter = ("level_3", "level_2") if self.theme.name == "light" else ("level_2", "level_3")
        ends = sorted(((bar.at_low, darker), (bar.at_high, lighter)), key=lambda end: (end[0] is None, end[0] or 0))
        places = [right if end is None else left + (float(end) - low) * unit for end, _ in ends]
        for (end, colour), place in zip(ends, places, strict=True):
            box = QRectF(min(place, centre), top + (_ROW - _BAR) / 2, abs(place - centre), _BAR)
            painter.fillRect(box, self.theme.brush(colour))
            if end is None:
                painter.setPen(self.theme.pen("border_strong", dashed=True))
                painter.drawLine(QPointF(place, top + 3), QPointF(place, top + _ROW - 3))
        texts = [end_text(end, self.translate) for end, _ in ends]
        start, stop = min(*places, centre), max(*places, centre)
        right_aligned = Qt.AlignmentFlag.AlignRight
        paint_text(painter, QRectF(start - _FIGURE - 4, top, _FIGURE, _ROW), texts[0], self.theme, align=right_aligned)
        paint_text(painter, QRectF(stop + 4, top, _FIGURE + 4, _ROW), texts[1], self.theme)

    def _caption(self, view: TornadoView) -> str:
        unit = unit_names(self.translate)[SHOWN_UNITS[FIGURE_UNITS[view.figure]]]
        return self.translate(
            "{figure}, likely {value} {unit}; one figure changed at a time, dark at its low, light at its high end",
            figure=figure_names(self.translate)[view.figure],
            value=end_text(view.likely, self.translate),
            unit=unit,
        )


def _shown(end: Fraction | None, unit: str) -> Fraction | None:
    return None if end is None else convert(end, unit, SHOWN_UNITS[unit])
