"""A card with a title over lines of text, of which the first are shown and the others counted."""

from __future__ import annotations

from collections.abc import Sequence

from diag_app.i18n import Translator
from diag_app.ui.theme import Theme
from diag_app.ui.widgets.card import Card
from diag_app.ui.widgets.labels import label

_MOST = 60  # lines shown of one kind; what is more is counted


def list_card(title: str, lines: Sequence[str], colour: str, theme: Theme, translate: Translator) -> Card:
    """Return the card."""
    card = Card(theme, padding=14)
    card.body.setSpacing(3)
    card.body.addWidget(label(title, theme, "body", bold=True, wrap=True))
    for line in lines[:_MOST]:
        card.body.addWidget(label(line, theme, "dense", colour=colour, wrap=True))
    more = len(lines) - _MOST
    if more > 0:
        words = translate.plural("and {count} more", "and {count} more of these", more)
        card.body.addWidget(label(words, theme, "caption", colour="text_3"))
    return card
