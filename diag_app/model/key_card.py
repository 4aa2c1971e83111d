"""A signer's card on paper: who, on which device, the six words to compare, and the card itself as a square code."""

from __future__ import annotations

from dataclasses import dataclass

from diag_app.model.content import NO_COVER, Chapter, Document, Notice, Photo, PhotoGrid, TermList
from diag_app.model.proposal.voice import Voice

CODE = "card"  # what the writer asks the square code's picture by


@dataclass(frozen=True, kw_only=True)
class KeyCard:
    """What stands on the card. `words` are those of the key in both lists of words."""

    name: str
    org: str
    device: str
    city: str
    keyid: str
    words_zh: tuple[str, ...]
    words_en: tuple[str, ...]
    made_on: str  # ISO date


def key_card_document(card: KeyCard, voice: Voice) -> Document:
    """Return the card as one page."""
    translate = voice.translate
    title = translate("Signer's card")
    facts = (
        (translate("Who signs"), card.name), (translate("Organisation"), card.org), (translate("Device"), card.device),
        (translate("For the city of"), card.city), (translate("Six words"), " ".join(card.words_zh)),
        ("", " ".join(card.words_en)), (translate("Key"), card.keyid),
    )  # fmt: skip
    return Document(
        language=voice.language,
        title=f"{title}: {card.name}",
        author=card.org,
        report_number=card.made_on,
        issued_on=card.made_on,
        running_head=title,
        pack_line="",
        demonstration_mark="",
        contents_title="",
        continued=translate(" (continued)"),
        cover=NO_COVER,
        chapters=(
            Chapter(
                number="",
                name=title,
                finding="",
                lead=translate("printed on {day}", day=voice.day(card.made_on)),
                blocks=(
                    TermList(items=tuple((head, text) for head, text in facts if text)),
                    PhotoGrid(photos=(Photo(sha256=CODE, label=translate("The card"), caption="", detail=""),)),
                    Notice(
                        title=translate("For the office"),
                        text=translate(
                            "Compare the six words with the file of the card, by telephone or on this paper, before "
                            "you enrol it. The square code holds the same card."
                        ),
                    ),
                ),
            ),
        ),
    )
