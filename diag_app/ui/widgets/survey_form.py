"""The survey record in the window: days, people, agenda, summary, group photo; every field stored while typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.survey import Participant, SurveyRecord, VisitDay
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button, IconButton
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.clearing import clear_layout
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.form import ComboField, FormRow
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.text_field import TextField

_DAY_PARTS = ("start", "end", "place")
_WIDTHS = {"start": 90, "end": 90}


class SurveyForm(QWidget):
    """Shows a survey record and says what the person did; it stores nothing.

    Signals:
        day_edited(day, {start, end, place}), day_added(day), day_removed(day), person_edited(participant id, {name,
        role, side}), person_added(name, side), person_removed(participant id), text_edited(agenda|summary, text),
        photo_requested(), photo_removed().
    """

    day_edited = Signal(str, object)
    day_added = Signal(str)
    day_removed = Signal(str)
    person_edited = Signal(str, object)
    person_added = Signal(str, str)
    person_removed = Signal(str)
    text_edited = Signal(str, str)
    photo_requested = Signal()
    photo_removed = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.day_fields: dict[tuple[str, str], LineField] = {}
        self.person_fields: dict[tuple[str, str], LineField] = {}
        self.sides: dict[str, ComboField] = {}
        self._days, self._people = QGridLayout(), QGridLayout()
        for grid in (self._days, self._people):
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(6)
        self._days.setColumnStretch(3, 1)
        self._people.setColumnStretch(0, 3)
        self._people.setColumnStretch(1, 4)
        self.new_day = LineField(theme, translate("New day on site"), placeholder=translate("year-month-day"))
        self.new_person = LineField(
            theme, translate("Name of a new person"), placeholder=translate("Name of a new person")
        )
        self.new_side = ComboField(theme, translate("For whom"), self._side_words())
        self.new_side.setFixedWidth(140)
        self.agenda = TextField(theme, translate("Agenda"), lines=4)
        self.summary = TextField(theme, translate("What came of it"), lines=4)
        self.agenda.rested.connect(lambda text: self.text_edited.emit("agenda", text))
        self.summary.rested.connect(lambda text: self.text_edited.emit("summary", text))
        self.photo_name = label("", theme, "dense", wrap=True)
        self.photo_button = Button(translate("Add group photo…"), theme, icon="camera", small=True)
        self.photo_button.clicked.connect(self.photo_requested)
        self.photo_gone = Button(translate("No group photo"), theme, "text", small=True)
        self.photo_gone.clicked.connect(self.photo_removed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 16)
        column.setSpacing(10)
        for card in (self._day_card(), self._people_card(), self._text_card(), self._photo_card()):
            column.addWidget(card)
        column.addStretch(1)

    def show_record(self, record: SurveyRecord, photo: str) -> None:
        """Show the record; a field being typed in keeps its text. `photo` says which picture is the group photo."""
        if [day.day for day in record.days] != list(dict.fromkeys(day for day, _ in self.day_fields)):
            self._build_days(record.days)
        people = [person.participant_id for person in record.people]
        if people != list(self.sides):
            self._build_people(record.people)
        for day in record.days:
            for part in _DAY_PARTS:
                _load(self.day_fields[day.day, part], getattr(day, part))
        for person in record.people:
            self.sides[person.participant_id].set_key(person.side)
            for part in ("name", "role"):
                _load(self.person_fields[person.participant_id, part], getattr(person, part))
        for text, box in ((record.agenda, self.agenda), (record.summary, self.summary)):
            if not box.is_typed_in:
                box.load(text)
        self.photo_name.setText(photo or self.translate("No group photo yet. Ask first, then take it."))
        self.photo_gone.setVisible(bool(photo))

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in (*self.day_fields.values(), *self.person_fields.values()):
            field.flush()
        self.agenda.flush()
        self.summary.flush()

    def _build_days(self, days: tuple[VisitDay, ...]) -> None:
        clear_layout(self._days)
        self.day_fields = {}
        names = {"start": self.translate("From"), "end": self.translate("To"), "place": self.translate("Where")}
        for column, part in enumerate(_DAY_PARTS if days else (), start=1):
            self._days.addWidget(label(names[part], self.theme, "caption", colour="text_2"), 0, column)
        for row, day in enumerate(days, start=1):
            self._days.addWidget(label(day.day, self.theme, "body", bold=True), row, 0)
            for column, part in enumerate(_DAY_PARTS, start=1):
                field = LineField(self.theme, f"{day.day} {names[part]}")
                if part in _WIDTHS:
                    field.setFixedWidth(_WIDTHS[part])
                field.rested.connect(self._day_teller(day.day))
                self.day_fields[day.day, part] = field
                self._days.addWidget(field, row, column)
            remove = IconButton("trash-2", self.translate("Remove {name}", name=day.day), self.theme)
            remove.clicked.connect(lambda _on=False, gone=day.day: self.day_removed.emit(gone))
            self._days.addWidget(remove, row, len(_DAY_PARTS) + 1)

    def _build_people(self, people: tuple[Participant, ...]) -> None:
        clear_layout(self._people)
        self.person_fields, self.sides = {}, {}
        names = {"name": self.translate("Full name"), "role": self.translate("Role")}
        for row, person in enumerate(people):
            key = person.participant_id
            for column, part in enumerate(names):
                field = LineField(self.theme, f"{names[part]} {row + 1}", placeholder=names[part])
                field.rested.connect(self._person_teller(key))
                self.person_fields[key, part] = field
                self._people.addWidget(field, row, column)
            side = ComboField(self.theme, f"{self.translate('For whom')} {row + 1}", self._side_words())
            side.setFixedWidth(140)
            side.activated.connect(self._person_teller(key))
            self.sides[key] = side
            self._people.addWidget(side, row, 2)
            remove = IconButton("trash-2", self.translate("Remove {name}", name=person.name), self.theme)
            remove.clicked.connect(lambda _on=False, gone=key: self.person_removed.emit(gone))
            self._people.addWidget(remove, row, 3)

    def _day_teller(self, day: str) -> Callable[[object], None]:
        def tell(_text: object) -> None:
            self.day_edited.emit(day, {part: self.day_fields[day, part].text() for part in _DAY_PARTS})

        return tell

    def _person_teller(self, key: str) -> Callable[[object], None]:
        def tell(_value: object) -> None:
            parts = {part: self.person_fields[key, part].text() for part in ("name", "role")}
            self.person_edited.emit(key, {**parts, "side": self.sides[key].key})

        return tell

    def _add_day(self) -> None:
        if self.new_day.text().strip():
            self.day_added.emit(self.new_day.text().strip())

    def _add_person(self) -> None:
        name = self.new_person.text().strip()
        if name:
            self.new_person.load("")
            self.person_added.emit(name, self.new_side.key)

    def _day_card(self) -> Card:
        add = Button(self.translate("Add day"), self.theme, icon="plus", small=True)
        add.clicked.connect(self._add_day)
        self.new_day.returnPressed.connect(self._add_day)
        self.new_day.setFixedWidth(180)
        return self._card(self.translate("Days on site"), self._days, (self.new_day, add))

    def _people_card(self) -> Card:
        add = Button(self.translate("Add person"), self.theme, icon="plus", small=True)
        add.clicked.connect(self._add_person)
        self.new_person.returnPressed.connect(self._add_person)
        self.new_person.setFixedWidth(240)
        return self._card(self.translate("Who took part"), self._people, (self.new_person, self.new_side, add))

    def _text_card(self) -> Card:
        card = Card(self.theme, padding=16)
        card.body.addWidget(FormRow(self.translate("Agenda"), self.agenda, self.theme))
        card.body.addWidget(FormRow(self.translate("What came of it"), self.summary, self.theme))
        return card

    def _photo_card(self) -> Card:
        card = Card(self.theme, padding=16)
        card.body.addWidget(label(self.translate("Group photo"), self.theme, "body", bold=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.photo_name, 1)
        row.addWidget(self.photo_gone)
        row.addWidget(self.photo_button)
        card.body.addLayout(row)
        return card

    def _card(self, title: str, grid: QGridLayout, new: tuple[QWidget, ...]) -> Card:
        card = Card(self.theme, padding=16)
        card.body.addWidget(label(title, self.theme, "body", bold=True))
        card.body.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in new:
            row.addWidget(widget)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _side_words(self) -> tuple[tuple[str, str], ...]:
        return (("firm", self.translate("the firm")), ("consultant", self.translate("the consultants")))


def _load(field: LineField, text: str) -> None:
    if not field.is_typed_in:
        field.load(text)
