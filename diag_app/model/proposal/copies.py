"""Copies of a report for others: facts taken out before anything is written, then what is left of them in free texts.

Three walls, each by itself: the facts a profile withholds never reach a chapter; every text of the tree is searched for
their values; and the finished file is searched once more (`report.leaks`) before it is issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from diag_app.forms.scorecard import QuestionScore
from diag_app.model.audience import OWN_COPY, Audience
from diag_app.model.chain import Chain
from diag_app.model.content import Block, Chapter, Document, Heading, PhotoGrid, SideBySide
from diag_app.model.content_texts import mapped
from diag_app.model.economics import Books
from diag_app.model.facts import Evidence, ScenarioNeed
from diag_app.model.plan import Offer
from diag_app.model.proposal.facts import ProposalFacts
from diag_app.model.said import Translate, number_text

LEAST_DIGITS = 4  # a shorter figure says nothing by itself and stands in any text
YEARS = range(1900, 2101)  # figures that are dates wherever they stand
LEAST_LETTERS = 2
LEAST_SENTENCE = 6  # han characters of a line that is no name; a shorter one is a phrase that any report uses
SENTENCES = frozenset({"barrier", "visit", "reason"})
_HAN = re.compile(r"[\u2e80-\U0003ffff]")


@dataclass(frozen=True)
class Secret:
    """A value that a copy withholds: what it is, and its text."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CopyFor:
    """For whom a copy is, and the values, in every language of the case, that it must not hold."""

    audience: Audience = OWN_COPY
    secrets: tuple[Secret, ...] = ()


def money_numbers(facts: ProposalFacts) -> frozenset[str]:
    """Return the ids of the method's figures that are amounts of money."""
    return frozenset(field.number_id for field in facts.pack.numbers if "CNY" in field.unit.en)


def withheld_facts(facts: ProposalFacts, audience: Audience, translate: Translate) -> ProposalFacts:
    """Return the facts as a copy may tell them."""
    shown = facts
    withheld = audience.withheld
    if "firm" in withheld:
        profile = replace(shown.enterprise.profile, name=translate("A firm (name withheld)"), uscc=None)
        shown = replace(shown, enterprise=replace(shown.enterprise, profile=profile))
    if "address" in withheld:
        profile = replace(shown.enterprise.profile, address="")
        shown = replace(shown, enterprise=replace(shown.enterprise, profile=profile))
    if "people" in withheld:
        shown = _without_people(shown, translate)
    if "consultant" in withheld:
        shown = replace(shown, consultant=replace(shown.consultant, name=translate("withheld")))
    if "words" in withheld:
        shown = _without_words(shown, translate)
    if "offers" in withheld:
        bare = tuple(replace(item, offer=Offer(cost=item.offer.cost)) for item in shown.offers)
        shown = replace(shown, offers=bare)
    if "money" in withheld:
        shown = _without_money(shown, translate)
    if "signatures" in withheld:
        shown = replace(shown, signatures=())
    return shown


def secrets_of(facts: ProposalFacts, audience: Audience) -> tuple[Secret, ...]:
    """Return the values that no text of a copy may hold, longest first; what is too short to tell is left out."""
    found = (secret for group, secrets in _groups(facts) if group in audience.withheld for secret in secrets)
    telling = {secret for secret in found if _tells(secret)}
    return tuple(sorted(telling, key=lambda secret: (-len(secret.text), secret.kind, secret.text)))


