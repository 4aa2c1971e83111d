"""The panel that shows size class and scale as they follow from the figures, with the rule that gives them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from diag_app.i18n.translator import Translator
from diag_app.model.facts import EnterpriseProfile
from diag_app.model.size_class import SizeClass, SizeStandard, above_scale, size_class
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Panel, Rule
from diag_app.ui.widgets.chip import Chip
from diag_app.ui.widgets.labels import label
from diag_app.ui.widgets.scroll import scroll_area
from diag_app.ui.words import confidence_word, metric_word, money_words, scale_word, size_word

WIDTH = 300


class ClassPanel(Panel):
    """Derived, never typed."""

    def __init__(self, theme: Theme, translate: Translator, sizes: SizeStandard) -> None:
        super().__init__(theme, edge="left")
        self._theme, self._translate, self._sizes = theme, translate, sizes
        self.setFixedWidth(WIDTH)
        language = translate.language
        self.size_value = label("", theme, "heading")
        self.size_why = label("", theme, "dense", colour="text_2", wrap=True)
        self.scale_value = label("", theme, "heading")
        self.scale_why = label("", theme, "dense", colour="text_2", wrap=True)
        inside = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(scroll_area(inside, theme))
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 14, 16, 12)
        box.setSpacing(8)
        box.addWidget(label(translate("Follows from the figures"), theme, "strong"))
        document = f"{sizes.title.text(language)}\n{sizes.document}"
        parts = (
            (
                translate("Size class"),
                self.size_value,
                self.size_why,
                sizes.rule.text(language),
                sizes.rule_confidence,
                document,
            ),
            (
                translate("Scale"),
                self.scale_value,
                self.scale_why,
                sizes.scale_rule.text(language),
                sizes.scale_confidence,
                "",
            ),
        )
        for name, value, why, rule, confidence, source in parts:
            box.addWidget(Rule(theme))
            box.addWidget(label(name, theme, "dense", colour="text_2"))
            box.addWidget(value)
            box.addWidget(why)
            box.addWidget(label(rule, theme, "caption", colour="text_3", wrap=True))
            if source:
                box.addWidget(label(source, theme, "caption", colour="text_3", wrap=True))
            box.addWidget(_chip(confidence_word(confidence, translate), theme))
        box.addStretch(1)

    def show_profile(self, profile: EnterpriseProfile) -> None:
        """Derive both from the figures in `profile` and show them."""
        translate = self._translate
        derived = size_class(
            self._sizes,
            sector=profile.sector,
            employees=profile.employees,
            revenue_10k_cny=profile.revenue_10k_cny,
            assets_10k_cny=profile.assets_10k_cny,
        )
        scale = above_scale(self._sizes, sector=profile.sector, revenue_10k_cny=profile.revenue_10k_cny)
        self.size_value.setText(size_word(derived.code, translate) or "—")
        self.size_why.setText(self._size_reason(derived))
        self.scale_value.setText(scale_word(scale.is_above_scale, translate) or "—")
        if scale.missing:
            reason = translate("Missing: {what}.", what=metric_word("revenue_10k_cny", translate))
        elif scale.is_above_scale is None:
            reason = translate("Defined for industry only.")
        else:
            reason = translate("Threshold: {amount} a year.", amount=money_words(scale.threshold_10k_cny, translate))
        self.scale_why.setText(reason)

    def _size_reason(self, derived: SizeClass) -> str:
        translate = self._translate
        comma = translate(", ")
        if derived.missing:
            return translate(
                "Missing: {what}.", what=comma.join(metric_word(name, translate) for name in derived.missing)
            )
        what = comma.join(metric_word(name, translate) for name in derived.decided_by)
        return translate("Decided by: {what}.", what=what)


def _chip(text: str, theme: Theme) -> QWidget:
    holder = QWidget()
    row = QVBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(Chip(text, theme))
    return holder
