"""One need in full: words, baseline, money, preconditions, acceptance, tags, and the form."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from diag_app.i18n import Translator
from diag_app.model.facts import ScenarioNeed
from diag_app.ui.models.case import CaseView
from diag_app.ui.models.need_books import NeedExtras
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.buttons import Button
from diag_app.ui.widgets.compact import is_compact
from diag_app.ui.widgets.fields import LineField
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.need_baseline import BaselinePanel
from diag_app.ui.widgets.need_economics import EconomicsPanel
from diag_app.ui.widgets.need_fields import FormSection
from diag_app.ui.widgets.need_head import NeedHead
from diag_app.ui.widgets.need_preconditions import AcceptanceList, Preconditions
from diag_app.ui.widgets.need_section import Section, TagRow

_MARGIN = 20


class NeedEditor(QWidget):
    """Shows one need. It stores nothing; its signals, and those of its panels, say what the person did.

    Signals:
        changed(field name, value), remove_requested().
    """

    changed = Signal(str, object)
    remove_requested = Signal()

    def __init__(self, theme: Theme, translate: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.translate = theme, translate
        self.need: ScenarioNeed | None = None
        self.head = NeedHead(theme, translate)
        self.head.changed.connect(self.changed)
        self.baseline = BaselinePanel(theme, translate)
        self.economics = EconomicsPanel(theme, translate)
        self.preconditions = Preconditions(theme, translate)
        self.acceptance = AcceptanceList(theme, translate)
        self.tags = {
            "benefits": TagRow(theme, translate("Benefits")),
            "depths": TagRow(theme, translate("Depth")),
            "technologies": TagRow(theme, translate("Technologies")),
        }
        for name, row in self.tags.items():
            row.chosen.connect(lambda keys, name=name: self.changed.emit(name, keys))
        self.training = LineField(
            theme, translate("Training needed"), placeholder=translate("who has to learn what, for how long")
        )
        self.training.rested.connect(lambda text: self.changed.emit("training", text))
        self.form = FormSection(theme, translate)
        self.remove_button = Button(translate("Remove this need"), theme, "text", icon="trash-2", small=True)
        self.remove_button.clicked.connect(self.remove_requested)
        self.texts, self.priority = self.head.texts, self.head.priority
        self.table, self.notice = self.baseline.table, self.baseline.notice
        self._column = self._arrange()

    def settle(self) -> None:
        """Give what was shown a moment ago its size: in the height there was, what stands above it would shrink."""
        self._column.activate()
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))
        self._column.activate()

    def show_need(self, case: CaseView, extras: NeedExtras, need: ScenarioNeed) -> None:
        """Show a need as it stands; a field being typed in keeps its text."""
        is_other = self.need is None or self.need.need_id != need.need_id
        if is_other:
            self.flush()
            self.economics.form.hide()
        self.need = need
        language, forms = self.translate.language, extras.forms
        details = forms.details(need.form_id)
        self.head.show_need(case, need, is_other=is_other)
        self.baseline.show_need(case, forms, need, is_other=is_other)
        self.economics.show_books(extras.books, need.need_id)
        self.preconditions.show_states(details, forms, need.preconditions)
        self.acceptance.show_details(details)
        listed = {"benefits": forms.benefits, "depths": forms.depths, "technologies": forms.technologies}
        for name, row in self.tags.items():
            row.set_tags({key: text.text(language) for key, text in listed[name].items()}, self._half_width())
            row.set_value(getattr(need, name))
        if is_other or not self.training.is_typed_in:
            self.training.load(need.training)
            self.training.setCursorPosition(0)
        self.form.show_entries(details, forms, need.entries, self.width() - 2 * _MARGIN)
        self.fit()

    def flush(self) -> None:
        """Store what is typed but has not rested."""
        self.head.flush()
        self.preconditions.flush()
        self.training.flush()
        self.form.fields.flush()

    def mark_not_measured(self) -> None:
        """Record the metric under the cursor as not measured."""
        self.baseline.mark_not_measured()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tables to the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the tables the room there is; lower rows in a low window, higher ones for a finger."""
        is_low = is_compact(self)
        self.head.fit(is_low=is_low)
        height = self.theme.row(self.theme.size("table_row") - (4 if is_low else 0))
        self.baseline.fit(self.width() - 2 * _MARGIN, height)
        self.economics.fit(self.width() - 2 * _MARGIN, height)

    def _half_width(self) -> int:
        return max(260, (self.width() - 2 * _MARGIN - 16) // 2)

    def _arrange(self) -> QVBoxLayout:
        translate = self.translate
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addWidget(self.baseline)
        column.addWidget(self.economics)
        before = Section(translate("Preconditions"), self.theme, hint=translate("What is missing is done first"))
        before.body.addWidget(self.preconditions)
        column.addWidget(before)
        after = Section(translate("Acceptance"), self.theme, hint=translate("Target values are agreed in the contract"))
        after.body.addWidget(self.acceptance)
        column.addWidget(after)
        column.addLayout(self._tag_grid())
        column.addWidget(self.form)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        column.addLayout(foot)
        return column

    def _tag_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        places = {"benefits": (0, 0), "depths": (0, 1), "technologies": (2, 0)}
        for name, (row, place) in places.items():
            title = label(self.tags[name].accessibleName(), self.theme, "caption", colour="text_2")
            grid.addWidget(title, row, place)
            grid.addWidget(self.tags[name], row + 1, place, Qt.AlignmentFlag.AlignTop)
        training = label(self.translate("Training needed"), self.theme, "caption", colour="text_2")
        training.setBuddy(self.training)
        grid.addWidget(training, 2, 1)
        grid.addWidget(self.training, 3, 1, Qt.AlignmentFlag.AlignTop)
        for place in range(2):
            grid.setColumnStretch(place, 1)
        return grid
