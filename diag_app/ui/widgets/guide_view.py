"""The interview guide in the window: agenda, by role, papers, walk and photos, conduct; every item can be ticked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from diag_app.forms.definition import Pack
from diag_app.forms.guide import Guide, GuideItem
from diag_app.model.guide_document import clock_text, rule_word, track_word
from diag_app.model.previsit import PAPER_STATES
from diag_app.model.proposal.voice import Voice
from diag_app.operations.guide import GuideOf
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.empty import EmptyState
from diag_app.ui.widgets.form import ComboField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.segmented import Segmented
from diag_app.ui.widgets.tick_box import TickBox

PARTS = ("agenda", "roles", "papers", "walk", "conduct")
_STATE_WIDTH = 150


class GuideView(QWidget):
    """Shows one part at a time. `ticked(item id, on)`, `paper_set(paper id, state)`, `print_requested(visit id)`."""

    ticked = Signal(str, bool)
    paper_set = Signal(str, str)
    print_requested = Signal(str)

    def __init__(self, theme: Theme, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.voice = theme, voice
        translate = voice.translate
        self.ticks: dict[str, TickBox] = {}
        self.states: dict[str, ComboField] = {}
        self._found: GuideOf | None = None
        self._pack: Pack | None = None
        self._visits: Segmented | None = None
        self._shape: tuple[object, ...] = ()
        words = (
            translate("Agenda"),
            translate("By role"),
            translate("Papers"),
            translate("Walk"),
            translate("Conduct"),
        )
        choices = tuple((part, word, None) for part, word in zip(PARTS, words, strict=True))
        self.parts = Segmented(choices, theme, translate("Part of the guide"))
        self.parts.set_value(PARTS[0])
        self.parts.chosen.connect(lambda _part: self._show())
        self.print_button = Button(translate("Print as PDF…"), theme, icon="file-text", key="P")
        self.print_button.clicked.connect(lambda: self.print_requested.emit(self.visit_id))
        self.note = label(translate("Written by us, not official."), theme, "caption", colour="text_3")
        self._bar = QHBoxLayout()
        self._bar.setSpacing(10)
        self._bar.addWidget(self.parts)
        self._bar.addWidget(self.note)
        self._bar.addStretch(1)
        self._bar.addWidget(self.print_button)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(10)
        column.addLayout(self._bar)
        column.addLayout(self._body)
        column.addStretch(1)

    @property
    def visit_id(self) -> str:
        """Return the form of visit chosen, or an empty text."""
        return "" if self._visits is None else self._visits.value

    def show_guide(self, found: GuideOf, pack: Pack) -> None:
        """Show the guide with its ticks as they stand."""
        self._found, self._pack = found, pack
        guide = found.guide
        self.print_button.setEnabled(guide is not None)
        self.parts.setVisible(guide is not None)
        if guide is not None and self._visits is None:
            choices = tuple(
                (visit.visit_id, self._short(visit.label.text(self.voice.language)), None) for visit in guide.visits
            )
            self._visits = Segmented(choices, self.theme, self.voice.translate("Form of visit"))
            self._visits.set_value(guide.visits[0].visit_id)
            self._visits.chosen.connect(lambda _visit: self._show())
            self._bar.insertWidget(1, self._visits)
        self._show()

    def next_part(self) -> None:
        """Show the next part, after the last the first."""
        self.parts.set_value(PARTS[(PARTS.index(self.parts.value) + 1) % len(PARTS)])
        self._show()

    def focus_first(self) -> None:
        """Put the focus on the first item that is not done."""
        boxes = list(self.ticks.values())
        wanted = next((box for box in boxes if not box.isChecked()), boxes[0] if boxes else None)
        (wanted or self.parts).setFocus()

    def _show(self) -> None:
        found, pack = self._found, self._pack
        if found is None or pack is None:
            return
        shape = (self.parts.value, self.visit_id, found.guide)
        if shape != self._shape:
            self._shape = shape
            self._build(found, pack)
        for item_id, box in self.ticks.items():
            box.show_tick(item_id in found.done)
        for paper_id, field in self.states.items():
            state = found.papers.get(paper_id)
            field.set_key("" if state is None else state.state)
            field.setToolTip("" if state is None else state.remark)

    def _build(self, found: GuideOf, pack: Pack) -> None:
        clear_layout(self._body)
        self.ticks, self.states = {}, {}
        guide = found.guide
        if guide is None:
            words = self.voice.translate
            empty = EmptyState(
                self.theme,
                "clipboard-list",
                words("No interview guide"),
                words("Install a practice pack that has one, with diag pack install."),
            )
            self._body.addWidget(empty)
            return
        builders = {
            "agenda": self._agenda,
            "roles": self._roles,
            "papers": self._papers,
            "walk": self._walk,
            "conduct": self._conduct,
        }
        builders[self.parts.value](guide, pack)

    def _agenda(self, guide: Guide, _pack: Pack) -> None:
        voice = self.voice
        visit = next(visit for visit in guide.visits if visit.visit_id == self.visit_id)
        card = self._card(voice.text(visit.label))
        for entry in visit.agenda:
            times = f"{clock_text(entry.start_min)}–{clock_text(entry.start_min + entry.minutes)}"
            roles = voice.listed(voice.text(guide.role(role_id).label) for role_id in entry.role_ids)
            track = track_word(entry.track, voice)
            track = track if entry.track == "both" else voice.translate("track {track}", track=track)
            self._tick(card, entry, f"{times}  {voice.text(entry.text)}", voice.joined((track, roles)))

    def _roles(self, guide: Guide, pack: Pack) -> None:
        voice = self.voice
        papers = {paper.item_id: voice.text(paper.text) for paper in guide.papers}
        for role in guide.roles:
            minutes = dict(role.minutes).get(self.visit_id)
            time = "" if minutes is None else voice.translate("{minutes} minutes", minutes=minutes)
            card = self._card(" · ".join(part for part in (voice.text(role.label), time) if part))
            shown = voice.listed(papers[paper_id] for paper_id in role.paper_ids)
            first = voice.translate("Shown first: {papers}", papers=shown) if shown else ""
            for text in (voice.text(role.aim), first):
                if text:
                    card.body.addWidget(label(text, self.theme, "caption", colour="text_2", wrap=True))
            for item in role.questions:
                self._tick(card, item, voice.text(item.text), self._serves(item, pack))

    def _papers(self, guide: Guide, pack: Pack) -> None:
        voice, translate = self.voice, self.voice.translate
        card = self._card(translate("Papers to have ready"))
        states = tuple((state, words.text(voice.language)) for state, words in PAPER_STATES.items())
        for paper in guide.papers:
            name = voice.text(paper.text)
            field = ComboField(self.theme, name, (("", translate("not known")), *states))
            field.setFixedWidth(_STATE_WIDTH)
            field.activated.connect(lambda _place, paper_id=paper.item_id: self._on_state(paper_id))
            self.states[paper.item_id] = field
            texts = QVBoxLayout()
            texts.setSpacing(0)
            detail = voice.joined((voice.text(guide.role(paper.role_id).label), self._serves(paper, pack)))
            texts.addWidget(label(name, self.theme, "dense", wrap=True))
            texts.addWidget(label(detail, self.theme, "caption", colour="text_3", wrap=True))
            row = QHBoxLayout()
            row.addLayout(texts, 1)
            row.addWidget(field)
            card.body.addLayout(row)

    def _walk(self, guide: Guide, pack: Pack) -> None:
        voice = self.voice
        card = self._card(voice.translate("Walk"))
        card.body.addWidget(label(voice.text(guide.principle), self.theme, "dense", colour="text_2", wrap=True))
        for stop in guide.stops:
            self._tick(card, stop, f"{voice.text(stop.text)}: {voice.text(stop.look_for)}", self._serves(stop, pack))
        photos = self._card(voice.translate("Photos"))
        for photo in guide.photos:
            care = voice.joined((voice.text(photo.care), self._serves(photo, pack)))
            self._tick(photos, photo, voice.text(photo.text), care)

    def _conduct(self, guide: Guide, _pack: Pack) -> None:
        for kind, rules in guide.rules:
            card = self._card(rule_word(kind, self.voice))
            for rule in rules:
                self._tick(card, rule, self.voice.text(rule.text), "")

    def _card(self, title: str) -> Card:
        card = Card(self.theme, padding=14)
        card.body.setSpacing(2)
        card.body.addWidget(label(title, self.theme, "body", bold=True))
        self._body.addWidget(card)
        return card

    def _tick(self, card: Card, item: GuideItem, text: str, detail: str) -> None:
        box = TickBox(text, self.theme, detail=detail)
        box.clicked.connect(lambda on, item_id=item.item_id: self.ticked.emit(item_id, on))
        self.ticks[item.item_id] = box
        card.body.addWidget(box)

    def _on_state(self, paper_id: str) -> None:
        self.paper_set.emit(paper_id, self.states[paper_id].key)

    def _serves(self, item: GuideItem, pack: Pack) -> str:
        names = {scenario.scenario_id: scenario.short.text(self.voice.language) for scenario in pack.scenarios}
        return self.voice.listed(names.get(target, target) for target in item.targets)

    def _short(self, text: str) -> str:
        return text.partition("（")[0].partition(",")[0]
