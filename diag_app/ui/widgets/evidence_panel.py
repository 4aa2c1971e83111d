"""What is known of one item of evidence, beside its picture: words, dates, place, what it supports, its versions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import Evidence
from diag_app.operations.evidence_facts import DATE_KINDS, DateKind
from diag_app.operations.evidence_versions import EvidenceVersion
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.evidence_words import item_kind, item_title, moment_text, place_words, version_words
from diag_app.ui.models.figures import target_name
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button, IconButton
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import ElidedLabel, label
from diag_app.ui.widgets.linked_line import LinkedLine
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.widgets.tab_order import read_in_order
from diag_app.ui.widgets.tick_box import TickBox

_WIDTH, _CAPTION_LIMIT = 320, 200


class EvidencePanel(Panel):
    """Stores nothing; its signals say what the person did.

    Signals:
        captioned(text), dated(kind, text), place_kept(bool), linked(target), unlinked(target), opened(target),
        version_chosen(number), removed().
    """

    captioned = Signal(str)
    dated = Signal(str, str)
    place_kept = Signal(bool)
    linked = Signal(str)
    unlinked = Signal(str)
    opened = Signal(str)
    version_chosen = Signal(int)
    removed = Signal()

    def __init__(self, theme: Theme, translate: Translator) -> None:
        super().__init__(theme, edge="left")
        self._theme, self._translate = theme, translate
        self.setFixedWidth(_WIDTH)
        self.title = ElidedLabel("", theme, "strong", bold=True)
        self.kind = label("", theme, "caption", colour="text_2")
        self.caption = LineField(theme, translate("Caption"), placeholder=translate("What it shows"))
        self.caption.setMaxLength(_CAPTION_LIMIT)
        self.caption.rested.connect(self.captioned)
        self.dates = {kind: self._date_field(kind, name) for kind, name in self._date_names().items()}
        self.place = label("", theme, "dense")
        self.keep_place = TickBox(
            translate("Hand the place out"),
            theme,
            detail=translate("Usually place and camera data stay behind when a copy leaves."),
        )
        self.keep_place.clicked.connect(self.place_kept)
        self.link = ComboField(theme, translate("Link to a further answer"), ())
        self.link.activated.connect(self._on_link)
        self.remove = Button(translate("Take it off"), theme, icon="trash-2", key="Del")
        self.remove.clicked.connect(self.removed)
        self._serves, self._versions, self._place_box = QVBoxLayout(), QVBoxLayout(), QWidget()
        self._arrange()

    def show_item(self, case: CaseView, item: Evidence, versions: tuple[EvidenceVersion, ...], shown: int) -> None:
        """Show an item, of whose versions number `shown` is looked at."""
        self.title.set_text(item_title(item))
        self.kind.setText(item_kind(item, self._translate))
        self.caption.load(item.caption)
        for kind, field in self.dates.items():
            field.load(moment_text(getattr(item, kind)))
        if not self.caption.hasFocus():
            self.caption.setCursorPosition(0)
        self.place.setText(place_words(item))
        self.keep_place.show_tick(item.keeps_place)
        self._place_box.setVisible(item.place is not None)
        self._show_serves(case, item)
        self._show_versions(versions, shown)
        read_in_order(self)

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in (self.caption, *self.dates.values()):
            field.flush()

    def _show_serves(self, case: CaseView, item: Evidence) -> None:
        clear_layout(self._serves)
        language, translate = self._translate.language, self._translate
        for target in item.targets:
            name = target_name(case.pack, target, language)
            line = LinkedLine(name, self._theme, "link", "text_3")
            line.clicked.connect(_emitter(self.opened, target))
            off = IconButton(
                "minus", translate("No longer supports {name}", name=name), self._theme, size=self._theme.row(28)
            )
            off.clicked.connect(_emitter(self.unlinked, target))
            row = QHBoxLayout()
            row.addWidget(line, 1)
            row.addWidget(off)
            self._serves.addLayout(row)
        self.link.clear()
        self.link.addItem(translate("Link to a further answer"), "")
        known = [question.question_id for question in case.pack.questions]
        known += [scenario.scenario_id for scenario in case.pack.scenarios]
        for target in known:
            if target not in item.targets:
                self.link.addItem(target_name(case.pack, target, language), target)

    def _show_versions(self, versions: tuple[EvidenceVersion, ...], shown: int) -> None:
        clear_layout(self._versions)
        if len(versions) < 2 and not any(version.number > 1 for version in versions):
            self._versions.addWidget(label(self._translate("One version"), self._theme, "dense", colour="text_2"))
            return
        for version in reversed(versions):
            words = version_words(version, self._translate)
            icon = "eye" if version.number == shown else "lock" if version.is_sealed else "history"
            line = LinkedLine(words, self._theme, icon, "accent" if version.number == shown else "text_3")
            line.clicked.connect(_emitter(self.version_chosen, version.number))
            self._versions.addWidget(line)

    def _date_names(self) -> dict[DateKind, str]:
        translate = self._translate
        names = (translate("Content from"), translate("Captured"), translate("Received"))
        return dict(zip(DATE_KINDS, names, strict=True))

    def _date_field(self, kind: DateKind, name: str) -> LineField:
        field = LineField(self._theme, name, placeholder="2026-03-12 10:41")
        field.rested.connect(lambda text: self.dated.emit(kind, text))
        return field

    def _on_link(self, _place: int) -> None:
        if self.link.key:
            self.linked.emit(self.link.key)

    def _arrange(self) -> None:
        theme, translate = self._theme, self._translate
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.kind)
        caption = label(translate("Caption"), theme, "dense", colour="text_2")
        caption.setBuddy(self.caption)
        column.addWidget(caption)
        column.addWidget(self.caption)
        for kind, name in self._date_names().items():
            row = QHBoxLayout()
            words = label(name, theme, "dense", colour="text_2")
            words.setBuddy(self.dates[kind])
            words.setFixedWidth(92)
            row.addWidget(words)
            row.addWidget(self.dates[kind], 1)
            column.addLayout(row)
        place = QVBoxLayout(self._place_box)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(2)
        place.addWidget(label(translate("Place, from the camera"), theme, "dense", colour="text_2"))
        place.addWidget(self.place)
        place.addWidget(self.keep_place)
        column.addWidget(self._place_box)
        for title, box in ((translate("Supports"), self._serves), (translate("Versions"), self._versions)):
            column.addWidget(Rule(theme))
            column.addWidget(label(title, theme, "dense", bold=True))
            box.setSpacing(4)
            column.addLayout(box)
            if box is self._serves:
                column.addWidget(self.link)
        column.addWidget(Rule(theme))
        column.addWidget(self.remove)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(scroll_area(content, theme))


def _emitter(signal: SignalInstance, value: object) -> Callable[[], None]:
    def emit() -> None:
        signal.emit(value)

    return emit