def scrubbed(document: Document, secrets: tuple[Secret, ...], mark: str) -> Document:
    """Return the tree with `mark` wherever one of its texts holds a secret as it is written."""
    patterns = [_pattern(secret) for secret in secrets]

    def clean(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(mark, text)
        return text

    return mapped(document, clean)


def without_pictures(chapters: tuple[Chapter, ...], kept: frozenset[str]) -> tuple[Chapter, ...]:
    """Return the chapters with only those photos whose files are `kept`; one left with nothing is left out."""
    shown = (replace(chapter, blocks=_kept(chapter.blocks, kept)) for chapter in chapters)
    return tuple(chapter for chapter in shown if chapter.blocks)


def shown_pictures(evidence: Iterable[Evidence], audience: Audience) -> frozenset[str]:
    """Return the digests of the evidence files whose pictures a copy may show."""
    if audience.pictures == "none":
        return frozenset()
    is_all = audience.pictures == "all"
    return frozenset(item.sha256 for item in evidence if is_all or item.redactions)


def _without_people(facts: ProposalFacts, translate: Translate) -> ProposalFacts:
    survey = facts.survey
    people = tuple(replace(person, name=translate("withheld")) for person in survey.people if person.side == "firm")
    ours = survey.of("consultant")
    views = tuple(
        replace(view, ruling=None if view.ruling is None else replace(view.ruling, by="")) for view in facts.views
    )
    group_photo = tuple(item for item in facts.evidence if item.evidence_id != survey.photo)
    survey = replace(survey, people=(*people, *ours), photo=None)
    return replace(facts, contacts=(), survey=survey, views=views, evidence=group_photo)


def _without_words(facts: ProposalFacts, translate: Translate) -> ProposalFacts:
    needs = tuple(map(_unsaid, facts.needs))
    assessment = replace(facts.assessment, notes={})
    survey = replace(facts.survey, agenda="", summary="")
    chain = None if facts.chain is None else _without_reasons(facts.chain, translate("withheld"))
    return replace(facts, needs=needs, assessment=assessment, survey=survey, chain=chain)


def _unsaid(need: ScenarioNeed) -> ScenarioNeed:
    return replace(need, owner_words="", barrier_reason="")


def _without_reasons(chain: Chain, mark: str) -> Chain:
    """Return the chain, which holds the needs once more, with `mark` for each reason typed."""
    return replace(
        chain,
        links=tuple(replace(link, need=_unsaid(link.need)) for link in chain.links),
        orphans=tuple(replace(orphan, reason=orphan.reason and mark) for orphan in chain.orphans),
    )


def _without_money(facts: ProposalFacts, translate: Translate) -> ProposalFacts:
    hidden = money_numbers(facts)
    asked = {question.question_id for question in facts.pack.questions if hidden & set(question.numbers)}

    def bare(score: QuestionScore) -> QuestionScore:
        if score.derived is None or score.question_id not in asked:
            return score
        _, equals, result = score.derived.working.rpartition("=")
        working = result.strip() if equals else translate("figures withheld")
        return replace(score, derived=replace(score.derived, working=working))

    card = replace(facts.scorecard, questions=tuple(bare(score) for score in facts.scorecard.questions))
    books = Books(amounts=(), assumptions={})
    return replace(facts, scorecard=card, books=books, withheld_numbers=hidden)


def _groups(facts: ProposalFacts) -> Iterator[tuple[str, Iterator[Secret]]]:
    """Yield each group of facts with the values in it."""
    profile = facts.enterprise.profile
    yield "firm", (Secret("firm", text) for text in (profile.name, profile.uscc) if text)
    yield "address", (Secret("address", text) for text in (profile.address,) if text)
    yield "people", _people(facts)
    ours = (facts.consultant.name, *(person.name for person in facts.survey.of("consultant")))
    yield "consultant", (Secret("consultant", name) for name in ours)
    yield "words", _words(facts)
    yield (
        "offers",
        (
            Secret("offer", text)
            for item in facts.offers
            for text in (item.offer.provider, item.offer.product, item.offer.source, item.offer.owner)
        ),
    )
    yield "money", (Secret("money", number_text(amount)) for amount in _amounts(facts))


def _people(facts: ProposalFacts) -> Iterator[Secret]:
    for contact in facts.contacts:
        yield Secret("person", contact.name)
        yield Secret("phone", contact.phone)
    yield from (Secret("person", person.name) for person in facts.survey.of("firm"))


def _words(facts: ProposalFacts) -> Iterator[Secret]:
    orphans = () if facts.chain is None else facts.chain.orphans
    said = {
        "words": [need.owner_words for need in facts.needs],
        "barrier": [need.barrier_reason for need in facts.needs],
        "note": list(facts.assessment.notes.values()),
        "visit": [facts.survey.agenda, facts.survey.summary],
        "reason": [orphan.reason for orphan in orphans],
    }
    for kind, texts in said.items():  # by line, as paragraphs are made from them
        yield from (Secret(kind, line.strip()) for text in texts for line in text.splitlines())


def _amounts(facts: ProposalFacts) -> Iterator[Decimal]:
    profile = facts.enterprise.profile
    yield from (amount for amount in (profile.revenue_10k_cny, profile.assets_10k_cny) if amount is not None)
    numbers = facts.assessment.answers.numbers
    yield from (numbers[number_id] for number_id in sorted(money_numbers(facts) & numbers.keys()))
    for item in facts.offers:
        if item.offer.cost is not None:
            yield from (item.offer.cost.low, item.offer.cost.likely, item.offer.cost.high)
    for found in facts.books.assumptions.values():
        if found.unit.startswith(("cny", "ten_k_cny")):
            yield from (found.range.low, found.range.likely, found.range.high)


def _tells(secret: Secret) -> bool:
    """Return whether a value would tell something where it stands by itself."""
    if secret.kind == "money":
        figure = secret.text.replace(",", "")
        return sum(map(str.isdigit, figure)) >= LEAST_DIGITS and not (figure.isdigit() and int(figure) in YEARS)
    letters = [character for character in secret.text if character.isalnum()]
    least = LEAST_SENTENCE if secret.kind in SENTENCES else LEAST_LETTERS
    return len(letters) >= (least if _HAN.search(secret.text) else 2 * least)


def _pattern(secret: Secret) -> re.Pattern[str]:
    """Return what finds a value: Latin letters and digits only where they are not part of a longer word or figure."""
    text = secret.text
    start = r"(?<![0-9A-Za-z.])" if text[0].isascii() and text[0].isalnum() else ""
    end = r"(?![0-9A-Za-z]|\.[0-9])" if text[-1].isascii() and text[-1].isalnum() else ""
    body = re.escape(text)
    if secret.kind == "money":  # with thousands parted or not
        body = ",?".join(text.replace(",", "")).replace(",?.,?", r"\.")
    return re.compile(f"{start}{body}{end}")


def _kept(blocks: tuple[Block, ...], kept: frozenset[str]) -> tuple[Block, ...]:
    shown: list[Block] = []
    for block in blocks:
        if isinstance(block, PhotoGrid):
            photos = tuple(photo for photo in block.photos if photo.sha256 in kept)
            if photos:
                shown.append(replace(block, photos=photos))
            elif shown and isinstance(shown[-1], Heading):  # it headed nothing but these
                shown.pop()
        elif isinstance(block, SideBySide):
            shown.append(replace(block, left=_kept(block.left, kept), right=_kept(block.right, kept)))
        else:
            shown.append(block)
    return tuple(shown)
