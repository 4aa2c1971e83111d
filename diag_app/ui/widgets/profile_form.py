"""The fields of an enterprise's profile, each stored by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from diag_app.errors import Problem, Severity
from diag_app.i18n import Translator
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.size_class import SizeStandard
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.fields import LineField, NumberField
from diag_app.ui.widgets.form import ComboField, FormRow
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.text_field import TextField

_LINES = ("name", "uscc", "address", "founded_on")
_TEXTS = ("products", "processes", "equipment", "software")
_FIGURES = ("employees", "revenue_10k_cny", "assets_10k_cny")


class ProfileForm(QWidget):
    """Shows a profile. `edited(name, value)` when a field is to be stored; the value has the field's own type."""

    edited = Signal(str, object)

    def __init__(self, theme: Theme, translate: Translator, sizes: SizeStandard, industries: Mapping[str, str]) -> None:
        super().__init__()
        self.theme, self.translate = theme, translate
        self._sizes = sizes
        self.lines = {name: LineField(theme, self._name(name)) for name in _LINES}
        self.texts = {name: TextField(theme, self._name(name), lines=2) for name in _TEXTS}
        no_number = translate("Type digits, with a point for decimals.")
        money, people = translate("10,000 CNY"), translate("people")
        units = {"employees": people, "revenue_10k_cny": money, "assets_10k_cny": money}
        self.figures = {
            name: NumberField(theme, self._name(name), error=no_number, unit=units[name]) for name in _FIGURES
        }
        divisions = tuple((code, f"{code} {name}") for code, name in industries.items())
        self.industry = ComboField(theme, self._name("industry"), (("", translate("Not chosen")), *divisions))
        sectors = tuple((key, sector.label.text(translate.language)) for key, sector in sizes.sectors.items())
        self.sector = ComboField(theme, self._name("sector"), sectors)
        controls: dict[str, QWidget] = {
            **self.lines,
            **self.texts,
            **self.figures,
            "industry": self.industry,
            "sector": self.sector,
        }
        notes = {"uscc": translate("18 characters; checked."), "sector": sizes.document, "industry": "GB/T 4754-2017"}
        self.rows = {
            name: FormRow(self._name(name), control, theme, note=notes.get(name, ""))
            for name, control in controls.items()
        }
        self._connect()
        self._arrange()

    def show_profile(self, profile: EnterpriseProfile, problems: tuple[Problem, ...], *, is_other: bool) -> None:
        """Show what is stored; unless it is of another firm, a field being typed in keeps its text."""
        for name, line in self.lines.items():
            if is_other or not (line.is_typed_in or line.error):
                line.load(getattr(profile, name) or "")
        for name, box in self.texts.items():
            if is_other or not box.is_typed_in:
                box.load(getattr(profile, name))
        for name, field in self.figures.items():
            if is_other or not (field.is_typed_in or field.error):
                field.load_number(getattr(profile, name))
        self._load_combo(self.industry, profile.industry or "")
        self._load_combo(self.sector, profile.sector)
        sector = self._sizes.sectors.get(profile.sector)
        self.rows["assets_10k_cny"].setVisible(sector is not None and "assets_10k_cny" in sector.bounds)
        self.show_problems(problems)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say at each field what is wrong with it."""
        found = {problem.location: problem for problem in reversed(problems)}
        for name, row in self.rows.items():
            problem = found.get(name)
            field = row.control
            if isinstance(field, NumberField) and field.text().strip() and field.value() is None:
                row.show_error(self.translate("Type digits, with a point for decimals."))
            elif problem is None:
                row.show_note()
            elif problem.severity is Severity.ERROR:
                row.show_error(f"{self.translate.problem(problem)} {self.translate.remedy(problem)}")
            else:
                row.show_note(self.translate.problem(problem), colour="warning")

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        for field in (*self.lines.values(), *self.figures.values()):
            field.flush()
        for box in self.texts.values():
            box.flush()

    def _connect(self) -> None:
        for name, line in self.lines.items():
            line.rested.connect(self._teller(name))
        for name, box in self.texts.items():
            box.rested.connect(self._teller(name))
        for name, field in self.figures.items():
            field.number_rested.connect(self._teller(name))
        self.industry.activated.connect(lambda _place: self.edited.emit("industry", self.industry.key))
        self.sector.activated.connect(lambda _place: self.edited.emit("sector", self.sector.key))

    def _teller(self, name: str) -> Callable[[object], None]:
        def tell(value: object) -> None:
            self.edited.emit(name, value)

        return tell

    def _load_combo(self, field: ComboField, key: str) -> None:
        if field.key != key:
            field.set_key(key)

    def _name(self, name: str) -> str:
        translate = self.translate
        return {
            "name": translate("Name"),
            "uscc": translate("Credit code"),
            "address": translate("Address"),
            "founded_on": translate("Founded"),
            "products": translate("Products"),
            "processes": translate("Process"),
            "equipment": translate("Equipment"),
            "software": translate("Software"),
            "employees": translate("Employees"),
            "revenue_10k_cny": translate("Revenue of the last year"),
            "assets_10k_cny": translate("Total assets"),
            "industry": translate("Industry"),
            "sector": translate("Sector of the size standard"),
        }[name]

    def _arrange(self) -> None:
        who = (("name", 0, 0, 2), ("uscc", 1, 0, 1), ("founded_on", 1, 1, 1), ("address", 2, 0, 2))
        size = (
            ("industry", 0, 0, 1),
            ("sector", 0, 1, 1),
            ("employees", 1, 0, 1),
            ("revenue_10k_cny", 1, 1, 1),
            ("assets_10k_cny", 2, 0, 1),
        )
        work = (("products", 0, 0, 1), ("processes", 0, 1, 1), ("equipment", 1, 0, 1), ("software", 1, 1, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for title, places in (
            (self.translate("The firm"), who),
            (self.translate("Industry and size"), size),
            (self.translate("What it makes and with what"), work),
        ):
            column.addWidget(self._card(title, places))

    def _card(self, title: str, places: tuple[tuple[str, int, int, int], ...]) -> Card:
        card = Card(self.theme, padding=16)
        card.body.addWidget(label(title, self.theme, "body", bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for name, row, place, span in places:
            grid.addWidget(self.rows[name], row, place, 1, span)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        return card


def with_field(profile: EnterpriseProfile, name: str, value: Any) -> EnterpriseProfile:
    """Return `profile` with one field as typed: empty codes are null, people are whole numbers."""
    if name in ("uscc", "industry"):
        value = str(value).strip() or None
    elif name == "employees":
        value = None if value is None else int(Decimal(value))
    return replace(profile, **{name: value})
