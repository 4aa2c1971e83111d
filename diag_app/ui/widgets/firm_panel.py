"""The panel beside the firms list: one firm in short, and where work on it goes on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.operations.enterprise import EnterpriseSummary
from diag_app.ui.models.figures import score_text
from diag_app.ui.models.next_place import NextPlace
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.fact_rows import FactRows
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.level_badge import LevelBadge
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.words import money_words, scale_word, size_word

WIDTH = 272


class ContinueLine(QWidget):
    """The sentence on the soft ground with an accent bar that says what is open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.text: QLabel = label("", theme, "dense", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 5, 8, 5)
        box.addWidget(self.text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and bar."""
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), self._theme.colour("sunken"))
        painter.fillRect(0, 0, 3, self.height(), self._theme.colour("accent"))


class FirmPanel(Panel):
    """Signals: `opened()` for the main button, `delivery_asked()`, `profile_asked()`."""

    opened = Signal()
    delivery_asked = Signal()
    profile_asked = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__(theme, edge="left")
        self._theme, self._translate = theme, translate
        self.setFixedWidth(WIDTH)
        self._name = label("", theme, "strong", bold=True, wrap=True)
        self._code = label("", theme, "caption", colour="text_2", wrap=True)
        self._badge = LevelBadge(theme, theme.size("badge_large"))
        self._level = label("", theme, "strong", bold=True)
        self._score = label("", theme, "caption", colour="text_2", wrap=True)
        self._continue = ContinueLine(theme)
        self.button = Button("", theme, "primary", key="Enter")
        self.button.setMinimumHeight(36)
        self.button.clicked.connect(self.opened)
        self._facts = FactRows(
            (
                translate("Employees"),
                translate("Revenue"),
                translate("Size (derived)"),
                translate("Evidence"),
                translate("Needs"),
                translate("Proposals"),
            ),
            theme,
        )
        self._delivery = FactRows((translate("Not delivered"),), theme, first_bold=True)
        link = Button(translate("To the delivery →"), theme, "text", small=True)
        link.clicked.connect(self.delivery_asked)
        profile = Button(translate("Profile →"), theme, "text", small=True)
        profile.clicked.connect(self.profile_asked)
        self._lay_out(link, profile)

    def _lay_out(self, link: Button, profile: Button) -> None:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._level)
        words.addWidget(self._score)
        words.addStretch(1)
        level = QHBoxLayout()
        level.setSpacing(12)
        level.addWidget(self._badge)
        level.addLayout(words, 1)
        inside = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(scroll_area(inside, theme))
        box = self._box = QVBoxLayout(inside)
        box.setContentsMargins(16, 14, 16, 12)
        box.setSpacing(12)
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(self._name)
        title.addWidget(self._code)
        box.addLayout(title)
        box.addLayout(level)
        box.addWidget(self._continue)
        box.addWidget(self.button)
        box.addWidget(Rule(theme))
        box.addWidget(self._facts)
        box.addWidget(profile, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(Rule(theme))
        box.addWidget(self._delivery)
        box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)

    def set_compact(self, compact: bool) -> None:
        """Stand closer together in a low window."""
        self._box.setSpacing(8 if compact else 12)
        self._facts.set_spacing(3 if compact else 6)

    def show_firm(
        self, firm: EnterpriseSummary, place: NextPlace, level: tuple[str, str, str], undelivered: int
    ) -> None:
        """Show a firm; `level` is the level's name, all of its words, and pack and status alone."""
        translate = self._translate
        kind = translate("demonstration firm") if firm.is_demonstration else ""
        code = translate("credit code {code}", code=firm.uscc) if firm.uscc else translate("no credit code")
        self._name.setText(firm.name)
        self._code.setText(" · ".join(part for part in (kind, code) if part))
        self._badge.set_level(firm.level, level[1])
        self._level.setText(level[0])
        self._score.setText("" if firm.score is None else f"{score_text(firm.score)} / 100\n{level[2]}")
        self._score.setVisible(firm.score is not None)
        self._continue.text.setText(place.reason)
        self.button.set_content(place.action, key="Enter")
        self.button.setAccessibleDescription(place.reason)
        size = (size_word(firm.size_class, translate), scale_word(firm.is_above_scale, translate))
        self._facts.set_values(
            (
                "—" if firm.employees is None else translate("{count} people", count=f"{firm.employees:,}"),
                "—" if firm.revenue_10k_cny is None else money_words(firm.revenue_10k_cny, translate),
                translate(", ").join(word for word in size if word) or translate("figures missing"),
                translate.plural("{count} item", "{count} items", firm.evidence),
                translate.plural("{count} item", "{count} items", firm.needs),
                str(firm.proposals),
            )
        )
        self._delivery.set_values((translate.plural("{count} item", "{count} items", undelivered),))
