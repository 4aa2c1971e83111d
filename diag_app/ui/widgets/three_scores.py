"""The three scores in the live panel: claimed, supported, verified, each with its bar and its own level."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from diag_app.forms.scorecard import Scorecard
from diag_app.i18n import Translator
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.figures import score_text
from diag_app.ui.paint import paint_badge, paint_meter, paint_text
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.labels import label

_LINE, _BADGE, _FIGURE, _BAR = 24, 18, 46, 5


class ScoreLine(QWidget):
    """One score: name, bar, figure, level."""

    def __init__(self, name: str, theme: Theme, name_width: int) -> None:
        super().__init__()
        self._name, self._theme, self._name_width = name, theme, name_width
        self._score, self._total, self._level = Decimal(0), Decimal(1), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_score(self, card: Scorecard, total: Decimal, words: str) -> None:
        """Show the score of `card` of `total`; `words` say it to a screen reader."""
        self._score, self._total, self._level = card.score, total, card.level
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        return QSize(180, _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint name, bar, figure and badge."""
        painter = QPainter(self)
        height = float(self.height())
        paint_text(painter, QRectF(0, 0, self._name_width, height), self._name, self._theme)
        badge = QRectF(self.width() - _BADGE, (height - _BADGE) / 2, _BADGE, _BADGE)
        figure = QRectF(badge.left() - _FIGURE - 8, 0, _FIGURE, height)
        left = self._name_width + 10.0
        bar = QRectF(left, (height - _BAR) / 2, max(10.0, figure.left() - 6 - left), _BAR)
        paint_meter(painter, bar, self._score, self._total, self._theme)
        right = Qt.AlignmentFlag.AlignRight
        paint_text(painter, figure, score_text(self._score), self._theme, bold=True, align=right)
        paint_badge(painter, badge, self._level, self._theme)
        painter.end()


class ThreeScoresBlock(QWidget):
    """Shows the three scores of a case; hidden in a trial, whose answers nobody has supported or verified."""

    review_requested = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__()
        self._translate = translate
        self.names = (translate("Claimed"), translate("Supported"), translate("Verified"))
        width = max(theme.metrics("dense").horizontalAdvance(name) for name in self.names) + 2
        self.lines = tuple(ScoreLine(name, theme, width) for name in self.names)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.review_button = Button(translate("Review"), theme, "text", icon="clipboard-check", small=True)
        self.review_button.clicked.connect(self.review_requested)
        head = QHBoxLayout()
        head.addWidget(label(translate("Three scores"), theme, "caption", colour="text_2"), 1)
        head.addWidget(self.review_button)
        column.addLayout(head)
        for line in self.lines:
            column.addWidget(line)
        explained = translate("Supported counts answers with evidence; verified counts those ticked in review.")
        column.addWidget(label(explained, theme, "caption", colour="text_2", wrap=True))

    def show_case(self, case: CaseView) -> None:
        """Show the scores of `case`."""
        self.setVisible(not case.is_trial)
        scores = case.review.scores
        total = sum((item.max_points or Decimal(0) for item in case.pack.dimensions), Decimal(0))
        for name, line, card in zip(
            self.names, self.lines, (scores.claimed, scores.supported, scores.verified), strict=True
        ):
            line.show_score(card, total, self._words(name, card))

    def _words(self, name: str, card: Scorecard) -> str:
        translate, score = self._translate, score_text(card.score)
        level = translate("level {level}", level=card.level) if card.level else translate("no level")
        return translate("{name}: {score} points, {level}", name=name, score=score, level=level)
