"""The line over a page while answers are tried out: what would change, and that nothing is stored."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.ui.icons import paint_icon
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import level_name, score_text
from diag_app.ui.paint import paint_frame
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import label


class WhatIfBar(QWidget):
    """Hidden while nothing is tried. `ended()` when the person has seen enough."""

    ended = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._translate = theme, translate
        self._words = label("", theme, "dense", wrap=True)
        end = Button(translate("End, keep nothing"), theme, "text", key="Esc", small=True)
        end.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 4, 14, 4)
        row.addWidget(self._words, 1)
        row.addWidget(end)
        self.setMinimumHeight(36)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said."""
        return self._words.text()

    def show_trial(self, stored: CaseView, tried: CaseView) -> None:
        """Say what the tried answers change."""
        text = trial_words(stored, tried, self._translate)
        self._words.setText(text)
        self.setAccessibleName(text)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dashed outline of everything that is not stored."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(3, 2, -3, -2)
        paint_frame(painter, box, self._theme, fill="surface", line="accent", dashed=True)
        place = QPointF(14, (self.height() - 16) / 2)
        paint_icon(painter, place, "flask-conical", self._theme, 16, "accent")


def trial_words(stored: CaseView, tried: CaseView, translate: Translator) -> str:
    """Return score and level before and after, and what would still be missing."""
    parts = [translate("What if, not stored")]
    before, after = stored.card, tried.card
    if before.score != after.score:
        difference = after.score - before.score
        sign = "+" if difference > 0 else "−"
        parts.append(f"{score_text(before.score)} → {score_text(after.score)} ({sign}{score_text(abs(difference))})")
    else:
        parts.append(translate("points unchanged, {score}", score=score_text(before.score)))
    if before.level == after.level:
        parts.append(translate("level unchanged"))
    else:
        name = level_name(tried.pack, after.level, translate.language)
        parts.append(translate("level {before} → {after} {name}", before=before.level, after=after.level, name=name))
    if after.to_next is not None:
        parts.append(
            translate(
                "to level {level}: {points} points, {scenarios} scenarios, ★ {constrained}",
                level=after.to_next.level,
                points=score_text(after.to_next.points),
                scenarios=after.to_next.scenarios,
                constrained=after.to_next.constrained,
            )
        )
    return " · ".join(parts)
