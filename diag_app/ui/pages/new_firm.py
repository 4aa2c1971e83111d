"""The page for a new firm: a short form, checked while typing, with size and scale derived beside it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.errors import Problem, Severity
from diag_app.model.facts import EnterpriseProfile
from diag_app.operations.enterprise import add_enterprise, check_profile
from diag_app.operations.report_facts import industries
from diag_app.ui.pages.page import Context, Page, Target
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.class_panel import ClassPanel
from diag_app.ui.widgets.fields import LineField, NumberField
from diag_app.ui.widgets.form import ComboField, FormRow
from diag_app.ui.widgets.hint_bar import Hints
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import bounded, scroll_area
from diag_app.ui.words import problem_words

_WIDTH = 640
_FIGURES = ("employees", "revenue_10k_cny", "assets_10k_cny")


class NewFirmPage(Page):
    """Nothing is stored before "Add firm"; what is wrong is said at its field while it is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, translate = self.theme, self.translate
        no_number = translate("Type digits, with a point for decimals.")
        sizes = self.session.workspace.sizes
        divisions = tuple((code, f"{code} {name}") for code, name in industries(translate.language).items())
        sectors = tuple((key, sector.label.text(translate.language)) for key, sector in sizes.sectors.items())
        self.name = LineField(theme, translate("Name"))
        self.uscc = LineField(theme, translate("Credit code"))
        self.industry = ComboField(theme, translate("Industry"), (("", translate("Not chosen")), *divisions))
        self.sector = ComboField(theme, translate("Sector of the size standard"), sectors)
        self.sector.set_key("industry")
        money = translate("10,000 CNY")
        self.employees = NumberField(theme, translate("Employees"), error=no_number, unit=translate("people"))
        self.revenue = NumberField(theme, translate("Revenue of the last year"), error=no_number, unit=money)
        self.assets = NumberField(theme, translate("Total assets"), error=no_number, unit=money)
        self.rows = {
            "name": FormRow(translate("Name"), self.name, theme, note=translate("As on the business licence.")),
            "uscc": FormRow(translate("Credit code"), self.uscc, theme, note=translate("18 characters; checked.")),
            "industry": FormRow(translate("Industry"), self.industry, theme, note="GB/T 4754-2017"),
            "sector": FormRow(translate("Sector of the size standard"), self.sector, theme, note=sizes.document),
            "employees": FormRow(translate("Employees"), self.employees, theme),
            "revenue_10k_cny": FormRow(translate("Revenue of the last year"), self.revenue, theme),
            "assets_10k_cny": FormRow(translate("Total assets"), self.assets, theme),
        }
        self.classes = ClassPanel(theme, translate, sizes)
        self.add = Button(translate("Add firm"), theme, "primary", icon="plus", key="Ctrl+Enter")
        self.add.clicked.connect(self.add_firm)
        self.cancel = Button(translate("Cancel"), theme)
        self.cancel.clicked.connect(lambda: context.navigate(Target(page="firms")))
        for field in (self.name, self.uscc, self.employees, self.revenue, self.assets):
            field.textEdited.connect(lambda _text: self._check())
        self.sector.currentIndexChanged.connect(lambda _place: self._check())
        self.arrange(scroll_area(self._lay_out(), theme), right=self.classes)
        self.bind("Ctrl+Return", self.add_firm)
        self._check()

    @property
    def profile(self) -> EnterpriseProfile:
        """Return what stands in the fields."""
        employees = self.employees.value()
        return EnterpriseProfile(
            name=self.name.text(),
            uscc=self.uscc.text().strip() or None,
            industry=self.industry.key or None,
            sector=self.sector.key,
            employees=None if employees is None else int(employees),
            revenue_10k_cny=self.revenue.value(),
            assets_10k_cny=self.assets.value() if self._counts_assets() else None,
        )

    def open(self, target: Target) -> None:
        """Begin with empty fields."""
        super().open(target)
        for field in (self.name, self.uscc, self.employees, self.revenue, self.assets):
            field.load("")
        self.industry.set_key("")
        self.sector.set_key("industry")
        self._check()

    def hints(self) -> Hints:
        """Return the keys of the form."""
        translate = self.translate
        return (
            (("Tab",), translate("next field")),
            (("Ctrl+Enter",), translate("add")),
            (("Esc",), translate("back")),
        )

    def focus_first(self) -> None:
        """Begin with the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_firm(self) -> None:
        """Add the firm and open its profile; what is wrong is said at its field, and nothing is stored."""
        problems = self._check(with_name=True)
        unread = [row for row in self.rows.values() if isinstance(row.control, NumberField) and row.message]
        if unread or any(problem.severity is Severity.ERROR for problem in problems):
            self._focus_wrong()
            return
        added = self.session.do(add_enterprise, self.profile)
        if added is not None:
            self.context.navigate(Target(page="profile", enterprise_id=added.enterprise_id))

    def _lay_out(self) -> QWidget:
        theme, translate = self.theme, self.translate
        card = Card(theme, padding=20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.rows["name"], 0, 0, 1, 2)
        grid.addWidget(self.rows["uscc"], 1, 0)
        grid.addWidget(self.rows["industry"], 1, 1)
        grid.addWidget(self.rows["sector"], 2, 0)
        grid.addWidget(self.rows["employees"], 2, 1)
        grid.addWidget(self.rows["revenue_10k_cny"], 3, 0)
        grid.addWidget(self.rows["assets_10k_cny"], 3, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.add)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        content = QWidget()
        content.setMaximumWidth(_WIDTH)
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 14, 0, 16)
        box.setSpacing(12)
        box.addWidget(label(translate("New firm"), theme, "title"))
        box.addWidget(card)
        box.addStretch(1)
        return bounded(content)

    def _counts_assets(self) -> bool:
        sector = self.session.workspace.sizes.sectors.get(self.sector.key)
        return sector is not None and "assets_10k_cny" in sector.bounds

    def _check(self, *, with_name: bool = False) -> tuple[Problem, ...]:
        self.rows["assets_10k_cny"].setVisible(self._counts_assets())
        profile = self.profile
        found = self.session.read(check_profile, profile) or ()
        problems = tuple(problem for problem in found if with_name or problem.code != "NAME_MISSING")
        by_place = {problem.location: problem for problem in reversed(problems)}
        for place, row in self.rows.items():
            self._show_at(row, by_place.get(place))
        self.classes.show_profile(profile)
        return problems

    def _show_at(self, row: FormRow, problem: Problem | None) -> None:
        field = row.control
        if isinstance(field, NumberField) and field.text().strip() and not _is_readable(field):
            row.show_error(self.translate("Type digits, with a point for decimals."))
        elif problem is None:
            row.show_note()
        elif problem.severity is Severity.ERROR:
            row.show_error(problem_words(problem, self.translate))
        else:
            row.show_note(self.translate.problem(problem), colour="warning")

    def _focus_wrong(self) -> None:
        for row in self.rows.values():
            if isinstance(row.control, LineField) and row.control.error:
                row.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return


def _is_readable(field: NumberField) -> bool:
    value: Decimal | None = field.value()
    return value is not None
