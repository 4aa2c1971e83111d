"""The bar above the pages: kind of report, language, page, zoom, and the button that issues."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.edition import PROPOSAL, Edition
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button, IconButton
from diag_app.ui.widgets.card import Panel
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.segmented import Segmented

_LANGUAGES = ("zh", "en", "both")
_STEP = 1.15
_KIND_WIDTH, _KIND_NARROW, _COPY_WIDTH = 220, 144, 114


class ProposalBar(Panel):
    """Signals: edition_chosen(), language_chosen(), zoomed(factor), print_requested(), issue_requested()."""

    edition_chosen = Signal()
    language_chosen = Signal()
    zoomed = Signal(float)
    issue_requested = Signal()
    print_requested = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(theme, edge="bottom", parent=parent)
        self.translate = translate
        choices = (("zh", "中文", None), ("en", "English", None), ("both", translate("Both"), None))
        self._languages = Segmented(choices, theme, translate("Languages of the proposal"))
        self._languages.set_value(translate.language)
        self._languages.chosen.connect(lambda _key: self.language_chosen.emit())
        self.kinds = ComboField(theme, translate("Kind of report"), ())
        self.kinds.activated.connect(lambda _place: self.edition_chosen.emit())
        copies = (
            ("enterprise", translate("Firm's copy")),
            ("city", translate("City copy")),
            ("public", translate("Public copy")),
        )
        self.audiences = ComboField(theme, translate("Copy for"), copies)
        self.audiences.setFixedWidth(_COPY_WIDTH)
        self.audiences.activated.connect(lambda _place: self.edition_chosen.emit())
        self._page = label("", theme, "dense", colour="text_2")
        self._scale = label("", theme, "dense", colour="text_2")
        smaller = IconButton("zoom-out", translate("Smaller"), theme)
        smaller.clicked.connect(lambda: self.zoomed.emit(1 / _STEP))
        larger = IconButton("zoom-in", translate("Larger"), theme)
        larger.clicked.connect(lambda: self.zoomed.emit(_STEP))
        self.issue_button = Button(translate("Issue"), theme, "primary", icon="badge-check", key="Ctrl+I")
        self.issue_button.clicked.connect(self.issue_requested)
        self._why_not = label("", theme, "caption", colour="text_3")
        self.print_button = IconButton("printer", translate("Print the draft"), theme)
        self.print_button.clicked.connect(self.print_requested)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 8)
        row.setSpacing(6)
        row.addWidget(self.kinds)
        row.addWidget(self.audiences)
        row.addWidget(self._languages)
        row.addWidget(self._page)
        row.addWidget(smaller)
        row.addWidget(self._scale)
        row.addWidget(larger)
        row.addStretch(1)
        row.addWidget(self._why_not)
        row.addWidget(self.print_button)
        row.addWidget(self.issue_button)

    @property
    def language(self) -> str:
        """Return `zh`, `en` or `both`."""
        return self._languages.value

    @property
    def edition(self) -> Edition:
        """Return the report chosen; the proposal until kinds are shown."""
        return Edition(kind=self.kinds.key or PROPOSAL, audience=self.audiences.key)

    def show_kinds(self, kinds: Iterable[tuple[str, str]]) -> None:
        """Offer kinds of report as (id, name); the one chosen stays chosen."""
        chosen = self.kinds.key
        self.kinds.clear()
        for key, name in kinds:
            self.kinds.addItem(name, key)
        if chosen:
            self.kinds.set_key(chosen)

    def set_language(self, language: str) -> None:
        """Choose a language without announcing it."""
        self._languages.set_value(language)

    def next_language(self) -> None:
        """Choose the next language, after the last the first."""
        place = (_LANGUAGES.index(self.language) + 1) % len(_LANGUAGES)
        self._languages.set_value(_LANGUAGES[place])
        self.language_chosen.emit()

    def show_page(self, page: int, count: int, scale: float) -> None:
        """Show which page of how many is at the top, and the scale in per cent of 72 dots an inch."""
        self._page.setText(self.translate("Page {page} of {count}", page=page, count=count) if count else "")
        space = " " if self.translate.language == "en" else ""
        self._scale.setText(f"{round(scale * 100)}{space}%")
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say page and scale only where there is room for them beside what is pressed; the outline tells the page."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self._give(room=True)
        if self._row.minimumSize().width() > self.width():
            self._give(room=False)

    def _give(self, *, room: bool) -> None:
        self.kinds.setFixedWidth(_KIND_WIDTH if room else _KIND_NARROW)
        for said in (self._page, self._scale):
            said.setVisible(room)

    def set_blocking(self, count: int) -> None:
        """Offer issuing, or say how many problems stand in its way."""
        self.issue_button.setEnabled(count == 0)
        self._why_not.setText(self.translate("{count} blocking", count=count) if count else "")
        self._make_room()
